//! "Are you still there?": over any screen, after a while without input.

use crate::i18n::messages as say;
use crate::kiosk::model::action::GlobalAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;
use std::time::Duration;

pub fn view(ui: &mut Ui<'_>, area: Rect, grace_left: Duration) {
    let title = ui.say(&say::IdleTitle);
    let rest = ui.heading(area, &title, None);
    let seconds = grace_left.as_millis().div_ceil(1000) as u64;
    let words = ui.say(&say::IdleBody { seconds: seconds.into() });
    let room =
        Rect { x: rest.x + 2, y: rest.y + 1, width: rest.width.saturating_sub(4), height: 4 };
    ui.paragraph(room, &words, theme::PLAIN);
    let stay = Rect { y: rest.y + 6, height: 5, ..rest };
    Button::new(ui.say(&say::IdleStay), GlobalAction::StillHere).digit(1).main().draw(ui, stay);
    let leave = Rect { y: stay.bottom(), height: 3, ..rest };
    Button::new(ui.say(&say::Leave), GlobalAction::Leave).digit(2).draw(ui, leave);
}

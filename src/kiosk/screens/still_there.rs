//! "Are you still there?": over any screen, after a while without input.

use super::facts::Facts;
use crate::i18n::messages as say;
use crate::kiosk::journey::event::Action;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>) {
    let title = ui.say(&say::IdleTitle);
    let rest = ui.heading(area, &title, None);
    let seconds = facts.grace_left.as_millis().div_ceil(1000) as u64;
    let words = ui.say(&say::IdleBody { seconds: seconds.into() });
    let room =
        Rect { x: rest.x + 2, y: rest.y + 1, width: rest.width.saturating_sub(4), height: 4 };
    ui.paragraph(room, &words, theme::PLAIN);
    let stay = Rect { y: rest.y + 6, height: 5, ..rest };
    Button::new(ui.say(&say::IdleStay), Action::StillHere).digit(1).main().draw(ui, stay);
    let leave = Rect { y: stay.bottom(), height: 3, ..rest };
    Button::new(ui.say(&say::Leave), Action::Leave).digit(2).draw(ui, leave);
}

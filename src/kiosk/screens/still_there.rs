//! "Are you still there?": over any screen, after a while without input.

use crate::i18n::messages as say;
use crate::kiosk::model::action::GlobalAction;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::dialog;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;
use std::time::Duration;

pub fn view(ui: &mut Ui<'_>, area: Rect, grace_left: Duration) {
    let mut page = Column::new(area);
    let leave = page.take_bottom(3);
    let stay = page.take_bottom(if ui.bilingual { 5 } else { 4 });
    let seconds = grace_left.as_millis().div_ceil(1000) as u64;
    let (title, body) =
        (ui.say(&say::IdleTitle), ui.say(&say::IdleBody { seconds: seconds.into() }));
    dialog::panel(ui, page.rest(), &title, grace_left, &body);
    Button::new(ui.say(&say::IdleStay), GlobalAction::StillHere).digit(1).main().draw(ui, stay);
    Button::new(ui.say(&say::Leave), GlobalAction::Leave).digit(2).draw(ui, leave);
}

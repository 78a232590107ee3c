//! "Are you still there?": over any screen, after a while without input.

use crate::i18n::messages as say;
use crate::kiosk::model::action::GlobalAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;
use std::time::Duration;

pub fn view(ui: &mut Ui<'_>, area: Rect, grace_left: Duration) {
    let mut page = Column::under(ui, area, &say::IdleTitle);
    page.gap(1);
    let seconds = grace_left.as_millis().div_ceil(1000) as u64;
    let words = ui.say(&say::IdleBody { seconds: seconds.into() });
    Column::new(page.take(5)).inset(2).paragraph(ui, &words, theme::PLAIN);
    let stay = Button::new(ui.say(&say::IdleStay), GlobalAction::StillHere).digit(1).main();
    stay.draw(ui, page.take(5));
    Button::new(ui.say(&say::Leave), GlobalAction::Leave).digit(2).draw(ui, page.take(3));
}

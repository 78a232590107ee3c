//! "Leave before there is an answer?": over something that is being sent. To go on waiting has the
//! focus.

use crate::i18n::messages as say;
use crate::kiosk::model::action::GlobalAction;
use crate::kiosk::model::submission::Subject;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::ui::Ui;
use crate::kiosk::widgets::unsure::message;
use ratatui::layout::Rect;

/// Rows of the page at most, so that its buttons stay near its words on a large screen.
const ROWS: u16 = 18;

pub fn view(ui: &mut Ui<'_>, area: Rect, subject: Subject) {
    let mut page = Column::under(ui, middle(area, area.width, ROWS), &say::LeaveUnsureTitle);
    let mut buttons = Column::new(page.take_bottom(7));
    page.gap(1);
    page.inset(1).paragraph(ui, &ui.say(message(subject)), theme::PLAIN);
    let stay = Button::new(ui.say(&say::LeaveUnsureStay), GlobalAction::StillHere);
    stay.digit(1).main().draw(ui, buttons.take(4));
    let leave = Button::new(ui.say(&say::LeaveUnsureLeave), GlobalAction::Leave);
    leave.digit(2).draw(ui, buttons.take(3));
}

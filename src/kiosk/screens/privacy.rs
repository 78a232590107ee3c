//! The privacy notice: what is used, for what, kept how long; agree or leave. Nothing reaches the
//! service before it is agreed to.

use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::notice_points;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PrivacyAnswer {
    Agree,
    Decline,
}

pub fn act(action: ScreenAction) -> Option<PrivacyAnswer> {
    match action {
        ScreenAction::Confirm => Some(PrivacyAnswer::Agree),
        ScreenAction::Decline => Some(PrivacyAnswer::Decline),
        _ => None,
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect) {
    let mut page = Column::under(ui, area, &say::PrivacyTitle);
    let [agree, decline] = notice_points::take_buttons(ui, &mut page);
    notice_points::draw(ui, page.rest());
    Button::new(ui.say(&say::PrivacyAgree), ScreenAction::Confirm).digit(1).main().draw(ui, agree);
    Button::new(ui.say(&say::PrivacyDecline), ScreenAction::Decline).digit(2).draw(ui, decline);
}

//! The dialog of a visit's last two minutes: more time, as long as more can be given.

use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::GlobalAction;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::dialog;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;
use std::time::Duration;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MoreTime {
    Offered,
    /// The service is asked for it.
    Asking,
    /// The service did not answer; it may be asked again.
    Failed,
    /// None can be given: the dialog only warns.
    Refused,
}

impl MoreTime {
    pub fn view(self, ui: &mut Ui<'_>, area: Rect, left: Duration) {
        let mut page = Column::new(area);
        let (low, high) = (page.take_bottom(3), page.take_bottom(if ui.bilingual { 5 } else { 4 }));
        let body: &dyn Message = match self {
            MoreTime::Offered => &say::MoreTimeBody,
            MoreTime::Asking => &say::MoreTimeAsking,
            MoreTime::Failed => &say::MoreTimeFailed,
            MoreTime::Refused => &say::MoreTimeNone,
        };
        let (title, body) = (ui.say(&say::MoreTimeTitle), ui.say(body));
        dialog::panel(ui, page.rest(), &title, left, &body);
        let give = Button::new(ui.say(&say::MoreTimeGive), GlobalAction::MoreTime).digit(1).main();
        let go_on = Button::new(ui.say(&say::MoreTimeGoOn), GlobalAction::EnoughTime);
        match self {
            MoreTime::Offered | MoreTime::Failed => {
                give.draw(ui, high);
                go_on.digit(2).draw(ui, low);
            }
            MoreTime::Asking => {}
            MoreTime::Refused => go_on.digit(1).main().draw(ui, high),
        }
    }
}

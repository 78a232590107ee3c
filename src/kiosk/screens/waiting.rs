//! Waiting for the service: what is waited for, and when it is tried again.

use super::context::Context;
use crate::domain::region::DistrictCode;
use crate::domain::site::SiteId;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::retry::Retry;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::Ui;
use jiff::civil::DateTime;
use ratatui::layout::Rect;

/// What is waited for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PendingCall {
    Standing,
    /// Asked again because a booking was found when another was sent.
    StandingAfterRefusal,
    /// Asked again because something was changed.
    StandingAgain,
    /// `wrong`: because the last one was answered wrongly.
    Captcha {
        larger: bool,
        wrong: bool,
    },
    /// The simple query's answer.
    Found,
    Seats,
    Sites(DistrictCode),
    /// `taken`: when the slot that was chosen begins, if it has just become full.
    Slots {
        site: SiteId,
        taken: Option<DateTime>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Waiting {
    pub pending: PendingCall,
    pub retry: Retry,
}

impl Waiting {
    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let what: &dyn Message = match self.pending {
            PendingCall::Standing
            | PendingCall::StandingAfterRefusal
            | PendingCall::StandingAgain => &say::WaitStanding,
            PendingCall::Captcha { .. } => &say::WaitGraphic,
            PendingCall::Found => &say::WaitFound,
            PendingCall::Seats => &say::WaitSeats,
            PendingCall::Sites(_) => &say::WaitSites,
            PendingCall::Slots { .. } => &say::WaitSlots,
        };
        let words = ui.say(what);
        let Some(seconds) = self.retry.seconds_left(context.machine.now.uptime) else {
            Column::headed(ui, area, &words, None);
            return;
        };
        let mut page = Column::under(ui, area, &say::WaitRetryTitle);
        let button = page.take_bottom(4);
        let mut page = page.inset(2);
        page.gap(1);
        Column::new(page.take(3)).paragraph(ui, &words, theme::QUIET_TEXT);
        let body =
            say::WaitRetryBody { seconds: seconds.into(), attempt: self.retry.attempt.into() };
        let words = ui.say(&body);
        page.paragraph(ui, &words, theme::PLAIN);
        Button::new(ui.say(&say::WaitRetryNow), ScreenAction::RetryNow)
            .digit(1)
            .main()
            .draw(ui, button);
    }
}

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
use crate::kiosk::widgets::ui::Ui;
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
    /// `taken`: because the slot that was chosen has just become full.
    Slots {
        site: SiteId,
        taken: bool,
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
            ui.heading(area, &words, None);
            return;
        };
        let title = ui.say(&say::WaitRetryTitle);
        let rest = ui.heading(area, &title, None);
        let room =
            Rect { x: rest.x + 2, y: rest.y + 1, width: rest.width.saturating_sub(4), height: 2 };
        ui.paragraph(room, &words, theme::QUIET_TEXT);
        let room = Rect { y: room.y + 3, height: 6.min(rest.height.saturating_sub(4)), ..room };
        let body =
            say::WaitRetryBody { seconds: seconds.into(), attempt: self.retry.attempt.into() };
        let words = ui.say(&body);
        ui.paragraph(room, &words, theme::PLAIN);
        let button = Rect { y: rest.bottom().saturating_sub(4), height: 4, ..rest };
        Button::new(ui.say(&say::WaitRetryNow), ScreenAction::RetryNow)
            .digit(1)
            .main()
            .draw(ui, button);
    }
}

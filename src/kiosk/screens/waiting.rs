//! Waiting for the service: what is waited for, and when it is tried again.

use super::facts::Facts;
use crate::domain::region::DistrictCode;
use crate::domain::site::SiteId;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::journey::event::Action;
use crate::kiosk::journey::retry::Retry;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

/// What is waited for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    Standing,
    /// Asked again because a booking was found when another was sent.
    StandingAfterRefusal,
    /// Asked again because something was changed.
    StandingAgain,
    /// `wrong`: because the last one was answered wrongly.
    Graphic {
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
    pub what: What,
    pub retry: Retry,
}

impl Waiting {
    pub fn step(&self) -> u32 {
        match self.what {
            What::Graphic { .. } | What::Found => 1,
            What::Standing | What::StandingAfterRefusal | What::StandingAgain => 2,
            What::Seats => 4,
            What::Sites(_) => 5,
            What::Slots { .. } => 6,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>) {
        let what: &dyn Message = match self.what {
            What::Standing | What::StandingAfterRefusal | What::StandingAgain => &say::WaitStanding,
            What::Graphic { .. } => &say::WaitGraphic,
            What::Found => &say::WaitFound,
            What::Seats => &say::WaitSeats,
            What::Sites(_) => &say::WaitSites,
            What::Slots { .. } => &say::WaitSlots,
        };
        let words = ui.say(what);
        let Some(seconds) = self.retry.seconds_left(facts.now.uptime) else {
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
        Button::new(ui.say(&say::WaitRetryNow), Action::RetryNow).digit(1).main().draw(ui, button);
    }
}

//! Waiting for the service: what is waited for, and when it is tried again.

use super::context::Context;
use crate::domain::region::DistrictCode;
use crate::domain::site::SiteId;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::retry::Retry;
use crate::kiosk::widgets::next_try;
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
    /// Whether somebody who comes along may book.
    Joining,
    /// The simple query's answer.
    Found,
    /// The earliest slots that suit the person.
    Offer(OfferAfter),
    Seats,
    /// How the person waits, because they ask for it.
    OwnLine,
    /// The sites and then the slots of where somebody would wait, for the days that there are.
    WishSites(DistrictCode),
    WishSlots(SiteId),
    Sites(DistrictCode),
    /// `taken`: when the slot that was chosen begins, if it has just become full.
    Slots {
        site: SiteId,
        taken: Option<DateTime>,
    },
}

/// What an offer is asked for after. It says where one goes if there is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OfferAfter {
    /// The privacy notice, or a step back.
    Notice,
    /// The person chose to book.
    Book,
    /// The slot that was offered before became full.
    Taken,
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
            | PendingCall::Joining
            | PendingCall::StandingAfterRefusal
            | PendingCall::StandingAgain => &say::WaitStanding,
            PendingCall::Captcha { .. } => &say::WaitGraphic,
            PendingCall::Found => &say::WaitFound,
            PendingCall::Seats => &say::WaitSeats,
            PendingCall::OwnLine => &say::WaitLine,
            PendingCall::Sites(_) => &say::WaitSites,
            PendingCall::Offer(_)
            | PendingCall::Slots { .. }
            | PendingCall::WishSites(_)
            | PendingCall::WishSlots(_) => &say::WaitSlots,
        };
        let (words, now) = (ui.say(what), context.machine.now.uptime);
        if self.retry.at.is_none() {
            return next_try::under_way(ui, area, &words, &[]);
        }
        let (title, kept) = (ui.say(&say::WaitRetryTitle), ui.say(&say::WaitRetryKept));
        next_try::pause(ui, area, &title, &[words, kept], (&self.retry, now));
    }
}

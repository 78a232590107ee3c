//! Why not, and what to do: each refusal in plain words, from when it would be possible, with the
//! code that a helper can look up.

use super::context::Context;
use crate::api::problem::Code;
use crate::domain::refusal::Refusal;
use crate::i18n::messages as say;
use crate::kiosk::model::action::{Action, GlobalAction, ScreenAction};
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Ui, Words};
use ratatui::layout::Rect;
use std::time::Duration;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    Refused(Refusal),
    UnknownPerson,
    /// Wrong too often: until then nothing is looked at.
    TooManyWrong {
        until: Duration,
    },
    Failed(Code),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WhyNot {
    pub why: Why,
}

fn next_step(ui: &Ui<'_>, refusal: Refusal) -> Words {
    match refusal {
        Refusal::AlreadyBooked => ui.say(&say::RefusedAlreadyBookedNext),
        Refusal::NotInRound => ui.say(&say::RefusedNotInRoundNext),
        Refusal::NotRegistered => ui.say(&say::RefusedNotRegisteredNext),
        Refusal::RegisteredTooLate { .. } => ui.say(&say::RefusedTooLateNext),
        Refusal::BrandNotChosen => ui.say(&say::RefusedBrandNext),
        Refusal::NotOpenYet { .. } => ui.say(&say::RefusedNotOpenNext),
        Refusal::Closed { .. } => ui.say(&say::RefusedClosedNext),
        Refusal::AgeOpensLater { .. } => ui.say(&say::RefusedAgeNext),
        Refusal::NotInCounties => ui.say(&say::RefusedCountiesNext),
        Refusal::RegistrationNotOpenYet { .. } => ui.say(&say::RefusedRegistrationNotOpenNext),
        Refusal::RegistrationClosed { .. } => ui.say(&say::RefusedRegistrationClosedNext),
        Refusal::IntentionCounted { .. } => ui.say(&say::RefusedCountedNext),
        Refusal::NoBooking => ui.say(&say::RefusedNoBookingNext),
        Refusal::SlotFull | Refusal::SlotGone => ui.say(&say::RefusedFullNext),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WhyNotAnswer {
    ShowBooking,
    ToServices,
    SameWayAgain,
}

/// Whether the person was refused on what they typed to come in.
fn typed_to_come_in(context: &Context<'_>) -> bool {
    context.visit.is_some_and(|visit| visit.sign_in.way().is_some() && visit.person.is_none())
}

impl WhyNot {
    pub fn act(&self, action: ScreenAction, context: &Context<'_>) -> Option<WhyNotAnswer> {
        match action {
            ScreenAction::ShowBooking => Some(WhyNotAnswer::ShowBooking),
            ScreenAction::ToServices => Some(WhyNotAnswer::ToServices),
            ScreenAction::Again => {
                let again = typed_to_come_in(context) && !self.is_locked(context);
                again.then_some(WhyNotAnswer::SameWayAgain)
            }
            _ => None,
        }
    }

    /// Whether it was wrong so often that nothing is looked at now.
    fn is_locked(&self, context: &Context<'_>) -> bool {
        let now = context.machine.now.uptime;
        matches!(self.why, Why::TooManyWrong { until } if until > now)
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let (title, next, code) = match self.why {
            Why::Refused(refusal) => {
                (ui.refusal(refusal), next_step(ui, refusal), Some(refusal.code()))
            }
            Why::UnknownPerson => {
                let has_card = context.visit.is_none_or(|visit| visit.sign_in.uses_card());
                let next: &dyn say::Message =
                    if has_card { &say::UnknownPersonNext } else { &say::UnknownPersonTypedNext };
                (ui.say(&say::UnknownPersonTitle), ui.say(next), Some("R10"))
            }
            Why::TooManyWrong { until } => {
                let left = until.saturating_sub(context.machine.now.uptime).as_secs();
                let (minutes, seconds) = ((left / 60).into(), (left % 60).into());
                let words = say::TooManyWrongTitle { minutes, seconds };
                (ui.say(&words), ui.say(&say::TooManyWrongNext), None)
            }
            Why::Failed(code) => {
                let code = code.spoken();
                (ui.say(&say::FailedTitle), ui.say(&say::FailedNext { code: code.into() }), None)
            }
        };
        let mut page = Column::headed(ui, area, &title, None);
        let button = page.take_bottom(4);
        self.buttons(ui, &mut page, button, context);
        let mut page = page.inset(2);
        page.gap(1);
        page.paragraph(ui, &next, theme::PLAIN);
        page.gap(1);
        if let Why::Refused(Refusal::NotOpenYet { opens }) = self.why {
            let words = ui.countdown_to(opens, context.machine.now.wall);
            page.paragraph(ui, &words, theme::TITLE);
            page.gap(1);
        }
        if let Some(code) = code {
            let words = ui.say(&say::RefusalCode { code: code.into() });
            page.paragraph(ui, &words, theme::QUIET_TEXT);
        }
    }

    /// What can be done now, at the bottom of the page.
    fn buttons(&self, ui: &mut Ui<'_>, page: &mut Column, last: Rect, context: &Context<'_>) {
        if typed_to_come_in(context) && !matches!(self.why, Why::Failed(_)) {
            let again = Button::new(ui.say(&say::TryAgain), ScreenAction::Again).digit(1).main();
            let again = if self.is_locked(context) { again.disabled() } else { again };
            again.draw(ui, page.take_bottom(4));
            Button::new(ui.say(&say::Leave), GlobalAction::Leave).digit(2).draw(ui, last);
            return;
        }
        let (words, action): (&dyn say::Message, Action) = match self.why {
            Why::Refused(Refusal::AlreadyBooked) => {
                (&say::ServiceMyBooking, ScreenAction::ShowBooking.into())
            }
            Why::Refused(_) => (&say::Home, ScreenAction::ToServices.into()),
            Why::UnknownPerson | Why::TooManyWrong { .. } | Why::Failed(_) => {
                (&say::Leave, GlobalAction::Leave.into())
            }
        };
        Button::new(ui.say(words), action).digit(1).main().draw(ui, last);
    }
}

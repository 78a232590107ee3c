//! Why not, and what to do: each refusal in plain words, from when it would be possible, with the
//! code that a helper can look up.

use super::context::Context;
use crate::api::problem::Code;
use crate::domain::refusal::Refusal;
use crate::i18n::dates::countdown;
use crate::i18n::messages as say;
use crate::kiosk::model::action::{Action, GlobalAction, ScreenAction};
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
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
                let now = context.machine.now.uptime;
                let waits = matches!(self.why, Why::TooManyWrong { until } if until > now);
                let again = typed_to_come_in(context) && !waits;
                again.then_some(WhyNotAnswer::SameWayAgain)
            }
            _ => None,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let (title, next, code) = match self.why {
            Why::Refused(refusal) => {
                (ui.refusal(refusal), next_step(ui, refusal), Some(refusal.code()))
            }
            Why::UnknownPerson => {
                (ui.say(&say::UnknownPersonTitle), ui.say(&say::UnknownPersonNext), Some("R10"))
            }
            Why::TooManyWrong { until } => {
                let left = until.saturating_sub(context.machine.now.uptime).as_secs();
                let words = say::TooManyWrongTitle { time: countdown(left).into() };
                (ui.say(&words), ui.say(&say::TooManyWrongNext), None)
            }
            Why::Failed(code) => {
                let code = format!("{code:?}");
                (ui.say(&say::FailedTitle), ui.say(&say::FailedNext { code: code.into() }), None)
            }
        };
        let rest = ui.heading(area, &title, None);
        let room =
            Rect { x: rest.x + 2, y: rest.y + 1, width: rest.width.saturating_sub(4), height: 4 };
        let mut y = room.y + ui.paragraph(room, &next, theme::PLAIN) + 1;
        if let Why::Refused(Refusal::NotOpenYet { opens }) = self.why {
            let words = ui.countdown_to(opens, context.machine.now.wall);
            y += ui.paragraph(Rect { y, height: 2, ..room }, &words, theme::TITLE) + 1;
        }
        if let Some(code) = code {
            let words = ui.say(&say::RefusalCode { code: code.into() });
            ui.paragraph(Rect { y, height: 2, ..room }, &words, theme::QUIET_TEXT);
        }
        let button = Rect { y: rest.bottom().saturating_sub(4), height: 4, ..rest };
        let typed = typed_to_come_in(context);
        if typed && !matches!(self.why, Why::Failed(_)) {
            let again = Button::new(ui.say(&say::TryAgain), ScreenAction::Again).digit(1).main();
            let now = context.machine.now.uptime;
            let waits = matches!(self.why, Why::TooManyWrong { until } if until > now);
            let again = if waits { again.disabled() } else { again };
            again.draw(ui, Rect { y: button.y.saturating_sub(4), ..button });
            Button::new(ui.say(&say::Leave), GlobalAction::Leave).digit(2).draw(ui, button);
        } else if self.why == Why::Refused(Refusal::AlreadyBooked) {
            Button::new(ui.say(&say::ServiceMyBooking), ScreenAction::ShowBooking)
                .digit(1)
                .main()
                .draw(ui, button);
        } else {
            let (words, action) = match self.why {
                Why::Refused(_) => (ui.say(&say::Home), Action::from(ScreenAction::ToServices)),
                Why::UnknownPerson | Why::TooManyWrong { .. } | Why::Failed(_) => {
                    (ui.say(&say::Leave), GlobalAction::Leave.into())
                }
            };
            Button::new(words, action).digit(1).main().draw(ui, button);
        }
    }
}

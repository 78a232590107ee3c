//! Why not, from when it would be possible, and what one can do now: each refusal in plain words,
//! with the code that a helper can look up. What opens while somebody looks at it says so at once.

use super::context::Context;
use crate::api::problem::Code;
use crate::config::profile::Offer;
use crate::domain::refusal::Refusal;
use crate::domain::region::CountyIndex;
use crate::domain::round::Round;
use crate::i18n::messages as say;
use crate::i18n::names::county_name;
use crate::kiosk::model::action::{Action, GlobalAction, HelpTopic, ScreenAction};
use crate::kiosk::model::person::Person;
use crate::kiosk::model::staff_problems;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use jiff::Timestamp;
use ratatui::layout::Rect;
use ratatui::style::Style;
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
        Refusal::CheckedIn => ui.say(&say::RefusedCheckedInNext),
        Refusal::NoShow { .. } => ui.say(&say::RefusedNoShowNext),
        Refusal::CodeOver => ui.say(&say::RefusedCodeOverNext),
        Refusal::SlotFull | Refusal::SlotGone => ui.say(&say::RefusedFullNext),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WhyNotAnswer {
    ShowBooking,
    ToServices,
    /// What one can do instead, or now that it is open.
    Serve(Offer),
    SameWayAgain,
    AskToWait,
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
            ScreenAction::Serve(offer) => {
                let offered = context.machine.profile.offers.contains(&offer);
                (offered && context.person().is_some()).then_some(WhyNotAnswer::Serve(offer))
            }
            ScreenAction::AskToWait => context.may_wait().then_some(WhyNotAnswer::AskToWait),
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
        let said = self.said(ui, context);
        let mut page = Column::new(area);
        let upright = SizeClass::of(ui.buffer.area) == SizeClass::Upright;
        let spare = area.height.saturating_sub(26).min(3);
        if let Some(code) = said.code {
            let words = ui.say(&say::RefusalCode { code: code.into() });
            let row = page.take_bottom(1);
            ui.line(Column::new(row).inset(1).rest(), &words.main, Align::Right, theme::QUIET_TEXT);
        }
        let small = page.take_bottom(4 + spare.min(1));
        let main = page.take_bottom(4 + spare.min(1));
        page.take_bottom(spare);
        page.gap(spare);
        if upright {
            let sign = page.take(6);
            ui.pictogram(middle(sign, 12, 6), said.sign, said.style);
            page.gap(1);
        } else {
            let sign = page.take_left(16);
            ui.pictogram(Rect::new(sign.x + 1, sign.y, 12, 6), said.sign, said.style);
        }
        page.take_left(1);
        page.take_right(1);
        let rows = if ui.bilingual { 2 } else { 3 };
        let headline = page.take(rows);
        ui.heading(headline, &said.headline.main, Align::Left, said.style);
        if let Some(zh) = &said.headline.zh {
            page.lines(ui, zh, Align::Left, theme::QUIET_TEXT);
        }
        for (words, style) in &said.lines {
            page.paragraph(ui, words, *style);
        }
        self.buttons(ui, main, small, context);
    }

    /// What can be done now: the next thing, and two others.
    fn buttons(&self, ui: &mut Ui<'_>, main: Rect, small: Rect, context: &Context<'_>) {
        let steps = self.next_things(context);
        let width = small.width.div_ceil(2);
        for (at, (words, action, pictogram)) in (0_u16..).zip(steps) {
            let button = Button::new(ui.say(words), action).digit(at as u8 + 1);
            let button = button.pictogram(pictogram);
            let locked = action == ScreenAction::Again.into() && self.is_locked(context);
            let button = if locked { button.disabled() } else { button };
            match at {
                0 => button.main().draw(ui, main),
                _ => {
                    let x = small.x + (at - 1) * width;
                    button.draw(ui, Rect { x, width: width - 1, ..small });
                }
            }
        }
    }

    /// The next thing to do, and what else one can do: three at most, on no two the same action.
    fn next_things(
        &self,
        context: &Context<'_>,
    ) -> Vec<(&'static dyn say::Message, Action, Pictogram)> {
        let leave: (&dyn say::Message, _, _) =
            (&say::Leave, GlobalAction::Leave.into(), Pictogram::Out);
        let call: (&dyn say::Message, _, _) =
            (&say::WhyCall, GlobalAction::HelpTopic(HelpTopic::Lines).into(), Pictogram::Phone);
        let services: (&dyn say::Message, _, _) =
            (&say::NoticeServices, ScreenAction::ToServices.into(), Pictogram::Home);
        let again: (&dyn say::Message, _, _) =
            (&say::TryAgain, ScreenAction::Again.into(), Pictogram::Register);
        let Some(person) = context.person() else {
            return match self.why {
                Why::Failed(_) => vec![leave, call],
                _ if typed_to_come_in(context) => vec![again, leave, call],
                Why::Refused(_) | Why::UnknownPerson | Why::TooManyWrong { .. } => {
                    vec![leave, call]
                }
            };
        };
        let next = match self.why {
            Why::Refused(refusal) => next_service(refusal, person, context),
            Why::UnknownPerson | Why::TooManyWrong { .. } | Why::Failed(_) => None,
        };
        match next {
            Some(next) => vec![next, services, call],
            None => vec![services, call],
        }
    }

    /// All that is said.
    fn said(&self, ui: &Ui<'_>, context: &Context<'_>) -> Said {
        let refused = |headline, next, code| Said {
            sign: Pictogram::Stop,
            style: theme::WARNING,
            headline,
            lines: vec![(next, theme::PLAIN)],
            code,
        };
        match self.why {
            Why::Refused(refusal) => said_of(ui, refusal, context),
            Why::UnknownPerson => {
                let has_card = context.visit.is_none_or(|visit| visit.sign_in.uses_card());
                let next: &dyn say::Message =
                    if has_card { &say::UnknownPersonNext } else { &say::UnknownPersonTypedNext };
                let code = Some("R10");
                refused(ui.say(&say::UnknownPersonTitle), ui.say(next), code)
            }
            Why::TooManyWrong { until } => {
                let left = until.saturating_sub(context.machine.now.uptime).as_secs();
                let (minutes, seconds) = ((left / 60).into(), (left % 60).into());
                let words = say::TooManyWrongTitle { minutes, seconds };
                refused(ui.say(&words), ui.say(&say::TooManyWrongNext), None)
            }
            Why::Failed(code) => {
                let next = say::FailedNext { code: code.spoken().into() };
                let headline = staff_problems::sentence(code).unwrap_or(&say::FailedTitle);
                refused(ui.say(headline), ui.say(&next), None)
            }
        }
    }
}

/// What a page says, from its sign to its code.
struct Said {
    sign: Pictogram,
    style: Style,
    headline: Words,
    lines: Vec<(Words, Style)>,
    code: Option<&'static str>,
}

/// The service that a refusal keeps closed until a moment; `None` if it is not a matter of time.
fn awaited(refusal: Refusal) -> Option<(Offer, Timestamp)> {
    match refusal {
        Refusal::NotOpenYet { opens } | Refusal::AgeOpensLater { opens } => {
            Some((Offer::Book, opens))
        }
        Refusal::RegistrationNotOpenYet { opens } => Some((Offer::Register, opens)),
        Refusal::AlreadyBooked
        | Refusal::NotInRound
        | Refusal::NotRegistered
        | Refusal::RegisteredTooLate { .. }
        | Refusal::BrandNotChosen
        | Refusal::Closed { .. }
        | Refusal::SlotFull
        | Refusal::SlotGone
        | Refusal::NotInCounties
        | Refusal::RegistrationClosed { .. }
        | Refusal::IntentionCounted { .. }
        | Refusal::NoBooking
        | Refusal::CheckedIn
        | Refusal::NoShow { .. }
        | Refusal::CodeOver => None,
    }
}

/// From when it is possible, if the rule says.
fn possible_from(ui: &Ui<'_>, refusal: Refusal) -> Option<Words> {
    let (offer, opens) = awaited(refusal)?;
    Some(ui.say_with(|texts, language| {
        let opens = texts.moment(language, opens).into();
        if offer == Offer::Register {
            texts.say(language, &say::WhyRegisterFrom { opens })
        } else {
            texts.say(language, &say::WhyBookFrom { opens })
        }
    }))
}

fn said_of(ui: &Ui<'_>, refusal: Refusal, context: &Context<'_>) -> Said {
    if opened(refusal, context).is_some() {
        return Said {
            sign: Pictogram::Check,
            style: theme::FINE_TEXT,
            headline: ui.say(&say::WhyOpenNow),
            lines: vec![(ui.say(&say::WhyOpenNowNext), theme::PLAIN)],
            code: None,
        };
    }
    let from = possible_from(ui, refusal);
    let mut lines = Vec::new();
    let sign = match (&from, refusal) {
        (Some(_), _) => Pictogram::Wait,
        (None, Refusal::AlreadyBooked) => Pictogram::Mine,
        (None, _) => Pictogram::Stop,
    };
    if matches!(refusal, Refusal::AgeOpensLater { .. }) {
        lines.push((ui.refusal(refusal), theme::PLAIN));
    }
    if let Refusal::NotOpenYet { opens } = refusal {
        lines.push((ui.countdown_to(opens, context.machine.now.wall), theme::TITLE));
    }
    if let Some(round) = &context.machine.round {
        lines.extend(rule(ui, refusal, round).into_iter().map(|words| (words, theme::PLAIN)));
    }
    lines.push((next_step(ui, refusal), theme::PLAIN));
    let headline = from.unwrap_or_else(|| ui.refusal(refusal));
    Said { sign, style: theme::WARNING, headline, lines, code: Some(refusal.code()) }
}

/// Whom the round is for, as far as the refusal is about it.
fn rule(ui: &Ui<'_>, refusal: Refusal, round: &Round) -> Vec<Words> {
    let mut words = Vec::new();
    if refusal == Refusal::NotInRound {
        if let Some(date) = round.rule.born_until {
            words.push(ui.say_with(|texts, language| {
                let date = texts.long_date(language, date).into();
                texts.say(language, &say::RuleBorn { date })
            }));
        }
        let categories: Vec<String> =
            round.rule.categories.iter().map(|category| category.0.to_string()).collect();
        if !categories.is_empty() {
            let categories = categories.join(", ");
            words.push(ui.say(&say::RuleCategories { categories: categories.into() }));
        }
    }
    if refusal == Refusal::NotInCounties && !round.rule.counties.is_empty() {
        words.push(ui.say_with(|texts, language| {
            let name = |county: &CountyIndex| county_name(texts, language, *county);
            let counties: Vec<String> = round.rule.counties.iter().map(name).collect();
            texts.say(language, &say::RuleCounties { counties: counties.join(", ").into() })
        }));
    }
    words
}

/// The service that has opened since it was refused.
fn opened(refusal: Refusal, context: &Context<'_>) -> Option<Offer> {
    let person = context.person()?;
    let (offer, _) = awaited(refusal)?;
    let (round, wall) = (context.machine.round.as_ref(), context.machine.now.wall);
    let still = if offer == Offer::Register {
        person.registering_refusal(wall)
    } else {
        person.refusal(round, wall)
    };
    still.is_none().then_some(offer)
}

/// The service that helps who was refused: to book now that it is open, their booking, or their
/// registration.
fn next_service(
    refusal: Refusal,
    person: &Person,
    context: &Context<'_>,
) -> Option<(&'static dyn say::Message, Action, Pictogram)> {
    let offers = |offer| context.machine.profile.offers.contains(&offer);
    let register = (&say::ServiceIntention as &dyn say::Message, Offer::Register);
    let (words, offer): (&'static dyn say::Message, Offer) =
        match (opened(refusal, context), refusal) {
            (Some(Offer::Register), _) => register,
            (Some(_), _) => (&say::ServiceBook, Offer::Book),
            (None, Refusal::AlreadyBooked) => {
                return Some((
                    &say::ServiceMyBooking,
                    ScreenAction::ShowBooking.into(),
                    Pictogram::Mine,
                ));
            }
            (None, Refusal::SlotFull | Refusal::SlotGone) if context.may_wait() => {
                return Some((&say::WaitAsk, ScreenAction::AskToWait.into(), Pictogram::Wait));
            }
            (None, Refusal::NotRegistered | Refusal::NotInRound)
                if person.intention().is_none()
                    && person.registering_refusal(context.machine.now.wall).is_none() =>
            {
                register
            }
            (None, _) => return None,
        };
    let pictogram = if offer == Offer::Book { Pictogram::Book } else { Pictogram::Register };
    offers(offer).then_some((words, ScreenAction::Serve(offer).into(), pictogram))
}

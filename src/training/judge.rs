//! A run's verdict: each fact of the exercise with what became of it, and a score that says how it
//! was made. Pure arithmetic over whole numbers, so that the same run gets the same score.

use super::exercise::Exercise;
use super::fact::{Booked, Fact};
use super::screen_name::ScreenName;
use super::trace::{GivenReceipt, Happened, Run, StaffLeft};
use super::world::{BookingFacts, Came, PersonFacts, WorldFacts};
use crate::devices::simulated::people::PracticeCard;
use serde::{Deserialize, Serialize};

/// What a run is worth.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// One a fact of the exercise, `must` before `must_not`, in the file's order.
    pub reasons: Vec<Reason>,
    /// Every fact was as it had to be.
    pub passed: bool,
    /// 0 to 100. A run that did not pass has at most [`MOST_WITHOUT_PASSING`].
    pub score: u8,
    /// How the score was made: what each part gave of what it could give.
    pub points: Vec<Points>,
}

/// A fact, and what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    pub fact: Fact,
    pub outcome: Outcome,
}

/// What became of a fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Outcome {
    /// It had to be, and is.
    Met,
    /// It had to be, and is not.
    NotMet,
    /// It must not be, and is not.
    Avoided,
    /// It must not be, and is.
    Happened,
}

impl Outcome {
    pub const ALL: [Outcome; 4] =
        [Outcome::Met, Outcome::NotMet, Outcome::Avoided, Outcome::Happened];

    /// As it stands in a trainer's table of results.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Met => "met",
            Outcome::NotMet => "not-met",
            Outcome::Avoided => "avoided",
            Outcome::Happened => "happened",
        }
    }

    /// Whether it is as it had to be.
    pub fn is_well(self) -> bool {
        match self {
            Outcome::Met | Outcome::Avoided => true,
            Outcome::NotMet | Outcome::Happened => false,
        }
    }
}

/// A part of the score.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Points {
    pub part: Part,
    pub got: u8,
    pub of: u8,
}

/// What points are given for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// What had to be done.
    Must,
    /// What must not happen, and did not.
    MustNot,
    /// No more presses than the exercise needs.
    Presses,
    /// Without hints.
    Hints,
}

/// The most that a run gets which did not pass.
pub const MOST_WITHOUT_PASSING: u8 = 59;

impl Verdict {
    /// What was done well: shown first.
    pub fn well_done(&self) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(|reason| reason.outcome.is_well())
    }

    /// What was not.
    pub fn missed(&self) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(|reason| !reason.outcome.is_well())
    }
}

impl Exercise {
    /// How many facts there are.
    pub fn facts(&self) -> usize {
        self.must.len() + self.must_not.len()
    }
}

/// What each part of the score can give, when there are facts of both kinds.
const MUST: usize = 60;
const MUST_NOT: usize = 25;
const PRESSES: usize = 5;
const HINTS: usize = 10;

/// Judges a run.
pub fn judge(exercise: &Exercise, run: &Run) -> Verdict {
    let must = exercise.must.iter().map(|fact| {
        let outcome = if holds(fact, exercise, run) { Outcome::Met } else { Outcome::NotMet };
        Reason { fact: fact.clone(), outcome }
    });
    let must_not = exercise.must_not.iter().map(|fact| {
        let outcome = if holds(fact, exercise, run) { Outcome::Happened } else { Outcome::Avoided };
        Reason { fact: fact.clone(), outcome }
    });
    let reasons: Vec<Reason> = must.chain(must_not).collect();
    let passed = reasons.iter().all(|reason| reason.outcome.is_well());
    let points = points(exercise, run, &reasons);
    let sum: u8 = points.iter().map(|points| points.got).sum();
    let score = if passed { sum } else { sum.min(MOST_WITHOUT_PASSING) };
    Verdict { reasons, passed, score, points }
}

/// The parts of the score. Where nothing must not happen, its part belongs to what must be done.
fn points(exercise: &Exercise, run: &Run, reasons: &[Reason]) -> Vec<Points> {
    let count = |outcome| reasons.iter().filter(|reason| reason.outcome == outcome).count();
    let (must, must_not) = (exercise.must.len(), exercise.must_not.len());
    let of_must = if must_not == 0 { MUST + MUST_NOT } else { MUST };
    // A card that was never in is out, and what was never begun has not gone wrong: neither is
    // worth anything to who has not done a thing.
    let did_something = run.trace.has_deeds();
    let counted = |outcome| if did_something { count(outcome) } else { 0 };
    let met = share(of_must, counted(Outcome::Met), must);
    let mut points = vec![part(Part::Must, met, of_must)];
    if must_not > 0 {
        let avoided = share(MUST_NOT, counted(Outcome::Avoided), must_not);
        points.push(part(Part::MustNot, avoided, MUST_NOT));
    }
    // Who has achieved nothing has not done it with few presses.
    let tried = did_something && count(Outcome::Met) > 0;
    // A point less for each fifth of the presses that is too much.
    let allowed = usize::from(exercise.presses);
    let over = usize::from(run.trace.presses).saturating_sub(allowed);
    let fifths = (over * PRESSES).div_ceil(allowed.max(1));
    let got = if tried { PRESSES.saturating_sub(fifths) } else { 0 };
    points.push(part(Part::Presses, got, PRESSES));
    let unread = exercise.hints().saturating_sub(run.trace.hints);
    let got = if tried { share(HINTS, unread, exercise.hints()) } else { 0 };
    points.push(part(Part::Hints, got, HINTS));
    points
}

fn part(part: Part, got: usize, of: usize) -> Points {
    let whole = |points| u8::try_from(points).unwrap_or(u8::MAX);
    Points { part, got: whole(got), of: whole(of) }
}

/// So many points of `of` as `some` is of `all`, in whole ones.
fn share(of: usize, some: usize, all: usize) -> usize {
    (of * some).checked_div(all).unwrap_or(of)
}

/// Whether a fact is true of a run of an exercise.
fn holds(fact: &Fact, exercise: &Exercise, run: &Run) -> bool {
    let (before, after, trace) = (&run.before, &run.after, &run.trace);
    match fact {
        Fact::Booked(booked) => is_booked(booked, after),
        Fact::Moved(who) => match (before.booking(*who), after.booking(*who)) {
            (Some(was), Some(is)) => (was.starts, was.site) != (is.starts, is.site),
            (_, _) => false,
        },
        Fact::Cancelled(who) => before.booking(*who).is_some() && after.booking(*who).is_none(),
        Fact::Registered(who) => person(after, *who, |person| person.registered),
        Fact::InLine(who) => person(after, *who, |person| person.in_line),
        Fact::ToldOfLeftovers(who) => person(after, *who, |person| person.told_of_leftovers),
        Fact::CheckedIn(who) => booking(after, *who, |booking| match &booking.came {
            Came::CheckedIn | Came::Vaccinated { .. } => true,
            Came::NotYet | Came::Not => false,
        }),
        Fact::Vaccinated { who, lot } => booking(after, *who, |booking| match &booking.came {
            Came::Vaccinated { lot: given } => lot.as_ref().is_none_or(|lot| lot == given),
            Came::NotYet | Came::CheckedIn | Came::Not => false,
        }),
        Fact::PeopleCheckedIn(count) => {
            after.checked_in.saturating_sub(before.checked_in) >= *count
        }
        Fact::Texted { who, about } => {
            let count = |facts: &WorldFacts| {
                let messages = facts.of(*who).map_or(&[][..], |person| &person.messages);
                messages.iter().filter(|message| *message == about).count()
            };
            count(after) > count(before)
        }
        Fact::Receipt(on) => booking(after, exercise.person.card, |booking| {
            let (number, starts) = (booking.number, booking.starts);
            trace.receipts.contains(&GivenReceipt { on: *on, number, starts })
        }),
        Fact::CardOut => !run.left.card_in,
        Fact::VisitEnded => run.left.nobody_served,
        Fact::Spoken(language) => trace.steps.iter().any(|step| {
            let matters = matches!(step.what, Happened::Sent { .. })
                || step.what == Happened::Screen
                    && [ScreenName::WhyNot, ScreenName::NotAdded].contains(&step.screen);
            matters && step.language == *language
        }),
        Fact::Seen { screen, times } => trace.times_seen(*screen) >= usize::from(*times),
        Fact::LoggedOut => run.left.staff == StaffLeft::LoggedOut,
        Fact::Locked => run.left.staff != StaffLeft::Working,
        Fact::LoggedIn => trace.has(Happened::LogIn { well: true }),
        Fact::Consent => trace.has(Happened::Consent),
        Fact::LeftUnsure => trace.has(Happened::LeftUnsure),
        Fact::SentTwice => {
            trace.steps.iter().any(|step| matches!(step.what, Happened::SentAnew(_)))
        }
        Fact::Within(limit) => run.took <= *limit,
        Fact::Presses(most) => trace.presses <= *most,
    }
}

fn person(facts: &WorldFacts, who: PracticeCard, is_it: impl FnOnce(&PersonFacts) -> bool) -> bool {
    facts.of(who).is_some_and(is_it)
}

fn booking(
    facts: &WorldFacts,
    who: PracticeCard,
    is_it: impl FnOnce(&BookingFacts) -> bool,
) -> bool {
    facts.booking(who).is_some_and(is_it)
}

fn is_booked(booked: &Booked, facts: &WorldFacts) -> bool {
    let Some(booking) = facts.booking(booked.who) else { return false };
    let together = booked.same_time_as.is_none_or(|other| {
        facts.booking(other).is_some_and(|other| other.starts == booking.starts)
    });
    together
        && booked.before.is_none_or(|before| booking.starts < before)
        && booked.district.is_none_or(|district| booking.district == district)
}

//! The judge alone: what counts, what a score is made of, and that the same run always gets the
//! same.

use std::time::Duration;
use vaxkiosk::devices::simulated::people::PracticeCard::{MayBook, MigrantWorker};
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::region::DistrictCode;
use vaxkiosk::domain::site::SiteId;
use vaxkiosk::training::act::Act;
use vaxkiosk::training::debrief::{Debriefing, Mark};
use vaxkiosk::training::exercise::Exercise;
use vaxkiosk::training::fact::{Booked, Fact, ReceiptOn};
use vaxkiosk::training::judge::{Outcome, Part, judge};
use vaxkiosk::training::reading::built_in;
use vaxkiosk::training::screen_name::ScreenName;
use vaxkiosk::training::trace::{
    GivenReceipt, Happened, LeftAs, Run, Sending, StaffLeft, Step, Trace,
};
use vaxkiosk::training::world::{BookingFacts, Came, PersonFacts, WorldFacts};

fn exercise(must: Vec<Fact>, must_not: Vec<Fact>) -> Exercise {
    let shelf = built_in().unwrap();
    Exercise { must, must_not, presses: 10, ..shelf[0].clone() }
}

fn step(screen: ScreenName, what: Happened) -> Step {
    Step { at: Duration::ZERO, screen, language: Language::Vi, what }
}

fn did(act: Act) -> Step {
    step(ScreenName::Review, Happened::Did(act))
}

fn number(sequence: u32) -> BookingNumber {
    BookingNumber::parse(&format!("02{sequence:08}")).unwrap()
}

fn person(booked: bool) -> PersonFacts {
    let starts = jiff::civil::date(2027, 7, 16).at(9, 0, 0, 0);
    let booking = BookingFacts {
        number: number(1),
        starts,
        site: SiteId(1),
        district: DistrictCode(6_300_300),
        came: Came::NotYet,
    };
    PersonFacts {
        card: MayBook,
        booking: booked.then_some(booking),
        registered: true,
        in_line: false,
        told_of_leftovers: false,
        messages: Vec::new(),
    }
}

fn run(booked: bool, steps: Vec<Step>) -> Run {
    let facts = |booked| WorldFacts { people: vec![person(booked)], checked_in: 0 };
    Run {
        trace: Trace { steps, presses: 6, hints: 0, receipts: Vec::new() },
        took: Duration::from_secs(90),
        left: LeftAs { card_in: false, nobody_served: true, staff: StaffLeft::LoggedOut },
        before: facts(false),
        after: facts(booked),
    }
}

fn booked() -> Fact {
    Fact::Booked(Booked { who: MayBook, before: None, district: None, same_time_as: None })
}

#[test]
fn the_same_run_gets_the_same_and_no_key_counts_but_facts_do() {
    let exercise = exercise(vec![booked(), Fact::CardOut], vec![Fact::LeftUnsure]);
    let sent = Happened::Sent { what: Sending::Booking, again: false };
    let plain = run(true, vec![did(Act::Confirm), step(ScreenName::Review, sent)]);
    let verdict = judge(&exercise, &plain);
    assert_eq!((verdict.passed, verdict.score), (true, 100));
    assert_eq!(judge(&exercise, &plain), verdict);
    // The same facts by other presses are worth the same.
    let other = [Act::Help, Act::Back, Act::Choose].map(Happened::Did);
    let steps = other.map(|did| step(ScreenName::Slot, did)).to_vec();
    assert_eq!(judge(&exercise, &run(true, steps)), verdict);
    // Pressing all the right keys without a booking is worth nothing of it.
    let verdict = judge(&exercise, &run(false, plain.trace.steps.clone()));
    assert_eq!(verdict.reasons[0].outcome, Outcome::NotMet);
    assert!(!verdict.passed && verdict.score <= 59);
}

#[test]
fn a_score_says_how_it_was_made() {
    let exercise = exercise(vec![booked()], vec![Fact::SentTwice]);
    let mut slow = run(true, vec![did(Act::Confirm)]);
    (slow.trace.presses, slow.trace.hints) = (14, 1);
    let verdict = judge(&exercise, &slow);
    let points: Vec<(Part, u8, u8)> =
        verdict.points.iter().map(|points| (points.part, points.got, points.of)).collect();
    // Four presses too many are two fifths of ten; one hint of three was read.
    let wanted = [
        (Part::Must, 60, 60),
        (Part::MustNot, 25, 25),
        (Part::Presses, 3, 5),
        (Part::Hints, 6, 10),
    ];
    assert_eq!(points, wanted);
    assert_eq!(verdict.score, 94);
    // Without anything that must not happen, what must be done is worth its part too.
    let only_must = Exercise { must_not: Vec::new(), ..exercise.clone() };
    assert_eq!(judge(&only_must, &slow).points[0].of, 85);
    // Who achieves nothing gets nothing for having done it with few presses and without hints, and
    // who does nothing gets nothing at all, though a card that was never in is out.
    let in_vain = judge(&exercise, &run(false, vec![did(Act::Help)]));
    assert_eq!(in_vain.score, 25, "{:?}", in_vain.points);
    let out = Exercise { must: vec![booked(), Fact::CardOut], ..exercise };
    assert_eq!(judge(&out, &run(false, Vec::new())).score, 0);
}

#[test]
fn what_went_well_is_said_first() {
    let exercise = exercise(vec![Fact::LoggedIn, booked()], vec![Fact::LeftUnsure]);
    let unsure = vec![step(ScreenName::Submitting, Happened::LeftUnsure)];
    let verdict = judge(&exercise, &run(true, unsure));
    let facts = |reasons: Vec<&vaxkiosk::training::judge::Reason>| {
        reasons.into_iter().map(|reason| reason.fact.clone()).collect::<Vec<_>>()
    };
    assert_eq!(facts(verdict.well_done().collect()), [booked()]);
    assert_eq!(facts(verdict.missed().collect()), [Fact::LoggedIn, Fact::LeftUnsure]);
    assert_eq!(verdict.reasons[2].outcome, Outcome::Happened);
}

#[test]
fn each_fact_is_true_of_what_it_says_and_of_nothing_else() {
    let with =
        |fact: Fact, steps: Vec<Step>| judge(&exercise(vec![fact], vec![]), &run(true, steps));
    let sent = |language| {
        let sent = Happened::Sent { what: Sending::Booking, again: false };
        vec![Step { language, ..step(ScreenName::Review, sent) }]
    };
    let spoken = Fact::Spoken(Language::Vi);
    assert!(with(spoken.clone(), sent(Language::Vi)).passed);
    assert!(!with(spoken, sent(Language::ZhTw)).passed);
    let near = |code| {
        let district = Some(DistrictCode(code));
        Fact::Booked(Booked { who: MayBook, before: None, district, same_time_as: None })
    };
    assert!(with(near(6_300_300), vec![]).passed && !with(near(6_800_200), vec![]).passed);
    let before = |hour| {
        let before = Some(jiff::civil::date(2027, 7, 16).at(hour, 0, 0, 0));
        Fact::Booked(Booked { who: MayBook, before, district: None, same_time_as: None })
    };
    assert!(with(before(10), vec![]).passed && !with(before(9), vec![]).passed);
    let alone = Fact::Booked(Booked {
        who: MayBook,
        before: None,
        district: None,
        same_time_as: Some(MigrantWorker),
    });
    assert!(!with(alone, vec![]).passed, "who is not booked is there at no time");
    assert!(with(Fact::Within(Duration::from_secs(90)), vec![]).passed);
    assert!(!with(Fact::Within(Duration::from_secs(89)), vec![]).passed);
    assert!(with(Fact::Presses(6), vec![]).passed && !with(Fact::Presses(5), vec![]).passed);
}

#[test]
fn a_receipt_counts_if_it_is_the_persons_own_and_says_when_they_are_to_come() {
    let mut exercise = exercise(vec![Fact::Receipt(ReceiptOn::Paper)], vec![]);
    exercise.person.card = MayBook;
    let given = |on, number, hour| {
        let starts = jiff::civil::date(2027, 7, 16).at(hour, 0, 0, 0);
        let mut run = run(true, vec![]);
        run.trace.give(GivenReceipt { on, number, starts });
        judge(&exercise, &run).passed
    };
    assert!(given(ReceiptOn::Paper, number(1), 9));
    assert!(!given(ReceiptOn::Screen, number(1), 9));
    assert!(!given(ReceiptOn::Paper, number(2), 9), "it is another person's");
    assert!(!given(ReceiptOn::Paper, number(1), 10), "it was moved since");
    // A page that somebody else could have been given is none.
    let printed = vec![step(ScreenName::Receipt, Happened::Printed { well: true })];
    assert!(!judge(&exercise, &run(true, printed)).passed);
}

#[test]
fn the_replay_shows_what_was_the_exercises_own_doing_and_what_was_a_mistake() {
    let exercise = exercise(vec![booked()], vec![]);
    let did = step(ScreenName::Slot, Happened::Did(Act::Turn));
    let unsure = step(ScreenName::Submitting, Happened::LeftUnsure);
    let run = run(true, vec![did, did, did, unsure]);
    let debriefing = Debriefing::new(0, judge(&exercise, &run), &run, false, Some(70));
    let replay: Vec<(u16, Mark)> =
        debriefing.replay.iter().map(|replayed| (replayed.times, replayed.mark)).collect();
    assert_eq!(replay, [(3, Mark::Plain), (1, Mark::Mistake)]);
}

//! Ways to each page of the training, with the exercises that are compiled in.

use crate::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;
use std::time::Duration;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::model::action::{ExerciseAction, TrainingAction};
use vaxkiosk::kiosk::model::event::{Event, WorldEvent};
use vaxkiosk::kiosk::model::exercises::{
    CardPage, Exercises, FaultState, Running, Stage as TrainingStage,
};
use vaxkiosk::training::act::Act;
use vaxkiosk::training::debrief::Debriefing;
use vaxkiosk::training::exercise::{Exercise, Role};
use vaxkiosk::training::fact::{Booked, Fact, FactKind, Message, ReceiptOn};
use vaxkiosk::training::fault::FaultKind;
use vaxkiosk::training::judge::{Outcome, Part, Points, Reason, Verdict};
use vaxkiosk::training::reading::built_in;
use vaxkiosk::training::results::{Done, Results};
use vaxkiosk::training::screen_name::ScreenName;
use vaxkiosk::training::trace::{Happened, LeftAs, Run, Sending, StaffLeft, Step, Trace};
use vaxkiosk::training::world::WorldFacts;

pub type Way = fn(&mut Stage);

pub fn shelf() -> Arc<[Exercise]> {
    built_in().unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

/// Where an exercise stands on the shelf.
pub fn place(id: &str) -> usize {
    shelf().iter().position(|exercise| exercise.id == id).unwrap_or_else(|| panic!("no {id}"))
}

fn results() -> Results {
    let mut results = Results::default();
    for (exercise, score, passed) in [
        ("shop-1-line-cut", 45, false),
        ("shop-1-line-cut", 92, true),
        ("shop-2-another-card", 59, false),
    ] {
        let ended = jiff::Timestamp::from_second(1_815_000_000).unwrap();
        results.add(Done { exercise: exercise.into(), score, passed, ended });
    }
    results
}

/// The choice lies over all; its language is the stage's.
pub fn offered(s: &mut Stage) {
    s.cabinet.journey.offer_exercises(shelf(), results());
    s.draw();
}

pub fn exercises(s: &mut Stage) -> &mut Exercises {
    s.cabinet.journey.machine.practice.exercises.as_mut().expect("exercises are offered")
}

/// Another page of the training, as the journey would have it.
pub fn at(s: &mut Stage, stage: TrainingStage) {
    exercises(s).stage = stage;
    s.draw();
}

/// The world is there: whoever asked for it goes on.
pub fn ready(s: &mut Stage) {
    s.event(Event::World(WorldEvent::Ready(Box::default())));
}

pub fn begun(s: &mut Stage, id: &str) {
    offered(s);
    s.act(ExerciseAction::Choose(place(id)));
    s.act(ExerciseAction::Begin);
    ready(s);
}

/// A run that has gone on for a while on whatever page is on, with its card closed.
pub fn running_beneath(s: &mut Stage) {
    s.cabinet.journey.offer_exercises(shelf(), Results::default());
    let began = s.uptime;
    let mut running = Running::new(0, began, WorldFacts::default(), shelf()[0].faults.len());
    running.card = CardPage::Closed;
    at(s, TrainingStage::Running(Box::new(running)));
}

fn steps() -> Vec<Step> {
    let all = [
        (ScreenName::AtRest, Happened::Did(Act::CardIn)),
        (ScreenName::Language, Happened::Screen),
        (ScreenName::Language, Happened::Did(Act::Speak)),
        (ScreenName::Privacy, Happened::Screen),
        (ScreenName::Privacy, Happened::Consent),
        (ScreenName::Offer, Happened::Screen),
        (ScreenName::Offer, Happened::Did(Act::Confirm)),
        (ScreenName::Submitting, Happened::Sent { what: Sending::Booking, again: false }),
        (ScreenName::Submitting, Happened::Fault(FaultKind::CutLine)),
        (ScreenName::Submitting, Happened::NoAnswer(Sending::Booking)),
        (ScreenName::Submitting, Happened::Hint(1)),
        (ScreenName::Submitting, Happened::SentAnew(Sending::Booking)),
        (ScreenName::Submitting, Happened::FaultOver(FaultKind::CutLine)),
        (ScreenName::Submitting, Happened::Answered { what: Sending::Booking, done: true }),
        (ScreenName::Receipt, Happened::Screen),
        (ScreenName::Receipt, Happened::Printed { well: false }),
        (ScreenName::Receipt, Happened::Did(Act::Print)),
        (ScreenName::Receipt, Happened::Did(Act::Print)),
        (ScreenName::Receipt, Happened::Printed { well: true }),
        (ScreenName::Farewell, Happened::LeftUnsure),
        (ScreenName::AtRest, Happened::Did(Act::CardOut)),
    ];
    let step = |(at, (screen, what)): (u64, (ScreenName, Happened))| Step {
        at: Duration::from_secs(at * 9),
        screen,
        language: Language::Vi,
        what,
    };
    (0..).zip(all).map(step).collect()
}

/// A step of every kind.
fn every_step() -> Vec<Step> {
    let mut all: Vec<Happened> = steps().iter().map(|step| step.what).collect();
    all.extend(Act::ALL.iter().map(|act| Happened::Did(*act)));
    for what in [
        Sending::Booking,
        Sending::Move,
        Sending::Cancellation,
        Sending::Registration,
        Sending::Withdrawal,
        Sending::Line,
        Sending::LeavingLine,
        Sending::Leftovers,
        Sending::CheckIn,
    ] {
        all.push(Happened::Sent { what, again: true });
        all.push(Happened::Answered { what, done: false });
    }
    all.extend([Happened::LogIn { well: true }, Happened::LogIn { well: false }]);
    for kind in [
        FaultKind::SlowLine(Duration::from_secs(3)),
        FaultKind::PrinterJam,
        FaultKind::PrinterOut,
        FaultKind::ReaderGone,
        FaultKind::SlotFilled,
        FaultKind::AnotherCard(PracticeCard::MayBook),
        FaultKind::WrongPin,
        FaultKind::OpeningMinute,
        FaultKind::PowerCut,
    ] {
        all.push(Happened::Fault(kind));
    }
    let screens = ScreenName::ALL.iter().cycle();
    let count = all.len().max(ScreenName::ALL.len());
    let step = |((at, what), screen): ((u64, Happened), &ScreenName)| Step {
        at: Duration::from_secs(at * 60),
        screen: *screen,
        language: Language::Vi,
        what,
    };
    (0..).zip(all.into_iter().cycle().take(count)).zip(screens).map(step).collect()
}

/// Every fact there is.
pub fn every_fact() -> Vec<Fact> {
    let who = PracticeCard::MigrantWorker;
    let booked = Booked {
        who,
        before: Some(jiff::civil::date(2027, 7, 16).at(12, 0, 0, 0)),
        district: shelf_district(),
        same_time_as: Some(PracticeCard::MayBook),
    };
    let mut facts: Vec<Fact> = FactKind::ALL
        .iter()
        .map(|kind| match kind {
            FactKind::Booked => Fact::Booked(booked.clone()),
            FactKind::Moved => Fact::Moved(who),
            FactKind::Cancelled => Fact::Cancelled(who),
            FactKind::Registered => Fact::Registered(who),
            FactKind::InLine => Fact::InLine(who),
            FactKind::ToldOfLeftovers => Fact::ToldOfLeftovers(who),
            FactKind::CheckedIn => Fact::CheckedIn(who),
            FactKind::Vaccinated => Fact::Vaccinated { who, lot: Some("LOT-2027-15".into()) },
            FactKind::PeopleCheckedIn => Fact::PeopleCheckedIn(3),
            FactKind::Texted => Fact::Texted { who, about: Message::Booked },
            FactKind::Receipt => Fact::Receipt(ReceiptOn::Paper),
            FactKind::CardOut => Fact::CardOut,
            FactKind::VisitEnded => Fact::VisitEnded,
            FactKind::Spoken => Fact::Spoken(Language::Vi),
            FactKind::Seen => Fact::Seen { screen: ScreenName::WhyNot, times: 2 },
            FactKind::LoggedOut => Fact::LoggedOut,
            FactKind::Locked => Fact::Locked,
            FactKind::LoggedIn => Fact::LoggedIn,
            FactKind::Consent => Fact::Consent,
            FactKind::LeftUnsure => Fact::LeftUnsure,
            FactKind::SentTwice => Fact::SentTwice,
            FactKind::Within => Fact::Within(Duration::from_secs(200)),
            FactKind::Presses => Fact::Presses(20),
        })
        .collect();
    for about in [Message::Moved, Message::Cancelled, Message::Offered, Message::Leftover] {
        facts.push(Fact::Texted { who, about });
    }
    facts.extend([Fact::Receipt(ReceiptOn::Screen), Fact::Receipt(ReceiptOn::Code)]);
    facts
}

fn shelf_district() -> Option<vaxkiosk::domain::region::DistrictCode> {
    vaxkiosk::domain::region::districts().next().map(|district| district.code)
}

fn verdict(reasons: Vec<Reason>, score: u8) -> Verdict {
    let passed = reasons.iter().all(|reason| reason.outcome.is_well());
    let part = |part, got, of| Points { part, got, of };
    let points = vec![
        part(Part::Must, 45, 60),
        part(Part::MustNot, 25, 25),
        part(Part::Presses, 3, 5),
        part(Part::Hints, 8, 10),
    ];
    Verdict { reasons, passed, score, points }
}

fn debriefed(s: &mut Stage, steps: Vec<Step>, verdict: Verdict, time_over: bool) {
    offered(s);
    let run = Run {
        trace: Trace { steps, presses: 24, hints: 1, receipts: Vec::new() },
        took: Duration::from_secs(203),
        left: LeftAs { card_in: false, nobody_served: true, staff: StaffLeft::LoggedOut },
        before: WorldFacts::default(),
        after: WorldFacts::default(),
    };
    let debriefing = Debriefing::new(0, verdict, &run, time_over, Some(45));
    at(s, TrainingStage::Debriefed(Box::new(debriefing)));
}

fn of_exercise(met: Outcome, avoided: Outcome) -> Vec<Reason> {
    let exercise = &shelf()[0];
    let must = exercise.must.iter().map(|fact| Reason { fact: fact.clone(), outcome: met });
    let must_not =
        exercise.must_not.iter().map(|fact| Reason { fact: fact.clone(), outcome: avoided });
    must.chain(must_not).collect()
}

pub fn passed(s: &mut Stage) {
    debriefed(s, steps(), verdict(of_exercise(Outcome::Met, Outcome::Avoided), 92), false);
}

pub fn not_passed(s: &mut Stage) {
    let mut reasons = of_exercise(Outcome::Met, Outcome::Avoided);
    reasons[0].outcome = Outcome::NotMet;
    reasons[3].outcome = Outcome::NotMet;
    let last = reasons.len() - 1;
    reasons[last].outcome = Outcome::Happened;
    debriefed(s, steps(), verdict(reasons, 40), true);
}

/// Every fact in every way, and a step of every kind.
pub fn everything(s: &mut Stage) {
    let outcomes = [Outcome::Met, Outcome::Avoided, Outcome::NotMet, Outcome::Happened];
    let reasons = outcomes
        .into_iter()
        .flat_map(|outcome| every_fact().into_iter().map(move |fact| Reason { fact, outcome }));
    debriefed(s, every_step(), verdict(reasons.collect(), 12), true);
}

pub fn replayed(s: &mut Stage) {
    not_passed(s);
    s.act(ExerciseAction::Replay(9));
}

pub fn long_run(s: &mut Stage) {
    let long = std::iter::repeat_with(steps).take(5).flatten().collect();
    debriefed(s, long, verdict(of_exercise(Outcome::Met, Outcome::Avoided), 92), false);
    s.act(ExerciseAction::Replay(30));
}

/// Each page by the name of its snapshot, and the way to it.
pub const PAGES: [(&str, Way); 20] = [
    ("training_choice", offered),
    ("training_list", |s| {
        offered(s);
        s.act(ExerciseAction::Role(Role::Shop));
    }),
    ("training_list_turned", |s| {
        offered(s);
        s.act(ExerciseAction::Role(Role::Shop));
        s.act(ExerciseAction::TurnList);
    }),
    ("training_languages", |s| {
        offered(s);
        s.keys(".");
    }),
    ("training_briefing", |s| {
        offered(s);
        s.act(ExerciseAction::Choose(place("shop-1-line-cut")));
    }),
    ("training_briefing_counter", |s| {
        offered(s);
        s.act(ExerciseAction::Choose(place("counter-1-log-in")));
    }),
    ("training_preparing", |s| {
        offered(s);
        s.act(ExerciseAction::LookAround);
    }),
    ("training_task", |s| begun(s, "shop-1-line-cut")),
    ("training_task_hints", |s| {
        begun(s, "counter-1-log-in");
        for _ in 0..9 {
            s.act(ExerciseAction::Hint);
        }
        let running = exercises(s).running_mut().expect("a run");
        running.faults.fill(FaultState::On(Duration::ZERO));
        s.draw();
    }),
    ("training_not_kept", |s| {
        passed(s);
        let ended = "2027-07-13T02:05:00Z".parse().unwrap();
        let done = Done { exercise: "shop-1-line-cut".into(), score: 92, passed: true, ended };
        let not_kept = Some("runs.csv: Not a directory (os error 20)".to_owned());
        s.event(Event::World(WorldEvent::Done { done, not_kept }));
    }),
    ("training_long_replay", long_run),
    ("training_giving_up", |s| {
        begun(s, "shop-1-line-cut");
        s.keys("9");
    }),
    ("training_task_closed", |s| {
        begun(s, "shop-1-line-cut");
        s.act(ExerciseAction::TaskCard);
    }),
    ("training_counter_closed", |s| {
        begun(s, "counter-1-log-in");
        s.act(ExerciseAction::TaskCard);
    }),
    ("training_counter_at_work", |s| {
        begun(s, "counter-1-log-in");
        s.act(ExerciseAction::TaskCard);
        s.staff_logs_in(PracticeStaff::User);
    }),
    ("training_cards", |s| {
        begun(s, "shop-1-line-cut");
        s.act(ExerciseAction::TaskCard);
        s.act(TrainingAction::Drawer);
    }),
    ("training_judging", |s| {
        begun(s, "shop-1-line-cut");
        s.act(ExerciseAction::Finished);
    }),
    ("training_passed", passed),
    ("training_not_passed", not_passed),
    ("training_replay", replayed),
];

/// The stage at a page, in a language and a size.
pub fn staged(language: Language, size: (u16, u16), way: Way) -> Stage {
    let mut stage = crate::every_screen::staged(language, size, way);
    stage.buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    stage.draw();
    stage
}

//! Random walks of thousands of events: the kiosk never panics, never gets stuck, always comes
//! home, and leaves nothing of a person. The walks begin at fixed seeds, so each run takes the same
//! steps; `WALK_SEED=7 cargo test --test kiosk walk` walks from another one.

use crate::stage;
use crate::stage::Stage;
use crate::stage::desk::{APP_CODE, GRAPHIC, PASSWORD};
use crate::wiped::left_of_anybody;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;
use vaxkiosk::api::problem::Code;
use vaxkiosk::config::profile::{Offer, WayIn};
use vaxkiosk::devices::card_reader::{CardFault, ReaderEvent};
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::journey::Phase;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction, TrainingAction};
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::entry::Asked;
use vaxkiosk::kiosk::widgets::targets::Direction;

#[derive(Clone, Debug)]
enum Step {
    /// Presses the first button, as somebody does who books.
    Onward,
    /// Turns to what was registered: changes or withdraws it, and says yes.
    Register(bool),
    /// Comes in another way, and types what it asks for.
    ComeIn(WayIn),
    /// Types a phone number.
    Phone,
    Input(Input),
    /// Touches the nth button on the screen.
    Touch(usize),
    Insert(PracticeCard),
    Fault(CardFault),
    Reader(ReaderEvent),
    Wait(u64),
    Resize(u16, u16),
    Line(bool),
    LoseAnswer,
    Problem(Option<Code>),
    Refusal(Option<Refusal>),
    Slow(bool),
    Train(TrainingAction),
}

fn input() -> impl Strategy<Value = Input> {
    use Direction::{Down, Left, Right, Up};
    prop_oneof![
        6 => (0u8..=9).prop_map(Input::Digit),
        4 => Just(Input::Enter),
        2 => Just(Input::Escape),
        1 => Just(Input::Backspace),
        2 => Just(Input::Tab),
        1 => Just(Input::BackTab),
        3 => prop::sample::select(vec![Up, Down, Left, Right]).prop_map(Input::Arrow),
        2 => prop::sample::select("*/+.-?x".chars().collect::<Vec<_>>()).prop_map(Input::Sign),
        1 => (1u8..=5).prop_map(Input::Function),
        1 => Just(Input::Interrupt),
        1 => (0u16..120, 0u16..60).prop_map(|(x, y)| Input::Press { x, y }),
        1 => (0u16..120, 0u16..60).prop_map(|(x, y)| Input::Release { x, y }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let often = vec![PracticeCard::MayBook, PracticeCard::MigrantWorker];
    let reader = vec![
        ReaderEvent::CardIn,
        ReaderEvent::CardOut,
        ReaderEvent::ReaderLost,
        ReaderEvent::ReaderFound,
    ];
    let faults = vec![CardFault::Unreadable, CardFault::NotAnNhiCard, CardFault::PulledTooSoon];
    let problems =
        vec![None, Some(Code::Unavailable), Some(Code::SessionOver), Some(Code::BadRequest)];
    let refusals = vec![
        None,
        Some(Refusal::SlotFull),
        Some(Refusal::AlreadyBooked),
        Some(Refusal::BrandNotChosen),
    ];
    let ways = vec![WayIn::CardPassword, WayIn::App, WayIn::Numbers, WayIn::Query];
    let training = vec![
        TrainingAction::FillSlot,
        TrainingAction::JumpToOpening,
        TrainingAction::Cut,
        TrainingAction::Mend,
        TrainingAction::Pull,
    ];
    prop_oneof![
        400 => Just(Step::Onward),
        70 => any::<bool>().prop_map(Step::Register),
        90 => prop::sample::select(ways).prop_map(Step::ComeIn),
        15 => Just(Step::Phone),
        60 => input().prop_map(Step::Input),
        100 => (0usize..20).prop_map(Step::Touch),
        30 => prop::sample::select(often).prop_map(Step::Insert),
        8 => prop::sample::select(PracticeCard::ALL.to_vec()).prop_map(Step::Insert),
        3 => prop::sample::select(faults).prop_map(Step::Fault),
        6 => prop::sample::select(reader).prop_map(Step::Reader),
        20 => (1u64..5).prop_map(Step::Wait),
        3 => (30u64..120).prop_map(Step::Wait),
        3 => (1u16..140, 1u16..60).prop_map(|(w, h)| Step::Resize(w, h)),
        30 => Just(Step::Resize(80, 24)),
        4 => Just(Step::Line(true)),
        30 => Just(Step::Line(false)),
        4 => Just(Step::LoseAnswer),
        4 => prop::sample::select(problems).prop_map(Step::Problem),
        30 => Just(Step::Problem(None)),
        4 => prop::sample::select(refusals).prop_map(Step::Refusal),
        20 => Just(Step::Refusal(None)),
        4 => Just(Step::Slow(true)),
        30 => Just(Step::Slow(false)),
        3 => prop::sample::select(training).prop_map(Step::Train),
    ]
}

fn take(stage: &mut Stage, step: &Step) {
    match step {
        Step::Onward => {
            if let Some(target) = stage.cabinet.targets().all().first() {
                stage.act(target.action);
            }
        }
        Step::Register(change) => {
            stage.leave_offer();
            if matches!(stage.cabinet.journey.screen(), Some(Screen::Service)) {
                stage.act(ScreenAction::Serve(Offer::Register));
            }
            stage.act(match stage.cabinet.journey.screen() {
                Some(Screen::Intention { .. }) if *change => ScreenAction::ChangeIntention,
                Some(Screen::Intention { .. }) => ScreenAction::WithdrawIntention,
                _ => ScreenAction::Confirm,
            });
        }
        Step::ComeIn(way) => match stage.cabinet.journey.screen() {
            Some(Screen::Card) => stage.act(ScreenAction::OtherWays),
            Some(Screen::Ways) => stage.act(ScreenAction::SignInBy(*way)),
            Some(Screen::Entry(_)) => (0..3).for_each(|_| type_it(stage)),
            Some(_) => stage.act(ScreenAction::Confirm),
            None => {
                stage.act(ScreenAction::Start);
                stage.act(GlobalAction::Speak(Language::Th));
            }
        },
        Step::Phone => {
            for digit in "0912345678".bytes() {
                stage.act(ScreenAction::Key(digit - b'0'));
            }
        }
        Step::Input(input) => stage.input(*input),
        Step::Touch(at) => {
            let targets = stage.cabinet.targets().all();
            if let Some(target) = targets.get(at % targets.len().max(1)) {
                let (x, y) = (target.area.x, target.area.y);
                stage.input(Input::Press { x, y });
                stage.input(Input::Release { x, y });
            }
        }
        Step::Insert(card) => stage.insert(*card),
        Step::Fault(fault) => {
            stage.card = Err(*fault);
            stage.event(Event::Reader(ReaderEvent::CardIn));
        }
        Step::Reader(event) => stage.event(Event::Reader(event.clone())),
        Step::Wait(seconds) => stage.wait(*seconds),
        Step::Resize(width, height) => stage.resize((*width, *height)),
        Step::Line(cut) => stage.desk.cut = *cut,
        Step::LoseAnswer => stage.desk.lose_answer = true,
        Step::Problem(problem) => stage.desk.problem = *problem,
        Step::Refusal(refusal) => stage.desk.refusal = *refusal,
        Step::Slow(slow) => {
            stage.slow = *slow;
            if !slow {
                stage.release();
            }
        }
        Step::Train(training) => stage.act(*training),
    }
}

/// Types rightly what is asked for.
fn type_it(stage: &mut Stage) {
    let Some(Screen::Entry(entry)) = stage.cabinet.journey.screen() else { return };
    let keys = match entry.asked {
        Asked::Id => "A223456781",
        Asked::CardNumber => "000000000001",
        Asked::AppCode => APP_CODE,
        Asked::Password => PASSWORD,
        Asked::OfferCode => "4081526374",
        Asked::MobileEnd => "678",
        Asked::Captcha { .. } => GRAPHIC,
    };
    stage.act(ScreenAction::ClearAll);
    stage.keys(keys);
}

/// The first word that is written. A screen's whole list of sites is long, and nobody reads it.
#[derive(Default)]
struct FirstWord(String);

impl std::fmt::Write for FirstWord {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = text.find(['(', ' ']);
        self.0.push_str(&text[..end.unwrap_or(text.len())]);
        if end.is_some() { Err(std::fmt::Error) } else { Ok(()) }
    }
}

/// The kind of what is on the screen.
fn kind(stage: &Stage) -> String {
    let mut word = FirstWord::default();
    // An error says that the word has ended.
    let _ = match &stage.cabinet.journey.phase {
        Phase::Visiting { screen, .. } => write!(word, "{screen:?}"),
        phase @ (Phase::AtRest | Phase::Farewell(_) | Phase::Counter(_)) => {
            write!(word, "{phase:?}")
        }
    };
    word.0
}

/// Takes the steps, then everybody leaves. Counts the kinds of screens that were seen.
fn walk(steps: &[Step], seen: &mut BTreeMap<String, usize>) -> Result<(), TestCaseError> {
    let mut stage = Stage::new(stage::SMALL);
    for step in steps {
        take(&mut stage, step);
        *seen.entry(kind(&stage)).or_default() += 1;
        if stage.buffer.area.width >= 80 && stage.buffer.area.height >= 24 {
            let targets = stage.cabinet.targets().all();
            prop_assert!(!targets.is_empty(), "there is always something to do");
        }
    }
    // Within the ten minutes it is home again, whatever the service does.
    stage.pull();
    for _ in 0..66 {
        stage.wait_unseen(9);
        stage.wait(1);
    }
    prop_assert!(stage.is_at_rest(), "{:?}", stage.cabinet.journey.phase);
    prop_assert!(stage.cabinet.journey.overlay.is_none());
    prop_assert!(stage.visit().is_none());
    prop_assert_eq!(left_of_anybody(&stage), None);
    // Every booking was asked for with its own key.
    let keys: HashSet<_> = stage.desk.submits.iter().collect();
    prop_assert!(stage.desk.booked.keys().all(|key| keys.contains(key)));
    Ok(())
}

/// Walks from a seed, and returns the kinds of screens that it saw.
fn walk_from(seed: u64) -> BTreeMap<String, usize> {
    let config = ProptestConfig {
        cases: 20,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..Default::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let seen = RefCell::new(BTreeMap::new());
    let one = |steps: Vec<Step>| walk(&steps, &mut seen.borrow_mut());
    let outcome =
        TestRunner::new_with_rng(config, rng).run(&prop::collection::vec(step(), 300), one);
    if let Err(failure) = outcome {
        panic!("the walk from seed {seed} failed: {failure}");
    }
    seen.into_inner()
}

/// Together they find every kind of screen.
const SEEDS: [u64; 4] = [1, 2, 3, 6];

#[test]
fn whatever_happens_the_kiosk_comes_home_with_nothing_of_anybody() {
    let seen: Vec<(u64, BTreeMap<String, usize>)> = std::thread::scope(|scope| {
        let walks = SEEDS.map(|seed| (seed, scope.spawn(move || walk_from(seed))));
        walks.into_iter().map(|(seed, walk)| (seed, walk.join().unwrap())).collect()
    });
    for (seed, kinds) in &seen {
        println!("seed {seed}: {kinds:?}");
    }
    // The walks are worth something only if they get everywhere.
    let kinds: BTreeSet<&String> = seen.iter().flat_map(|(_, kinds)| kinds.keys()).collect();
    assert_eq!(kinds.len(), 28, "kinds of screens that were seen: {kinds:?}");
}

#[test]
fn a_seed_of_ones_own_is_walked_from_too() {
    let Ok(seed) = std::env::var("WALK_SEED") else { return };
    let seed = seed.parse().expect("WALK_SEED is a whole number");
    println!("seed {seed}: {:?}", walk_from(seed));
}

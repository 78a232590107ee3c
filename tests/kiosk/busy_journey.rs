//! The journey when the service is busy, slow or gone, and where one goes back while it is: by
//! scripts of events, without I/O.

use crate::stage::desk::GRAPHIC;
use crate::stage::{SMALL, Stage};
use rstest::rstest;
use vaxkiosk::api::problem::Code;
use vaxkiosk::config::profile::{Offer, WayIn};
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{GlobalAction, Part, ScreenAction};
use vaxkiosk::kiosk::model::clearer::Clearer;
use vaxkiosk::kiosk::model::effect::Effect;
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::farewell::Reason;
use vaxkiosk::kiosk::screens::why_not::Why;

/// In front of the services, by the card.
fn at_services() -> Stage {
    let mut stage = Stage::new(SMALL);
    stage.insert(PracticeCard::MayBook);
    stage.touch(GlobalAction::Speak(Language::Vi));
    stage.touch(ScreenAction::Confirm);
    stage.leave_offer();
    assert_eq!(stage.screen(), &Screen::Service);
    stage
}

/// In front of the review, from the services.
fn to_review(stage: &mut Stage) {
    stage.touch(ScreenAction::Serve(Offer::Book));
    stage.touch(ScreenAction::RegisteredPhone);
    stage.touch(ScreenAction::Pick(0));
    stage.touch(ScreenAction::Pick(4));
    stage.touch(ScreenAction::Pick(0));
    stage.touch_seat(1, 0);
    assert_eq!(stage.screen(), &Screen::Review);
}

fn at_review() -> Stage {
    let mut stage = at_services();
    to_review(&mut stage);
    stage
}

/// To what a way in asks first, past the notice.
fn by(way: WayIn) -> Stage {
    let mut stage = Stage::new(SMALL);
    stage.touch(ScreenAction::Start);
    stage.touch(GlobalAction::Speak(Language::Vi));
    stage.touch(ScreenAction::OtherWays);
    stage.touch(ScreenAction::SignInBy(way));
    stage.touch(ScreenAction::Confirm);
    stage
}

fn by_numbers() -> Stage {
    let mut stage = by(WayIn::Numbers);
    stage.keys("A223456781000000000001");
    stage.keys(GRAPHIC);
    stage.leave_offer();
    assert_eq!(stage.screen(), &Screen::Service, "{}", stage.text());
    stage
}

#[rstest]
#[case::leave(GlobalAction::Leave)]
#[case::home(GlobalAction::Home)]
fn who_leaves_without_an_answer_hears_that_the_booking_is_not_sure(#[case] way: GlobalAction) {
    let mut stage = by_numbers();
    to_review(&mut stage);
    stage.desk.cut = true;
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Submitting(_)));
    stage.act(way);
    if stage.visit().is_some() {
        stage.touch(GlobalAction::Leave);
    }
    let farewell = stage.farewell().unwrap_or_else(|| panic!("{}", stage.text()));
    assert!(farewell.unsure.is_some(), "nobody with a card has to stand there for it to be said");
}

#[rstest]
#[case(Code::Unavailable)]
#[case(Code::TooMany)]
fn a_busy_service_is_asked_again_with_the_same_key_until_it_books(#[case] code: Code) {
    let mut stage = at_review();
    stage.slow = true;
    stage.touch(ScreenAction::Confirm);
    let key = |effects: &[Effect]| format!("{effects:?}");
    let first = key(&stage.held);
    stage.desk.problem = Some(code);
    stage.release();
    assert!(matches!(stage.screen(), Screen::Submitting(_)), "{}", stage.text());
    stage.desk.problem = None;
    stage.wait(30);
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    assert_eq!(stage.desk.booked.len(), 1);
    let sent = stage.desk.booked.keys().next().unwrap();
    assert!(first.contains(sent.as_str()), "the key of the press, {first}, not {sent}");
}

/// How long it takes at least until the service is asked again.
fn seconds_until(stage: &mut Stage, asked: impl Fn(&Stage) -> bool) -> u64 {
    (0..600)
        .find(|_| {
            if asked(stage) {
                return true;
            }
            stage.wait(1);
            false
        })
        .unwrap_or_else(|| panic!("never:\n{}", stage.text()))
}

#[test]
fn a_service_that_says_when_to_come_back_is_left_alone_until_then() {
    let mut stage = at_review();
    (stage.desk.problem, stage.desk.retry_after) = (Some(Code::Unavailable), Some(120));
    stage.touch(ScreenAction::Confirm);
    stage.desk.problem = None;
    let booked = seconds_until(&mut stage, |stage| !stage.desk.booked.is_empty());
    assert!((120..=181).contains(&booked), "a submit after {booked} s");

    let mut stage = at_services();
    stage.touch(ScreenAction::Serve(Offer::Book));
    (stage.desk.problem, stage.desk.retry_after) = (Some(Code::Unavailable), Some(120));
    stage.touch(ScreenAction::RegisteredPhone);
    assert!(matches!(stage.screen(), Screen::Waiting(_)), "{}", stage.text());
    stage.desk.problem = None;
    let seats = seconds_until(&mut stage, |stage| !matches!(stage.screen(), Screen::Waiting(_)));
    assert!((120..=181).contains(&seats), "seats after {seats} s");
}

#[test]
fn after_too_many_wrong_ones_the_service_says_how_long() {
    let mut stage = by(WayIn::Numbers);
    (stage.desk.wrong, stage.desk.retry_after) = (5, Some(120));
    stage.keys("A223456781000000000001");
    stage.keys(GRAPHIC);
    let until = stage.uptime.as_secs() + 120;
    assert!(
        matches!(stage.screen(), Screen::WhyNot(why)
            if matches!(why.why, Why::TooManyWrong { until: at } if at.as_secs() == until)),
        "{:?}",
        stage.screen()
    );
}

#[test]
fn what_one_made_clearer_is_not_for_the_next_who_comes_at_once() {
    let mut stage = at_services();
    stage.keys("=");
    assert!(stage.cabinet.journey.machine.clearer.is_on());
    stage.pull();
    stage.insert(PracticeCard::AlreadyBooked);
    assert_eq!(stage.clearer, Some(Clearer::Off));
}

#[test]
fn two_minutes_and_a_minute_before_the_end_the_bell_rings() {
    let mut stage = at_services();
    let rings_at = |stage: &mut Stage| {
        let before = stage.bells;
        // The language changes nothing that is heard, and shows that somebody is there.
        stage.input(Input::Resize);
        stage.act(GlobalAction::Speak(Language::Vi));
        stage.wait(1);
        stage.bells - before
    };
    let limit = stage.cabinet.journey.machine.profile.session_limit.as_secs();
    let rung: Vec<u64> = (1..limit - stage.uptime.as_secs())
        .filter(|_| rings_at(&mut stage) > 0)
        .map(|at| limit - at)
        .collect();
    assert_eq!(rung, [120, 60]);
}

#[test]
fn another_place_gives_the_chosen_time_up() {
    let mut stage = at_review();
    assert!(stage.chosen_slot().is_some());
    stage.touch(ScreenAction::Change(Part::Place));
    assert!(stage.chosen_slot().is_none(), "{:?}", stage.errand());

    let mut stage = at_review();
    stage.input(Input::Escape);
    assert!(matches!(stage.screen(), Screen::Slot(_)), "{}", stage.text());
    assert!(stage.chosen_slot().is_none(), "back from the review, too");
}

#[test]
fn what_is_not_offered_is_not_done() {
    let mut stage = at_services();
    stage.cabinet.journey.machine.profile.offers.retain(|offer| *offer == Offer::MyBooking);
    stage.act(ScreenAction::Serve(Offer::Book));
    assert_eq!(stage.screen(), &Screen::Service);
    assert!(stage.errand().is_none());
}

#[test]
fn back_from_waiting_for_what_was_typed_leads_to_the_ways_and_forgets_it() {
    let mut stage = by(WayIn::Numbers);
    stage.keys("A223456781000000000001");
    stage.slow = true;
    stage.keys(GRAPHIC);
    assert!(matches!(stage.screen(), Screen::Waiting(_)), "{}", stage.text());
    stage.input(Input::Escape);
    assert_eq!(stage.screen(), &Screen::Ways);
    let state = format!("{:?}", stage.visit().unwrap().sign_in);
    assert!(!state.contains("000000000001") && !state.contains("A223456781"));
    stage.release();
    assert_eq!(stage.screen(), &Screen::Ways, "the late answer is nobody's");
    assert!(stage.person().is_none());
}

#[test]
fn back_from_the_notice_leads_to_the_ways_and_then_a_card_is_only_a_card() {
    let mut stage = Stage::new(SMALL);
    stage.touch(ScreenAction::Start);
    stage.touch(GlobalAction::Speak(Language::Vi));
    stage.touch(ScreenAction::OtherWays);
    stage.touch(ScreenAction::SignInBy(WayIn::CardPassword));
    assert_eq!(stage.screen(), &Screen::Privacy);
    stage.input(Input::Escape);
    assert_eq!(stage.screen(), &Screen::Ways);
    stage.input(Input::Escape);
    assert_eq!(stage.screen(), &Screen::Card);
    stage.insert(PracticeCard::MayBook);
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Offer(_)), "no password is asked: {}", stage.text());
}

#[test]
fn a_read_that_nobody_waits_for_any_more_changes_nothing() {
    let mut stage = Stage::new(SMALL);
    stage.slow = true;
    stage.insert(PracticeCard::MayBook);
    let late = std::mem::take(&mut stage.held);
    stage.pull();
    stage.slow = true;
    stage.insert(PracticeCard::NotInRound);
    let ticket = late.iter().find_map(|effect| match effect {
        Effect::ReadCard { ticket } => Some(*ticket),
        _ => None,
    });
    let before = stage.cabinet.journey.phase.clone();
    let outcome = PracticeCard::MayBook.face();
    stage.event(Event::CardRead { ticket: ticket.unwrap(), outcome });
    assert_eq!(stage.cabinet.journey.phase, before);
}

#[test]
fn a_visit_that_ends_by_its_time_while_sending_says_so() {
    let mut stage = at_review();
    stage.desk.cut = true;
    stage.touch(ScreenAction::Confirm);
    stage.wait(stage.cabinet.journey.machine.profile.session_limit.as_secs());
    let farewell = stage.farewell().unwrap();
    assert_eq!((farewell.reason, farewell.unsure.is_some()), (Reason::TimeUp, true));
}

#[test]
fn back_from_waiting_for_a_card_leads_to_the_notice() {
    let mut stage = Stage::new(SMALL);
    stage.insert(PracticeCard::MayBook);
    stage.touch(GlobalAction::Speak(Language::Vi));
    stage.slow = true;
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Waiting(_)), "{}", stage.text());
    stage.input(Input::Escape);
    assert_eq!(stage.screen(), &Screen::Privacy);
}

/// The round is asked for every five minutes, and every five seconds while there is no answer.
#[test]
fn a_kiosk_at_rest_notices_that_the_line_is_up_again() {
    let mut stage = Stage::new(SMALL);
    let is_up = |stage: &Stage| stage.cabinet.journey.machine.line_up;
    stage.desk.cut = true;
    stage.wait(295);
    assert!(is_up(&stage), "nothing was asked");
    stage.wait(10);
    assert!(!is_up(&stage));
    stage.desk.cut = false;
    stage.wait(6);
    assert!(is_up(&stage));
}

#[test]
fn the_times_of_another_site_that_come_late_are_dropped() {
    let mut stage = at_review();
    stage.input(Input::Escape);
    let shown = |stage: &Stage| match stage.screen() {
        Screen::Slot(pick) => (pick.site, pick.slots.clone()),
        other => panic!("{other:?}"),
    };
    let (first, _) = shown(&stage);
    stage.slow = true;
    stage.wait(3);
    let late = std::mem::take(&mut stage.held);
    assert_eq!(late.len(), 1, "{late:?}");
    stage.slow = false;
    stage.input(Input::Escape);
    stage.touch(ScreenAction::Pick(1));
    let (other, slots) = shown(&stage);
    assert_ne!(other, first);
    stage.perform(late);
    assert_eq!(shown(&stage), (other, slots));
}

#[test]
fn back_from_the_notice_of_a_card_leads_to_the_languages() {
    let mut stage = Stage::new(SMALL);
    stage.insert(PracticeCard::MayBook);
    stage.touch(GlobalAction::Speak(Language::Vi));
    assert_eq!(stage.screen(), &Screen::Privacy);
    stage.input(Input::Escape);
    assert_eq!(stage.screen(), &Screen::Language);
}

#[test]
fn back_from_a_refusal_of_who_is_not_known_ends_the_visit() {
    let mut stage = Stage::new(SMALL);
    stage.insert(PracticeCard::MayBook);
    stage.touch(GlobalAction::Speak(Language::Vi));
    stage.desk.problem = Some(Code::UnknownPerson);
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::WhyNot(_)), "{}", stage.text());
    stage.input(Input::Escape);
    assert!(stage.visit().is_none(), "{}", stage.text());
}

#[test]
fn a_card_that_comes_while_one_chooses_a_way_is_the_way_and_before_that_it_is_only_read() {
    let mut stage = Stage::new(SMALL);
    stage.touch(ScreenAction::Start);
    stage.insert(PracticeCard::MayBook);
    assert_eq!(stage.screen(), &Screen::Language);
    let mut stage = Stage::new(SMALL);
    stage.touch(ScreenAction::Start);
    stage.touch(GlobalAction::Speak(Language::Vi));
    stage.touch(ScreenAction::OtherWays);
    assert_eq!(stage.screen(), &Screen::Ways);
    stage.insert(PracticeCard::MayBook);
    assert_eq!(stage.screen(), &Screen::Privacy);
}

#[test]
fn each_question_has_a_ticket_of_its_own() {
    let mut stage = at_review();
    stage.input(Input::Escape);
    stage.slow = true;
    stage.wait(3);
    stage.input(Input::Escape);
    let ticket = |effect: &Effect| match effect {
        Effect::Call { ticket, .. } => *ticket,
        other => panic!("{other:?}"),
    };
    let tickets: Vec<_> = stage.held.iter().map(ticket).collect();
    assert_eq!(tickets.len(), 2, "{:?}", stage.held);
    assert_ne!(tickets[0], tickets[1]);
}

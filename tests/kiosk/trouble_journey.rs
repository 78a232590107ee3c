//! Visits that meet trouble, by scripts of events: a card that is pulled or unreadable, a refusal,
//! a service that is gone or says no, time that runs out.

use crate::booking_way::{assert_nothing_left, at_review, at_step, farewell, why};
use crate::stage::{SMALL, Stage};
use rstest::rstest;
use vaxkiosk::api::problem::Code;
use vaxkiosk::devices::card_reader::{CardFault, ReaderEvent};
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::ScreenAction;
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::farewell::Reason;
use vaxkiosk::kiosk::screens::why_not::Why;

#[rstest]
fn the_card_pulled_at_each_step_ends_the_session_and_leaves_nothing(
    #[values(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)] step: usize,
) {
    let mut stage = at_step(step);
    assert!(stage.visit().is_some());
    stage.pull();
    assert_nothing_left(&stage);
    assert_eq!(farewell(&stage).0, Reason::Pulled);
    stage.wait(10);
    assert!(stage.is_at_rest());
    assert_eq!(stage.desk.closed_sessions, usize::from(step >= 3));
    // The next person finds the kiosk as it was switched on.
    stage.desk.booked.clear();
    stage.insert(PracticeCard::MigrantWorker);
    assert_eq!(stage.cabinet.journey.language(), Language::ZhTw);
    let session = stage.visit().unwrap();
    assert!(session.errand.is_none() && session.person.is_none() && !session.bilingual);
    assert!(!stage.text().contains("0912"));
}

#[test]
fn a_reply_for_a_session_that_has_ended_is_dropped() {
    let mut stage = at_step(2);
    stage.slow = true;
    stage.touch(ScreenAction::Confirm);
    stage.pull();
    stage.wait(10);
    stage.insert(PracticeCard::MigrantWorker);
    stage.release();
    let session = stage.visit().unwrap();
    assert!(session.person.is_none(), "the first person's standing arrived at the second");
}

#[test]
fn a_card_read_for_a_session_that_has_ended_is_dropped() {
    let mut stage = Stage::new(SMALL);
    stage.slow = true;
    stage.insert(PracticeCard::MayBook);
    let first = std::mem::take(&mut stage.held);
    stage.pull();
    stage.insert(PracticeCard::Damaged);
    stage.held.clear();
    stage.slow = false;
    stage.card = PracticeCard::MayBook.face();
    stage.perform(first);
    let card = format!("{:?}", stage.visit().unwrap().card);
    assert_eq!(card, "Reading");
}

#[rstest]
#[case(CardFault::Unreadable, "無法讀取這張卡")]
#[case(CardFault::NotAnNhiCard, "這不是健保卡")]
#[case(CardFault::PulledTooSoon, "卡片太早取出")]
fn a_card_that_cannot_be_used_says_why_and_may_come_again(
    #[case] fault: CardFault,
    #[case] title: &str,
) {
    let mut stage = Stage::new(SMALL);
    stage.card = Err(fault);
    stage.event(Event::Reader(ReaderEvent::CardIn));
    assert!(stage.text().contains(title), "{}", stage.text());
    stage.pull();
    assert!(
        stage.text().contains("請插入健保卡"),
        "the session waits for \
        it:\n{}",
        stage.text()
    );
    stage.insert(PracticeCard::MayBook);
    assert!(matches!(stage.screen(), Screen::Language));
}

#[test]
fn a_lost_reader_ends_the_session_and_says_so_to_the_next() {
    let mut stage = at_step(4);
    stage.event(Event::Reader(ReaderEvent::ReaderLost));
    assert_nothing_left(&stage);
    stage.wait(10);
    stage.touch(ScreenAction::Start);
    stage.speak(Language::ZhTw);
    assert!(stage.text().contains("讀卡機目前無法使用"));
    stage.event(Event::Reader(ReaderEvent::ReaderFound));
    assert!(stage.text().contains("請插入健保卡"));
}

#[rstest]
#[case(PracticeCard::NotInRound, Refusal::NotInRound)]
#[case(PracticeCard::AlreadyBooked, Refusal::AlreadyBooked)]
fn a_person_who_may_not_book_hears_why(#[case] card: PracticeCard, #[case] refusal: Refusal) {
    let mut stage = Stage::new(SMALL);
    stage.insert(card);
    stage.keys("111");
    assert_eq!(why(&stage), Why::Refused(refusal));
    assert!(stage.text().contains(refusal.code()));
}

#[test]
fn a_slot_that_was_taken_meanwhile_leads_back_to_slots_with_the_rest_kept() {
    let mut stage = at_review();
    let slot = stage.chosen_slot().unwrap().id;
    stage.desk.fill(slot);
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Slot(_)), "{}", stage.text());
    let errand = stage.errand().unwrap();
    assert!(errand.mobile().is_some() && errand.seat().unwrap().site().is_some());
    stage.touch_seat(2, 1);
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Receipt(_)));
    assert_ne!(stage.desk.submits[0], stage.desk.submits[1], "another booking has another key");
}

#[test]
fn an_answer_lost_on_the_way_is_asked_for_again_with_the_same_key() {
    let mut stage = at_review();
    stage.desk.lose_answer = true;
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Submitting(_)));
    assert!(!stage.text().contains("0200014637"), "it never pretends");
    stage.wait(1);
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    assert_eq!(stage.desk.submits.len(), 2);
    assert_eq!(stage.desk.submits[0], stage.desk.submits[1]);
    assert_eq!(stage.desk.booked.len(), 1);
}

#[test]
fn with_the_service_gone_it_tries_again_says_so_and_the_end_is_honest() {
    let mut stage = at_review();
    stage.desk.cut = true;
    stage.touch(ScreenAction::Confirm);
    for _ in 0..120 {
        stage.wait(1);
        assert!(matches!(stage.screen(), Screen::Submitting(_)), "waiting is not idling");
    }
    let tries = stage.screen().clone();
    assert!(
        matches!(&tries, Screen::Submitting(retry) if (8..14).contains(&retry.retry.attempt)),
        "{tries:?}"
    );
    stage.pull();
    assert_eq!(farewell(&stage), (Reason::Pulled, true));
    assert_nothing_left(&stage);
}

#[test]
fn waiting_ends_when_the_line_is_back_and_not_after_the_back_off() {
    let mut stage = at_review();
    stage.desk.cut = true;
    stage.touch(ScreenAction::Confirm);
    stage.wait(20);
    let Screen::Submitting(submitting) = stage.screen() else { panic!("{}", stage.text()) };
    let left = submitting.retry.seconds_left(stage.uptime);
    assert!(left.is_some_and(|left| left > 5), "it would wait for {left:?} s");
    stage.desk.cut = false;
    stage.wait(5);
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    assert_eq!(stage.desk.booked.len(), 1);

    let mut stage = at_step(8);
    stage.desk.cut = true;
    stage.touch(ScreenAction::Pick(4));
    stage.wait(20);
    assert!(matches!(stage.screen(), Screen::Waiting(_)));
    stage.desk.cut = false;
    stage.wait(5);
    assert!(matches!(stage.screen(), Screen::Site(_)), "{}", stage.text());
}

#[test]
fn with_the_service_gone_before_it_the_answers_given_are_kept() {
    let mut stage = at_step(8);
    stage.desk.cut = true;
    stage.touch(ScreenAction::Pick(4));
    assert!(matches!(stage.screen(), Screen::Waiting(_)));
    stage.desk.cut = false;
    stage.touch(ScreenAction::RetryNow);
    assert!(matches!(stage.screen(), Screen::Site(_)));
    assert!(stage.errand().unwrap().mobile().is_some());
}

#[rstest]
#[case(Code::UnknownPerson, Some(Why::UnknownPerson))]
#[case(Code::UnknownDevice, Some(Why::Failed(Code::UnknownDevice)))]
#[case(Code::BadRequest, Some(Why::Failed(Code::BadRequest)))]
#[case(Code::Unavailable, None)]
fn each_problem_of_the_service_has_its_screen(#[case] code: Code, #[case] expected: Option<Why>) {
    let mut stage = at_step(2);
    stage.desk.problem = Some(code);
    stage.touch(ScreenAction::Confirm);
    match expected {
        Some(expected) => assert_eq!(why(&stage), expected),
        None => assert!(matches!(stage.screen(), Screen::Waiting(_))),
    }
}

#[test]
fn a_session_that_is_over_at_the_service_ends_here_too() {
    let mut stage = at_review();
    stage.desk.problem = Some(Code::SessionOver);
    stage.touch(ScreenAction::Confirm);
    assert_eq!(farewell(&stage), (Reason::TimeUp, true));
    assert_nothing_left(&stage);
}

#[test]
fn booked_elsewhere_meanwhile_shows_that_booking() {
    let mut stage = at_review();
    stage.desk.refusal = Some(Refusal::AlreadyBooked);
    let booking = stage.desk.booking(vaxkiosk::domain::site::SlotId(101), 99);
    stage.desk.booked.insert("elsewhere".into(), booking);
    stage.touch(ScreenAction::Confirm);
    assert_eq!(why(&stage), Why::Refused(Refusal::AlreadyBooked));
    stage.touch(ScreenAction::ShowBooking);
    assert!(stage.text().contains("0200000099"), "{}", stage.text());
}

#[test]
fn ten_minutes_are_the_end_whatever_one_does() {
    let mut stage = at_review();
    for _ in 0..60 {
        stage.wait(10);
        stage.input(Input::Tab);
    }
    assert_eq!(farewell(&stage).0, Reason::TimeUp);
    assert_nothing_left(&stage);
}

#[test]
fn idle_is_asked_about_and_then_ends_the_session() {
    let mut stage = at_review();
    stage.wait(60);
    assert!(stage.text().contains("20"), "{}", stage.text());
    stage.keys("1");
    assert!(matches!(stage.screen(), Screen::Review), "one comes back to where one was");
    stage.wait(60);
    stage.wait(20);
    assert_eq!(farewell(&stage).0, Reason::Idle);
    assert_nothing_left(&stage);
}

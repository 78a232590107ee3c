//! The journey by scripts of events, without I/O: every way on, every way back, every refusal,
//! every end.

#![cfg(feature = "kiosk")]

mod stage;

use rstest::rstest;
use stage::desk::DAAN;
use stage::{LARGE, PIN, SMALL, Stage};
use std::time::Duration;
use vaxkiosk::api::problem::Code;
use vaxkiosk::config::profile::Offer;
use vaxkiosk::devices::card_reader::{CardFault, ReaderEvent};
use vaxkiosk::devices::printer::PrintFault;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{GlobalAction, Part, ScreenAction, TrainingAction};
use vaxkiosk::kiosk::model::effect::Effect;
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::model::printing::Printing;
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::farewell::Reason;
use vaxkiosk::kiosk::screens::operator::Operator;
use vaxkiosk::kiosk::screens::overlay::Overlay;
use vaxkiosk::kiosk::screens::why_not::Why;

/// Each thing one does between the attract screen and the receipt, by touch.
const WAY: [fn(&mut Stage); 12] = [
    |s| s.insert(PracticeCard::MayBook),
    |s| s.touch(GlobalAction::Speak(Language::Vi)),
    |s| s.touch(ScreenAction::Confirm),
    |s| s.touch(ScreenAction::Serve(Offer::Book)),
    |s| s.touch(ScreenAction::OtherPhone),
    |s| "0912345678".bytes().for_each(|digit| s.touch(ScreenAction::Key(digit - b'0'))),
    |s| s.touch(ScreenAction::Confirm),
    |s| s.touch(ScreenAction::Pick(0)),
    |s| s.touch(ScreenAction::Pick(4)),
    |s| s.touch(ScreenAction::Pick(0)),
    |s| s.touch(ScreenAction::Seat { day: 1, hour: 0 }),
    |s| s.touch(ScreenAction::Confirm),
];

fn at_step(step: usize) -> Stage {
    let mut stage = Stage::new(SMALL);
    WAY[..step].iter().for_each(|act| act(&mut stage));
    stage
}

fn at_review() -> Stage {
    let stage = at_step(11);
    assert!(matches!(stage.screen(), Screen::Review), "{}", stage.text());
    stage
}

fn why(stage: &Stage) -> Why {
    match stage.screen() {
        Screen::WhyNot(why_not) => why_not.why,
        other => panic!("{other:?}"),
    }
}

fn operator(stage: &Stage) -> &Operator {
    match &stage.cabinet.journey.overlay {
        Some(Overlay::Operator(operator)) => operator,
        other => panic!("{other:?}"),
    }
}

fn farewell(stage: &Stage) -> (Reason, bool) {
    let farewell = stage.farewell().unwrap_or_else(|| panic!("{}", stage.text()));
    (farewell.reason, farewell.unsure)
}

/// What belongs to the practice person, the phone typed, and the session's secret.
const OF_THE_PERSON: [&str; 8] = [
    "A223456781",
    "甄健康",
    "甄〇康",
    "A********1",
    "000000000001",
    "0912345678",
    "0912 345 678",
    "secret-of-a-session",
];

fn assert_nothing_left(stage: &Stage) {
    assert!(stage.visit().is_none());
    let text = stage.text();
    for secret in OF_THE_PERSON {
        assert!(!text.contains(secret), "{secret} is on the screen:\n{text}");
    }
    let state = format!("{:?}", stage.cabinet.journey);
    for secret in OF_THE_PERSON.iter().chain(&["0200014637", "VAX1:"]) {
        assert!(!state.contains(secret), "{secret} is in the state");
    }
}

#[test]
fn a_booking_by_touch_alone() {
    let mut stage = at_step(12);
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    assert!(stage.text().contains("0200014637"));
    assert_eq!(stage.desk.booked.len(), 1);
    stage.touch(ScreenAction::Done);
    assert_eq!(farewell(&stage), (Reason::Finished, false));
    assert_nothing_left(&stage);
    let bells = stage.bells;
    stage.wait(3);
    assert_eq!(stage.bells, bells + 3, "a sound until the card is taken");
    stage.pull();
    assert!(stage.is_at_rest());
    assert_eq!(stage.desk.closed_sessions, 1);
}

#[test]
fn a_booking_by_digit_keys_alone() {
    let mut stage = Stage::new(SMALL);
    stage.insert(PracticeCard::MayBook);
    stage.keys("51120912345678115111");
    assert!(matches!(stage.screen(), Screen::Review), "{}", stage.text());
    stage.keys("1");
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    // 1 shows the code, 2 prints, 3 ends.
    stage.keys("23");
    assert_eq!(stage.prints, 1);
    stage.pull();
    assert!(stage.is_at_rest());
}

#[test]
fn a_booking_by_enter_alone_with_the_registered_phone_and_district() {
    let mut stage = Stage::new(LARGE);
    stage.insert(PracticeCard::MigrantWorker);
    for _ in 0..8 {
        stage.input(Input::Enter);
    }
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    assert_eq!(stage.desk.booked.values().next().unwrap().site.district, DAAN);
}

#[test]
fn touch_first_leads_to_the_same_place() {
    let mut stage = Stage::new(SMALL);
    stage.touch(ScreenAction::Start);
    stage.touch(GlobalAction::Speak(Language::Th));
    assert!(matches!(stage.screen(), Screen::Card));
    stage.insert(PracticeCard::MayBook);
    assert!(matches!(stage.screen(), Screen::Privacy));
    assert_eq!(stage.cabinet.journey.language(), Language::Th);
}

#[test]
fn nothing_reaches_the_service_before_the_notice_is_agreed_to() {
    let mut stage = Stage::new(SMALL);
    stage.slow = true;
    stage.insert(PracticeCard::MayBook);
    let held = std::mem::take(&mut stage.held);
    assert!(matches!(held.as_slice(), [Effect::ReadCard { .. }]));
    stage.slow = false;
    stage.perform(held);
    stage.speak(Language::En);
    stage.slow = true;
    stage.touch(ScreenAction::Decline);
    assert!(stage.held.is_empty(), "{:?}", stage.held);
    assert_eq!(farewell(&stage), (Reason::Left, false));
}

#[rstest]
fn the_card_pulled_at_each_step_ends_the_session_and_leaves_nothing(
    #[values(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)] step: usize,
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
fn a_booking_that_is_there_is_shown() {
    let mut stage = Stage::new(SMALL);
    stage.insert(PracticeCard::AlreadyBooked);
    stage.keys("1111");
    assert!(matches!(stage.screen(), Screen::Receipt(receipt) if receipt.existing));
    assert!(stage.text().contains("0200000001"));
}

#[test]
fn before_the_opening_one_waits_and_books_the_second_it_opens() {
    let mut stage = Stage::new(SMALL);
    stage.wall -= jiff::SignedDuration::from_secs(5 * 60 + 20);
    stage.wait(1);
    stage.insert(PracticeCard::MayBook);
    stage.keys("111");
    assert!(matches!(why(&stage), Why::Refused(Refusal::NotOpenYet { .. })));
    stage.keys("1");
    assert!(stage.text().contains("00:19"), "a countdown:\n{}", stage.text());
    stage.wait(18);
    stage.keys("1");
    assert!(matches!(why(&stage), Why::Refused(Refusal::NotOpenYet { .. })));
    stage.keys("1");
    stage.wait(1);
    stage.keys("1");
    assert!(matches!(stage.screen(), Screen::PhoneOffer), "{}", stage.text());
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
    stage.touch(ScreenAction::Seat { day: 2, hour: 1 });
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

#[test]
fn the_language_can_be_changed_on_every_screen_and_what_was_given_is_kept() {
    for step in 1..=12 {
        let mut stage = at_step(step);
        let before = stage.screen().place();
        stage.touch(GlobalAction::Languages);
        stage.touch(GlobalAction::Speak(Language::Ja));
        assert_eq!(stage.cabinet.journey.language(), Language::Ja, "step {step}");
        if step > 1 {
            assert_eq!(stage.screen().place(), before, "step {step}");
        }
    }
}

#[test]
fn help_is_on_every_screen_and_leads_back() {
    for step in 0..=12 {
        let mut stage = at_step(step);
        let before = stage.cabinet.journey.phase.clone();
        stage.touch(GlobalAction::Help);
        // The ninth topic: the hotlines.
        stage.keys("9");
        assert!(stage.text().contains("1955"), "step {step}");
        stage.input(Input::Escape);
        assert_eq!(
            stage.cabinet.journey.overlay,
            Some(Overlay::Help { topic: None }),
            "step {step}"
        );
        stage.input(Input::Escape);
        assert_eq!(stage.cabinet.journey.overlay, None, "step {step}");
        assert_eq!(stage.cabinet.journey.phase, before, "step {step}");
    }
}

#[test]
fn a_receipt_is_printed_once_and_again_only_when_it_failed() {
    let mut stage = at_review();
    stage.act(ScreenAction::Confirm);
    stage.printer = Err(PrintFault::PaperOut);
    stage.touch(ScreenAction::Print);
    assert!(stage.prints == 1 && stage.bells > 0 && stage.desk.booked.len() == 1);
    stage.printer = Ok(());
    stage.touch(ScreenAction::Print);
    stage.act(ScreenAction::Print);
    assert_eq!(stage.prints, 2, "and no third time");
    stage.act(GlobalAction::Home);
    stage.act(ScreenAction::Serve(Offer::MyBooking));
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    stage.act(ScreenAction::Print);
    assert_eq!(stage.prints, 2, "and not by another way to it");
    assert_eq!(stage.desk.booked.len(), 1, "paper never changes a booking");
}

#[test]
fn a_print_that_ends_after_its_session_is_nobodys() {
    let mut stage = at_review();
    stage.act(ScreenAction::Confirm);
    stage.slow = true;
    stage.act(ScreenAction::Print);
    stage.act(ScreenAction::Print);
    stage.pull();
    stage.release();
    assert!(stage.visit().is_none());
    stage.insert(PracticeCard::MigrantWorker);
    assert_eq!(stage.prints, 1);
}

#[test]
fn the_operators_corner_opens_to_a_pin_and_only_while_nobody_is_served() {
    let mut stage = Stage::new(SMALL);
    stage.press_the_corner();
    assert_eq!(
        stage.cabinet.journey.overlay, None,
        "there is no operator's screen without a PIN in the settings"
    );
    stage.cabinet.journey.machine.profile.operator_pin = Some("$argon2id$".into());
    stage.wait(3);
    stage.press_the_corner();
    assert!(matches!(operator(&stage), Operator::Pin { .. }));
    stage.keys("111111");
    stage.keys(PIN);
    assert!(matches!(operator(&stage), Operator::Pin { .. }), "a wrong one is waited for");
    stage.wait(3);
    stage.keys(PIN);
    assert!(matches!(operator(&stage), Operator::Open { found: Some(_), .. }), "{}", stage.text());
    stage.printer = Err(PrintFault::CoverOpen);
    stage.touch(ScreenAction::Print);
    assert!(matches!(operator(&stage), Operator::Open { printing: Printing::Failed(_), .. }));
    stage.input(Input::Escape);
    assert_eq!(stage.cabinet.journey.overlay, None);
    stage.insert(PracticeCard::MayBook);
    stage.press_the_corner();
    assert_eq!(stage.cabinet.journey.overlay, None, "somebody is served");
}

#[test]
fn a_card_closes_the_operators_screen_and_what_was_typed_there_is_gone() {
    let mut stage = Stage::new(SMALL);
    stage.cabinet.journey.machine.profile.operator_pin = Some("$argon2id$".into());
    stage.press_the_corner();
    stage.keys("13");
    stage.insert(PracticeCard::MayBook);
    assert_eq!(stage.cabinet.journey.overlay, None);
    stage.pull();
    stage.wait(10);
    stage.press_the_corner();
    let Operator::Pin { typed, .. } = operator(&stage) else { panic!() };
    assert!(typed.is_empty());
}

#[test]
fn a_scanned_receipt_is_checked_wherever_one_is_and_leaves_everything_as_it_was() {
    for step in 0..=12 {
        let mut stage = at_step(step);
        let before = stage.cabinet.journey.phase.clone();
        stage.event(Event::Scanned(Personal::new("VAX1:7")));
        assert!(matches!(stage.cabinet.journey.overlay, Some(Overlay::Scanned(_))), "step {step}");
        stage.input(Input::Escape);
        let journey = &stage.cabinet.journey;
        assert_eq!((&journey.phase, &journey.overlay), (&before, &None), "step {step}");
    }
}

#[test]
fn each_error_is_heard() {
    let heard = |stage: &mut Stage, what: &str, happens: &dyn Fn(&mut Stage)| {
        let before = stage.bells;
        happens(stage);
        assert_eq!(stage.bells, before + 1, "{what}");
    };
    for fault in [CardFault::Unreadable, CardFault::NotAnNhiCard, CardFault::PulledTooSoon] {
        let mut stage = Stage::new(SMALL);
        stage.act(ScreenAction::Start);
        stage.act(GlobalAction::Speak(Language::En));
        heard(&mut stage, "a card that cannot be read", &|stage| {
            stage.card = Err(fault);
            stage.event(Event::Reader(ReaderEvent::CardIn));
        });
    }
    let mut stage = Stage::new(SMALL);
    stage.insert(PracticeCard::NotInRound);
    stage.act(GlobalAction::Speak(Language::En));
    stage.act(ScreenAction::Confirm);
    heard(&mut stage, "a refusal", &|stage| stage.act(ScreenAction::Serve(Offer::Book)));
    let mut stage = at_review();
    stage.desk.cut = true;
    heard(&mut stage, "no line, once", &|stage| {
        stage.act(ScreenAction::Confirm);
        stage.wait(10);
    });
    let mut stage = at_step(5);
    heard(&mut stage, "a number that is none", &|stage| stage.keys("0199999999"));
}

#[test]
fn one_press_makes_every_screen_clearer_for_this_person_only() {
    for step in 0..=12 {
        let mut stage = at_step(step);
        let (before, screen) = (stage.text(), stage.cabinet.journey.phase.clone());
        stage.keys("=");
        let usual = stage
            .buffer
            .content
            .iter()
            .any(|cell| cell.bg == vaxkiosk::kiosk::theme::PLAIN.bg.unwrap());
        assert!(stage.cabinet.journey.machine.clearer && !usual, "step {step}");
        assert_eq!(
            (stage.text().replace("= ✓ ─", "= ───"), &stage.cabinet.journey.phase),
            (before, &screen)
        );
        assert_eq!(stage.larger, Some(true), "step {step}: the terminal is asked");
        stage.keys("=");
        assert_eq!(
            (stage.larger, stage.cabinet.journey.machine.clearer),
            (Some(false), false),
            "step {step}"
        );
        stage.keys("=");
        stage.pull();
        stage.wait(11 * 60);
        assert!(
            !stage.cabinet.journey.machine.clearer && stage.larger == Some(false),
            "step {step}: not for the next person"
        );
    }
}

#[test]
fn back_leads_from_review_to_the_attract_screen() {
    let mut stage = at_review();
    for _ in 0..20 {
        stage.input(Input::Escape);
    }
    assert_eq!(farewell(&stage).0, Reason::Left);
    stage.pull();
    assert!(stage.is_at_rest());
}

#[rstest]
#[case(Part::Phone)]
#[case(Part::Place)]
#[case(Part::Time)]
fn each_line_of_the_review_can_be_changed(#[case] part: Part) {
    let mut stage = at_review();
    stage.touch(ScreenAction::Change(part));
    let screen = stage.screen();
    let right = match part {
        Part::Phone => matches!(screen, Screen::PhoneOffer),
        Part::Place => matches!(screen, Screen::County(_)),
        Part::Time => matches!(screen, Screen::Slot(_)),
        Part::Brands => panic!("a booking has no brands"),
    };
    assert!(right, "{screen:?}");
    if part == Part::Phone {
        stage.touch(ScreenAction::RegisteredPhone);
        assert!(matches!(stage.screen(), Screen::Review), "all else is kept");
    }
}

#[test]
fn a_full_district_offers_the_nearest_with_seats() {
    let mut stage = at_step(8);
    stage.desk.fill_all();
    stage.touch(ScreenAction::Pick(4));
    assert!(matches!(stage.screen(), Screen::Site(_)));
    stage.touch(ScreenAction::NearestDistrict);
    assert!(matches!(stage.screen(), Screen::Site(_)));
    let district = stage.errand().unwrap().district().unwrap();
    assert_ne!(district.code, DAAN);
}

#[test]
fn free_seats_refresh_by_themselves() {
    let mut stage = at_step(10);
    let Screen::Slot(pick) = stage.screen() else { panic!("{}", stage.text()) };
    let slot = pick.slots.iter().find(|slot| !slot.is_full()).unwrap().id;
    stage.desk.fill(slot);
    stage.wait(4);
    let Screen::Slot(pick) = stage.screen() else { panic!("{}", stage.text()) };
    assert!(pick.slots.iter().find(|found| found.id == slot).unwrap().is_full());
}

#[test]
fn a_press_that_slides_off_its_button_does_nothing() {
    let mut stage = at_step(3);
    let area = stage.cabinet.targets().all()[0].area;
    stage.input(Input::Press { x: area.x + 2, y: area.y + 1 });
    stage.input(Input::Release { x: area.x + 2, y: area.bottom() + 2 });
    assert!(matches!(stage.screen(), Screen::Service));
}

#[test]
fn a_window_too_small_says_the_size_and_recovers() {
    let mut stage = at_review();
    let before = stage.text();
    stage.resize((60, 20));
    assert!(stage.text().contains("80") && stage.text().contains("24"), "{}", stage.text());
    stage.resize(SMALL);
    assert_eq!(stage.text(), before);
}

#[test]
fn the_trainer_can_do_all_that_the_drawer_says() {
    let mut stage = Stage::new(SMALL);
    stage.input(Input::Function(2));
    assert!(stage.cabinet.journey.machine.card_in);
    stage.input(Input::Function(4));
    assert!(!stage.cabinet.journey.machine.card_in);
    stage.wait(10);
    stage.input(Input::Interrupt);
    stage.touch(TrainingAction::Cut);
    assert!(stage.desk.cut && stage.cabinet.journey.machine.practice.line_cut);
    stage.input(Input::Function(1));
    stage.touch(TrainingAction::Mend);
    assert!(!stage.desk.cut);
    stage.input(Input::Function(1));
    stage.touch(TrainingAction::JumpToOpening);
    stage.wait(1);
    assert!(stage.text().contains("00:29"), "{}", stage.text());
}

#[test]
fn without_training_there_is_no_drawer() {
    let mut profile = vaxkiosk::config::profile::Profile::demo(
        vaxkiosk::domain::channel::Channel::ConvenienceStore,
    );
    profile.training = false;
    let mut stage = Stage::new(SMALL);
    stage.cabinet.journey.machine.profile = profile;
    stage.draw();
    stage.input(Input::Function(1));
    stage.input(Input::Function(2));
    assert!(stage.cabinet.journey.overlay.is_none() && !stage.cabinet.journey.machine.card_in);
    assert!(!stage.text().contains("F1"));
}

#[test]
fn what_lies_over_the_attract_screen_keeps_its_language() {
    let mut stage = Stage::new(SMALL);
    stage.cabinet.journey.machine.profile.operator_pin = Some("$argon2id$".into());
    stage.wait(5);
    let read = stage.cabinet.journey.language();
    assert_ne!(read, Language::ZhTw, "the second in turn");
    stage.act(GlobalAction::Help);
    for _ in 0..20 {
        stage.wait(1);
        assert_eq!(stage.cabinet.journey.language(), read);
    }
    stage.input(Input::Escape);
    assert_ne!(stage.cabinet.journey.language(), read, "and its turn is over");
    stage.press_the_corner();
    stage.wait(4);
    assert_eq!(
        stage.cabinet.journey.language(),
        Language::ZhTw,
        "the operator reads the kiosk's first"
    );
}

#[test]
fn the_attract_screen_speaks_all_six_languages_in_turn() {
    let mut stage = Stage::new(SMALL);
    let mut spoken = std::collections::HashSet::new();
    for _ in 0..24 {
        spoken.insert(stage.cabinet.journey.language());
        stage.wait(1);
    }
    assert_eq!(spoken.len(), 6);
    assert_eq!(stage.uptime, Duration::from_secs(24));
}

//! What goes wrong with all of several people who book in one visit, by scripts of events: hours
//! that fill, answers that are lost, time that runs out; and that nothing of anybody is left.

use crate::booking_way::farewell;
use crate::every_screen::steps::{at_group_review, four, six};
use crate::family_way::state::*;
use crate::family_way::{CARDS, begin, join};
use crate::stage::desk::GRAPHIC;
use crate::stage::{SMALL, Stage};
use vaxkiosk::api::problem::Code;
use vaxkiosk::client::calls::Call;
use vaxkiosk::devices::card_reader::CardFault;
use vaxkiosk::devices::printer::PrintFault;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction};
use vaxkiosk::kiosk::model::effect::Effect;
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::farewell::Reason;
use vaxkiosk::kiosk::screens::group::{Aim, GroupScreen, OwnCard, SeenCard, WhyNotAdded};

#[test]
fn an_hour_that_fills_at_confirm_leads_back_to_the_hours_and_all_else_is_kept() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    let full = hours(&stage)[0];
    stage.desk.fill(SlotId(full));
    stage.touch(ScreenAction::Confirm);
    let GroupScreen::Hours(shown) = at(&stage) else { panic!("{}", stage.text()) };
    assert!(shown.is_taken() && shown.first_slot() != Some(SlotId(full)));
    assert!(stage.text().contains("還沒有人完成預約"), "{}", stage.text());
    assert!(stage.desk.group.booked.is_empty() && group(&stage).people() == 4);
    let slot = stage.cabinet.journey.slot_to_fill().unwrap();
    stage.touch(ScreenAction::Slot(slot));
    stage.touch(ScreenAction::Confirm);
    assert!(is_receipt(&stage), "{}", stage.text());
    let keys: Vec<&String> = stage.desk.group.asked.iter().map(|(_, key)| key).collect();
    assert_ne!(keys[0], keys[1], "another press");
}

#[test]
fn who_is_refused_at_confirm_is_left_out_and_the_others_go_on() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    stage.desk.group.refuses = Some((2, Refusal::AlreadyBooked));
    stage.touch(ScreenAction::Confirm);
    assert_eq!(why(&stage), WhyNotAdded::Refused(Refusal::AlreadyBooked));
    let name = CARDS[2].face().unwrap().name.masked();
    assert!(stage.text().contains(&name), "{}", stage.text());
    assert_eq!(stage.desk.closed_sessions, 1);
    stage.touch(ScreenAction::Confirm);
    assert_eq!((at(&stage), group(&stage).people()), (&GroupScreen::Review, 3));
    stage.touch(ScreenAction::Confirm);
    assert!(is_receipt(&stage), "{}", stage.text());
    assert!(!stage.text().contains(&name));
}

#[test]
fn where_the_first_is_refused_the_next_takes_their_place_and_the_phone_is_asked_anew() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    stage.desk.group.refuses = Some((0, Refusal::AlreadyBooked));
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::Confirm);
    // All shared a number that only the one who is gone has registered.
    assert_eq!(*at(&stage), GroupScreen::Phone, "{}", stage.text());
    stage.touch(ScreenAction::RegisteredPhone);
    stage.touch(ScreenAction::SamePhone);
    stage.touch(ScreenAction::SamePhone);
    assert_eq!((at(&stage), group(&stage).people()), (&GroupScreen::Review, 3));
    stage.touch(ScreenAction::Confirm);
    assert!(is_receipt(&stage), "{}", stage.text());
}

#[test]
fn an_answer_that_is_lost_is_asked_for_with_the_same_key() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    stage.desk.lose_answer = true;
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Submitting(_)), "{}", stage.text());
    stage.wait(2);
    assert!(is_receipt(&stage), "{}", stage.text());
    let asked = &stage.desk.group.asked;
    assert_eq!((asked.len(), &asked[0]), (2, &asked[1]));
    assert_eq!(stage.desk.group.booked.len(), 1);
}

#[test]
fn a_session_that_is_over_ends_the_visit_with_nobody_booked() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    stage.desk.problem = Some(Code::SessionOver);
    stage.touch(ScreenAction::Confirm);
    assert_eq!(farewell(&stage).0, Reason::TimeUp);
    assert!(stage.desk.group.booked.is_empty());
}

#[test]
fn each_card_counts_as_somebody_being_there_and_each_person_adds_time() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    let left = |stage: &Stage| stage.cabinet.journey.time_left().unwrap().as_secs();
    let alone = left(&stage);
    for card in &CARDS[1..4] {
        stage.wait(50);
        stage.pull();
        stage.wait(50);
        assert!(stage.cabinet.journey.overlay.is_none(), "{}", stage.text());
        join(&mut stage, *card);
    }
    assert_eq!(left(&stage), alone - 300 + 3 * 120);
    stage.wait(81);
    assert_eq!(farewell(&stage).0, Reason::Idle);
    assert_wiped(&stage);
}

#[test]
fn time_that_was_given_for_somebody_stays_when_they_are_left_out() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    join(&mut stage, CARDS[1]);
    let left = |stage: &Stage| stage.cabinet.journey.time_left().unwrap().as_secs();
    while left(&stage) > 100 {
        stage.act(GlobalAction::StillHere);
        stage.wait(1);
        stage.act(GlobalAction::EnoughTime);
    }
    stage.pull();
    stage.touch(ScreenAction::Member(1));
    stage.touch(ScreenAction::LeaveOut);
    assert!(group(&stage).people() == 1 && left(&stage) > 90, "{}", stage.text());
}

/// Two are in, and nobody's card is in the reader.
fn two_without_a_card(stage: &mut Stage) {
    begin(stage);
    join(stage, CARDS[1]);
    stage.pull();
}

fn own_card(stage: &Stage) -> OwnCard {
    match at(stage) {
        GroupScreen::OwnCard(own_card) => *own_card,
        other => panic!("{other:?}\n{}", stage.text()),
    }
}

#[test]
fn who_books_alone_after_all_is_asked_for_their_own_card() {
    let mut stage = Stage::new(SMALL);
    two_without_a_card(&mut stage);
    stage.keys("9");
    let asked = OwnCard { aim: Aim::BookAlone, seen: SeenCard::Nothing };
    assert_eq!(own_card(&stage), asked);
    let name = CARDS[0].face().unwrap().name.masked();
    assert!(stage.text().contains(&name), "{}", stage.text());
    stage.keys("1");
    assert!(is_gathering(&stage) && group(&stage).people() == 2, "{}", stage.text());
    stage.keys("9");
    stage.insert(CARDS[1]);
    assert_eq!(own_card(&stage).seen, SeenCard::Another, "{}", stage.text());
    stage.pull();
    stage.insert(PracticeCard::Damaged);
    assert_eq!(own_card(&stage).seen, SeenCard::Faulty(CardFault::Unreadable));
    stage.pull();
    stage.insert(CARDS[0]);
    assert!(matches!(stage.screen(), Screen::Offer(_)), "{}", stage.text());
    let visit = stage.visit().unwrap();
    assert!(visit.group.is_none() && !visit.card_away);
    assert_eq!(stage.desk.group.opened_sessions - stage.desk.closed_sessions, 1);
    stage.pull();
    assert_eq!(farewell(&stage).0, Reason::Pulled, "their own card ends it again");
    assert_wiped(&stage);
}

#[test]
fn home_and_back_ask_for_the_own_card_too_and_whoever_has_none_can_leave() {
    for (action, aim) in [(GlobalAction::Back, Aim::BookAlone), (GlobalAction::Home, Aim::Services)]
    {
        let mut stage = Stage::new(SMALL);
        two_without_a_card(&mut stage);
        stage.act(action);
        assert_eq!(own_card(&stage).aim, aim);
        stage.insert(CARDS[0]);
        match aim {
            Aim::BookAlone => assert!(matches!(stage.screen(), Screen::Offer(_))),
            Aim::Services => assert!(matches!(stage.screen(), Screen::Service)),
        }
        let mut stage = Stage::new(SMALL);
        two_without_a_card(&mut stage);
        stage.act(action);
        stage.keys("2");
        assert_wiped(&stage);
    }
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    let hours_before = hours(&stage);
    stage.act(GlobalAction::Home);
    stage.act(GlobalAction::Back);
    assert_eq!((at(&stage), hours(&stage)), (&GroupScreen::Review, hours_before));
}

#[test]
fn another_persons_card_that_is_in_is_to_be_taken_out_first() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    join(&mut stage, CARDS[1]);
    stage.act(GlobalAction::Back);
    assert_eq!(own_card(&stage).seen, SeenCard::Nothing);
    assert!(stage.text().contains("請先取出讀卡機裡的卡"), "{}", stage.text());
    stage.pull();
    assert!(!stage.text().contains("請先取出讀卡機裡的卡"), "{}", stage.text());
    stage.slow = true;
    stage.insert(CARDS[0]);
    stage.pull();
    assert_eq!(own_card(&stage).seen, SeenCard::Faulty(CardFault::PulledTooSoon));
    stage.release();
    assert_eq!(group(&stage).people(), 2, "a late reading is nobody's");
}

#[test]
fn the_own_card_put_back_in_leads_to_booking_alone() {
    let mut stage = Stage::new(SMALL);
    two_without_a_card(&mut stage);
    stage.insert(CARDS[0]);
    assert_eq!(why(&stage), WhyNotAdded::OwnCard);
    stage.keys("9");
    assert!(stage.visit().is_some_and(|visit| visit.group.is_none() && !visit.card_away));
    assert!(matches!(stage.screen(), Screen::Offer(_)), "{}", stage.text());
}

#[test]
fn when_time_is_up_nobody_is_booked_and_all_sessions_are_closed() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    while stage.visit().is_some() {
        stage.act(GlobalAction::StillHere);
        stage.wait(1);
    }
    assert_eq!(farewell(&stage).0, Reason::TimeUp);
    assert!(stage.desk.group.asked.is_empty());
    let opened = stage.desk.group.opened_sessions;
    assert!((5..=9).contains(&opened), "four, and those that ended before the visit: {opened}");
    assert_wiped(&stage);
}

#[test]
fn more_time_is_given_twice_to_all_and_they_can_book_then() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    let mut given = 0;
    for _ in 0..2100 {
        if stage.shows(GlobalAction::MoreTime) {
            stage.touch(GlobalAction::MoreTime);
            given += 1;
        }
        stage.act(GlobalAction::StillHere);
        stage.wait(1);
    }
    assert_eq!(given, 2);
    stage.act(GlobalAction::EnoughTime);
    stage.touch(ScreenAction::Confirm);
    assert!(is_receipt(&stage), "{}", stage.text());
    stage.touch(ScreenAction::Done);
    assert_wiped(&stage);
}

#[test]
fn a_session_that_comes_after_the_visit_has_ended_is_closed() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    join(&mut stage, CARDS[1]);
    stage.pull();
    stage.insert(CARDS[2]);
    stage.slow = true;
    stage.touch(ScreenAction::Confirm);
    stage.act(GlobalAction::Leave);
    stage.release();
    assert_wiped(&stage);
}

#[test]
fn a_session_opened_anew_while_all_are_being_booked_ends_nobodys() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    stage.slow = true;
    let renews =
        |effect: &Effect| matches!(effect, Effect::Call { call: Call::OpenSession(_), .. });
    while !stage.held.iter().any(renews) {
        stage.act(GlobalAction::StillHere);
        stage.wait(1);
    }
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Submitting(_)), "{}", stage.text());
    stage.release();
    assert!(is_receipt(&stage), "{}", stage.text());
    assert_eq!(stage.desk.group.booked.len(), 1);
    stage.touch(ScreenAction::Done);
    stage.pull();
    assert_wiped(&stage);
}

#[test]
fn where_all_is_full_several_people_are_not_told_to_wait_for_a_seat() {
    let mut stage = Stage::new(SMALL);
    four(&mut stage);
    stage.desk.fill_all();
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(at(&stage), GroupScreen::Hours(_)), "{}", stage.text());
    assert!(!stage.shows(ScreenAction::AskToWait), "{}", stage.text());
    stage.touch(ScreenAction::OtherSite);
    assert!(matches!(stage.screen(), Screen::Site(_)), "{}", stage.text());
    assert!(!stage.shows(ScreenAction::AskToWait), "{}", stage.text());
}

#[test]
fn without_a_card_the_numbers_are_typed() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    stage.touch(ScreenAction::OtherWays);
    stage.touch(ScreenAction::Confirm);
    let face = CARDS[1].face().unwrap();
    stage.keys(face.id.expose());
    stage.keys(face.number.expose());
    stage.keys(GRAPHIC);
    assert_eq!(*at(&stage), GroupScreen::Phone, "{}", stage.text());
    stage.touch(ScreenAction::SamePhone);
    assert_eq!(group(&stage).people(), 2);
    // Of what was typed no other session can be opened, so the visit ends with this one.
    let left = stage.cabinet.journey.time_left().unwrap().as_secs();
    assert!(left <= 600, "{left}");
    stage.touch(ScreenAction::OtherWays);
    stage.touch(ScreenAction::Confirm);
    stage.act(GlobalAction::Back);
    assert!(is_gathering(&stage), "{}", stage.text());
    stage.touch(ScreenAction::Confirm);
    let slot = stage.cabinet.journey.slot_to_fill().unwrap();
    stage.touch(ScreenAction::Slot(slot));
    stage.touch(ScreenAction::Confirm);
    assert!(is_receipt(&stage), "{}", stage.text());
}

#[test]
fn six_are_enough_and_one_can_be_left_out() {
    let mut stage = Stage::new(SMALL);
    six(&mut stage);
    assert_eq!(group(&stage).people(), 6);
    stage.insert(PracticeCard::NotInRound);
    assert!(is_gathering(&stage) && stage.text().contains("請先取出健保卡"), "{}", stage.text());
    stage.pull();
    stage.touch(ScreenAction::Member(5));
    stage.touch(ScreenAction::LeaveOut);
    assert!(is_gathering(&stage) && group(&stage).people() == 5);
    assert_eq!(stage.desk.closed_sessions, 1);
}

#[test]
fn one_press_prints_all_and_after_a_failure_what_is_missing() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    stage.touch(ScreenAction::Confirm);
    stage.printer = Err(PrintFault::PaperOut);
    stage.touch(ScreenAction::Print);
    assert_eq!(stage.prints, 1, "{}", stage.text());
    stage.printer = Ok(());
    stage.touch(ScreenAction::Print);
    assert_eq!(stage.prints, 6);
    assert!(!stage.shows(ScreenAction::Print), "once:\n{}", stage.text());
}

#[test]
fn the_next_visitors_card_ends_what_is_left_of_the_group() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    stage.touch(ScreenAction::Confirm);
    // Their own cards come and go: who puts theirs in again has not gone.
    for card in [CARDS[0], CARDS[2]] {
        stage.insert(card);
        assert!(is_receipt(&stage), "{}", stage.text());
        stage.pull();
        assert!(is_receipt(&stage), "{}", stage.text());
    }
    stage.slow = true;
    stage.insert(PracticeCard::NotInRound);
    stage.pull();
    stage.slow = false;
    stage.release();
    assert!(is_receipt(&stage), "it was out before anybody knew whose it is\n{}", stage.text());
    stage.insert(PracticeCard::NotInRound);
    assert!(matches!(stage.screen(), Screen::Language), "{}", stage.text());
    assert!(stage.visit().unwrap().group.is_none());
    assert!(!format!("{:?}", stage.cabinet.journey).contains("VAX1:"));
    assert_eq!(stage.desk.group.opened_sessions, stage.desk.closed_sessions);
}

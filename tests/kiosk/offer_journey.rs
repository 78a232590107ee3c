//! The offer, by scripts of events: how few presses it takes, every way on from it, and what others
//! change meanwhile.

use crate::booking_way::{before_opening, why};
use crate::stage::{SMALL, Stage};
use std::time::Duration;
use vaxkiosk::api::problem::Code;
use vaxkiosk::config::profile::Offer;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction};
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::why_not::Why;

/// The kiosk right after the notice.
fn agreed(size: (u16, u16)) -> Stage {
    let mut stage = Stage::new(size);
    stage.insert(PracticeCard::MayBook);
    stage.touch(GlobalAction::Speak(Language::Vi));
    stage.touch(ScreenAction::Confirm);
    stage
}

fn offered(stage: &Stage) -> SlotId {
    match stage.screen() {
        Screen::Offer(offer) => offer.shown().slot.id,
        other => panic!("{other:?}\n{}", stage.text()),
    }
}

#[test]
fn from_card_to_receipt_in_at_most_four_presses() {
    for size in [SMALL, (100, 32), (60, 40), (160, 50)] {
        let mut stage = Stage::new(size);
        stage.insert(PracticeCard::MayBook);
        let mut presses = 0;
        while !matches!(stage.screen(), Screen::Receipt(_)) {
            presses += 1;
            assert!(presses <= 4, "{}", stage.text());
            stage.keys("1");
        }
        println!("{size:?}: {presses} presses");
        assert_eq!(stage.desk.booked.len(), 1);
    }
}

/// The number that is read back has its beginning on the screen already: eight digits are typed.
#[test]
fn another_phone_another_place_and_its_first_time_in_sixteen_presses() {
    let mut stage = agreed(SMALL);
    let mut presses = 2;
    let mut touch = |stage: &mut Stage, action: ScreenAction| {
        stage.touch(action);
        presses += 1;
    };
    touch(&mut stage, ScreenAction::OtherPhone);
    "87654321".bytes().for_each(|digit| touch(&mut stage, ScreenAction::Key(digit - b'0')));
    touch(&mut stage, ScreenAction::Confirm);
    touch(&mut stage, ScreenAction::OtherSite);
    touch(&mut stage, ScreenAction::Pick(2));
    let Screen::Slot(pick) = stage.screen() else { panic!("{}", stage.text()) };
    let first = pick.first_free().unwrap().id;
    touch(&mut stage, ScreenAction::FirstFree(first));
    touch(&mut stage, ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    assert_eq!(presses, 16);
    let booked = stage.desk.booked.values().next().unwrap();
    assert_eq!(booked.site.id.0, 3);
}

#[test]
fn another_time_is_one_at_the_same_site_and_back_leads_to_the_offer() {
    let mut stage = agreed(SMALL);
    stage.touch(ScreenAction::OtherTime);
    assert!(matches!(stage.screen(), Screen::Slot(_)), "{}", stage.text());
    stage.touch(GlobalAction::Back);
    assert_eq!(offered(&stage).0, 100);
    stage.touch(ScreenAction::OtherTime);
    stage.touch_seat(2, 1);
    assert!(matches!(stage.screen(), Screen::Review), "{}", stage.text());
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
}

#[test]
fn another_place_leads_to_the_sites_around_and_to_the_districts_before_them() {
    let mut stage = agreed(SMALL);
    stage.touch(ScreenAction::OtherSite);
    assert!(matches!(stage.screen(), Screen::Site(_)), "{}", stage.text());
    stage.touch(GlobalAction::Back);
    assert!(matches!(stage.screen(), Screen::County(_)), "free seats first: {}", stage.text());
    stage.touch(GlobalAction::Back);
    assert_eq!(offered(&stage).0, 100);
}

#[test]
fn another_number_comes_back_to_the_offer_and_is_used() {
    let mut stage = agreed(SMALL);
    stage.touch(ScreenAction::OtherPhone);
    stage.touch(GlobalAction::Back);
    assert_eq!(offered(&stage).0, 100);
    stage.touch(ScreenAction::OtherPhone);
    "0987654321".bytes().for_each(|digit| stage.touch(ScreenAction::Key(digit - b'0')));
    stage.touch(ScreenAction::Confirm);
    assert!(stage.text().contains("0987 654 321"), "{}", stage.text());
    let slot = offered(&stage);
    stage.touch(ScreenAction::BookOffered(slot));
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
}

#[test]
fn a_slot_that_became_full_leads_to_another_offer_with_a_sentence() {
    let mut stage = agreed(SMALL);
    let slot = offered(&stage);
    stage.desk.fill(slot);
    let bells = stage.bells;
    stage.touch(ScreenAction::BookOffered(slot));
    assert_ne!(offered(&stage), slot);
    assert!(stage.text().contains("Giờ vừa rồi đã hết chỗ"), "{}", stage.text());
    assert!(stage.bells > bells && stage.desk.booked.is_empty());
    let mut stage = agreed(SMALL);
    let slot = offered(&stage);
    stage.desk.fill_all();
    stage.touch(ScreenAction::BookOffered(slot));
    assert_eq!(why(&stage), Why::Refused(Refusal::SlotFull));
}

#[test]
fn a_press_that_was_meant_for_the_slot_before_books_nothing() {
    let mut stage = agreed(SMALL);
    let slot = offered(&stage);
    stage.desk.fill(slot);
    stage.wait(5);
    let other = offered(&stage);
    assert_ne!(other, slot, "brought up to date:\n{}", stage.text());
    stage.act(ScreenAction::BookOffered(slot));
    stage.input_at_once(Input::Enter);
    stage.input_at_once(Input::Digit(1));
    assert!(stage.desk.submits.is_empty(), "within a second of the change");
    assert_eq!(offered(&stage), other);
    stage.uptime += Duration::from_secs(1);
    stage.input(Input::Enter);
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
}

#[test]
fn without_an_offer_the_services_are_there() {
    let mut stage = Stage::new(SMALL);
    stage.desk.fill_all();
    stage.insert(PracticeCard::MayBook);
    stage.keys("11");
    assert_eq!(stage.screen(), &Screen::Service, "all is full");
    let mut stage = agreed(SMALL);
    stage.touch(ScreenAction::ToServices);
    assert_eq!(stage.screen(), &Screen::Service);
    assert!(stage.errand().is_none());
    stage.touch(ScreenAction::Serve(Offer::Book));
    assert!(matches!(stage.screen(), Screen::PhoneOffer), "one who said no chooses");
    let mut stage = before_opening();
    stage.keys("11");
    stage.wait(30);
    // The round has opened, and now the service has nothing to offer.
    stage.desk.problem = Some(Code::Unavailable);
    stage.touch(ScreenAction::Serve(Offer::Book));
    assert!(matches!(stage.screen(), Screen::PhoneOffer), "{}", stage.text());
}

#[test]
fn what_opens_while_one_reads_the_refusal_can_be_booked_in_that_second() {
    let mut stage = before_opening();
    stage.keys("111");
    assert!(matches!(why(&stage), Why::Refused(Refusal::NotOpenYet { .. })));
    let has_button = |stage: &Stage| stage.shows(ScreenAction::Serve(Offer::Book));
    let opens = stage.cabinet.journey.machine.round.as_ref().unwrap().opens;
    while stage.cabinet.journey.machine.now.wall < opens {
        assert!(!has_button(&stage), "{}", stage.text());
        stage.wait(1);
    }
    assert!(has_button(&stage), "within a second:\n{}", stage.text());
    assert!(stage.text().contains("現在可以辦理了"), "{}", stage.text());
    // The button that had the focus is gone: nothing is taken for a second.
    stage.wait(1);
    stage.keys("1");
    let slot = offered(&stage);
    stage.touch(ScreenAction::BookOffered(slot));
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
}

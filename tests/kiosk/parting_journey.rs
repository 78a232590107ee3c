//! The card is taken out of a fresh receipt: its QR stays for 20 seconds or until a press, and
//! nothing else of the person. By scripts of events.

use crate::booking_way::{OF_THE_PERSON, assert_nothing_left, at_step, farewell};
use crate::stage::Stage;
use vaxkiosk::config::profile::Offer;
use vaxkiosk::devices::card_reader::ReaderEvent;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction};
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::farewell::Reason;

fn parting() -> Stage {
    let mut stage = at_step(12);
    stage.pull();
    assert!(matches!(stage.screen(), Screen::Parting(_)), "{}", stage.text());
    stage
}

fn has_qr(stage: &Stage) -> bool {
    stage.text().lines().filter(|line| line.contains("▀▀▀▀▀▀▀▀")).count() >= 20
}

#[test]
fn the_code_stays_for_twenty_seconds_and_is_wiped_then() {
    let mut stage = parting();
    assert!(has_qr(&stage) && stage.text().contains("0200014637"), "{}", stage.text());
    assert_eq!(stage.desk.closed_sessions, 1, "the session is over at once");
    let state = format!("{:?}", stage.cabinet.journey);
    for secret in OF_THE_PERSON {
        assert!(!state.contains(secret), "{secret} is still in the state");
    }
    stage.wait(19);
    assert!(has_qr(&stage) && stage.text().contains(" 1 "), "{}", stage.text());
    stage.wait(1);
    assert_eq!(farewell(&stage).0, Reason::Finished);
    assert_nothing_left(&stage);
    stage.wait(10);
    assert!(stage.is_at_rest());
}

#[test]
fn one_press_ends_it_and_nothing_else_can_be_done() {
    let mut stage = parting();
    for action in [ScreenAction::Print, ScreenAction::ShowQr, ScreenAction::Serve(Offer::MyBooking)]
    {
        stage.act(action);
    }
    stage.act(GlobalAction::Back);
    assert!(matches!(stage.screen(), Screen::Parting(_)), "{}", stage.text());
    assert_eq!((stage.prints, stage.desk.booked.len()), (0, 1));
    stage.input(Input::Enter);
    assert_eq!(farewell(&stage).0, Reason::Finished);
    assert_nothing_left(&stage);
}

#[test]
fn the_next_card_ends_it_at_once() {
    let mut stage = parting();
    stage.insert(PracticeCard::MigrantWorker);
    assert!(matches!(stage.screen(), Screen::Language), "{}", stage.text());
    assert_eq!(stage.cabinet.journey.language(), Language::ZhTw);
    let state = format!("{:?}", stage.cabinet.journey);
    assert!(!state.contains("0200014637") && !state.contains("VAX1:"), "{state}");
}

#[test]
fn a_booking_that_is_only_looked_at_ends_with_its_card() {
    let mut stage = at_step(12);
    stage.act(GlobalAction::Home);
    stage.act(ScreenAction::Serve(Offer::MyBooking));
    stage.event(Event::Reader(ReaderEvent::CardOut));
    assert_eq!(farewell(&stage).0, Reason::Pulled);
    assert_nothing_left(&stage);
}

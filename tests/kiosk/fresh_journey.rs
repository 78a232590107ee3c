//! What is on the screen follows what others change, and small things that happen beside a booking,
//! by scripts of events.

use crate::booking_way::{at_review, at_step};
use crate::stage::{PIN, SMALL, Stage};
use std::time::Duration;
use vaxkiosk::config::profile::Offer;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::site::Slot;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction, TrainingAction};
use vaxkiosk::kiosk::model::clearer::Clearer;
use vaxkiosk::kiosk::model::effect::Effect;
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::farewell::Reason;
use vaxkiosk::kiosk::screens::operator::Operator;
use vaxkiosk::kiosk::screens::overlay::Overlay;
use vaxkiosk::kiosk::screens::scanned::Scanned;
use vaxkiosk::receipt::signing::ReceiptError;

/// What a screen shows that others may change.
fn shown(stage: &Stage) -> String {
    match stage.screen() {
        Screen::Site(pick) => format!("{pick:?}"),
        Screen::Slot(pick) => format!("{:?}", pick.slots),
        _ => format!("{:?}", stage.cabinet.journey.machine.seats),
    }
}

#[test]
fn free_seats_are_asked_for_every_five_seconds_and_slots_every_three() {
    for (step, seconds) in [(7, 5), (8, 5), (9, 5), (10, 3)] {
        let mut stage = at_step(step);
        let before = shown(&stage);
        stage.desk.fill_all();
        stage.wait(seconds - 1);
        assert_eq!(shown(&stage), before, "step {step}: not yet");
        stage.wait(1);
        assert_ne!(shown(&stage), before, "step {step}: on {:?}", stage.screen());
    }
}

#[test]
fn an_answer_that_takes_long_is_not_asked_for_twice() {
    for step in [7, 9, 10] {
        let mut stage = at_step(step);
        stage.slow = true;
        stage.wait(20);
        let calls = stage.held.iter().filter(|effect| matches!(effect, Effect::Call { .. }));
        assert_eq!(calls.count(), 1, "step {step}");
    }
}

#[test]
fn the_farewell_stays_six_seconds_and_longer_only_while_the_card_is_in() {
    let mut stage = at_step(3);
    stage.pull();
    stage.wait(5);
    assert_eq!(stage.farewell().map(|farewell| farewell.reason), Some(Reason::Pulled));
    stage.wait(1);
    assert!(stage.is_at_rest());

    let mut stage = at_step(3);
    stage.act(GlobalAction::Leave);
    stage.wait(60);
    assert!(stage.farewell().is_some(), "the card is still in");
    stage.pull();
    assert!(stage.is_at_rest());
}

#[test]
fn the_next_person_may_begin_at_the_farewell_if_the_card_is_out() {
    let mut stage = at_step(3);
    stage.act(GlobalAction::Leave);
    stage.act(ScreenAction::Start);
    assert!(stage.farewell().is_some(), "the card of the one before is still in");
    let mut stage = at_step(3);
    stage.pull();
    stage.act(ScreenAction::Confirm);
    assert!(stage.farewell().is_some(), "another press");
    stage.act(ScreenAction::Start);
    assert!(stage.is_at_rest());
    stage.act(ScreenAction::Confirm);
    assert!(stage.is_at_rest(), "another press");
    stage.act(ScreenAction::Start);
    assert!(matches!(stage.screen(), Screen::Language));
}

#[test]
fn what_lies_over_a_screen_keeps_presses_from_it() {
    let mut stage = at_review();
    stage.act(GlobalAction::Help);
    stage.act(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Review) && stage.desk.booked.is_empty());
    stage.input(vaxkiosk::kiosk::cabinet::Input::Escape);
    stage.act(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
}

#[test]
fn chinese_stands_beside_another_language_when_it_is_asked_for() {
    let mut stage = at_step(2);
    let bilingual = |stage: &Stage| stage.cabinet.journey.bilingual();
    assert!(!bilingual(&stage));
    stage.act(GlobalAction::Bilingual);
    assert!(bilingual(&stage));
    stage.act(GlobalAction::Speak(Language::ZhTw));
    assert!(!bilingual(&stage), "Chinese beside Chinese");
    stage.act(GlobalAction::Speak(Language::Th));
    assert!(bilingual(&stage));
    stage.act(GlobalAction::Bilingual);
    assert!(!bilingual(&stage));
}

#[test]
fn the_line_is_known_to_be_down_and_up_again() {
    let mut stage = at_step(7);
    let is_up = |stage: &Stage| stage.cabinet.journey.machine.line_up;
    assert!(is_up(&stage));
    stage.desk.cut = true;
    stage.wait(5);
    assert!(!is_up(&stage));
    stage.desk.cut = false;
    stage.wait(5);
    assert!(is_up(&stage));
}

#[test]
fn what_was_scanned_is_told_apart() {
    let mut stage = Stage::new(SMALL);
    stage.cabinet.journey.machine.profile.receipt_keys = Vec::new();
    let scan = |stage: &mut Stage, text: &str| {
        stage.event(Event::Scanned(Personal::new(text)));
        stage.cabinet.journey.overlay.clone()
    };
    let not_a_receipt = Overlay::Scanned(Scanned::Wrong(ReceiptError::NotAReceipt));
    assert_eq!(scan(&mut stage, "4710088430007"), Some(not_a_receipt));
    assert_eq!(scan(&mut stage, " VAX1:7"), Some(Overlay::Scanned(Scanned::NoKey)));
}

#[test]
fn the_trainer_takes_the_chosen_slot_away_or_the_first_free_one() {
    let chosen = |stage: &Stage| stage.cabinet.journey.slot_to_fill();
    let mut stage = at_step(10);
    let Screen::Slot(pick) = stage.screen() else { panic!("{}", stage.text()) };
    let first = pick.slots.iter().find(|slot| !slot.is_full()).map(|slot: &Slot| slot.id);
    assert!(first.is_some());
    assert_eq!(chosen(&stage), first);
    stage.touch_seat(1, 0);
    assert!(matches!(stage.screen(), Screen::Review));
    let picked = stage.chosen_slot().map(|slot| slot.id);
    assert!(picked.is_some() && picked != first);
    assert_eq!(chosen(&stage), picked);
    assert_eq!(chosen(&at_step(3)), None);
}

#[test]
fn the_trainer_unplugs_the_printer_and_plugs_it_in_again() {
    let mut stage = Stage::new(SMALL);
    for unplugged in [true, false] {
        stage.act(TrainingAction::Printer);
        assert_eq!(stage.printer.is_err(), unplugged);
        assert_eq!(stage.cabinet.journey.machine.practice.printer_unplugged, unplugged);
    }
}

#[test]
fn back_from_the_code_leads_to_the_receipt_and_nothing_lies_before_it() {
    let mut stage = at_step(12);
    stage.act(ScreenAction::ShowQr);
    assert!(matches!(stage.screen(), Screen::Receipt(receipt) if receipt.qr));
    stage.act(GlobalAction::Back);
    assert!(matches!(stage.screen(), Screen::Receipt(receipt) if !receipt.qr));
    let back = |stage: &Stage| stage.shows(GlobalAction::Back);
    assert!(!back(&stage));
    stage.act(GlobalAction::Back);
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    stage.act(GlobalAction::Home);
    stage.act(ScreenAction::Serve(Offer::MyBooking));
    assert!(back(&stage), "{}", stage.text());
    stage.act(GlobalAction::Back);
    assert!(matches!(stage.screen(), Screen::Service), "{}", stage.text());
}

#[test]
fn a_booking_needs_seats_of_the_counties() {
    let mut stage = at_step(6);
    stage.slow = true;
    stage.act(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Waiting(_)), "{}", stage.text());
}

#[test]
fn each_wrong_pin_makes_the_wait_longer_and_a_slow_corner_opens_nothing() {
    let mut stage = Stage::new(SMALL);
    stage.cabinet.journey.machine.profile.operator_pin = Some("$argon2id$".into());
    for _ in 0..6 {
        stage.act(GlobalAction::Corner);
        stage.wait(3);
    }
    assert_eq!(stage.cabinet.journey.overlay, None, "presses too far apart");
    for _ in 0..4 {
        stage.act(GlobalAction::Corner);
    }
    assert_eq!(stage.cabinet.journey.overlay, None, "four presses");
    stage.wait(3);
    stage.press_the_corner();
    let mut waits = Vec::new();
    for _ in 0..3 {
        stage.keys("111111");
        let wait = stage.cabinet.journey.pin_wait();
        waits.push(wait);
        stage.wait(wait.as_secs() + 1);
        assert_eq!(stage.cabinet.journey.pin_wait(), Duration::ZERO);
    }
    assert_eq!(waits, [2, 4, 8].map(Duration::from_secs));
    stage.keys(PIN);
    assert!(matches!(stage.cabinet.journey.overlay, Some(Overlay::Operator(_))));
}

#[test]
fn what_somebody_left_switched_on_before_the_attract_screen_goes_back_by_itself() {
    let mut stage = Stage::new(SMALL);
    stage.act(GlobalAction::Clearer);
    stage.act(GlobalAction::Help);
    stage.wait(59);
    assert!(
        stage.cabinet.journey.machine.clearer.is_on() && stage.cabinet.journey.overlay.is_some()
    );
    stage.wait(1);
    assert!(!stage.cabinet.journey.machine.clearer.is_on());
    assert_eq!((stage.cabinet.journey.overlay.clone(), stage.clearer), (None, Some(Clearer::Off)));
}

#[test]
fn the_paper_of_a_shop_says_where_one_cancels() {
    let mut stage = at_step(12);
    stage.slow = true;
    stage.act(ScreenAction::Print);
    let Some(Effect::Print { paper, .. }) = stage.held.first() else { panic!("{:?}", stage.held) };
    assert!(paper.cancels_elsewhere && paper.training);
    assert_eq!(paper.language, Language::Vi);
}

#[test]
fn the_operator_prints_one_page_at_a_time_and_sees_the_last_look_at_the_devices() {
    let mut stage = Stage::new(SMALL);
    stage.cabinet.journey.machine.profile.operator_pin = Some("$argon2id$".into());
    stage.press_the_corner();
    stage.keys(PIN);
    let now = stage.now();
    let mut press = || {
        let effects = stage.cabinet.event(Event::Act(ScreenAction::Print.into()), now);
        effects.iter().filter(|effect| matches!(effect, Effect::TestPrint { .. })).count()
    };
    assert_eq!([press(), press()], [1, 0], "the first is still running");
    stage.slow = true;
    stage.act(ScreenAction::Again);
    stage.act(ScreenAction::Again);
    let looks = std::mem::take(&mut stage.held);
    stage.slow = false;
    let found = |stage: &Stage| match &stage.cabinet.journey.overlay {
        Some(Overlay::Operator(Operator::Open { found, .. })) => found.is_some(),
        other => panic!("{other:?}"),
    };
    let mut looks = looks.into_iter();
    stage.perform(looks.next().into_iter().collect());
    assert!(!found(&stage), "it is asked anew");
    stage.perform(looks.collect());
    assert!(found(&stage));
}

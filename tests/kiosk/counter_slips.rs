//! What nobody meant at the counter, and what must not be lost there without a word.

use crate::counter_steps::{at_work, counter, filled_in};
use crate::stage::Stage;
use rstest::rstest;
use std::time::Duration;
use vaxkiosk::api::problem::Code;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::counter::{CounterAction, Deed, Field};
use vaxkiosk::kiosk::screens::counter::form::{Listed, Phone};
use vaxkiosk::kiosk::screens::counter::serving::Step;
use vaxkiosk::kiosk::screens::counter::staff_list::Opened;
use vaxkiosk::kiosk::screens::counter::{Desk, Notice, Question};

#[test]
fn the_key_that_submits_says_yes_to_no_question() {
    let mut stage = at_work();
    stage.insert(PracticeCard::AlreadyBooked);
    stage.function(11);
    stage.function(9);
    assert_eq!(stage.working().asked, Some(Question::Cancel));
    assert!(stage.desk.cancelled.is_empty());
    stage.keys("\n");
    assert_eq!(stage.desk.cancelled.len(), 1);
}

#[test]
fn a_second_press_drops_nobody_who_has_just_come() {
    let mut stage = at_work();
    stage.insert(PracticeCard::NotInRound);
    stage.function(12);
    stage.insert(PracticeCard::MayBook);
    stage.uptime += Duration::from_millis(200);
    stage.input_at_once(Input::Function(12));
    assert_eq!(stage.serving().visit.name_masked().unwrap(), "甄〇康");
}

/// A manager who waits for the card of somebody new.
fn adding() -> Stage {
    let mut stage = counter();
    stage.staff_logs_in(PracticeStaff::Manager);
    stage.function(6);
    stage.input(Input::Tab);
    stage.input(Input::Tab);
    stage.keys("\n");
    assert_eq!(stage.working().staff.open, Some(Opened::AwaitCard));
    stage
}

#[rstest]
fn who_goes_elsewhere_without_their_card_locks(
    #[values(2, 3, 4, 5, 6, 12)] key: u8,
    #[values(false, true)] new: bool,
) {
    let mut stage = adding();
    stage.staff_out();
    if new {
        stage.staff_in(PracticeStaff::Elsewhere);
    }
    stage.function(key);
    assert!(stage.is_locked(), "{}", stage.text());
}

#[test]
fn the_own_card_is_nobody_new_and_needs_no_lock() {
    let mut stage = adding();
    stage.keys("\x1b");
    assert!(!stage.is_locked(), "it was never out");
    let mut stage = adding();
    stage.staff_out();
    stage.staff_in(PracticeStaff::Manager);
    assert_eq!(stage.working().staff.open, Some(Opened::AwaitCard));
    stage.function(2);
    assert!(!stage.is_locked());
    stage.staff_out();
    assert!(stage.is_locked(), "and it counts again");
}

#[test]
fn what_came_of_somebody_new_is_read_after_the_lock() {
    let mut stage = adding();
    stage.staff_out();
    stage.staff_in(PracticeStaff::Elsewhere);
    "甄新人".chars().for_each(|letter| stage.input(Input::Sign(letter)));
    stage.function(9);
    assert!(stage.is_locked());
    stage.staff_logs_in(PracticeStaff::Manager);
    assert_eq!(stage.working().notice, Some(Notice::StaffSaved));
}

#[test]
fn a_card_that_goes_before_the_answer_is_told() {
    let mut stage = at_work();
    filled_in(&mut stage);
    stage.slow = true;
    stage.function(9);
    stage.pull();
    assert_eq!(stage.working().notice, Some(Notice::CardOutUnsure));
    assert_eq!(stage.working().duty.done[0].deed, Deed::Unsure);
    assert!(stage.text().contains("健保卡已取出"), "{}", stage.text());
}

#[test]
fn a_card_that_comes_while_a_typed_persons_answer_is_missing_waits_for_a_yes() {
    let mut stage = at_work();
    stage.keys("A223456781\n000000000001\n");
    stage.keys("\n\n\n\n");
    stage.slow = true;
    stage.function(9);
    stage.slow = false;
    stage.insert(PracticeCard::NotInRound);
    assert_eq!(stage.working().asked, Some(Question::LeaveUnsure), "{}", stage.text());
    stage.keys("\n");
    assert_eq!(stage.serving().visit.name_masked().unwrap(), "甄〇輕");
    assert!(stage.working().duty.done.iter().any(|entry| entry.deed == Deed::Unsure));
}

#[test]
fn who_logs_out_before_an_answer_is_asked_about_it() {
    let mut stage = at_work();
    filled_in(&mut stage);
    stage.slow = true;
    stage.function(9);
    stage.input(Input::LogOut);
    assert_eq!(stage.working().asked, Some(Question::LeaveUnsure));
}

#[test]
fn what_is_typed_in_a_field_is_part_of_what_is_sent() {
    let mut stage = at_work();
    filled_in(&mut stage);
    stage.act(CounterAction::Focus(Field::Phone));
    stage.keys("09876");
    stage.function(9);
    let form = stage.serving().form().unwrap();
    assert_eq!((form.field, form.typed.expose()), (Field::Phone, "09876"), "no number yet");
    assert!(stage.desk.booked.is_empty());
    stage.keys("54321");
    stage.slow = true;
    stage.function(9);
    let form = stage.serving().form().unwrap();
    assert!(matches!(&form.phone, Phone::Given(mobile) if mobile.masked().ends_with("321")));
}

#[test]
fn a_list_that_was_asked_for_another_page_is_asked_for_again() {
    let mut stage = at_work();
    stage.insert(PracticeCard::MayBook);
    stage.slow = true;
    stage.function(8);
    stage.function(5);
    stage.release();
    stage.function(2);
    assert!(matches!(stage.serving().form().unwrap().sites, Listed::Known(_)), "{}", stage.text());
}

#[test]
fn nobody_wipes_what_waits_behind_the_lock() {
    let mut stage = at_work();
    filled_in(&mut stage);
    stage.staff_out();
    stage.input(Input::LogOut);
    stage.staff_logs_in(PracticeStaff::User);
    assert!(stage.serving().form().unwrap().slot.is_some());
}

#[test]
fn a_log_in_that_was_given_up_can_be_begun_again_and_leaves_no_session() {
    let mut stage = counter();
    stage.staff_in(PracticeStaff::User);
    stage.slow = true;
    stage.keys("222222\n");
    stage.input(Input::LogOut);
    stage.release();
    stage.keys("222222\n");
    assert!(stage.working().desk.serving().is_none());
    // The session itself is on its way when it is given up.
    let mut stage = counter();
    stage.staff_in(PracticeStaff::User);
    stage.keys("22222");
    stage.slow = true;
    stage.keys("2\n");
    while !stage.text().contains("登入中") && !stage.held.is_empty() {
        let held = std::mem::take(&mut stage.held);
        stage.slow = false;
        let rest = held.into_iter().next().into_iter().collect();
        stage.slow = true;
        step(&mut stage, rest);
    }
    stage.input(Input::LogOut);
    stage.release();
    assert!(stage.is_logged_out());
    assert_eq!(stage.desk.staff.opened, stage.desk.staff.closed);
}

/// The answer to what is held, and what follows from it is held again.
fn step(stage: &mut Stage, effects: Vec<vaxkiosk::kiosk::model::effect::Effect>) {
    use vaxkiosk::kiosk::model::effect::Effect;
    use vaxkiosk::kiosk::model::event::Event;
    for effect in effects {
        match effect {
            Effect::Call { ticket, call } => {
                let now = stage.now().wall;
                let reply = stage.desk.reply(&call, now);
                stage.event(Event::Reply { ticket, reply });
            }
            other => {
                stage.slow = false;
                stage.held.clear();
                let signs = matches!(other, Effect::StaffSign { .. });
                assert!(signs, "{other:?}");
                let Effect::StaffSign { ticket, .. } = other else { return };
                let by = vaxkiosk::devices::staff_card::SignedBy::P256;
                let outcome =
                    Ok(vaxkiosk::devices::staff_card::Signature { by, bytes: vec![1, 2, 3] });
                stage.slow = true;
                stage.event(Event::StaffSigned { ticket, outcome });
            }
        }
    }
}

#[test]
fn what_is_said_after_the_lock_is_so() {
    let mut stage = at_work();
    stage.staff_out();
    stage.staff_logs_in(PracticeStaff::User);
    assert_eq!(stage.working().notice, Some(Notice::Back), "nothing had waited");
    filled_in(&mut stage);
    stage.staff_out();
    stage.pull();
    stage.staff_logs_in(PracticeStaff::User);
    assert_eq!(stage.working().notice, Some(Notice::CardOut));
}

#[test]
fn a_held_key_ticks_once() {
    let mut stage = at_work();
    stage.insert(PracticeCard::MayBook);
    assert_eq!(stage.serving().form().unwrap().field, Field::Consent);
    stage.uptime += Duration::from_secs(2);
    for _ in 0..10 {
        stage.uptime += Duration::from_millis(33);
        stage.input_at_once(Input::Space);
    }
    assert!(stage.serving().consent);
}

#[test]
fn nobody_agrees_to_a_notice_that_is_not_on_the_screen() {
    let mut stage = at_work();
    stage.slow = true;
    stage.insert(PracticeCard::MayBook);
    stage.function(7);
    stage.keys("\n");
    stage.release();
    assert!(!stage.serving().consent);
    stage.keys("\n");
    assert!(stage.serving().consent, "{}", stage.text());
}

#[test]
fn one_wrong_digit_costs_no_typed_number() {
    let mut stage = at_work();
    stage.keys("A223456781\n000000000002\n");
    let Desk::Free(numbers) = &stage.working().desk else { panic!("{}", stage.text()) };
    assert_eq!((numbers.field, numbers.id.expose()), (Field::CardNumber, "A223456781"));
    assert_eq!(stage.working().notice, Some(Notice::Problem(Code::UnknownPerson)));
    stage.input(Input::Backspace);
    stage.keys("1\n");
    assert_eq!(stage.serving().visit.name_masked().unwrap(), "甄〇康");
}

#[test]
fn no_receipt_is_printed_of_a_booking_that_was_cancelled() {
    let mut stage = at_work();
    filled_in(&mut stage);
    stage.function(9);
    stage.function(3);
    stage.function(11);
    stage.keys("\n");
    assert_eq!(stage.desk.cancelled.len(), 1, "{}", stage.text());
    stage.function(5);
    for _ in 0..2 {
        stage.function(10);
        stage.input(Input::Tab);
    }
    assert_eq!(stage.prints, 0);
}

#[test]
fn a_pin_that_is_too_short_is_told() {
    let mut stage = counter();
    stage.staff_in(PracticeStaff::User);
    stage.keys("22222\n");
    assert!(stage.text().contains('▲'), "{}", stage.text());
}

#[test]
fn a_slot_that_became_full_is_not_told_to_another_page() {
    let mut stage = at_work();
    filled_in(&mut stage);
    let slot = stage.serving().form().unwrap().slot.as_ref().unwrap().id;
    stage.desk.fill(slot);
    stage.slow = true;
    stage.function(9);
    stage.function(4);
    stage.release();
    assert!(stage.serving().form().unwrap().wrong.is_none(), "{}", stage.text());
    assert!(matches!(stage.serving().step, Step::Open));
    stage.function(2);
    assert_eq!(stage.serving().form().unwrap().slot, None);
}

#[test]
fn a_card_that_came_behind_the_lock_is_read_after_it() {
    let mut stage = at_work();
    stage.cabinet.journey.machine.profile.counter.as_mut().unwrap().nhi_staff_cards = false;
    stage.input(Input::Lock);
    stage.insert(PracticeCard::MayBook);
    stage.keys("222222\n");
    assert_eq!(stage.serving().visit.name_masked().unwrap(), "甄〇康");
}

#[test]
fn a_password_may_have_any_sign_and_a_locked_screen_changes_its_language() {
    let mut stage = counter();
    stage.insert(PracticeCard::Unregistered);
    stage.keys("a=b?c.");
    assert!(stage.cabinet.journey.overlay.is_none(), "{}", stage.text());
    let mut stage = at_work();
    stage.staff_out();
    stage.keys(".");
    assert!(stage.cabinet.journey.overlay.is_some());
}

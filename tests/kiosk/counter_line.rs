//! When nothing is free, at the counter: a seat that is held for whoever comes, a slot that was
//! closed, the waiting list, and the code of a text message.

use crate::counter_steps::at_work;
use crate::stage::Stage;
use crate::stage::desk::DAAN;
use crate::stage::desk::counter_line::OFFER_CODE;
use jiff::civil::date;
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::api::problem::Code;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::region::DistrictCode;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::domain::waiting::{DayPart, Places};
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::counter::{CounterAction, Deed, Field};
use vaxkiosk::kiosk::screens::counter::Question;
use vaxkiosk::kiosk::screens::counter::form::{Form, Purpose};
use vaxkiosk::kiosk::screens::counter::serving::{Done, Step, Waits};

fn form(stage: &Stage) -> &Form {
    stage.serving().form().unwrap_or_else(|| panic!("no form:\n{}", stage.text()))
}

fn done(stage: &Stage) -> &Done {
    let Step::Done(done) = &stage.serving().step else { panic!("not done:\n{}", stage.text()) };
    done
}

/// The form of the waiting list, with consent.
fn on_line(stage: &mut Stage) {
    stage.insert(PracticeCard::MayBook);
    stage.keys("\n");
    stage.function(11);
    assert_eq!(form(stage).purpose, Purpose::Wait);
}

#[test]
fn a_seat_that_is_held_is_in_the_form_and_one_key_books_it() {
    let mut stage = at_work();
    stage.desk.waits_at_counter(true);
    stage.desk.offer_at_counter();
    stage.insert(PracticeCard::MayBook);
    assert!(stage.text().contains("保留至 10:35"), "{}", stage.text());
    assert_eq!(form(&stage).slot.as_ref().map(|slot| slot.id), Some(SlotId(103)));
    // The consent rule is that of every booking.
    stage.function(9);
    assert_eq!(form(&stage).field, Field::Consent);
    assert!(stage.desk.submits.is_empty());
    stage.keys("\n");
    stage.function(9);
    assert!(matches!(done(&stage), Done::Booked { moved: false, .. }));
    assert!(stage.desk.staff.consent);
    assert!(stage.text().contains("14:00"), "{}", stage.text());
    assert_eq!(stage.serving().waits, Waits::Not, "who is booked waits no more");
}

#[test]
fn another_seat_can_be_chosen_and_a_hold_that_ends_says_so() {
    let mut stage = at_work();
    stage.desk.offer_at_counter();
    stage.insert(PracticeCard::MayBook);
    stage.keys("\n");
    // It ends half an hour later, while they think about it. The staff are still there.
    for _ in 0..30 {
        stage.wait(60);
        stage.keys("\t");
    }
    assert!(form(&stage).slot.is_none(), "{}", stage.text());
    assert!(!stage.text().contains("保留至"), "{}", stage.text());
    assert!(stage.desk.submits.is_empty());
    // Chosen by hand, another one stays when the hold ends.
    let mut stage = at_work();
    stage.desk.offer_at_counter();
    stage.insert(PracticeCard::MayBook);
    stage.keys("\n");
    stage.act(CounterAction::Focus(Field::Slot));
    stage.keys("10\n");
    let chosen = form(&stage).slot.as_ref().unwrap().id;
    assert_ne!(chosen, SlotId(103));
    for _ in 0..31 {
        stage.wait(60);
        stage.keys("\t");
    }
    assert_eq!(form(&stage).slot.as_ref().map(|slot| slot.id), Some(chosen));
}

#[test]
fn a_hold_that_went_to_somebody_else_meanwhile_is_like_a_slot_that_is_full() {
    let mut stage = at_work();
    stage.desk.offer_at_counter();
    stage.insert(PracticeCard::MayBook);
    stage.keys("\n");
    stage.desk.fill(SlotId(103));
    stage.function(9);
    let form = form(&stage);
    assert!(form.slot.is_none() && form.consent && form.site.is_some(), "the rest stays");
    assert!(stage.desk.booked.is_empty());
}

#[test]
fn whose_slot_was_closed_sees_what_was_lost_and_what_is_set_aside() {
    let mut stage = at_work();
    stage.desk.displace_at_counter(true);
    stage.insert(PracticeCard::MayBook);
    let text = stage.text();
    assert!(text.contains("原時段已關閉") && text.contains("保留至"), "{text}");
    stage.keys("\n");
    stage.function(9);
    assert!(matches!(done(&stage), Done::Booked { .. }));
    assert_eq!(
        stage.desk.booked.values().next().unwrap().starts,
        date(2027, 7, 16).at(15, 0, 0, 0)
    );
    // Also when nothing is set aside, and after the round has closed for others.
    let mut stage = at_work();
    stage.desk.displace_at_counter(false);
    stage.insert(PracticeCard::MayBook);
    assert!(stage.text().contains("沒有另外保留名額"), "{}", stage.text());
    assert!(form(&stage).slot.is_none());
}

#[test]
fn where_nothing_is_free_the_line_is_one_key_away() {
    let mut stage = at_work();
    stage.desk.fill_all();
    stage.insert(PracticeCard::MayBook);
    assert!(stage.text().contains("按 F11 可候補"), "{}", stage.text());
    stage.keys("\n");
    stage.function(11);
    // A full site can be waited for.
    stage.act(CounterAction::Focus(Field::Site));
    stage.keys("01\n");
    assert!(form(&stage).site.is_some(), "{}", stage.text());
    stage.act(CounterAction::Focus(Field::Days));
    stage.keys("17\n");
    stage.act(CounterAction::Focus(Field::Part));
    stage.keys("2\n");
    stage.act(CounterAction::Focus(Field::Phone));
    stage.keys("0987654321\n");
    stage.function(9);
    let [asked] = &stage.desk.counter_line.asked[..] else { panic!("{}", stage.text()) };
    assert!(matches!(asked.wish.places, Places::Site(_)));
    assert_eq!(
        (&asked.wish.days[..], asked.wish.part),
        (&[date(2027, 7, 17)][..], DayPart::Morning)
    );
    assert!(matches!(asked.mobile, MobileChoice::Given(_)));
    assert!(stage.desk.staff.consent, "the consent is noted with the session");
    assert!(matches!(done(&stage), Done::Waits(_)));
    assert!(stage.text().contains("候補第 40 位"), "{}", stage.text());
    assert_eq!(stage.working().duty.done[0].deed, Deed::Waits);
}

#[test]
fn somewhere_in_the_district_at_any_time_needs_two_keys() {
    let mut stage = at_work();
    on_line(&mut stage);
    stage.function(9);
    let wish = &stage.desk.counter_line.asked[0].wish;
    assert_eq!(wish.places, Places::Districts(vec![DAAN]));
    assert!(wish.days.is_empty() && wish.part == DayPart::Any && !wish.brands.is_empty());
    assert_eq!(stage.desk.counter_line.asked[0].mobile, MobileChoice::Registered);
}

#[test]
fn without_consent_nobody_is_put_in_the_line() {
    let mut stage = at_work();
    stage.insert(PracticeCard::MayBook);
    stage.function(11);
    stage.function(9);
    assert_eq!(form(&stage).field, Field::Consent);
    assert!(stage.desk.counter_line.asked.is_empty());
}

#[test]
fn who_is_in_the_line_sees_their_place_changes_and_leaves_it() {
    let mut stage = at_work();
    stage.desk.waits_at_counter(true);
    stage.insert(PracticeCard::MayBook);
    assert!(stage.text().contains("候補中：第 12 位"), "{}", stage.text());
    stage.keys("\n");
    stage.function(11);
    let text = stage.text();
    assert!(text.contains("候補第 12 位") && text.contains("3 個"), "chances:\n{text}");
    let two = vec![DAAN, DistrictCode(6_300_200)];
    assert_eq!(form(&stage).wish.districts, two);
    stage.act(CounterAction::Focus(Field::Part));
    stage.keys("4\n");
    stage.function(9);
    let wish = &stage.desk.counter_line.asked[0].wish;
    assert_eq!((&wish.places, wish.part), (&Places::Districts(two), DayPart::Evening));
    assert!(stage.text().contains("候補第 12 位"), "the place is kept:\n{}", stage.text());
    stage.function(2);
    stage.function(11);
    stage.function(11);
    assert_eq!(stage.working().asked, Some(Question::LeaveLine));
    stage.keys("\x1b");
    assert_eq!(stage.desk.counter_line.left, 0);
    stage.function(11);
    stage.keys("\n");
    assert_eq!(stage.desk.counter_line.left, 1);
    assert!(matches!(done(&stage), Done::LeftLine));
    assert_eq!(stage.working().duty.done[0].deed, Deed::LeftLine);
    stage.function(2);
    assert!(!stage.text().contains("候補中"), "{}", stage.text());
}

#[test]
fn that_nothing_is_known_of_the_chances_is_said() {
    let mut stage = at_work();
    stage.desk.waits_at_counter(false);
    on_line(&mut stage);
    assert!(stage.text().contains("目前還沒有資料"), "{}", stage.text());
}

#[test]
fn an_answer_about_the_line_that_comes_late_fills_the_form_but_changes_no_choice() {
    for chosen in [false, true] {
        let mut stage = at_work();
        stage.desk.waits_at_counter(true);
        stage.desk.problem = None;
        stage.insert(PracticeCard::MayBook);
        // As if the service had not answered yet.
        stage.slow = true;
        stage.pull();
        stage.insert(PracticeCard::MayBook);
        stage.held.reverse();
        stage.release();
        stage.function(11);
        if chosen {
            stage.act(CounterAction::Focus(Field::Part));
            stage.keys("3\n");
        }
        let part = form(&stage).wish.part;
        assert_eq!(part, if chosen { DayPart::Afternoon } else { DayPart::Morning });
    }
}

#[test]
fn an_answer_that_is_lost_is_asked_for_again() {
    let mut stage = at_work();
    on_line(&mut stage);
    stage.desk.lose_answer = true;
    stage.function(9);
    stage.wait(3);
    assert!(matches!(done(&stage), Done::Waits(_)));
    let asked = &stage.desk.counter_line.asked;
    assert_eq!((asked.len(), &asked[0]), (2, &asked[1]), "the same twice, and one place");
}

#[test]
fn who_may_not_wait_is_told_the_rule() {
    let mut stage = at_work();
    stage.insert(PracticeCard::NotInRound);
    stage.function(11);
    assert!(stage.serving().form().is_none(), "{}", stage.text());
    let mut stage = at_work();
    on_line(&mut stage);
    stage.desk.refusal = Some(Refusal::BrandNotChosen);
    stage.desk.standing = Some(Refusal::BrandNotChosen);
    stage.function(9);
    assert!(stage.text().contains(&format!("[{}]", Refusal::BrandNotChosen.code())));
    // And staff without the right in a sentence.
    let mut stage = at_work();
    on_line(&mut stage);
    stage.function(9);
    stage.function(2);
    stage.function(11);
    stage.desk.staff.next_problem = Some(Code::RightMissing);
    stage.function(9);
    assert_eq!(stage.desk.counter_line.asked.len(), 1);
    assert!(stage.text().contains('▲'), "{}", stage.text());
}

#[test]
fn the_code_of_the_message_books_without_a_card() {
    let mut stage = at_work();
    stage.function(11);
    stage.keys(OFFER_CODE);
    stage.desk.lose_answer = true;
    stage.keys("\n");
    assert!(stage.serving().is_unsure());
    stage.wait(3);
    assert!(matches!(done(&stage), Done::Booked { .. }));
    let keys = &stage.desk.counter_line.keys;
    assert_eq!((keys.len(), &keys[0]), (2, &keys[1]), "one press, one key");
    assert!(stage.text().contains("0200014640"), "{}", stage.text());
    assert_eq!(stage.working().duty.done[0].deed, Deed::Booked);
    assert_eq!(stage.working().duty.done[0].number_end(), "4640");
    stage.function(10);
    assert_eq!(stage.prints, 1);
    stage.function(7);
    assert!(stage.text().contains("0200014640"), "{}", stage.text());
    stage.function(7);
    stage.function(12);
    assert!(stage.working().desk.serving().is_none());
}

#[test]
fn a_wrong_code_stays_to_be_corrected_and_a_refusal_is_a_sentence() {
    let mut stage = at_work();
    stage.function(11);
    stage.keys("314159265\n");
    assert!(stage.text().contains("代碼不正確") && stage.desk.counter_line.keys.is_empty());
    stage.keys("4\n");
    assert!(stage.text().contains("代碼不正確"), "{}", stage.text());
    stage.input(Input::Backspace);
    stage.desk.refusal = Some(Refusal::SlotGone);
    stage.keys("3\n");
    assert!(stage.text().contains("3141592653"), "{}", stage.text());
    assert!(!stage.text().contains("代碼不正確") && stage.desk.booked.is_empty());
    stage.desk.refusal = None;
    stage.desk.staff.next_problem = Some(Code::TooManyWrong);
    stage.keys("\n");
    assert!(stage.text().contains("錯誤次數過多"), "{}", stage.text());
    stage.keys("\n");
    assert!(matches!(done(&stage), Done::Booked { .. }));
}

#[test]
fn nothing_of_the_line_comes_to_the_next_person() {
    let mut stage = at_work();
    stage.desk.waits_at_counter(true);
    stage.desk.offer_at_counter();
    on_line(&mut stage);
    stage.pull();
    stage.desk.counter_line = crate::stage::desk::counter_line::Line::default();
    stage.insert(PracticeCard::MayBook);
    let text = stage.text();
    assert!(!text.contains("候補中") && !text.contains("保留至"), "{text}");
    assert_eq!(form(&stage).purpose, Purpose::Book);
    assert!(form(&stage).slot.is_none());
}

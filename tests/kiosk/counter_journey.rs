//! One person after another at the counter: the form, what is sent, and that nothing of one comes
//! to the next.

use crate::counter_steps::{at_work, filled_in};
use crate::stage::{SMALL, Stage};
use vaxkiosk::api::problem::Code;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::counter::{CounterAction, Deed, Field, Tab};
use vaxkiosk::kiosk::screens::counter::Question;
use vaxkiosk::kiosk::screens::counter::form::Purpose;
use vaxkiosk::kiosk::screens::counter::serving::{Done, Step};

#[test]
fn a_booking_by_keys_alone() {
    let mut stage = at_work();
    filled_in(&mut stage);
    assert!(!stage.desk.staff.consent, "nothing is sent yet");
    stage.function(9);
    let Step::Done(done) = &stage.serving().step else { panic!("{}", stage.text()) };
    assert!(matches!(**done, Done::Booked { moved: false, .. }));
    assert!(stage.desk.staff.consent, "the consent is noted with the session");
    assert_eq!(stage.desk.booked.len(), 1);
    assert!(stage.text().contains("0200014637"), "{}", stage.text());
    stage.function(10);
    assert_eq!(stage.prints, 1);
    stage.function(10);
    assert_eq!(stage.prints, 1, "once");
    assert_eq!(stage.working().duty.done[0].deed, Deed::Booked);
    stage.function(12);
    assert!(stage.working().desk.serving().is_none());
}

#[test]
fn what_is_missing_is_said_and_focused() {
    let mut stage = at_work();
    stage.insert(PracticeCard::MayBook);
    stage.function(9);
    assert_eq!(stage.serving().form().unwrap().field, Field::Consent);
    assert!(stage.desk.booked.is_empty());
    stage.keys("\n");
    stage.function(9);
    assert_eq!(stage.serving().form().unwrap().field, Field::Site);
    assert!(stage.desk.booked.is_empty() && stage.desk.submits.is_empty());
}

#[test]
fn typing_filters_and_chooses() {
    let mut stage = at_work();
    stage.insert(PracticeCard::MayBook);
    stage.act(CounterAction::Focus(Field::County));
    "金門".chars().for_each(|letter| stage.input(Input::Sign(letter)));
    stage.keys("\n");
    let form = stage.serving().form().unwrap();
    assert_eq!(form.county.unwrap().county().zh, "金門縣");
    assert_eq!((form.field, form.district), (Field::District, None), "what is empty comes next");
    stage.keys("0\n");
    assert!(stage.serving().form().unwrap().district.is_some());
    stage.act(CounterAction::Focus(Field::Phone));
    stage.keys("091234567\n");
    assert!(stage.text().contains('▲'), "no mobile number:\n{}", stage.text());
    stage.keys("8\n");
    assert!(stage.text().contains("0912 345 678"), "{}", stage.text());
    stage.function(8);
    let form = stage.serving().form().unwrap();
    assert_eq!(form.county.unwrap().county().zh, "臺北市", "as the person came");
    assert!(!stage.text().contains("0912 345 678"), "{}", stage.text());
}

#[test]
fn who_may_not_book_is_told_the_rule_and_its_code() {
    let mut stage = at_work();
    stage.insert(PracticeCard::NotInRound);
    assert!(stage.text().contains("您不符合本期可施打資格 [R02]"), "{}", stage.text());
    assert!(stage.serving().form().is_none(), "there is nothing to fill in");
    assert_eq!(stage.working().duty.done[0].deed, Deed::Refused(Refusal::NotInRound));
    stage.function(9);
    assert!(stage.desk.booked.is_empty());
}

#[test]
fn an_existing_booking_is_there_at_once_and_can_be_moved_and_cancelled() {
    let mut stage = at_work();
    stage.insert(PracticeCard::AlreadyBooked);
    assert_eq!(stage.working().tab, Tab::Change);
    assert!(stage.text().contains("0200000001"), "{}", stage.text());
    assert!(matches!(stage.serving().form().unwrap().purpose, Purpose::Move(_)));
    stage.keys("\n\n\n");
    stage.function(9);
    assert_eq!(stage.desk.moves, 1, "{}", stage.text());
    assert_eq!(stage.working().duty.done[0].deed, Deed::Moved);
    stage.function(3);
    stage.function(11);
    assert_eq!(stage.working().asked, Some(Question::Cancel));
    stage.keys("\x1b");
    assert!(stage.desk.cancelled.is_empty());
    stage.function(11);
    stage.keys("\n");
    assert_eq!(stage.desk.cancelled.len(), 1, "{}", stage.text());
    assert_eq!(stage.working().duty.done[0].deed, Deed::Cancelled);
    assert!(!stage.text().contains("F10"), "there is nothing to print:\n{}", stage.text());
}

#[test]
fn an_intention_is_registered_changed_and_withdrawn() {
    let mut stage = at_work();
    stage.desk.registered = Some(None);
    stage.function(4);
    stage.insert(PracticeCard::MayBook);
    assert_eq!(stage.working().tab, Tab::Register);
    stage.keys("\n");
    stage.keys("0912345678\n");
    stage.keys("02\n");
    stage.keys("01\n");
    stage.function(9);
    let Step::Done(done) = &stage.serving().step else { panic!("{}", stage.text()) };
    assert!(matches!(**done, Done::Registered(_)));
    stage.function(4);
    stage.function(11);
    stage.keys("\n");
    assert_eq!(stage.desk.registered, Some(None));
    assert_eq!(stage.working().duty.done[0].deed, Deed::Withdrawn);
}

#[test]
fn a_reply_for_the_person_before_is_dropped() {
    let mut stage = at_work();
    stage.slow = true;
    stage.insert(PracticeCard::MayBook);
    let reading = std::mem::take(&mut stage.held);
    stage.slow = false;
    stage.pull();
    stage.insert(PracticeCard::NotInRound);
    // The first card's read, and its session, come late.
    stage.card = PracticeCard::MayBook.face();
    stage.perform(reading);
    stage.draw();
    assert!(
        stage.text().contains("甄〇輕") && !stage.text().contains("甄〇康"),
        "{}",
        stage.text()
    );

    let mut stage = at_work();
    filled_in(&mut stage);
    stage.slow = true;
    stage.function(9);
    stage.pull();
    assert_eq!(stage.working().duty.done[0].deed, Deed::Unsure, "it may have been done");
    stage.release();
    assert!(stage.working().desk.serving().is_none());
    assert!(!stage.text().contains("0200014637"), "{}", stage.text());
}

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_key() {
    let mut stage = at_work();
    filled_in(&mut stage);
    stage.desk.lose_answer = true;
    stage.function(9);
    assert!(matches!(stage.serving().step, Step::Sending { .. }));
    stage.function(12);
    assert_eq!(stage.working().asked, Some(Question::LeaveUnsure));
    stage.keys("\x1b");
    stage.wait(2);
    assert!(matches!(stage.serving().step, Step::Done(_)), "{}", stage.text());
    assert_eq!(stage.desk.booked.len(), 1);
    assert_eq!(stage.desk.submits[0], stage.desk.submits[1]);
}

#[test]
fn a_slot_that_became_full_is_chosen_anew_and_the_rest_stays() {
    let mut stage = at_work();
    filled_in(&mut stage);
    let form = stage.serving().form().unwrap();
    let (slot, site) = (form.slot.as_ref().unwrap().id, form.site.clone());
    stage.desk.fill(slot);
    stage.function(9);
    let form = stage.serving().form().unwrap();
    assert_eq!((form.field, &form.slot, &form.site), (Field::Slot, &None, &site));
    stage.keys("\n");
    stage.function(9);
    assert_eq!(stage.desk.booked.len(), 1);
}

#[test]
fn a_session_that_ends_in_the_middle_of_sending_is_opened_anew() {
    let mut stage = at_work();
    filled_in(&mut stage);
    stage.function(8);
    stage.keys("\n\n\n\n");
    stage.slow = true;
    stage.function(9);
    // The consent's session first, and then the booking, which finds its session over.
    stage.slow = false;
    let held = std::mem::take(&mut stage.held);
    stage.perform(held);
    assert!(matches!(stage.serving().step, Step::Done(_)), "{}", stage.text());
    stage.function(3);
    stage.desk.staff.next_problem = Some(Code::SessionOver);
    stage.function(11);
    stage.keys("\n");
    assert_eq!(stage.desk.cancelled.len(), 1, "{}", stage.text());
}

#[test]
fn the_days_list_is_searched_by_number_and_printed_again() {
    let mut stage = at_work();
    filled_in(&mut stage);
    stage.function(9);
    stage.function(12);
    stage.pull();
    stage.insert(PracticeCard::NotInRound);
    stage.function(5);
    assert!(stage.text().contains("4637") && stage.text().contains("R02"), "{}", stage.text());
    stage.keys("4637");
    let text = stage.text();
    assert!(text.contains("甄〇康") && !text.contains("R02"), "{text}");
    stage.function(10);
    assert_eq!(stage.prints, 1);
    stage.keys("\x1b");
    assert!(stage.text().contains("R02"), "{}", stage.text());
}

#[test]
fn numbers_are_typed_where_there_is_no_card() {
    let mut stage = at_work();
    stage.keys("A22345678");
    stage.keys("\n");
    assert!(stage.working().desk.serving().is_none(), "not whole");
    stage.keys("1\n000000000001\n");
    assert_eq!(stage.serving().visit.name_masked().unwrap(), "甄〇康");
    assert!(stage.text().contains("未插卡"), "{}", stage.text());
    let mut stage = at_work();
    stage.cabinet.journey.machine.profile.counter.as_mut().unwrap().typed_numbers = false;
    stage.draw();
    stage.keys("A223456781\n000000000001\n");
    assert!(stage.working().desk.serving().is_none());
}

#[test]
fn the_citizens_side_speaks_their_language_and_takes_their_consent() {
    let mut stage = Stage::counter(Language::ZhTw, SMALL);
    stage.staff_logs_in(PracticeStaff::User);
    stage.insert(PracticeCard::MigrantWorker);
    stage.function(7);
    stage.keys("4");
    assert!(stage.text().contains("Thông báo về quyền riêng tư"), "{}", stage.text());
    assert!(!stage.text().contains("隱私權公告"));
    stage.keys("+");
    assert!(stage.text().contains("隱私權公告"), "{}", stage.text());
    stage.keys("+\n");
    assert!(stage.serving().consent);
    stage.keys("\x1b");
    assert!(stage.text().contains("同意"), "the staff's side again:\n{}", stage.text());
    stage.function(12);
    stage.function(7);
    assert!(!stage.text().contains("Hãy"), "the next person's language is the first again");
}

#[test]
fn the_counter_is_touched_as_well_as_typed() {
    let mut stage = at_work();
    stage.insert(PracticeCard::MayBook);
    stage.touch(CounterAction::Focus(Field::Consent));
    stage.touch(CounterAction::Focus(Field::Site));
    stage.touch(CounterAction::Choose(0));
    stage.touch(CounterAction::Choose(0));
    stage.touch(CounterAction::Choose(0));
    stage.touch(CounterAction::Submit);
    assert!(matches!(stage.serving().step, Step::Done(_)), "{}", stage.text());
    stage.touch(CounterAction::Print);
    stage.touch(CounterAction::NextPerson);
    stage.touch(CounterAction::Tab(Tab::Today));
    stage.touch(CounterAction::Lock);
    assert!(stage.is_locked());
}

#[test]
fn what_cannot_be_done_has_no_button() {
    let mut stage = at_work();
    let offers = |stage: &Stage| {
        let all = [CounterAction::Submit, CounterAction::Print, CounterAction::GiveUp];
        all.map(|action| stage.shows(action))
    };
    stage.function(3);
    assert_eq!((stage.working().tab, offers(&stage)), (Tab::Change, [false; 3]), "nobody is there");
    stage.insert(PracticeCard::MayBook);
    stage.function(3);
    assert_eq!((stage.working().tab, offers(&stage)), (Tab::Change, [false; 3]), "nothing booked");
    stage.pull();
    stage.function(12);
    stage.insert(PracticeCard::AlreadyBooked);
    assert_eq!((stage.working().tab, offers(&stage)), (Tab::Change, [true; 3]));
}

//! The counter: who may work there, and what becomes of one person's data when the next one comes,
//! the card goes, or the counter locks.

use crate::stage::{LARGE, SMALL, Stage};
use rstest::rstest;
use vaxkiosk::api::problem::Code;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::counter::{CounterAction, Deed, Field, Tab};
use vaxkiosk::kiosk::screens::counter::form::Purpose;
use vaxkiosk::kiosk::screens::counter::serving::{Done, Step};
use vaxkiosk::kiosk::screens::counter::{CounterScreen, Notice, Question};

fn counter() -> Stage {
    Stage::counter(Language::ZhTw, LARGE)
}

fn at_work() -> Stage {
    let mut stage = counter();
    stage.staff_logs_in(PracticeStaff::User);
    stage
}

/// A booking with all that is needed but the press that sends it.
fn filled_in(stage: &mut Stage) {
    stage.insert(PracticeCard::MayBook);
    // Consent; the phone and the district are known; site, day and hour.
    stage.keys("\n\n\n\n");
}

#[test]
fn staff_log_in_with_card_and_pin() {
    let mut stage = counter();
    assert!(stage.is_logged_out());
    stage.staff_in(PracticeStaff::User);
    stage.keys("22222");
    stage.keys("\n");
    assert!(stage.is_logged_out(), "shorter than the card's PINs: it costs no try");
    assert!(!stage.text().contains("22222"), "{}", stage.text());
    stage.keys("2\n");
    assert_eq!(stage.working().tab, Tab::Book);
    for shown in ["登錄預約-練習健全藥局", "甄〇師", "F2", "F5", "訓練模式"] {
        assert!(stage.text().contains(shown), "{shown}:\n{}", stage.text());
    }
    assert!(!stage.text().contains("F6"), "they manage nobody");
}

#[test]
fn a_wrong_pin_and_each_refusal_have_their_own_sentence() {
    let mut seen = Vec::new();
    let mut told = |stage: &Stage| {
        let text = stage.text();
        let line = text.lines().find(|line| line.contains('▲')).unwrap_or_else(|| panic!("{text}"));
        let line = line.split('▲').nth(1).unwrap().chars().take(20).collect::<String>();
        assert!(!seen.contains(&line), "{line} twice");
        seen.push(line);
    };
    let mut stage = counter();
    stage.staff_in(PracticeStaff::User);
    stage.keys("999999\n");
    told(&stage);
    assert!(stage.is_logged_out());
    let refusals = [
        Code::StaffUnknown,
        Code::StaffElsewhere,
        Code::StaffWithdrawn,
        Code::CertificateExpired,
        Code::CertificateNotYetValid,
        Code::CertificateRevoked,
        Code::CertificateForeign,
        Code::CertificateUnusable,
        Code::ChallengeOver,
        Code::SignatureWrong,
        Code::NotACounter,
    ];
    for code in refusals {
        let mut stage = counter();
        stage.desk.staff.refuses = Some(code);
        stage.staff_logs_in(PracticeStaff::User);
        assert!(stage.is_logged_out());
        told(&stage);
        // The card is still in: the PIN can be typed again.
        stage.desk.staff.refuses = None;
        stage.keys("222222\n");
        assert_eq!(stage.working().tab, Tab::Book);
    }
    let mut stage = counter();
    stage.desk.cut = true;
    stage.staff_logs_in(PracticeStaff::User);
    told(&stage);
}

#[test]
fn a_card_of_another_institution_opens_nothing() {
    let mut stage = counter();
    stage.staff_logs_in(PracticeStaff::Elsewhere);
    assert!(stage.is_logged_out() && stage.text().contains("[E16]"), "{}", stage.text());
}

#[test]
fn nobody_is_served_before_the_log_in() {
    let mut stage = counter();
    stage.cabinet.journey.machine.profile.counter.as_mut().unwrap().nhi_staff_cards = false;
    stage.insert(PracticeCard::MayBook);
    stage.function(9);
    stage.keys("\n");
    assert!(stage.is_logged_out());
    assert!(!stage.text().contains("甄"), "{}", stage.text());
}

#[test]
fn an_nhi_card_with_its_password_logs_staff_in_where_the_profile_says_so() {
    let mut stage = counter();
    stage.insert(PracticeCard::Unregistered);
    stage.keys("abc124\n");
    assert!(stage.is_logged_out() && stage.text().contains('▲'), "{}", stage.text());
    stage.pull();
    stage.insert(PracticeCard::Unregistered);
    stage.keys("abc123\n");
    assert_eq!(stage.working().tab, Tab::Book);
    stage.pull();
    assert!(!stage.is_locked(), "their card makes room for the citizens'");
    stage.insert(PracticeCard::MayBook);
    assert_eq!(stage.serving().visit.name_masked().unwrap(), "甄〇康");
}

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
    assert_eq!((form.field, form.district), (Field::Consent, None), "what is empty comes next");
    stage.keys("\n");
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

#[rstest]
#[case::card_out(|stage: &mut Stage| stage.staff_out())]
#[case::pressed(|stage: &mut Stage| stage.input(Input::Lock))]
#[case::idle(|stage: &mut Stage| stage.wait(600))]
fn a_lock_in_the_middle_keeps_the_booking_for_the_same_staff_member(#[case] lock: fn(&mut Stage)) {
    let mut stage = at_work();
    filled_in(&mut stage);
    let before = stage.serving().form().unwrap().slot.clone();
    assert!(before.is_some());
    lock(&mut stage);
    assert!(stage.is_locked());
    let text = stage.text();
    for hidden in ["甄〇康", "A22", "0912", "大安區", "0200"] {
        assert!(!text.contains(hidden), "{hidden} is behind the lock:\n{text}");
    }
    stage.function(9);
    stage.function(12);
    assert!(stage.is_locked() && stage.desk.booked.is_empty());
    stage.staff_logs_in(PracticeStaff::User);
    assert_eq!(stage.working().notice, Some(Notice::WelcomeBack));
    assert_eq!(stage.serving().form().unwrap().slot, before);
    stage.function(9);
    assert_eq!(stage.desk.booked.len(), 1);
}

#[test]
fn another_staff_members_log_in_wipes_what_waits() {
    let mut stage = at_work();
    stage.insert(PracticeCard::NotInRound);
    stage.function(12);
    filled_in(&mut stage);
    stage.staff_out();
    stage.staff_logs_in(PracticeStaff::Manager);
    assert_eq!(stage.working().notice, Some(Notice::Wiped));
    assert!(stage.working().desk.serving().is_none() && stage.working().duty.done.is_empty());
    assert!(!stage.text().contains("甄〇康"), "{}", stage.text());
    assert_eq!(stage.desk.closed_sessions, 2, "both people's sessions are closed");
    assert_eq!(stage.desk.staff.closed, 1);
}

#[test]
fn a_card_that_is_taken_out_behind_the_lock_ends_the_visit() {
    let mut stage = at_work();
    filled_in(&mut stage);
    stage.input(Input::Lock);
    stage.pull();
    stage.staff_logs_in(PracticeStaff::User);
    assert!(stage.working().desk.serving().is_none());
}

#[test]
fn a_key_or_a_card_keeps_the_counter_open_and_silence_does_not() {
    let mut stage = at_work();
    stage.wait(599);
    stage.keys("\t");
    stage.wait(599);
    stage.insert(PracticeCard::MayBook);
    stage.wait(599);
    assert!(!stage.is_locked());
    stage.wait(1);
    assert!(stage.is_locked());
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
fn a_staff_session_that_ends_locks_and_the_work_waits() {
    let mut stage = at_work();
    filled_in(&mut stage);
    stage.desk.staff.next_problem = Some(Code::StaffSessionOver);
    stage.function(9);
    assert!(stage.is_locked());
    stage.keys("222222\n");
    assert_eq!(stage.desk.booked.len(), 1, "it goes on by itself:\n{}", stage.text());
}

#[test]
fn who_is_withdrawn_while_logged_in_is_out_at_once() {
    let mut stage = at_work();
    filled_in(&mut stage);
    stage.desk.staff.next_problem = Some(Code::StaffWithdrawn);
    stage.function(9);
    assert!(stage.is_logged_out() && stage.text().contains("[E17]"), "{}", stage.text());
    assert!(!stage.text().contains("甄〇康"));
}

#[test]
fn a_right_that_is_missing_is_said() {
    let mut stage = at_work();
    filled_in(&mut stage);
    stage.desk.staff.next_problem = Some(Code::RightMissing);
    stage.function(9);
    assert_eq!(stage.working().notice, Some(Notice::NoRight));
    assert!(stage.serving().form().unwrap().slot.is_some(), "what was entered stays");
    stage.function(6);
    assert_eq!((stage.working().tab, stage.working().notice), (Tab::Book, Some(Notice::NoRight)));
}

#[test]
fn logging_out_wipes_the_days_list() {
    let mut stage = at_work();
    filled_in(&mut stage);
    stage.function(9);
    stage.input(Input::LogOut);
    assert_eq!(stage.working().asked, Some(Question::LogOut));
    stage.keys("\n");
    assert!(stage.is_logged_out());
    stage.keys("222222\n");
    assert!(stage.working().duty.done.is_empty());
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
fn a_manager_adds_somebody_by_their_card_and_withdraws_somebody() {
    let mut stage = counter();
    stage.staff_logs_in(PracticeStaff::Manager);
    stage.function(6);
    assert!(stage.text().contains("甄〇師"), "{}", stage.text());
    // Down to "somebody new".
    stage.input(Input::Tab);
    stage.input(Input::Tab);
    stage.keys("\n");
    stage.staff_out();
    assert!(!stage.is_locked(), "their own card has to come out for that");
    stage.staff_in(PracticeStaff::Elsewhere);
    "甄新人".chars().for_each(|letter| stage.input(Input::Sign(letter)));
    stage.function(9);
    assert_eq!(stage.desk.staff.users[0].name.expose(), "甄新人");
    assert!(stage.is_locked(), "the manager has to show that they are still there");
    stage.staff_logs_in(PracticeStaff::Manager);
    stage.function(6);
    stage.input(Input::Tab);
    stage.keys("\n");
    stage.function(11);
    assert_eq!(stage.working().asked, Some(Question::WithdrawStaff));
    stage.keys("\n");
    assert!(stage.desk.staff.users.iter().any(|user| user.withdrawn.is_some()));
    assert_eq!(stage.working().notice, Some(Notice::StaffSaved));
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
fn a_counter_has_no_public_side() {
    let mut stage = counter();
    stage.act(vaxkiosk::kiosk::model::action::ScreenAction::Start);
    assert!(matches!(stage.at_counter().screen, CounterScreen::LoggedOut(_)));
    assert!(stage.visit().is_none());
}

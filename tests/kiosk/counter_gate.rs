//! Who may work at the counter: logging in, the lock that keeps what is half done for the same
//! staff member alone, rights, and the institution's users.

use crate::counter_steps::{at_work, counter, filled_in};
use crate::stage::Stage;
use crate::stage::staff_card::{LOCKING_PIN, card};
use rstest::rstest;
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::staff::CardRefusal;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::devices::staff_card::{StaffCard, StaffCardEvent, Tries};
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::counter::Tab;
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::screens::counter::{CounterScreen, Notice, Question};

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
    assert_eq!(stage.desk.staff.refusals, [CardRefusal::WrongPinLastTry], "the service knows");
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
fn a_refusal_that_the_line_has_lost_is_told_when_it_is_back() {
    let mut stage = counter();
    stage.desk.staff.loses_refusals = true;
    stage.staff_in(PracticeStaff::User);
    stage.keys("999999\n");
    assert!(stage.desk.staff.refusals.is_empty());
    stage.desk.staff.loses_refusals = false;
    stage.wait(10);
    assert_eq!(stage.desk.staff.refusals, [CardRefusal::WrongPinLastTry]);
    stage.keys("222222\n");
    assert_eq!(stage.working().tab, Tab::Book);
    stage.wait(10);
    assert_eq!(stage.desk.staff.refusals.len(), 1, "once");
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
fn a_manager_adds_somebody_by_their_card_and_withdraws_somebody() {
    let mut stage = counter();
    stage.staff_logs_in(PracticeStaff::Manager);
    stage.function(6);
    assert!(stage.text().contains("甄藥師"), "{}", stage.text());
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
fn a_manager_goes_from_the_users_to_the_day_in_figures_and_back() {
    let mut stage = counter();
    stage.desk.attendance.sites = 2;
    stage.staff_logs_in(PracticeStaff::Manager);
    stage.function(6);
    assert!(!stage.text().contains("合計") && stage.text().contains("甄藥師"), "{}", stage.text());
    stage.function(8);
    // An hour of the first site, its sum, and a site where nobody is booked.
    let text = stage.text();
    let figures = ["大安區練習診所（3）", "大安區練習診所（4）", "38", "78", "37"];
    assert!(figures.iter().all(|shown| text.contains(shown)), "{text}");
    assert!(!text.contains("甄藥師"), "{text}");
    stage.function(8);
    assert!(stage.text().contains("甄藥師"), "{}", stage.text());
    // A lost line says so, and an answer that comes too late changes nothing.
    stage.desk.cut = true;
    stage.function(8);
    assert!(stage.text().contains("連線"), "{}", stage.text());
    stage.keys("\x1b");
    let mut stage = counter();
    stage.staff_logs_in(PracticeStaff::User);
    stage.function(6);
    assert_eq!(stage.working().tab, Tab::Book, "it is for managers");
}

#[test]
fn a_counter_has_no_public_side() {
    let mut stage = counter();
    stage.act(vaxkiosk::kiosk::model::action::ScreenAction::Start);
    assert!(matches!(stage.at_counter().screen, CounterScreen::LoggedOut(_)));
    assert!(stage.visit().is_none());
}

#[test]
fn a_locked_practice_card_says_how_it_is_unlocked() {
    let mut stage = counter();
    let locked = StaffCard { tries: Tries::Locked, ..card(PracticeStaff::User) };
    stage.event(Event::StaffCard(StaffCardEvent::CardIn(locked)));
    let text = stage.text();
    assert!(text.contains("PIN 碼已鎖定") && text.contains("重新開始練習題"), "{text}");
    let pins = |stage: &Stage| stage.text().contains('▏');
    assert!(!pins(&stage), "it takes none:\n{text}");
    stage.keys("222222\n");
    assert!(stage.is_logged_out() && !pins(&stage) && !stage.text().contains('●'));
    // The last wrong one says the same.
    stage.staff_out();
    stage.staff_in(PracticeStaff::User);
    assert!(pins(&stage), "{}", stage.text());
    stage.keys(LOCKING_PIN);
    stage.keys("\n");
    assert!(!pins(&stage) && stage.text().contains("PIN 碼已鎖定"), "{}", stage.text());
}

//! What nobody meant at the desk of a vaccination site, and what must not be lost there: keys that
//! were on their way when the screen changed, days that open while entries are sent, and the night.

use crate::site_receipts::{code, cut, desk_of, mend, scan, taken, works};
use crate::stage::desk::attendance::{TODAY, number, receipt_of};
use crate::stage::{LARGE, Stage};
use jiff::civil::Date;
use rstest::rstest;
use std::time::Duration;
use vaxkiosk::api::attendance::AttendanceStep;
use vaxkiosk::api::problem::Code;
use vaxkiosk::devices::journal::JournalFault;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::model::site::SitePage;
use vaxkiosk::kiosk::screens::counter::Question;
use vaxkiosk::kiosk::screens::counter::site::Front;

fn pass(stage: &mut Stage, milliseconds: u64) {
    stage.uptime += Duration::from_millis(milliseconds);
}

fn with_lot() -> Stage {
    let mut stage = works();
    stage.function(4);
    stage.keys("3004217\n");
    stage
}

/// One of the held answers of the journal.
fn answer(stage: &mut Stage) {
    let held = stage.journal.held.remove(0);
    stage.event(Event::Journal(held));
}

/// The desk after a night, with an entry of each of these days kept.
fn kept_on(days: &[Date]) -> Stage {
    let mut stage = works();
    cut(&mut stage);
    for nth in 0..days.len() {
        scan(&mut stage, &receipt_of(nth as u32));
        stage.keys("1");
    }
    let mut journal = stage.journal.clone();
    let kept = journal.days.pop_first().unwrap().1;
    for (day, mut kept) in days.iter().zip(kept) {
        kept.day = *day;
        journal.days.entry(*day).or_default().push(kept);
    }
    Stage::site_again(Language::En, LARGE, journal, 1000)
}

#[test]
fn a_day_that_opens_while_entries_are_on_their_way_loses_none() {
    let mut stage = kept_on(&[TODAY.yesterday().unwrap(), TODAY]);
    stage.journal.slow = true;
    stage.staff_logs_in(PracticeStaff::Manager);
    stage.slow = true;
    // Today's opens: its entry is sent, and yesterday's list asked for.
    answer(&mut stage);
    let later = stage.held.split_off(1);
    let earlier = std::mem::replace(&mut stage.held, later);
    stage.slow = false;
    stage.perform(earlier);
    stage.slow = true;
    answer(&mut stage);
    assert_eq!(desk_of(&stage).kept.len(), 2);
    stage.journal.slow = false;
    stage.release();
    let mut came: Vec<_> = taken(&stage).into_iter().map(|(number, _)| number).collect();
    came.sort_unstable();
    assert_eq!(came, [number(0), number(1)], "each once");
    assert!(stage.journal.is_empty() && desk_of(&stage).kept.is_empty());
}

#[test]
fn a_key_that_comes_with_another_answer_enters_nothing_and_1_never_vaccinates() {
    let mut stage = with_lot();
    scan(&mut stage, &receipt_of(4));
    stage.desk.attendance.checked_in_elsewhere(4);
    while code(&stage) != "C06" {
        stage.wait(1);
    }
    stage.input_at_once(Input::Function(9));
    stage.input_at_once(Input::Digit(1));
    assert!(taken(&stage).is_empty(), "they were meant for what stood there");
    stage.keys("1");
    assert!(taken(&stage).is_empty());
    stage.function(9);
    assert!(matches!(taken(&stage)[..], [(_, AttendanceStep::Vaccinated { .. })]));
    // By rhythm, with one receipt twice.
    for _ in 0..2 {
        scan(&mut stage, &receipt_of(5));
        stage.keys("1");
    }
    assert_eq!(taken(&stage)[1..], [(number(5), AttendanceStep::CheckIn)]);
}

#[test]
fn a_function_key_is_for_whoever_is_on_the_screen_and_has_been_seen() {
    let mut stage = with_lot();
    stage.desk.attendance.checked_in_elsewhere(5);
    stage.wait(61);
    scan(&mut stage, &receipt_of(4));
    stage.keys("1");
    scan(&mut stage, &receipt_of(5));
    pass(&mut stage, 100);
    stage.input_at_once(Input::Function(9));
    assert_eq!(taken(&stage).len(), 1, "it was meant for the one before");
    stage.function(11);
    assert_eq!(taken(&stage).len(), 1, "and theirs is not taken back out of sight");
    for page in [3, 5, 6] {
        stage.function(page);
        for key in [9, 10, 11] {
            stage.function(key);
        }
        stage.keys("\x1b");
        assert_eq!(taken(&stage).len(), 1, "on page {page}");
    }
    pass(&mut stage, 400);
    stage.function(9);
    assert_eq!(taken(&stage).len(), 2);
}

#[test]
fn the_lots_page_is_saved_by_the_key_that_saves() {
    let mut stage = works();
    stage.function(4);
    stage.keys("ab-1");
    stage.function(9);
    assert_eq!(
        (desk_of(&stage).lot.as_deref(), desk_of(&stage).page),
        (Some("AB-1"), SitePage::Desk)
    );
}

#[test]
fn a_conflict_is_not_dismissed_by_a_key_that_was_on_its_way() {
    let mut stage = works();
    stage.desk.attendance.checked_in_elsewhere(4);
    stage.slow = true;
    scan(&mut stage, &receipt_of(4));
    stage.keys("1");
    pass(&mut stage, 400);
    stage.release();
    for key in [Input::Digit(1), Input::Digit(0), Input::Enter] {
        stage.input_at_once(key);
    }
    assert_eq!(desk_of(&stage).conflicts().count(), 1, "{}", stage.text());
    assert!(stage.text().contains("Conflict"));
    stage.keys("1");
    assert_eq!(desk_of(&stage).conflicts().count(), 0);
}

#[test]
fn the_next_number_is_typed_on_over_what_was_done_as_fast_as_it_comes() {
    let mut stage = works();
    scan(&mut stage, &receipt_of(4));
    stage.keys("1");
    pass(&mut stage, 1500);
    stage.keys_at_once("0200014631\n");
    assert!(stage.text().contains("NGUYEN T"), "{}", stage.text());
    // Over whoever waits for an answer it is not.
    pass(&mut stage, 1500);
    let bells = stage.bells;
    stage.keys_at_once("34");
    assert!(matches!(desk_of(&stage).front, Front::Shown(_)) && stage.bells == bells + 2);
}

#[test]
fn enter_checks_in_who_may_come_in_and_drops_nobody() {
    let mut stage = works();
    scan(&mut stage, &receipt_of(4));
    stage.keys("\n");
    assert_eq!(taken(&stage), [(number(4), AttendanceStep::CheckIn)]);
    stage.keys("\n");
    assert_eq!(desk_of(&stage).front, Front::ready());
}

#[test]
fn a_mistake_of_somebody_before_the_last_is_taken_back() {
    let mut stage = works();
    for nth in [4, 5] {
        scan(&mut stage, &receipt_of(nth));
        stage.keys("1");
    }
    scan(&mut stage, &receipt_of(4));
    stage.wait(61);
    assert!(stage.text().contains("F11"), "{}", stage.text());
    stage.function(11);
    assert_eq!(taken(&stage)[2..], [(number(4), AttendanceStep::TakeBack)]);
    // What another desk has entered since is not this one's to take back.
    stage.desk.attendance.checked_in_elsewhere(4);
    stage.wait(61);
    scan(&mut stage, &receipt_of(4));
    stage.function(11);
    assert_eq!(taken(&stage).len(), 3);
}

#[test]
fn nothing_of_yesterday_is_left_after_a_night_behind_the_lock() {
    let mut stage = with_lot();
    scan(&mut stage, &receipt_of(4));
    stage.keys("1");
    stage.staff_out();
    stage.wall += jiff::SignedDuration::from_hours(23);
    stage.staff_logs_in(PracticeStaff::Manager);
    let desk = desk_of(&stage);
    assert_eq!((&desk.lot, &desk.last, desk.sent), (&None, &None, 0));
    assert_eq!(desk.front, Front::ready());
    stage.function(11);
    assert_eq!(taken(&stage).len(), 1);
}

#[test]
fn every_earlier_day_is_sent_at_one_log_in() {
    let days = [TODAY.yesterday().unwrap().yesterday().unwrap(), TODAY.yesterday().unwrap()];
    let mut stage = kept_on(&days);
    stage.staff_logs_in(PracticeStaff::Manager);
    assert_eq!(taken(&stage).len(), 2);
    assert!(stage.journal.is_empty());
}

#[test]
fn an_earlier_day_is_asked_for_again_and_one_that_cannot_be_read_is_told() {
    let mut stage = kept_on(&[TODAY.yesterday().unwrap()]);
    stage.journal.slow = true;
    stage.staff_logs_in(PracticeStaff::Manager);
    stage.desk.attendance.refuses_list = Some(Code::Unavailable);
    answer(&mut stage);
    stage.journal.slow = false;
    stage.wait(30);
    assert!(taken(&stage).is_empty());
    stage.desk.attendance.refuses_list = None;
    stage.wait(61);
    assert_eq!(taken(&stage).len(), 1);

    let mut stage = kept_on(&[TODAY.yesterday().unwrap()]);
    stage.journal.slow = true;
    stage.staff_logs_in(PracticeStaff::Manager);
    stage.desk.attendance.refuses_list = Some(Code::NotFound);
    answer(&mut stage);
    assert!(stage.text().contains("Part of the saved"), "{}", stage.text());
    assert_eq!(stage.journal.days.len(), 1, "it stays");
}

#[rstest]
#[case::a_receipt(|stage: &mut Stage| scan(stage, &receipt_of(4)))]
#[case::a_card(|stage: &mut Stage| stage.insert(PracticeCard::AlreadyBooked))]
fn without_a_list_the_desk_says_so(#[case] shows: fn(&mut Stage)) {
    let mut stage = Stage::site(Language::En, LARGE);
    stage.desk.attendance.refuses_list = Some(Code::Unavailable);
    stage.staff_logs_in(PracticeStaff::Manager);
    shows(&mut stage);
    assert!(stage.text().contains("No list yet"), "{}", stage.text());
}

#[test]
fn without_the_right_nothing_is_said_to_be_saved() {
    let mut stage = works();
    stage.desk.attendance.refuses_list = Some(Code::RightMissing);
    stage.wait(61);
    scan(&mut stage, &receipt_of(4));
    stage.keys("1\n");
    assert!(taken(&stage).is_empty() && stage.journal.is_empty());
    let told = "do not have the right";
    assert!(stage.text().contains(told), "{}", stage.text());
    stage.keys("\x1b\x1b");
    assert!(stage.text().contains(told), "it stays:\n{}", stage.text());
    stage.desk.attendance.refuses_list = None;
    stage.wait(61);
    scan(&mut stage, &receipt_of(4));
    stage.keys("1");
    assert_eq!(taken(&stage).len(), 1);
}

#[test]
fn who_logs_out_waits_for_what_the_disk_did_not_take() {
    let mut stage = works();
    stage.journal.fault = Some(JournalFault::Full);
    stage.slow = true;
    scan(&mut stage, &receipt_of(4));
    stage.keys("1");
    stage.input(Input::LogOut);
    assert_eq!(stage.working().asked, None);
    stage.release();
    stage.input(Input::LogOut);
    assert_eq!(stage.working().asked, Some(Question::LogOut));
}

#[test]
fn a_desk_without_a_line_is_not_locked_by_a_slip_and_the_lock_says_what_is_kept() {
    let mut stage = works();
    cut(&mut stage);
    stage.input(Input::Lock);
    assert_eq!(stage.working().asked, Some(Question::LockOffline));
    assert!(stage.text().contains("Nobody can log in without a connection"), "{}", stage.text());
    stage.keys("\x1b");
    stage.staff_out();
    let text = stage.text();
    assert!(stage.is_locked() && text.contains("Nobody can log in without a connection"), "{text}");
    assert!(text.contains("also if somebody else logs in") && !text.contains("deleted"), "{text}");
    mend(&mut stage);
    assert!(!stage.text().contains("Nobody can log in"), "{}", stage.text());
}

#[test]
fn a_scan_changes_nothing_beneath_a_question_and_lies_over_no_log_in() {
    let mut stage = works();
    scan(&mut stage, &receipt_of(4));
    stage.input(Input::LogOut);
    scan(&mut stage, &receipt_of(5));
    stage.keys("\x1b");
    assert!(stage.text().contains("王〇明"), "{}", stage.text());
    stage.staff_out();
    scan(&mut stage, &receipt_of(5));
    assert!(stage.cabinet.journey.overlay.is_none());
}

//! The desk of a vaccination site by its keys, its scanner and its reader: each entry is kept
//! before it is said to be done, and nothing is lost or entered twice.

use crate::site_receipts::{code, cut, desk_of, mend, scan, taken, works};
use crate::stage::desk::attendance::{number, receipt_of};
use crate::stage::{LARGE, Stage};
use vaxkiosk::api::attendance::AttendanceStep;
use vaxkiosk::devices::journal::JournalFault;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::model::action::GlobalAction;
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::model::site::SitePage;

#[test]
fn a_receipt_and_one_key_check_somebody_in() {
    let mut stage = works();
    scan(&mut stage, &receipt_of(4));
    assert!(stage.text().contains("Ready to check in") && stage.text().contains("王〇明"));
    stage.keys("1");
    assert_eq!(taken(&stage), [(number(4), AttendanceStep::CheckIn)]);
    assert!(stage.text().contains("Checked in"), "{}", stage.text());
    // The field is ready: the next scan, and the next.
    scan(&mut stage, &receipt_of(5));
    stage.keys("1");
    scan(&mut stage, &receipt_of(4));
    assert_eq!(code(&stage), "C06", "already in");
    assert_eq!(desk_of(&stage).sent, 2);
    assert!(stage.journal.is_empty(), "what was answered is kept no longer");
}

#[test]
fn a_card_and_a_typed_number_find_the_same_person() {
    let mut stage = works();
    stage.insert(PracticeCard::AlreadyBooked);
    assert!(stage.text().contains("甄〇約") && code(&stage).is_empty(), "{}", stage.text());
    stage.keys("\x1b");
    stage.keys(&number(7).to_string());
    stage.keys("\n");
    assert!(stage.text().contains("甄〇約") && code(&stage).is_empty());
    stage.insert(PracticeCard::MayBook);
    assert_eq!(code(&stage), "C09", "they have no booking here today");
    // Digits of the next number begin it once nobody is in front who waits for an answer.
    stage.keys("02");
    assert_eq!(code(&stage), "C09");
    stage.keys("\x1b0200014631\n");
    assert!(stage.text().contains("NGUYEN T"), "{}", stage.text());
    stage.keys("\x1b02\n");
    assert_eq!(code(&stage), "C15");
}

#[test]
fn vaccinated_asks_for_the_lot_once_and_the_last_entry_can_be_taken_back() {
    let mut stage = works();
    scan(&mut stage, &receipt_of(0));
    stage.keys("1");
    stage.function(9);
    assert_eq!(desk_of(&stage).page, SitePage::Lot);
    stage.keys("3004217a\n");
    assert!(stage.text().contains("Lot 3004217A"), "{}", stage.text());
    stage.function(9);
    let given = AttendanceStep::Vaccinated { lot: "3004217A".into() };
    assert_eq!(taken(&stage)[1..], [(number(0), given.clone())]);
    stage.function(11);
    assert_eq!(taken(&stage)[2..], [(number(0), AttendanceStep::TakeBack)]);
    stage.function(11);
    assert_eq!(taken(&stage).len(), 3, "once");
    // Later, at the vaccination itself: the lot is still known.
    scan(&mut stage, &receipt_of(0));
    assert_eq!(code(&stage), "C06");
    stage.function(9);
    assert_eq!(taken(&stage)[3..], [(number(0), given)]);
    scan(&mut stage, &receipt_of(1));
    stage.keys("1");
    scan(&mut stage, &receipt_of(1));
    stage.function(10);
    assert_eq!(taken(&stage)[5..], [(number(1), AttendanceStep::Left)]);
}

#[test]
fn nothing_is_said_to_be_done_before_it_is_on_the_disk() {
    let mut stage = works();
    stage.journal.slow = true;
    scan(&mut stage, &receipt_of(4));
    stage.keys("1");
    assert!(stage.text().contains("Saving") && !stage.text().contains("Checked in"));
    assert!(taken(&stage).is_empty(), "and nothing is sent");
    // Keys and scans wait for it.
    stage.keys("111\x1b");
    scan(&mut stage, &receipt_of(5));
    assert_eq!(stage.journal.held.len(), 1);
    let held = stage.journal.held.remove(0);
    stage.event(Event::Journal(held));
    assert!(stage.text().contains("Checked in"));
    assert_eq!(taken(&stage), [(number(4), AttendanceStep::CheckIn)]);
}

#[test]
fn without_a_line_entries_are_kept_and_then_sent_in_their_order_each_once() {
    let mut stage = works();
    cut(&mut stage);
    for nth in [0, 1, 2] {
        scan(&mut stage, &receipt_of(nth));
        stage.keys("1");
    }
    scan(&mut stage, &receipt_of(1));
    assert_eq!(code(&stage), "C06", "the desk knows what it has entered");
    assert_eq!((desk_of(&stage).unsent(), stage.journal.days.len()), (3, 1));
    assert!(stage.text().contains("To be sent: 3"), "{}", stage.text());
    // The first answer is lost on the way: the same is sent again.
    stage.desk.attendance.lose_answer = true;
    mend(&mut stage);
    stage.wait(40);
    let checked: Vec<_> = taken(&stage).into_iter().map(|(number, _)| number).collect();
    assert_eq!(checked, [0, 1, 2, 0, 1, 2].map(number));
    let ids: std::collections::HashSet<_> =
        stage.desk.attendance.received.iter().map(|entry| entry.id.clone()).collect();
    assert_eq!(ids.len(), 3, "each has one id for ever");
    assert!(stage.desk.attendance.received.iter().all(|entry| entry.offline));
    assert!(desk_of(&stage).kept.is_empty() && stage.journal.is_empty());
}

#[test]
fn a_power_cut_loses_nothing_that_was_said_to_be_done() {
    let mut stage = works();
    cut(&mut stage);
    for nth in [0, 1] {
        scan(&mut stage, &receipt_of(nth));
        stage.keys("1");
    }
    let journal = stage.journal.clone();
    let mut stage = Stage::site_again(Language::En, LARGE, journal, 1000);
    stage.staff_logs_in(PracticeStaff::User);
    let checked: Vec<_> = taken(&stage).into_iter().map(|(number, _)| number).collect();
    assert_eq!(checked, [0, 1].map(number), "also by somebody else who logs in");
    assert!(stage.journal.is_empty());
}

#[test]
fn what_was_kept_on_an_earlier_day_is_sent_too() {
    let mut stage = works();
    cut(&mut stage);
    scan(&mut stage, &receipt_of(0));
    stage.keys("1");
    let mut journal = stage.journal.clone();
    let kept = journal.days.pop_first().unwrap().1;
    let yesterday = jiff::civil::date(2027, 7, 15);
    let kept = kept.into_iter().map(|mut kept| {
        kept.day = yesterday;
        kept
    });
    journal.days.insert(yesterday, kept.collect());
    // The stage's journal finds other days only when today's is opened.
    let mut stage = Stage::site_again(Language::En, LARGE, journal, 1000);
    stage.staff_logs_in(PracticeStaff::Manager);
    assert_eq!(taken(&stage).len(), 1);
    assert!(stage.journal.is_empty());
}

#[test]
fn a_conflict_is_told_at_once_and_until_it_was_read() {
    let mut stage = works();
    stage.desk.attendance.checked_in_elsewhere(4);
    scan(&mut stage, &receipt_of(4));
    stage.keys("1");
    let text = stage.text();
    assert!(text.contains("Conflict") && text.contains("desk 2"), "{text}");
    stage.keys("1");
    assert_eq!(desk_of(&stage).conflicts().count(), 0);
    assert!(stage.journal.is_empty());
    // Without a line it is told later, with the person's name, also after the power was gone.
    cut(&mut stage);
    scan(&mut stage, &receipt_of(5));
    stage.keys("1");
    stage.desk.attendance.checked_in_elsewhere(5);
    scan(&mut stage, &receipt_of(6));
    stage.keys("1");
    mend(&mut stage);
    assert!(stage.text().contains("1 conflict"), "{}", stage.text());
    let mut stage = Stage::site_again(Language::En, LARGE, stage.journal.clone(), 2000);
    stage.staff_logs_in(PracticeStaff::Manager);
    stage.function(5);
    let text = stage.text();
    assert!(text.contains("張〇偉") && text.contains("desk 2"), "{text}");
    stage.keys("\n");
    assert!(desk_of(&stage).kept.is_empty() && stage.journal.is_empty());
}

#[test]
fn where_the_disk_takes_nothing_the_service_must_or_nothing_is_entered() {
    let mut stage = works();
    stage.journal.fault = Some(JournalFault::Full);
    scan(&mut stage, &receipt_of(4));
    stage.keys("1");
    assert!(stage.text().contains("Checked in"), "the service has it:\n{}", stage.text());
    assert_eq!(taken(&stage).len(), 1);
    cut(&mut stage);
    scan(&mut stage, &receipt_of(5));
    stage.keys("1");
    let text = stage.text();
    assert!(text.contains("Not saved") && text.contains("disk"), "{text}");
    assert!(desk_of(&stage).kept.is_empty() && taken(&stage).len() == 1);
    // It is tried again at a press, with the disk mended.
    stage.journal.fault = None;
    stage.keys("1");
    assert!(stage.text().contains("Checked in") && stage.journal.days.len() == 1);
    // The line is lost at the same moment.
    mend(&mut stage);
    stage.journal.fault = Some(JournalFault::Failed);
    stage.desk.cut = true;
    scan(&mut stage, &receipt_of(6));
    stage.keys("1");
    assert!(stage.text().contains("Not saved"), "{}", stage.text());
    stage.desk.cut = false;
    stage.wait(120);
    let six = taken(&stage).iter().filter(|(other, _)| *other == number(6)).count();
    assert_eq!(six, 0, "what was said not to be entered is not sent later");
}

#[test]
fn an_entry_at_the_moment_of_an_answer_stays_in_the_journal() {
    let mut stage = works();
    stage.slow = true;
    scan(&mut stage, &receipt_of(4));
    stage.keys("1");
    // The first is on its way to the service when the second is on its way to the disk.
    stage.journal.slow = true;
    scan(&mut stage, &receipt_of(5));
    stage.keys("1");
    stage.release();
    let kept: Vec<_> =
        stage.journal.days.values().flatten().map(|kept| kept.entry.number).collect();
    assert_eq!(kept, [number(5)], "what was answered is gone, and nothing else");
}

#[test]
fn the_list_is_renewed_each_minute_while_the_line_is_up() {
    let mut stage = works();
    let before = stage.desk.attendance.lists;
    stage.wait(59);
    assert_eq!(stage.desk.attendance.lists, before);
    stage.wait(2);
    assert_eq!(stage.desk.attendance.lists, before + 1);
    scan(&mut stage, &receipt_of(4));
    stage.keys("1");
    stage.wait(7);
    assert_eq!(stage.desk.attendance.lists, before + 2, "and soon after entries");
}

#[test]
fn what_another_desk_entered_too_is_told_until_it_is_read() {
    let mut stage = works();
    scan(&mut stage, &receipt_of(4));
    stage.keys("1");
    stage.desk.attendance.was_checked_in_twice(4);
    let bells = stage.bells;
    stage.wait(60);
    assert_eq!(stage.bells, bells + 1, "it is heard");
    assert!(stage.text().contains("1 conflict (F5)"), "{}", stage.text());
    stage.wait(60);
    assert_eq!(stage.bells, bells + 1, "once");
    stage.function(5);
    for shown in ["王〇明", "0200014634", "Checked in 09:05, desk 2", "This desk’s entry counts"]
    {
        assert!(stage.text().contains(shown), "{shown}:\n{}", stage.text());
    }
    // Read without a line, the service knows it as soon as there is one.
    cut(&mut stage);
    stage.keys("\n");
    assert_eq!(desk_of(&stage).page, SitePage::Desk);
    assert!(stage.desk.attendance.seen.is_empty());
    mend(&mut stage);
    stage.wait(40);
    assert_eq!(stage.desk.attendance.seen, [format!("{:032x}", 4)]);
    stage.wait(60);
    assert!(!stage.text().contains("conflict"), "{}", stage.text());
}

#[test]
fn a_locked_desk_shows_nobody_and_goes_on_where_it_was() {
    let mut stage = works();
    scan(&mut stage, &receipt_of(4));
    stage.staff_out();
    assert!(stage.is_locked() && !stage.text().contains("王〇明"), "{}", stage.text());
    scan(&mut stage, &receipt_of(5));
    stage.act(GlobalAction::Back);
    stage.staff_logs_in(PracticeStaff::Manager);
    assert!(stage.text().contains("王〇明"), "{}", stage.text());
    // Without a line nobody could log in again, so that it does not lock by itself.
    cut(&mut stage);
    stage.wait(1300);
    assert!(!stage.is_locked());
    // It comes back while nobody is there.
    stage.desk.cut = false;
    stage.wait(20);
    assert!(stage.is_locked(), "but as soon as it can");
}

#[test]
fn figures_are_for_managers() {
    let mut stage = works();
    stage.function(6);
    let text = stage.text();
    assert!(text.contains("Absent") && text.contains("115"), "{text}");
    let mut stage = Stage::site(Language::En, LARGE);
    stage.staff_logs_in(PracticeStaff::User);
    stage.function(6);
    assert_eq!(desk_of(&stage).page, SitePage::Desk);
}

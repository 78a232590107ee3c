//! Each page of a vaccination site's desk in every language and size, as a picture in text; and
//! that nowhere a text is cut off or a language mixed in.

use crate::pages::{Way, has_one_language, pictures};
use crate::stage::desk::attendance::{HERE, at, number, receipt, receipt_of};
use crate::stage::desk::leftovers::{CODES, Leftovers};
use crate::stage::{LARGE, SMALL, Stage};
use rstest::rstest;
use vaxkiosk::devices::journal::JournalFault;
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::domain::attendance::Attendance;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::kiosk::model::event::Event;

const DRAWN: (u16, u16) = (85, 24);
const WIDE: (u16, u16) = (160, 50);

fn works(s: &mut Stage) {
    s.desk.attendance.checked_in_elsewhere(0);
    s.desk.attendance.checked_in_elsewhere(1);
    s.desk.attendance.stands(6, Attendance::Moved);
    s.desk.attendance.stands(5, Attendance::Cancelled);
    s.staff_logs_in(PracticeStaff::Manager);
}

fn scans(s: &mut Stage, text: &str) {
    works(s);
    s.event(Event::Scanned(Personal::new(text)));
}

fn leftover(s: &mut Stage, doses: u32) {
    works(s);
    s.desk.attendance.leftovers.view = Leftovers::left(doses);
    s.function(7);
}

fn no_line(s: &mut Stage) {
    works(s);
    s.desk.cut = true;
    s.wait(61);
}

const PAGES: [(&str, Way); 34] = [
    ("site_log_in", |_| {}),
    ("site_ready", works),
    ("site_typed", |s| {
        works(s);
        s.keys("020001");
    }),
    ("site_may", |s| scans(s, &receipt_of(4))),
    ("site_early", |s| scans(s, &receipt_of(8))),
    ("site_late", |s| {
        s.wall += jiff::SignedDuration::from_hours(2);
        scans(s, &receipt_of(4));
    }),
    ("site_another_day", |s| scans(s, &receipt(number(90), HERE, at(17, 9, 0), at(13, 11, 0)))),
    ("site_another_site", |s| scans(s, &receipt(number(91), 4711, at(16, 9, 0), at(13, 11, 0)))),
    ("site_moved", |s| scans(s, &receipt_of(6))),
    ("site_cancelled", |s| scans(s, &receipt_of(5))),
    ("site_already_in", |s| scans(s, &receipt_of(1))),
    ("site_absent", |s| {
        s.desk.attendance.stands(4, Attendance::Absent);
        scans(s, &receipt_of(4));
    }),
    ("site_not_listed", |s| scans(s, &receipt(number(92), HERE, at(16, 9, 0), at(13, 11, 0)))),
    ("site_damaged", |s| scans(s, "VAX1:")),
    ("site_not_a_receipt", |s| scans(s, "4710088412345")),
    ("site_newer", |s| {
        no_line(s);
        let text = receipt(number(51), HERE, at(16, 9, 0), at(16, 9, 14));
        s.event(Event::Scanned(Personal::new(text)));
    }),
    ("site_checked_in", |s| {
        scans(s, &receipt_of(4));
        s.keys("1");
    }),
    ("site_kept", |s| {
        no_line(s);
        s.event(Event::Scanned(Personal::new(receipt_of(4))));
        s.keys("1");
    }),
    ("site_not_saved", |s| {
        no_line(s);
        s.journal.fault = Some(JournalFault::Full);
        s.event(Event::Scanned(Personal::new(receipt_of(4))));
        s.keys("1");
    }),
    ("site_conflict", |s| {
        scans(s, &receipt_of(4));
        s.desk.attendance.checked_in_elsewhere(4);
        s.keys("1");
    }),
    ("site_list", |s| {
        works(s);
        s.function(3);
    }),
    ("site_lot", |s| {
        works(s);
        s.function(4);
        s.keys("3004217");
    }),
    ("site_conflicts", |s| {
        no_line(s);
        s.event(Event::Scanned(Personal::new(receipt_of(4))));
        s.keys("1");
        s.desk.attendance.checked_in_elsewhere(4);
        s.desk.cut = false;
        s.wait(30);
        s.function(5);
    }),
    ("site_conflict_told", |s| {
        scans(s, &receipt_of(4));
        s.keys("1");
        s.desk.attendance.was_checked_in_twice(4);
        s.wait(60);
        s.function(5);
    }),
    ("site_figures", |s| {
        works(s);
        s.function(6);
    }),
    ("site_log_out", |s| {
        no_line(s);
        s.event(Event::Scanned(Personal::new(receipt_of(4))));
        s.keys("1");
        s.input(vaxkiosk::kiosk::cabinet::Input::LogOut);
    }),
    ("site_leftover", |s| leftover(s, 2)),
    ("site_leftover_given", |s| {
        leftover(s, 2);
        s.keys(CODES[0]);
        s.keys("\n");
    }),
    ("site_leftover_none", |s| {
        leftover(s, 0);
        s.keys(CODES[0]);
        s.keys("\n");
    }),
    ("site_leftover_wrong", |s| {
        leftover(s, 2);
        s.keys("1234567890\n");
    }),
    ("site_leftover_doses", |s| {
        leftover(s, 0);
        s.desk.attendance.leftovers.lose_answer = true;
        s.function(8);
        s.keys("3\n");
        s.wait(1);
    }),
    ("site_leftover_many", |s| {
        leftover(s, 2);
        s.function(8);
        s.keys("12\n");
    }),
    ("site_leftover_no_line", |s| {
        leftover(s, 2);
        s.desk.cut = true;
        s.wait(61);
    }),
    ("site_locked", |s| {
        scans(s, &receipt_of(4));
        s.staff_out();
    }),
];

fn staged(language: Language, size: (u16, u16), way: Way) -> Stage {
    let mut stage = Stage::site(language, size);
    way(&mut stage);
    stage.draw();
    stage
}

#[test]
fn every_page_in_every_language_and_size_looks_as_agreed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for (name, way) in PAGES {
            let pictures = pictures(&[SMALL, DRAWN, LARGE, WIDE], |language, size| {
                staged(language, size, way)
            });
            insta::assert_snapshot!(name, pictures);
        }
    });
}

#[rstest]
fn no_text_is_cut_off(
    #[values(Language::ZhTw, Language::En, Language::Ja, Language::Vi, Language::Id, Language::Th)]
    language: Language,
) {
    let mut failures = Vec::new();
    for (name, way) in PAGES {
        for size in [SMALL, DRAWN, LARGE, WIDE, (120, 36)] {
            let stage = staged(language, size, way);
            if !stage.cut_off.is_empty() {
                failures.push(format!("{name} at {size:?}: {:?}", stage.cut_off));
            }
        }
    }
    assert!(failures.is_empty(), "{} cut off:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn no_page_mixes_two_languages() {
    // Names of people and places.
    let own = ["甄", "練習", "〇", "中文"];
    for (name, way) in PAGES {
        has_one_language(name, &own, |language| staged(language, SMALL, way));
    }
}

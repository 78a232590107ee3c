//! Doses that are left at a vaccination site's desk: the figures as they come, how many more there
//! are, and the code of whoever comes first.

use crate::site_receipts::{code, cut, desk_of, mend, scan, taken, works};
use crate::stage::Stage;
use crate::stage::desk::attendance::receipt_of;
use crate::stage::desk::leftovers::{BOOKED, CODES, Leftovers};
use vaxkiosk::api::attendance::AttendanceStep;
use vaxkiosk::api::problem::Code;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::site::SitePage;
use vaxkiosk::kiosk::screens::counter::leftover::{Claim, DosesSaid, NoDose};

/// The page with so many doses.
fn opened(doses: u32) -> Stage {
    let mut stage = works();
    stage.desk.attendance.leftovers.view = Leftovers::left(doses);
    stage.function(7);
    stage
}

fn comes(stage: &mut Stage, code: &str) {
    stage.keys(code);
    stage.keys("\n");
}

fn no_dose(stage: &Stage) -> Option<NoDose> {
    match desk_of(stage).leftover.claim {
        Claim::NoDose(why) => Some(why),
        Claim::Ready | Claim::Asked { .. } | Claim::Given(_) => None,
    }
}

#[test]
fn whoever_comes_first_gets_the_dose_and_one_more_key_enters_it() {
    let mut stage = opened(1);
    comes(&mut stage, CODES[0]);
    let text = stage.text();
    assert!(text.contains("Gets the dose") && text.contains("甄〇康"), "{text}");
    let number = stage.desk.attendance.leftovers.given[0].1;
    assert!(text.contains(&number.to_string()), "{text}");
    assert!(desk_of(&stage).day.as_ref().unwrap().by_number(number).is_some(), "on the list");
    // The lot is asked for once, as for others, and then the page is there again.
    stage.function(9);
    assert_eq!(desk_of(&stage).page, SitePage::Lot);
    stage.keys("3004217\n");
    assert!(stage.text().contains("Gets the dose"), "{}", stage.text());
    stage.function(9);
    assert_eq!(taken(&stage), [(number, AttendanceStep::Vaccinated { lot: "3004217".into() })]);
    assert!(stage.text().contains("Vaccinated"), "{}", stage.text());
    stage.function(9);
    assert_eq!(taken(&stage).len(), 1, "once");
    // The next comes too late.
    stage.function(7);
    comes(&mut stage, CODES[1]);
    assert!(stage.text().contains("No dose left"), "{}", stage.text());
    assert_eq!(stage.desk.attendance.leftovers.given.len(), 1);
}

#[test]
fn who_shows_a_code_twice_is_in_already() {
    let mut stage = opened(2);
    comes(&mut stage, CODES[0]);
    comes(&mut stage, CODES[0]);
    assert_eq!((code(&stage), desk_of(&stage).page), ("C06", SitePage::Desk), "{}", stage.text());
    assert_eq!(stage.desk.attendance.leftovers.given.len(), 1);
    // At another desk as well, whose list has them.
    let mut other = works();
    other.desk.attendance.leftovers.view = Leftovers::left(1);
    let ask = vaxkiosk::api::leftovers::CameForLeftover {
        code: vaxkiosk::domain::personal::Personal::new(CODES[1]),
    };
    let now = other.now().wall;
    other.desk.attendance.came_for_leftover(&ask, now).unwrap();
    other.wait(61);
    other.function(7);
    comes(&mut other, CODES[1]);
    assert_eq!(code(&other), "C06", "{}", other.text());
}

#[test]
fn a_wrong_code_and_other_refusals_are_one_sentence_and_lose_nothing() {
    let mut stage = opened(1);
    comes(&mut stage, "12345");
    assert_eq!(no_dose(&stage), Some(NoDose::NotACode));
    assert!(stage.text().contains("10 digits") && stage.text().contains("12345"));
    // The other digits stay, and it is still ten at most.
    comes(&mut stage, "678901");
    assert_eq!(no_dose(&stage), Some(NoDose::UnknownCode));
    assert!(stage.text().contains("Code not valid") && stage.text().contains("[E04]"));
    stage.input(Input::Backspace);
    assert_eq!(desk_of(&stage).leftover.code.expose(), "123456789");
    stage.function(12);
    comes(&mut stage, BOOKED);
    assert!(stage.text().contains("Has a booking"), "{}", stage.text());
    stage.desk.attendance.leftovers.next_problem = Some(Code::TooManyWrong);
    comes(&mut stage, "5000000000");
    assert!(stage.text().contains("Too many wrong codes"), "{}", stage.text());
    assert_eq!(desk_of(&stage).leftover.doses_left(), 1, "and the dose is still there");
    comes(&mut stage, CODES[2]);
    assert!(stage.text().contains("Gets the dose"));
}

#[test]
fn a_lost_answer_is_asked_for_again_and_gives_the_same_dose() {
    let mut stage = opened(2);
    stage.desk.attendance.leftovers.lose_answer = true;
    comes(&mut stage, CODES[0]);
    assert!(desk_of(&stage).leftover.is_asked(), "{}", stage.text());
    stage.wait(3);
    let given = &stage.desk.attendance.leftovers.given;
    assert_eq!(given.len(), 1, "one dose");
    let text = stage.text();
    assert!(text.contains("Gets the dose") && text.contains(&given[0].1.to_string()), "{text}");
}

#[test]
fn without_a_line_it_is_said_that_it_needs_one_and_the_code_waits() {
    let mut stage = opened(1);
    cut(&mut stage);
    stage.function(7);
    assert!(stage.text().contains("need a connection"), "{}", stage.text());
    comes(&mut stage, CODES[0]);
    assert!(desk_of(&stage).leftover.is_asked());
    stage.keys("55");
    assert!(desk_of(&stage).leftover.is_asked(), "a digit does not drop who waits");
    mend(&mut stage);
    stage.wait(40);
    assert!(stage.text().contains("Gets the dose"), "{}", stage.text());
}

#[test]
fn how_many_are_left_is_said_and_many_are_asked_about() {
    let mut stage = opened(0);
    stage.function(8);
    stage.keys("10\n");
    assert_eq!(stage.desk.attendance.leftovers.said, [10]);
    assert!(stage.text().contains("3 people have"), "{}", stage.text());
    stage.function(8);
    stage.keys("12\n");
    assert!(stage.text().contains("up to 120 people"), "{}", stage.text());
    stage.keys("\x1b");
    assert_eq!(stage.desk.attendance.leftovers.said, [10], "no");
    stage.keys("\n\n");
    assert_eq!(stage.desk.attendance.leftovers.said, [10, 12]);
    assert_eq!(desk_of(&stage).leftover.doses_left(), 22);
    stage.function(8);
    stage.keys("51\n");
    assert_eq!(stage.desk.attendance.leftovers.said, [10, 12], "more than a site can say");
}

#[test]
fn that_none_is_left_is_said_after_a_question() {
    let mut stage = opened(3);
    stage.function(8);
    stage.keys("0\n");
    assert!(stage.text().contains("gets no dose"), "{}", stage.text());
    stage.keys("\x1b");
    assert!(stage.desk.attendance.leftovers.said.is_empty(), "no");
    stage.keys("\n\n");
    assert_eq!(stage.desk.attendance.leftovers.said, [0]);
    assert_eq!(desk_of(&stage).leftover.doses_left(), 0);
    assert_eq!(desk_of(&stage).leftover.said, DosesSaid::NoneLeft);
    assert!(stage.text().contains("✓ No dose left"), "{}", stage.text());
}

#[test]
fn doses_whose_answer_is_lost_are_sent_again_by_the_same_key_and_count_once() {
    let mut stage = opened(0);
    stage.desk.attendance.leftovers.lose_answer = true;
    stage.function(8);
    stage.keys("3\n");
    assert_eq!(desk_of(&stage).leftover.said, DosesSaid::Unsure);
    stage.wait(60);
    assert_eq!(stage.desk.attendance.leftovers.said, [3], "not by itself");
    assert!(stage.text().contains("counts once"), "{}", stage.text());
    stage.keys("\n");
    assert_eq!(stage.desk.attendance.leftovers.said, [3, 3]);
    assert_eq!(stage.desk.attendance.leftovers.keys.len(), 1, "the same press");
    assert_eq!(desk_of(&stage).leftover.doses_left(), 3, "once");
    assert_eq!(desk_of(&stage).leftover.said, DosesSaid::Told(3));
    // As many more are another call.
    stage.function(8);
    stage.keys("3\n");
    assert_eq!(desk_of(&stage).leftover.doses_left(), 6);
    // And so is what was typed anew over no answer.
    stage.desk.attendance.leftovers.lose_answer = true;
    stage.function(8);
    stage.keys("2\n");
    stage.input(Input::Backspace);
    stage.keys("2\n");
    assert_eq!(stage.desk.attendance.leftovers.keys.len(), 4);
    assert_eq!(desk_of(&stage).leftover.doses_left(), 10);
}

#[test]
fn the_figures_come_by_themselves_and_the_header_has_them_quietly() {
    let mut stage = opened(0);
    stage.keys("\x1b");
    stage.desk.attendance.leftovers.view = Leftovers::left(4);
    assert!(!stage.text().contains("Doses left: "));
    stage.wait(61);
    assert!(stage.text().contains("Doses left: 4 (F7)"), "{}", stage.text());
    stage.desk.attendance.leftovers.view = Leftovers::left(3);
    stage.function(7);
    stage.desk.attendance.leftovers.view = Leftovers::left(2);
    stage.wait(5);
    assert!(stage.text().contains("Doses left: 2 (F7)"), "{}", stage.text());
    stage.desk.attendance.leftovers.view = Leftovers::left(0);
    stage.wait(5);
    assert!(!stage.text().contains("Doses left: "), "{}", stage.text());
    let asked = stage.desk.attendance.leftovers.asked;
    stage.function(2);
    stage.wait(59);
    assert!(stage.desk.attendance.leftovers.asked <= asked + 1, "seldom while none is left");
}

#[test]
fn a_scanned_receipt_is_a_receipt_and_ten_digits_are_a_code() {
    let mut stage = opened(1);
    scan(&mut stage, CODES[0]);
    assert!(stage.text().contains("Gets the dose"), "{}", stage.text());
    scan(&mut stage, &receipt_of(4));
    assert_eq!(desk_of(&stage).page, SitePage::Desk);
    assert!(stage.text().contains("Ready to check in"), "{}", stage.text());
}

#[test]
fn a_code_in_front_of_somebody_who_is_being_entered_waits_on_its_page() {
    let mut stage = opened(2);
    stage.slow = true;
    comes(&mut stage, CODES[0]);
    stage.function(2);
    scan(&mut stage, &receipt_of(4));
    stage.journal.slow = true;
    stage.keys("1");
    stage.release();
    assert!(!stage.text().contains("Gets the dose"), "{}", stage.text());
    let held = stage.journal.held.remove(0);
    stage.event(vaxkiosk::kiosk::model::event::Event::Journal(held));
    assert!(stage.text().contains("Checked in"), "{}", stage.text());
    stage.function(7);
    assert!(stage.text().contains("Gets the dose"), "nobody's answer is lost");
}

#[test]
fn who_may_not_check_in_is_told_so() {
    let mut stage = opened(1);
    stage.desk.attendance.leftovers.next_problem = Some(Code::RightMissing);
    comes(&mut stage, CODES[0]);
    assert!(matches!(no_dose(&stage), Some(NoDose::Failed(Code::RightMissing))));
    assert!(stage.text().contains("[E20]") || stage.text().contains("right"), "{}", stage.text());
    assert!(stage.desk.attendance.leftovers.given.is_empty());
}

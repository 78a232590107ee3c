//! What the desk of a vaccination site says of each receipt, with and without a line; and what the
//! tests of the desk do.

use crate::stage::desk::attendance::{HERE, at, number, receipt, receipt_of};
use crate::stage::{LARGE, Stage};
use rstest::rstest;
use vaxkiosk::api::attendance::{AttendanceStep, EntryOutcome};
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::domain::attendance::Attendance;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::round::RoundNumber;
use vaxkiosk::kiosk::model::action::TrainingAction;
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::screens::counter::site::{Front, SiteDesk};

pub fn desk_of(stage: &Stage) -> &SiteDesk {
    stage.working().desk.site().unwrap_or_else(|| panic!("no desk:\n{}", stage.text()))
}

pub fn works() -> Stage {
    let mut stage = Stage::site(Language::En, LARGE);
    stage.staff_logs_in(PracticeStaff::Manager);
    stage
}

pub fn scan(stage: &mut Stage, text: &str) {
    stage.event(Event::Scanned(Personal::new(text)));
}

/// The code of the answer that is shown; empty of who may simply check in.
pub fn code(stage: &Stage) -> &'static str {
    let now = vaxkiosk::domain::taipei::civil(stage.cabinet.journey.machine.now.wall);
    let finding = desk_of(stage).finding(now).expect("somebody is in front");
    finding.answer.code().unwrap_or("")
}

/// What the service has taken, by number and step.
pub fn taken(stage: &Stage) -> Vec<(BookingNumber, AttendanceStep)> {
    let received = &stage.desk.attendance.received;
    received.iter().map(|entry| (entry.number, entry.step.clone())).collect()
}

pub fn cut(stage: &mut Stage) {
    stage.act(TrainingAction::Cut);
    stage.wait(61);
    assert!(!stage.cabinet.journey.machine.line_up);
}

pub fn mend(stage: &mut Stage) {
    stage.act(TrainingAction::Mend);
    stage.wait(20);
    assert!(stage.cabinet.journey.machine.line_up);
}

/// Each kind of receipt that is not good here and now.
fn receipts() -> Vec<(&'static str, String)> {
    let other_round = BookingNumber::new(RoundNumber::try_from(1).unwrap(), 14_634).unwrap();
    let issued = at(13, 11, 0);
    let good = receipt_of(4);
    let forged = {
        let other = vaxkiosk::receipt::signing::ReceiptSigner::from_secret(&[3; 32]);
        let claims = vaxkiosk::receipt::signing::verify(
            &good,
            &vaxkiosk::receipt::signing::ReceiptSigner::from_secret(
                vaxkiosk::receipt::demo_key::DEMO_ONLY_SECRET,
            )
            .public_key(),
        );
        other.sign(claims.unwrap()).unwrap()
    };
    vec![
        ("", good.clone()),
        ("C01", receipt_of(8)),
        ("C02", receipt(number(90), HERE, at(17, 9, 0), issued)),
        ("C03", receipt(number(91), 4711, at(16, 9, 0), issued)),
        ("C04", receipt_of(1)),
        ("C05", receipt_of(2)),
        ("C06", receipt_of(3)),
        ("C09", receipt(number(92), HERE, at(16, 9, 0), issued)),
        ("C10", receipt(other_round, HERE, at(16, 9, 0), issued)),
        ("C11", forged),
        ("C12", format!("{}$", &good[..40])),
        ("C13", "4710088412345".into()),
    ]
}

#[rstest]
#[case::with_a_line(false)]
#[case::without(true)]
fn each_receipt_has_its_own_answer(#[case] offline: bool) {
    let mut stage = Stage::site(Language::En, LARGE);
    stage.desk.attendance.stands(1, Attendance::Moved);
    stage.desk.attendance.stands(2, Attendance::Cancelled);
    stage.desk.attendance.checked_in_elsewhere(3);
    stage.staff_logs_in(PracticeStaff::Manager);
    if offline {
        cut(&mut stage);
    }
    let mut texts = std::collections::HashSet::new();
    for (expected, text) in receipts() {
        scan(&mut stage, &text);
        assert_eq!(code(&stage), expected, "{}", stage.text());
        // The band: what it says is another text for each.
        let band: Vec<String> = stage.text().lines().skip(2).take(9).map(str::to_owned).collect();
        assert!(texts.insert(band), "{expected} looks like another:\n{}", stage.text());
        let before = taken(&stage).len() + stage.journal.days.values().map(Vec::len).sum::<usize>();
        if expected > "C01" {
            stage.keys("1");
            let after =
                taken(&stage).len() + stage.journal.days.values().map(Vec::len).sum::<usize>();
            assert_eq!(after, before, "nothing is entered with {expected}");
        }
    }
}

#[test]
fn a_receipt_that_is_newer_than_the_list_is_looked_up_or_believed_by_its_signature() {
    let mut stage = works();
    // Booked a moment ago: the newer list has it.
    let mut new = stage.desk.attendance.entries[5].clone();
    new.number = number(50);
    stage.desk.attendance.entries.push(new);
    let text = receipt(number(50), HERE, at(16, 9, 0), at(16, 9, 13));
    scan(&mut stage, &text);
    assert!(code(&stage).is_empty() && stage.text().contains("張〇偉"), "{}", stage.text());
    // Without a line only the signature says so.
    cut(&mut stage);
    let text = receipt(number(51), HERE, at(16, 9, 0), at(16, 9, 14));
    scan(&mut stage, &text);
    assert!(stage.text().contains("The receipt is newer"), "{}", stage.text());
    stage.keys("1");
    assert!(matches!(desk_of(&stage).front, Front::Done { .. }));
    // The service does not have it: that is told until somebody has read it.
    mend(&mut stage);
    assert_eq!(desk_of(&stage).conflicts().count(), 1);
    assert_eq!(desk_of(&stage).conflicts().next().unwrap().outcome, Some(EntryOutcome::Unknown));
}

//! What becomes of each entry of a vaccination site's desk, as tables.

use crate::town::{civil, round_number};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use rstest::rstest;
use std::collections::HashMap;
use vaxkiosk::api::attendance::{AttendanceStep, EntryOutcome};
use vaxkiosk::domain::attendance::Attendance;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::site::{SiteId, SlotId};
use vaxkiosk::server::engine::attendance::{Desk, DeskEntry, KnownAttendance, decide};
use vaxkiosk::server::store::attendance::{AttendedBooking, Stage, Step};
use vaxkiosk::server::store::audit_trail::Actor;
use vaxkiosk::server::store::ids::{DeviceId, PersonId, StaffId};

const A: DeviceId = DeviceId(1);
const B: DeviceId = DeviceId(2);
const HERE: SiteId = SiteId(7);
const THERE: SiteId = SiteId(8);

/// A desk here, and who works at it.
fn at(device: DeviceId) -> Desk {
    Desk { device, site: HERE, by: Actor::Staff { staff: StaffId(3), device } }
}

fn number() -> BookingNumber {
    BookingNumber::new(round_number(), 1).unwrap()
}

/// Booked here on the 16th at nine.
fn booking() -> AttendedBooking {
    AttendedBooking {
        number: number(),
        round: round_number(),
        person: PersonId(5),
        slot: SlotId(1),
        site: HERE,
        starts: date(2027, 7, 16).at(9, 0, 0, 0),
        cancelled: false,
        closed: false,
        earlier: Vec::new(),
        steps: Vec::new(),
    }
}

fn known(booking: AttendedBooking) -> KnownAttendance {
    KnownAttendance {
        bookings: HashMap::from([(booking.number, booking)]),
        desks: HashMap::from([(A, "A".to_owned()), (B, "B".to_owned())]),
        ..KnownAttendance::default()
    }
}

/// Entries have ids by their place: what is sent again has the place of the first.
fn entry(nth: u8, step: AttendanceStep, offline: bool, at: Timestamp) -> DeskEntry {
    DeskEntry { id: [nth; 16], number: number(), step, at, offline, made: None }
}

const IN: AttendanceStep = AttendanceStep::CheckIn;
const LEFT: AttendanceStep = AttendanceStep::Left;
const BACK: AttendanceStep = AttendanceStep::TakeBack;

fn given() -> AttendanceStep {
    AttendanceStep::Vaccinated { lot: "3004217".into() }
}

/// What came of it, in a word; a conflict by what is there.
fn word(outcome: &EntryOutcome) -> String {
    let EntryOutcome::Conflict { attendance } = outcome else {
        return if *outcome == EntryOutcome::Done { "done" } else { "unknown" }.to_owned();
    };
    match attendance {
        Attendance::Expected => "expected".to_owned(),
        Attendance::CheckedIn { desk, .. } => format!("in at {desk}"),
        Attendance::Vaccinated { desk, lot, .. } => format!("given {lot} at {desk}"),
        Attendance::Left { desk, .. } => format!("left at {desk}"),
        Attendance::Absent => "absent".to_owned(),
        Attendance::Moved => "moved".to_owned(),
        Attendance::Cancelled => "cancelled".to_owned(),
    }
}

/// Each with its desk, whether the line was down, and what it comes to.
type Said = (DeviceId, AttendanceStep, bool, &'static str);

#[rstest]
#[case::the_usual_way(vec![(A, IN, false, "done"), (B, given(), false, "done")])]
#[case::walked_out(vec![(A, IN, false, "done"), (A, LEFT, false, "done")])]
#[case::the_first_check_in_counts(vec![(A, IN, false, "done"), (B, IN, false, "in at A")])]
#[case::also_at_one_desk(vec![(A, IN, false, "done"), (A, IN, true, "in at A")])]
#[case::no_vaccination_before_the_check_in(vec![
    (A, given(), false, "expected"),
    (A, LEFT, false, "expected")
])]
#[case::but_when_the_line_was_down(vec![(B, given(), true, "done")])]
#[case::the_check_in_comes_later(vec![(B, given(), true, "done"), (A, IN, true, "done")])]
#[case::and_only_once(vec![
    (B, given(), true, "done"),
    (A, IN, true, "done"),
    (A, IN, true, "given 3004217 at B")
])]
#[case::nobody_is_vaccinated_twice(vec![
    (A, IN, false, "done"),
    (A, given(), false, "done"),
    (B, given(), true, "given 3004217 at A"),
    (B, LEFT, true, "given 3004217 at A")
])]
#[case::who_left_was_not_vaccinated(vec![
    (A, IN, false, "done"),
    (A, LEFT, false, "done"),
    (B, given(), false, "left at A")
])]
#[case::taken_back(vec![
    (A, IN, false, "done"),
    (A, BACK, false, "done"),
    (B, IN, false, "done")
])]
#[case::taken_back_step_by_step(vec![
    (A, IN, false, "done"),
    (A, given(), false, "done"),
    (A, BACK, false, "done"),
    (B, IN, false, "in at A"),
    (A, BACK, false, "done"),
    (A, BACK, false, "expected")
])]
#[case::only_by_the_desk_that_entered_it(vec![
    (A, IN, false, "done"),
    (B, BACK, false, "in at A"),
    (B, given(), false, "done"),
    (A, BACK, false, "given 3004217 at B"),
    (B, BACK, false, "done"),
    (B, BACK, false, "in at A")
])]
fn what_becomes_of_entries(#[case] said: Vec<Said>) {
    let mut known = known(booking());
    for (nth, (device, step, offline, expected)) in (0..).zip(said) {
        let entry = entry(nth, step, offline, civil(16, 9));
        let desk = at(device);
        let entries = std::slice::from_ref(&entry);
        let (outcomes, decided) = decide(&mut known, desk, entries, civil(16, 10));
        assert_eq!(word(&outcomes[0]), expected, "entry {nth}");
        assert_eq!(decided.entries.len(), usize::from(expected == "done"));
        assert_eq!(decided.trail.len(), decided.entries.len(), "the trail is told of each");
        assert!(decided.trail.iter().all(|told| told.actor == desk.by), "and by whom");
        // Sent again, it is what it was if it counts.
        let (again, decided) = decide(&mut known, desk, entries, civil(16, 11));
        assert_eq!(word(&again[0]), expected, "entry {nth} again");
        assert!(decided.entries.is_empty() && decided.bookings.is_empty());
    }
}

#[rstest]
#[case::cancelled(AttendedBooking { cancelled: true, ..booking() }, "cancelled")]
#[case::of_another_site(AttendedBooking { site: THERE, ..booking() }, "unknown")]
#[case::moved_to_another_site(
    AttendedBooking {
        site: THERE,
        earlier: vec![(HERE, date(2027, 7, 16).at(9, 0, 0, 0))],
        ..booking()
    },
    "moved"
)]
#[case::moved_to_another_day(
    AttendedBooking {
        starts: date(2027, 7, 17).at(9, 0, 0, 0),
        earlier: vec![(HERE, date(2027, 7, 16).at(9, 0, 0, 0))],
        ..booking()
    },
    "moved"
)]
#[case::moved_within_the_day(
    AttendedBooking {
        starts: date(2027, 7, 16).at(15, 0, 0, 0),
        earlier: vec![(HERE, date(2027, 7, 16).at(9, 0, 0, 0))],
        ..booking()
    },
    "done"
)]
#[case::moved_here_from_elsewhere(
    AttendedBooking { earlier: vec![(THERE, date(2027, 7, 16).at(9, 0, 0, 0))], ..booking() },
    "done"
)]
#[case::on_another_day(
    AttendedBooking { starts: date(2027, 7, 17).at(9, 0, 0, 0), ..booking() },
    "expected"
)]
#[case::marked_as_absent_before_the_line_was_back(
    AttendedBooking {
        steps: vec![Step { stage: Stage::Absent, at: civil(17, 0), desk: None }],
        ..booking()
    },
    "done"
)]
fn where_the_booking_is_counts_before_what_was_entered(
    #[case] booking: AttendedBooking,
    #[case] expected: &str,
) {
    for step in [IN, given()] {
        let mut known = known(booking.clone());
        let entries = [entry(1, step, true, civil(16, 9))];
        let desk = at(A);
        let (outcomes, _) = decide(&mut known, desk, &entries, civil(17, 1));
        assert_eq!(word(&outcomes[0]), expected);
    }
}

#[test]
fn a_desk_whose_clock_is_ahead_is_not_believed() {
    let mut known = known(booking());
    let now = civil(16, 9);
    let entries = [entry(1, IN, false, now + SignedDuration::from_hours(2))];
    let (_, decided) = decide(&mut known, at(A), &entries, now);
    assert_eq!(decided.bookings[0].steps[0].at, now);
}

//! Who the audit trail says has entered something at a desk, when somebody else sends it.

use crate::counter::ALL;
use crate::databases::Kind;
use crate::desks::{CHECK_IN, check_in, desk_of, enter, given, set, start};
use crate::town::round_number;
use rstest::rstest;
use vaxkiosk::api::attendance::{AttendanceEntry, EntryOutcome};
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::language::Language;

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_has_entered_and_another_sends_is_told_of_both(#[case] kind: Kind) {
    let running = start(kind, 3).await;
    let mut numbers = Vec::new();
    for person in 1..=3 {
        numbers.push(running.book_given(person, 1, Language::En).await);
    }
    set(&running, 16, 9, 0);
    let sends = desk_of(&running, "desk a", CHECK_IN).await;
    let by = |staff, entry| AttendanceEntry { staff: Some(staff), offline: true, ..entry };
    let entries = vec![
        // Of staff 1 before they logged out, of whoever sends it, of nobody here, and of a desk
        // that does not say it.
        by(1, given(1, numbers[0])),
        by(2, check_in(2, numbers[1])),
        by(77, given(3, numbers[1])),
        check_in(4, numbers[2]),
    ];
    assert_eq!(enter(&sends, entries).await, vec![EntryOutcome::Done; 4]);
    let rows = running.service.store.trail(&ALL).await.unwrap();
    let told: Vec<String> = rows
        .into_iter()
        .filter(|row| ["check-in", "vaccinated"].contains(&row.action.as_str()))
        .map(|row| format!("{}: {}", row.actor, row.after.unwrap_or_default()))
        .collect();
    let down = "at site 1, entered while the line was down";
    assert_eq!(
        told,
        [
            format!("staff 2 at device 2: vaccinated with lot 3004217 {down}, entered by staff 1"),
            format!("staff 2 at device 2: checked in {down}"),
            format!(
                "staff 2 at device 2: vaccinated with lot 3004217 {down}, entered by staff 77, \
                 who is not known"
            ),
            "staff 2 at device 2: checked in at site 1".to_owned(),
        ]
    );
}

#[test]
fn an_entry_in_a_journal_of_before_says_nothing_of_staff() {
    let number = BookingNumber::new(round_number(), 1).unwrap();
    let entry = AttendanceEntry { staff: Some(4), ..check_in(1, number) };
    let mut now = serde_json::to_value(&entry).unwrap();
    assert_eq!(serde_json::from_value::<AttendanceEntry>(now.clone()).unwrap(), entry);
    assert_eq!(now.as_object_mut().unwrap().remove("staff"), Some(4.into()));
    let before: AttendanceEntry = serde_json::from_value(now).unwrap();
    assert_eq!(before, check_in(1, number));
}

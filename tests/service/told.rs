//! What desks and managers are told of a day at vaccination sites: people whom two desks have
//! entered, and the figures of all sites of an institution.

use crate::databases::Kind;
use crate::desks::{
    CHECK_IN, DAY, Desk, check_in, desk, desk_of, enter, entry, given, list, set, start,
};
use crate::running::code;
use crate::town;
use rstest::rstest;
use vaxkiosk::api::attendance::{
    AttendanceEntered, AttendanceEntry, AttendanceStep, EnterAttendance, EntryOutcome, SiteFigures,
    SlotFigures,
};
use vaxkiosk::api::problem::Code;
use vaxkiosk::client::calls::{Answer, Call};
use vaxkiosk::domain::attendance::Attendance;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::site::SiteId;

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn managers_see_the_day_of_all_sites_of_their_institution_at_the_counter(#[case] kind: Kind) {
    let running = start(kind, 3).await;
    let mut numbers = Vec::new();
    for (person, slot) in [(1, 1), (2, 4), (3, 6)] {
        numbers.push(running.book_given(person, slot, Language::En).await);
    }
    set(&running, 16, 9, 30);
    let (a, counter) = (desk(&running, "desk a").await, desk(&running, "station").await);
    enter(&a, vec![check_in(1, numbers[0]), given(2, numbers[0])]).await;
    let asked = |desk: &Desk| {
        let call = Call::InstitutionFigures { staff: desk.staff.clone(), date: DAY };
        let client = desk.client.clone();
        async move { client.call(call).await }
    };
    let figures = |hours: &[(i8, u32, u32)]| -> Vec<SlotFigures> {
        let hour = |(hour, booked, came): &(i8, u32, u32)| SlotFigures {
            starts: DAY.at(*hour, 0, 0, 0),
            booked: *booked,
            came: *came,
            vaccinated: *came,
            absent: 0,
        };
        hours.iter().map(hour).collect()
    };
    let known = |reply| match reply {
        Ok(Answer::InstitutionFigures(sites)) => {
            sites.into_iter().map(|one: SiteFigures| (one.site.id, one.hours)).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let first = (SiteId(1), figures(&[(9, 1, 1), (10, 1, 0)]));
    let both = vec![first.clone(), (SiteId(3), figures(&[(9, 1, 0)]))];
    assert_eq!(known(asked(&counter).await), both);
    assert_eq!(known(asked(&a).await), both, "at a desk too");
    // A site without a desk of theirs is none of theirs.
    let now = *running.time.lock().unwrap();
    assert!(running.service.store.revoke_device("desk c", now).await.unwrap());
    assert_eq!(known(asked(&counter).await), [first]);
    let user = desk_of(&running, "station", CHECK_IN).await;
    assert_eq!(code(asked(&user).await), Some(Code::RightMissing));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_desks_are_told_of_a_person_whom_both_have_entered(#[case] kind: Kind) {
    let running = start(kind, 2).await;
    let number = running.book_given(1, 1, Language::En).await;
    set(&running, 16, 9, 30);
    let (a, b) = (desk(&running, "desk a").await, desk(&running, "desk b").await);
    enter(&a, vec![check_in(1, number)]).await;
    assert_eq!(list(&a, DAY).await.conflicts, []);
    // One sees it at once, also when it sends the same again; the other with its next list.
    let own = Attendance::CheckedIn { at: town::civil(16, 9), desk: "desk a".into() };
    let later = entry(2, number, AttendanceStep::Vaccinated { lot: "77".into() }, 9);
    let later = AttendanceEntry { offline: true, ..later };
    for _ in 0..2 {
        let conflict = EntryOutcome::Conflict { attendance: own.clone() };
        assert_eq!(enter(&b, vec![check_in(3, number)]).await, [conflict]);
    }
    let told = list(&a, DAY).await.conflicts;
    let id = format!("{:032x}", 3);
    let [one] = &told[..] else { panic!("{told:?}") };
    assert_eq!((one.id.as_str(), one.number), (id.as_str(), number));
    assert!(one.name_masked.expose().contains('〇'), "{:?}", one.name_masked.expose());
    let entered = Attendance::CheckedIn { at: town::civil(16, 9), desk: "desk b".into() };
    assert_eq!(one.entered, entered);
    assert_eq!(list(&b, DAY).await.conflicts, [], "it knows");
    // It counts from what is entered last which desk it is that is told.
    assert_eq!(enter(&b, vec![later]).await, [EntryOutcome::Done]);
    let left = AttendanceEntry { offline: true, ..entry(4, number, AttendanceStep::Left, 9) };
    assert!(matches!(enter(&a, vec![left]).await[..], [EntryOutcome::Conflict { .. }]));
    let told = list(&b, DAY).await.conflicts;
    assert!(matches!(told[0].entered, Attendance::Left { .. }), "{told:?}");
    // It is told until somebody there has read it, whatever others say.
    let seen = |desk: &Desk, seen: Vec<String>| {
        let (client, staff) = (desk.client.clone(), desk.staff.clone());
        let ask = EnterAttendance { entries: Vec::new(), seen };
        async move { client.call(Call::EnterAttendance { staff, ask }).await }
    };
    seen(&b, vec![id.clone()]).await.unwrap();
    assert_eq!(list(&a, DAY).await.conflicts.len(), 1);
    let nothing = AttendanceEntered { outcomes: Vec::new() };
    assert_eq!(seen(&a, vec![id]).await, Ok(Answer::AttendanceEntered(nothing)));
    assert_eq!(list(&a, DAY).await.conflicts, []);
    enter(&b, vec![check_in(3, number)]).await;
    assert_eq!(list(&a, DAY).await.conflicts, [], "also when it is sent again");
    for wrong in [vec![], vec!["12".into()], vec!["0".repeat(32); 201]] {
        assert_eq!(code(seen(&a, wrong).await), Some(Code::BadRequest));
    }
}

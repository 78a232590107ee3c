//! The day at a vaccination site through the real service, over both databases: the list, what
//! desks enter, and what the rules of booking say of it.

use crate::counter::{ALL, as_staff};
use crate::databases::Kind;
use crate::desks::{
    CHECK_IN, COUNTER, DAY, Desk, EVERYTHING, cancel, check_in, desk, desk_of, device, enter,
    entry, figures, given, list, reschedule, send, set, start,
};
use crate::running::{client, code, generous, start_over, with_card};
use crate::{plainly, town};
use jiff::civil::date;
use rstest::rstest;
use std::sync::Arc;
use vaxkiosk::api::attendance::{
    AttendanceEntry, AttendanceStep, DayEntry, DayList, EntryOutcome, SlotFigures, person_tag,
};
use vaxkiosk::api::bookings::CancelBooking;
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::sessions::SessionToken;
use vaxkiosk::client::calls::{Answer, Call};
use vaxkiosk::domain::attendance::Attendance;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::SiteId;
use vaxkiosk::server::engine::EngineError;

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_has_everybody_who_is_or_was_there_on_the_day(#[case] kind: Kind) {
    let running = start(kind, 6).await;
    let mut numbers = Vec::new();
    for person in 1..=6 {
        numbers.push(running.book_given(person, 1, Language::En).await);
    }
    cancel(&running, 2, numbers[1]).await.unwrap();
    reschedule(&running, 3, numbers[2], (1, 5)).await.unwrap();
    reschedule(&running, 4, numbers[3], (1, 4)).await.unwrap();
    reschedule(&running, 5, numbers[4], (1, 6)).await.unwrap();
    // Away and back again: there as if nothing had been.
    reschedule(&running, 6, numbers[5], (1, 6)).await.unwrap();
    reschedule(&running, 6, numbers[5], (6, 1)).await.unwrap();
    set(&running, 16, 8, 45);
    let (a, b) = (desk(&running, "desk a").await, desk(&running, "desk b").await);
    let day = list(&a, DAY).await;
    assert_eq!((day.site.id, day.date, day.round), (SiteId(1), DAY, town::round_number()));
    let stands = |list: &DayList| {
        let entry =
            |entry: &DayEntry| (entry.number, entry.starts.hour(), entry.attendance.clone());
        list.entries.iter().map(entry).collect::<Vec<_>>()
    };
    use Attendance::{Cancelled, Expected, Moved};
    let expected = [
        (numbers[0], 9, Expected),
        (numbers[1], 9, Cancelled),
        (numbers[2], 9, Moved),
        (numbers[4], 9, Moved),
        (numbers[5], 9, Expected),
        (numbers[3], 10, Expected),
    ];
    assert_eq!(stands(&day), expected);
    assert_eq!(stands(&list(&a, date(2027, 7, 17)).await), [(numbers[2], 9, Expected)]);
    let there = stands(&list(&desk(&running, "desk c").await, DAY).await);
    assert_eq!(there, [(numbers[4], 9, Expected), (numbers[5], 9, Moved)]);
    // A card finds its person by the device's own key; the list names nobody to who has none.
    let key: [u8; 32] = hex::decode(day.key.expose()).unwrap().try_into().unwrap();
    for (entry, person) in day.entries.iter().zip([1, 2, 3, 5, 6, 4]) {
        assert_eq!(entry.person, person_tag(&key, &town::id(person)));
        assert_eq!(entry.name_masked.expose(), "甄〇康");
    }
    assert_eq!(list(&a, DAY).await.key, day.key, "the same each time");
    assert_ne!(list(&b, DAY).await.key, day.key, "another desk has another");
    assert_ne!(list(&a, date(2027, 7, 17)).await.key, day.key, "another day has another");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_entry_counts_once_and_the_figures_are_their_sum(#[case] kind: Kind) {
    let running = start(kind, 5).await;
    let mut numbers = Vec::new();
    for (person, slot) in [(1, 1), (2, 1), (3, 2), (4, 4), (5, 6)] {
        numbers.push(running.book_given(person, slot, Language::En).await);
    }
    set(&running, 16, 9, 30);
    let (a, b) = (desk(&running, "desk a").await, desk(&running, "desk b").await);
    let nobody = BookingNumber::new(town::round_number(), 99).unwrap();
    let entries = vec![
        check_in(1, numbers[0]),
        given(2, numbers[0]),
        check_in(3, numbers[1]),
        entry(4, numbers[1], AttendanceStep::Left, 9),
        check_in(5, numbers[2]),
        check_in(6, numbers[4]),
        check_in(7, nobody),
    ];
    use EntryOutcome::{Done, Unknown};
    let outcomes = enter(&a, entries.clone()).await;
    assert_eq!(outcomes, [Done, Done, Done, Done, Done, Unknown, Unknown]);
    // The answer was lost: the same once more, and nothing happens twice.
    assert_eq!(enter(&a, entries).await, outcomes);
    let count = "SELECT COUNT(*) FROM attendance_entries";
    assert_eq!(plainly::ask(&running.random, count).await, 5);
    // At another desk they are shown what is there.
    let at = town::civil(16, 9);
    let attendance = Attendance::CheckedIn { at, desk: "desk a".into() };
    let conflict = [EntryOutcome::Conflict { attendance: attendance.clone() }];
    assert_eq!(enter(&b, vec![check_in(8, numbers[2])]).await, conflict);
    set(&running, 16, 9, 31);
    let shown = list(&b, DAY).await;
    let of = |number| &shown.entries.iter().find(|e| e.number == number).unwrap().attendance;
    assert_eq!(*of(numbers[2]), attendance);
    assert!(matches!(of(numbers[0]), Attendance::Vaccinated { lot, .. } if lot == "3004217"));
    assert!(matches!(of(numbers[1]), Attendance::Left { .. }));
    let hour = |hour, booked, came, vaccinated| SlotFigures {
        starts: DAY.at(hour, 0, 0, 0),
        booked,
        came,
        vaccinated,
        absent: 0,
    };
    assert_eq!(figures(&a, DAY).await, [hour(9, 3, 3, 1), hour(10, 1, 0, 0)]);
    let trail = running.service.store.verify_trail().await.unwrap();
    assert!(trail.broken.is_empty(), "{trail:?}");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_checked_in_keeps_the_booking_until_it_is_taken_back(#[case] kind: Kind) {
    let running = start(kind, 1).await;
    // The window is open until the day, as in a round that is booked and given at once.
    let until = town::civil(20, 17).as_second();
    let later = format!(
        "UPDATE rounds SET closes = {until}; \
         UPDATE changes SET number = number + 1 WHERE what = 'programme'"
    );
    plainly::run(&running.random, &later).await;
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    let number = running.book_given(1, 1, Language::En).await;
    set(&running, 16, 8, 45);
    let desk = desk(&running, "desk a").await;
    let early = entry(1, number, AttendanceStep::CheckIn, 8);
    assert_eq!(enter(&desk, vec![early]).await, [EntryOutcome::Done]);
    let refused = Err(EngineError::Refused(Refusal::CheckedIn));
    assert_eq!(cancel(&running, 1, number).await, refused);
    assert_eq!(reschedule(&running, 1, number, (1, 4)).await, refused);
    let back = entry(2, number, AttendanceStep::TakeBack, 8);
    assert_eq!(enter(&desk, vec![back]).await, [EntryOutcome::Done]);
    assert_eq!(reschedule(&running, 1, number, (1, 4)).await, Ok(()));
    // Whatever the program believes, the database keeps it.
    plainly::run(&running.random, "UPDATE bookings SET came = 1").await;
    let cancelled = plainly::try_run(&running.random, "UPDATE bookings SET cancelled = 1").await;
    assert!(cancelled.is_err());
    plainly::assert_sound(&running.random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_makes_no_sense_and_who_is_no_desk_is_refused(#[case] kind: Kind) {
    let running = start(kind, 1).await;
    let number = running.book_given(1, 1, Language::En).await;
    set(&running, 16, 9, 0);
    let desk = desk(&running, "desk a").await;
    let lot = |lot: &str| entry(1, number, AttendanceStep::Vaccinated { lot: lot.into() }, 9);
    let short = AttendanceEntry { id: "00".into(), ..check_in(1, number) };
    let many = (0..201).map(|id| check_in(id, number)).collect();
    for wrong in [vec![], many, vec![short], vec![lot("")], vec![lot("a b")], vec![lot("批號")]] {
        assert_eq!(code(send(&desk, wrong).await), Some(Code::BadRequest));
    }
    let counter = desk_of(&running, "station", EVERYTHING).await;
    let refused = Some(Code::ChannelMayNot);
    assert_eq!(code(send(&counter, vec![check_in(1, number)]).await), refused);
    for call in [counter.day(DAY), counter.figures(DAY)] {
        assert_eq!(code(counter.client.call(call).await), refused);
    }
    let stranger = Desk { client: client(&running.base, "desk z"), ..counter };
    assert_eq!(code(send(&stranger, vec![]).await), Some(Code::UnknownDevice));
    // A desk books and cancels nothing.
    let by_card = with_card(town::id(1), town::card(1).number);
    let token = match desk.client.call(as_staff(&desk.staff, by_card)).await {
        Ok(Answer::Session(opened)) => opened.token,
        other => panic!("{other:?}"),
    };
    let ask = CancelBooking { number, language: Language::En };
    let cancel = as_staff(&desk.staff, Call::Cancel { token, ask });
    assert_eq!(code(desk.client.call(cancel).await), refused);
    let store = &running.service.store;
    assert!(store.add_devices(&[device("d", Channel::VaccinationSite, None)]).await.is_err());
    assert!(store.add_devices(&[device("e", Channel::Pharmacy, Some(1))]).await.is_err());
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_staff_with_the_right_read_and_enter_and_the_trail_names_them(#[case] kind: Kind) {
    let running = start(kind, 1).await;
    let number = running.book_given(1, 1, Language::En).await;
    set(&running, 16, 9, 0);
    let enters = desk_of(&running, "desk a", CHECK_IN).await;
    let counts = desk_of(&running, "desk b", COUNTER).await;
    let nobody = |name| {
        let staff = SessionToken(Personal::new("nobody's"));
        Desk { client: client(&running.base, name), staff }
    };
    // Nobody is logged in, or at the other desk only.
    let elsewhere = Desk { staff: counts.staff.clone(), ..nobody("desk a") };
    for desk in [nobody("desk a"), elsewhere] {
        for call in [desk.day(DAY), desk.figures(DAY)] {
            assert_eq!(code(desk.client.call(call).await), Some(Code::StaffSessionOver));
        }
        let sent = send(&desk, vec![check_in(1, number)]).await;
        assert_eq!(code(sent), Some(Code::StaffSessionOver));
    }
    // Whoever may not check people in reads no names, and figures are for whoever manages.
    let missing = Some(Code::RightMissing);
    assert_eq!(code(send(&counts, vec![check_in(1, number)]).await), missing);
    assert_eq!(code(counts.client.call(counts.day(DAY)).await), missing);
    assert_eq!(code(enters.client.call(enters.figures(DAY)).await), missing);
    assert_eq!(figures(&counts, DAY).await[0].came, 0, "nothing was entered");
    assert_eq!(enter(&enters, vec![check_in(1, number)]).await, [EntryOutcome::Done]);
    assert_eq!(list(&enters, DAY).await.entries.len(), 1);
    let rows = running.service.store.trail(&ALL).await.unwrap();
    let told: Vec<_> = rows
        .iter()
        .filter(|row| ["check-in", "refuse-staff"].contains(&row.action.as_str()))
        .map(|row| (row.actor.as_str(), row.after.as_deref().unwrap_or_default()))
        .collect();
    let refused = |right: &str| format!("right-missing: {right}");
    let (to_enter, to_see) = (refused("check-in"), refused("manage"));
    let expected = [
        ("staff 3 at device 3", to_enter.as_str()),
        ("staff 3 at device 3", to_enter.as_str()),
        ("staff 2 at device 2", to_see.as_str()),
        ("staff 2 at device 2", "checked in at site 1"),
    ];
    assert_eq!(told, expected);
    // After twelve hours they log in again.
    set(&running, 16, 21, 0);
    let over = enters.client.call(enters.day(DAY)).await;
    assert_eq!(code(over), Some(Code::StaffSessionOver));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_three_hundred_at_two_desks_the_ten_who_come_to_both_count_once(#[case] kind: Kind) {
    const PEOPLE: u32 = 300;
    let one = start(kind, PEOPLE).await;
    let mut numbers = Vec::new();
    for person in 1..=PEOPLE {
        numbers.push(one.book_given(person, 1 + person % 2, Language::En).await);
    }
    let other = start_over(Arc::clone(&one.random), town::civil(16, 9), generous()).await;
    set(&one, 16, 9, 0);
    // 155 people each: the ten in the middle come to both desks, at two servers at once.
    let half = |desk: u128, from: usize| {
        let at = |nth: usize| check_in(desk << 64 | nth as u128, numbers[nth]);
        (from..from + 155).map(at).collect::<Vec<_>>()
    };
    let working = async |desk: Desk, entries: Vec<AttendanceEntry>| {
        let mut outcomes = Vec::new();
        for few in entries.chunks(5) {
            outcomes.extend(enter(&desk, few.to_vec()).await);
        }
        outcomes
    };
    let (a, b) = (desk(&one, "desk a").await, desk(&other, "desk b").await);
    // Desk b begins with those who come to both, desk a ends with them.
    let at_first = half(1, 0).into_iter().rev().collect();
    let (at_a, at_b) = tokio::join!(working(a, at_first), working(b, half(2, 145)));
    let all = at_a.iter().chain(&at_b);
    let done = all.clone().filter(|outcome| **outcome == EntryOutcome::Done).count();
    let named = |outcome: &&EntryOutcome| {
        let EntryOutcome::Conflict { attendance } = outcome else { return false };
        matches!(attendance, Attendance::CheckedIn { .. })
    };
    assert_eq!((done, all.filter(named).count()), (300, 10));
    let came = "SELECT COUNT(came) FROM bookings";
    assert_eq!(plainly::ask(&one.random, came).await, 300);
    let states = "SELECT COUNT(*) FROM attendance WHERE state = 'checked-in' AND earlier = '[]'";
    assert_eq!(plainly::ask(&one.random, states).await, 300);
    let trail = one.service.store.verify_trail().await.unwrap();
    assert!(trail.broken.is_empty(), "{trail:?}");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_in_and_a_move_at_two_servers_never_both_count(#[case] kind: Kind) {
    let one = start(kind, 20).await;
    let until = town::civil(20, 17).as_second();
    plainly::run(&one.random, &format!("UPDATE rounds SET closes = {until}")).await;
    let other = start_over(Arc::clone(&one.random), town::civil(16, 8), generous()).await;
    let mut numbers = Vec::new();
    for person in 1..=20 {
        numbers.push(one.book_given(person, 1, Language::En).await);
    }
    set(&one, 16, 8, 0);
    let desk = desk(&one, "desk a").await;
    let (mut came, mut moved) = (0, 0);
    for (person, number) in (1..=20).zip(&numbers) {
        let early = entry(person.into(), *number, AttendanceStep::CheckIn, 8);
        let entering = enter(&desk, vec![early]);
        let moving = reschedule(&other, person, *number, (1, 6));
        let (outcomes, moving) = tokio::join!(entering, moving);
        let is_in = outcomes == [EntryOutcome::Done];
        // Whoever comes second is told of the first; a server may also have to be asked again.
        assert!(!(is_in && moving.is_ok()), "person {person}: {outcomes:?} {moving:?}");
        came += u32::from(is_in);
        moved += u32::from(moving.is_ok());
    }
    assert_eq!(came + moved, 20, "{came} came, {moved} moved");
    let gone = "SELECT COUNT(*) FROM bookings WHERE came IS NOT NULL AND slot = 6";
    assert_eq!(plainly::ask(&one.random, gone).await, 0);
    plainly::assert_sound(&one.random).await;
}

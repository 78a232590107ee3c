//! A whole day at a vaccination site by the kiosk's own desks over the real service: 300 people,
//! two desks, the line cut for the middle third, people who come to both desks, bookings that are
//! cancelled or moved, and a desk whose power is cut. Every person counts once, every conflict is
//! named, and nothing that a screen said to be done is lost.

use crate::databases::Kind;
use crate::desk_rig::{DeskRig, folder, signer};
use crate::desks::{DAY, desk, list, reschedule, set, start};
use crate::running::Running;
use crate::town;
use jiff::SignedDuration;
use rstest::rstest;
use std::collections::{BTreeMap, BTreeSet};
use vaxkiosk::api::attendance::{AttendanceStep, EntryOutcome};
use vaxkiosk::domain::attendance::Attendance;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::site::{SiteId, SlotId};
use vaxkiosk::kiosk::model::site::{Kept, SiteAction, came_at};
use vaxkiosk::receipt::claims::Claims;
use vaxkiosk::server::engine::Command;
use vaxkiosk::server::store::ids::PersonId;

const PEOPLE: u32 = 300;
/// The line is cut for these.
const CUT: std::ops::Range<u32> = 100..200;
/// From here on desk A is without power, until the line is back.
const POWER_CUT: u32 = 150;
/// Who comes to both desks, the second time three people later.
const TWICE: [u32; 10] = [20, 40, 60, 80, 90, 110, 120, 130, 136, 140];
/// Cancelled or moved: before the day, in the morning, and while the line is cut.
const CANCELLED: [u32; 10] = [5, 15, 25, 105, 115, 155, 165, 205, 255, 295];
const MOVED: [u32; 10] = [7, 17, 27, 107, 117, 157, 167, 207, 257, 297];

/// A booking of the day: the nth person, from 0.
struct Booked {
    number: BookingNumber,
    receipt: String,
}

async fn book(running: &Running) -> Vec<Booked> {
    let mut all = Vec::new();
    for nth in 0..PEOPLE {
        let (slot, hour) = if nth < PEOPLE / 2 { (1, 9) } else { (4, 10) };
        let number = running.book_given(nth + 1, slot, Language::En).await;
        let slot = DAY.at(hour, 0, 0, 0);
        let claims = Claims { booking: number, site: SiteId(1), slot, issued: town::open() };
        all.push(Booked { number, receipt: signer().sign(claims).unwrap() });
    }
    all
}

/// Ends the bookings of these people as people do at home.
async fn change(running: &Running, booked: &[Booked], nth: impl Fn(u32) -> bool) {
    // The round has closed by the day: of what is done at the last moment the site's list is older.
    let now = std::mem::replace(&mut *running.time.lock().unwrap(), town::civil(15, 16));
    for person in (0..PEOPLE).filter(|person| nth(*person)) {
        let slot = if person < PEOPLE / 2 { 1 } else { 4 };
        let number = booked[person as usize].number;
        if CANCELLED.contains(&person) {
            let (person, slot) = (PersonId((person + 1).into()), SlotId(slot));
            let cancel = Command::Cancel { person, number, slot, language: Language::En };
            running.service.engine.submit(cancel).await.unwrap();
        } else if MOVED.contains(&person) {
            reschedule(running, person + 1, number, (slot, 5)).await.unwrap();
        }
    }
    *running.time.lock().unwrap() = now;
}

/// What a desk does with a person; false if it sent them away.
async fn serve(desk: &mut DeskRig, person: u32, booked: &Booked) -> bool {
    let code = desk.scan(&booked.receipt).await;
    // Early and late may check in too.
    if !["", "C01", "C08"].contains(&code) {
        return false;
    }
    desk.press(SiteAction::CheckIn).await;
    match person % 10 {
        0..7 => desk.press(SiteAction::Vaccinated).await,
        7 => desk.press(SiteAction::Left).await,
        _ => {}
    }
    true
}

/// What the screens of both desks said to be done, and by which of them.
fn steps(a: &[(BookingNumber, AttendanceStep)]) -> BTreeMap<BookingNumber, Vec<AttendanceStep>> {
    let mut steps: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (number, step) in a {
        steps.entry(*number).or_default().push(step.clone());
    }
    steps
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_hundred_people_two_desks_and_a_line_that_is_cut(#[case] kind: Kind) {
    let running = start(kind, PEOPLE).await;
    let booked = book(&running).await;
    change(&running, &booked, |person| person < 100).await;
    set(&running, 16, 8, 50);
    let folders = ["a", "b"].map(|name| folder(&format!("{kind:?}-{name}")));
    let mut a = DeskRig::start(&running, "desk a", &folders[0], 1).await;
    let mut b = DeskRig::start(&running, "desk b", &folders[1], 2).await;
    for desk in [&mut a, &mut b] {
        desk.log_in().await;
        desk.set_lot("3004217").await;
    }
    let (mut confirmed, mut sent_away) = (Vec::new(), BTreeSet::new());
    let mut has_power = true;
    for person in 0..PEOPLE {
        *running.time.lock().unwrap() += SignedDuration::from_secs(24);
        if person == CUT.start {
            (a.cut, b.cut) = (true, true);
            a.tick().await;
            b.tick().await;
            // Nobody at the site knows of these.
            change(&running, &booked, |person| person >= 100).await;
        }
        if person == POWER_CUT {
            // What a desk had in memory is gone; its disk stays.
            confirmed.append(&mut a.confirmed);
            drop(a);
            a = DeskRig::start(&running, "desk a", &folders[0], 3).await;
            a.cut = true;
            has_power = false;
        }
        if person == CUT.end {
            (a.cut, b.cut) = (false, false);
            a.log_in().await;
            a.set_lot("3004217").await;
            has_power = true;
            for _ in 0..20 {
                *running.time.lock().unwrap() += SignedDuration::from_secs(1);
                b.tick().await;
            }
        }
        let first = if person % 2 == 0 && has_power { &mut a } else { &mut b };
        first.tick().await;
        if !serve(first, person, &booked[person as usize]).await {
            sent_away.insert(person);
        }
        if let Some(again) = person.checked_sub(3).filter(|again| TWICE.contains(again)) {
            // All of these were at desk A first.
            serve(&mut b, again, &booked[again as usize]).await;
        }
    }
    for _ in 0..10 {
        *running.time.lock().unwrap() += SignedDuration::from_secs(1);
        a.tick().await;
        b.tick().await;
    }
    assert_eq!((a.desk().unsent(), b.desk().unsent()), (0, 0), "all is sent");
    confirmed.append(&mut a.confirmed);
    confirmed.append(&mut b.confirmed);
    let conflicts: Vec<_> = a.conflicts().into_iter().chain(b.conflicts()).collect();
    let day = list(&desk(&running, "desk b").await, DAY).await;
    assert_eq!(day.entries.len(), PEOPLE as usize, "every person once");
    let stands: BTreeMap<_, _> =
        day.entries.iter().map(|entry| (entry.number, entry.attendance.clone())).collect();

    // Each conflict names the person, and there is one for each who could not count.
    let named: BTreeSet<BookingNumber> = conflicts.iter().map(|kept| kept.entry.number).collect();
    assert!(conflicts.iter().all(|kept| !kept.name_masked.is_empty()));
    assert!(
        conflicts.iter().all(|kept| matches!(kept.outcome, Some(EntryOutcome::Conflict { .. })))
    );
    let mut expected = BTreeSet::new();
    for person in 0..PEOPLE {
        let number = booked[person as usize].number;
        let in_the_dark = CUT.contains(&person);
        let is_gone = CANCELLED.contains(&person) || MOVED.contains(&person);
        // At the second desk, without a line or before its list was renewed.
        if in_the_dark && (is_gone || TWICE.contains(&person)) {
            expected.insert(number);
        }
        assert_eq!(sent_away.contains(&person), is_gone && !in_the_dark, "{person}");
    }
    let late: BTreeSet<_> = named.difference(&expected).copied().collect();
    let twice: BTreeSet<_> = TWICE.iter().map(|nth| booked[*nth as usize].number).collect();
    assert!(expected.is_subset(&named), "every conflict is named");
    assert!(late.is_subset(&twice), "and nobody else is");

    // Of each who was at both, both desks know: one by its own entry, the other by what it is told.
    let of = |desk: &DeskRig, other: &str| -> BTreeSet<String> {
        let is_theirs = |kept: &Kept| match &kept.outcome {
            Some(EntryOutcome::Conflict { attendance }) => {
                came_at(attendance).is_some_and(|(_, desk)| desk == other)
            }
            _ => false,
        };
        let theirs = desk.conflicts().into_iter().filter(is_theirs);
        theirs.map(|kept| kept.entry.id).collect()
    };
    let told = |desk: &DeskRig| -> BTreeSet<String> {
        desk.desk().told.iter().map(|told| told.id.clone()).collect()
    };
    assert_eq!((told(&a), told(&b)), (of(&b, "desk a"), of(&a, "desk b")));
    assert!(!told(&a).is_empty());
    let both = a.desk().told.iter().chain(&b.desk().told);
    let both: Vec<_> = both.inspect(|told| assert!(!told.name_masked.is_empty())).collect();
    assert!(both.iter().all(|told| twice.contains(&told.number)));
    assert!(both.iter().all(|told| came_at(&told.entered).is_some()), "what, when and where");

    // What a screen said to be done stands, or is named as a conflict.
    let confirmed = steps(&confirmed);
    for (person, booked) in (0..).zip(&booked) {
        let stands = &stands[&booked.number];
        let said = confirmed.get(&booked.number);
        match stands {
            Attendance::Cancelled => assert!(CANCELLED.contains(&person)),
            Attendance::Moved => assert!(MOVED.contains(&person)),
            Attendance::Vaccinated { lot, .. } => {
                assert_eq!((person % 10 < 7, lot.as_str()), (true, "3004217"), "{person}");
            }
            Attendance::Left { .. } => assert_eq!(person % 10, 7),
            Attendance::CheckedIn { .. } => assert!(person % 10 > 7, "{person}"),
            Attendance::Expected | Attendance::Absent => panic!("{person} is lost"),
        }
        if said.is_none() {
            assert!(sent_away.contains(&person));
        } else if matches!(stands, Attendance::Cancelled | Attendance::Moved) {
            assert!(named.contains(&booked.number), "{person}");
        }
    }

    // Somebody reads them, and nothing is left on either machine.
    for desk in [&mut a, &mut b] {
        use vaxkiosk::kiosk::model::counter::CounterAction;
        use vaxkiosk::kiosk::model::site::SitePage;
        desk.act(CounterAction::Site(SiteAction::Page(SitePage::Conflicts))).await;
        for _ in 0..desk.desk().all_conflicts().count() {
            desk.act(CounterAction::Site(SiteAction::Seen)).await;
        }
        let desk = desk.desk();
        assert!(desk.kept.is_empty() && desk.told.is_empty() && desk.unsaid.is_empty());
    }
    for name in ["desk a", "desk b"] {
        let list = list(&crate::desks::desk(&running, name).await, DAY).await;
        assert_eq!(list.conflicts, [], "the service tells it no more");
    }
    drop((a, b));
    for folder in folders {
        let left = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name());
        assert_eq!(left.collect::<Vec<_>>(), ["lock"]);
        std::fs::remove_dir_all(folder).unwrap();
    }
}

//! The catalog against what is told it: nothing here touches a database.

use super::*;
use crate::domain::round::tests::round_02;
use crate::server::fhir::publication::Publisher;
use jiff::SignedDuration;
use jiff::civil::date;

fn programme() -> Programme {
    let site = |id, district| Site {
        id: SiteId(id),
        district: DistrictCode(district),
        name_zh: "練習".into(),
        name_en: "Practice".into(),
        address_zh: "練習路".into(),
        address_en: "Lianxi Rd.".into(),
        brand: Brand::AstraZeneca,
    };
    let slot = |id, site| Slot {
        id: SlotId(id),
        site: SiteId(site),
        starts: date(2021, 7, 16).at(9, 0, 0, 0),
        ends: date(2021, 7, 16).at(10, 0, 0, 0),
        capacity: 10,
        taken: 4,
    };
    let sites = vec![site(1, 100), site(2, 100), site(3, 200), site(4, 300)];
    Programme {
        round: round_02(),
        sites,
        slots: vec![slot(11, 1), slot(12, 1), slot(21, 2), slot(31, 3)],
    }
}

/// The hour in which the round opens.
fn now() -> Timestamp {
    taipei::instant(date(2021, 7, 13).at(10, 0, 0, 0))
}

fn catalog() -> Catalog {
    let catalog = Catalog::default();
    catalog.publish(programme());
    catalog
}

fn seats(slot: u32, capacity: u32, taken: u32) -> Seats {
    Seats { slot: SlotId(slot), capacity, taken }
}

fn free(catalog: &Catalog) -> Vec<u32> {
    let body = catalog.snapshot().unwrap().seats_body();
    let seats: crate::api::sites::Seats = serde_json::from_slice(&body.bytes).unwrap();
    seats.districts.iter().map(|district| district.free).collect()
}

#[test]
fn a_commit_is_seen_at_once_in_every_answer_that_tells_of_it_and_in_no_other() {
    let catalog = catalog();
    let snapshot = catalog.snapshot().unwrap();
    let before = |snapshot: &Snapshot| {
        let slots = |site| snapshot.slots_body(SiteId(site)).unwrap().etag;
        let sites = |district| snapshot.sites_body(DistrictCode(district), now()).unwrap().etag;
        [slots(1), slots(2), sites(100), sites(200), snapshot.seats_body().etag]
    };
    let old = before(&snapshot);
    assert_eq!(free(&catalog), [18, 6, 0]);
    catalog.committed([seats(11, 10, 5)]);
    let new = before(&snapshot);
    let changed: Vec<bool> = old.iter().zip(&new).map(|(old, new)| old != new).collect();
    assert_eq!(changed, [true, false, true, false, true]);
    assert_eq!(free(&catalog), [17, 6, 0]);
    let slots: Vec<Slot> =
        serde_json::from_slice(&snapshot.slots_body(SiteId(1)).unwrap().bytes).unwrap();
    assert_eq!(slots.iter().map(|slot| slot.taken).collect::<Vec<_>>(), [5, 4]);
}

#[test]
fn what_the_database_said_before_a_commit_does_not_undo_it() {
    let catalog = catalog();
    let stamp = catalog.stamp();
    catalog.committed([seats(11, 10, 5)]);
    catalog.refresh(&[seats(11, 10, 4), seats(21, 10, 9)], stamp);
    assert_eq!(free(&catalog), [12, 6, 0], "the commit stays, the other slot is news");
    catalog.refresh(&[seats(11, 10, 6)], catalog.stamp());
    assert_eq!(free(&catalog), [11, 6, 0], "what was asked after it is newer");
}

#[test]
fn the_same_seats_keep_their_tag_and_two_servers_agree_on_it() {
    let (one, other) = (catalog(), catalog());
    let tag = |catalog: &Catalog| catalog.snapshot().unwrap().seats_body().etag;
    let first = tag(&one);
    one.committed([seats(11, 10, 4)]);
    assert_eq!(tag(&one), first);
    assert_eq!(tag(&other), first);
    one.committed([seats(11, 10, 5)]);
    assert_ne!(tag(&one), first);
    one.committed([seats(11, 10, 4)]);
    assert_eq!(tag(&one), first);
}

#[test]
fn what_is_not_there_has_no_answer() {
    assert!(Catalog::default().snapshot().is_none());
    let catalog = catalog();
    catalog.committed([seats(99, 1, 1)]);
    let snapshot = catalog.snapshot().unwrap();
    assert!(snapshot.slots_body(SiteId(9)).is_none());
    assert!(snapshot.sites_body(DistrictCode(9), now()).is_none());
    assert_eq!(snapshot.slots_body(SiteId(4)).unwrap().bytes.as_ref(), b"[]");
    assert!(snapshot.place(SlotId(99)).is_none());
}

#[test]
fn a_publication_is_made_once_in_ten_seconds_however_many_ask() {
    let (one, other) = (catalog(), catalog());
    let (one, other) = (one.snapshot().unwrap(), other.snapshot().unwrap());
    let publisher = Publisher::new("https://booking.example".into(), None);
    let second = SignedDuration::from_secs(1);
    assert!(one.published(now()).is_none(), "nobody has asked");
    let first = one.publish(&publisher, now());
    one.put(&seats(11, 10, 5), |_| true, None);
    for later in [now(), now() + RENEWED_AFTER - second] {
        assert!(Arc::ptr_eq(&first, &one.published(later).unwrap()));
        assert!(Arc::ptr_eq(&first, &one.publish(&publisher, later)));
    }
    for another in [now() + RENEWED_AFTER, now() - second] {
        assert!(one.published(another).is_none());
    }
    let second_one = one.publish(&publisher, now() + RENEWED_AFTER);
    assert_ne!(first.slots.etag, second_one.slots.etag);
    assert_eq!(first.schedules.etag, second_one.schedules.etag);
    // Servers side by side have the same files.
    assert_eq!(other.publish(&publisher, now() + second).slots.etag, first.slots.etag);
}

#[test]
fn a_publication_ends_to_the_second_when_the_round_closes_or_a_slot_begins() {
    let catalog = catalog();
    let snapshot = catalog.snapshot().unwrap();
    let publisher = Publisher::new("https://booking.example".into(), None);
    let second = SignedDuration::from_secs(1);
    let begins = taipei::instant(date(2021, 7, 16).at(9, 0, 0, 0));
    for ends in [snapshot.round.opens, snapshot.round.closes, begins] {
        let before = snapshot.publish(&publisher, ends - second);
        assert!(snapshot.published(ends).is_none());
        assert_ne!(before.slots.etag, snapshot.publish(&publisher, ends).slots.etag);
    }
}

//! The store: one suite, run on SQLite and on a real PostgreSQL.

use crate::databases::{Fresh, Kind};
use crate::town;
use crate::town::{card, open, round_number};
use crate::town_store::{store_at, town_at};
use jiff::SignedDuration;
use rstest::rstest;
use std::collections::HashSet;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::person::{BirthDate, Category};
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::round::RoundNumber;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::server::service::seal;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::database::Address;
use vaxkiosk::server::store::decided::{Decided, NewBooking, Series};
use vaxkiosk::server::store::devices::NewDevice;
use vaxkiosk::server::store::error::StoreError;
use vaxkiosk::server::store::ids::{DeviceId, PersonId};
use vaxkiosk::server::store::import::RosterEntry;
use vaxkiosk::server::store::lockouts::{FailedLogins, LoginSubject};
use vaxkiosk::server::store::people::Credentials;
use vaxkiosk::server::store::spent_tokens::SpentToken;

fn booking(sequence: u32, person: i64, slot: u32) -> NewBooking {
    NewBooking {
        number: BookingNumber::new(round_number(), sequence).unwrap(),
        person: PersonId(person),
        slot: SlotId(slot),
        mobile: MobileNumber::parse("0987654321").unwrap(),
        mobile_sealed: None,
        language: Language::Vi,
        channel: Channel::Pharmacy,
        key: u128::from(sequence).to_be_bytes(),
        made: open(),
    }
}

async fn write(store: &Store, bookings: &[NewBooking]) -> Result<Vec<bool>, StoreError> {
    let people: Vec<_> = bookings.iter().map(|new| new.person).collect();
    let slots: std::collections::BTreeSet<_> = bookings.iter().map(|new| new.slot).collect();
    let batch =
        store.batch(round_number(), &people, &slots.into_iter().collect::<Vec<_>>()).await?;
    let lost = batch
        .write(round_number(), &Decided { bookings: bookings.to_vec(), ..Decided::default() })
        .await?;
    Ok(bookings.iter().map(|new| !lost.contains(&new.person)).collect())
}

async fn taken(store: &Store) -> Vec<u32> {
    let mut seats = store.seats(round_number()).await.unwrap();
    seats.sort_by_key(|seats| seats.slot);
    seats.iter().map(|seats| seats.taken).collect()
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_round_reads_back_as_it_was_written(#[case] kind: Kind) {
    let random = kind.fresh();
    let store = store_at(&random).await;
    assert!(store.programme(round_number()).await.unwrap().is_none());
    assert!(store.is_empty().await.unwrap());
    let before = store.changes().await.unwrap();
    town::settle(&store, 2, 5).await;
    assert!(!store.is_empty().await.unwrap());
    assert_ne!(store.changes().await.unwrap().programme, before.programme, "servers are told");
    let programme = store.programme(round_number()).await.unwrap().unwrap();
    let written = town::round(5);
    assert_eq!(
        (programme.round, programme.sites, programme.slots),
        (written.round, written.sites, written.slots)
    );
    let other = RoundNumber::try_from(9).unwrap();
    for (round, expected) in
        [(Some(round_number()), &[1, 2][..]), (Some(other), &[]), (None, &[1, 2])]
    {
        let mut sites = store.site_numbers(round).await.unwrap();
        sites.sort();
        assert!(sites.iter().map(|site| site.0).eq(expected.iter().copied()), "{round:?}");
    }
    assert_eq!(store.count_registered().await.unwrap(), 2);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_not_finished_leaves_nothing(#[case] kind: Kind) {
    let random = kind.fresh();
    let store = store_at(&random).await;
    let mut import = store.import().await.unwrap();
    import.round(&town::round(5)).await.unwrap();
    import.people(&[town::person(1)]).await.unwrap();
    assert!(import.people(&[town::person(1)]).await.is_err(), "the same person twice");
    drop(import);
    assert!(store.is_empty().await.unwrap());
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_found_by_both_numbers_or_not_at_all(#[case] kind: Kind) {
    let (_fresh, store) = town_at(kind, 3, 5).await;
    let credentials =
        |id: u32, number: u32| Credentials { id: card(id).id, card: Some(card(number).number) };
    let asked = [
        credentials(2, 2),
        credentials(1, 2),
        credentials(9, 9),
        credentials(3, 3),
        credentials(2, 2),
    ];
    let found = store.people(&asked, round_number()).await.unwrap();
    let rows: Vec<_> = found
        .iter()
        .map(|person_found| person_found.as_ref().map(|person_found| person_found.record.person.0))
        .collect();
    assert_eq!(rows, [Some(2), None, None, Some(3), Some(2)], "each in its place");
    let record = &found[0].as_ref().unwrap().record;
    assert_eq!(record.born, card(2).born);
    let intention = record.intention.as_ref().unwrap();
    assert_eq!((intention.mobile.expose(), intention.brands.len()), (town::MOBILE, 1));
    assert!(record.live.is_none());
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_written_set_is_there_with_all_that_was_said(#[case] kind: Kind) {
    let (random, store) = town_at(kind, 4, 5).await;
    let set = [booking(7, 1, 1), booking(8, 2, 1), booking(9, 4, 2)];
    assert_eq!(write(&store, &set).await.unwrap(), [true, true, true]);
    store.close().await;
    let store = store_at(&random).await;
    assert_eq!(taken(&store).await, [2, 1, 0]);
    let credentials = Credentials { id: card(4).id, card: Some(card(4).number) };
    let live = store.people(&[credentials], round_number()).await.unwrap()[0]
        .clone()
        .unwrap()
        .record
        .live
        .unwrap();
    let new = &set[2];
    assert_eq!(
        (live.number, live.slot, live.made, live.key),
        (new.number, new.slot, new.made, new.key)
    );
    assert_eq!(live.mobile, new.mobile);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_constraint_holds_even_if_the_engine_were_wrong(#[case] kind: Kind) {
    let (_fresh, store) = town_at(kind, 4, 1).await;
    write(&store, &[booking(1, 1, 1)]).await.unwrap();
    let over = write(&store, &[booking(2, 2, 2), booking(3, 3, 1)]).await;
    assert!(over.unwrap_err().is_refusal(), "a seat over capacity");
    match write(&store, &[booking(4, 1, 2)]).await {
        Ok(written) => {
            assert_eq!(written, [false], "a second live booking of a person is left out")
        }
        Err(error) => assert!(error.is_refusal()),
    }
    assert_eq!(taken(&store).await, [1, 0, 0], "and nothing of what went with them is there");
    let findings = store.audit(round_number()).await.unwrap();
    assert_eq!(findings.live_bookings, 1);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_given_once(#[case] kind: Kind) {
    let (random, store) = town_at(kind, 1, 1).await;
    let other = store_at(&random).await;
    let mut asked = Vec::new();
    for nth in 0..20 {
        let store = if nth % 2 == 0 { store.clone() } else { other.clone() };
        asked.push(tokio::spawn(async move {
            store.reserve(round_number(), Series::Bookings, 10).await.unwrap()
        }));
    }
    let mut given = HashSet::new();
    for first in asked {
        let first = first.await.unwrap();
        assert!((first..first + 10).all(|number| given.insert(number)));
    }
    assert_eq!((given.len(), given.iter().min(), given.iter().max()), (200, Some(&1), Some(&200)));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn devices_are_added_once_and_revoked(#[case] kind: Kind) {
    let random = kind.fresh();
    let store = store_at(&random).await;
    let device = |name: &str, token: u8, certificate: Option<u8>| NewDevice {
        name: name.into(),
        channel: Channel::Pharmacy,
        institution: "藥局".into(),
        site: None,
        counter: false,
        token: Some([token; 32]),
        certificate: certificate.map(|byte| [byte; 32]),
        added: open(),
    };
    store.add_devices(&[device("one", 1, Some(1)), device("two", 2, None)]).await.unwrap();
    for twice in [device("one", 3, None), device("three", 2, None), device("three", 3, Some(1))] {
        assert!(matches!(
            store.add_devices(&[device("new", 9, None), twice]).await,
            Err(StoreError::Taken(_))
        ));
    }
    assert!(store.revoke_device("one", open()).await.unwrap());
    assert!(!store.revoke_device("one", open()).await.unwrap(), "once");
    assert!(!store.revoke_device("nobody", open()).await.unwrap());
    let devices = store.devices().await.unwrap();
    let names: Vec<_> =
        devices.iter().map(|device| (device.name.as_str(), device.revoked.is_some())).collect();
    assert_eq!(names, [("one", true), ("two", false)]);
    assert_eq!((devices[0].token, devices[0].certificate), (Some([1; 32]), Some([1; 32])));
    assert_eq!((devices[1].channel, devices[1].institution.as_str()), (Channel::Pharmacy, "藥局"));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_early_end_of_a_session_is_remembered_until_it_would_be_over(#[case] kind: Kind) {
    let (_fresh, store) = town_at(kind, 1, 1).await;
    let after = |minutes| open() + SignedDuration::from_mins(minutes);
    let ended =
        |byte, ends| SpentToken { hash: [byte; 16], spent: after(ends), expires: after(10) };
    for set in [vec![ended(1, 1), ended(2, 2)], vec![ended(2, 2)]] {
        let batch = store.batch(round_number(), &[], &[]).await.unwrap();
        batch
            .write(round_number(), &Decided { spent: set.to_vec(), ..Decided::default() })
            .await
            .unwrap();
    }
    let since =
        async |minutes, now| store.spent_tokens(after(minutes), after(now)).await.unwrap().len();
    assert_eq!((since(0, 3).await, since(2, 3).await, since(0, 10).await), (2, 1, 0));
    store.forget_spent_tokens(after(10)).await.unwrap();
    assert_eq!(since(0, 0).await, 0);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_audit_finds_what_must_never_be(#[case] kind: Kind) {
    let (random, store) = town_at(kind, 3, 5).await;
    write(&store, &[booking(1, 1, 1), booking(2, 2, 2)]).await.unwrap();
    let sound = store.audit(round_number()).await.unwrap();
    assert_eq!((sound.live_bookings, sound.seats_without_booking), (2, 0));
    let numbers = [1, 2, 3].map(|sequence| booking(sequence, 1, 1).number);
    assert_eq!(store.missing(&numbers).await.unwrap(), [numbers[2]]);
    // What no program of ours can do: the constraints are taken away first.
    damage(
        &random,
        &[
            "DROP INDEX one_live_booking_a_person_and_round",
            "INSERT INTO bookings SELECT 200000003, round, person, slot, mobile_sealed, channel, \
                idempotency_key, language, made, NULL, NULL, NULL, NULL, NULL \
             FROM bookings WHERE number = 200000001",
            "INSERT INTO bookings SELECT 200000004, round, 99, 98, mobile_sealed, channel, \
                idempotency_key, language, made, NULL, NULL, NULL, NULL, NULL \
             FROM bookings WHERE number = 200000001",
            "UPDATE seats SET taken = 1, capacity = 1 WHERE slot = 1",
            "UPDATE seats SET taken = 3 WHERE slot = 3",
        ],
    )
    .await;
    let found = store.audit(round_number()).await.unwrap();
    assert_eq!(found.live_bookings, 4);
    assert_eq!(found.seats_without_booking, 3);
    assert_eq!(found.slots_over_capacity, 1, "two bookings, one seat");
    assert_eq!(found.slots_with_more_bookings_than_taken_seats, 1);
    assert_eq!(found.people_booked_twice, 1);
    assert_eq!(found.bookings_without_person_or_slot, 1);
}

async fn damage(random: &Fresh, statements: &[&'static str]) {
    match &random.address {
        Address::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let mut db =
                <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options).await.unwrap();
            for statement in statements {
                sqlx::query(*statement).execute(&mut db).await.unwrap();
            }
        }
        Address::Postgres(url) => {
            let mut db = <sqlx::PgConnection as sqlx::Connection>::connect(url).await.unwrap();
            for statement in statements {
                sqlx::query(*statement).execute(&mut db).await.unwrap();
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_file_shows_nobody() {
    let (random, store) = town_at(Kind::Sqlite, 3, 5).await;
    write(&store, &[booking(1, 1, 1)]).await.unwrap();
    store.close().await;
    let Address::Sqlite(path) = &random.address else { unreachable!() };
    let bytes = std::fs::read(path).unwrap();
    assert!(bytes.len() > 20_000);
    let id = card(1).id;
    for secret in
        [id.expose(), "000000000001", town::MOBILE, "0987654321", town::NAME, "1980-01-01"]
    {
        assert!(
            !bytes.windows(secret.len()).any(|window| window == secret.as_bytes()),
            "{secret} stands in the file"
        );
    }
    // Nor does who has the file, but not the keys, find somebody.
    let other = vaxkiosk::server::keys::Secrets::new([9; 32], [6; 32]);
    let opened = Store::open(&random.address, seal(&other, &town::env(open()))).await;
    assert!(matches!(opened, Err(StoreError::OtherKeys)), "{opened:?}");
}

/// Who is on the roster already is renewed if anything of them is another, and left alone if not.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_imported_again_is_renewed_if_something_is_another(#[case] kind: Kind) {
    type Change = fn(&mut RosterEntry);
    let changes: [(Change, [usize; 3]); 5] = [
        (|_| {}, [0, 0, 1]),
        (|entry| entry.category = Some(Category(9)), [0, 1, 0]),
        (|entry| entry.password_hash = Some("$argon2id$".into()), [0, 1, 0]),
        (|entry| entry.card.born = BirthDate(jiff::civil::date(1981, 1, 1)), [0, 1, 0]),
        (|entry| entry.card.number = card(9).number, [0, 1, 0]),
    ];
    let (_fresh, store) = town_at(kind, 2, 5).await;
    for (at, (change, expected)) in changes.into_iter().enumerate() {
        let mut entry = RosterEntry::new(card(1));
        change(&mut entry);
        // Not finished, so that the next one finds everybody as they were.
        let counts = store.import().await.unwrap().people(&[entry]).await.unwrap();
        assert_eq!([counts.new, counts.changed, counts.same], expected, "{at}");
    }
}

/// A right log-in ends its person's count and lowers the kiosk's by one, for all servers.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_right_log_in_is_forgiven_in_the_database(#[case] kind: Kind) {
    let (_fresh, store) = town_at(kind, 1, 5).await;
    let subjects = [LoginSubject::Person(7), LoginSubject::Device(DeviceId(1))];
    let before = open() - SignedDuration::from_secs(1);
    for _ in 0..2 {
        store.failed(&subjects, open(), before).await.unwrap();
    }
    store.succeeded(&subjects).await.unwrap();
    let left = store.failed_logins(before).await.unwrap();
    assert_eq!(left, [FailedLogins { subject: subjects[1], count: 1, last: open() }]);
}

//! A new root key: everything is there under it, and a change that is broken off goes on.

use crate::databases::{Fresh, Kind};
use crate::running::{Running, generous, key, number, start, start_keyed, with_card};
use crate::town;
use crate::town::{card, open, round_number};
use crate::waiting::{Server, book, settle, slot, waits, wish};
use rstest::rstest;
use std::sync::Arc;
use vaxkiosk::api::bookings::BookingView;
use vaxkiosk::client::calls::{Answer, Reply};
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::taipei;
use vaxkiosk::domain::waiting::DayPart;
use vaxkiosk::receipt::signing::verify_with_any;
use vaxkiosk::server::engine::line::Look;
use vaxkiosk::server::keys::Secrets;
use vaxkiosk::server::lockout::FORGOTTEN_AFTER;
use vaxkiosk::server::service::seal;
use vaxkiosk::server::site_days::SiteDays;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::audit_read::TrailFilter;
use vaxkiosk::server::store::database::Address;
use vaxkiosk::server::store::erasure::Erased;
use vaxkiosk::server::store::error::StoreError;
use vaxkiosk::server::store::ids::{DeviceId, PersonId};
use vaxkiosk::server::store::lockouts::LoginSubject;
use vaxkiosk::server::store::numbered_keys::KeyNumbers;
use vaxkiosk::server::store::offer_codes::OfferOfCode;
use vaxkiosk::server::store::seal::Seal;

/// The town's secrets with other roots, and another key of receipts.
fn secrets(root: u8) -> Secrets {
    match root {
        1 => town::secrets(),
        _ => Secrets::numbered(root.into(), [root + 100; 32], [root + 200; 32]),
    }
}

fn sealed_with(root: u8) -> Seal {
    seal(&secrets(root), &town::env(open()))
}

async fn opened(fresh: &Fresh, root: u8) -> Result<Store, StoreError> {
    Store::open(&fresh.address, sealed_with(root)).await
}

async fn alone(fresh: &Fresh, root: u8) -> Result<Store, StoreError> {
    Store::open_alone(&fresh.address, sealed_with(root)).await
}

/// Changes the root key from one to another, all of it.
async fn rotate(fresh: &Fresh, from: u8, to: u8) {
    let store = alone(fresh, to).await.unwrap();
    let mut rotation = store.rotate(sealed_with(from), sealed_with(to)).await.unwrap();
    while rotation.next(open()).await.unwrap().is_some() {}
    assert_eq!(rotation.damaged, 0);
    let numbers = KeyNumbers { at: to.into(), to: None };
    assert_eq!(store.key_numbers().await.unwrap(), numbers);
    store.close().await;
}

fn booked(reply: Reply) -> BookingView {
    match reply {
        Ok(Answer::Booked(booking)) => *booking,
        other => panic!("{other:?}"),
    }
}

async fn execute(fresh: &Fresh, statement: &'static str) -> u64 {
    match &fresh.address {
        Address::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let db = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options);
            let mut db = db.await.unwrap();
            let done = sqlx::query(statement).execute(&mut db).await.unwrap();
            sqlx::Connection::close(db).await.unwrap();
            done.rows_affected()
        }
        Address::Postgres(url) => {
            let db = <sqlx::PgConnection as sqlx::Connection>::connect(url);
            let done = sqlx::query(statement).execute(&mut db.await.unwrap()).await.unwrap();
            done.rows_affected()
        }
    }
}

/// A town in which 1 has booked and is to be told, 2 was refused once, and 3 is erased.
async fn lived_in(kind: Kind) -> (Running, BookingView) {
    let running = start(kind, 4, 5).await;
    let store = &running.service.store;
    let token = running.session(1).await;
    let first = booked(running.book(&token, 1, key(1)).await);
    store.take_outbox_apart(jiff::Timestamp::MAX).await.unwrap();
    let wrong = with_card(card(2).id, card(4).number);
    assert!(running.client.call(wrong).await.is_err());
    let erased = store.erase_person(PersonId(3), open(), taipei::civil(open())).await;
    assert_eq!(erased.unwrap(), Erased::Done);
    (running, first)
}

async fn told_of(store: &Store, person: i64) -> Vec<String> {
    let filter =
        TrailFilter { person: Some(PersonId(person)), limit: 100, ..TrailFilter::default() };
    store.trail(&filter).await.unwrap().into_iter().map(|row| row.action).collect()
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_a_new_root_everything_is_there(#[case] kind: Kind) {
    let (before, first) = lived_in(kind).await;
    let fresh = Arc::clone(&before.random);
    let in_use = alone(&fresh, 2).await;
    assert!(matches!(in_use, Err(StoreError::InUse)), "{in_use:?}");
    before.service.store.close().await;
    rotate(&fresh, 1, 2).await;
    let old = opened(&fresh, 1).await;
    let wrong = StoreError::OtherKeyNumber { database: 2, file: 1 };
    assert_eq!(old.unwrap_err().to_string(), wrong.to_string());

    let after = start_keyed(Arc::clone(&fresh), open(), generous(), &secrets(2)).await;
    let store = &after.service.store;
    let token = after.session(1).await;
    let again = booked(after.book(&token, 1, key(1)).await);
    assert_eq!(again.number, first.number, "the same key is the same booking");
    let keys = [1, 2].map(|root| secrets(root).receipt_signer().public_key());
    let by = |receipt: &str| verify_with_any(receipt, &keys).unwrap();
    assert_eq!((by(&first.receipt).1, by(&again.receipt).1), (keys[0], keys[1]));
    assert_eq!(by(&first.receipt).0, by(&again.receipt).0, "both say the same");
    let due = store.claim_messages(open(), open(), 10).await.unwrap().due;
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].mobile.expose(), town::MOBILE);
    let refused = store.failed_logins(open() - FORGOTTEN_AFTER).await.unwrap();
    let person = LoginSubject::Card(sealed_with(2).person_key(&card(2).id));
    assert!(refused.iter().any(|one| one.subject == person && one.count == 1), "{refused:?}");
    let erased = after.client.call(with_card(card(3).id, card(3).number)).await;
    assert!(erased.is_err());

    // The trail is whole, goes on, and knows people of before and after.
    let other = after.session(4).await;
    after.book(&other, 1, key(4)).await.unwrap();
    assert_eq!(told_of(store, 1).await, ["book"]);
    assert_eq!(told_of(store, 4).await, ["book"]);
    assert_eq!(told_of(store, 3).await, ["erase"]);
    let verified = store.verify_trail().await.unwrap();
    assert!(verified.broken.is_empty() && verified.chains >= 3, "{verified:?}");
    let findings = store.audit(round_number()).await.unwrap();
    assert_eq!(findings.bookings_without_person_or_slot, 0);

    // Once more: what was hashed under the first key is still known under the third.
    store.close().await;
    rotate(&fresh, 2, 3).await;
    let store = opened(&fresh, 3).await.unwrap();
    assert_eq!(told_of(&store, 1).await, ["book"]);
    assert_eq!(told_of(&store, 4).await, ["book"]);
    assert!(store.verify_trail().await.unwrap().broken.is_empty());
    let rotated =
        TrailFilter { action: Some("rotate-keys".into()), limit: 9, ..TrailFilter::default() };
    let rotated = store.trail(&rotated).await.unwrap();
    let to: Vec<_> = rotated.iter().map(|row| row.after.as_deref().unwrap()).collect();
    assert_eq!(to, ["root 2", "root 3"]);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_changed_the_trail_before_is_found_after(
    #[case] kind: Kind,
    #[values(
        "UPDATE audit_trail SET entries = replace(entries, 'slot 1', 'slot 2') \
         WHERE entries LIKE '%slot 1%'",
        "DELETE FROM audit_trail WHERE entries LIKE '%slot 1%'",
        "UPDATE audit_chains SET length = length + 1",
        "UPDATE audit_chains SET key_number = 2 WHERE key_number = 1"
    )]
    damage: &'static str,
    #[values(true, false)] earlier: bool,
) {
    let (before, _) = lived_in(kind).await;
    let fresh = Arc::clone(&before.random);
    before.service.store.close().await;
    if earlier {
        assert!(execute(&fresh, damage).await > 0);
    }
    rotate(&fresh, 1, 2).await;
    let store = opened(&fresh, 2).await.unwrap();
    if !earlier {
        assert!(store.verify_trail().await.unwrap().broken.is_empty());
        assert!(execute(&fresh, damage).await > 0);
    }
    let broken = store.verify_trail().await.unwrap().broken;
    assert!(!broken.is_empty(), "{damage}");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_that_is_broken_off_after_any_transaction_goes_on(#[case] kind: Kind) {
    // More than are changed in one transaction.
    const PEOPLE: u32 = 1_200;
    let running = start(kind, PEOPLE, 5).await;
    let fresh = Arc::clone(&running.random);
    let token = running.session(PEOPLE).await;
    let first = number(running.book(&token, 1, key(1)).await);
    running.service.store.take_outbox_apart(jiff::Timestamp::MAX).await.unwrap();
    running.service.store.close().await;
    let mut attempts = 0;
    loop {
        let store = alone(&fresh, 2).await.unwrap();
        let mut rotation = store.rotate(sealed_with(1), sealed_with(2)).await.unwrap();
        let more = rotation.next(open()).await.unwrap().is_some();
        store.close().await;
        attempts += 1;
        if !more {
            break;
        }
        if attempts % 4 == 1 {
            for root in [1, 2] {
                let refused = opened(&fresh, root).await;
                assert!(matches!(refused, Err(StoreError::KeysChanging)), "{root} {refused:?}");
            }
            let store = alone(&fresh, 3).await.unwrap();
            let other = store.rotate(sealed_with(1), sealed_with(3)).await;
            assert!(matches!(other, Err(StoreError::OtherKeys)), "it is going to another");
            let to = secrets(2);
            let same = Secrets::numbered(2, [9; 32], *to.receipts);
            let other = store.rotate(sealed_with(1), seal(&same, &town::env(open()))).await;
            assert!(matches!(other, Err(StoreError::OtherKeys)), "the number is not the key");
            store.close().await;
        }
    }
    assert!(attempts > 10, "{attempts}");
    let after = start_keyed(fresh, open(), generous(), &secrets(2)).await;
    for nth in [1, 999, 1_000, 1_001, PEOPLE] {
        after.session(nth).await;
    }
    let token = after.session(PEOPLE).await;
    assert_eq!(number(after.book(&token, 1, key(1)).await), first);
    let due = after.service.store.claim_messages(open(), open(), 10).await.unwrap().due;
    assert_eq!(due.len(), 1);
    assert!(after.service.store.verify_trail().await.unwrap().broken.is_empty());
}

/// A service that had no connection open while the keys changed must not write with its old ones.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_keys_change_nobody_else_is_let_in(#[case] kind: Kind) {
    let fresh = kind.fresh();
    let store = opened(&fresh, 1).await.unwrap();
    store.close().await;
    let store = alone(&fresh, 2).await.unwrap();
    let mut rotation = store.rotate(sealed_with(1), sealed_with(2)).await.unwrap();
    let beside = opened(&fresh, 1).await;
    assert!(matches!(beside, Err(StoreError::InUse)), "{beside:?}");
    while rotation.next(open()).await.unwrap().is_some() {}
    store.close().await;
    opened(&fresh, 2).await.unwrap().try_write(open()).await.unwrap();
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test]
async fn what_desks_kept_until_that_day_has_the_same_keys(#[case] kind: Kind) {
    let fresh = kind.fresh();
    opened(&fresh, 1).await.unwrap().close().await;
    let keys = async |root| {
        let store = opened(&fresh, root).await.unwrap();
        let keys = SiteDays::new(store.attendance_keys().await.unwrap());
        store.close().await;
        keys
    };
    let first = keys(1).await;
    rotate(&fresh, 1, 2).await;
    let second = keys(2).await;
    rotate(&fresh, 2, 3).await;
    let third = keys(3).await;
    let (day, desk) = (taipei::civil(open()).date(), DeviceId(7));
    let later = day.tomorrow().unwrap();
    for after in [&second, &third] {
        assert_eq!(after.key(desk, day), first.key(desk, day));
        assert_ne!(after.key(desk, later), first.key(desk, later));
    }
    assert_ne!(second.key(desk, later), third.key(desk, later));
}

/// A code that was told counts after a change of keys, and so does one that is told only then.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_of_text_messages_count_under_the_new_key(#[case] kind: Kind) {
    let fresh = kind.fresh();
    settle(&fresh, 9, vec![slot(1, 1, 16, 9, 2)]).await.close().await;
    let server = Server::over(&fresh).await;
    for person in [1, 2] {
        server.engine.book(book(person, 1, person)).await.unwrap();
    }
    for person in [3, 4] {
        waits(&server.store, person, wish(DayPart::Any)).await;
    }
    server.catalog.know_who_waits(true);
    server.cancel(1, 1).await;
    server.look_untold(Look::GivenUp).await;
    let code = async |store: &Store| {
        let mut due = store.claim_messages(open(), open(), 9).await.unwrap().due;
        due.pop().and_then(|due| due.code).expect("a code")
    };
    let told = code(&server.store).await;
    server.send_all().await;
    server.cancel(2, 1).await;
    server.look_untold(Look::GivenUp).await;
    let never_told = code(&server.store).await;
    server.store.close().await;
    rotate(&fresh, 1, 2).await;
    let store = opened(&fresh, 2).await.unwrap();
    let of = async |code: &Personal| match store.offer_by_code(round_number(), code, open()).await {
        Ok(Some(OfferOfCode::Live(offer))) => Some(offer.person),
        _ => None,
    };
    assert_eq!(of(&told).await, Some(PersonId(3)));
    assert_eq!(of(&never_told).await, None);
    assert_eq!(of(&code(&store).await).await, Some(PersonId(4)));
}

//! The service through real HTTP on the loopback: the real routes, the real store, the kiosk's own
//! client.

use crate::databases::Kind;
use crate::running::{Running, client, code, generous, key, number, refusal, start, start_over};
use crate::running::{start_with, taken, with_card};
use crate::town;
use crate::town::{DISTRICT, card, open};
use jiff::SignedDuration;
use jiff::civil::date;
use rstest::rstest;
use std::collections::HashSet;
use std::sync::Arc;
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::sessions::SessionToken;
use vaxkiosk::api::sites::{BrandCodes, EARLIEST_AT_MOST, EarliestQuery};
use vaxkiosk::client::calls::Call;
use vaxkiosk::client::calls::{Answer, Fault};
use vaxkiosk::client::http::Client;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::region::DistrictCode;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::site::SiteId;
use vaxkiosk::domain::taipei::instant;
use vaxkiosk::receipt::signing::verify;
use vaxkiosk::server::service::seal;
use vaxkiosk::server::store::Store;

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_key_gives_the_same_booking_and_the_receipt_is_signed(#[case] kind: Kind) {
    let running = start(kind, 2, 5).await;
    let token = running.session(1).await;
    let first = running.book(&token, 1, key(7)).await;
    let Ok(Answer::Booked(booking)) = first.clone() else { panic!("{first:?}") };
    let claims = verify(&booking.receipt, &town::secrets().receipt_signer().public_key()).unwrap();
    assert_eq!((claims.booking, claims.slot), (booking.number, booking.starts));
    assert_eq!(running.book(&token, 1, key(7)).await, first, "asked again, the same answer");
    assert_eq!(refusal(running.book(&token, 2, key(8)).await), Some(Refusal::AlreadyBooked));
    assert_eq!(code(running.book(&token, 2, key(7)).await), Some(Code::KeyReused));
    let other = running.session(2).await;
    assert_eq!(taken(&running).await, [1, 0]);
    let theirs = running.book(&other, 1, key(7)).await;
    assert_ne!(
        number(theirs),
        booking.number.to_string(),
        "a key is of one person: another's is another"
    );
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_at_once_for_twenty_seats_get_exactly_twenty(#[case] kind: Kind) {
    let running = Arc::new(start(kind, 200, 20).await);
    let mut asking = Vec::new();
    for nth in 1..=200 {
        let running = Arc::clone(&running);
        asking.push(tokio::spawn(async move {
            let token = running.session(nth).await;
            running.book(&token, 1, key(nth)).await
        }));
    }
    let (mut numbers, mut full) = (HashSet::new(), 0);
    for reply in asking {
        match reply.await.unwrap() {
            Ok(Answer::Booked(booking)) => assert!(numbers.insert(booking.number)),
            reply => {
                assert_eq!(refusal(reply), Some(Refusal::SlotFull));
                full += 1;
            }
        }
    }
    assert_eq!((numbers.len(), full), (20, 180));
    assert_eq!(taken(&running).await, [20, 0]);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_person_at_many_kiosks_at_once_gets_one_booking(#[case] kind: Kind) {
    let running = Arc::new(start(kind, 1, 20).await);
    let token = running.session(1).await;
    let mut asking = Vec::new();
    for nth in 1..=50 {
        let (running, token) = (Arc::clone(&running), token.clone());
        asking.push(tokio::spawn(async move { running.book(&token, 1 + nth % 2, key(nth)).await }));
    }
    let mut booked = 0;
    for reply in asking {
        match reply.await.unwrap() {
            Ok(Answer::Booked(_)) => booked += 1,
            reply => assert_eq!(refusal(reply), Some(Refusal::AlreadyBooked)),
        }
    }
    assert_eq!(booked, 1);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_not_known_gets_in_nowhere(#[case] kind: Kind) {
    let running = start(kind, 1, 5).await;
    let stranger = client(&running.base, "another");
    assert_eq!(code(stranger.call(Call::Round).await), Some(Code::UnknownDevice));
    let (known, other) = (card(1), card(2));
    let mixed = with_card(known.id.clone(), other.number.clone());
    let unknown = with_card(other.id, other.number);
    assert_eq!(
        running.client.call(mixed).await,
        running.client.call(unknown).await,
        "one answer for every wrong pair"
    );
    let forged = SessionToken(Personal::new("0".repeat(64)));
    assert_eq!(code(running.book(&forged, 1, key(1)).await), Some(Code::SessionOver));
    let token = running.session(1).await;
    assert_eq!(
        running.client.call(Call::CloseSession { token: token.clone() }).await,
        Ok(Answer::Closed)
    );
    assert_eq!(code(running.book(&token, 1, key(1)).await), Some(Code::SessionOver));
    let token = running.session(1).await;
    assert_eq!(code(running.book(&token, 1, "not a key".into()).await), Some(Code::BadRequest));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rules_hold_at_the_service_too(#[case] kind: Kind) {
    let early = start_with(kind, 1, 5, open() - SignedDuration::from_secs(1), generous()).await;
    let token = early.session(1).await;
    assert!(matches!(
        refusal(early.book(&token, 1, key(1)).await),
        Some(Refusal::NotOpenYet { .. })
    ));
    let running = start(kind, 2, 5).await;
    let token = running.session(1).await;
    assert_eq!(refusal(running.book(&token, 99, key(1)).await), Some(Refusal::SlotGone));
    assert_eq!(refusal(running.book(&token, 3, key(1)).await), Some(Refusal::BrandNotChosen));
    assert_eq!(number(running.book(&token, 1, key(1)).await), "0200000001");
    let second = running.session(2).await;
    assert_eq!(number(running.book(&second, 2, key(2)).await), "0200000002");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reads_tell_free_seats(#[case] kind: Kind) {
    let running = start(kind, 1, 5).await;
    let Ok(Answer::Seats(seats)) = running.client.call(Call::Seats).await else { panic!() };
    assert_eq!(seats.of(DISTRICT), 2005);
    let Ok(Answer::Sites(sites)) = running.client.call(Call::Sites(DISTRICT)).await else {
        panic!()
    };
    assert_eq!(sites.iter().map(|site| site.free).collect::<Vec<_>>(), [1005, 1000]);
    let Ok(Answer::Slots(slots)) = running.client.call(Call::Slots(SiteId(1))).await else {
        panic!()
    };
    assert_eq!(slots.len(), 2);
    assert_eq!(code(running.client.call(Call::Slots(SiteId(77))).await), Some(Code::NotFound));
    let nobody = client("http://127.0.0.1:1", town::TOKEN);
    assert_eq!(nobody.call(Call::Round).await, Err(Fault::Gone));
}

async fn offered(running: &Running, brands: &[Brand]) -> Vec<(u32, u32)> {
    let query = EarliestQuery { brands: BrandCodes(brands.to_vec()), ..EarliestQuery::default() };
    match running.client.call(Call::EarliestSlots { district: DISTRICT, query }).await {
        Ok(Answer::EarliestSlots(found)) => {
            found.iter().map(|found| (found.site.id.0, found.slot.id.0)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_earliest_free_slot_that_suits_is_offered_until_its_last_seat_is_gone(
    #[case] kind: Kind,
) {
    let running = start(kind, 3, 1).await;
    let mo = &[Brand::Moderna];
    assert_eq!(offered(&running, &Brand::ALL).await, [(1, 1), (2, 3)]);
    assert_eq!(offered(&running, mo).await, [(2, 3)]);
    let (first, second) = (running.session(1).await, running.session(2).await);
    number(running.book(&first, 1, key(1)).await);
    assert_eq!(offered(&running, &Brand::ALL).await, [(1, 2), (2, 3)], "once the answer is there");
    // Whoever was offered the last seat before it went is told so, as for any slot.
    assert_eq!(refusal(running.book(&second, 1, key(2)).await), Some(Refusal::SlotFull));
    number(running.book(&second, 2, key(3)).await);
    assert_eq!(offered(&running, &[Brand::AstraZeneca]).await, [(1, 2)], "999 are free");
    let Ok(Answer::Sites(sites)) = running.client.call(Call::Sites(DISTRICT)).await else {
        panic!()
    };
    let earliest: Vec<_> = sites.iter().map(|view| view.earliest.as_ref().unwrap().id.0).collect();
    assert_eq!(earliest, [2, 3]);
    *running.time.lock().unwrap() = instant(date(2027, 7, 16).at(9, 0, 0, 0));
    assert_eq!(offered(&running, &Brand::ALL).await, [], "they begin now");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_asked_for_in_the_wrong_way_is_refused(#[case] kind: Kind) {
    let running = start(kind, 1, 5).await;
    let ask = |client: &Client, district, limit| {
        let query = EarliestQuery { limit, ..EarliestQuery::default() };
        let client = client.clone();
        async move { code(client.call(Call::EarliestSlots { district, query }).await) }
    };
    let known = &running.client;
    assert_eq!(ask(known, DISTRICT, EARLIEST_AT_MOST).await, None);
    assert_eq!(ask(known, DISTRICT, EARLIEST_AT_MOST + 1).await, Some(Code::BadRequest));
    assert_eq!(ask(known, DISTRICT, 0).await, Some(Code::BadRequest));
    assert_eq!(ask(known, DistrictCode(1), 5).await, Some(Code::NotFound));
    let query = EarliestQuery { brands: BrandCodes(Vec::new()), ..EarliestQuery::default() };
    let none = known.call(Call::EarliestSlots { district: DISTRICT, query }).await;
    assert_eq!(code(none), Some(Code::BadRequest), "who wants no brand is offered nothing");
    let stranger = client(&running.base, "another");
    assert_eq!(ask(&stranger, DISTRICT, 5).await, Some(Code::UnknownDevice));
    let fresh = Arc::new(kind.fresh());
    let seal = seal(&town::secrets(), &town::env(open()));
    town::add_kiosk(&Store::open(&fresh.address, seal).await.unwrap()).await;
    let empty = start_over(fresh, open(), generous()).await;
    assert_eq!(ask(&empty.client, DISTRICT, 5).await, Some(Code::Unavailable), "no round yet");
}

#[test]
fn the_practice_cards_are_people_of_their_own() {
    let ids: HashSet<String> = PracticeCard::ALL
        .iter()
        .filter_map(|card| card.face().ok())
        .map(|face| face.id.expose().to_owned())
        .collect();
    assert_eq!(ids.len(), 7);
}

//! Slots that are closed while people have booked there: each is told once, keeps the right to
//! another seat first, and no seat that is set aside is sold twice or held for ever. On both
//! databases, with the real service.

use crate::databases::Kind;
use crate::plainly;
use crate::plainly::{ask, assert_sound};
use crate::running::{Running, generous, key, number, refusal, start_over, taken};
use crate::town;
use crate::town::{civil, open, round_number};
use jiff::{SignedDuration, Timestamp};
use rstest::rstest;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::api::sessions::Standing;
use vaxkiosk::client::calls::{Answer, Call};
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::{SiteId, Slot, SlotId};
use vaxkiosk::server::engine::BookCommand;
use vaxkiosk::server::engine::closing::{Closed, ClosingError, close};
use vaxkiosk::server::notify::{Gateway, Pace, Sending, TextMessage, deliver};
use vaxkiosk::server::store::ids::PersonId;

/// A hold that has ended gives its seat back within two looks of a server, and a little for a busy
/// machine.
const SOON: Duration = Duration::from_millis(2000);

/// The round's window closes on the 15th at 17:00.
fn at(day: i8, hour: i8) -> Timestamp {
    civil(day, hour)
}

fn slot(id: u32, day: i8, capacity: u32) -> Slot {
    let date = jiff::civil::date(2027, 7, day);
    let (starts, ends) = (date.at(9, 0, 0, 0), date.at(10, 0, 0, 0));
    Slot { id: SlotId(id), site: SiteId(1), starts, ends, capacity, taken: 0 }
}

/// The town with two more slots of its site: number 11 with two seats on the 17th, number 12 with
/// one on the 18th.
async fn start(kind: Kind, people: u32) -> Running {
    let random = Arc::new(kind.fresh());
    let store = plainly::store(&random).await;
    town::settle(&store, people, 50).await;
    let mut import = store.import().await.unwrap();
    import.slots(round_number(), &[slot(11, 17, 2), slot(12, 18, 1)]).await.unwrap();
    import.finish().await.unwrap();
    town::add_kiosk(&store).await;
    start_over(random, open(), generous()).await
}

/// Closes slots at the service's time.
async fn shut(running: &Running, slots: &[u32], until: Timestamp) -> Result<Closed, ClosingError> {
    let slots: Vec<SlotId> = slots.iter().copied().map(SlotId).collect();
    let now = *running.time.lock().unwrap();
    close(&running.service.store, &slots, Some(until), now).await
}

async fn standing(running: &Running, person: u32) -> Standing {
    let token = running.session(person).await;
    match running.client.call(Call::Standing { token }).await {
        Ok(Answer::Standing(standing)) => *standing,
        other => panic!("{other:?}"),
    }
}

/// What somebody hears who wants this slot now.
async fn wants(running: &Running, person: u32, slot: u32) -> Option<Refusal> {
    let token = running.session(person).await;
    refusal(running.book(&token, slot, key(1000 + person)).await)
}

fn put_clock(running: &Running, now: Timestamp) {
    *running.time.lock().unwrap() = now;
}

#[derive(Default)]
struct Phones(Mutex<Vec<TextMessage>>);

impl Gateway for Phones {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Sending<'a> {
        self.0.lock().unwrap().push(message.clone());
        Box::pin(async { Ok(()) })
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_who_loses_a_seat_is_told_once_in_their_language(#[case] kind: Kind) {
    let running = start(kind, 6).await;
    for (person, language) in (1..=6).zip(Language::ALL) {
        running.book_given(person, 1, language).await;
    }
    let done = shut(&running, &[1], at(15, 12)).await.unwrap();
    assert_eq!(done, Closed { slots: 1, people: 6, set_aside: 6 });
    assert_sound(&running.random).await;
    // The same again changes nothing.
    let again = shut(&running, &[1], at(15, 14)).await;
    assert!(matches!(again, Err(ClosingError::AlreadyClosed(SlotId(1)))), "{again:?}");
    let phones = Arc::new(Phones::default());
    let gateway = Arc::clone(&phones) as Arc<dyn Gateway>;
    tokio::spawn(deliver(Arc::clone(&running.service), gateway, Pace::Steady));
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        if phones.0.lock().unwrap().len() >= 12 {
            break;
        }
    }
    tokio::time::sleep(SOON).await;
    let sent = phones.0.lock().unwrap().clone();
    assert_eq!(sent.len(), 12, "each heard of the booking, and of the closing: {sent:?}");
    let closings =
        ["已關閉。已為您保留", "was closed", "確保しています", "đã bị đóng", "ditutup", "ถูกปิด"];
    for (person, words) in (1..=6).zip(closings) {
        let to = format!("09{person:08}");
        let told: Vec<_> =
            sent.iter().filter(|one| one.to.expose() == to && one.text.contains(words)).collect();
        assert_eq!(told.len(), 1, "{person}: {sent:?}");
        assert!(!told[0].text.contains("http"), "no link to press");
    }
    let english = &sent.iter().find(|one| one.text.contains("was closed")).unwrap().text;
    assert!(english.contains("Fri 16 Jul") && english.contains("Thu 15 Jul 12:00"), "{english}");
    let figures = running.service.store.figures(&town::round(50).round).await.unwrap();
    assert_eq!((figures.booked, figures.cancelled), (0, 0), "nobody has cancelled");
    assert_eq!((figures.displaced, figures.held), (6, 6));
}

/// Four have booked and three seats are left elsewhere: they go in the order of booking, and to
/// nobody else.
async fn four_displaced(kind: Kind, until: Timestamp) -> Running {
    let running = start(kind, 5).await;
    for person in [2, 1, 3, 4] {
        running.book_given(person, if person == 3 { 2 } else { 1 }, Language::En).await;
        *running.time.lock().unwrap() += SignedDuration::from_secs(1);
    }
    let done = shut(&running, &[1, 2], until).await.unwrap();
    assert_eq!(done, Closed { slots: 2, people: 4, set_aside: 3 });
    assert_sound(&running.random).await;
    running
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seat_that_is_set_aside_is_its_persons_until_the_time_and_anybodys_after(
    #[case] kind: Kind,
) {
    let until = at(14, 12);
    let one = four_displaced(kind, until).await;
    let other = start_over(Arc::clone(&one.random), open(), generous()).await;
    for server in [&one, &other] {
        for slot in [1, 2, 11, 12] {
            assert_eq!(wants(server, 5, slot).await, Some(Refusal::SlotFull), "slot {slot}");
        }
        // Who came last has no seat, and sees what the others have.
        assert_eq!(wants(server, 4, 11).await, Some(Refusal::SlotFull));
        let held = async |person| standing(server, person).await.displaced.unwrap();
        let seats = [held(2).await, held(1).await, held(3).await, held(4).await];
        let seats = seats.map(|seen| {
            assert_eq!(seen.until, until);
            (seen.closed.slot.0, seen.held.map(|seat| seat.slot.0))
        });
        assert_eq!(seats, [(1, Some(11)), (1, Some(11)), (2, Some(12)), (1, None)]);
    }
    assert_eq!(wants(&other, 1, 12).await, Some(Refusal::SlotFull), "that one is another's");
    assert_eq!(wants(&other, 1, 11).await, None, "their own");
    assert!(standing(&one, 1).await.displaced.is_none(), "they have chosen");
    assert_sound(&one.random).await;
    // Just before the end nothing is given back, and soon after it is.
    let look = async |now| {
        put_clock(&one, now);
        put_clock(&other, now);
        tokio::time::sleep(SOON).await;
        assert_sound(&one.random).await;
        ask(&one.random, "SELECT COUNT(*) FROM holds WHERE slot IS NOT NULL").await
    };
    assert_eq!(look(until - SignedDuration::from_secs(1)).await, 2);
    assert_eq!(look(until).await, 0);
    let late = standing(&one, 2).await;
    assert_eq!(late.refusal, None);
    assert_eq!(late.displaced.map(|seen| seen.held), Some(None), "still told what happened");
    assert_eq!(wants(&one, 5, 12).await, None, "anybody's now");
    assert_eq!(wants(&other, 4, 11).await, None);
    assert_eq!(wants(&other, 2, 11).await, Some(Refusal::SlotFull));
    assert_sound(&one.random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_chooses_another_seat_gives_theirs_back_at_once(#[case] kind: Kind) {
    let running = start(kind, 3).await;
    running.book_given(1, 1, Language::Vi).await;
    running.book_given(2, 1, Language::Vi).await;
    shut(&running, &[1], at(15, 12)).await.unwrap();
    tokio::time::sleep(SOON).await;
    assert_eq!(taken(&running).await, [0, 2, 0, 0], "two seats of the other slot of that day");
    let token = running.session(1).await;
    let first = number(running.book(&token, 12, key(7)).await);
    assert_eq!(taken(&running).await, [0, 1, 0, 1], "seen at once");
    assert_eq!(number(running.book(&token, 12, key(7)).await), first, "sent again, the same");
    assert_sound(&running.random).await;
    assert_eq!(ask(&running.random, "SELECT COUNT(*) FROM holds").await, 1);
    // A slot that is closed again: the second time their seat is set aside elsewhere, and who only
    // had one set aside there gets another.
    let done = shut(&running, &[2, 12], at(15, 13)).await.unwrap();
    assert_eq!(done, Closed { slots: 2, people: 2, set_aside: 2 });
    assert_sound(&running.random).await;
    let seen = standing(&running, 2).await.displaced.unwrap();
    assert_eq!((seen.closed.slot, seen.until), (SlotId(2), at(15, 13)));
    assert_eq!(seen.held.unwrap().slot, SlotId(11));
    assert_eq!(ask(&running.random, "SELECT COUNT(*) FROM bookings WHERE displaced > 0").await, 3);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_lost_a_seat_may_choose_after_the_window_until_the_time(#[case] kind: Kind) {
    let running = four_displaced(kind, at(15, 20)).await;
    put_clock(&running, at(15, 18));
    let closed = Some(Refusal::Closed { closed: at(15, 17) });
    assert_eq!(standing(&running, 2).await.refusal, None);
    assert_eq!(wants(&running, 5, 11).await, closed);
    assert_eq!(wants(&running, 2, 11).await, None);
    assert_eq!(wants(&running, 4, 11).await, Some(Refusal::SlotFull), "they may, but all is full");
    put_clock(&running, at(15, 20));
    tokio::time::sleep(SOON).await;
    for person in [1, 3, 4] {
        assert_eq!(wants(&running, person, 11).await, closed, "{person}: the time is over");
    }
    assert_eq!(standing(&running, 1).await.refusal, closed);
    assert_sound(&running.random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_steps_or_a_restart_gives_no_seat_back_twice_and_keeps_none(
    #[case] kind: Kind,
) {
    let until = at(14, 12);
    let one = four_displaced(kind, until).await;
    let other = start_over(Arc::clone(&one.random), open(), generous()).await;
    // One server's clock jumps ahead, then a day back; the other comes to the time later.
    put_clock(&one, until + SignedDuration::from_hours(5));
    tokio::time::sleep(SOON).await;
    assert_sound(&one.random).await;
    assert_eq!(wants(&one, 5, 12).await, None, "given back, and sold");
    put_clock(&one, open() - SignedDuration::from_hours(24));
    put_clock(&other, until);
    tokio::time::sleep(SOON).await;
    assert_sound(&one.random).await;
    assert_eq!(wants(&other, 4, 12).await, Some(Refusal::SlotFull));
    // A server that was off when the time ended does it when it is on again.
    let again = shut(&other, &[12], at(15, 12)).await.unwrap();
    assert_eq!(again, Closed { slots: 1, people: 1, set_aside: 1 });
    drop(other);
    let restarted = start_over(Arc::clone(&one.random), at(15, 13), generous()).await;
    tokio::time::sleep(SOON).await;
    assert_sound(&one.random).await;
    assert_eq!(ask(&one.random, "SELECT SUM(taken) FROM seats").await, 0);
    assert_eq!(wants(&restarted, 1, 11).await, None);
}

/// While a crowd chooses at two servers, the time ends: whoever had a seat set aside has one seat,
/// whoever has none found none.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_seat_is_sold_twice_while_a_crowd_chooses_and_the_time_ends(#[case] kind: Kind) {
    let one = start(kind, 90).await;
    for person in 1..=40 {
        one.book_given(person, 1, Language::Th).await;
    }
    let until = at(14, 12);
    let done = shut(&one, &[1], until).await.unwrap();
    assert_eq!((done.people, done.set_aside), (40, 40));
    let other = start_over(Arc::clone(&one.random), open(), generous()).await;
    let mut asking = Vec::new();
    for person in 1..=90_u32 {
        for (server, slot) in [(&one, 2), (&other, 11), (&one, 11), (&other, 2)] {
            let engine = server.service.engine.clone();
            let ask = BookCommand {
                person: PersonId(person.into()),
                slot: SlotId(slot),
                mobile: MobileChoice::Registered,
                channel: Channel::Pharmacy,
                key: u128::from(person * 1000 + slot).to_be_bytes(),
                language: Language::Th,
            };
            asking.push(tokio::spawn(async move { engine.book(ask).await }));
        }
        if person == 45 {
            put_clock(&one, until);
            tokio::time::sleep(Duration::from_millis(600)).await;
        }
    }
    for asked in asking {
        let _ = asked.await.unwrap();
    }
    put_clock(&other, until);
    tokio::time::sleep(SOON).await;
    assert_sound(&one.random).await;
    let live = "SELECT COUNT(*) FROM bookings WHERE cancelled IS NULL";
    assert_eq!(ask(&one.random, live).await, 90, "there were seats for all");
    assert_eq!(ask(&one.random, "SELECT COUNT(*) FROM holds").await, 0);
    let twice = "SELECT COUNT(*) FROM (SELECT person FROM bookings WHERE cancelled IS NULL \
        GROUP BY person HAVING COUNT(*) > 1) AS twice";
    assert_eq!(ask(&one.random, twice).await, 0);
}

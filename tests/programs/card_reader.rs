//! Real readers by a real PC/SC daemon, with vsmartcard's virtual reader and our virtual card. Each
//! test has a daemon and a network of its own: it runs itself again inside of them.
#![allow(clippy::disallowed_methods, reason = "a test that waits for a daemon measures time")]

use crate::daemon::{Daemon, inside};
use jiff::civil::date;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use vaxkiosk::devices::card_reader::ReaderEvent::{CardIn, CardOut, ReaderFound, ReaderLost};
use vaxkiosk::devices::card_reader::{CardFault, CardReader, ReaderEvent};
use vaxkiosk::devices::pcsc_reader::PcscReader;
use vaxkiosk::devices::virtual_card::{Face, Inserted, Manner, PORT, VirtualCard};

const PATIENCE: Duration = Duration::from_secs(10);

fn card(manner: Manner) -> VirtualCard {
    let face = Face {
        number: "000000000001",
        name: "甄健康",
        id: "A223456781",
        born: date(1968, 3, 5),
        sex: 'F',
        issued: date(2021, 1, 1),
    };
    VirtualCard::new(&face, manner).unwrap()
}

fn insert(slot: u16, manner: Manner) -> Inserted {
    let began = Instant::now();
    loop {
        match Inserted::new(card(manner), ([127, 0, 0, 1], PORT + slot).into()) {
            Ok(inserted) => return inserted,
            Err(error) => assert!(began.elapsed() < PATIENCE, "{error}"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

struct Desk {
    reader: PcscReader,
    told: Receiver<(ReaderEvent, Instant)>,
}

impl Desk {
    fn new() -> Self {
        let (tell, told) = channel();
        let reader = PcscReader::start(move |event| {
            let _ = tell.send((event, Instant::now()));
        });
        Self { reader: reader.unwrap(), told }
    }

    /// The next thing that the reader tells, which must be this; and when.
    fn expect(&self, event: ReaderEvent) -> Instant {
        let (told, at) =
            self.told.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("waited for {event:?}"));
        assert_eq!(told, event);
        at
    }

    fn quiet(&self) {
        assert_eq!(self.told.recv_timeout(Duration::from_millis(600)).ok(), None);
    }
}

#[test]
fn cards_of_every_manner_go_in_and_out() {
    inside("card_reader::cards_of_every_manner");
}

#[test]
#[ignore = "it runs inside of the test before it"]
fn cards_of_every_manner() {
    let _daemon = Daemon::start();
    let desk = Desk::new();
    for manner in [
        Manner::Usual,
        Manner::NoSelect,
        Manner::GetResponse,
        Manner::RightLength,
        Manner::GetResponseOfRightLength,
    ] {
        let inserted = insert(0, manner);
        desk.expect(CardIn);
        let read = desk.reader.read().unwrap_or_else(|fault| panic!("{manner:?}: {fault:?}"));
        assert_eq!((read.name.expose(), read.id.expose()), ("甄健康", "A223456781"), "{manner:?}");
        assert_eq!(read.born.0, date(1968, 3, 5));
        inserted.pull();
        desk.expect(CardOut);
    }
    for (manner, fault) in [
        (Manner::AnotherCard, CardFault::NotAnNhiCard),
        (Manner::Garbled, CardFault::Unreadable),
        (Manner::CutWhileRead, CardFault::PulledTooSoon),
    ] {
        let inserted = insert(0, manner);
        desk.expect(CardIn);
        assert_eq!(desk.reader.read(), Err(fault), "{manner:?}");
        inserted.pull();
        desk.expect(CardOut);
    }
    assert_eq!(desk.reader.read(), Err(CardFault::PulledTooSoon), "nothing is in");
    let info = desk.reader.info().unwrap();
    assert!(info.name.starts_with("Virtual PCD"), "{info:?}");
    // A second reader's card is told too.
    let second = insert(1, Manner::Usual);
    desk.expect(CardIn);
    assert!(desk.reader.read().is_ok());
    second.pull();
    desk.expect(CardOut);
    desk.quiet();
}

#[test]
fn a_daemon_that_restarts_is_found_again() {
    inside("card_reader::daemon_restarts");
}

#[test]
#[ignore = "it runs inside of the test before it"]
fn daemon_restarts() {
    let desk = Desk::new();
    desk.expect(ReaderLost);
    desk.quiet();
    let daemon = Daemon::start();
    desk.expect(ReaderFound);
    let inserted = insert(0, Manner::Usual);
    desk.expect(CardIn);
    drop(daemon);
    desk.expect(ReaderLost);
    assert_eq!(desk.reader.read(), Err(CardFault::PulledTooSoon));
    drop(inserted);
    let _daemon = Daemon::start();
    desk.expect(ReaderFound);
    let inserted = insert(0, Manner::Usual);
    desk.expect(CardIn);
    assert!(desk.reader.read().is_ok());
    inserted.pull();
    desk.expect(CardOut);
}

#[test]
fn a_card_is_noticed_read_and_missed_in_time() {
    inside("card_reader::in_time");
}

/// The middle one of an odd number of them.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

#[test]
#[ignore = "it runs inside of the test before it"]
fn in_time() {
    let _daemon = Daemon::start();
    let desk = Desk::new();
    let (mut noticed, mut read, mut missed) = (Vec::new(), Vec::new(), Vec::new());
    for nth in 0..11 {
        // Not in step with the daemon, which looks every 400 ms.
        std::thread::sleep(Duration::from_millis(37 * nth));
        let began = Instant::now();
        let inserted = insert(0, Manner::Usual);
        let told = desk.expect(CardIn);
        assert!(desk.reader.read().is_ok());
        noticed.push(told - began);
        read.push(told.elapsed());
        let pulled = Instant::now();
        inserted.pull();
        missed.push(desk.expect(CardOut) - pulled);
    }
    for (what, times) in [("noticed", &noticed), ("read", &read), ("missed", &missed)] {
        println!(
            "{what}: median {:?}, longest {:?}",
            median(times.clone()),
            times.iter().max().unwrap()
        );
    }
    // The daemon's own share is up to 400 ms of the first and the last.
    assert!(median(read.clone()) < Duration::from_millis(100), "{read:?}");
    assert!(median(noticed) + median(read) < Duration::from_millis(600));
    assert!(median(missed) < Duration::from_millis(500));
}

/// Pulled at any moment of its reading: never a card that is half read, never a hang, and the next
/// one is read.
#[test]
fn a_card_pulled_at_any_moment_of_its_reading_is_missed() {
    inside("card_reader::pulled_at_any_moment");
}

#[test]
#[ignore = "it runs inside of the test before it"]
fn pulled_at_any_moment() {
    let _daemon = Daemon::start();
    let desk = Desk::new();
    let mut outcomes = [0, 0];
    for nth in 0..12 {
        let inserted = insert(0, Manner::Usual);
        desk.expect(CardIn);
        let puller = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_micros(150 * nth));
            inserted.pull();
        });
        match desk.reader.read() {
            Ok(card) => {
                assert_eq!(card.id.expose(), "A223456781");
                outcomes[0] += 1;
            }
            Err(CardFault::PulledTooSoon | CardFault::Unreadable) => outcomes[1] += 1,
            Err(CardFault::NotAnNhiCard) => panic!("it is one"),
        }
        puller.join().unwrap();
        desk.expect(CardOut);
    }
    println!("read whole {}, cut {}", outcomes[0], outcomes[1]);
    let inserted = insert(0, Manner::Usual);
    desk.expect(CardIn);
    assert!(desk.reader.read().is_ok());
    inserted.pull();
    desk.expect(CardOut);
}

//! Staff cards in a real PC/SC reader by OpenSC's module: a virtual PIV card that locks, is slow,
//! and is pulled. Each test has a daemon and a network of its own: it runs itself again inside of
//! them.
#![allow(clippy::disallowed_methods, reason = "a test that waits for a card measures time")]

use crate::daemon::{Daemon, inside};
use crate::piv_card::{PivCard, Signing};
use crate::staff_desk::{Ca, Desk, PATIENCE, PIN, is_signed_by, limits, options};
use jiff::civil::date;
use rcgen::{KeyPair, KeyUsagePurpose, PKCS_RSA_SHA256};
use std::path::Path;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};
use vaxkiosk::devices::card_reader::{CardReader, ReaderEvent};
use vaxkiosk::devices::pcsc_reader::{Choice, PcscReader};
use vaxkiosk::devices::pkcs11::reader::Limits;
use vaxkiosk::devices::staff_card::StaffCardEvent::{CardOut, NoCard, NoReader, NotStaffCard};
use vaxkiosk::devices::staff_card::{SignFault, StaffCardReader, Tries};
use vaxkiosk::devices::virtual_card::{Face, Inserted, Manner, PORT, VirtualCard};

const OPENSC: &str = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";
const QUIET: Duration = Duration::from_millis(800);

fn desk(slot: Option<&str>, limits: Limits) -> Desk {
    let mut options = options(Path::new(OPENSC));
    options.slot_named = slot.map(Into::into);
    Desk::new(env!("CARGO_BIN_EXE_vaxkiosk").into(), options, limits)
}

fn piv() -> (PivCard, KeyPair) {
    let key = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap();
    let certificate = Ca::new().issue(&key, KeyUsagePurpose::DigitalSignature);
    (PivCard::new(&key, certificate, PIN), key)
}

fn nhi_card(slot: u16) -> Inserted {
    let face = Face {
        number: "000000000001",
        name: "甄健康",
        id: "A223456781",
        born: date(1968, 3, 5),
        sex: 'F',
        issued: date(2021, 1, 1),
    };
    let card = VirtualCard::new(&face, Manner::Usual).unwrap();
    Inserted::new(card, ([127, 0, 0, 1], PORT + slot).into()).unwrap()
}

#[test]
fn a_card_signs_counts_its_tries_and_locks() {
    inside("staff_card_reader::locks");
}

#[test]
#[ignore = "it runs inside of the test before it"]
fn locks() {
    let _daemon = Daemon::start();
    let desk = desk(None, limits());
    desk.expect(NoCard);
    let (piv, key) = piv();
    let inserted = piv.insert(0);
    let card = desk.card();
    assert!(is_signed_by(&desk.sign(&card, PIN).unwrap(), &key));
    let too_long = Err(SignFault::PinLength(card.pin_length));
    assert_eq!(desk.sign(&card, "123456789"), too_long);
    assert_eq!(piv.tries_left(), 3, "it was not sent");
    assert_eq!(desk.sign(&card, "000000"), Err(SignFault::WrongPin(Tries::Untold)));
    assert_eq!(piv.tries_left(), 2, "it was sent once");
    assert_eq!(desk.sign(&card, "000000"), Err(SignFault::WrongPin(Tries::Last)));
    assert!(is_signed_by(&desk.sign(&card, PIN).unwrap(), &key), "the last try was right");
    assert_eq!(piv.tries_left(), 3);
    for fault in [
        SignFault::WrongPin(Tries::Untold),
        SignFault::WrongPin(Tries::Last),
        SignFault::PinLocked,
        SignFault::PinLocked,
    ] {
        assert_eq!(desk.sign(&card, "000000"), Err(fault));
    }
    assert_eq!(desk.sign(&card, PIN), Err(SignFault::PinLocked), "the right one too");
    drop(inserted);
    desk.expect(CardOut);
    let _inserted = piv.insert(0);
    assert_eq!(desk.card().own, card.own);
}

#[test]
fn a_card_is_pulled_while_it_signs_and_is_slow() {
    inside("staff_card_reader::pulled");
}

#[test]
#[ignore = "it runs inside of the test before it"]
fn pulled() {
    let _daemon = Daemon::start();
    let desk = desk(None, Limits { sign: Duration::from_secs(4), ..limits() });
    desk.expect(NoCard);
    let (mut piv, key) = piv();
    let inserted = piv.insert(0);
    let card = desk.card();
    drop(inserted);
    desk.expect(CardOut);
    assert_eq!(desk.sign(&card, PIN), Err(SignFault::CardRemoved), "it is gone");

    piv.signing = Signing::IsPulled;
    let inserted = piv.insert(0);
    let card = desk.card();
    assert_eq!(desk.sign(&card, PIN), Err(SignFault::CardRemoved));
    desk.expect(CardOut);
    drop(inserted);

    // A PIN is asked for again: log-in does not outlive a card that was taken out.
    piv.signing = Signing::Takes(Duration::from_secs(2));
    let inserted = piv.insert(0);
    let card = desk.card();
    assert_eq!(desk.sign(&card, "000000"), Err(SignFault::WrongPin(Tries::Untold)));
    let began = Instant::now();
    assert!(is_signed_by(&desk.sign(&card, PIN).unwrap(), &key));
    assert!(began.elapsed() >= Duration::from_secs(2), "it is slow");
    desk.quiet(QUIET);
    drop(inserted);
    desk.expect(CardOut);

    // Slower than anybody waits: the helper is replaced, and the PIN goes to the card once.
    piv.signing = Signing::Takes(Duration::from_secs(7));
    let _inserted = piv.insert(0);
    let card = desk.card();
    let began = Instant::now();
    assert_eq!(desk.sign(&card, PIN), Err(SignFault::TookTooLong));
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    assert_eq!(desk.sign(&card, "000000"), Err(SignFault::WrongPin(Tries::Untold)), "it is usable");
    assert_eq!(piv.tries_left(), 2);
}

#[test]
fn another_card_is_no_staff_card_and_a_daemon_comes_late_and_again() {
    inside("staff_card_reader::another_card");
}

#[test]
#[ignore = "it runs inside of the test before it"]
fn another_card() {
    let desk = desk(None, limits());
    desk.expect(NoReader);
    let daemon = Daemon::start();
    desk.expect(NoCard);
    let other = nhi_card(0);
    desk.expect(NotStaffCard);
    // The card of staff is found in the second slot too.
    let (piv, key) = piv();
    let inserted = piv.insert(1);
    desk.expect(CardOut);
    let card = desk.card();
    assert!(is_signed_by(&desk.sign(&card, PIN).unwrap(), &key));
    drop((inserted, other));
    desk.expect(CardOut);
    // OpenSC goes on to name a reader whose daemon has ended, as an empty one.
    drop(daemon);
    let _daemon = Daemon::start();
    let _inserted = piv.insert(0);
    let card = desk.card();
    assert!(is_signed_by(&desk.sign(&card, PIN).unwrap(), &key));
}

#[test]
fn with_two_readers_each_has_its_own() {
    inside("staff_card_reader::two_readers");
}

#[test]
#[ignore = "it runs inside of the test before it"]
fn two_readers() {
    let _daemon = Daemon::start();
    let staffs = "Virtual PCD 00 01";
    let desk = desk(Some(staffs), limits());
    let (tell, told) = channel();
    let choice = Choice { only: Some("Virtual PCD".into()), not: Some(staffs.into()) };
    let citizens = PcscReader::start_with(choice, move |event| {
        let _ = tell.send(event);
    });
    let citizens = citizens.unwrap();
    desk.expect(NoCard);
    let (piv, key) = piv();
    let inserted = piv.insert(1);
    let card = desk.card();
    assert_eq!(told.recv_timeout(QUIET).ok(), None, "it is not the citizens' reader");
    let citizen = nhi_card(0);
    assert_eq!(told.recv_timeout(PATIENCE), Ok(ReaderEvent::CardIn));
    assert_eq!(citizens.read().unwrap().name.expose(), "甄健康");
    desk.quiet(QUIET);
    assert!(is_signed_by(&desk.sign(&card, PIN).unwrap(), &key));
    drop(citizen);
    assert_eq!(told.recv_timeout(PATIENCE), Ok(ReaderEvent::CardOut));
    let info = desk.reader.inspect().unwrap();
    let ours: Vec<bool> = info.slots.iter().map(|slot| slot.is_ours).collect();
    assert_eq!(ours, [false, true], "{info:?}");
    assert!(info.slots[1].token.is_some() && info.slots[0].token.is_none(), "{info:?}");
    drop(inserted);
    desk.expect(CardOut);
    assert_eq!(told.recv_timeout(QUIET).ok(), None);
}

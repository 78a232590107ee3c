//! What becomes of a set of commands: the plain function of the engine, without a database.

use crate::town;
use crate::town::{MOBILE, open, round_number};
use jiff::{SignedDuration, Timestamp};
use rstest::rstest;
use std::collections::HashMap;
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::domain::attendance::Presence;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::server::catalog::Catalog;
use vaxkiosk::server::engine::settle::{Known, Numbering, Settled, settle};
use vaxkiosk::server::engine::{
    BookCommand, Command, EngineError, Outcome, RegisterCommand, RescheduleCommand,
};
use vaxkiosk::server::store::decided::EndedHold;
use vaxkiosk::server::store::ids::PersonId;
use vaxkiosk::server::store::people::{BookingRecord, Hold, PersonRecord};
use vaxkiosk::server::store::programme::{Programme, Seats};

const PERSON: PersonId = PersonId(1);

fn number(sequence: u32) -> BookingNumber {
    BookingNumber::new(round_number(), sequence).unwrap()
}

fn booking(sequence: u32, slot: u32) -> BookingRecord {
    BookingRecord {
        number: number(sequence),
        person: PERSON,
        slot: SlotId(slot),
        made: open(),
        moved: None,
        mobile: MobileNumber::parse(MOBILE).unwrap(),
        key: [9; 16],
        presence: Presence::Expected,
    }
}

fn record(person: PersonId, live: Option<BookingRecord>) -> PersonRecord {
    let entry = town::person(1);
    PersonRecord {
        person,
        born: entry.card.born,
        category: None,
        intention: entry.intention,
        mobile_sealed: None,
        live,
        cancelled: Vec::new(),
        hold: None,
    }
}

/// Person 1 with this booking, in the town with ten seats in its small slot.
fn known(live: Option<BookingRecord>) -> Known {
    let seats = |slot, taken| (SlotId(slot), Seats { slot: SlotId(slot), capacity: 10, taken });
    Known {
        people: HashMap::from([(PERSON, record(PERSON, live))]),
        seats: HashMap::from([seats(1, 0), seats(2, 1), seats(3, 0)]),
    }
}

fn settle_at(now: Timestamp, known: &mut Known, commands: &[&Command]) -> Settled {
    let catalog = Catalog::default();
    let town = town::round(10);
    catalog.publish(Programme { round: town.round, sites: town.sites, slots: town.slots });
    let mut numbers =
        Numbering { bookings: (100..).map(number), registrations: (500..).map(number) };
    settle(&catalog.snapshot().unwrap(), commands, known, &mut numbers, now)
}

fn book(key: u8) -> Command {
    Command::Book(BookCommand {
        person: PERSON,
        slot: SlotId(1),
        mobile: MobileChoice::Registered,
        channel: Channel::ConvenienceStore,
        key: [key; 16],
        language: Language::En,
    })
}

fn cancel(sequence: u32) -> Command {
    Command::Cancel {
        person: PERSON,
        number: number(sequence),
        slot: SlotId(2),
        language: Language::En,
    }
}

fn reschedule() -> Command {
    Command::Reschedule(RescheduleCommand {
        person: PERSON,
        number: number(7),
        from: SlotId(2),
        to: SlotId(1),
        language: Language::En,
    })
}

fn register(mobile: &str) -> Command {
    Command::Register(RegisterCommand {
        person: PERSON,
        mobile: MobileChoice::Given(MobileNumber::parse(mobile).unwrap()),
        district: town::DISTRICT,
        brands: town::person(1).intention.unwrap().brands,
        language: Language::En,
    })
}

/// How much of each kind was decided: bookings, moves, cancellations, registrations, withdrawals.
fn counts(settled: &Settled) -> [usize; 5] {
    let decided = &settled.decided;
    [
        decided.bookings.len(),
        decided.moves.len(),
        decided.cancellations.len(),
        decided.registrations.len(),
        decided.withdrawals.len(),
    ]
}

/// A person changes once a set: a second command of theirs waits for the next set, which reads what
/// the first has written.
#[rstest]
#[case::book_then_withdraw(None, &[book(1), Command::Withdraw { person: PERSON }], [1, 0, 0, 0, 0])]
#[case::book_then_cancel(None, &[book(1), cancel(100)], [1, 0, 0, 0, 0])]
#[case::cancel_then_book(Some(7), &[cancel(7), book(1)], [0, 0, 1, 0, 0])]
#[case::move_then_cancel(Some(7), &[reschedule(), cancel(7)], [0, 1, 0, 0, 0])]
#[case::withdraw_then_book(None, &[Command::Withdraw { person: PERSON }, book(1)], [0, 0, 0, 0, 1])]
fn a_person_changes_once_a_set(
    #[case] live: Option<u32>,
    #[case] commands: &[Command],
    #[case] decided: [usize; 5],
) {
    let mut known = known(live.map(|sequence| booking(sequence, 2)));
    let commands: Vec<&Command> = commands.iter().collect();
    let settled = settle_at(open(), &mut known, &commands);
    assert!(matches!(settled.answers[0], Some(Ok(_))), "{:?}", settled.answers);
    assert_eq!(settled.answers[1], None);
    assert_eq!(counts(&settled), decided);
}

#[test]
fn an_intention_that_is_changed_is_withdrawn_in_the_next_set() {
    let before_cut_off = open() - SignedDuration::from_hours(24);
    let withdraw = Command::Withdraw { person: PERSON };
    let settled =
        settle_at(before_cut_off, &mut known(None), &[&register("0987654321"), &withdraw]);
    assert!(matches!(settled.answers[0], Some(Ok(Outcome::Intention(_)))), "{settled:?}");
    assert_eq!(settled.answers[1], None);
    assert_eq!(counts(&settled), [0, 0, 0, 1, 0]);
}

#[test]
fn a_resend_in_the_same_set_is_the_same_booking() {
    let settled = settle_at(open(), &mut known(None), &[&book(1), &book(1), &book(2)]);
    assert_eq!(settled.answers[0], settled.answers[1]);
    assert_eq!(settled.answers[2], None);
    assert_eq!(counts(&settled), [1, 0, 0, 0, 0]);
}

#[test]
fn a_cancellation_of_an_earlier_number_leaves_the_new_booking() {
    let mut known = known(Some(booking(8, 2)));
    let settled = settle_at(open(), &mut known, &[&cancel(7)]);
    assert_eq!(settled.answers, [Some(Err(EngineError::Refused(Refusal::NoBooking)))]);
    assert_eq!(counts(&settled), [0; 5]);
    assert_eq!(known.people[&PERSON].live, Some(booking(8, 2)));
    assert_eq!(known.seats[&SlotId(2)].taken, 1);
}

/// Whoever asks again for what they have hears that they have it, even when a change would not be
/// allowed any more.
#[rstest]
#[case::after_the_cut_off(None)]
#[case::with_a_booking(Some(7))]
fn the_same_intention_again_is_the_same(#[case] live: Option<u32>) {
    let live = live.map(|sequence| booking(sequence, 2));
    let again = settle_at(open(), &mut known(live.clone()), &[&register(MOBILE)]);
    let intention = town::person(1).intention.unwrap();
    assert_eq!(again.answers, [Some(Ok(Outcome::Intention(intention)))]);
    assert_eq!(counts(&again), [0; 5], "nothing is written for it");
    let other = settle_at(open(), &mut known(live), &[&register("0987654321")]);
    assert!(matches!(other.answers[0], Some(Err(EngineError::Refused(_)))), "{other:?}");
}

#[test]
fn an_intention_for_another_district_is_another() {
    let before_cut_off = open() - SignedDuration::from_hours(24);
    let Command::Register(mut elsewhere) = register(MOBILE) else { unreachable!() };
    elsewhere.district = vaxkiosk::domain::region::DistrictCode(6_300_100);
    let settled = settle_at(before_cut_off, &mut known(None), &[&Command::Register(elsewhere)]);
    assert_eq!(counts(&settled), [0, 0, 0, 1, 0], "{settled:?}");
}

/// The database keeps whole seconds, so that a booking and the same one read again are equal.
#[test]
fn a_booking_is_made_on_a_whole_second() {
    let now = open() + SignedDuration::from_millis(400);
    let settled = settle_at(now, &mut known(None), &[&book(1)]);
    assert_eq!(settled.decided.bookings[0].made, open());
    let Some(Ok(Outcome::Booking(record))) = &settled.answers[0] else { panic!("{settled:?}") };
    assert_eq!(record.made, open());
    let moved = settle_at(now, &mut known(Some(booking(7, 2))), &[&reschedule()]);
    assert_eq!(moved.decided.moves[0].at, open());
}

/// The answer to a cancellation may come before that to the booking it cancelled, when a line is
/// bad.
#[test]
fn a_booking_that_was_cancelled_is_not_made_again_by_its_key() {
    let mut known = known(None);
    known.people.get_mut(&PERSON).unwrap().cancelled.push([1; 16]);
    let settled = settle_at(open(), &mut known, &[&book(1), &book(2)]);
    assert_eq!(settled.answers[0], Some(Err(EngineError::Refused(Refusal::NoBooking))));
    assert!(
        matches!(settled.answers[1], Some(Ok(Outcome::Booking(_)))),
        "another key: {settled:?}"
    );
}

/// Whoever lost their slot has a seat that is taken for all others.
#[rstest]
#[case::their_own(Some(1), true, 10)]
#[case::none_is_set_aside(None, false, 10)]
#[case::another(Some(3), false, 10)]
#[case::another_than_their_own(Some(3), true, 9)]
fn a_seat_that_is_set_aside_is_its_persons(
    #[case] held: Option<u32>,
    #[case] gets: bool,
    #[case] taken: u32,
) {
    let mut known = known(None);
    known.seats.insert(SlotId(1), Seats { slot: SlotId(1), capacity: 10, taken });
    known.seats.insert(SlotId(3), Seats { slot: SlotId(3), capacity: 10, taken: 10 });
    let until = open() + SignedDuration::from_hours(240);
    let slot = held.map(SlotId);
    let hold = Some(Hold { slot, until, closed: Some(SlotId(2)) });
    known.people.get_mut(&PERSON).unwrap().hold = hold;
    // The window is over, and they may choose all the same.
    let late = open() + SignedDuration::from_hours(60);
    let settled = settle_at(late, &mut known, &[&book(1)]);
    assert_eq!(matches!(settled.answers[0], Some(Ok(_))), gets, "{settled:?}");
    let ended = if gets { vec![EndedHold { person: PERSON, slot }] } else { Vec::new() };
    assert_eq!(settled.decided.ended_holds, ended);
    assert_eq!(known.seats[&SlotId(1)].taken, 10, "never more than there are");
    let left = if held == Some(3) && gets { 9 } else { 10 };
    assert_eq!(known.seats[&SlotId(3)].taken, left, "given back with the booking");
    let over = settle_at(until, &mut known, &[&book(9)]);
    assert!(matches!(over.answers[0], Some(Err(EngineError::Refused(_)))), "{over:?}");
}

/// A seat that was set aside after the slots were locked is not changed unlocked.
#[test]
fn a_seat_set_aside_that_is_not_locked_waits() {
    let mut known = known(None);
    let until = open() + SignedDuration::from_hours(1);
    let hold = Hold { slot: Some(SlotId(77)), until, closed: None };
    known.people.get_mut(&PERSON).unwrap().hold = Some(hold);
    let settled = settle_at(open(), &mut known, &[&book(1)]);
    assert_eq!(settled.answers, [Some(Err(EngineError::Busy))]);
    assert_eq!(counts(&settled), [0; 5]);
}

#[test]
fn a_seat_given_up_is_there_for_whoever_comes_next_in_the_set() {
    let mut known = known(Some(booking(7, 2)));
    let (other, full) = (PersonId(2), SlotId(2));
    known.people.insert(other, record(other, None));
    known.seats.insert(full, Seats { slot: full, capacity: 1, taken: 1 });
    let Command::Book(mut next) = book(1) else { unreachable!() };
    (next.person, next.slot) = (other, full);
    let next = Command::Book(next);
    let settled = settle_at(open(), &mut known, &[&next, &cancel(7), &next]);
    assert_eq!(settled.answers[0], Some(Err(EngineError::Refused(Refusal::SlotFull))));
    assert!(matches!(settled.answers[2], Some(Ok(Outcome::Booking(_)))), "{settled:?}");
    assert_eq!(known.seats[&full].taken, 1);
}

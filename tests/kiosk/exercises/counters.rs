//! The exercises for counters, by keys as staff press them.

use super::rig::Do::{self, *};
use super::{fails, passes};
use vaxkiosk::devices::simulated::people::PracticeCard::{AlreadyBooked, MayBook};
use vaxkiosk::devices::simulated::staff::PracticeStaff::User;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::widgets::targets::Direction;
use vaxkiosk::training::fact::{Booked, Fact, Message, ReceiptOn};
use vaxkiosk::training::screen_name::ScreenName;

const LOGS_IN: [Do; 2] = [Staff(User), Keys("222222\n")];
/// The person's card goes back, and the counter is free.
const GIVES_BACK: [Do; 2] = [CardOut, Function(12)];

fn booked() -> Fact {
    Fact::Booked(Booked { who: MayBook, before: None, district: None, same_time_as: None })
}

fn with(parts: &[&[Do]]) -> Vec<Do> {
    parts.concat()
}

#[test]
fn the_pin_is_looked_up_and_the_counter_locked() {
    let books = [
        Staff(User),
        Keys("112233\n"),
        On(ScreenName::CounterLogIn),
        Keys("222222\n"),
        Card(MayBook),
        Keys("\n\n\n\n"),
        Function(9),
        On(ScreenName::CounterDone),
    ];
    let whole = with(&[&books, &[Function(10)], &GIVES_BACK, &[Press(Input::Lock)]]);
    passes("counter-1-log-in", &whole);
    let leaves_it_open = with(&[&books, &GIVES_BACK]);
    let missed = [Fact::Receipt(ReceiptOn::Paper), Fact::Locked];
    fails("counter-1-log-in", &leaves_it_open, &missed);
    // Somebody else's receipt is not hers.
    let others = [Card(AlreadyBooked), On(ScreenName::CounterChange), Function(10)];
    let locks = [Press(Input::Lock)];
    let prints_anothers = with(&[&books, &GIVES_BACK, &others, &GIVES_BACK, &locks]);
    fails("counter-1-log-in", &prints_anothers, &[Fact::Receipt(ReceiptOn::Paper)]);
}

#[test]
fn a_booking_is_cancelled_and_the_registration_stays() {
    let asks = [Card(AlreadyBooked), On(ScreenName::CounterChange), Function(11)];
    let yes = with(&[&LOGS_IN, &asks, &[Keys("\n")], &GIVES_BACK]);
    passes("counter-2-cancel", &yes);
    let no = with(&[&LOGS_IN, &asks, &[Keys("\x1b")], &GIVES_BACK]);
    let missed = [
        Fact::Cancelled(AlreadyBooked),
        Fact::Texted { who: AlreadyBooked, about: Message::Cancelled },
    ];
    fails("counter-2-cancel", &no, &missed);
}

#[test]
fn a_booking_is_moved_without_being_given_up() {
    let later = Press(Input::Arrow(Direction::Down));
    let moves = [Card(AlreadyBooked), Keys("\n\n"), later, Keys("\n"), Function(9)];
    passes("counter-3-move", &with(&[&LOGS_IN, &moves, &GIVES_BACK]));
    let cancels = [Card(AlreadyBooked), Function(11), Keys("\n")];
    let texted = |about| Fact::Texted { who: AlreadyBooked, about };
    let missed = [Fact::Moved(AlreadyBooked), texted(Message::Moved), texted(Message::Cancelled)];
    fails("counter-3-move", &with(&[&LOGS_IN, &cancels, &GIVES_BACK]), &missed);
    // The booking that is made anew is another one: for a while there was none.
    let anew = [Card(AlreadyBooked), Keys("\n\n\n\n"), Function(9), On(ScreenName::CounterDone)];
    let anew = with(&[&LOGS_IN, &cancels, &GIVES_BACK, &anew, &GIVES_BACK]);
    fails("counter-3-move", &anew, &missed);
}

#[test]
fn after_a_power_cut_one_looks_first_and_then_books() {
    let cut = with(&[&LOGS_IN, &[Card(MayBook), On(ScreenName::CounterLogIn)]]);
    let again = [
        Keys("222222\n"),
        CardOut,
        Card(MayBook),
        Keys("\n\n\n\n"),
        Function(9),
        On(ScreenName::CounterDone),
    ];
    let leaves = [Press(Input::LogOut), Keys("\n")];
    passes("counter-4-power-cut", &with(&[&cut, &again, &GIVES_BACK, &leaves]));
    fails("counter-4-power-cut", &with(&[&cut, &[CardOut]]), &[booked(), Fact::Consent]);
}

#[test]
fn where_nothing_is_free_one_waits_in_the_line() {
    let waits = [
        Card(MayBook),
        Keys("\n"),
        Function(11),
        On(ScreenName::CounterLine),
        Function(9),
        On(ScreenName::CounterDone),
    ];
    passes("counter-5-waiting-list", &with(&[&LOGS_IN, &waits, &GIVES_BACK]));
    let sends_away = with(&[&LOGS_IN, &[Card(MayBook)], &GIVES_BACK]);
    fails("counter-5-waiting-list", &sends_away, &[Fact::InLine(MayBook), Fact::Consent]);
}

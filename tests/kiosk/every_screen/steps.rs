//! The steps that lead to a screen, each taken by the actions that buttons have.

use crate::family_way;
use crate::stage::Stage;
use vaxkiosk::config::profile::Offer;
use vaxkiosk::devices::card_reader::{CardFault, ReaderEvent};
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction};
use vaxkiosk::kiosk::model::event::Event;

pub type Way = fn(&mut Stage);

/// At the privacy notice, in the language under test.
pub fn at_privacy(s: &mut Stage, card: PracticeCard) {
    s.insert(card);
    s.act(GlobalAction::Speak(wanted(s)));
}

pub fn at_offer(s: &mut Stage) {
    at_privacy(s, PracticeCard::MayBook);
    s.act(ScreenAction::Confirm);
}

pub fn identified(s: &mut Stage) {
    at_offer(s);
    s.leave_offer();
}

/// At the operator's screen, with these digits typed.
pub fn at_pin(s: &mut Stage, digits: &str) {
    s.cabinet.journey.machine.profile.operator_pin = Some("$argon2id$".into());
    s.press_the_corner();
    s.keys(digits);
}

pub fn help(s: &mut Stage, topic: usize) {
    s.act(GlobalAction::Help);
    s.keys(&(topic + 1).to_string());
}

/// Four people are in, and the last card is out.
pub fn four(s: &mut Stage) {
    family_way::begin(s);
    family_way::CARDS[1..4].iter().for_each(|card| family_way::join(s, *card));
    s.pull();
}

pub fn six(s: &mut Stage) {
    four(s);
    family_way::CARDS[4..].iter().for_each(|card| family_way::join(s, *card));
    s.pull();
}

/// The first of the hours that are on the screen.
pub fn first_hours(s: &mut Stage) {
    let slot = s.cabinet.journey.slot_to_fill().unwrap();
    s.act(ScreenAction::Slot(slot));
}

pub fn at_group_review(s: &mut Stage) {
    four(s);
    s.act(ScreenAction::Confirm);
    first_hours(s);
}

/// The language under test is the profile's first.
pub fn wanted(s: &Stage) -> Language {
    s.cabinet.journey.machine.profile.languages[0]
}

pub fn at_county(s: &mut Stage) {
    identified(s);
    s.act(ScreenAction::Serve(Offer::Book));
    s.act(ScreenAction::RegisteredPhone);
}

pub fn at_slot(s: &mut Stage) {
    at_county(s);
    s.act(ScreenAction::RegisteredDistrict);
    s.act(ScreenAction::Pick(0));
}

/// At the hours of the first day.
pub fn at_hours(s: &mut Stage) {
    at_slot(s);
    s.act(ScreenAction::Day(jiff::civil::date(2027, 7, 16)));
}

pub fn at_review(s: &mut Stage) {
    at_slot(s);
    s.act_seat(1, 1);
}

pub fn refused(s: &mut Stage, refusal: Refusal) {
    s.desk.standing = Some(refusal);
    identified(s);
    s.act(ScreenAction::Serve(Offer::Book));
}

pub fn moment() -> jiff::Timestamp {
    vaxkiosk::domain::taipei::instant(jiff::civil::date(2027, 7, 12).at(17, 0, 0, 0))
}

pub fn at_ways(s: &mut Stage) {
    s.act(ScreenAction::Start);
    s.act(GlobalAction::Speak(wanted(s)));
    s.act(ScreenAction::OtherWays);
}

pub fn by(s: &mut Stage, way: usize) {
    at_ways(s);
    s.act(ScreenAction::SignInBy(s.cabinet.journey.machine.profile.ways[way]));
    s.act(ScreenAction::Confirm);
}

pub fn at_graphic(s: &mut Stage) {
    by(s, 2);
    s.keys("A223456781000000000001");
}

pub fn at_brands(s: &mut Stage) {
    s.desk.registered = Some(None);
    identified(s);
    s.act(ScreenAction::Serve(Offer::Register));
    "0912345678".bytes().for_each(|digit| s.act(ScreenAction::Key(digit - b'0')));
    s.act(ScreenAction::Confirm);
    s.act(ScreenAction::Pick(0));
    s.act(ScreenAction::Pick(4));
}

pub fn cannot_register(s: &mut Stage, refusal: Refusal) {
    s.desk.registered = Some(None);
    s.desk.registering = Some(refusal);
    identified(s);
    s.act(ScreenAction::Serve(Offer::Register));
}

pub fn at_own_booking(s: &mut Stage) {
    s.cabinet.journey.machine.profile.channel = Channel::HealthStation;
    at_privacy(s, PracticeCard::AlreadyBooked);
    s.act(ScreenAction::Confirm);
    s.act(ScreenAction::Serve(Offer::MyBooking));
}

pub fn fault(s: &mut Stage, fault: CardFault) {
    s.act(ScreenAction::Start);
    s.act(GlobalAction::Speak(wanted(s)));
    s.card = Err(fault);
    s.event(Event::Reader(ReaderEvent::CardIn));
}

/// A card that cannot be used, before anybody has chosen a language.
pub fn first_card(s: &mut Stage, fault: CardFault) {
    s.card = Err(fault);
    s.event(Event::Reader(ReaderEvent::CardIn));
}

/// In the last two minutes of a visit, with somebody who is still there.
pub fn at_the_end(s: &mut Stage) {
    identified(s);
    let left = s.cabinet.journey.time_left().unwrap();
    s.uptime += left - std::time::Duration::from_secs(121);
    s.act(GlobalAction::StillHere);
    s.wait(1);
}

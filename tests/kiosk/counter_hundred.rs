//! A hundred people served one after another at the counter, by keys alone.

use crate::stage::{LARGE, Stage};
use jiff::civil::date;
use vaxkiosk::devices::card_reader::ReaderEvent;
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::domain::card::{Card, CardNumber};
use vaxkiosk::domain::identity::IdNumber;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::person::{BirthDate, Name};
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::counter::Deed;
use vaxkiosk::kiosk::model::event::Event;

const PEOPLE: usize = 100;

/// The nth person's card. Their names have nothing in common.
fn card(nth: usize) -> Card {
    let id = (0..10)
        .map(|check| format!("A12{nth:06}{check}"))
        .find_map(|id| IdNumber::parse(&id).ok())
        .expect("one of ten check digits is right");
    let letter = |at: usize| char::from(b'A' + (at % 26) as u8);
    let name = format!("{}{}QX{nth:03}", letter(nth), letter(nth / 26 + 7));
    let number = CardNumber::parse(&format!("{:012}", 700_000 + nth)).unwrap();
    Card { number, name: Name::new(name), id, born: BirthDate(date(1970, 1, 1)) }
}

#[test]
fn a_hundred_people_by_keys_alone_and_nothing_of_one_on_the_next_ones_screen() {
    let mut stage = Stage::counter(Language::ZhTw, LARGE);
    stage.staff_logs_in(PracticeStaff::User);
    let cards: Vec<Card> = (0..PEOPLE).map(card).collect();
    for card in &cards {
        let (id, name) = (card.id.expose().to_owned(), card.name.expose().to_owned());
        stage.desk.staff.citizens.insert(id, name);
    }
    let mut presses = 0;
    let mut before: Option<String> = None;
    for (nth, card) in cards.iter().enumerate() {
        stage.card = Ok(card.clone());
        stage.event(Event::Reader(ReaderEvent::CardIn));
        let mut keys = vec![Input::Enter; 4];
        keys.extend([9, 10, 12].map(Input::Function));
        for key in keys {
            stage.input(key);
            presses += 1;
            let text = stage.text();
            // Of those before, the day's list has the last digits and the masked name alone; of the
            // others nothing is anywhere.
            for (at, other) in cards.iter().enumerate().filter(|(at, _)| *at != nth) {
                for of_other in [other.name.expose(), other.id.expose(), other.number.expose()] {
                    assert!(!text.contains(of_other), "{at} stands before {nth}:\n{text}");
                }
            }
            let number = before.as_deref();
            assert!(!number.is_some_and(|number| text.contains(number)), "{nth}:\n{text}");
        }
        assert_eq!(stage.working().duty.done.len(), nth + 1, "{}", stage.text());
        assert_eq!(stage.working().duty.done[0].deed, Deed::Booked);
        assert!(stage.working().desk.serving().is_none());
        before = Some(stage.working().duty.done[0].number.expose().to_owned());
        stage.event(Event::Reader(ReaderEvent::CardOut));
    }
    assert_eq!((stage.desk.booked.len(), stage.prints), (PEOPLE, PEOPLE));
    // One before their consent, and one with it.
    assert_eq!(stage.desk.closed_sessions, 2 * PEOPLE);
    assert_eq!(presses, 7 * PEOPLE, "consent, site, day, hour, submit, print, next");
    // All of it is gone with the log-out.
    stage.input(Input::LogOut);
    stage.input(Input::Enter);
    assert!(stage.is_logged_out());
}

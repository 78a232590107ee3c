//! A hundred people served one after another at a health station's counter, by the kiosk's own
//! screens and keys over the real service: each is booked with seven keys, and nothing of one is on
//! the next one's screen.

use crate::counter::{Counter, only};
use crate::databases::Kind;
use crate::desk_rig::{as_read, sign, signer};
use crate::{staff_cards, town};
use jiff::SignedDuration;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::VecDeque;
use vaxkiosk::config::counter::Counter as CounterConfig;
use vaxkiosk::config::profile::Profile;
use vaxkiosk::devices::card_reader::ReaderEvent;
use vaxkiosk::devices::staff_card::StaffCardEvent;
use vaxkiosk::domain::card::Card;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::person::Name;
use vaxkiosk::domain::staff::{Right, StaffRole};
use vaxkiosk::kiosk::cabinet::{Cabinet, Input};
use vaxkiosk::kiosk::model::counter::Deed;
use vaxkiosk::kiosk::model::effect::Effect;
use vaxkiosk::kiosk::model::event::{Event, Moment};
use vaxkiosk::kiosk::screens::counter::Working;
use vaxkiosk::server::store::import::RosterEntry;

const PEOPLE: u32 = 100;
/// The first of them, among the people of the town.
const FIRST: u32 = 1_000;

/// The nth person's card. All their names have QX in them, as no text of the screen has.
fn card(nth: u32) -> Card {
    let letter = |at: u32| char::from(b'A' + (at % 26) as u8);
    let name = format!("{}{}QX{nth:03}", letter(nth), letter(nth / 26 + 7));
    Card { name: Name::new(name), ..town::card(FIRST + nth) }
}

/// The counter as it is drawn, with the service at the other end of its line.
struct Screen<'a> {
    cabinet: Cabinet,
    buffer: Buffer,
    counter: &'a Counter,
    staff: staff_cards::StaffCard,
    /// The card in the citizens' reader.
    card: Option<Card>,
    random: u128,
    prints: u32,
}

impl<'a> Screen<'a> {
    async fn start(counter: &'a Counter, staff: staff_cards::StaffCard) -> Self {
        let profile = Profile {
            counter: Some(CounterConfig::training()),
            receipt_keys: vec![signer().public_key()],
            training: false,
            ..Profile::demo(Channel::HealthStation)
        };
        let wall = *counter.running.time.lock().unwrap();
        let now = Moment { wall, uptime: std::time::Duration::ZERO, random: 1 };
        let (cabinet, effects) = Cabinet::start(profile, now);
        let buffer = Buffer::empty(Rect::new(0, 0, 100, 32));
        let mut screen = Self { cabinet, buffer, counter, staff, card: None, random: 1, prints: 0 };
        screen.perform(effects).await;
        screen
    }

    fn now(&mut self) -> Moment {
        self.random += 1;
        let wall = *self.counter.running.time.lock().unwrap();
        let uptime = wall.duration_since(town::open()).try_into().unwrap();
        Moment { wall, uptime, random: self.random }
    }

    async fn event(&mut self, event: Event) {
        let now = self.now();
        let effects = self.cabinet.event(event, now);
        self.perform(effects).await;
    }

    async fn key(&mut self, input: Input) {
        let now = self.now();
        if let Some(effects) = self.cabinet.input(input, now) {
            self.perform(effects).await;
        }
    }

    async fn perform(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            let event = match effect {
                Effect::Call { ticket, call } => {
                    let reply = self.counter.client.call(call).await;
                    Some(Event::Reply { ticket, reply })
                }
                Effect::ReadCard { ticket } => {
                    let outcome = Ok(self.card.clone().expect("a card is in"));
                    Some(Event::CardRead { ticket, outcome })
                }
                Effect::StaffSign { ticket, text, .. } => {
                    Some(Event::StaffSigned { ticket, outcome: Ok(sign(&self.staff, &text)) })
                }
                Effect::Print { ticket, .. } => {
                    self.prints += 1;
                    Some(Event::Printed { ticket, outcome: Ok(()) })
                }
                _ => None,
            };
            if let Some(event) = event {
                let now = self.now();
                waiting.extend(self.cabinet.event(event, now));
            }
        }
        self.cabinet.draw(&mut self.buffer);
        // Whoever presses a key has seen the screen before.
        self.cabinet.has_been_seen();
    }

    async fn log_in(&mut self) {
        let card = as_read(&self.staff);
        self.event(Event::StaffCard(StaffCardEvent::CardIn(card))).await;
        for digit in 1..=6 {
            self.key(Input::Digit(digit)).await;
        }
        self.key(Input::Enter).await;
    }

    fn working(&self) -> &Working {
        let counter = self.cabinet.journey.counter();
        counter.and_then(|counter| counter.working()).expect("somebody works there")
    }

    fn text(&self) -> String {
        let row = |y| (0..100).map(|x| self.buffer[(x, y)].symbol()).collect::<String>();
        (0..32).map(row).collect::<Vec<_>>().join("\n")
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_people_have_a_booking_each_by_seven_keys() {
    let counter = Counter::start(Kind::Sqlite).await;
    let store = &counter.running.service.store;
    let cards: Vec<Card> = (0..PEOPLE).map(card).collect();
    let entry = |card: &Card| {
        let intention = town::person(1).intention;
        RosterEntry { intention, ..RosterEntry::new(card.clone()) }
    };
    let mut import = store.import().await.unwrap();
    import.people(&cards.iter().map(entry).collect::<Vec<_>>()).await.unwrap();
    import.finish().await.unwrap();
    let staff = counter.staff("1", StaffRole::User, only(&[Right::Book, Right::Change])).await;
    let mut screen = Screen::start(&counter, staff).await;
    screen.log_in().await;
    for (nth, card) in cards.iter().enumerate() {
        *counter.running.time.lock().unwrap() += SignedDuration::from_secs(20);
        screen.event(Event::Tick).await;
        screen.card = Some(card.clone());
        screen.event(Event::Reader(ReaderEvent::CardIn)).await;
        // Consent, site, day, hour; submit, print, next.
        let mut keys = vec![Input::Enter; 4];
        keys.extend([9, 10, 12].map(Input::Function));
        for key in keys {
            screen.key(key).await;
            let text = screen.text();
            let own = card.name.expose();
            let named = text.matches("QX").count();
            assert_eq!(named, text.matches(own).count(), "somebody else than {nth}:\n{text}");
            if let Some(before) = nth.checked_sub(1).map(|before| &cards[before]) {
                for number in [before.id.expose(), before.number.expose()] {
                    assert!(!text.contains(number), "of the one before {nth}:\n{text}");
                }
            }
        }
        assert_eq!(screen.working().duty.done.len(), nth + 1, "{}", screen.text());
        assert_eq!(screen.working().duty.done[0].deed, Deed::Booked);
        assert!(screen.working().desk.serving().is_none(), "{}", screen.text());
        screen.card = None;
        screen.event(Event::Reader(ReaderEvent::CardOut)).await;
    }
    assert_eq!(screen.prints, PEOPLE);
    let found = store.audit(town::round_number()).await.unwrap();
    assert_eq!(found.live_bookings, u64::from(PEOPLE));
    assert_eq!((found.people_booked_twice, found.slots_over_capacity), (0, 0));
    // The trail has each booking, by whom it was made and with which consent.
    let told = counter.told().await;
    let of = |what: &str| told.iter().filter(|row| row.contains(what)).count();
    assert_eq!(of("staff 1 at device 2 book"), 100);
    assert_eq!(of("consent witnessed"), 100, "{told:#?}");
}

//! A made-up day at one vaccination site of the training: each of its hours is full of people,
//! among them the practice person who has a booking. The same each time.

use super::world::made_up;
use crate::commands::practice_people;
use crate::devices::simulated::people::PracticeCard;
use crate::domain::booking_number::BookingNumber;
use crate::domain::card::Card;
use crate::domain::intention::{Intention, RegistrationNumber};
use crate::domain::person::Name;
use crate::domain::phone::MobileNumber;
use crate::domain::round::Brand;
use crate::domain::site::SiteId;
use crate::server::store::import::{RosterEntry, RoundImport};
use jiff::SignedDuration;
use jiff::civil::{DateTime, date};

/// A little after the first hour of the day has begun.
pub const BEGINS: DateTime = date(2027, 7, 16).at(9, 12, 0, 0);

/// Seats of an hour, and how many of them are booked at least.
const SEATS: u32 = 40;
const BOOKED: u32 = 24;
/// Their registrations are numbered from here on, and were made so long before.
const FIRST: u32 = 1000;
const BEFORE: SignedDuration = SignedDuration::from_hours(48);
/// Family names and last characters. Between them stands 練, of 練習, which a masked name hides.
const FAMILIES: [&str; 12] =
    ["陳", "林", "黃", "張", "李", "王", "吳", "劉", "蔡", "楊", "許", "鄭"];
const LAST: [&str; 10] = ["華", "明", "芬", "宏", "美", "偉", "玲", "安", "德", "雲"];

/// Fills the day of the site where the practice person is booked; which site that is.
pub fn fill(round: &mut RoundImport, people: &mut Vec<RosterEntry>) -> Option<SiteId> {
    let own = PracticeCard::AlreadyBooked.face().ok()?;
    let booked = people.iter().find(|person| person.card.id == own.id)?.booked.as_ref()?.0;
    let site = round.slots.iter().find(|slot| slot.id == booked)?.site;
    let district = round.sites.iter().find(|other| other.id == site)?.district;
    let (day, opens, number) = (BEGINS.date(), round.round.opens, round.round.number);
    let mut nth = 0;
    for slot in round.slots.iter_mut().filter(|slot| slot.site == site) {
        if slot.starts.date() != day {
            continue;
        }
        (slot.capacity, slot.taken) = (SEATS, 0);
        let count = BOOKED + made_up(slot.id.0) as u32 % (SEATS - BOOKED - 1);
        for _ in 0..count {
            let mobile = MobileNumber::parse(&format!("09{nth:08}")).ok()?;
            let made = opens + SignedDuration::from_secs(nth.into());
            let booked = Some((slot.id, mobile.clone(), made));
            // Whoever books has registered.
            let number = BookingNumber::new(number, FIRST + nth).ok()?;
            let (number, registered) = (RegistrationNumber(number), made - BEFORE);
            let brands = Brand::ALL.to_vec();
            let intention = Some(Intention { number, registered, mobile, district, brands });
            people.push(RosterEntry { booked, intention, ..RosterEntry::new(card(nth)) });
            nth += 1;
        }
    }
    Some(site)
}

fn card(nth: u32) -> Card {
    let dice = made_up(nth) as usize;
    let family = FAMILIES[dice % FAMILIES.len()];
    let last = LAST[dice / FAMILIES.len() % LAST.len()];
    Card { name: Name::new(format!("{family}練{last}")), ..practice_people::card(nth) }
}

#[cfg(test)]
mod tests {
    use super::super::world;
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_day_is_full_of_people_and_no_hour_has_more_than_its_seats() {
        let (mut round, mut people) = world::round();
        let before = people.len();
        let site = fill(&mut round, &mut people).unwrap();
        let today = |id| {
            round.slots.iter().any(|slot| {
                slot.id == id && slot.site == site && slot.starts.date() == BEGINS.date()
            })
        };
        // The store books for whoever has registered.
        assert!(people.iter().all(|person| person.booked.is_none() || person.intention.is_some()));
        let booked: Vec<_> = people.iter().filter_map(|person| person.booked.as_ref()).collect();
        assert!(booked.iter().filter(|booked| today(booked.0)).count() > 190);
        for slot in &round.slots {
            let taken = booked.iter().filter(|booked| booked.0 == slot.id).count() as u32;
            assert!(slot.taken + taken <= slot.capacity, "{slot:?}");
        }
        let ids: HashSet<_> =
            people.iter().map(|person| person.card.id.expose().to_owned()).collect();
        assert_eq!(ids.len(), people.len(), "nobody is there twice");
        assert!(people[before..].iter().all(|person| person.card.name.masked().contains('〇')));
    }
}

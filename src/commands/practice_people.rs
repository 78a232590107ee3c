//! The made-up crowd of `admin practice` and `rush`: its round, sites, slots, people and kiosks.
//! The same person for the same number each time, so that a rush knows whose cards there are. Every
//! name says that it is for practice (練習).

use crate::domain::booking_number::BookingNumber;
use crate::domain::card::{Card, CardNumber};
use crate::domain::identity::{IdNumber, LETTERS};
use crate::domain::intention::{Intention, RegistrationNumber};
use crate::domain::person::{BirthDate, Name};
use crate::domain::phone::MobileNumber;
use crate::domain::region::{District, districts};
use crate::domain::round::{Brand, Round, RoundNumber, RoundRule};
use crate::domain::site::{Site, SiteId, Slot, SlotId};
use crate::domain::taipei;
use crate::server::store::import::{RosterEntry, RoundImport};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// The highest round number, so that its booking numbers are seen to be for practice.
pub const PRACTICE_ROUND: u8 = 99;

const HOURS: [i8; 8] = [9, 10, 11, 14, 15, 16, 18, 19];
const DAYS: i32 = 4;
/// Slots of a site.
pub const SLOTS_A_SITE: u32 = HOURS.len() as u32 * DAYS as u32;

fn round_number() -> RoundNumber {
    RoundNumber::try_from(PRACTICE_ROUND).expect("99 is a round's number")
}

/// The card of person `nth`, from 0.
pub fn card(nth: u32) -> Card {
    let letter = char::from(LETTERS[(nth / 20_000_000) as usize % LETTERS.len()]);
    let (sex, digits) = (1 + nth / 10_000_000 % 2, nth % 10_000_000);
    let id =
        (0..10).find_map(|check| IdNumber::parse(&format!("{letter}{sex}{digits:07}{check}")).ok());
    Card {
        number: CardNumber::parse(&format!("0000{nth:08}")).expect("twelve digits"),
        name: Name::new(format!("練習{nth}")),
        id: id.expect("one of ten check digits fits"),
        born: BirthDate(date(1940, 1, 1).saturating_add(i64::from(nth % 20_000).days())),
    }
}

/// Person `nth` on the roster: everybody registered in time, for both brands.
pub fn person(nth: u32, opens: Timestamp) -> RosterEntry {
    let district =
        districts().nth(nth as usize % districts().count()).expect("there are districts");
    let intention = Intention {
        number: RegistrationNumber(
            BookingNumber::new(round_number(), nth).expect("under a hundred million people"),
        ),
        registered: opens - SignedDuration::from_hours(48),
        mobile: MobileNumber::parse(&format!("09{:08}", nth % 90_000_000))
            .expect("a made-up number in the right form"),
        district: district.code,
        brands: Brand::ALL.to_vec(),
    };
    RosterEntry { intention: Some(intention), ..RosterEntry::new(card(nth)) }
}

/// A round that opens at `opens`, with as many sites as asked for and `seats` in each slot.
pub fn round(opens: Timestamp, sites: u32, seats: u32) -> RoundImport {
    let all: Vec<&District> = districts().collect();
    let site = |nth: u32| {
        let district = all[nth as usize % all.len()];
        let county = district.county.county();
        Site {
            id: SiteId(nth + 1),
            district: district.code,
            name_zh: format!("{}練習診所{nth}", district.zh),
            name_en: format!("{} Practice Clinic {nth}", district.en),
            address_zh: format!("{}{}練習路{nth}號", county.zh, district.zh),
            address_en: format!("No. {nth}, Lianxi Rd., {}, {}", district.en, county.en),
            brand: Brand::ALL[nth as usize % Brand::ALL.len()],
        }
    };
    let first = taipei::civil(opens).date().saturating_add(3.days());
    let slot = |nth: u32| {
        let (day, hour) = (nth % SLOTS_A_SITE / HOURS.len() as u32, nth as usize % HOURS.len());
        let starts = first.saturating_add(i64::from(day).days()).at(HOURS[hour], 0, 0, 0);
        Slot {
            id: SlotId(nth + 1),
            site: SiteId(nth / SLOTS_A_SITE + 1),
            starts,
            ends: starts.saturating_add(1.hours()),
            capacity: seats,
            taken: 0,
        }
    };
    RoundImport {
        round: Round {
            number: round_number(),
            brands: Brand::ALL.to_vec(),
            rule: RoundRule { born_until: Some(date(2009, 12, 31)), ..RoundRule::default() },
            registration_opens: opens - SignedDuration::from_hours(96),
            registration_until: opens - SignedDuration::from_hours(17),
            opens,
            closes: opens + SignedDuration::from_hours(55),
            bands: Vec::new(),
            settled: Some(opens - SignedDuration::from_hours(16)),
        },
        sites: (0..sites).map(site).collect(),
        slots: (0..sites * SLOTS_A_SITE).map(slot).collect(),
    }
}

/// The name of kiosk `nth` on the list of devices.
pub fn kiosk(nth: u32) -> String {
    format!("practice kiosk {nth}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::attendance::Presence;
    use crate::domain::eligibility::may_book;
    use std::collections::HashSet;

    #[test]
    fn everybody_is_somebody_else_and_may_book() {
        let opens = taipei::instant(date(2027, 7, 13).at(10, 0, 0, 0));
        let world = round(opens, 400, 3);
        let mut ids = HashSet::new();
        for nth in (0..200).chain([9_999_999, 10_000_000, 19_999_999, 20_000_000, 99_999_999]) {
            let person = person(nth, opens);
            assert!(ids.insert(person.card.id.expose().to_owned()), "{nth}");
            assert!(person.card.name.expose().contains("練習"));
            let who = crate::domain::eligibility::Applicant {
                born: person.card.born,
                category: None,
                intention: person.intention.as_ref(),
                live: None,
                presence: Presence::Expected,
                chooses_until: None,
            };
            assert_eq!(may_book(&world.round, &who, opens), Ok(()), "{nth}");
        }
        assert_eq!((world.sites.len(), world.slots.len()), (400, 400 * SLOTS_A_SITE as usize));
        assert!(world.sites.iter().all(|site| site.name_zh.contains("練習")));
        assert!(world.slots.iter().all(|slot| taipei::instant(slot.starts) > opens));
    }
}

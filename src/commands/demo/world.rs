//! The made-up world of the training: one round, sites and slots in every district, the people of
//! the practice cards. The same each time. Every name of a place says that it is for practice
//! (練習).

use crate::devices::simulated::people::PracticeCard;
use crate::domain::booking_number::BookingNumber;
use crate::domain::card::Card;
use crate::domain::intention::{Intention, RegistrationNumber};
use crate::domain::person::Category;
use crate::domain::phone::MobileNumber;
use crate::domain::region::{District, DistrictCode, districts};
use crate::domain::round::{AgeBand, Brand, Round, RoundNumber, RoundRule};
use crate::domain::site::{Site, SiteId, Slot, SlotId};
use crate::domain::splitmix::SplitMix64;
use crate::domain::taipei::instant;
use crate::server::store::import::{RosterEntry, RoundImport};
use jiff::ToSpan;
use jiff::civil::{DateTime, date};

/// The first morning of the round. In 2027 the thirteenth of July is a Tuesday, as it was on the
/// manuals' own day.
pub const BEGINS: DateTime = date(2027, 7, 13).at(10, 5, 0, 0);

/// Hours of a site's day: the manual's own (citizen's manual, page 23).
const HOURS: [i8; 8] = [9, 10, 11, 14, 15, 16, 18, 19];
const DAYS: i32 = 4;

/// A site's kind and its doses a day, by the plan of June 2021.
const KINDS: [(&str, &str, u32); 4] = [
    ("練習衛生所", "Practice Health Station", 100),
    ("練習診所（一）", "Practice Clinic 1", 50),
    ("練習診所（二）", "Practice Clinic 2", 50),
    ("練習醫院", "Practice Hospital", 300),
];

/// Made-up sites and slots, the same each time.
pub(super) fn made_up(seed: u32) -> u64 {
    SplitMix64::new(seed.into()).next_u64()
}

/// The round with all that is in it, and the people of the practice cards.
pub fn round() -> (RoundImport, Vec<RosterEntry>) {
    let day = |day: i8, hour: i8| instant(date(2027, 7, day).at(hour, 0, 0, 0));
    let round = Round {
        number: RoundNumber::try_from(2).expect("2 is a round's number"),
        brands: Brand::ALL.to_vec(),
        rule: RoundRule {
            categories: vec![Category(9)],
            born_until: Some(date(2009, 12, 31)),
            counties: Vec::new(),
        },
        registration_opens: day(6, 9),
        registration_until: day(12, 17),
        opens: day(13, 10),
        closes: day(15, 17),
        bands: vec![
            AgeBand { born_until: date(1999, 12, 31), opens: day(13, 10) },
            AgeBand { born_until: date(2009, 12, 31), opens: day(13, 14) },
        ],
        settled: Some(day(12, 18)),
    };
    let (mut sites, mut slots) = (Vec::new(), Vec::new());
    for district in districts() {
        let full = is_full(district);
        let count = 2 + (made_up(district.code.0) % 3) as usize;
        for (kind, (_, _, doses)) in KINDS.iter().enumerate().take(count) {
            let id = SiteId(sites.len() as u32 + 1);
            sites.push(site(id, district, kind));
            add_slots(&mut slots, id, *doses, full);
        }
    }
    let people = people(&round, &slots, &sites);
    (RoundImport { round, sites, slots }, people)
}

const DAAN: DistrictCode = DistrictCode(6_300_300);
const ZHONGLI: DistrictCode = DistrictCode(6_800_200);

/// Some districts are full from the start, so that "the nearest with seats" can be seen; never one
/// where a practice person registered.
fn is_full(district: &District) -> bool {
    made_up(district.code.0 ^ 0xFFFF).is_multiple_of(12)
        && ![DAAN, ZHONGLI].contains(&district.code)
}

fn site(id: SiteId, district: &District, kind: usize) -> Site {
    let county = district.county.county();
    let (zh, en, _) = KINDS[kind];
    let number = kind * 10 + 8;
    Site {
        id,
        district: district.code,
        name_zh: format!("{}{zh}", district.zh),
        name_en: format!("{} {en}", district.en),
        address_zh: format!("{}{}練習路{number}號", county.zh, district.zh),
        address_en: format!("No. {number}, Lianxi Rd., {}, {}", district.en, county.en),
        brand: Brand::ALL[id.0 as usize % Brand::ALL.len()],
    }
}

fn add_slots(slots: &mut Vec<Slot>, site: SiteId, doses_a_day: u32, full: bool) {
    let capacity = doses_a_day / HOURS.len() as u32;
    for day in 0..DAYS {
        let day = date(2027, 7, 16).saturating_add(day.days());
        for hour in HOURS {
            let id = SlotId(slots.len() as u32 + 1);
            let starts = day.at(hour, 0, 0, 0);
            let dice = made_up(id.0.wrapping_mul(7919));
            // One in six is full; the others are taken in part.
            let taken = if full || dice.is_multiple_of(6) {
                capacity
            } else {
                (dice >> 8) as u32 % capacity
            };
            slots.push(Slot {
                id,
                site,
                starts,
                ends: starts.saturating_add(1.hours()),
                capacity,
                taken,
            });
        }
    }
}

/// Of [`PRACTICE_PASSWORD`](crate::devices::simulated::people::PRACTICE_PASSWORD), made once:
/// making it takes a while on purpose.
const PASSWORD_HASH: &str =
    "$argon2id$v=19$m=64,t=1,p=1$c2FsdCBvZiBhIGRlbW8$Rs4+i6EPoeFBobVKXGsFjj/+wC6ju+bQl7aikSI5iIM";

fn people(round: &Round, slots: &[Slot], sites: &[Site]) -> Vec<RosterEntry> {
    let readable = PracticeCard::ALL.into_iter().filter_map(|card| Some((card, card.face().ok()?)));
    let person = |(nth, (card, face)): (u32, (PracticeCard, Card))| {
        let intention =
            intention(card, BookingNumber::new(round.number, nth).expect("a small number"));
        let booked = (card == PracticeCard::AlreadyBooked).then_some(()).and_then(|()| {
            let intention = intention.as_ref()?;
            let here = |slot: &&Slot| {
                !slot.is_full()
                    && sites
                        .iter()
                        .any(|site| site.id == slot.site && site.district == intention.district)
            };
            Some((slots.iter().find(here)?.id, intention.mobile.clone(), round.opens))
        });
        let password_hash = Some(PASSWORD_HASH.into());
        RosterEntry { intention, booked, password_hash, ..RosterEntry::new(face) }
    };
    (1..).zip(readable).map(person).collect()
}

fn intention(card: PracticeCard, number: BookingNumber) -> Option<Intention> {
    let registered = match card {
        PracticeCard::TooLate => date(2027, 7, 12).at(17, 30, 0, 0),
        _ => date(2027, 7, 6).at(14, 6, 6, 0),
    };
    Some(Intention {
        number: RegistrationNumber(number),
        registered: instant(registered),
        mobile: MobileNumber::parse(card.mobile()?).expect("a made-up number in the right form"),
        district: district_of(card),
        brands: Brand::ALL.to_vec(),
    })
}

/// Where a practice person lives, and registers.
pub fn district_of(card: PracticeCard) -> DistrictCode {
    if card == PracticeCard::MigrantWorker { ZHONGLI } else { DAAN }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::sites::{BrandCodes, EarliestQuery, EarliestSlot};
    use crate::server::catalog::Catalog;
    use crate::server::store::programme::Programme;

    #[test]
    fn every_district_has_a_site_and_every_place_says_that_it_is_for_practice() {
        let (world, people) = round();
        assert!(
            districts()
                .all(|district| world.sites.iter().any(|site| site.district == district.code))
        );
        assert!(
            world
                .sites
                .iter()
                .all(|site| site.name_zh.contains("練習") && site.name_en.contains("Practice"))
        );
        assert!(world.slots.iter().all(|slot| slot.taken <= slot.capacity));
        assert_eq!(people.len(), 7);
        assert!(world.round.check().is_ok());
    }

    #[test]
    fn practice_people_are_offered_a_seat_at_home_and_near_by_where_all_is_full() {
        let (world, people) = round();
        let catalog = Catalog::default();
        let RoundImport { round, sites, slots } = world;
        catalog.publish(Programme { round, sites, slots });
        let snapshot = catalog.snapshot().unwrap();
        let ask = |district, brands| {
            let query = EarliestQuery { brands: BrandCodes(brands), ..EarliestQuery::default() };
            let body = snapshot.earliest_slots_body(district, &query, instant(BEGINS)).unwrap();
            serde_json::from_slice::<Vec<EarliestSlot>>(&body.bytes).unwrap()
        };
        for intention in people.iter().filter_map(|person| person.intention.as_ref()) {
            let offered = ask(intention.district, intention.brands.clone());
            assert_eq!(offered.len(), 5);
            assert_eq!((offered[0].site.district, offered[0].metres), (intention.district, 0));
        }
        let full = districts().find(|district| is_full(district)).unwrap();
        let offered = ask(full.code, Brand::ALL.to_vec());
        assert_eq!(offered.len(), 5);
        assert!(offered[0].metres > 0 && offered[0].site.district != full.code);
    }

    #[test]
    fn it_is_the_same_each_time() {
        assert_eq!(format!("{:?}", round()), format!("{:?}", round()));
    }
}

//! The line of those who wait for a seat: what each waits for, whom a seat that came free is
//! offered to, and what becomes of offers that are not taken. The order is that of asking.

use super::region::{DistrictCode, district};
use super::round::{Brand, Round};
use super::site::{Site, SiteId, Slot, SlotId};
use super::taipei;
use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How long a seat is held for whom it is offered to.
pub const HELD_FOR: SignedDuration = SignedDuration::from_mins(30);
/// So long before its slot begins no seat is held any more.
pub const ENDS_BEFORE: SignedDuration = SignedDuration::from_hours(2);
/// Nothing is offered that could not be held for so long: nobody would be there in time.
pub const HELD_FOR_AT_LEAST: SignedDuration = SignedDuration::from_mins(10);
/// Whoever lets so many offers lapse goes to the end of the line.
pub const LAPSES: u32 = 3;
/// For so long a slot of which somebody let an offer lapse goes to others before them.
pub const PASSED_FOR: SignedDuration = SignedDuration::from_hours(2);
/// How many districts and days a wish may name.
pub const DISTRICTS_AT_MOST: usize = 8;
pub const DAYS_AT_MOST: usize = 31;

/// Where somebody would go.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Places {
    Districts(Vec<DistrictCode>),
    Site(SiteId),
}

/// A part of the day, by the hour in which a slot begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum DayPart {
    #[default]
    Any,
    /// Before noon.
    Morning,
    /// From noon until 17:00.
    Afternoon,
    /// From 17:00.
    Evening,
}

impl DayPart {
    pub const ALL: [DayPart; 4] =
        [DayPart::Any, DayPart::Morning, DayPart::Afternoon, DayPart::Evening];

    /// Whether a slot that begins then is in it.
    pub fn has(self, starts: DateTime) -> bool {
        match self {
            DayPart::Any => true,
            DayPart::Morning => starts.hour() < 12,
            DayPart::Afternoon => (12..17).contains(&starts.hour()),
            DayPart::Evening => starts.hour() >= 17,
        }
    }
}

/// What somebody waits for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct WaitingWish {
    pub places: Places,
    /// None for any day.
    #[cfg_attr(feature = "server", schema(value_type = Vec<String>))]
    pub days: Vec<Date>,
    #[serde(default)]
    pub part: DayPart,
    pub brands: Vec<Brand>,
}

impl WaitingWish {
    /// Whether a seat of this slot is what they wait for.
    pub fn suits(&self, site: &Site, starts: DateTime) -> bool {
        let place = match &self.places {
            Places::Districts(districts) => districts.contains(&site.district),
            Places::Site(wanted) => *wanted == site.id,
        };
        place
            && self.brands.contains(&site.brand)
            && (self.days.is_empty() || self.days.contains(&starts.date()))
            && self.part.has(starts)
    }

    /// Whether it can be waited for: it names places that there are, and brands of the round. That
    /// a site exists is not known here.
    pub fn makes_sense(&self, round: &Round) -> bool {
        let places = match &self.places {
            Places::Districts(districts) => {
                let there = |code: &DistrictCode| district(*code).is_some();
                (1..=DISTRICTS_AT_MOST).contains(&districts.len()) && districts.iter().all(there)
            }
            Places::Site(_) => true,
        };
        let brands = &self.brands;
        let each_once = brands.iter().enumerate().all(|(at, brand)| !brands[..at].contains(brand));
        let of_the_round = brands.iter().all(|brand| round.brands.contains(brand));
        places && self.days.len() <= DAYS_AT_MOST && !brands.is_empty() && each_once && of_the_round
    }
}

/// Until when a seat of this slot is held for whom it is offered to now; `None` if it is too late
/// to offer it.
pub fn held_until(round: &Round, slot: &Slot, now: Timestamp) -> Option<Timestamp> {
    let last = taipei::instant(slot.starts) - ENDS_BEFORE;
    let until = (now + HELD_FOR).min(last).min(round.closes);
    (now >= round.opens && until >= now + HELD_FOR_AT_LEAST).then_some(until)
}

/// Somebody in the line who has no offer now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InLine<P> {
    pub who: P,
    pub wish: WaitingWish,
    /// Slots of which they have let an offer lapse lately: those go to others.
    pub passed: Vec<SlotId>,
}

/// Seats of a slot that came free.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FreeSeat<'a> {
    pub site: &'a Site,
    pub slot: &'a Slot,
    pub seats: u32,
}

/// Seats that came free, and how many of each are not given yet.
#[derive(Debug)]
pub struct SeatsToOffer<'a> {
    seats: Vec<FreeSeat<'a>>,
    by_district: HashMap<DistrictCode, Vec<usize>>,
    by_site: HashMap<SiteId, Vec<usize>>,
    left: u32,
}

impl<'a> SeatsToOffer<'a> {
    pub fn new(mut seats: Vec<FreeSeat<'a>>) -> Self {
        // Of the seats that suit somebody they get the earliest.
        seats.sort_by_key(|free| (free.slot.starts, free.slot.id));
        let (mut by_district, mut by_site) = (HashMap::new(), HashMap::new());
        for (at, free) in seats.iter().enumerate() {
            by_district.entry(free.site.district).or_insert_with(Vec::new).push(at);
            by_site.entry(free.site.id).or_insert_with(Vec::new).push(at);
        }
        let left = seats.iter().map(|free| free.seats).sum();
        Self { seats, by_district, by_site, left }
    }

    /// Whether nothing is left to offer.
    pub fn is_empty(&self) -> bool {
        self.left == 0
    }

    /// The seat for the next in the line, which then is no longer there; `None` if none suits them.
    /// Asked in the order of the line, no seat goes to somebody while it suits one before them who
    /// has none.
    pub fn give<P>(&mut self, next: &InLine<P>) -> Option<SlotId> {
        let at = match &next.wish.places {
            Places::Site(site) => self.suiting(self.by_site.get(site), next),
            Places::Districts(districts) => {
                let of = |code| self.suiting(self.by_district.get(code), next);
                districts.iter().filter_map(of).min()
            }
        }?;
        self.seats[at].seats -= 1;
        self.left -= 1;
        Some(self.seats[at].slot.id)
    }

    fn suiting<P>(&self, among: Option<&Vec<usize>>, next: &InLine<P>) -> Option<usize> {
        among?.iter().copied().find(|at| {
            let free = &self.seats[*at];
            free.seats > 0
                && !next.passed.contains(&free.slot.id)
                && next.wish.suits(free.site, free.slot.starts)
        })
    }
}

/// What becomes of somebody's place when an offer has lapsed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterLapse {
    /// They stay where they are, with so many offers lapsed.
    Stays(u32),
    /// They go to the end of the line, and none counts any more.
    ToTheEnd,
}

/// What becomes of the place of somebody who has let `before` offers lapse and now another.
pub fn after_lapse(before: u32) -> AfterLapse {
    if before + 1 >= LAPSES { AfterLapse::ToTheEnd } else { AfterLapse::Stays(before + 1) }
}

#[cfg(test)]
mod tests;

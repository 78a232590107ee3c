//! The slots of each site: four days, or more.

use super::{DAAN, Desk};
use jiff::ToSpan as _;
use jiff::civil::date;
use vaxkiosk::api::intentions::IntentionView;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::intention::RegistrationNumber;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::round::{Brand, RoundNumber};
use vaxkiosk::domain::site::{SiteId, Slot, SlotId};
use vaxkiosk::domain::taipei::instant;

/// How many slots a site has.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Programme {
    /// Four days of eight hours, of which some are full.
    #[default]
    FourDays,
    /// So many days of twelve hours from 08:00 on.
    Days(u8),
    /// So many days of half hours from 08:00 to 20:00.
    HalfHours(u8),
}

impl Programme {
    /// A site's slots are numbered from its number times this.
    pub fn slots_a_site(self) -> u32 {
        match self {
            Programme::FourDays => 100,
            Programme::Days(_) | Programme::HalfHours(_) => 10_000,
        }
    }

    /// Days, the hour and minute of each slot, and its length in minutes.
    fn times(self) -> (u8, Vec<(i8, i8)>, i8) {
        match self {
            Programme::FourDays => {
                (4, [9, 10, 11, 14, 15, 16, 18, 19].map(|h| (h, 0)).to_vec(), 60)
            }
            Programme::Days(days) => (days, (8..20).map(|hour| (hour, 0)).collect(), 60),
            Programme::HalfHours(days) => {
                (days, (8..20).flat_map(|hour| [(hour, 0), (hour, 30)]).collect(), 30)
            }
        }
    }
}

impl Desk {
    pub(super) fn slots(&self, site: SiteId) -> Vec<Slot> {
        let (days, times, minutes) = self.programme.times();
        let mut slots = Vec::new();
        for day in 0..days {
            for (hour, minute) in &times {
                let first = site.0 * self.programme.slots_a_site();
                let id = SlotId(first + slots.len() as u32);
                let starts = date(2027, 7, 16).at(*hour, *minute, 0, 0) + i64::from(day).days();
                let ends = starts + i64::from(minutes).minutes();
                let some_are = self.programme == Programme::FourDays;
                let full = self.full.contains(&id.0) || some_are && id.0.is_multiple_of(7);
                let left = self.group.left.get(&id.0).map(|left| 1200 - left);
                let taken = if full { 1200 } else { left.unwrap_or(id.0 % 5) };
                slots.push(Slot { id, site, starts, ends, capacity: 1200, taken });
            }
        }
        slots
    }
}

/// What MayBook registered before the round.
pub(super) fn first_intention() -> IntentionView {
    let number = BookingNumber::new(RoundNumber::try_from(2).unwrap(), 1).unwrap();
    IntentionView {
        number: RegistrationNumber(number),
        registered: instant(date(2027, 7, 6).at(14, 6, 6, 0)),
        mobile_masked: Personal::new("0912 *** 678"),
        district: DAAN,
        brands: Brand::ALL.to_vec(),
    }
}

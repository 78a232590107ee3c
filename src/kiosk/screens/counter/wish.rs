//! What is asked only of those who wait for a seat: days, a part of the day, and districts that
//! were chosen elsewhere.

use super::choices::{Choice, days};
use crate::domain::region::DistrictCode;
use crate::domain::round::Brand;
use crate::domain::site::{SiteId, Slot};
use crate::domain::waiting::DayPart;
use jiff::ToSpan;
use jiff::civil::Date;

/// How many days can be chosen from, of which a wish may name all.
const DAYS: i64 = 31;

/// The parts of a wish that a booking does not have.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Wish {
    /// What they registered for, of those who wait: they wait for nothing else.
    pub(super) registered: Vec<Brand>,
    /// The districts, which are several only if they were chosen elsewhere.
    pub districts: Vec<DistrictCode>,
    /// A site of which only its number is known.
    pub site: Option<SiteId>,
    /// None for any day.
    pub days: Vec<Date>,
    pub part: DayPart,
    /// From here on days can be chosen.
    pub(super) today: Option<Date>,
}

impl Wish {
    /// Whether a brand can be ticked.
    pub(super) fn offers(&self, brand: Brand) -> bool {
        self.registered.is_empty() || self.registered.contains(&brand)
    }

    /// The days of the site's slots, or those that come, each with whether it is ticked.
    pub(super) fn day_choices(&self, slots: &[Slot]) -> Vec<Choice> {
        let of_slots: Vec<Date> = days(slots)
            .into_iter()
            .filter_map(|choice| match choice {
                Choice::Date(date, _) => Some(date),
                _ => None,
            })
            .collect();
        let coming = || {
            let first = self.today.into_iter();
            first.flat_map(|first| (0..DAYS).filter_map(move |n| first.checked_add(n.days()).ok()))
        };
        let mut dates = if of_slots.is_empty() { coming().collect() } else { of_slots };
        let others = self.days.iter().filter(|day| !dates.contains(day)).copied();
        let others: Vec<Date> = others.collect();
        dates.extend(others);
        dates.sort_unstable();
        dates.into_iter().map(|date| Choice::Day(date, self.days.contains(&date))).collect()
    }

    /// Ticks a day, or takes its tick away.
    pub(super) fn tick(&mut self, date: Date, ticked: bool) {
        self.days.retain(|other| *other != date);
        if !ticked {
            self.days.push(date);
            self.days.sort_unstable();
        }
    }
}

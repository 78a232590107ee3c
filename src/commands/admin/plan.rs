//! What an import does with each row of a programme: add it, change what is there, or nothing,
//! because it is there already. Plain functions of the programme and the rows; nothing is written.

use crate::config::tables::{SlotRow, Wrong};
use crate::domain::round::Round;
use crate::domain::site::{Site, SiteId, Slot, SlotId};
use crate::domain::taipei;
use jiff::ToSpan;
use jiff::civil::DateTime;
use std::collections::{HashMap, HashSet};

/// What is done with a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step<C> {
    New,
    Changed(C),
    Same,
}

/// Decides about the sites of a file.
pub struct SitePlan<'a> {
    round: &'a Round,
    there: HashMap<SiteId, &'a Site>,
    /// Sites of other rounds.
    elsewhere: HashSet<SiteId>,
    /// Sites at which somebody has booked.
    booked: HashSet<SiteId>,
    seen: HashSet<SiteId>,
}

impl<'a> SitePlan<'a> {
    /// For a round with these sites and slots, where `all` are the sites of every round.
    pub fn new(round: &'a Round, sites: &'a [Site], slots: &[Slot], all: &[SiteId]) -> Self {
        let there: HashMap<_, _> = sites.iter().map(|site| (site.id, site)).collect();
        let elsewhere = all.iter().copied().filter(|site| !there.contains_key(site)).collect();
        let booked = slots.iter().filter(|slot| slot.taken > 0).map(|slot| slot.site).collect();
        Self { round, there, elsewhere, booked, seen: HashSet::new() }
    }

    /// # Errors
    /// What is wrong with the row, in this programme and after the rows before it.
    pub fn step(&mut self, site: &Site) -> Result<Step<()>, Wrong> {
        if !self.round.brands.contains(&site.brand) {
            return Err(Wrong::Brand);
        }
        if !self.seen.insert(site.id) {
            return Err(Wrong::Twice);
        }
        if self.elsewhere.contains(&site.id) {
            return Err(Wrong::SiteElsewhere);
        }
        match self.there.get(&site.id) {
            None => Ok(Step::New),
            Some(there) if *there == site => Ok(Step::Same),
            Some(there) if there.brand != site.brand && self.booked.contains(&site.id) => {
                Err(Wrong::BrandBooked)
            }
            Some(_) => Ok(Step::Changed(())),
        }
    }
}

/// A slot that is there, or that an earlier row of the file has.
struct Known {
    starts: DateTime,
    ends: DateTime,
    /// `None` if an earlier row has it.
    there: Option<Slot>,
    /// Whether a row of the file has spoken of it.
    seen: bool,
}

/// Decides about the slots of a file.
pub struct SlotPlan {
    opens: DateTime,
    sites: HashMap<SiteId, Vec<Known>>,
}

impl SlotPlan {
    /// For a round with these sites and slots.
    pub fn new(round: &Round, sites: &[Site], slots: &[Slot]) -> Self {
        let mut known: HashMap<SiteId, Vec<Known>> =
            sites.iter().map(|site| (site.id, Vec::new())).collect();
        for slot in slots {
            known.entry(slot.site).or_default().push(Known {
                starts: slot.starts,
                ends: slot.ends,
                there: Some(slot.clone()),
                seen: false,
            });
        }
        Self { opens: taipei::civil(round.opens), sites: known }
    }

    /// What is done with a row; for a change, the slot that gets the row's capacity.
    ///
    /// # Errors
    /// What is wrong with the row, in this programme and after the rows before it.
    pub fn step(&mut self, row: &SlotRow) -> Result<Step<SlotId>, Wrong> {
        if row.starts <= self.opens || row.starts > self.opens.saturating_add(1.year()) {
            return Err(Wrong::OutsideRound);
        }
        let known = self.sites.get_mut(&row.site).ok_or(Wrong::Site)?;
        let same = |slot: &&mut Known| (slot.starts, slot.ends) == (row.starts, row.ends);
        if let Some(slot) = known.iter_mut().find(same) {
            if std::mem::replace(&mut slot.seen, true) {
                return Err(Wrong::Twice);
            }
            return match &slot.there {
                Some(there) if row.capacity == there.capacity => Ok(Step::Same),
                // Only a closed slot has no seats, and it stays closed: the file in which it was
                // open can be imported again for what else it says.
                Some(there) if there.capacity == 0 => Ok(Step::Same),
                Some(there) if row.capacity < there.taken => Err(Wrong::BelowTaken),
                Some(there) => Ok(Step::Changed(there.id)),
                None => Err(Wrong::Twice),
            };
        }
        if known.iter().any(|slot| slot.starts < row.ends && row.starts < slot.ends) {
            return Err(Wrong::Overlap);
        }
        known.push(Known { starts: row.starts, ends: row.ends, there: None, seen: true });
        Ok(Step::New)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::region::DistrictCode;
    use crate::domain::round::Brand;
    use crate::domain::round::tests::round_02;
    use jiff::civil::date;
    use rstest::rstest;

    fn site(id: u32, name: &str, brand: Brand) -> Site {
        Site {
            id: SiteId(id),
            district: DistrictCode(6_300_300),
            name_zh: name.into(),
            name_en: "Site".into(),
            address_zh: "路".into(),
            address_en: "Rd.".into(),
            brand,
        }
    }

    /// Slot 7 of site 1, from nine to ten, with ten seats of which four are taken.
    fn slots() -> Vec<Slot> {
        let day = date(2021, 7, 16);
        let (starts, ends) = (day.at(9, 0, 0, 0), day.at(10, 0, 0, 0));
        vec![Slot { id: SlotId(7), site: SiteId(1), starts, ends, capacity: 10, taken: 4 }]
    }

    #[rstest]
    #[case::as_it_is(site(1, "大安站", Brand::AstraZeneca), Ok(Step::Same))]
    #[case::renamed(site(1, "大安", Brand::AstraZeneca), Ok(Step::Changed(())))]
    #[case::new(site(3, "大安", Brand::AstraZeneca), Ok(Step::New))]
    #[case::of_another_round(site(9, "大安", Brand::AstraZeneca), Err(Wrong::SiteElsewhere))]
    #[case::of_no_brand_of_the_round(site(3, "大安", Brand::Moderna), Err(Wrong::Brand))]
    fn sites(#[case] row: Site, #[case] step: Result<Step<()>, Wrong>) {
        let round = round_02();
        let there = [site(1, "大安站", Brand::AstraZeneca)];
        let mut plan = SitePlan::new(&round, &there, &slots(), &[SiteId(1), SiteId(9)]);
        assert_eq!(plan.step(&row), step);
        if step.is_ok() {
            assert_eq!(plan.step(&row), Err(Wrong::Twice));
        }
    }

    /// A closed slot has no seats, and is not opened by the file from which it came.
    #[test]
    fn a_closed_slot_stays_closed() {
        let closed = vec![Slot { capacity: 0, taken: 0, ..slots().remove(0) }];
        let there = [site(1, "a", Brand::AstraZeneca)];
        let row = SlotRow {
            site: SiteId(1),
            starts: closed[0].starts,
            ends: closed[0].ends,
            capacity: 10,
        };
        assert_eq!(SlotPlan::new(&round_02(), &there, &closed).step(&row), Ok(Step::Same));
    }

    #[test]
    fn a_site_where_people_have_booked_keeps_its_brand() {
        let round = Round { brands: Brand::ALL.to_vec(), ..round_02() };
        let there = [site(1, "大安站", Brand::AstraZeneca), site(2, "站", Brand::AstraZeneca)];
        let mut plan = SitePlan::new(&round, &there, &slots(), &[]);
        let other = |id| site(id, "大安站", Brand::Moderna);
        assert_eq!(plan.step(&other(1)), Err(Wrong::BrandBooked));
        assert_eq!(plan.step(&other(2)), Ok(Step::Changed(())));
    }

    #[rstest]
    #[case::as_it_is(1, "2021-07-16T09:00", "2021-07-16T10:00", 10, Ok(Step::Same))]
    #[case::more_seats(1, "2021-07-16T09:00", "2021-07-16T10:00", 20, Ok(Step::Changed(SlotId(7))))]
    #[case::as_many_as_taken(
        1,
        "2021-07-16T09:00",
        "2021-07-16T10:00",
        4,
        Ok(Step::Changed(SlotId(7)))
    )]
    #[case::fewer_than_taken(1, "2021-07-16T09:00", "2021-07-16T10:00", 3, Err(Wrong::BelowTaken))]
    #[case::the_next_hour(1, "2021-07-16T10:00", "2021-07-16T11:00", 10, Ok(Step::New))]
    #[case::overlapping(1, "2021-07-16T09:30", "2021-07-16T10:30", 10, Err(Wrong::Overlap))]
    #[case::within(1, "2021-07-16T09:10", "2021-07-16T09:20", 10, Err(Wrong::Overlap))]
    #[case::at_another_site(2, "2021-07-16T09:30", "2021-07-16T10:30", 10, Ok(Step::New))]
    #[case::no_site(3, "2021-07-16T09:00", "2021-07-16T10:00", 10, Err(Wrong::Site))]
    #[case::before_the_round(
        1,
        "2021-07-13T10:00",
        "2021-07-13T11:00",
        10,
        Err(Wrong::OutsideRound)
    )]
    #[case::a_year_later(1, "2022-07-13T10:00", "2022-07-13T11:00", 10, Ok(Step::New))]
    #[case::later(1, "2022-07-13T10:01", "2022-07-13T11:00", 10, Err(Wrong::OutsideRound))]
    fn slots_of_a_file(
        #[case] site_number: u32,
        #[case] starts: DateTime,
        #[case] ends: DateTime,
        #[case] capacity: u32,
        #[case] step: Result<Step<SlotId>, Wrong>,
    ) {
        let there = [site(1, "a", Brand::AstraZeneca), site(2, "b", Brand::AstraZeneca)];
        let mut plan = SlotPlan::new(&round_02(), &there, &slots());
        let row = SlotRow { site: SiteId(site_number), starts, ends, capacity };
        assert_eq!(plan.step(&row), step);
        if step.is_ok() {
            assert_eq!(plan.step(&row), Err(Wrong::Twice));
        }
    }
}

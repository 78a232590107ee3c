//! Which world is made: the training's usual one, or that of an exercise, or one in which the next
//! round is on.

use super::{site_day, world};
use crate::devices::simulated::people::PracticeCard;
use crate::domain::channel::Channel;
use crate::domain::phone::MobileNumber;
use crate::domain::round::RoundNumber;
use crate::domain::site::{SiteId, Slot};
use crate::domain::taipei;
use crate::server::store::import::{RosterEntry, RoundImport};
use crate::training::world::WorldBefore;
use jiff::civil::DateTime;
use jiff::{SignedDuration, ToSpan};
use std::collections::HashSet;

/// A world that is not made yet.
pub struct WorldPlan {
    pub round: RoundImport,
    pub people: Vec<RosterEntry>,
    /// The vaccination site whose desk it is.
    pub site: Option<SiteId>,
    pub begins: DateTime,
    pub in_line: Vec<PracticeCard>,
}

/// So long after a round the next one comes.
const NEXT_ROUND_AFTER: i64 = 7;

impl WorldPlan {
    pub fn new(channel: Channel, before: Option<&WorldBefore>, next_round: bool) -> Self {
        let (mut round, mut people) = world::round();
        let (site, begins) = match channel {
            Channel::VaccinationSite => (site_day::fill(&mut round, &mut people), site_day::BEGINS),
            Channel::ConvenienceStore | Channel::Pharmacy | Channel::HealthStation => {
                (None, world::BEGINS)
            }
        };
        let in_line = before.map(|before| before.in_line.clone()).unwrap_or_default();
        let mut plan = Self { round, people, site, begins, in_line };
        if let Some(before) = before {
            plan.stand_as(before);
        }
        // The day of a site is one of its own round.
        if next_round && site.is_none() {
            plan.put_off();
        }
        plan
    }

    /// All that an exercise says of its world.
    fn stand_as(&mut self, before: &WorldBefore) {
        self.begins = before.begins;
        // First, for whoever is booked in a full district has one of its seats.
        for card in &before.booked {
            self.book(*card);
        }
        let full = |district| before.full.contains(&district);
        let RoundImport { sites, slots, .. } = &mut self.round;
        let full: HashSet<SiteId> =
            sites.iter().filter(|site| full(site.district)).map(|site| site.id).collect();
        for slot in slots.iter_mut().filter(|slot| full.contains(&slot.site)) {
            // Whoever is booked there has one of its seats already.
            let theirs = self.people.iter().filter_map(|person| person.booked.as_ref());
            let theirs = theirs.filter(|booked| booked.0 == slot.id).count();
            slot.taken = slot.capacity.saturating_sub(u32::try_from(theirs).unwrap_or(u32::MAX));
        }
    }

    /// Gives somebody the first free slot of their district; at a vaccination site, one of the hour
    /// at which the exercise begins.
    fn book(&mut self, card: PracticeCard) {
        let (Ok(face), Some(mobile)) = (card.face(), card.mobile()) else { return };
        let Ok(mobile) = MobileNumber::parse(mobile) else { return };
        let district = world::district_of(card);
        let (begins, site) = (self.begins, self.site);
        let RoundImport { sites, slots, round } = &self.round;
        let is_near = |slot: &&Slot| match site {
            Some(site) => {
                slot.site == site
                    && slot.starts.date() == begins.date()
                    && slot.starts.hour() == begins.hour()
            }
            None => {
                let of = sites.iter().find(|site| site.id == slot.site);
                of.is_some_and(|site| site.district == district) && slot.starts > begins
            }
        };
        let Some(slot) = slots.iter().find(|slot| is_near(slot) && !slot.is_full()) else { return };
        let made = taipei::instant(begins).min(round.opens);
        let Some(at) = self.people.iter().position(|one| one.card.id == face.id) else { return };
        // Behind all others, so that the next receipt of the day's list is another person's.
        let person = self.people.remove(at);
        self.people.push(RosterEntry { booked: Some((slot.id, mobile, made)), ..person });
    }

    /// The next round: the same sites a week later, and nobody booked yet.
    fn put_off(&mut self) {
        let later =
            |instant: jiff::Timestamp| instant + SignedDuration::from_hours(24 * NEXT_ROUND_AFTER);
        let RoundImport { round, slots, .. } = &mut self.round;
        let next = u8::from(round.number) + 1;
        if let Ok(number) = RoundNumber::try_from(next) {
            round.number = number;
        }
        for instant in [
            &mut round.registration_opens,
            &mut round.registration_until,
            &mut round.opens,
            &mut round.closes,
        ] {
            *instant = later(*instant);
        }
        round.settled = round.settled.map(later);
        for band in &mut round.bands {
            band.opens = later(band.opens);
        }
        for slot in slots {
            slot.starts = slot.starts.saturating_add(NEXT_ROUND_AFTER.days());
            slot.ends = slot.ends.saturating_add(NEXT_ROUND_AFTER.days());
        }
        for person in &mut self.people {
            person.booked = None;
        }
        self.begins = self.begins.saturating_add(NEXT_ROUND_AFTER.days());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::world::{LineBefore, PrinterBefore};

    fn before(begins: DateTime) -> WorldBefore {
        WorldBefore {
            begins,
            line: LineBefore::Up,
            printer: PrinterBefore::Ready,
            reader: true,
            booked: vec![PracticeCard::MayBook],
            in_line: Vec::new(),
            full: Vec::new(),
        }
    }

    fn booked(plan: &WorldPlan, card: PracticeCard) -> Option<&Slot> {
        let id = card.face().unwrap().id;
        let person = plan.people.iter().find(|person| person.card.id == id)?;
        let slot = person.booked.as_ref()?.0;
        plan.round.slots.iter().find(|other| other.id == slot)
    }

    #[test]
    fn an_exercise_has_whom_it_says_booked_in_a_slot_that_is_free() {
        let plan = WorldPlan::new(Channel::Pharmacy, Some(&before(world::BEGINS)), false);
        let slot = booked(&plan, PracticeCard::MayBook).unwrap();
        assert!(!slot.is_full() && slot.starts > plan.begins);
    }

    #[test]
    fn at_a_vaccination_site_they_are_expected_in_the_hour_of_the_exercise() {
        let plan = WorldPlan::new(Channel::VaccinationSite, Some(&before(site_day::BEGINS)), false);
        let slot = booked(&plan, PracticeCard::MayBook).unwrap();
        assert_eq!(Some(slot.site), plan.site);
        assert_eq!((slot.starts.date(), slot.starts.hour()), (plan.begins.date(), 9));
    }

    #[test]
    fn a_full_district_has_no_seat() {
        let daan = world::district_of(PracticeCard::MayBook);
        let full = WorldBefore { full: vec![daan], booked: Vec::new(), ..before(world::BEGINS) };
        let plan = WorldPlan::new(Channel::Pharmacy, Some(&full), false);
        let of_daan = |slot: &&Slot| {
            plan.round.sites.iter().any(|site| site.id == slot.site && site.district == daan)
        };
        let mut slots = plan.round.slots.iter().filter(of_daan).peekable();
        let booked = booked(&plan, PracticeCard::AlreadyBooked).unwrap().id;
        assert!(slots.peek().is_some());
        // One has a seat there, which is taken when they are written.
        assert!(slots.all(|slot| slot.is_full() || slot.id == booked));
    }

    #[test]
    fn in_a_full_district_the_exercise_still_has_whom_it_says_booked() {
        let daan = world::district_of(PracticeCard::MayBook);
        let full = WorldBefore { full: vec![daan], ..before(world::BEGINS) };
        let plan = WorldPlan::new(Channel::Pharmacy, Some(&full), false);
        assert!(booked(&plan, PracticeCard::MayBook).is_some());
    }

    #[test]
    fn in_the_next_round_nobody_is_booked_and_all_is_a_week_later() {
        let usual = WorldPlan::new(Channel::ConvenienceStore, None, false);
        let next = WorldPlan::new(Channel::ConvenienceStore, None, true);
        assert!(next.people.iter().all(|person| person.booked.is_none()));
        assert_eq!(u8::from(next.round.round.number), u8::from(usual.round.round.number) + 1);
        assert_eq!(next.begins, usual.begins.saturating_add(7.days()));
        assert!(next.round.round.check().is_ok());
    }
}

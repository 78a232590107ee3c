//! Which day and which page of a site's slots one looks at, and what others have taken meanwhile.

use crate::domain::site::{SiteId, Slot};
use crate::kiosk::model::action::ScreenAction;
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};

/// Weeks on a page of the calendar.
pub const WEEKS: usize = 5;
const DAYS_A_WEEK: i64 = 7;

#[derive(Clone, PartialEq, Debug)]
pub struct SlotPick {
    pub site: SiteId,
    /// By their beginnings.
    pub slots: Vec<Slot>,
    /// When the person's own booking at this site begins: it cannot be chosen once more.
    own: Option<DateTime>,
    /// What has become full while it was looked at, or before it could be booked.
    pub just_full: Option<JustFull>,
    /// The slot that was chosen and has become full: what comes after it has the focus.
    after: Option<DateTime>,
    /// The day whose hours are asked for; none while the day is asked for.
    pub day: Option<Date>,
    /// The page of the calendar, or of the day's hours.
    pub page: usize,
}

/// What others took while one looked at it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JustFull {
    /// All of a day.
    Day(Date),
    /// An hour of the day that is on.
    Hour(DateTime),
    /// A slot whose day is not on.
    Slot(DateTime),
}

/// What is asked: while it stays the same, so does the focus.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SlotPlace {
    day: Option<Date>,
    page: usize,
}

#[derive(Clone, PartialEq, Debug)]
pub enum SlotAnswer {
    Slot(Slot),
    OtherSite,
    /// Waits for a seat at this site, where none is free.
    AskToWait,
}

impl SlotPick {
    /// `own`: when the person's own booking at this site begins. `taken`: when the slot that was
    /// chosen begins, if it has become full before it could be booked; its day is shown again.
    pub fn new(
        site: SiteId,
        mut slots: Vec<Slot>,
        own: Option<DateTime>,
        taken: Option<DateTime>,
    ) -> Self {
        slots.sort_by_key(|slot| (slot.starts, slot.id));
        let mut pick = Self { site, slots, own, just_full: None, after: taken, day: None, page: 0 };
        if let Some(taken) = taken {
            let day = taken.date();
            let stays = pick.free_on(day) > 0;
            pick.day = stays.then_some(day);
            pick.just_full =
                Some(if stays { JustFull::Hour(taken) } else { JustFull::Slot(taken) });
        }
        pick
    }

    /// Free seats change; the place one looks at stays. What becomes full there is told.
    pub fn refresh(&mut self, mut slots: Vec<Slot>) {
        slots.sort_by_key(|slot| (slot.starts, slot.id));
        let before = std::mem::replace(&mut self.slots, slots);
        let was_free = |slot: &&Slot| {
            before.iter().any(|old| old.id == slot.id && !old.is_full()) && slot.is_full()
        };
        let first_before = before.iter().find(|slot| self.is_choosable(slot)).map(|slot| slot.id);
        let full: Vec<&Slot> = self.slots.iter().filter(was_free).collect();
        let told = match self.day {
            Some(day) => full
                .iter()
                .find(|slot| slot.starts.date() == day)
                .map(|slot| JustFull::Hour(slot.starts)),
            None => {
                let emptied = full.iter().map(|slot| slot.starts.date());
                let first = full.iter().find(|slot| Some(slot.id) == first_before);
                let day = emptied.into_iter().find(|day| self.free_on(*day) == 0);
                day.map(JustFull::Day).or(first.map(|slot| JustFull::Slot(slot.starts)))
            }
        };
        self.just_full = told.or(self.just_full);
    }

    pub fn place(&self) -> SlotPlace {
        SlotPlace { day: self.day, page: self.page }
    }

    pub fn is_own(&self, slot: &Slot) -> bool {
        self.own == Some(slot.starts)
    }

    pub fn is_choosable(&self, slot: &Slot) -> bool {
        !slot.is_full() && !self.is_own(slot)
    }

    /// The earliest slot that can be chosen.
    pub fn first_free(&self) -> Option<&Slot> {
        self.slots.iter().find(|slot| self.is_choosable(slot))
    }

    /// The slot that the trainer takes away: the first free one of the day that is on, or of all.
    pub fn first_shown(&self) -> Option<&Slot> {
        let on = |slot: &&Slot| self.is_choosable(slot) && Some(slot.starts.date()) == self.day;
        self.slots.iter().find(on).or_else(|| self.first_free())
    }

    pub fn slots_of(&self, day: Date) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(move |slot| slot.starts.date() == day)
    }

    /// Seats that can be chosen on a day.
    pub fn free_on(&self, day: Date) -> u32 {
        self.slots_of(day).filter(|slot| self.is_choosable(slot)).map(Slot::free).sum()
    }

    pub fn has_own_on(&self, day: Date) -> bool {
        self.own.is_some_and(|own| own.date() == day)
    }

    /// The slot of the day that has the focus first: the one after the slot that has become full,
    /// or else the first free one.
    pub fn wanted_of(&self, day: Date) -> Option<&Slot> {
        let free = || self.slots_of(day).filter(|slot| self.is_choosable(slot));
        free().find(|slot| self.after.is_none_or(|after| slot.starts > after)).or(free().last())
    }

    /// The nearest day before or after this one on which something is free.
    pub fn day_beside(&self, day: Date, later: bool) -> Option<Date> {
        let mut days = self.slots.iter().filter(|slot| self.is_choosable(slot));
        let date = |slot: &Slot| slot.starts.date();
        if later {
            days.map(date).find(|other| *other > day)
        } else {
            days.rfind(|slot| date(slot) < day).map(date)
        }
    }

    /// The Sunday of the calendar's first week.
    fn first_sunday(&self) -> Option<Date> {
        let first = self.slots.first()?.starts.date();
        let since = i64::from(first.weekday().to_sunday_zero_offset());
        first.checked_sub(since.days()).ok()
    }

    /// The page of the calendar on which a day is.
    pub fn page_of(&self, day: Date) -> usize {
        let Some(sunday) = self.first_sunday() else { return 0 };
        let days = (day - sunday).get_days();
        usize::try_from(days).unwrap_or(0) / (WEEKS * DAYS_A_WEEK as usize)
    }

    pub fn pages(&self) -> usize {
        self.slots.last().map_or(1, |last| self.page_of(last.starts.date()) + 1)
    }

    /// The days of a page of the calendar, from a Sunday to a Saturday.
    pub fn days_of_page(&self, page: usize) -> Vec<Date> {
        let Some(sunday) = self.first_sunday() else { return Vec::new() };
        let a_page = WEEKS as i64 * DAYS_A_WEEK;
        let first = page as i64 * a_page;
        (first..first + a_page).filter_map(|day| sunday.checked_add(day.days()).ok()).collect()
    }

    pub fn act(&mut self, action: ScreenAction) -> Option<SlotAnswer> {
        match action {
            ScreenAction::Day(day) | ScreenAction::DayBeside(day) => {
                if self.free_on(day) > 0 {
                    self.look_at(Some(day), 0);
                }
                None
            }
            ScreenAction::Calendar => {
                self.back();
                None
            }
            ScreenAction::Turn(page) => {
                self.look_at(self.day, page);
                None
            }
            ScreenAction::Slot(id) | ScreenAction::FirstFree(id) => {
                let slot = self.slots.iter().find(|slot| slot.id == id)?;
                self.is_choosable(slot).then(|| SlotAnswer::Slot(slot.clone()))
            }
            ScreenAction::OtherSite => Some(SlotAnswer::OtherSite),
            ScreenAction::AskToWait if self.first_free().is_none() => Some(SlotAnswer::AskToWait),
            _ => None,
        }
    }

    /// From the hours back to the calendar; `false` if that is on already.
    pub fn back(&mut self) -> bool {
        let Some(day) = self.day else { return false };
        self.look_at(None, self.page_of(day));
        true
    }

    /// Another page: what was told on the one before is over.
    fn look_at(&mut self, day: Option<Date>, page: usize) {
        (self.day, self.page) = (day, page);
        (self.just_full, self.after) = (None, None);
    }
}

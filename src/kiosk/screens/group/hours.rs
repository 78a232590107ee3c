//! An hour with a seat for each: first the hours that have room for all, then neighbouring ones
//! with who sits in which. A page has the hours of one day.

use super::GroupAnswer;
use crate::domain::site::{SiteId, Slot, SlotId};
use crate::domain::together::{HourShare, neighbouring, one_hour};
use crate::i18n::dates::{clock, hours};
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::group::MARKS;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use jiff::Timestamp;
use jiff::civil::Date;
use ratatui::layout::Rect;

/// Keys that are no hour's.
const BEFORE: u8 = 7;
const AFTER: u8 = 8;
const OTHER_PLACE: u8 = 9;
const ON_A_PAGE: usize = 6;

#[derive(Clone, PartialEq, Debug)]
pub struct Hours {
    pub site: SiteId,
    slots: Vec<Slot>,
    people: u32,
    now: Timestamp,
    /// If it has room for all, it comes first on its day.
    wanted: Option<SlotId>,
    /// What had been chosen became full.
    taken: bool,
    day: Option<Date>,
    page: usize,
}

/// Hours that were chosen: so many of the people in each.
#[derive(Clone, PartialEq, Debug)]
pub struct Chosen {
    pub slots: Vec<Slot>,
    pub shares: Vec<HourShare>,
}

impl Hours {
    pub fn new(
        (site, slots): (SiteId, Vec<Slot>),
        people: usize,
        wanted: Option<SlotId>,
        taken: bool,
        now: Timestamp,
    ) -> Self {
        let people = people as u32;
        let mut hours = Self { site, slots, people, now, wanted, taken, day: None, page: 0 };
        let days = hours.days();
        let wanted = hours.slots.iter().find(|slot| wanted == Some(slot.id));
        let wanted = wanted.map(|slot| slot.starts.date()).filter(|day| days.contains(day));
        hours.day = wanted.or_else(|| days.first().copied());
        hours
    }

    /// Seats have changed. The day stays, as long as something is free on it.
    pub fn refresh(&mut self, slots: Vec<Slot>, now: Timestamp) {
        (self.slots, self.now) = (slots, now);
        let days = self.days();
        if self.day.is_none_or(|day| !days.contains(&day)) {
            self.day = days.first().copied();
            self.page = 0;
        }
    }

    pub fn is_taken(&self) -> bool {
        self.taken
    }

    pub fn day(&self) -> Option<Date> {
        self.day
    }

    pub fn page(&self) -> usize {
        self.page
    }

    /// All ways to seat the people: those in one hour first.
    fn ways(&self) -> Vec<Vec<HourShare>> {
        let share = |slot| vec![HourShare { slot, people: self.people }];
        let one = one_hour(&self.slots, self.people, self.now).into_iter().map(share);
        one.chain(neighbouring(&self.slots, self.people, self.now)).collect()
    }

    fn slot(&self, id: SlotId) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.id == id)
    }

    fn day_of(&self, way: &[HourShare]) -> Option<Date> {
        Some(self.slot(way.first()?.slot)?.starts.date())
    }

    /// The days on which all have a seat, the earliest first.
    fn days(&self) -> Vec<Date> {
        let mut days: Vec<Date> = self.ways().iter().filter_map(|way| self.day_of(way)).collect();
        days.sort();
        days.dedup();
        days
    }

    /// The ways of the day, that with the wanted hour first.
    fn of_day(&self) -> Vec<Vec<HourShare>> {
        let mut ways = self.ways();
        ways.retain(|way| self.day.is_some() && self.day_of(way) == self.day);
        ways.sort_by_key(|way| !(way.len() == 1 && Some(way[0].slot) == self.wanted));
        ways
    }

    pub fn first_slot(&self) -> Option<SlotId> {
        Some(self.of_day().first()?.first()?.slot)
    }

    pub fn act(&mut self, action: ScreenAction) -> Option<GroupAnswer> {
        let chosen = |hours: &Self, is_it: &dyn Fn(&[HourShare]) -> bool| {
            let shares = hours.of_day().into_iter().find(|way| is_it(way))?;
            Some(GroupAnswer::Hours(Chosen { slots: hours.slots.clone(), shares }))
        };
        match action {
            ScreenAction::Slot(slot) => chosen(self, &|way| way.len() == 1 && way[0].slot == slot),
            ScreenAction::HoursFrom(slot) => {
                chosen(self, &|way| way.len() > 1 && way[0].slot == slot)
            }
            ScreenAction::DayBeside(day) => {
                if self.days().contains(&day) {
                    (self.day, self.page) = (Some(day), 0);
                }
                None
            }
            ScreenAction::More => {
                self.page = self.page.wrapping_add(1);
                None
            }
            ScreenAction::OtherSite => Some(GroupAnswer::OtherPlace),
            _ => None,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect) {
        let title = match self.day {
            Some(day) => ui.say_with(|texts, language| {
                let date = texts.long_date(language, day).into();
                let people = self.people.into();
                texts.say(language, &say::GroupHoursTitle { date, people })
            }),
            None => ui.say(&say::GroupHoursNone { people: self.people.into() }),
        };
        let taken = ui.say_alone(&say::GroupHoursTaken);
        let mut page = Column::headed(ui, area, &title.clone().alone(), None);
        let sentence = Rect { y: page.rest().y - 1, height: 1, ..area };
        let sentence = Column::new(sentence).inset(1).rest();
        if self.taken {
            let text = format!("▲ {}", taken.main);
            let room = Rect { height: 2, ..page.take(1) };
            ui.lines(
                Rect { y: sentence.y, x: sentence.x, width: sentence.width, ..room },
                &text,
                Align::Left,
                theme::WARNING,
            );
        } else if let Some(zh) = &title.zh {
            ui.lines(sentence, zh, Align::Left, theme::QUIET_TEXT);
        }
        let class = SizeClass::of(ui.buffer.area);
        let foot = page.take_bottom(if class == SizeClass::Compact { 3 } else { 4 });
        if self.day.is_none() {
            let button = Button::new(ui.say(&say::OfferOtherPlace), ScreenAction::OtherSite);
            let button = button.digit(OTHER_PLACE).main().pictogram(Pictogram::Place);
            return button.draw(ui, page.take(5));
        }
        self.list(ui, page, class);
        self.foot(ui, foot);
    }

    fn list(&self, ui: &mut Ui<'_>, mut page: Column, class: SizeClass) {
        let ways = self.of_day();
        let (columns, height) = match class {
            SizeClass::Compact => (2, 3),
            SizeClass::Upright => (1, 3),
            SizeClass::Standard => (2, 4),
            SizeClass::Wide => (2, 6),
        };
        let room = page.rest().height;
        let more = ways.len() > ON_A_PAGE.min(usize::from(room / height * columns));
        let more = more.then(|| page.take_bottom(3));
        let rows = (page.rest().height / height).max(1);
        let a_page = usize::from(rows * columns).min(ON_A_PAGE);
        let pages = ways.len().div_ceil(a_page).max(1);
        let at_page = self.page % pages;
        let grid = Grid { columns, rows };
        let area = page.take(rows * height);
        for (at, way) in ways.iter().skip(at_page * a_page).take(a_page).enumerate() {
            let cell = grid.cell(area, at);
            let button = self.button(ui, way).digit(at as u8 + 1);
            let button = if at + at_page == 0 { button.main() } else { button };
            button.draw(ui, Rect { width: cell.width.saturating_sub(1), ..cell });
        }
        if let Some(area) = more {
            let words = say::More { page: (at_page + 1).into(), pages: pages.into() };
            Button::new(ui.say_alone(&words), ScreenAction::More).digit(0).draw(ui, area);
        }
    }

    /// The hour for all, or the hours with the marks of who sits in each.
    fn button(&self, ui: &Ui<'_>, way: &[HourShare]) -> Button {
        let slot = |share: &HourShare| self.slot(share.slot);
        if let [only] = way {
            let words = slot(only).map(|slot| hours(slot.starts, slot.ends)).unwrap_or_default();
            let button = Button::new(Words::same(words), ScreenAction::Slot(only.slot));
            return button.detail(ui.say_alone(&say::GroupOneHour));
        }
        let mut marks = MARKS.iter();
        let of = |share: &HourShare| {
            let who: String = marks.by_ref().take(share.people as usize).copied().collect();
            let starts = slot(share).map(|slot| clock(slot.starts)).unwrap_or_default();
            format!("{starts} {who}")
        };
        let words = way.iter().map(of).collect::<Vec<_>>().join(" · ");
        let first = way.first().map_or(SlotId(0), |share| share.slot);
        Button::new(Words::same(words), ScreenAction::HoursFrom(first))
    }

    /// The days before and after with seats for all, and another place.
    fn foot(&self, ui: &mut Ui<'_>, foot: Rect) {
        let days = self.days();
        let at = days.iter().position(|day| Some(*day) == self.day).unwrap_or(0);
        let third = foot.width / 3;
        let cell = |nth: u16| Rect { x: foot.x + nth * third, width: third - 1, ..foot };
        let beside = |ui: &mut Ui<'_>, day: Option<Date>, digit, area| {
            let Some(day) = day else { return };
            let date = ui.texts.short_date(ui.language, day);
            let text = if digit == BEFORE { format!("« {date}") } else { format!("{date} »") };
            let button = Button::new(Words::same(text), ScreenAction::DayBeside(day));
            button.digit(digit).draw(ui, area);
        };
        let before = at.checked_sub(1).and_then(|at| days.get(at)).copied();
        beside(ui, before, BEFORE, cell(0));
        beside(ui, days.get(at + 1).copied(), AFTER, cell(1));
        let button = Button::new(ui.say_alone(&say::OfferOtherPlace), ScreenAction::OtherSite);
        button.digit(OTHER_PLACE).pictogram(Pictogram::Place).draw(ui, cell(2));
    }
}

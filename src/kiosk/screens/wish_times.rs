//! When somebody has time who waits for a seat: any day or days to be ticked, any part of the day
//! or one.

use crate::domain::waiting::{DAYS_AT_MOST, DayPart};
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::targets::Key;
use crate::kiosk::widgets::tile::{Shade, Tile};
use crate::kiosk::widgets::ui::{Align, Ui};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

const DAYS_A_WEEK: usize = 7;
/// Keys that no day's number begins with.
const FIRST_PART: u8 = 4;
const ANY_DAY: u8 = 8;
const GO_ON: u8 = 9;
/// Rows of a day's tile, and of the one between two weeks.
const TILE_ROWS: u16 = 2;

#[derive(Clone, PartialEq, Debug)]
pub struct WishTimes {
    /// Each day from the first to the last on which there are slots.
    days: Vec<Date>,
    chosen: Vec<Date>,
    part: DayPart,
    pub page: usize,
    /// One more than there may be was to be ticked.
    too_many: bool,
}

#[derive(Clone, PartialEq, Debug)]
pub enum TimesAnswer {
    Chosen { days: Vec<Date>, part: DayPart },
    TooMany,
}

impl WishTimes {
    /// `chosen` before, as far as those days are still to come.
    pub fn new(first_and_last: Option<(Date, Date)>, chosen: &[Date], part: DayPart) -> Self {
        let days: Vec<Date> = first_and_last.map_or_else(Vec::new, |(first, last)| {
            first.series(1.day()).take_while(|day| *day <= last).collect()
        });
        let chosen = chosen.iter().copied().filter(|day| days.contains(day)).collect();
        Self { days, chosen, part, page: 0, too_many: false }
    }

    pub fn act(&mut self, action: ScreenAction) -> Option<TimesAnswer> {
        match action {
            ScreenAction::Day(day) if self.days.contains(&day) => {
                self.too_many = false;
                if let Some(at) = self.chosen.iter().position(|one| *one == day) {
                    self.chosen.remove(at);
                } else if self.chosen.len() < DAYS_AT_MOST {
                    self.chosen.push(day);
                    self.chosen.sort_unstable();
                } else {
                    self.too_many = true;
                }
                self.too_many.then_some(TimesAnswer::TooMany)
            }
            ScreenAction::AnyDay => {
                self.chosen.clear();
                self.too_many = false;
                None
            }
            ScreenAction::InPart(part) => {
                self.part = part;
                None
            }
            ScreenAction::More => {
                self.page = self.page.wrapping_add(1);
                None
            }
            ScreenAction::Confirm => {
                let (days, part) = (self.chosen.clone(), self.part);
                Some(TimesAnswer::Chosen { days, part })
            }
            _ => None,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect) {
        let title = ui.say(&say::WishTimesTitle);
        let hint = if self.too_many {
            ui.say_alone(&say::WishDaysMost { most: DAYS_AT_MOST.into() })
        } else {
            ui.say_alone(&say::WishTimesHint)
        };
        let hint = Some(&hint).filter(|_| !ui.bilingual || self.too_many);
        let mut page = Column::headed(ui, area, &title, hint);
        let upright = SizeClass::of(ui.buffer.area) == SizeClass::Upright;
        let foot = page.take_bottom(if upright { 5 } else { 3 });
        let grid =
            if upright { Grid { columns: 2, rows: 2 } } else { Grid { columns: 4, rows: 1 } };
        let parts = page.take(3 * grid.rows);
        let weeks = self.weeks();
        let fit = usize::from(page.rest().height / (TILE_ROWS + 1)).clamp(1, 5);
        let pages = weeks.len().div_ceil(fit).max(1);
        let at = self.page % pages;
        self.foot(ui, Column::new(foot), pages > 1);
        for (nth, part) in DayPart::ALL.into_iter().enumerate() {
            self.part_button(ui, part, nth).draw(ui, grid.cell(parts, nth));
        }
        let shown: Vec<_> = weeks.iter().skip(at * fit).take(fit).collect();
        let taken = shown.len() as u16 * (TILE_ROWS + 1);
        page.gap(u16::from(page.rest().height > taken + 1));
        self.draw_weeks(ui, page, &shown);
    }

    /// From the Sunday of the first day's week on.
    fn weeks(&self) -> Vec<Vec<Date>> {
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else {
            return Vec::new();
        };
        let since = i64::from(first.weekday().to_sunday_zero_offset());
        let Ok(sunday) = first.checked_sub(since.days()) else { return Vec::new() };
        let days: Vec<Date> = sunday.series(1.day()).take_while(|day| *day <= *last).collect();
        days.chunks(DAYS_A_WEEK).map(<[Date]>::to_vec).collect()
    }

    fn part_button(&self, ui: &Ui<'_>, part: DayPart, nth: usize) -> Button {
        let (words, pictogram): (&dyn say::Message, _) = match part {
            DayPart::Any => (&say::WishAnyTime, Pictogram::Time),
            DayPart::Morning => (&say::SlotMorning, Pictogram::Sun),
            DayPart::Afternoon => (&say::SlotAfternoon, Pictogram::Noon),
            DayPart::Evening => (&say::SlotEvening, Pictogram::Moon),
        };
        let button = Button::new(ui.say_alone(words), ScreenAction::InPart(part));
        let button = button.digit(FIRST_PART + nth as u8).pictogram(pictogram);
        if part == self.part { button.chosen() } else { button }
    }

    /// Drawn first, so that going on has the focus.
    fn foot(&self, ui: &mut Ui<'_>, mut foot: Column, has_more: bool) {
        let width = foot.rest().width - 2;
        let go_on = foot.take_left(width * 2 / 5);
        foot.take_left(1);
        let any = foot.take_left(width * 3 / 10);
        foot.take_left(1);
        Button::new(ui.say(&say::WishGoOn), ScreenAction::Confirm)
            .digit(GO_ON)
            .main()
            .draw(ui, go_on);
        let button = Button::new(ui.say_alone(&say::WishAnyDay), ScreenAction::AnyDay);
        let button = button.digit(ANY_DAY);
        if self.chosen.is_empty() { button.chosen() } else { button }.draw(ui, any);
        if has_more {
            let words = ui.say_alone(&say::WishMoreDays);
            Button::new(words, ScreenAction::More).draw(ui, foot.rest());
        }
    }

    fn draw_weeks(&self, ui: &mut Ui<'_>, mut page: Column, weeks: &[&Vec<Date>]) {
        let between = DAYS_A_WEEK as u16 - 1;
        let width = page.rest().width.saturating_sub(between) / DAYS_A_WEEK as u16;
        let all: Vec<Date> = weeks.iter().flat_map(|week| week.iter().copied()).collect();
        // Where a tile has no room for its weekday, that stands above all weeks.
        let is_narrow = all.first().is_some_and(|day| !self.names_weekday(ui, width, *day));
        if is_narrow {
            let mut names = Column::new(page.take(1));
            for day in all.iter().take(DAYS_A_WEEK) {
                let name = ui.texts.weekday(ui.language, *day);
                ui.line(names.take_left(width), &name, Align::Centre, theme::TITLE);
                names.take_left(1);
            }
        }
        for week in weeks {
            let mut row = Column::new(page.take(TILE_ROWS));
            page.gap(1);
            for day in *week {
                let room = row.take_left(width);
                row.take_left(1);
                let is_twice = all
                    .iter()
                    .any(|other| other != day && other.day() == day.day() && self.has(*other));
                self.tile(ui, room, *day, is_twice);
            }
        }
    }

    /// Whether a tile has room for the whole date; a turned page has always.
    fn names_weekday(&self, ui: &Ui<'_>, width: u16, day: Date) -> bool {
        let widest = self.days.iter().chain([&day]).map(|day| {
            let date = ui.texts.short_date(ui.language, *day);
            date.width()
        });
        ui.turns_pages() || widest.max().is_none_or(|widest| widest <= usize::from(width))
    }

    fn has(&self, day: Date) -> bool {
        self.days.contains(&day)
    }

    /// A day with the name of its weekday. One whose number comes twice on the page has no key.
    fn tile(&self, ui: &mut Ui<'_>, room: Rect, day: Date, is_twice: bool) {
        let whole = ui.say_with(|texts, language| texts.short_date(language, day)).main;
        let short = ui.texts.day_and_month(ui.language, day);
        if !self.has(day) {
            if !ui.turns_pages() {
                let row = Rect { height: 1, ..room };
                ui.unwritten(|ui| {
                    ui.line(row, &format!(" {}", day.day()), Align::Left, theme::QUIET_TEXT);
                });
            }
            return;
        }
        let is_chosen = self.chosen.contains(&day);
        let fits = self.names_weekday(ui, room.width, day);
        let mark = if is_chosen { "✓" } else { "" };
        let is_rest = matches!(day.weekday(), Weekday::Sunday | Weekday::Saturday);
        let plain = if is_rest { Shade::Some } else { Shade::Plain };
        Tile {
            words: if fits { whole } else { short },
            zh: None,
            second: mark.to_owned(),
            key: (!is_twice).then_some(Key::Number(day.day().unsigned_abs())),
            shade: if is_chosen { Shade::Main } else { plain },
            action: Some(ScreenAction::Day(day).into()),
        }
        .draw(ui, room);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_ticked_or_none_for_any() {
        let day = |day| date(2027, 7, day);
        let mut page = WishTimes::new(Some((day(16), day(19))), &[day(1), day(17)], DayPart::Any);
        let chosen = |days: &[Date], part| Some(TimesAnswer::Chosen { days: days.to_vec(), part });
        let confirm = ScreenAction::Confirm;
        assert_eq!(page.act(confirm), chosen(&[day(17)], DayPart::Any), "the first is over");
        page.act(ScreenAction::Day(day(16)));
        page.act(ScreenAction::Day(day(20)));
        page.act(ScreenAction::InPart(DayPart::Evening));
        assert_eq!(page.act(confirm), chosen(&[day(16), day(17)], DayPart::Evening));
        page.act(ScreenAction::AnyDay);
        assert_eq!(page.act(confirm), chosen(&[], DayPart::Evening));
        assert_eq!(page.weeks().iter().map(Vec::len).collect::<Vec<_>>(), [7, 2]);
    }

    #[test]
    fn no_more_than_a_month_of_days_is_ticked() {
        let first = date(2027, 7, 1);
        let mut page = WishTimes::new(Some((first, date(2027, 8, 31))), &[], DayPart::Any);
        for day in first.series(1.day()).take(DAYS_AT_MOST) {
            assert_eq!(page.act(ScreenAction::Day(day)), None);
        }
        let one_more = ScreenAction::Day(date(2027, 8, 1));
        assert_eq!(page.act(one_more), Some(TimesAnswer::TooMany));
    }
}

//! The slot: days across, hours down. A finger touches a seat; digits choose the day first, then
//! the hour.

use crate::domain::site::{SiteId, Slot};
use crate::i18n::dates::{clock, hours as hours_text};
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::targets::Key;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use jiff::civil::{Date, DateTime, Time};
use ratatui::layout::Rect;

#[derive(Clone, PartialEq, Debug)]
pub struct SlotPick {
    pub site: SiteId,
    pub slots: Vec<Slot>,
    /// The slot that was chosen before has become full.
    taken: bool,
    /// The day that a digit chose; the hours then have the digits.
    day: Option<usize>,
    page: usize,
}

/// What is asked: while it stays the same, so does the focus.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SlotPlace {
    page: usize,
    day: Option<usize>,
}

#[derive(Clone, PartialEq, Debug)]
pub enum SlotAnswer {
    Slot(Slot),
    OtherSite,
}

/// The column of the hours, and on a narrow screen that of their beginnings.
const HOURS_WIDTH: u16 = 14;
const HOURS_NARROW: u16 = 7;
/// Hours on a page, whatever the screen's size: the numbers then stay the same.
const HOURS_A_PAGE: usize = 4;
const DAYS_SHOWN: usize = 4;

impl SlotPick {
    pub fn new(site: SiteId, slots: Vec<Slot>, taken: bool) -> Self {
        Self { site, slots, taken, day: None, page: 0 }
    }

    /// Free seats change; the place one looks at stays.
    pub fn refresh(&mut self, slots: Vec<Slot>) {
        self.slots = slots;
    }

    /// The page, and the day whose hours have the digits.
    pub fn place(&self) -> SlotPlace {
        SlotPlace { page: self.page, day: self.day }
    }

    pub fn first_free(&self) -> Option<&Slot> {
        self.slots.iter().find(|slot| !slot.is_full())
    }

    fn days(&self) -> Vec<Date> {
        let mut days: Vec<Date> = self.slots.iter().map(|slot| slot.starts.date()).collect();
        days.sort_unstable();
        days.dedup();
        days.truncate(DAYS_SHOWN);
        days
    }

    fn hours(&self) -> Vec<(Time, Time)> {
        let mut hours: Vec<(Time, Time)> =
            self.slots.iter().map(|s| (s.starts.time(), s.ends.time())).collect();
        hours.sort_unstable();
        hours.dedup();
        hours
    }

    fn slot(&self, day: Date, hour: (Time, Time)) -> Option<&Slot> {
        self.slots.iter().find(|slot| {
            slot.starts.date() == day && (slot.starts.time(), slot.ends.time()) == hour
        })
    }

    fn pages(&self) -> usize {
        self.hours().len().div_ceil(HOURS_A_PAGE).max(1)
    }

    pub fn act(&mut self, action: ScreenAction) -> Option<SlotAnswer> {
        match action {
            ScreenAction::Pick(day) => {
                self.day = (self.day != Some(day) && day < self.days().len()).then_some(day);
                None
            }
            ScreenAction::More => {
                self.page = (self.page + 1) % self.pages();
                None
            }
            ScreenAction::Seat { day, hour } => {
                let (day, hour) = (*self.days().get(day)?, *self.hours().get(hour)?);
                let slot = self.slot(day, hour).filter(|slot| !slot.is_full())?;
                Some(SlotAnswer::Slot(slot.clone()))
            }
            ScreenAction::OtherSite => Some(SlotAnswer::OtherSite),
            _ => None,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect) {
        let mut page = Column::under(ui, area, &say::SlotTitle);
        if self.slots.iter().all(Slot::is_full) {
            return all_full(ui, page);
        }
        let (hint, style): (&dyn say::Message, _) = if self.taken {
            (&say::SlotWasTaken, theme::WARNING)
        } else {
            (&say::SlotHint, theme::QUIET_TEXT)
        };
        let mut below_title = Column::new(area).inset(1);
        below_title.gap(1);
        below_title.paragraph(ui, &ui.say_alone(hint), style);
        page.gap(1);
        self.table(ui, page);
    }

    fn table(&self, ui: &mut Ui<'_>, mut table: Column) {
        let (days, hours) = (self.days(), self.hours());
        let first = self.page * HOURS_A_PAGE;
        let area = table.rest();
        let narrow = area.width < 80;
        let labels_width = if narrow { HOURS_NARROW } else { HOURS_WIDTH };
        let headings = table.take(if narrow { 3 } else { 2 });
        let width = area.width.saturating_sub(labels_width) / DAYS_SHOWN as u16;
        let height = (table.rest().height / HOURS_A_PAGE as u16).clamp(3, 5);
        let mut rows = Column::new(table.take(HOURS_A_PAGE as u16 * height));
        for (row, at) in (first..hours.len().min(first + HOURS_A_PAGE)).enumerate() {
            let mut cells = Column::new(rows.take(height));
            let mut label = Column::new(cells.take_left(labels_width));
            label.take_left(1);
            label.gap(height / 2);
            let (starts, ends) = (on(hours[at].0), on(hours[at].1));
            let text = if narrow { clock(starts) } else { hours_text(starts, ends) };
            label.line(ui, &text, Align::Left, theme::PLAIN);
            for (day_at, day) in days.iter().enumerate() {
                let slot = self.slot(*day, hours[at]);
                let digit = (self.day == Some(day_at)).then_some(row as u8 + 1);
                seat_button(ui, slot, ScreenAction::Seat { day: day_at, hour: at }, digit)
                    .draw(ui, cells.take_left(width));
            }
        }
        // After the seats, so that the first free seat has the focus.
        let mut cells = Column::new(headings);
        let corner = cells.take_left(labels_width);
        for (at, day) in days.iter().enumerate() {
            self.day_heading(ui, cells.take_left(width), at, *day);
        }
        if self.pages() > 1 {
            self.page_button(ui, table.take(3), corner);
        }
    }

    /// Turns the page: below the table, or in its corner where no rows are left for a button.
    fn page_button(&self, ui: &mut Ui<'_>, below: Rect, corner: Rect) {
        if below.height < 3 {
            return more_corner(ui, corner, self.page, self.pages());
        }
        let page = say::More { page: (self.page + 1).into(), pages: self.pages().into() };
        Button::new(ui.say_alone(&page), ScreenAction::More).digit(0).draw(ui, below);
    }

    /// A day's heading: chosen by its digit, it hands the digits to its hours.
    fn day_heading(&self, ui: &mut Ui<'_>, room: Rect, at: usize, day: Date) {
        let style = if self.day == Some(at) { theme::MAIN_BUTTON } else { theme::TITLE };
        let mut inner = Column::new(room);
        inner.take_right(1);
        ui.fill(inner.rest(), style);
        let digit = self.day.is_none().then_some(at as u8 + 1);
        let mark = if ui.hold.has_focus(ScreenAction::Pick(at)) { "▶" } else { "" };
        let number = digit.map_or(String::new(), |digit| format!("{digit} "));
        let date = ui.say_with(|texts, language| texts.short_date(language, day));
        let words = Words { main: format!("{mark}{number}{}", date.main), zh: date.zh };
        inner.centred(ui, &words, style);
        ui.record(room, ScreenAction::Pick(at), digit);
    }
}

/// Any day will do: only the hours are shown.
fn on(time: Time) -> DateTime {
    Date::ZERO.to_datetime(time)
}

fn seat_button(
    ui: &Ui<'_>,
    slot: Option<&Slot>,
    action: ScreenAction,
    digit: Option<u8>,
) -> Button {
    match slot {
        Some(slot) if !slot.is_full() => {
            let words = ui.say_alone(&say::SeatsFree { seats: slot.free().into() });
            let mut button = Button::new(words, action);
            button.key = digit.map(Key::Digit);
            button
        }
        Some(_) => Button::new(ui.say_alone(&say::SeatsFull), action).disabled(),
        None => Button::new(Words::same("—"), action).disabled(),
    }
}

/// At 24 rows there is no row of its own for turning the page: it stands in the table's corner.
fn more_corner(ui: &mut Ui<'_>, corner: Rect, page: usize, pages: usize) {
    let mut corner = Column::new(corner);
    corner.take_right(1);
    let area = corner.take(2);
    let style = theme::MAIN_BUTTON;
    ui.fill(area, style);
    let mark = if ui.hold.has_focus(ScreenAction::More) { "▶" } else { "" };
    ui.line(area, &format!("{mark}0▼{}/{pages}", page + 1), Align::Centre, style);
    ui.record(area, ScreenAction::More, Some(0));
}

/// No seat is left here: another site is offered.
fn all_full(ui: &mut Ui<'_>, mut page: Column) {
    let button = page.take_bottom(4);
    page.gap(1);
    page.inset(2).paragraph(ui, &ui.say(&say::SlotAllFull), theme::WARNING);
    Button::new(ui.say(&say::SlotOtherSite), ScreenAction::OtherSite)
        .digit(1)
        .main()
        .draw(ui, button);
}

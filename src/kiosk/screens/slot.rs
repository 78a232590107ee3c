//! The slot: days across, hours down. A finger touches a seat; digits choose the day first, then
//! the hour.

use crate::domain::site::{SiteId, Slot};
use crate::i18n::dates::{clock, hours as hours_text};
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
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
        let title = ui.say(&say::SlotTitle);
        let rest = ui.heading(area, &title, None);
        if self.slots.iter().all(Slot::is_full) {
            let room = Rect {
                x: rest.x + 2,
                y: rest.y + 1,
                width: rest.width.saturating_sub(4),
                height: 3,
            };
            let words = ui.say(&say::SlotAllFull);
            ui.paragraph(room, &words, theme::WARNING);
            let button = Rect { y: rest.bottom().saturating_sub(4), height: 4, ..rest };
            Button::new(ui.say(&say::SlotOtherSite), ScreenAction::OtherSite)
                .digit(1)
                .main()
                .draw(ui, button);
            return;
        }
        let (hint, style): (&dyn say::Message, _) = if self.taken {
            (&say::SlotWasTaken, theme::WARNING)
        } else {
            (&say::SlotHint, theme::QUIET_TEXT)
        };
        let words = ui.say_alone(hint);
        let room =
            Rect { x: rest.x + 1, y: area.y + 1, width: rest.width.saturating_sub(2), height: 2 };
        ui.paragraph(room, &words, style);
        let table = Rect { y: rest.y + 1, height: rest.height.saturating_sub(1), ..rest };
        self.table(ui, table);
    }

    fn table(&self, ui: &mut Ui<'_>, area: Rect) {
        let (days, hours) = (self.days(), self.hours());
        let first = self.page * HOURS_A_PAGE;
        let paged = self.pages() > 1;
        let hours_width = if area.width < 80 { HOURS_NARROW } else { HOURS_WIDTH };
        let width = area.width.saturating_sub(hours_width) / DAYS_SHOWN as u16;
        let rows = HOURS_A_PAGE as u16;
        let heading = if hours_width == HOURS_WIDTH { 2 } else { 3 };
        let height = (area.height.saturating_sub(heading) / rows).clamp(3, 5);
        let column = |at: usize| area.x + hours_width + at as u16 * width;
        for (row, at) in (first..hours.len().min(first + HOURS_A_PAGE)).enumerate() {
            let y = area.y + heading + row as u16 * height;
            let (starts, ends) = (on(hours[at].0), on(hours[at].1));
            let text =
                if hours_width == HOURS_WIDTH { hours_text(starts, ends) } else { clock(starts) };
            let label =
                Rect { x: area.x + 1, y: y + height / 2, width: hours_width - 1, height: 1 };
            ui.line(label, &text, Align::Left, theme::PLAIN);
            for (column_at, day) in days.iter().enumerate() {
                let room = Rect { x: column(column_at), y, width, height };
                let slot = self.slot(*day, hours[at]);
                let digit = (self.day == Some(column_at)).then_some(row as u8 + 1);
                seat_button(ui, slot, ScreenAction::Seat { day: column_at, hour: at }, digit)
                    .draw(ui, room);
            }
        }
        // After the seats, so that the first free seat has the focus.
        for (at, day) in days.iter().enumerate() {
            let room = Rect { x: column(at), y: area.y, width, height: heading };
            self.day_heading(ui, room, at, *day);
        }
        if paged {
            let page = say::More { page: (self.page + 1).into(), pages: self.pages().into() };
            let words = ui.say_alone(&page);
            let y = area.y + heading + rows * height;
            let room = Rect { y, height: area.bottom().saturating_sub(y).min(3), ..area };
            if room.height >= 3 {
                Button::new(words, ScreenAction::More).digit(0).draw(ui, room);
            } else {
                let corner = Rect { y: area.y, width: hours_width, height: 2, ..area };
                more_corner(ui, corner, self.page, self.pages());
            }
        }
    }

    /// A day's heading: chosen by its digit, it hands the digits to its hours.
    fn day_heading(&self, ui: &mut Ui<'_>, room: Rect, at: usize, day: Date) {
        let style = if self.day == Some(at) { theme::MAIN_BUTTON } else { theme::TITLE };
        let inner = Rect { width: room.width.saturating_sub(1), ..room };
        ui.fill(inner, style);
        let digit = self.day.is_none().then_some(at as u8 + 1);
        let mark = if ui.hold.has_focus(ScreenAction::Pick(at)) { "▶" } else { "" };
        let number = digit.map_or(String::new(), |digit| format!("{digit} "));
        let date = ui.say_with(|texts, language| texts.short_date(language, day));
        let words = Words { main: format!("{mark}{number}{}", date.main), zh: date.zh };
        ui.centred(inner, &words, style);
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
            button.digit = digit;
            button
        }
        Some(_) => Button::new(ui.say_alone(&say::SeatsFull), action).disabled(),
        None => Button::new(Words::same("—"), action).disabled(),
    }
}

/// At 24 rows there is no row of its own for turning the page: it stands in the table's corner.
fn more_corner(ui: &mut Ui<'_>, corner: Rect, page: usize, pages: usize) {
    let focused = ui.hold.has_focus(ScreenAction::More);
    let style = theme::MAIN_BUTTON;
    let area = Rect { width: corner.width - 1, ..corner };
    ui.fill(area, style);
    let mark = if focused { "▶" } else { "" };
    ui.line(
        Rect { height: 1, ..area },
        &format!("{mark}0▼{}/{pages}", page + 1),
        Align::Centre,
        style,
    );
    ui.record(area, ScreenAction::More, Some(0));
}

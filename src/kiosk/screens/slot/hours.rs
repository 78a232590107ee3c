//! The hours of a day: morning, afternoon and evening apart, each hour a button whose key is the
//! hour itself.

use super::heading;
use super::pick::SlotPick;
use crate::domain::site::Slot;
use crate::i18n::dates::clock;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::screens::context::Context;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::targets::Key;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use jiff::civil::Date;
use ratatui::layout::Rect;

const BUTTON_ROWS: u16 = 3;
/// From so many rows on, a button has the hour and the free places on lines of their own.
const ROOMY_ROWS: u16 = 4;
const MOST_ROWS: u16 = 5;
/// Columns of the name of a part of the day, and of a button that turns the page.
const NAME_WIDTH: u16 = 9;
const TURN_WIDTH: u16 = 9;
/// Below so many free places, few are left.
const FEW_BELOW: u32 = 5;
/// The hours with which afternoon and evening begin.
const AFTERNOON: i8 = 12;
const EVENING: i8 = 17;

/// A line of buttons, in a part of the day.
struct HourLine<'a> {
    pictogram: Pictogram,
    name: &'static dyn say::Message,
    /// The first line of its part has the name.
    first: bool,
    slots: Vec<&'a Slot>,
}

/// The hours of the day that is on, with the ways to other days.
pub fn view(pick: &SlotPick, ui: &mut Ui<'_>, area: Rect, day: Date, context: &Context<'_>) {
    let mut column = Column::new(area);
    let top = column.take(heading::rows(ui));
    let ways = way_rows(ui);
    let ways = column.take_bottom(ways);
    let lines = lines(pick, day, a_line(ui));
    let fit = usize::from(column.rest().height / BUTTON_ROWS).max(1);
    let pages = lines.len().div_ceil(fit).max(1);
    let page = pick.page.min(pages - 1);
    let wanted = pick.wanted_of(day).map(|slot| slot.id);
    let shown = &lines[(page * fit).min(lines.len())..((page + 1) * fit).min(lines.len())];
    draw_lines(pick, ui, column, shown, (day, wanted, true));
    let date = |texts: &crate::i18n::texts::Texts, language| texts.short_date(language, day);
    let title = ui.say_with(|texts, language| {
        texts.say(language, &say::SlotHoursTitle { date: date(texts, language).into() })
    });
    heading::draw(ui, top, pick, &title, &hint(pick, ui, day, top.width, context));
    draw_ways(pick, ui, ways, day, (page, pages));
}

/// The hours of the first day on which something is free, beside the calendar: the keys are the
/// calendar's.
pub fn beside(pick: &SlotPick, ui: &mut Ui<'_>, area: Rect) {
    let Some(day) = pick.first_free().map(|slot| slot.starts.date()) else { return };
    let mut column = Column::new(area);
    let mut top = Column::new(column.take(heading::rows(ui))).inset(1);
    let date = ui.say_with(|texts, language| texts.short_date(language, day));
    ui.heading(top.take(top.rest().height - 1), &date.main, Align::Left, theme::TITLE);
    let lines = lines(pick, day, a_line(ui));
    let fit = usize::from(column.rest().height / BUTTON_ROWS).min(lines.len());
    draw_lines(pick, ui, column, &lines[..fit], (day, None, false));
}

/// Which key chooses an hour, and where it is.
fn hint(pick: &SlotPick, ui: &Ui<'_>, day: Date, width: u16, context: &Context<'_>) -> String {
    let keyed = pick
        .slots_of(day)
        .find(|slot| pick.is_choosable(slot) && key_of(pick, day, slot).is_some());
    let hint = keyed.map(|slot| {
        let hour = format!("{:02}", slot.starts.hour());
        ui.say_alone(&say::SlotHoursHint { hour: hour.into() }).main
    });
    let errand = context.visit.and_then(|visit| visit.errand.as_ref());
    let site = errand.and_then(|errand| errand.seat()?.site());
    let site = site.map(|site| {
        crate::i18n::names::place_name(ui.language, &site.name_zh, &site.name_en).to_owned()
    });
    let both = [hint.clone(), site].into_iter().flatten().collect::<Vec<_>>().join("  ");
    let fits = unicode_width::UnicodeWidthStr::width(both.as_str()) + 2 <= usize::from(width);
    if fits { both } else { hint.unwrap_or_default() }
}

/// Buttons on a line.
fn a_line(ui: &Ui<'_>) -> usize {
    match SizeClass::of(ui.buffer.area) {
        SizeClass::Upright | SizeClass::Wide => 3,
        SizeClass::Compact | SizeClass::Standard => 4,
    }
}

fn lines(pick: &SlotPick, day: Date, a_line: usize) -> Vec<HourLine<'_>> {
    let slots: Vec<&Slot> = pick.slots_of(day).collect();
    let parts: [(Pictogram, &'static dyn say::Message, std::ops::Range<i8>); 3] = [
        (Pictogram::Sun, &say::SlotMorning, 0..AFTERNOON),
        (Pictogram::Noon, &say::SlotAfternoon, AFTERNOON..EVENING),
        (Pictogram::Moon, &say::SlotEvening, EVENING..24),
    ];
    let mut lines = Vec::new();
    for (pictogram, name, hours) in parts {
        let of_part: Vec<&Slot> =
            slots.iter().copied().filter(|slot| hours.contains(&slot.starts.hour())).collect();
        for (at, slots) in of_part.chunks(a_line).enumerate() {
            let slots = slots.to_vec();
            lines.push(HourLine { pictogram, name, first: at == 0, slots });
        }
    }
    lines
}

/// `wanted` is drawn first, so that it has the focus. `keyed`: the hours are keys.
fn draw_lines(
    pick: &SlotPick,
    ui: &mut Ui<'_>,
    mut column: Column,
    lines: &[HourLine<'_>],
    (day, wanted, keyed): (Date, Option<crate::domain::site::SlotId>, bool),
) {
    let count = (lines.len() as u16).max(1);
    let height = (column.rest().height / count).clamp(BUTTON_ROWS, MOST_ROWS);
    let a_line = a_line(ui) as u16;
    if ui.turns_pages() {
        let room = column.take(BUTTON_ROWS);
        for line in lines {
            if line.first {
                let name = ui.say_alone(line.name).main;
                ui.line(room, &name, Align::Left, theme::TITLE);
            }
            for slot in &line.slots {
                let key = key_of(pick, day, slot).filter(|_| keyed);
                hour_button(pick, ui, slot, key, room);
            }
        }
        return;
    }
    let mut buttons: Vec<(&Slot, Rect)> = Vec::new();
    for line in lines {
        let mut row = Column::new(column.take(height));
        let spare = row.rest().width.saturating_sub(NAME_WIDTH + a_line - 1) / a_line;
        let name_width = row.rest().width - (spare * a_line + a_line - 1);
        let name = row.take_left(name_width);
        if line.first {
            part_name(ui, name, line);
        }
        for slot in &line.slots {
            buttons.push((slot, row.take_left(spare)));
            row.take_left(1);
        }
    }
    let first = |(slot, _): &&(&Slot, Rect)| Some(slot.id) == wanted;
    let at = buttons.iter().position(|button| first(&button)).unwrap_or(0);
    let (before, from) = buttons.split_at(at);
    for (slot, room) in from.iter().chain(before) {
        let key = key_of(pick, day, slot).filter(|_| keyed);
        hour_button(pick, ui, slot, key, *room);
    }
}

fn part_name(ui: &mut Ui<'_>, room: Rect, line: &HourLine<'_>) {
    let mut column = Column::new(room);
    let sign = column.take(room.height - 1);
    let sign = Column::new(sign).take_left(2 * sign.height.min(4));
    ui.pictogram(sign, line.pictogram, theme::TITLE);
    let name = ui.say_alone(line.name).main;
    column.line(ui, &name, Align::Left, theme::TITLE);
}

/// The hour is the key, if no other slot of the day begins in it.
fn key_of(pick: &SlotPick, day: Date, slot: &Slot) -> Option<Key> {
    let hour = slot.starts.hour();
    let alone = pick.slots_of(day).filter(|other| other.starts.hour() == hour).count() == 1;
    alone.then_some(Key::Number(hour.unsigned_abs()))
}

fn hour_button(pick: &SlotPick, ui: &mut Ui<'_>, slot: &Slot, key: Option<Key>, room: Rect) {
    let hour = clock(slot.starts);
    let free = slot.free();
    let roomy = room.height >= ROOMY_ROWS;
    let few = free < FEW_BELOW;
    let said = if pick.is_own(slot) {
        ui.say_alone(&say::SlotYours).main
    } else if slot.is_full() {
        ui.say_alone(&say::SeatsFull).main
    } else if few && roomy {
        format!("▲ {}", ui.say_alone(&say::SlotFew { seats: free.into() }).main)
    } else if few {
        format!("▲ {free}")
    } else if roomy {
        ui.say_alone(&say::SlotFree { seats: free.into() }).main
    } else {
        free.to_string()
    };
    let action = ScreenAction::Slot(slot.id);
    let mut button = if roomy {
        Button::new(Words::same(hour), action).detail(Words::same(said)).large()
    } else {
        Button::new(Words::same(format!("{hour} {said}")), action)
    };
    button.key = key;
    button = button.bare();
    if few {
        button = button.few();
    }
    if !pick.is_choosable(slot) {
        button = button.disabled();
    }
    button.draw(ui, room);
}

fn way_rows(ui: &Ui<'_>) -> u16 {
    match SizeClass::of(ui.buffer.area) {
        SizeClass::Upright | SizeClass::Wide => 2 * BUTTON_ROWS,
        SizeClass::Compact | SizeClass::Standard => BUTTON_ROWS,
    }
}

/// The day before, the calendar, the day after; and the other pages of a day with many hours.
fn draw_ways(
    pick: &SlotPick,
    ui: &mut Ui<'_>,
    area: Rect,
    day: Date,
    (page, pages): (usize, usize),
) {
    let mut row = Column::new(area);
    let mut calendar_room = row;
    let two_rows = area.height > BUTTON_ROWS;
    if two_rows {
        calendar_room = Column::new(row.take_bottom(BUTTON_ROWS));
    }
    if pages > 1 {
        let turned = if two_rows { &mut calendar_room } else { &mut row };
        let after = turned.take_right(TURN_WIDTH);
        let before = turned.take_right(TURN_WIDTH);
        for (room, digit, sign, to) in [
            (before, 8, "«", page.checked_sub(1)),
            (after, 9, "»", Some(page + 1).filter(|next| *next < pages)),
        ] {
            let action = ScreenAction::Turn(to.unwrap_or(0));
            let button = Button::new(Words::same(sign), action).digit(digit);
            if to.is_some() { button } else { button.disabled() }.draw(ui, room);
        }
    }
    let width = row.rest().width / if two_rows { 2 } else { 3 };
    day_beside(pick, ui, row.take_left(width), day, false);
    let calendar = if two_rows { calendar_room.rest() } else { row.take_left(width) };
    Button::new(ui.say_alone(&say::SlotCalendar), ScreenAction::Calendar)
        .digit(5)
        .pictogram(Pictogram::Calendar)
        .draw(ui, calendar);
    day_beside(pick, ui, row.rest(), day, true);
}

fn day_beside(pick: &SlotPick, ui: &mut Ui<'_>, room: Rect, day: Date, later: bool) {
    let beside = pick.day_beside(day, later);
    let date = beside.map_or("—".to_owned(), |beside| {
        ui.say_with(|texts, language| texts.short_date(language, beside)).main
    });
    let text = if later { format!("{date} »") } else { format!("« {date}") };
    let action = ScreenAction::DayBeside(beside.unwrap_or(day));
    let button = Button::new(Words::same(text), action).digit(if later { 6 } else { 4 });
    if beside.is_some() { button } else { button.disabled() }.draw(ui, room);
}

//! The calendar: five weeks a page, each day a tile with its date, which is its key too, and the
//! places that are free on it.

use super::heading;
use super::pick::{SlotPick, WEEKS};
use crate::i18n::dates::clock;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::targets::Key;
use crate::kiosk::widgets::tile::{Shade, Steps, Tile, ring};
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use jiff::civil::{Date, Weekday};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

const DAYS_A_WEEK: u16 = 7;
/// Columns of the button with the earliest slot, where it stands beside the heading, and of the
/// buttons that turn the page there.
const FIRST_WIDTH: u16 = 38;
const TURN_WIDTH: u16 = 9;
const BUTTON_ROWS: u16 = 3;
/// Rows of a tile, at least and at most.
const TILE_ROWS: (u16, u16) = (2, 5);
/// Free seats of a day from which its tile is filled more.
const STEPS: Steps = Steps { some: 10, more: 60, many: 110 };

/// `keyed`: the dates are keys. They are not while the hours beside have the keys.
pub fn view(pick: &SlotPick, ui: &mut Ui<'_>, area: Rect, keyed: bool) {
    let page = if keyed {
        pick.page.min(pick.pages() - 1)
    } else {
        pick.day.map_or(0, |day| pick.page_of(day))
    };
    let mut column = Column::new(area);
    let mut top = Column::new(column.take(heading::rows(ui)));
    let class = SizeClass::of(ui.buffer.area);
    let turns = keyed && pick.pages() > 1;
    let mut turn_areas = None;
    if class == SizeClass::Upright {
        first_free(pick, ui, column.take(BUTTON_ROWS), keyed);
    } else {
        let room = Column::new(top.take_right(FIRST_WIDTH)).take(top.rest().height);
        first_free(pick, ui, room, keyed);
        top.take_right(1);
    }
    if turns {
        let mut room = if class == SizeClass::Compact {
            let rest = Column::new(top.take_right(2 * TURN_WIDTH));
            top.take_right(1);
            rest
        } else {
            Column::new(column.take_bottom(BUTTON_ROWS))
        };
        let half = room.rest().width / 2;
        turn_areas = Some((room.take_left(half), room.rest()));
    }
    let hint = if turns && class == SizeClass::Compact {
        format!("{} / {}", page + 1, pick.pages())
    } else {
        ui.say_alone(&say::SlotDaysHint).main
    };
    heading::draw(ui, top.rest(), pick, &ui.say(&say::SlotTitle), if keyed { &hint } else { "" });
    weeks(pick, ui, column, &pick.days_of_page(page), keyed);
    if let Some((before, after)) = turn_areas {
        let words = class != SizeClass::Compact;
        turn(pick, ui, before, page.checked_sub(1), (8, words));
        turn(pick, ui, after, Some(page + 1).filter(|next| *next < pick.pages()), (9, words));
    }
}

/// The earliest slot of all: what most people want.
fn first_free(pick: &SlotPick, ui: &mut Ui<'_>, room: Rect, keyed: bool) {
    let Some(slot) = pick.first_free() else { return };
    let words = ui.say_with(|texts, language| {
        let date = texts.short_date(language, slot.starts.date());
        let slot = format!("{date} {}", clock(slot.starts));
        texts.say(language, &say::SlotFirst { slot: slot.into() })
    });
    let mut button = Button::new(words.alone(), ScreenAction::FirstFree(slot.id)).main();
    button.key = keyed.then_some(Key::Number(0));
    button.draw(ui, room);
}

/// Turns to the five weeks before or after. Without room for words it has a sign alone.
fn turn(
    pick: &SlotPick,
    ui: &mut Ui<'_>,
    room: Rect,
    page: Option<usize>,
    (digit, words): (u8, bool),
) {
    let sign = if digit == 8 { "«" } else { "»" };
    let first = page.and_then(|page| pick.days_of_page(page).first().copied());
    let text = match first.filter(|_| words) {
        Some(day) => {
            let date = ui.say_with(|texts, language| texts.short_date(language, day)).main;
            if digit == 8 { format!("{sign} {date}") } else { format!("{date} {sign}") }
        }
        None => sign.to_owned(),
    };
    let action = ScreenAction::Turn(page.unwrap_or(0));
    let button = Button::new(Words::same(text), action).digit(digit);
    if page.is_some() { button } else { button.disabled() }.draw(ui, room);
}

fn weeks(pick: &SlotPick, ui: &mut Ui<'_>, mut column: Column, days: &[Date], keyed: bool) {
    let width = (column.rest().width - (DAYS_A_WEEK - 1)) / DAYS_A_WEEK;
    if ui.turns_pages() {
        return list(pick, ui, column, days, keyed);
    }
    let mut names = Column::new(column.take(1));
    for day in days.iter().take(usize::from(DAYS_A_WEEK)) {
        let rest = matches!(day.weekday(), Weekday::Sunday | Weekday::Saturday);
        let style = if rest { theme::WARNING } else { theme::TITLE };
        let name = ui.say_with(|texts, language| texts.weekday(language, *day)).main;
        ui.line(names.take_left(width), &name, Align::Centre, style);
        names.take_left(1);
    }
    let weeks = WEEKS as u16;
    let height = ((column.rest().height + 1) / weeks).saturating_sub(1);
    let height = height.clamp(TILE_ROWS.0, TILE_ROWS.1);
    for week in days.chunks(usize::from(DAYS_A_WEEK)) {
        let mut tiles = Column::new(column.take(height));
        for day in week {
            let room = tiles.take_left(width);
            let doubled = is_doubled(pick, days, *day);
            tile(pick, ui, room, *day, (doubled, keyed));
            tiles.take_left(1);
        }
        column.gap(1);
    }
}

/// The days that have slots, for a page of larger type: each with the name of its day.
fn list(pick: &SlotPick, ui: &mut Ui<'_>, column: Column, days: &[Date], keyed: bool) {
    for day in days.iter().filter(|day| pick.slots_of(**day).next().is_some()) {
        let free = pick.free_on(*day);
        let why: &dyn say::Message =
            if pick.has_own_on(*day) { &say::SlotYours } else { &say::SeatsFull };
        let words = ui.say_with(|texts, language| texts.short_date(language, *day)).alone();
        let chosen = pick.day == Some(*day);
        let key = (keyed && !is_doubled(pick, days, *day))
            .then_some(Key::Number(day.day().unsigned_abs()));
        let tile = Tile {
            words: words.main,
            second: if free == 0 { ui.say_alone(why).main } else { free.to_string() },
            key,
            shade: if chosen { Shade::Main } else { STEPS.shade(free) },
            action: (free > 0).then_some(ScreenAction::Day(*day).into()),
            ..Tile::default()
        };
        tile.draw(ui, column.rest());
    }
}

/// Whether another day of the page that has slots has the same date in its month.
fn is_doubled(pick: &SlotPick, days: &[Date], day: Date) -> bool {
    days.iter().any(|other| {
        *other != day && other.day() == day.day() && pick.slots_of(*other).next().is_some()
    })
}

/// A day. One whose date comes twice on the page has its month too, and no key.
fn tile(pick: &SlotPick, ui: &mut Ui<'_>, room: Rect, day: Date, (doubled, keyed): (bool, bool)) {
    let with_month = doubled || day.day() == 1;
    let date = match with_month {
        true => ui.texts.day_and_month(ui.language, day),
        false => day.day().to_string(),
    };
    if pick.slots_of(day).next().is_none() {
        ui.line(room, &format!(" {date}"), Align::Left, theme::QUIET_TEXT);
        return;
    }
    let free = pick.free_on(day);
    if free == 0 {
        return full_tile(pick, ui, room, &date, day);
    }
    let action = ScreenAction::Day(day);
    let chosen = pick.day == Some(day);
    let shade = STEPS.shade(free);
    let key = (keyed && !doubled).then_some(Key::Number(day.day().unsigned_abs()));
    let style = match free {
        _ if ui.hold.is_pressed(action) => theme::PRESSED,
        _ if ui.hold.rules_out(key) => theme::DISABLED,
        _ if chosen => theme::MAIN_BUTTON,
        _ => shade.style(),
    };
    ui.fill(room, style);
    let mark = if chosen { "✓" } else { " " };
    let mut inner = Column::new(room);
    inner.take_left(1);
    ui.line(Column::new(room).take_left(1), mark, Align::Left, style);
    let seats = if shade == Shade::Few { format!("▲{free}") } else { free.to_string() };
    if room.height == 2 {
        let mut below = Column::new(Column::new(room).take_bottom(1));
        let seats_room = below.take_right(seats.chars().count() as u16);
        let date_room = Column::new(inner.rest()).take_left(4.max(date.width() as u16));
        ui.heading(date_room, &date, Align::Left, style);
        ui.line(seats_room, &seats, Align::Right, style);
    } else {
        let below = inner.take_bottom(1);
        ui.heading(inner.rest(), &date, Align::Left, style);
        ui.line(below, &seats, Align::Right, style);
    }
    if ui.is_focused(action) {
        ring(ui, room);
    }
    ui.record_key(room, action, key);
}

/// A day on which nothing can be chosen, and why.
fn full_tile(pick: &SlotPick, ui: &mut Ui<'_>, room: Rect, date: &str, day: Date) {
    let style = theme::DISABLED;
    ui.fill(room, style);
    let why: &dyn say::Message =
        if pick.has_own_on(day) { &say::SlotYours } else { &say::SeatsFull };
    let mut inner = Column::new(room);
    let date_room = Column::new(inner.take(1));
    let dashes = "╌".repeat(usize::from(date_room.rest().width).saturating_sub(date.width() + 2));
    ui.line(date_room.rest(), &format!(" {date} {dashes}"), Align::Left, style);
    let word = ui.say_alone(why).main;
    ui.lines(inner.rest(), &word, Align::Right, style);
}

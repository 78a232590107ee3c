//! The day's list: what was done at this counter in this staff session, the newest first, and its
//! sums. Beside the other pages where there is room, or as a page of its own with a search.

use super::Working;
use super::form_view::row_style;
use crate::domain::taipei;
use crate::i18n::dates::{clock, hours};
use crate::i18n::fitted::fitted;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::place_name;
use crate::kiosk::model::counter::{CounterAction, Deed, Entry, Tab};
use crate::kiosk::screens::context::Context;
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

/// Columns of time, number and masked name, each with a space behind it.
const TIME: u16 = 6;
const NUMBER: u16 = 5;
const NAME: u16 = 10;
/// From so many columns on, site and slot stand in the list too.
const WITH_SITE: u16 = 58;

/// The list. As a page of its own it is searched, and a line is marked.
pub fn view(ui: &mut Ui<'_>, area: Rect, working: &Working, context: &Context<'_>) {
    let alone = working.tab == Tab::Today;
    ui.fill(area, theme::PANEL);
    let mut page = Column::new(area).inset(1);
    let date = taipei::civil(context.machine.now.wall).date();
    let title = say::CounterToday {
        date: ui.texts.day_and_month(ui.language, date).into(),
        count: working.duty.done.len().into(),
    };
    let title = ui.say_alone(&title).main;
    page.lines(ui, &title, Align::Left, theme::PANEL_TITLE);
    let rows = sums(ui, working, page.rest().width);
    let below = page.take_bottom(rows.len() as u16);
    let mut below = Column::new(below);
    for row in rows {
        ui.line(below.take(1), &row, Align::Left, theme::PANEL_QUIET);
    }
    if alone {
        let found = ui.say_alone(&say::CounterSearch).main;
        let typed = working.search.expose();
        let row = page.take(1);
        let text = fitted(&format!("▶{found} {typed}▏"), row.width);
        ui.line_on(row, &text, Align::Left, theme::CHOSEN);
    }
    page.gap(1);
    let list = page.rest();
    let entries: Vec<&Entry> = working.duty.found(working.search.expose()).collect();
    let room = usize::from(list.height).max(1);
    let marked = if alone { working.at.min(entries.len().saturating_sub(1)) } else { 0 };
    let first = marked.saturating_sub(room / 2).min(entries.len().saturating_sub(room));
    for (at, entry) in entries.iter().enumerate().skip(first).take(room) {
        let row = page.take(1);
        let action = CounterAction::Choose(at);
        let style = if alone { row_style(ui, action, at == marked, true) } else { theme::PANEL };
        draw(ui, row, entry, style);
        if alone {
            ui.record(row, action, None);
        }
    }
    if entries.is_empty() {
        let words = ui.say_alone(&say::CounterNothingYet).main;
        page.lines(ui, &words, Align::Left, theme::PANEL_QUIET);
    }
}

fn draw(ui: &mut Ui<'_>, row: Rect, entry: &Entry, style: Style) {
    ui.fill(row, style);
    let wide = row.width >= WITH_SITE;
    let mut row = Column::new(row);
    let time = clock(taipei::civil(entry.at));
    ui.line(row.take_left(TIME), &time, Align::Left, style);
    ui.line(row.take_left(NUMBER), entry.number_end(), Align::Left, style);
    let deed = deed_words(ui, entry.deed);
    let place = row.take_right(deed.width() as u16);
    ui.line(place, &deed, Align::Right, style);
    let name = row.take_left(NAME.min(row.rest().width));
    let shown = fitted(entry.name_masked.expose(), name.width.saturating_sub(1));
    ui.line(name, &shown, Align::Left, style);
    if let Some(booking) = entry.booking.as_deref().filter(|_| wide) {
        let site = place_name(ui.language, &booking.site.name_zh, &booking.site.name_en);
        let date = booking.starts.date();
        let when = hours(booking.starts, booking.ends);
        let text = format!("{}/{} {when} {site}", date.month(), date.day());
        let room = row.rest().width.saturating_sub(1);
        ui.line(row.rest(), &fitted(&text, room), Align::Left, style);
    }
}

fn deed_words(ui: &Ui<'_>, deed: Deed) -> String {
    let said = |message: &dyn Message| ui.say_alone(message).main;
    match deed {
        Deed::Booked => said(&say::CounterBooked),
        Deed::Moved => said(&say::CounterMoved),
        Deed::Cancelled => said(&say::CounterCancelled),
        Deed::Registered => said(&say::CounterRegistered),
        Deed::Withdrawn => said(&say::CounterWithdrawn),
        Deed::Waits => said(&say::CounterDeedWaits),
        Deed::LeftLine => said(&say::CounterDeedLeft),
        Deed::Refused(refusal) => format!("✗ {}", refusal.code()),
        Deed::Unsure => format!("▲ {}", said(&say::CounterUnsure)),
    }
}

/// How much there is of each, in as many rows as it takes.
fn sums(ui: &Ui<'_>, working: &Working, width: u16) -> Vec<String> {
    let duty = &working.duty;
    let count = |deed: Deed| duty.count(|other| other == deed);
    let refused = duty.count(|deed| matches!(deed, Deed::Refused(_)));
    let mut parts: Vec<(&dyn Message, usize)> = vec![
        (&say::CounterBooked, count(Deed::Booked)),
        (&say::CounterMoved, count(Deed::Moved)),
        (&say::CounterCancelled, count(Deed::Cancelled)),
        (&say::CounterRegistered, count(Deed::Registered)),
        (&say::CounterRefused, refused),
    ];
    if count(Deed::Waits) > 0 {
        parts.push((&say::CounterDeedWaits, count(Deed::Waits)));
    }
    let mut rows: Vec<String> = Vec::new();
    for (message, count) in parts {
        let part = format!("{} {count}", ui.say_alone(message).main);
        match rows.last_mut() {
            Some(row) if row.width() + 2 + part.width() <= usize::from(width) => {
                row.push_str("  ");
                row.push_str(&part);
            }
            Some(_) | None => rows.push(part),
        }
    }
    rows
}

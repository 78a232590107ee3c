//! The hour that is served, beside the desk: how many have come, who has and who has not, and
//! whether what was entered is sent.

use super::site::{JournalState, SiteDesk};
use super::site_words;
use crate::api::attendance::DayEntry;
use crate::domain::taipei;
use crate::i18n::dates::clock;
use crate::i18n::fitted::fitted;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::site::came_at;
use crate::kiosk::screens::context::Context;
use crate::kiosk::theme;
use crate::kiosk::widgets::bar;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui};
use jiff::civil::DateTime;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

/// Rows of what is said about the line.
const STATUS: u16 = 3;
/// How many of those who have come stay in sight.
const COME: usize = 4;
/// Columns of a mark before a name.
const MARK: u16 = 3;

pub fn draw(ui: &mut Ui<'_>, area: Rect, desk: &SiteDesk, now: DateTime, context: &Context<'_>) {
    ui.fill(area, theme::PANEL);
    let mut page = Column::new(area).inset(1);
    let below = page.take_bottom(STATUS);
    status(ui, below, desk, context);
    page.take_bottom(1);
    let Some(day) = &desk.day else {
        let words = ui.say_alone(&say::WaitPlease).main;
        return page.lines(ui, &words, Align::Left, theme::PANEL_QUIET);
    };
    let in_front = desk.finding(now).and_then(|finding| finding.entry);
    let hour = in_front.as_ref().map(|entry| entry.starts).or_else(|| day.hour_at(now));
    let Some(hour) = hour else {
        let words = ui.say_alone(&say::DeskNobody).main;
        return page.lines(ui, &words, Align::Left, theme::PANEL_QUIET);
    };
    let (came, of) = day.came(hour);
    let mut row = Column::new(page.take(1));
    let count = format!("{came}/{of}");
    ui.line(row.take_right(count.width() as u16), &count, Align::Right, theme::PANEL_TITLE);
    let title = ui.say_alone(&say::DeskHour { clock: clock(hour).into() }).main;
    let title = fitted(&title, row.rest().width);
    ui.line(row.rest(), &title, Align::Left, theme::PANEL_TITLE);
    let percent = (came * 100).checked_div(of).unwrap_or(0) as u16;
    bar::draw(ui, page.take(1), percent, "");
    page.gap(1);
    let mut come: Vec<&DayEntry> =
        day.of_hour(hour).filter(|entry| came_at(&entry.attendance).is_some()).collect();
    come.sort_by_key(|entry| came_at(&entry.attendance).map(|(at, _)| at));
    let others = day.of_hour(hour).filter(|entry| came_at(&entry.attendance).is_none());
    let hidden = come.len().saturating_sub(COME);
    let lines: Vec<&DayEntry> = come.into_iter().skip(hidden).chain(others).collect();
    let room = usize::from(page.rest().height);
    let shown = if lines.len() > room { room.saturating_sub(1) } else { lines.len() };
    for entry in &lines[..shown] {
        let is_in_front = in_front.as_ref().is_some_and(|other| other.number == entry.number);
        let style = if is_in_front { theme::MAIN_BUTTON } else { theme::PANEL };
        line(ui, page.take(1), entry, style);
    }
    if shown < lines.len() {
        let count = (lines.len() - shown).into();
        let words = ui.say_alone(&say::DeskMore { count }).main;
        ui.line(page.take(1), &format!("▼ {words}"), Align::Left, theme::PANEL_QUIET);
    }
}

/// A person of the list: a tick and the time of who has come, a word for who will not.
pub fn line(ui: &mut Ui<'_>, area: Rect, entry: &DayEntry, style: Style) {
    ui.fill(area, style);
    let mut row = Column::new(area);
    let came = came_at(&entry.attendance);
    let mark = if came.is_some() { " ✓" } else { "" };
    ui.line(row.take_left(MARK), mark, Align::Left, style);
    let state = match came {
        Some((at, _)) => clock(taipei::civil(at)),
        None if entry.attendance == crate::domain::attendance::Attendance::Expected => {
            String::new()
        }
        None => ui.say_alone(site_words::state(&entry.attendance)).main,
    };
    let state = fitted(&state, row.rest().width / 2);
    ui.line(row.take_right(state.width() as u16), &state, Align::Right, style);
    let name = fitted(entry.name_masked.expose(), row.rest().width.saturating_sub(1));
    ui.line(row.rest(), &name, Align::Left, style);
}

/// Whether the line is up, what is sent, what waits, and what is wrong.
pub fn status(ui: &mut Ui<'_>, area: Rect, desk: &SiteDesk, context: &Context<'_>) {
    let said = |message: &dyn Message| ui.say_alone(message).main;
    let kept = desk.unsent();
    let line = match context.machine.line_up {
        true => (said(&say::DeskLineUp { sent: desk.sent.into() }), theme::PANEL_TITLE),
        false => (format!("▲ {}", said(&say::LineDown)), theme::FEW_LEFT),
    };
    let waiting = said(&say::DeskKept { kept: kept.into() });
    let conflicts = desk.all_conflicts().count();
    let damaged = desk.earlier_damaged || desk.journal == JournalState::Open { damaged: true };
    let third = match (&desk.journal, &desk.day) {
        (JournalState::Failed(fault), _) => {
            (format!("▲ {}", said(site_words::fault_short(*fault))), theme::FEW_LEFT)
        }
        _ if conflicts > 0 => {
            let words = said(&say::DeskConflicts { count: conflicts.into() });
            (format!("▲ {words}"), theme::FEW_LEFT)
        }
        _ if damaged => (format!("▲ {}", said(&say::DeskDamagedJournal)), theme::FEW_LEFT),
        (_, Some(day)) => {
            let clock = clock(taipei::civil(day.list.taken)).into();
            (said(&say::DeskListOf { clock }), theme::PANEL_QUIET)
        }
        (_, None) => (String::new(), theme::PANEL_QUIET),
    };
    let lines = [line, (waiting, theme::PANEL_QUIET), third];
    if area.height >= STATUS {
        let mut rows = Column::new(area);
        for (text, style) in lines {
            let row = rows.take(1);
            ui.line(row, &fitted(&text, row.width), Align::Left, style);
        }
        return;
    }
    // In one row: side by side, each in its part.
    ui.fill(area, theme::PANEL);
    let mut row = Column::new(area).inset(1);
    let width = row.rest().width / 3;
    for (text, style) in lines {
        let part = row.take_left(width);
        let text = fitted(&text, part.width.saturating_sub(1));
        ui.line(part, &text, Align::Left, style);
    }
}

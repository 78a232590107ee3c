//! The desk's other pages: the whole day's list, the lot number, what others entered otherwise, and
//! the day in figures.

use super::figures_table::{cells, heads, row};
use super::form::Listed;
use super::form_view::row_style;
use super::site::{Conflict, SiteDesk};
use super::{site_hours, site_words};
use crate::api::attendance::DeskConflict;
use crate::i18n::dates::clock;
use crate::i18n::fitted::fitted;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::counter::CounterAction;
use crate::kiosk::model::site::{SiteAction, total};
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;

/// Rows of a button.
const BUTTON: u16 = 3;

fn titled(ui: &mut Ui<'_>, area: Rect, title: &str) -> Column {
    let mut page = Column::new(area).inset(1);
    let title = fitted(title, page.rest().width);
    ui.line(page.take(1), &title, Align::Left, theme::TITLE);
    page.gap(1);
    page
}

fn sentence(ui: &mut Ui<'_>, page: &mut Column, message: &dyn Message) {
    let words = ui.say_alone(message);
    page.paragraph(ui, &words, theme::PLAIN);
}

/// The first line that is shown so that the marked one is in sight.
fn first(marked: usize, count: usize, room: usize) -> usize {
    marked.saturating_sub(room / 2).min(count.saturating_sub(room))
}

pub fn list(ui: &mut Ui<'_>, area: Rect, desk: &SiteDesk) {
    let Some(day) = &desk.day else {
        let mut page = Column::new(area).inset(1);
        return sentence(ui, &mut page, &say::WaitPlease);
    };
    let hours = day.hours();
    let sum = hours.iter().map(|hour| day.came(*hour));
    let (came, of) = sum.fold((0, 0), |(a, b), (came, of)| (a + came, b + of));
    let date = ui.texts.day_and_month(ui.language, day.list.date).into();
    let title = say::DeskListTitle { date, came: came.into(), of: of.into() };
    let title = ui.say_alone(&title).main;
    let mut page = titled(ui, area, &title);
    let entries = &day.list.entries;
    let room = usize::from(page.rest().height).max(1);
    let from = first(desk.at, entries.len(), room);
    let mut hour = None;
    for (at, entry) in entries.iter().enumerate().skip(from).take(room) {
        let mut row = Column::new(page.take(1));
        let action = CounterAction::Choose(at);
        let style = row_style(ui, action, at == desk.at, true);
        ui.fill(row.rest(), style);
        ui.record(row.rest(), action, None);
        // The hour stands at its first line.
        let time = if hour == Some(entry.starts) { String::new() } else { clock(entry.starts) };
        hour = Some(entry.starts);
        ui.line(row.take_left(7), &format!(" {time}"), Align::Left, style);
        let number = entry.number.to_string();
        ui.line(row.take_left(12), &number, Align::Left, style);
        site_hours::line(ui, row.rest(), entry, style);
    }
    if entries.is_empty() {
        sentence(ui, &mut page, &say::DeskNobody);
    }
}

pub fn lot(ui: &mut Ui<'_>, area: Rect, desk: &SiteDesk) {
    let title = ui.say_alone(&say::DeskLotTitle).main;
    let mut page = titled(ui, area, &title);
    sentence(ui, &mut page, &say::DeskLotHint);
    page.gap(1);
    let text = format!("▶ {}▏", desk.typed_lot);
    let mut row = Column::new(page.take(1));
    ui.line_on(row.take_left(26), &text, Align::Left, theme::CHOSEN);
    let mut below = Column::new(page.take_bottom(BUTTON));
    let save = Button::new(ui.say_alone(&say::CounterSave), CounterAction::Enter).sign("↵").main();
    let half = below.rest().width / 2;
    save.draw(ui, below.take_left(half));
    let back = Button::new(ui.say_alone(&say::Back), CounterAction::Escape).sign("Esc");
    back.draw(ui, below.rest());
}

pub fn conflicts(ui: &mut Ui<'_>, area: Rect, desk: &SiteDesk) {
    let title = ui.say_alone(&say::DeskPageConflicts).main;
    let mut page = titled(ui, area, &title);
    let all: Vec<Conflict<'_>> = desk.all_conflicts().collect();
    if all.is_empty() {
        return sentence(ui, &mut page, &say::DeskNoConflicts);
    }
    let below = page.take_bottom(BUTTON);
    let action = CounterAction::Site(SiteAction::Seen);
    Button::new(ui.say_alone(&say::DeskSeen), action).sign("↵").main().draw(ui, below);
    sentence(ui, &mut page, &say::DeskConflictsHint);
    page.gap(1);
    // Two rows each: what was entered and does not count, and what does.
    let room = usize::from(page.rest().height / 2).max(1);
    let from = first(desk.at, all.len(), room);
    for (at, conflict) in all.into_iter().enumerate().skip(from).take(room) {
        let action = CounterAction::Choose(at);
        let style = row_style(ui, action, at == desk.at, true);
        let rows = page.take(2);
        ui.fill(rows, style);
        ui.record(rows, action, None);
        let mut rows = Column::new(rows);
        let (row, second) = (rows.take(1), rows.take(1));
        let mark = if at == desk.at { "▶" } else { " " };
        let [what, counts] = conflict_lines(ui, conflict);
        ui.line(row, &fitted(&format!("{mark}{what}"), row.width), Align::Left, style);
        ui.line(second, &fitted(&format!("  {counts}"), second.width), Align::Left, style);
    }
}

fn conflict_lines(ui: &Ui<'_>, conflict: Conflict<'_>) -> [String; 2] {
    match conflict {
        Conflict::Own(kept) => {
            let time = clock(crate::domain::taipei::civil(kept.entry.at));
            let step = ui.say_alone(site_words::done(&kept.entry.step)).main;
            let (number, name) = (kept.entry.number, kept.name_masked.expose());
            let counts = kept.outcome.as_ref().map(|outcome| site_words::conflict(ui, outcome));
            [format!("{name} {number}  {step} {time}"), counts.unwrap_or_default()]
        }
        Conflict::Told(DeskConflict { number, name_masked, entered, .. }) => {
            let (name, what) = (name_masked.expose(), site_words::stands(ui, entered));
            let counts = ui.say_alone(&say::DeskConflictHere).main;
            [format!("{name} {number}  {what}"), counts]
        }
    }
}

pub fn figures(ui: &mut Ui<'_>, area: Rect, desk: &SiteDesk) {
    let title = ui.say_alone(&say::DeskFiguresTitle).main;
    let mut page = titled(ui, area, &title);
    let hours = match &desk.figures {
        Listed::Known(hours) if hours.is_empty() => {
            return sentence(ui, &mut page, &say::DeskNobody);
        }
        Listed::Known(hours) => hours,
        Listed::Asked | Listed::Nothing => return sentence(ui, &mut page, &say::WaitPlease),
        Listed::Failed => return sentence(ui, &mut page, &say::LineLost),
    };
    let words = heads(ui);
    row(ui, page.take(1), &words, theme::TITLE);
    let below = page.take_bottom(1);
    let room = usize::from(page.rest().height).max(1);
    let from = first(desk.at, hours.len(), room);
    for hour in hours.iter().skip(from).take(room) {
        row(ui, page.take(1), &cells(clock(hour.starts), hour), theme::PLAIN);
    }
    if let Some(sum) = total(hours) {
        let words = ui.say_alone(&say::DeskFiguresTotal).main;
        row(ui, below, &cells(words, &sum), theme::TITLE);
    }
}

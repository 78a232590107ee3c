//! What was booked, in large: that it is, when, where, its number, and what to bring. It is set as
//! large as leaves room for all of it.

use super::booking_lines;
use super::column::Column;
use super::pictogram::Pictogram;
use super::size_class::SizeClass;
use super::ui::{Align, Ui, Words};
use crate::api::bookings::BookingView;
use crate::i18n::dates::hours;
use crate::i18n::messages as say;
use crate::kiosk::theme;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// What is told of a booking.
pub struct Facts<'a> {
    pub title: Words,
    pub booking: &'a BookingView,
    /// Why there is no print.
    pub fault: Option<Words>,
    /// What to bring, and whatever else is to be known.
    pub notes: Vec<Words>,
    /// Without the telephone and when it was made.
    pub brief: bool,
}

/// How large the date, the hours and the number are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Size {
    Large,
    Medium,
    /// The date and the hours in one, the number as a line.
    Close,
    /// Each a line, and the notes without their Chinese.
    Small,
}

impl Size {
    /// Rows below the heading that this size takes by itself, at least.
    fn rows(self) -> u16 {
        match self {
            Size::Large => 2 + 3 + 1 + 3 + 1,
            Size::Medium => 2 + 2 + 1 + 2,
            Size::Close => 1 + 2,
            Size::Small => 2,
        }
    }
}

pub fn draw(ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>) {
    if !draw_fitting(ui, area, facts, &[Size::Large, Size::Medium, Size::Close]) {
        draw_small(ui, area, facts);
    }
}

/// Draws them in the first of these sizes that has room; whether any has.
pub fn draw_fitting(ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>, sizes: &[Size]) -> bool {
    let (before, room) = (ui.cut_off.len(), Column::new(area));
    let below: Vec<_> = below(ui, facts, false)
        .iter()
        .map(|(words, style)| (room.paragraph_of(words), *style))
        .collect();
    let rows: u16 = below.iter().map(|(paragraph, _)| paragraph.rows()).sum();
    for size in sizes.iter().copied() {
        let above = SizeClass::of(ui.buffer.area).heading() + size.rows();
        if ui.turns_pages() || above + rows > area.height {
            continue;
        }
        ui.cut_off.truncate(before);
        ui.fill(area, theme::PLAIN);
        let mut page = room;
        above_the_rest(ui, &mut page, facts, size);
        for (at, (paragraph, style)) in below.iter().enumerate() {
            // The notes stand apart where there is room for that.
            let is_first_note = below.len() - at == facts.notes.len();
            page.gap(u16::from(size == Size::Large && is_first_note));
            page.put(ui, paragraph, *style, theme::QUIET_TEXT);
        }
        if ui.cut_off.len() == before {
            return true;
        }
    }
    ui.cut_off.truncate(before);
    false
}

/// Each a line, and the notes without their Chinese.
fn draw_small(ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>) {
    ui.fill(area, theme::PLAIN);
    let mut page = Column::new(area);
    above_the_rest(ui, &mut page, facts, Size::Small);
    for (words, style) in below(ui, facts, true) {
        page.paragraph(ui, &words, style);
    }
}

fn above_the_rest(ui: &mut Ui<'_>, page: &mut Column, facts: &Facts<'_>, size: Size) {
    let mut heading = Column::new(page.take(SizeClass::of(ui.buffer.area).heading()));
    let sign = heading.take_left(4);
    ui.pictogram(sign, Pictogram::Check, theme::FINE_TEXT);
    heading.take_left(1);
    ui.heading(heading.rest(), &facts.title.main, Align::Left, theme::FINE_TEXT);
    if let Some(zh) = facts.title.zh.as_ref().filter(|_| size != Size::Small) {
        page.lines(ui, zh, Align::Left, theme::QUIET_TEXT);
    }
    if let Some(fault) = &facts.fault {
        page.paragraph(ui, &fault.clone().alone(), theme::WARNING);
    }
    when_and_number(page, ui, facts.booking, size);
}

/// Where, the vaccine, the telephone, when it was made, and the notes.
fn below(ui: &Ui<'_>, facts: &Facts<'_>, small: bool) -> Vec<(Words, Style)> {
    let booking = facts.booking;
    let mut lines: Vec<(Words, Style)> = booking_lines::place_and_address(ui, &booking.site)
        .into_iter()
        .map(|words| (words, theme::PLAIN))
        .collect();
    let brand = ui.brand(booking.site.brand).main;
    let mobile = booking.mobile_masked.expose().to_owned();
    let mobile = ui.say(&say::ReceiptPhone { mobile: mobile.into() }).main;
    let vaccine = if facts.brief { brand } else { format!("{brand}  {mobile}") };
    let vaccine = ui.labelled(&say::ReceiptVaccine, |_, _| vaccine.clone());
    lines.push((vaccine.alone(), theme::QUIET_TEXT));
    if !facts.brief {
        lines.push((booking_lines::made(ui, booking.made), theme::QUIET_TEXT));
    }
    for (at, note) in facts.notes.iter().enumerate() {
        let style = if at == 0 { theme::PLAIN } else { theme::QUIET_TEXT };
        let note = if small { note.clone().alone() } else { note.clone() };
        lines.push((note, style));
    }
    lines
}

fn when_and_number(page: &mut Column, ui: &mut Ui<'_>, booking: &BookingView, size: Size) {
    let (starts, ends) = (booking.starts, booking.ends);
    let date = ui.say_with(|texts, language| texts.long_date(language, starts.date())).alone().main;
    let rows = match size {
        Size::Small => {
            booking_lines::number(page, ui, booking.number);
            booking_lines::when(page, ui, starts, ends);
            return;
        }
        Size::Close => {
            booking_lines::number(page, ui, booking.number);
            let when = format!("{date}  {}", hours(starts, ends));
            let area = page.take(2);
            return ui.key_fact(area, &when, Align::Left, theme::TITLE);
        }
        Size::Medium => 2,
        Size::Large => 3,
    };
    // The numbers of blocks have a hyphen only.
    let hours = hours(starts, ends).replace('–', "-");
    let date_area = page.take(2);
    ui.key_fact(date_area, &date, Align::Left, theme::TITLE);
    let hours_area = page.take(rows);
    ui.key_fact(hours_area, &hours, Align::Left, theme::TITLE);
    let number = booking.number.to_string();
    let label = ui.say_alone(&say::ReceiptNumber { number: "".into() }).main;
    page.lines(ui, label.trim(), Align::Left, theme::QUIET_TEXT);
    let number_area = page.take(rows);
    ui.key_fact(number_area, &number, Align::Left, theme::TITLE);
}

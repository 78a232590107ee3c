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

/// What is told of a booking.
pub struct Facts<'a> {
    pub title: Words,
    pub booking: &'a BookingView,
    /// Why there is no print.
    pub fault: Option<Words>,
    /// What to bring, and whatever else is to be known.
    pub notes: Vec<Words>,
}

/// How large the date, the hours and the number are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Size {
    Large,
    Medium,
    /// The date and the hours in one, the number as a line.
    Close,
    /// Each a line, and the notes without their Chinese.
    Small,
}

pub fn draw(ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>) {
    if ui.turns_pages() {
        return draw_in(ui, area, facts, Size::Small);
    }
    let before = ui.cut_off.len();
    for size in [Size::Large, Size::Medium, Size::Close, Size::Small] {
        ui.cut_off.truncate(before);
        ui.fill(area, theme::PLAIN);
        draw_in(ui, area, facts, size);
        if ui.cut_off.len() == before {
            return;
        }
    }
}

fn draw_in(ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>, size: Size) {
    let mut page = Column::new(area);
    let booking = facts.booking;
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
    when_and_number(&mut page, ui, booking, size);
    booking_lines::place_and_address(&mut page, ui, &booking.site);
    let brand = ui.brand(booking.site.brand).main;
    let mobile = booking.mobile_masked.expose().to_owned();
    let mobile = ui.say(&say::ReceiptPhone { mobile: mobile.into() }).main;
    let vaccine = ui.labelled(&say::ReceiptVaccine, |_, _| format!("{brand}  {mobile}"));
    page.paragraph(ui, &vaccine.alone(), theme::QUIET_TEXT);
    booking_lines::made(&mut page, ui, booking.made);
    page.gap(u16::from(size == Size::Large));
    for (at, note) in facts.notes.iter().enumerate() {
        let style = if at == 0 { theme::PLAIN } else { theme::QUIET_TEXT };
        let note = if size == Size::Small { note.clone().alone() } else { note.clone() };
        page.paragraph(ui, &note, style);
    }
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

//! Who is in front, when they are booked and what they get; or the number that is typed.

use super::site::{Front, SiteDesk};
use super::site_words::when;
use crate::i18n::dates::hours;
use crate::i18n::fitted::fitted;
use crate::i18n::messages as say;
use crate::i18n::names::brand_name;
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::ui::{Align, Ui};
use jiff::civil::DateTime;
use ratatui::layout::Rect;

/// Rows of a fact.
const FACT: u16 = 2;

pub fn draw(ui: &mut Ui<'_>, area: Rect, desk: &SiteDesk, now: DateTime) {
    let mut page = Column::new(area).inset(1);
    if let Front::Ready { typed } = &desk.front {
        page.gap(1);
        let words = ui.say_alone(&say::DeskTypeNumber).main;
        page.lines(ui, &words, Align::Left, theme::TITLE);
        let row = page.take(1);
        let text = format!("▶ {}▏", typed.expose());
        ui.line_on(Column::new(row).take_left(16), &text, Align::Left, theme::CHOSEN);
        page.gap(1);
        lot(ui, &mut page, desk);
        return;
    }
    let Some(finding) = desk.finding(now) else { return };
    if let Some(entry) = &finding.entry {
        fact(ui, &mut page, Pictogram::Person, entry.name_masked.expose());
    }
    if let Some(number) = finding.number() {
        let words = say::ReceiptNumber { number: number.to_string().into() };
        let words = ui.say_alone(&words).main;
        let mut row = Column::new(page.take(1));
        row.take_left(6);
        let text = fitted(&words, row.rest().width);
        ui.line(row.rest(), &text, Align::Left, theme::QUIET_TEXT);
    }
    let times = match (&finding.entry, finding.claims) {
        (Some(entry), _) => Some(hours(entry.starts, entry.ends)),
        (None, Some(claims)) if claims.slot.date() == now.date() => {
            Some(crate::i18n::dates::clock(claims.slot))
        }
        (None, Some(claims)) => Some(when(ui, claims.slot)),
        (None, None) => None,
    };
    if let Some(times) = times {
        fact(ui, &mut page, Pictogram::Time, &times);
    }
    if let (Some(day), true) = (&desk.day, finding.entry.is_some()) {
        let vaccine = ui.say_alone(brand_name(day.list.site.brand)).main;
        fact(ui, &mut page, Pictogram::Dose, &vaccine);
        lot(ui, &mut page, desk);
    }
}

fn fact(ui: &mut Ui<'_>, page: &mut Column, pictogram: Pictogram, text: &str) {
    let mut row = Column::new(page.take(FACT));
    ui.pictogram(row.take_left(4), pictogram, theme::TITLE);
    row.take_left(2);
    let text = fitted(text, row.rest().width);
    ui.heading(row.rest(), &text, Align::Left, theme::TITLE);
}

fn lot(ui: &mut Ui<'_>, page: &mut Column, desk: &SiteDesk) {
    let (words, style) = match &desk.lot {
        Some(lot) => {
            let lot = lot.as_str().into();
            (ui.say_alone(&say::DeskLotSet { lot }).main, theme::QUIET_TEXT)
        }
        None => (ui.say_alone(&say::DeskNoLot).main, theme::QUIET_TEXT),
    };
    let row = page.take(1);
    let mut row = Column::new(row);
    row.take_left(6);
    let text = fitted(&words, row.rest().width);
    ui.line(row.rest(), &text, Align::Left, style);
}

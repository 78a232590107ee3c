//! A day in figures as a table: an hour a row, with who was booked, came, was vaccinated and was
//! absent.

use crate::api::attendance::SlotFigures;
use crate::i18n::fitted::fitted;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// What stands above the columns.
pub fn heads(ui: &Ui<'_>) -> [String; 5] {
    let heads: [&dyn Message; 5] = [
        &say::DeskFiguresHour,
        &say::DeskFiguresBooked,
        &say::DeskFiguresCame,
        &say::DeskFiguresVaccinated,
        &say::DeskFiguresAbsent,
    ];
    heads.map(|message| ui.say_alone(message).main)
}

pub fn cells(head: String, figures: &SlotFigures) -> [String; 5] {
    let [booked, came, vaccinated, absent] =
        [figures.booked, figures.came, figures.vaccinated, figures.absent].map(|n| n.to_string());
    [head, booked, came, vaccinated, absent]
}

pub fn row(ui: &mut Ui<'_>, area: Rect, cells: &[String; 5], style: Style) {
    let mut row = Column::new(area);
    let width = area.width / 5;
    for (at, text) in cells.iter().enumerate() {
        let place = row.take_left(width);
        let align = if at == 0 { Align::Left } else { Align::Right };
        ui.line(place, &fitted(text, width.saturating_sub(1)), align, style);
    }
}

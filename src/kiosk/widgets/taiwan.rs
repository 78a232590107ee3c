//! A map of Taiwan made of its 368 districts' centroids, one county marked. The far islands are
//! drawn nearer, as on any map of the post office.

use super::ui::Ui;
use crate::domain::region::{CountyIndex, District, districts};
use crate::kiosk::theme;
use ratatui::layout::Rect;
use ratatui::symbols::Marker;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Points};

/// Degrees.
const WEST: f64 = 119.2;
const EAST: f64 = 122.1;
const SOUTH: f64 = 21.8;
const NORTH: f64 = 25.5;

/// Kinmen and Matsu lie off the map: they are moved to its western edge.
fn place(district: &District) -> (f64, f64) {
    match district.county.county().en {
        "Kinmen County" => (district.lon + 1.05, district.lat),
        "Lienchiang County" => (district.lon - 0.6, district.lat - 0.95),
        _ => (district.lon, district.lat),
    }
}

/// Draws the map with the districts of `chosen` marked.
pub fn draw(ui: &mut Ui<'_>, area: Rect, chosen: Option<CountyIndex>) {
    let points = |marked: bool| {
        let of = districts().filter(move |district| (Some(district.county) == chosen) == marked);
        of.map(place).collect::<Vec<_>>()
    };
    let (others, marked) = (points(false), points(true));
    Canvas::default()
        .marker(Marker::Braille)
        .background_color(theme::PLAIN.bg.unwrap_or_default())
        .x_bounds([WEST, EAST])
        .y_bounds([SOUTH, NORTH])
        .paint(|context| {
            context.draw(&Points { coords: &others, color: theme::MAP });
            context.layer();
            for (x, y) in &marked {
                context.print(
                    *x,
                    *y,
                    ratatui::text::Span::styled("●", theme::PLAIN.fg(theme::MAP_CHOSEN)),
                );
            }
        })
        .render(area, ui.buffer);
}

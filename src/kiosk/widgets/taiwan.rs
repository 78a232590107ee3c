//! A map of Taiwan in cells: each quarter of a cell has the colour of the county that lies there,
//! and a finger on a cell does what the county's tile does.

use super::ui::Ui;
use crate::domain::outline::{NORTH, SOUTH, WIDTH, county_at};
use crate::domain::region::CountyIndex;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

/// What fills which quarters: upper left 1, upper right 2, lower left 4, lower right 8.
const QUARTERS: [&str; 16] =
    [" ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█"];

/// Draws the map as large as the area allows; `colour` is a county's, `is_open` whether a finger on
/// it chooses it.
pub fn draw(
    ui: &mut Ui<'_>,
    area: Rect,
    colour: impl Fn(CountyIndex) -> Color,
    is_open: impl Fn(CountyIndex) -> bool,
) {
    let area = area.intersection(ui.buffer.area);
    if area.is_empty() {
        return;
    }
    ui.fill(area, theme::PLAIN);
    // A cell is twice as high as wide, so a quarter of it is too.
    let by_height = (NORTH - SOUTH) / f64::from(2 * area.height);
    let step = by_height.max(WIDTH / f64::from(area.width));
    for y in 0..area.height {
        for x in 0..area.width {
            let quarter = |right: u16, low: u16| {
                let east = (f64::from(2 * x + right) + 0.5) * step / 2.0;
                let lat = NORTH - (f64::from(2 * y + low) + 0.5) * step;
                county_at(east, lat, step * 0.6)
            };
            let quarters = [quarter(0, 0), quarter(1, 0), quarter(0, 1), quarter(1, 1)];
            let at = Rect::new(area.x + x, area.y + y, 1, 1);
            draw_cell(ui, at, quarters.map(|county| county.map(&colour)));
            if let Some(county) = commonest(quarters).filter(|county| is_open(*county)) {
                ui.targets.record_also(at, ScreenAction::Pick(county.0).into());
            }
        }
    }
}

/// The county of most quarters.
fn commonest(quarters: [Option<CountyIndex>; 4]) -> Option<CountyIndex> {
    let count = |county: &CountyIndex| quarters.iter().filter(|q| **q == Some(*county)).count();
    quarters.iter().flatten().copied().max_by_key(count)
}

/// A cell has two colours at most: the first of its counties, and the sea or the next of them.
fn draw_cell(ui: &mut Ui<'_>, at: Rect, quarters: [Option<Color>; 4]) {
    let Some(ink) = quarters.iter().flatten().next().copied() else { return };
    let shape = (0..4).filter(|bit| quarters[*bit] == Some(ink)).map(|bit| 1 << bit).sum::<usize>();
    let has_sea = quarters.iter().any(Option::is_none);
    let other = quarters.iter().flatten().find(|colour| **colour != ink);
    let (shape, ground) = match other {
        // Land is not made sea: both counties have the first one's colour.
        Some(_) if has_sea => {
            ((0..4).filter(|bit| quarters[*bit].is_some()).map(|bit| 1 << bit).sum(), theme::page())
        }
        Some(other) => (shape, *other),
        None => (shape, theme::page()),
    };
    let cell = &mut ui.buffer[(at.x, at.y)];
    cell.set_symbol(QUARTERS[shape]);
    cell.set_style(Style::new().fg(ink).bg(ground));
}

//! A map of Taiwan in cells: each quarter of a cell has the colour of the county that lies there,
//! and a finger on a cell does what the county's tile does.

use super::column::middle;
use super::graphic::{Figure, Map};
use super::size_class::SizeClass;
use super::ui::Ui;
use crate::domain::outline::{NORTH, SOUTH, WIDTH, county_at};
use crate::domain::region::{CountyIndex, counties};
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

/// What fills which quarters: upper left 1, upper right 2, lower left 4, lower right 8.
const QUARTERS: [&str; 16] =
    [" ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█"];

/// Draws the map as large as the area allows; `fill` is a county's colour, `is_open` whether a
/// finger on it chooses it. In cells the county that has the focus is filled like a main button.
pub fn draw(
    ui: &mut Ui<'_>,
    area: Rect,
    focused: CountyIndex,
    fill: impl Fn(CountyIndex) -> Color,
    is_open: impl Fn(CountyIndex) -> bool,
) {
    let area = area.intersection(ui.buffer.area);
    if area.is_empty() {
        return;
    }
    ui.fill(area, theme::PLAIN);
    let colour = |county| match county == focused {
        true => theme::MAIN_BUTTON.bg.unwrap_or_default(),
        false => fill(county),
    };
    let (area, across, down) = scale(ui, area);
    for y in 0..area.height {
        for x in 0..area.width {
            let quarter = |right: u16, low: u16| {
                let east = (f64::from(2 * x + right) + 0.5) * across / 2.0;
                let lat = NORTH - (f64::from(2 * y + low) + 0.5) * down / 2.0;
                county_at(east, lat, down * 0.3)
            };
            let quarters = [quarter(0, 0), quarter(1, 0), quarter(0, 1), quarter(1, 1)];
            let at = Rect::new(area.x + x, area.y + y, 1, 1);
            draw_cell(ui, at, quarters.map(|county| county.map(&colour)));
            if let Some(county) = commonest(quarters).filter(|county| is_open(*county)) {
                ui.targets.record_also(at, ScreenAction::Pick(county.0).into());
            }
        }
    }
    if ui.has_pictures {
        let map =
            Map { fills: (0..counties().len()).map(CountyIndex).map(&fill).collect(), focused };
        let colours = (theme::TITLE.fg.unwrap_or_default(), theme::page());
        let is_it = |figure: &Figure| matches!(figure, Figure::Map(seen) if *seen == map);
        ui.graphics.record(area, colours, is_it, || Figure::Map(map.clone()));
    }
}

/// Where the map stands, and how many degrees of latitude a cell is wide and high. Cells alone are
/// taken as twice as high as wide. A picture fills all of its area, which has the map's proportions
/// in the cells of the kiosk's type: the finger finds what the eye sees.
fn scale(ui: &Ui<'_>, area: Rect) -> (Rect, f64, f64) {
    let (height, width) = (f64::from(area.height), f64::from(area.width));
    if !ui.has_pictures {
        let down = ((NORTH - SOUTH) / height).max(2.0 * WIDTH / width);
        return (area, down / 2.0, down);
    }
    let high = match SizeClass::of(ui.buffer.area) {
        SizeClass::Upright | SizeClass::Compact => 8.0 / 3.0,
        SizeClass::Standard => 12.0 / 5.0,
        SizeClass::Wide => 9.0 / 5.0,
    };
    let columns_a_row = high * WIDTH / (NORTH - SOUTH);
    let columns = (height * columns_a_row).min(width).round();
    let rows = (columns / columns_a_row).min(height).round();
    let place = Rect { height: rows as u16, ..middle(area, columns as u16, area.height) };
    (place, WIDTH / columns, (NORTH - SOUTH) / rows)
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

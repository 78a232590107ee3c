//! Many tiles on pages: in columns, with one column and row of the page between, the last of which
//! turns the page where there are more.

use super::size_class::SizeClass;
use super::tile::Tile;
use super::ui::Ui;
use ratatui::layout::Rect;

/// Where each tile of a page stands.
pub struct TileGrid {
    area: Rect,
    columns: u16,
    rows: u16,
    height: u16,
}

impl TileGrid {
    pub fn of(ui: &Ui<'_>, area: Rect) -> Self {
        let columns = match SizeClass::of(ui.buffer.area) {
            SizeClass::Upright => 3,
            SizeClass::Compact | SizeClass::Standard => 5,
            SizeClass::Wide => 6,
        };
        let least = Tile::rows(ui.bilingual) + 1;
        let rows = ((area.height + 1) / least).clamp(1, 8);
        let height = ((area.height + 1) / rows - 1).min(least + 1);
        Self { area, columns, rows, height }
    }

    pub fn cells(&self) -> usize {
        usize::from(self.columns * self.rows)
    }

    /// How many districts a page has, if there are so many.
    pub fn a_page(&self, count: usize) -> usize {
        if count <= self.cells() { self.cells() } else { self.cells() - 1 }
    }

    pub fn pages(&self, count: usize) -> usize {
        count.div_ceil(self.a_page(count)).max(1)
    }

    pub fn width(&self) -> u16 {
        (self.area.width + 1) / self.columns - 1
    }

    pub fn cell(&self, at: usize) -> Rect {
        let (column, row) = (at as u16 % self.columns, at as u16 / self.columns);
        let x = self.area.x + column * (self.width() + 1);
        let y = self.area.y + row * (self.height + 1);
        Rect::new(x, y, self.width(), self.height)
    }
}

//! A trainee's screen as it is now, cell by cell. Where it has no room it is moved by the arrows;
//! where there is room beside it, what they did before stands there.

use super::pen::Pen;
use crate::classroom::console::seat::Seat;
use crate::i18n::messages as say;
use crate::kiosk::theme;
use ratatui::layout::Rect;

/// Columns beside the screen from which on results are shown there.
const BESIDE: u16 = 24;

/// Returns how far the screen is moved, which is never beyond its end.
pub fn draw(pen: &mut Pen<'_>, area: Rect, seat: &Seat, (right, down): (u16, u16)) -> (u16, u16) {
    let Some(screen) = &seat.screen else {
        let words = pen.say(&say::TrainerNoScreen);
        let place = Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: 2 };
        pen.lines(place, &words);
        return (0, 0);
    };
    let (columns, rows) = (screen.area.width.min(area.width), screen.area.height.min(area.height));
    let from = |moved: u16, all: u16, shown: u16| moved.min(all - shown);
    let (left, top) =
        (from(right, screen.area.width, columns), from(down, screen.area.height, rows));
    for y in 0..rows {
        for x in 0..columns {
            let cell = &screen[(left + x, top + y)];
            let mut shown = cell.clone();
            // A wide sign whose other half is not shown would push the row.
            if x + 1 == columns && unicode_width::UnicodeWidthStr::width(cell.symbol()) > 1 {
                shown.set_symbol(" ");
            }
            pen.buffer[(area.x + x, area.y + y)] = shown;
        }
    }
    let rest =
        Rect { x: area.x + columns + 1, width: area.width.saturating_sub(columns + 2), ..area };
    if rest.width >= BESIDE {
        results(pen, rest, seat);
    }
    (left, top)
}

/// The trainee's results, the newest first.
fn results(pen: &mut Pen<'_>, area: Rect, seat: &Seat) {
    let title = pen.say(&say::TrainerResults);
    let mut rows = area.rows();
    if let Some(row) = rows.next() {
        pen.shortened(row, &title, theme::TITLE);
    }
    for (kept, row) in seat.results.iter().rev().zip(rows) {
        let sign = if kept.result.passed { "✓" } else { "✗" };
        let text = format!("{sign} {:>3} {}", kept.result.score, kept.result.title);
        pen.shortened(row, &text, theme::PLAIN);
    }
}

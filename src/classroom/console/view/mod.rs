//! The console's pages: the list of trainees or one of their screens, between a row that says which
//! room it is and the keys that do something.

mod bars;
mod dialogs;
mod list;
mod live;
mod pen;

use super::{Console, Key, Page};
use crate::i18n::messages as say;
use crate::i18n::texts::Texts;
use pen::Pen;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The least that every page fits into.
const LEAST: (u16, u16) = (80, 24);

/// What a click does where it lands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spot {
    Key(Key),
    /// A row of the list.
    Row(usize),
    /// A choice of what lies over the page.
    Choice(usize),
}

/// Where a click does something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Touch {
    pub area: Rect,
    pub spot: Spot,
}

/// Draws the whole screen. Returns the texts of ours that had no room: none at a size that is
/// large enough. What trainees call themselves and do is shortened, and does not count.
pub fn draw(console: &mut Console, texts: &Texts, buffer: &mut Buffer) -> Vec<String> {
    let mut touches = std::mem::take(&mut console.touches);
    touches.clear();
    let area = buffer.area;
    let mut pen = Pen::new(buffer, texts, console.setting.language, &mut touches);
    pen.clear(area);
    let mut moved = None;
    if area.width < LEAST.0 || area.height < LEAST.1 {
        let words = say::TooSmall { columns: LEAST.0.into(), rows: LEAST.1.into() };
        let words = pen.say(&words);
        pen.lines(area, &words);
    } else {
        moved = draw_page(console, &mut pen, area);
    }
    let cut_off = pen.cut_off;
    console.touches = touches;
    if let (Page::Live { moved, .. }, Some(drawn)) = (&mut console.page, moved) {
        *moved = drawn;
    }
    cut_off
}

/// Returns how far a live screen is moved, which is never beyond its end.
fn draw_page(console: &Console, pen: &mut Pen<'_>, area: Rect) -> Option<(u16, u16)> {
    let mut shown = None;
    let header = Rect { height: 1, ..area };
    let below = bars::keys(console, pen, area);
    let body = Rect { y: area.y + 1, height: area.height - 1 - below, ..area };
    match console.page {
        Page::List => {
            bars::room(console, pen, header);
            list::draw(console, pen, body);
        }
        Page::Live { seat, moved } => {
            if let Some(seat) = console.room.seat(seat) {
                bars::trainee(pen, header, seat);
                shown = Some(live::draw(pen, body, seat, moved));
            }
        }
    }
    if let Some(dialog) = &console.dialog {
        // What is beneath it cannot be clicked.
        pen.forget_touches();
        dialogs::draw(console, pen, body, dialog);
    }
    shown
}

//! What the terminal shows besides plain cells: its colours, and pictures over the cells.

use super::colours::{ColourDepth, reduce};
use super::pictures::{Pictures, Surface};
use crate::kiosk::widgets::graphic::Graphic;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::io::{self, Write};

/// What the terminal can show. By default all colours and no pictures.
#[derive(Default)]
pub struct Display {
    colours: ColourDepth,
    pictures: Option<Pictures>,
}

impl Display {
    /// `has_pictures` if the terminal knows kitty's graphics protocol.
    pub fn new(colours: ColourDepth, has_pictures: bool) -> Self {
        Self { colours, pictures: has_pictures.then(Pictures::default) }
    }

    /// Whether it shows pictures.
    pub(super) fn has_pictures(&self) -> bool {
        self.pictures.is_some() && cell().is_some()
    }

    pub(super) fn reduce_colours(&self, buffer: &mut Buffer) {
        reduce(buffer, self.colours);
    }

    /// Lays the pictures over the frame that was just written. A terminal that does not tell its
    /// size in dots shows none.
    pub(super) fn show_pictures(&mut self, graphics: &[Graphic], screen: Rect, in_visit: bool) {
        let (Some(pictures), Some(cell)) = (&mut self.pictures, cell()) else { return };
        let surface = Surface { screen, cell, in_visit };
        write(pictures.take_away(graphics, surface));
        write(pictures.update(graphics, surface));
    }
}

/// That writing fails is found with the next frame.
fn write(sequences: &[u8]) {
    if !sequences.is_empty() {
        let mut out = io::stdout();
        let _ = out.write_all(sequences).and_then(|()| out.flush());
    }
}

/// Dots of a cell, across and down, if the terminal tells them.
fn cell() -> Option<(u16, u16)> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    let dots = |dots: u16, cells: u16| dots.checked_div(cells).filter(|dots| *dots > 0);
    Some((dots(size.ws_xpixel, size.ws_col)?, dots(size.ws_ypixel, size.ws_row)?))
}

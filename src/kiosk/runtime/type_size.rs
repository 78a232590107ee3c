//! How large the terminal's type is: the panel's cells as the screens are made for, and larger at a
//! press. Asked of the terminal itself, where it can be asked; what is drawn is not known here.

use crate::kiosk::screens::too_small::is_too_small;
use crossterm::terminal::{WindowSize, window_size};
use ratatui::layout::Rect;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError, TryLockError};

/// Terminals that can be asked for another size of type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// By its remote control, which its settings must allow.
    Kitty,
    Xterm,
}

/// Larger is a fifth larger.
const GROWS: f64 = 0.2;
/// Cells that the screens are made for, with room for larger type: on a lying panel and on a
/// standing one.
const LYING: (f64, f64) = (100.0, 32.0);
const STANDING: (f64, f64) = (74.0, 50.0);
/// Pixels of a cell's height for each point of its type, about.
const PIXELS_A_POINT: f64 = 1.65;

struct TypeSize {
    kind: Option<Kind>,
    fits_panel: bool,
    larger: bool,
    /// The window's size in pixels for which the type was last fitted.
    fitted: Option<(u16, u16)>,
    /// Points; 0 is what the terminal's settings say.
    usual: f64,
}

/// The terminal has one size of type, and a panic's hook must give it back.
static NOW: Mutex<TypeSize> =
    Mutex::new(TypeSize { kind: None, fits_panel: false, larger: false, fitted: None, usual: 0.0 });

/// Before the first frame: `kind` when the terminal can be asked; `fits_panel` when the whole panel
/// is the kiosk's, and the type is to fit it.
pub fn begin(kind: Option<Kind>, fits_panel: bool) {
    with(|now| {
        (now.kind, now.fits_panel) = (kind, fits_panel);
        now.fit();
    });
}

/// Larger type, or the usual one. A terminal that cannot, or has no room, stays as it is.
pub fn larger(larger: bool) {
    with(|now| now.set_larger(larger));
}

/// After a change of the window's size: when larger type has left no room for the kiosk it goes
/// back, and another panel is fitted anew.
pub fn resized() {
    with(|now| {
        if now.larger
            && window_size()
                .is_ok_and(|size| is_too_small(Rect::new(0, 0, size.columns, size.rows)))
        {
            now.set_larger(false);
        }
        now.fit();
    });
}

/// As the terminal's settings have it. Also after a panic, which may have come from here: then
/// nothing is asked.
pub fn give_back() {
    let mut now = match NOW.try_lock() {
        Ok(now) => now,
        Err(TryLockError::Poisoned(now)) => now.into_inner(),
        Err(TryLockError::WouldBlock) => return,
    };
    now.usual = 0.0;
    if now.fitted.take().is_some() {
        now.larger = false;
        say(&kitty("\"size\":0"));
    }
    now.set_larger(false);
}

fn with(change: impl FnOnce(&mut TypeSize)) {
    change(&mut NOW.lock().unwrap_or_else(PoisonError::into_inner));
}

impl TypeSize {
    fn set_larger(&mut self, larger: bool) {
        let (Some(kind), Ok(size)) = (self.kind, window_size()) else { return };
        if self.larger == larger || (larger && !has_room(&size)) {
            return;
        }
        self.larger = larger;
        // xterm's control sequences, OSC 50.
        say(&match (kind, larger) {
            (Kind::Xterm, true) => "\x1b]50;#+1\x07".into(),
            (Kind::Xterm, false) => "\x1b]50;#-1\x07".into(),
            (Kind::Kitty, true) => {
                let points = (f64::from(size.height) / f64::from(size.rows) / PIXELS_A_POINT
                    * GROWS)
                    .max(1.0);
                kitty(&format!("\"size\":{points:.1},\"increment_op\":\"+\""))
            }
            (Kind::Kitty, false) => kitty(&format!("\"size\":{:.1}", self.usual)),
        });
    }

    fn fit(&mut self) {
        let Ok(size) = window_size() else { return };
        let panel = (size.width, size.height);
        let wanted = self.fits_panel
            && self.kind == Some(Kind::Kitty)
            && !self.larger
            && self.fitted != Some(panel);
        let Some(points) = fitting(&size).filter(|_| wanted) else { return };
        (self.fitted, self.usual) = (Some(panel), points);
        say(&kitty(&format!("\"size\":{points:.1}")));
    }
}

/// The size of type, in points, with which a panel has the cells that the screens are made for.
/// `None` if the terminal does not tell its size in pixels.
fn fitting(size: &WindowSize) -> Option<f64> {
    if [size.width, size.height, size.columns, size.rows].contains(&0) {
        return None;
    }
    let (columns, rows) = if size.width >= size.height { LYING } else { STANDING };
    let [width, height] = [size.width, size.height].map(f64::from);
    let (cell_width, cell_height) =
        (width / f64::from(size.columns), height / f64::from(size.rows));
    let scale = (width / columns / cell_width).min(height / rows / cell_height);
    Some((cell_height * scale / PIXELS_A_POINT * 2.0).floor() / 2.0)
}

fn has_room(size: &WindowSize) -> bool {
    let then = |cells: u16| (f64::from(cells) / (1.0 + GROWS)) as u16;
    !is_too_small(Rect::new(0, 0, then(size.columns), then(size.rows)))
}

/// The control sequence of kitty that sets the size of type
/// (<https://sw.kovidgoyal.net/kitty/rc_protocol/>).
fn kitty(change: &str) -> String {
    format!(
        "\x1bP@kitty-cmd{{\"cmd\":\"set-font-size\",\"version\":[0,14,2],\"no_response\":true,\
         \"payload\":{{{change},\"all\":true}}}}\x1b\\"
    )
}

fn say(sequence: &str) {
    let mut out = io::stdout();
    let _ = out.write_all(sequence.as_bytes());
    let _ = out.flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(width: u16, height: u16, columns: u16, rows: u16) -> WindowSize {
        WindowSize { width, height, columns, rows }
    }

    #[test]
    fn panels_of_every_size_get_the_cells_that_screens_are_made_for() {
        for (width, height, least) in [
            (1920, 1080, 100),
            (1280, 720, 100),
            (1366, 768, 100),
            (1024, 600, 100),
            (1080, 1920, 74),
        ] {
            // kitty at 12 points: cells of 10x19 pixels.
            let points = fitting(&window(width, height, width / 10, height / 19)).unwrap();
            let columns = f64::from(width) / (10.0 * points / 12.0);
            assert!(
                (1.0..1.25).contains(&(columns / f64::from(least))),
                "{width}x{height}: {columns} columns at {points} points"
            );
        }
        assert_eq!(fitting(&window(0, 0, 80, 24)), None, "a terminal that does not tell");
    }

    #[test]
    fn larger_type_leaves_room_for_the_kiosk() {
        assert!(has_room(&window(0, 0, 100, 32)));
        assert!(has_room(&window(0, 0, 74, 66)));
        assert!(!has_room(&window(0, 0, 80, 24)));
        assert!(!has_room(&window(0, 0, 60, 50)));
    }
}

//! How large the terminal's type is: the panel's cells as the screens are made for, and larger at a
//! press. Asked of the terminal itself, where it can be asked; what is drawn is not known here.

use crate::kiosk::model::clearer::Clearer;
use crate::kiosk::screens::too_small::{LANDSCAPE, PORTRAIT, can_turn_pages, is_too_small};
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

/// By how many half points larger type steps back before it is given up.
const MOST_STEPS: u8 = 4;
/// Less than this is not worth a change of every line.
const LEAST: f64 = 1.1;
/// The size in the kiosk's own `kitty.conf`, in points. Pixels of a cell are measured with it, so
/// that no font's proportions have to be known here.
const CONFIGURED: f64 = 12.0;
/// Pixels of a cell's width for each point, in a terminal whose settings are not ours: fonts of one
/// width are 0.6 em wide, and a point is 4/3 pixels at 96 dots an inch.
const PIXELS_A_POINT: f64 = 0.8;

struct TypeSize {
    kind: Option<Kind>,
    fits_panel: bool,
    clearer: Clearer,
    /// The window's size in pixels for which the type was last fitted.
    fitted: Option<(u16, u16)>,
    /// Points; 0 is what the terminal's settings say.
    usual: f64,
    /// Points that the terminal's settings say, about, when larger type was asked for.
    assumed: f64,
    /// Half points by which larger type is smaller than asked for, so that its rows have room:
    /// cells are whole pixels high, and twice the points may be a pixel more than twice the cell.
    smaller: u8,
    /// The window's columns and rows when another size was last asked for.
    asked: Option<(u16, u16)>,
}

/// The terminal has one size of type, and a panic's hook must give it back.
static NOW: Mutex<TypeSize> = Mutex::new(TypeSize {
    kind: None,
    fits_panel: false,
    clearer: Clearer::Off,
    fitted: None,
    usual: 0.0,
    assumed: 0.0,
    smaller: 0,
    asked: None,
});

/// Before the first frame: `kind` when the terminal can be asked; `fits_panel` when the whole panel
/// is the kiosk's, and the type is to fit it.
pub fn begin(kind: Option<Kind>, fits_panel: bool) {
    with(|now| {
        (now.kind, now.fits_panel) = (kind, fits_panel);
        now.fit();
    });
}

/// Whether the terminal has type of one and a half times and twice the size.
pub fn enlarges() -> bool {
    NOW.lock().unwrap_or_else(PoisonError::into_inner).kind == Some(Kind::Kitty)
}

/// Larger type, or the usual one. A terminal that cannot, or has no room, stays as it is.
pub fn set(clearer: Clearer) {
    with(|now| now.set(clearer));
}

/// After a change of the window's size: when larger type has left no room for the kiosk it goes
/// back, and another panel is fitted anew.
pub fn resized() {
    with(|now| {
        let has_room = |size: WindowSize| {
            let area = Rect::new(0, 0, size.columns, size.rows);
            !is_too_small(area) || now.kind == Some(Kind::Kitty) && can_turn_pages(area)
        };
        if now.clearer.is_on() && window_size().is_ok_and(|size| !has_room(size)) {
            if now.kind == Some(Kind::Kitty) && now.smaller < MOST_STEPS {
                now.smaller += 1;
                now.ask_kitty();
            } else {
                now.set(Clearer::Off);
            }
            // What the window has now is of the type that goes.
            return;
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
    let is_larger = now.kind == Some(Kind::Kitty) && now.clearer.is_on();
    if now.fitted.take().is_some() || is_larger {
        now.clearer = Clearer::Off;
        say(&kitty("\"size\":0"));
    }
    now.set(Clearer::Off);
}

fn with(change: impl FnOnce(&mut TypeSize)) {
    change(&mut NOW.lock().unwrap_or_else(PoisonError::into_inner));
}

impl TypeSize {
    fn set(&mut self, clearer: Clearer) {
        let (Some(kind), Ok(size)) = (self.kind, window_size()) else { return };
        let before = std::mem::replace(&mut self.clearer, clearer);
        if before == clearer {
            return;
        }
        match kind {
            Kind::Xterm if clearer.is_on() && growth(&size) < LEAST => self.clearer = Clearer::Off,
            // xterm's control sequences, OSC 50.
            Kind::Xterm if clearer.is_on() => say("\x1b]50;#+1\x07"),
            Kind::Xterm => say("\x1b]50;#-1\x07"),
            Kind::Kitty => {
                // Where the panel was not fitted the size is not known: it is what the cells have.
                if self.assumed == 0.0 && !before.is_on() {
                    let points = f64::from(size.width) / f64::from(size.columns) / PIXELS_A_POINT;
                    let is_told = size.width > 0 && size.columns > 0;
                    self.assumed = if is_told { half_points(points) } else { CONFIGURED };
                }
                self.smaller = 0;
                self.ask_kitty();
            }
        }
    }

    fn ask_kitty(&mut self) {
        self.asked = window_size().ok().map(|size| (size.columns, size.rows));
        let points = if self.usual > 0.0 { self.usual } else { self.assumed };
        let points = match times(self.clearer) {
            1.0 => self.usual,
            times => half_points(points * times) - f64::from(self.smaller) / 2.0,
        };
        say(&kitty(&format!("\"size\":{points:.1}")));
    }

    fn fit(&mut self) {
        let Ok(size) = window_size() else { return };
        // The terminal has not done yet what it was asked for.
        if self.asked == Some((size.columns, size.rows)) {
            return;
        }
        self.asked = None;
        if !self.fits_panel || self.kind != Some(Kind::Kitty) || self.clearer.is_on() {
            return;
        }
        let now = if self.usual > 0.0 { self.usual } else { CONFIGURED };
        let Some(points) = fitting(&size, now) else { return };
        // A window's pixels are those of its cells, so they change by less than a cell with the
        // type. On the same panel the type only gets smaller: it must not swing between two sizes.
        let panel = (size.width, size.height);
        let same = self.fitted.is_some_and(|before| is_about(before, panel));
        if points == self.usual || (same && points > self.usual) {
            return;
        }
        (self.fitted, self.usual) = (Some(panel), points);
        say(&kitty(&format!("\"size\":{points:.1}")));
    }
}

/// Whether two sizes in pixels differ by less than a cell of the largest type.
fn is_about(a: (u16, u16), b: (u16, u16)) -> bool {
    a.0.abs_diff(b.0) < 64 && a.1.abs_diff(b.1) < 128
}

/// The largest type, in points, with which a panel has the cells that every screen fits into, by
/// the pixels that cells have `now`. `None` if the terminal does not tell its size in pixels.
fn fitting(size: &WindowSize, now: f64) -> Option<f64> {
    if [size.width, size.height, size.columns, size.rows].contains(&0) {
        return None;
    }
    let least = if size.width >= size.height { LANDSCAPE } else { PORTRAIT };
    let times = |pixels: u16, cells: u16, least: u16| {
        let cell = (f64::from(pixels) / f64::from(cells)).floor();
        f64::from(pixels) / f64::from(least) / cell
    };
    let across = times(size.width, size.columns, least.0);
    let down = times(size.height, size.rows, least.1);
    Some(half_points(now * across.min(down)))
}

/// How many times the usual size.
fn times(clearer: Clearer) -> f64 {
    match clearer {
        Clearer::Off | Clearer::Contrast => 1.0,
        Clearer::Larger => 1.5,
        Clearer::Largest => 2.0,
    }
}

/// How many times larger type can be with every screen still fitting.
fn growth(size: &WindowSize) -> f64 {
    let times = |least: (u16, u16)| {
        let across = f64::from(size.columns) / f64::from(least.0);
        across.min(f64::from(size.rows) / f64::from(least.1))
    };
    times(LANDSCAPE).max(times(PORTRAIT))
}

fn half_points(points: f64) -> f64 {
    (points * 2.0).floor() / 2.0
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
    fn type_is_as_large_as_leaves_the_cells_that_every_screen_fits_into() {
        for (width, height, expected) in [
            (1024, 768, 15.0),
            (1280, 800, 15.5),
            (1920, 1080, 21.5),
            (1080, 1920, 21.5),
            (1366, 768, 15.0),
        ] {
            // kitty at 12 points with JetBrains Mono and rows of 118 %: cells of 10x25 pixels.
            let points = fitting(&window(width, height, width / 10, height / 25), 12.0).unwrap();
            let near = (points - expected).abs() <= 0.5;
            assert!(near, "{width}x{height}: {points} points, measured {expected}");
        }
        assert_eq!(fitting(&window(0, 0, 80, 24), 12.0), None, "a terminal that does not tell");
        assert_eq!(fitting(&window(1020, 768, 85, 24), 15.0), Some(15.0), "it stays");
        assert!(fitting(&window(1020, 759, 78, 23), 15.5).unwrap() < 15.5, "too large goes back");
    }

    #[test]
    fn larger_type_leaves_room_for_the_kiosk() {
        assert!(growth(&window(0, 0, 100, 32)) >= 1.25);
        assert_eq!(growth(&window(0, 0, 160, 50)), 2.0);
        assert!(growth(&window(0, 0, 85, 24)) < LEAST);
        assert!(growth(&window(0, 0, 60, 40)) < LEAST);
    }
}

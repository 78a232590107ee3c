//! The built program in a real pseudo-terminal, as a person has it before them: keys, touches, what
//! is on the screen, its QR.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::disallowed_methods, reason = "a test that waits for a program measures time")]

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub const PATIENCE: Duration = Duration::from_secs(20);
/// Until somebody has seen a screen.
const SEEN: Duration = Duration::from_millis(400);
/// Until somebody has looked up from a number that they typed.
const LOOKED_UP: Duration = Duration::from_millis(1000);

pub fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).expect("a size")
}

/// A terminal with the program in it. Both end together.
pub struct Terminal {
    pub master: Box<dyn MasterPty + Send>,
    pub child: Box<dyn Child + Send + Sync>,
    pub keyboard: Box<dyn Write + Send>,
    pub screen: Arc<Mutex<vt100::Parser>>,
    pub raw: Arc<Mutex<Vec<u8>>>,
}

impl Terminal {
    pub fn run(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(cells(rows), cells(columns), 0)));
        let raw = Arc::new(Mutex::new(Vec::new()));
        let (shown, kept) = (Arc::clone(&screen), Arc::clone(&raw));
        std::thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                shown.lock().unwrap().process(&bytes[..count]);
                kept.lock().unwrap().extend_from_slice(&bytes[..count]);
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        Self { master: pair.master, child, keyboard, screen, raw }
    }

    pub fn demo(columns: u16, rows: u16) -> Self {
        Self::demo_at("convenience-store", columns, rows)
    }

    /// A training for a kiosk of this channel.
    pub fn demo_at(channel: &str, columns: u16, rows: u16) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vaxkiosk"));
        command.args(["demo", "--look-around", "--channel", channel]);
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        let mut terminal = Self::run(command, columns, rows);
        // Nobody comes to a kiosk sooner than it knows the round.
        terminal.wait_for("預約接種開放中");
        terminal
    }

    pub fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    pub fn wait_until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !done(self) {
            assert!(begun.elapsed() < PATIENCE, "waited for {what}, saw:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub fn wait_for(&mut self, text: &str) {
        self.wait_until(text, |terminal| terminal.text().contains(text));
    }

    /// As somebody types who has seen the screen: what comes sooner was meant for the one before.
    pub fn keys(&mut self, keys: &str) {
        std::thread::sleep(SEEN);
        let number = keys.len() >= 4 && keys.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !number {
            return self.types_at_once(keys);
        }
        // As fast as no fingers are it would be a scanner's.
        for key in keys.split_inclusive(|_| true) {
            self.types_at_once(key);
            std::thread::sleep(Duration::from_millis(60));
        }
        std::thread::sleep(LOOKED_UP);
    }

    fn types_at_once(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// As a scanner types, with its Enter; then a moment in which nobody has looked up yet.
    pub fn scans(&mut self, code: &str) {
        self.types_at_once(&format!("{code}\r"));
        std::thread::sleep(Duration::from_millis(300));
    }

    /// A frame comes in pieces: between them a text of the screen before may stand where nobody
    /// will find it.
    fn settle(&self) {
        let come = || self.raw.lock().unwrap().len();
        for _ in 0..25 {
            let before = come();
            std::thread::sleep(Duration::from_millis(40));
            if come() == before {
                return;
            }
        }
    }

    /// Touches the place where the text stands, as a finger does: a press, then a release.
    pub fn touch(&mut self, text: &str) {
        self.wait_for(text);
        self.settle();
        let (x, y) = self
            .place_of(text)
            .unwrap_or_else(|| panic!("{text} is on the screen:\n{}", self.text()));
        self.keys(&format!("\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"));
    }

    /// Column and row of the first cell of a text, counted from 1; in the header only when it is
    /// nowhere below.
    pub fn place_of(&self, text: &str) -> Option<(u16, u16)> {
        let parser = self.screen.lock().unwrap();
        let screen = parser.screen();
        let (rows, columns) = screen.size();
        let (rows, columns) = (rows.get(), columns.get());
        (2..rows).chain(0..2).find_map(|row| {
            (0..columns)
                .find(|column| {
                    screen.contents_between(row, *column, row, columns).starts_with(text)
                })
                .map(|column| (column + 1, row + 1))
        })
    }

    /// The QR on the screen, as a decoder reads it from the cells' colours.
    pub fn read_qr(&self) -> Option<String> {
        let parser = self.screen.lock().unwrap();
        let screen = parser.screen();
        let (rows, columns) = screen.size();
        let (rows, columns) = (rows.get(), columns.get());
        let dark = |x: u16, y: u16| {
            let Some(cell) = screen.cell(y / 2, x) else { return false };
            let colour = if y.is_multiple_of(2) { cell.fgcolor() } else { cell.bgcolor() };
            cell.contents() == "▀" && colour == vt100::Color::Rgb(0, 0, 0)
        };
        let (width, height) = (usize::from(columns) * 4, usize::from(rows) * 2 * 4);
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
            if dark((x / 4) as u16, (y / 4) as u16) { 0 } else { 255 }
        });
        image.detect_grids().first().and_then(|grid| grid.decode().ok()).map(|(_, text)| text)
    }

    pub fn wait_for_end(&mut self) -> u32 {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                std::thread::sleep(Duration::from_millis(100));
                return status.exit_code();
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub fn assert_given_back(&self) {
        let raw = String::from_utf8_lossy(&self.raw.lock().unwrap()).into_owned();
        for (on, off) in [
            ("\x1b[?1049h", "\x1b[?1049l"),
            ("\x1b[?1000h", "\x1b[?1000l"),
            ("\x1b[?25l", "\x1b[?25h"),
        ] {
            let (on, off) =
                (raw.rfind(on).expect("it was taken"), raw.rfind(off).expect("it was given back"));
            assert!(on < off);
        }
        let screen = self.screen.lock().unwrap();
        assert!(!screen.screen().alternate_screen() && !screen.screen().hide_cursor());
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

//! The terminal: taken for the kiosk, and always given back as it was: at the end, on an error and after a panic. What is drawn
//! into it is not known here.

use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, WindowSize, disable_raw_mode, enable_raw_mode, window_size,
};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use std::io::{self, BufWriter, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Once, OnceLock};

/// Presses and releases only, in SGR form: the many reports of a mouse that moves would wake the kiosk for nothing.
const TOUCH_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const TOUCH_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";

static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while the kiosk has it. Dropped, it is given back.
pub struct KioskTerminal {
    pub screen: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
}

impl KioskTerminal {
    /// Takes the terminal; `kind` when it can be asked for larger type.
    ///
    /// # Errors
    /// When standard output is no terminal, or does not do as it is told.
    pub fn take(kind: Option<Kind>) -> io::Result<Self> {
        if let Some(kind) = kind {
            let _ = KIND.set(kind);
        }
        give_back_on_panic();
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let mut out = io::stdout();
        execute!(out, EnterAlternateScreen, cursor::Hide)?;
        out.write_all(TOUCH_ON)?;
        out.flush()?;
        Ok(Self { screen: Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(64 * 1024, io::stdout())))? })
    }
}

impl Drop for KioskTerminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back, once. What cannot be undone is left: there is nobody to tell.
fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    larger_type(false);
    let mut out = io::stdout();
    let _ = out.write_all(TOUCH_OFF);
    // The last frame is wiped before the shell's screen comes back: some terminals keep the alternate screen in memory.
    let _ = execute!(
        out,
        crossterm::terminal::Clear(crossterm::terminal::ClearType::All),
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
    let _ = out.flush();
}

/// A panic in any thread ends the kiosk with its terminal restored. Only the place is told: a panic's message may quote what
/// somebody typed.
fn give_back_on_panic() {
    static SET: Once = Once::new();
    SET.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !TAKEN.load(Ordering::SeqCst) {
                before(panic);
                return;
            }
            give_back();
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(io::stderr(), "vaxkiosk: internal error at {place}");
            std::process::exit(101);
        }));
    });
}

/// Terminals that can be asked for larger type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// By its remote control, which its settings must allow.
    Kitty,
    Xterm,
}

/// A smaller screen has no room for larger type: it grows by a fifth, and 80x24 cells must be left.
const ROOM: (u16, u16) = (97, 29);
const GROWS: f64 = 0.2;
/// Pixels of a cell's height for each point of its type, about.
const PIXELS_A_POINT: f64 = 1.65;
static KIND: OnceLock<Kind> = OnceLock::new();
static USUAL: AtomicBool = AtomicBool::new(true);

/// Asks the terminal for larger type, or for its usual one. A terminal that cannot, or has no room, stays as it is.
pub fn larger_type(larger: bool) {
    let has_room = |size: &WindowSize| !larger || (size.columns >= ROOM.0 && size.rows >= ROOM.1);
    let (Some(kind), Some(size)) = (KIND.get().copied(), window_size().ok().filter(has_room)) else { return };
    if USUAL.swap(!larger, Ordering::SeqCst) == larger {
        let mut out = io::stdout();
        let _ = out.write_all(asking(kind, larger, f64::from(size.height) / f64::from(size.rows)).as_bytes());
        let _ = out.flush();
    }
}

/// After a change of size: when the larger type has left no room for the kiosk, it goes back.
pub fn keep_room() {
    if !USUAL.load(Ordering::SeqCst) && window_size().is_ok_and(|size| size.columns < 80 || size.rows < 24) {
        larger_type(false);
    }
}

fn asking(kind: Kind, larger: bool, cell: f64) -> String {
    // https://sw.kovidgoyal.net/kitty/rc_protocol/ (0: the size of its settings), and xterm's control sequences, OSC 50.
    let change = match (kind, larger) {
        (Kind::Xterm, true) => return "\x1b]50;#+1\x07".into(),
        (Kind::Xterm, false) => return "\x1b]50;#-1\x07".into(),
        (Kind::Kitty, true) => {
            format!("\"size\":{:.1},\"increment_op\":\"+\"", (cell / PIXELS_A_POINT * GROWS).max(1.0))
        }
        (Kind::Kitty, false) => "\"size\":0".into(),
    };
    let payload = format!("{{{change},\"all\":true}}");
    format!(
        "\x1bP@kitty-cmd{{\"cmd\":\"set-font-size\",\"version\":[0,14,2],\"no_response\":true,\"payload\":{payload}}}\x1b\\"
    )
}

/// The terminal's bell.
pub fn bell() {
    let mut out = io::stdout();
    let _ = out.write_all(b"\x07");
    let _ = out.flush();
}

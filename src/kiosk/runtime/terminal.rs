//! The terminal: taken for the kiosk, and always given back as it was: at the end, on an error and
//! after a panic. What is drawn into it is not known here.

use super::type_size;
use crossterm::event::{
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use std::io::{self, BufWriter, Stdout, Write};
use std::mem::ManuallyDrop;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

/// Presses and releases only, in SGR form: the many reports of a mouse that moves would wake the
/// kiosk for nothing.
const TOUCH_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const TOUCH_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// What kitty's keyboard protocol is asked for: that a key is held is told apart from a press, for
/// Enter too. That needs all keys as escape codes, and then signs typed with Shift, such as `*`,
/// need to be told as well. <https://sw.kovidgoyal.net/kitty/keyboard-protocol/>
const REPEATS_TOLD: KeyboardEnhancementFlags = KeyboardEnhancementFlags::REPORT_EVENT_TYPES
    .union(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES)
    .union(KeyboardEnhancementFlags::REPORT_ALL_KEYS_AS_ESCAPE_CODES)
    .union(KeyboardEnhancementFlags::REPORT_ALTERNATE_KEYS);

/// Whether the terminal was asked for it.
static ENHANCED: AtomicBool = AtomicBool::new(false);
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while the kiosk has it. Dropped, it is given back.
pub struct KioskTerminal {
    /// Never dropped: ratatui would show the cursor then, which is done here, and complain on the
    /// standard error where the terminal has been closed.
    pub screen: ManuallyDrop<Terminal<CrosstermBackend<BufWriter<Stdout>>>>,
}

impl KioskTerminal {
    /// Takes the terminal. `tells_repeats`: it knows kitty's keyboard protocol.
    ///
    /// # Errors
    /// When standard output is no terminal, or does not do as it is told.
    pub fn take(tells_repeats: bool) -> io::Result<Self> {
        give_back_on_panic();
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let mut out = io::stdout();
        execute!(out, EnterAlternateScreen, cursor::Hide)?;
        if tells_repeats {
            ENHANCED.store(true, Ordering::SeqCst);
            execute!(out, PushKeyboardEnhancementFlags(REPEATS_TOLD))?;
        }
        out.write_all(TOUCH_ON)?;
        out.flush()?;
        Ok(Self {
            screen: ManuallyDrop::new(Terminal::new(CrosstermBackend::new(
                BufWriter::with_capacity(64 * 1024, io::stdout()),
            ))?),
        })
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
    type_size::give_back();
    let mut out = io::stdout();
    let _ = out.write_all(TOUCH_OFF);
    // The alternate screen has flags of its own, so they are popped before it is left.
    if ENHANCED.swap(false, Ordering::SeqCst) {
        let _ = execute!(out, PopKeyboardEnhancementFlags);
    }
    // The last frame is wiped before the shell's screen comes back: some terminals keep the
    // alternate screen in memory.
    let _ = execute!(
        out,
        crossterm::terminal::Clear(crossterm::terminal::ClearType::All),
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
    let _ = out.flush();
}

/// A panic in any thread ends the kiosk with its terminal restored. Only the place is told: a
/// panic's message may quote what somebody typed.
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
            tracing::error!(place, "panic");
            let _ = writeln!(io::stderr(), "vaxkiosk: internal error at {place}");
            std::process::exit(101);
        }));
    });
}

/// The terminal's bell.
pub fn bell() {
    let mut out = io::stdout();
    let _ = out.write_all(b"\x07");
    let _ = out.flush();
}

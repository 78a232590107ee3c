//! What a kiosk and a training have in common: keys and signals of the terminal into the loop.

use crate::kiosk::runtime::{Happening, keys};
use std::sync::mpsc::SyncSender;

/// Blocks in the terminal's own wait, so that nothing wakes up while no key is pressed. It ends with the program.
pub fn listen_to_keys(to_loop: SyncSender<Happening>) {
    std::thread::spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            if let Some(input) = keys::input(&event)
                && to_loop.send(Happening::Input(input)).is_err()
            {
                return;
            }
        }
        // The terminal is gone: so is the kiosk.
        let _ = to_loop.send(Happening::Stop);
    });
}

/// The machine may stop the program; what a terminal sends for key chords does nothing.
///
/// # Errors
/// When the system does not hand signals over.
pub fn listen_to_signals(to_loop: SyncSender<Happening>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP])?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            if signal == SIGTERM || signal == SIGHUP {
                let _ = to_loop.send(Happening::Stop);
            }
        }
    });
    Ok(())
}

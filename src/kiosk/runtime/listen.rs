//! The first step of the loop: keys and signals of the terminal become its input.

use crate::kiosk::model::event::Event;
use crate::kiosk::runtime::wedge::{TAIL, Typed, Wedge, is_tail};
use crate::kiosk::runtime::{LoopInput, keys};
use std::sync::mpsc::SyncSender;

/// Blocks in the terminal's own wait, so that nothing wakes up while no key is pressed. It ends
/// with the program.
pub fn listen_to_keys(to_loop: SyncSender<LoopInput>) {
    std::thread::spawn(move || {
        let mut wedge = Wedge::default();
        while let Ok(event) = crossterm::event::read() {
            if !keys::tells(&event) {
                continue;
            }
            let mut typed = wedge.feed(event);
            while let Typed::Perhaps(patience) = typed {
                typed = match crossterm::event::poll(patience) {
                    Ok(true) => match crossterm::event::read() {
                        Ok(event) if !keys::tells(&event) => continue,
                        Ok(event) => wedge.feed(event),
                        Err(_) => wedge.silence(),
                    },
                    Ok(false) | Err(_) => wedge.silence(),
                };
            }
            let after_a_code = matches!(typed, Typed::Scanned(..));
            let input = |events: Vec<_>| {
                events.iter().filter_map(keys::input).map(LoopInput::Input).collect::<Vec<_>>()
            };
            let inputs = match typed {
                Typed::Keys(events) => input(events),
                Typed::Scanned(text, then) => {
                    std::iter::once(LoopInput::Event(Event::Scanned(text)))
                        .chain(input(then))
                        .collect()
                }
                Typed::Perhaps(_) => Vec::new(),
            };
            for input in inputs {
                if to_loop.send(input).is_err() {
                    return;
                }
            }
            while after_a_code && matches!(crossterm::event::poll(TAIL), Ok(true)) {
                let Ok(event) = crossterm::event::read() else { break };
                let other = (!is_tail(&event)).then(|| keys::input(&event)).flatten();
                if other.is_some_and(|input| to_loop.send(LoopInput::Input(input)).is_err()) {
                    return;
                }
            }
        }
        // The terminal is gone: so is the kiosk.
        let _ = to_loop.send(LoopInput::Stop);
    });
}

/// The machine may stop the program; what a terminal sends for key chords does nothing.
///
/// # Errors
/// When the system does not hand signals over.
pub fn listen_to_signals(to_loop: SyncSender<LoopInput>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let mut signals =
        signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP])?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            if signal == SIGTERM || signal == SIGHUP {
                let _ = to_loop.send(LoopInput::Stop);
            }
        }
    });
    Ok(())
}

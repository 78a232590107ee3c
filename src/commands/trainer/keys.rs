//! Keys and clicks of the trainer's terminal as events of the console.

use super::listen::Input;
use crate::classroom::console::{Event, Key};
use crossterm::event::{
    Event as TerminalEvent, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton,
    MouseEventKind,
};
use tokio::sync::mpsc::Sender;

/// Blocks in the terminal's own wait. It ends with the program.
pub fn listen_to_keys(to_loop: Sender<Input>) {
    std::thread::spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            let input = meant(&event).map(Input::Event);
            if input.is_some_and(|input| to_loop.blocking_send(input).is_err()) {
                return;
            }
        }
        // The terminal is gone: so is the console.
        let _ = to_loop.blocking_send(Input::Stop);
    });
}

/// What a terminal's event is; `None` for what the console has no use for.
fn meant(event: &TerminalEvent) -> Option<Event> {
    match event {
        TerminalEvent::Key(key) if key.kind != KeyEventKind::Release => key_of(key).map(Event::Key),
        TerminalEvent::Mouse(mouse) if mouse.kind == MouseEventKind::Down(MouseButton::Left) => {
            Some(Event::Click { x: mouse.column, y: mouse.row })
        }
        TerminalEvent::Resize(..) => Some(Event::Resized),
        TerminalEvent::Key(_)
        | TerminalEvent::Mouse(_)
        | TerminalEvent::FocusGained
        | TerminalEvent::FocusLost
        | TerminalEvent::Paste(_) => None,
    }
}

fn key_of(key: &KeyEvent) -> Option<Key> {
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return (key.code == KeyCode::Char('c')).then_some(Key::Interrupt);
    }
    if key.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    match key.code {
        KeyCode::Char(letter) => Some(Key::Letter(letter)),
        KeyCode::Enter => Some(Key::Enter),
        KeyCode::Esc => Some(Key::Escape),
        KeyCode::Backspace => Some(Key::Backspace),
        KeyCode::Up => Some(Key::Up),
        KeyCode::Down => Some(Key::Down),
        KeyCode::Left => Some(Key::Left),
        KeyCode::Right => Some(Key::Right),
        KeyCode::PageUp => Some(Key::PageUp),
        KeyCode::PageDown => Some(Key::PageDown),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(KeyCode::Char('m'), KeyModifiers::NONE, Some(Key::Letter('m')))]
    #[case(KeyCode::Char('訊'), KeyModifiers::NONE, Some(Key::Letter('訊')))]
    #[case(KeyCode::Char('c'), KeyModifiers::CONTROL, Some(Key::Interrupt))]
    #[case(KeyCode::Char('z'), KeyModifiers::CONTROL, None)]
    #[case(KeyCode::Char('x'), KeyModifiers::ALT, None)]
    #[case(KeyCode::F(1), KeyModifiers::NONE, None)]
    fn keys(#[case] code: KeyCode, #[case] modifiers: KeyModifiers, #[case] expected: Option<Key>) {
        assert_eq!(key_of(&KeyEvent::new(code, modifiers)), expected);
    }
}

//! Keys and touches of the terminal as inputs of the kiosk. Chords that a terminal or a shell would
//! understand mean nothing here.

use crate::kiosk::cabinet::Input;
use crate::kiosk::widgets::targets::Direction;
use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};

/// Whether an event says anything: not that a key was let go, nor that it is still held (where the
/// terminal tells), nor that a key such as Shift was pressed alone.
pub fn tells(event: &Event) -> bool {
    match event {
        Event::Key(key) => {
            key.kind == KeyEventKind::Press && !matches!(key.code, KeyCode::Modifier(_))
        }
        Event::Mouse(_)
        | Event::Resize(..)
        | Event::FocusGained
        | Event::FocusLost
        | Event::Paste(_) => true,
    }
}

/// The input that a terminal event is; `None` for what the kiosk has no use for.
pub fn input(event: &Event) -> Option<Input> {
    match event {
        Event::Key(key) if tells(event) => of_key(key),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                Some(Input::Press { x: mouse.column, y: mouse.row })
            }
            MouseEventKind::Up(MouseButton::Left) => {
                Some(Input::Release { x: mouse.column, y: mouse.row })
            }
            _ => None,
        },
        Event::Resize(..) => Some(Input::Resize),
        Event::Key(_) | Event::FocusGained | Event::FocusLost | Event::Paste(_) => None,
    }
}

fn of_key(key: &KeyEvent) -> Option<Input> {
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return match key.code {
            KeyCode::Char('c') => Some(Input::Interrupt),
            KeyCode::Char('t') => Some(Input::Task),
            KeyCode::Char('l') => Some(Input::Lock),
            KeyCode::Char('o') => Some(Input::LogOut),
            _ => None,
        };
    }
    if key.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    match key.code {
        KeyCode::Char(c) => match c.to_digit(10) {
            Some(digit) => Some(Input::Digit(digit as u8)),
            None if c == ' ' => Some(Input::Space),
            None => Some(Input::Sign(c)),
        },
        KeyCode::Enter => Some(Input::Enter),
        KeyCode::Esc => Some(Input::Escape),
        KeyCode::Backspace | KeyCode::Delete => Some(Input::Backspace),
        KeyCode::PageUp => Some(Input::PageUp),
        KeyCode::PageDown => Some(Input::PageDown),
        KeyCode::Tab => Some(Input::Tab),
        KeyCode::BackTab => Some(Input::BackTab),
        KeyCode::Up => Some(Input::Arrow(Direction::Up)),
        KeyCode::Down => Some(Input::Arrow(Direction::Down)),
        KeyCode::Left => Some(Input::Arrow(Direction::Left)),
        KeyCode::Right => Some(Input::Arrow(Direction::Right)),
        KeyCode::F(number) => Some(Input::Function(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(KeyCode::Char('7'), KeyModifiers::NONE, Some(Input::Digit(7)))]
    #[case(KeyCode::Char('*'), KeyModifiers::SHIFT, Some(Input::Sign('*')))]
    #[case(KeyCode::Char('c'), KeyModifiers::CONTROL, Some(Input::Interrupt))]
    #[case(KeyCode::Char('l'), KeyModifiers::CONTROL, Some(Input::Lock))]
    #[case(KeyCode::Char('t'), KeyModifiers::CONTROL, Some(Input::Task))]
    #[case(KeyCode::Char('o'), KeyModifiers::CONTROL, Some(Input::LogOut))]
    #[case(KeyCode::Char(' '), KeyModifiers::NONE, Some(Input::Space))]
    #[case(KeyCode::Char('z'), KeyModifiers::CONTROL, None)]
    #[case(KeyCode::Char('\\'), KeyModifiers::CONTROL, None)]
    #[case(KeyCode::Char('1'), KeyModifiers::ALT, None)]
    #[case(KeyCode::Enter, KeyModifiers::NONE, Some(Input::Enter))]
    fn keys(
        #[case] code: KeyCode,
        #[case] modifiers: KeyModifiers,
        #[case] expected: Option<Input>,
    ) {
        assert_eq!(input(&Event::Key(KeyEvent::new(code, modifiers))), expected);
    }

    #[rstest]
    #[case(KeyEventKind::Press, Some(Input::Enter))]
    #[case(KeyEventKind::Repeat, None)]
    #[case(KeyEventKind::Release, None)]
    fn a_key_that_is_held_counts_once(#[case] kind: KeyEventKind, #[case] expected: Option<Input>) {
        let event = KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, kind);
        assert_eq!(input(&Event::Key(event)), expected);
    }
}

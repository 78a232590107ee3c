//! A code scanner that types (a keyboard wedge): told from fingers by what it types and how fast, wherever the focus is. What a code means
//! is not known here.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::time::Duration;

/// How a receipt's text begins.
const PREFIX: &str = "VAX1:";
/// Fingers are slower; a scanner types within a few milliseconds.
pub const FINGERS: Duration = Duration::from_millis(40);
/// A receipt is 154 characters at most.
const LONGEST: usize = 200;

/// What comes of a terminal's event.
#[derive(Clone, PartialEq, Debug)]
pub enum Typed {
    /// Fingers: these events, in order.
    Keys(Vec<Event>),
    /// Perhaps a scanner: wait for what comes within [`FINGERS`].
    Perhaps,
    /// A scanner typed this.
    Scanned(String),
}

/// What may be a scanner's so far.
#[derive(Default)]
pub struct Wedge {
    text: String,
    held: Vec<Event>,
}

impl Wedge {
    /// Looks at an event.
    pub fn feed(&mut self, event: Event) -> Typed {
        let key = match &event {
            Event::Key(KeyEvent { code, kind, modifiers, .. }) if *kind != KeyEventKind::Release => {
                let chord = modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
                (!chord).then_some(*code)
            }
            _ => None,
        };
        match key {
            Some(KeyCode::Enter) if self.is_scan() => self.scanned(),
            Some(KeyCode::Char(letter)) if self.goes_on(letter) => {
                self.text.push(letter);
                self.held.push(event);
                if self.text.len() >= LONGEST { self.scanned() } else { Typed::Perhaps }
            }
            _ if self.is_scan() => self.scanned(),
            _ => {
                self.text.clear();
                let mut events = std::mem::take(&mut self.held);
                events.push(event);
                Typed::Keys(events)
            }
        }
    }

    /// Nothing came in time.
    pub fn silence(&mut self) -> Typed {
        if self.is_scan() {
            return self.scanned();
        }
        self.text.clear();
        Typed::Keys(std::mem::take(&mut self.held))
    }

    fn is_scan(&self) -> bool {
        self.text.starts_with(PREFIX)
    }

    fn goes_on(&self, letter: char) -> bool {
        self.is_scan() || PREFIX[self.text.len()..].starts_with(letter)
    }

    fn scanned(&mut self) -> Typed {
        self.held.clear();
        Typed::Scanned(std::mem::take(&mut self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode) -> Event {
        Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    fn typed(wedge: &mut Wedge, text: &str) -> Vec<Typed> {
        text.chars().map(|letter| wedge.feed(key(KeyCode::Char(letter)))).collect()
    }

    #[test]
    fn a_scanner_is_told_by_its_prefix_and_ends_with_enter_or_silence() {
        let mut wedge = Wedge::default();
        assert!(typed(&mut wedge, "VAX1:AB C9").iter().all(|typed| *typed == Typed::Perhaps));
        assert_eq!(wedge.feed(key(KeyCode::Enter)), Typed::Scanned("VAX1:AB C9".into()));
        typed(&mut wedge, "VAX1:X");
        assert_eq!(wedge.silence(), Typed::Scanned("VAX1:X".into()));
        assert_eq!(wedge.silence(), Typed::Keys(Vec::new()), "and nothing is left of it");
    }

    #[test]
    fn fingers_lose_nothing() {
        let mut wedge = Wedge::default();
        assert_eq!(typed(&mut wedge, "V"), [Typed::Perhaps]);
        assert_eq!(wedge.silence(), Typed::Keys(vec![key(KeyCode::Char('V'))]));
        assert_eq!(typed(&mut wedge, "VA1")[2], Typed::Keys("VA1".chars().map(|c| key(KeyCode::Char(c))).collect()));
        assert_eq!(typed(&mut wedge, "7"), [Typed::Keys(vec![key(KeyCode::Char('7'))])]);
        assert_eq!(wedge.feed(key(KeyCode::Enter)), Typed::Keys(vec![key(KeyCode::Enter)]));
    }

    #[test]
    fn what_never_ends_is_cut() {
        let mut wedge = Wedge::default();
        let all = typed(&mut wedge, &format!("VAX1:{}", "A".repeat(300)));
        assert!(all.iter().any(|typed| matches!(typed, Typed::Scanned(text) if text.len() == LONGEST)));
    }
}

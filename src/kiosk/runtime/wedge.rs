//! A code scanner that types (a keyboard wedge): told from fingers by what it types and how fast,
//! wherever the focus is. What a code means is not known here.

use crate::domain::personal::Personal;
use crate::receipt::signing::PREFIX;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::time::Duration;
use zeroize::Zeroize;

/// The longest pause inside of a receipt's code: a radio scanner or a busy machine may take so long
/// for the next character. A person waits so long for the echo of a single `V`, never of a digit.
const PAUSE: Duration = Duration::from_millis(150);
/// Another code has no beginning to be known by, only its speed: a key that is held repeats itself
/// after 30 ms.
const FAST: Duration = Duration::from_millis(20);
/// So many keys that fast are no fingers': the codes of goods have eight digits and more.
const SHORTEST: usize = 8;
/// A receipt is 154 characters at most.
const LONGEST: usize = 200;

/// After a code, whatever is still typed within so long of the key before is the rest of it: a code
/// longer than a receipt, or a scanner that paused.
pub const TAIL: Duration = Duration::from_millis(200);

/// What comes of a terminal's event.
#[derive(Clone, PartialEq, Debug)]
pub enum Typed {
    /// Fingers: these events, in order.
    Keys(Vec<Event>),
    /// Perhaps a scanner: wait for what comes within this time.
    Perhaps(Duration),
    /// A scanner typed this; then this happened.
    Scanned(Personal, Vec<Event>),
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
        match typed(&event) {
            Some(KeyCode::Char(letter)) => {
                self.text.push(letter);
                self.held.push(event);
                if self.text.len() >= LONGEST {
                    self.scanned(Vec::new())
                } else {
                    Typed::Perhaps(self.patience())
                }
            }
            Some(KeyCode::Enter) if self.is_scan() => self.scanned(Vec::new()),
            _ if self.is_scan() => self.scanned(vec![event]),
            _ => self.keys(Some(event)),
        }
    }

    /// Nothing came in time.
    pub fn silence(&mut self) -> Typed {
        if self.is_scan() { self.scanned(Vec::new()) } else { self.keys(None) }
    }

    fn is_scan(&self) -> bool {
        // A key that is held is one key.
        let held = || self.text.chars().all(|letter| self.text.starts_with(letter));
        self.text.starts_with(PREFIX) || (self.text.chars().count() >= SHORTEST && !held())
    }

    fn patience(&self) -> Duration {
        let receipt = self.text.starts_with(PREFIX) || PREFIX.starts_with(&self.text);
        if receipt { PAUSE } else { FAST }
    }

    fn scanned(&mut self, then: Vec<Event>) -> Typed {
        self.held.clear();
        Typed::Scanned(Personal::new(std::mem::take(&mut self.text)), then)
    }

    fn keys(&mut self, then: Option<Event>) -> Typed {
        self.text.zeroize();
        let mut events = std::mem::take(&mut self.held);
        events.extend(then);
        Typed::Keys(events)
    }
}

/// Whether this could be the rest of a code.
pub fn is_tail(event: &Event) -> bool {
    matches!(typed(event), Some(KeyCode::Char(_) | KeyCode::Enter))
}

/// The key, when it is one that a scanner has.
fn typed(event: &Event) -> Option<KeyCode> {
    match event {
        Event::Key(KeyEvent { code, kind, modifiers, .. }) if *kind != KeyEventKind::Release => {
            (!modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)).then_some(*code)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode) -> Event {
        Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    fn code(text: &str, then: Vec<Event>) -> Typed {
        Typed::Scanned(Personal::new(text), then)
    }

    fn keys(text: &str) -> Typed {
        Typed::Keys(text.chars().map(|letter| key(KeyCode::Char(letter))).collect())
    }

    fn feed(wedge: &mut Wedge, text: &str) -> Vec<Typed> {
        text.chars().map(|letter| wedge.feed(key(KeyCode::Char(letter)))).collect()
    }

    #[test]
    fn a_receipt_is_told_by_its_beginning_and_ends_with_enter_or_silence() {
        let mut wedge = Wedge::default();
        assert!(feed(&mut wedge, "VAX1:AB C9").iter().all(|typed| *typed == Typed::Perhaps(PAUSE)));
        assert_eq!(wedge.feed(key(KeyCode::Enter)), code("VAX1:AB C9", Vec::new()));
        feed(&mut wedge, "VAX1:X");
        assert_eq!(wedge.silence(), code("VAX1:X", Vec::new()));
        assert_eq!(wedge.silence(), Typed::Keys(Vec::new()), "and nothing is left of it");
    }

    #[test]
    fn the_code_of_goods_presses_nothing() {
        let mut wedge = Wedge::default();
        assert!(
            feed(&mut wedge, "4710088412345").iter().all(|typed| *typed == Typed::Perhaps(FAST))
        );
        assert_eq!(wedge.feed(key(KeyCode::Enter)), code("4710088412345", Vec::new()));
        feed(&mut wedge, "47100884");
        let resized = Event::Resize(80, 24);
        assert_eq!(
            wedge.feed(resized.clone()),
            code("47100884", vec![resized]),
            "nothing else is lost"
        );
    }

    #[test]
    fn the_rest_of_a_code_is_letters_and_enter() {
        assert!(is_tail(&key(KeyCode::Char('7'))) && is_tail(&key(KeyCode::Enter)));
        assert!(!is_tail(&Event::Resize(80, 24)) && !is_tail(&key(KeyCode::Esc)));
    }

    #[test]
    fn fingers_lose_nothing() {
        let mut wedge = Wedge::default();
        assert_eq!(feed(&mut wedge, "V"), [Typed::Perhaps(PAUSE)]);
        assert_eq!(wedge.silence(), keys("V"));
        assert_eq!(feed(&mut wedge, "7"), [Typed::Perhaps(FAST)]);
        assert_eq!(
            wedge.feed(key(KeyCode::Enter)),
            Typed::Keys(vec![key(KeyCode::Char('7')), key(KeyCode::Enter)])
        );
        feed(&mut wedge, "123456");
        assert_eq!(wedge.silence(), keys("123456"), "a hand that falls on the keys");
        feed(&mut wedge, "9999999999");
        assert_eq!(wedge.silence(), keys("9999999999"), "a key that is held");
    }

    #[test]
    fn what_never_ends_is_cut() {
        let mut wedge = Wedge::default();
        let all = feed(&mut wedge, &format!("VAX1:{}", "A".repeat(300)));
        assert!(all.iter().any(
            |typed| matches!(typed, Typed::Scanned(text, _) if text.expose().len() == LONGEST)
        ));
    }
}

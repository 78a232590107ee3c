//! What a trainer's keys and clicks do.

use super::dialog::{Choice, Dialog, Sure, TROUBLES, To, of_digit};
use super::seat::{Seat, SeatNumber};
use super::view::{Spot, Touch};
use super::{Console, Effect, Page};
use crate::classroom::wire::{FromTrainer, MESSAGE_LENGTH, Order, Trouble};

/// A key of the trainer's keyboard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Enter,
    Escape,
    Backspace,
    Letter(char),
    /// Ctrl-C.
    Interrupt,
}

/// Rows of a page that PageUp and PageDown go over.
const LEAP: usize = 10;
/// Columns and rows by which an arrow moves a screen that has no room.
const ACROSS: u16 = 8;
const DOWN: u16 = 2;

impl Console {
    pub(super) fn key(&mut self, key: Key) -> Vec<Effect> {
        match self.dialog.take() {
            None => self.page_key(key),
            Some(Dialog::Troubles { to, marked }) => self.troubles_key(to, marked, key),
            Some(Dialog::Exercises { to, marked }) => self.exercises_key(to, marked, key),
            Some(Dialog::Message { to, text }) => self.message_key(to, text, key),
            Some(Dialog::Sure(sure)) => self.sure_key(sure, key),
        }
    }

    /// `None` if nothing is there.
    pub(super) fn click(&mut self, x: u16, y: u16) -> Option<Vec<Effect>> {
        let position = ratatui::layout::Position { x, y };
        // What was drawn last lies on top.
        let touch = self.touches.iter().rev().find(|touch| touch.area.contains(position));
        match touch.map(|Touch { spot, .. }| *spot)? {
            Spot::Key(key) => Some(self.key(key)),
            Spot::Row(at) if self.marked == at => Some(self.key(Key::Enter)),
            Spot::Row(at) => {
                self.marked = at;
                Some(Vec::new())
            }
            Spot::Choice(at) => {
                match &mut self.dialog {
                    Some(Dialog::Troubles { marked, .. } | Dialog::Exercises { marked, .. }) => {
                        *marked = at;
                    }
                    Some(Dialog::Message { .. } | Dialog::Sure(_)) | None => return None,
                }
                Some(self.key(Key::Enter))
            }
        }
    }

    fn page_key(&mut self, key: Key) -> Vec<Effect> {
        if let Key::Letter(letter) = key {
            return self.command(letter.to_ascii_lowercase());
        }
        if key == Key::Interrupt {
            self.dialog = Some(Dialog::Sure(Sure::Quit));
            return Vec::new();
        }
        match self.page {
            Page::List => self.list_key(key),
            Page::Live { seat, moved } => self.live_key(seat, moved, key),
        }
        Vec::new()
    }

    fn list_key(&mut self, key: Key) {
        let last = self.room.seats.len().saturating_sub(1);
        match key {
            Key::Enter => {
                if let Some(seat) = self.room.seats.get(self.marked) {
                    self.page = Page::Live { seat: seat.number, moved: (0, 0) };
                }
            }
            Key::Up | Key::Down | Key::PageUp | Key::PageDown => {
                self.marked = moved_mark(self.marked, last, key);
            }
            Key::Left | Key::Right | Key::Escape | Key::Backspace => {}
            Key::Letter(_) | Key::Interrupt => {}
        }
    }

    fn live_key(&mut self, seat: SeatNumber, (x, y): (u16, u16), key: Key) {
        let moved = match key {
            Key::Escape | Key::Backspace => {
                let row = self.room.seats.iter().position(|other| other.number == seat);
                (self.marked, self.page) = (row.unwrap_or_default(), Page::List);
                return;
            }
            Key::Left => (x.saturating_sub(ACROSS), y),
            Key::Right => (x.saturating_add(ACROSS), y),
            Key::Up => (x, y.saturating_sub(DOWN)),
            Key::Down => (x, y.saturating_add(DOWN)),
            Key::PageUp => return self.beside(seat, false),
            Key::PageDown => return self.beside(seat, true),
            Key::Enter | Key::Letter(_) | Key::Interrupt => (x, y),
        };
        self.page = Page::Live { seat, moved };
    }

    /// The screen of the trainee before or after this one.
    fn beside(&mut self, seat: SeatNumber, is_next: bool) {
        let seats = &self.room.seats;
        let Some(at) = seats.iter().position(|other| other.number == seat) else { return };
        let at =
            if is_next { (at + 1) % seats.len() } else { (at + seats.len() - 1) % seats.len() };
        self.page = Page::Live { seat: seats[at].number, moved: (0, 0) };
    }

    /// A letter with a meaning on both pages.
    fn command(&mut self, letter: char) -> Vec<Effect> {
        match letter {
            'q' => self.dialog = Some(Dialog::Sure(Sure::Quit)),
            'a' if self.page == Page::List => self.for_all = !self.for_all,
            _ => {}
        }
        let Some(to) = self.addressed() else { return Vec::new() };
        match letter {
            't' => self.dialog = Some(Dialog::Troubles { to, marked: 0 }),
            'e' => self.dialog = Some(Dialog::Exercises { to, marked: 0 }),
            'm' => self.dialog = Some(Dialog::Message { to, text: String::new() }),
            'x' => self.dialog = Some(Dialog::Sure(Sure::EndExercise(to))),
            'c' => self.dialog = Some(Dialog::Sure(Sure::Close(to))),
            'p' => return self.pause(to),
            _ => {}
        }
        Vec::new()
    }

    /// Pauses these, or lets them go on: all of them alike.
    fn pause(&mut self, to: To) -> Vec<Effect> {
        let is_meant = |seat: &&Seat| match to {
            To::All => seat.is_here(),
            To::One(number) => seat.number == number,
        };
        let some_run = self.room.seats.iter().filter(is_meant).any(|seat| !seat.is_paused);
        for seat in self.room.seats.iter_mut() {
            if is_meant(&&*seat) {
                seat.is_paused = some_run;
            }
        }
        self.order(to, &Order::Pause(some_run))
    }

    /// An order to these.
    fn order(&self, to: To, order: &Order) -> Vec<Effect> {
        let is_meant = |seat: &&Seat| match to {
            To::All => true,
            To::One(number) => seat.number == number,
        };
        let lines = self.room.seats.iter().filter(is_meant).filter_map(Seat::line);
        lines.map(|line| Effect::Send { line, what: FromTrainer::Order(order.clone()) }).collect()
    }

    fn troubles_key(&mut self, to: To, marked: usize, key: Key) -> Vec<Effect> {
        if let Some(trouble) = chosen(marked, key).and_then(|at| Trouble::ALL.get(at)) {
            return self.order(to, &Order::Trouble(*trouble));
        }
        if !leaves(key) {
            let marked = moved_mark(marked, TROUBLES - 1, key);
            self.dialog = Some(Dialog::Troubles { to, marked });
        }
        Vec::new()
    }

    fn exercises_key(&mut self, to: To, marked: usize, key: Key) -> Vec<Effect> {
        let choices = self.choices(to);
        if let Some(choice) = chosen(marked, key).and_then(|at| choices.get(at)) {
            let exercise = choice.id.clone();
            let order = match &choice.text {
                Some(text) => Order::BeginFile { exercise, text: text.clone() },
                None => Order::Begin { exercise },
            };
            return self.order(to, &order);
        }
        if !leaves(key) {
            let marked = moved_mark(marked, choices.len().saturating_sub(1), key);
            self.dialog = Some(Dialog::Exercises { to, marked });
        }
        Vec::new()
    }

    /// The exercises that can be begun with these: what their programs have, and the trainer's own.
    pub fn choices(&self, to: To) -> Vec<Choice> {
        let is_meant = |seat: &&Seat| match to {
            To::All => seat.is_here(),
            To::One(number) => seat.number == number,
        };
        let mut choices: Vec<Choice> = Vec::new();
        let own = self.setting.exercises.iter().map(|own| Choice {
            title: own.title.clone(),
            id: own.id.clone(),
            text: Some(own.text.clone()),
        });
        let offers = self.room.seats.iter().filter(is_meant).flat_map(|seat| &seat.offers);
        let offered = offers.map(|offered| Choice {
            title: offered.title.clone(),
            id: offered.id.clone(),
            text: None,
        });
        for choice in own.chain(offered) {
            if !choices.iter().any(|other| other.id == choice.id) {
                choices.push(choice);
            }
        }
        choices
    }

    fn message_key(&mut self, to: To, mut text: String, key: Key) -> Vec<Effect> {
        match key {
            Key::Enter if !text.trim().is_empty() => {
                return self.order(to, &Order::Say(text.trim().to_owned()));
            }
            Key::Letter(letter) if text.chars().count() < MESSAGE_LENGTH => text.push(letter),
            Key::Backspace => {
                text.pop();
            }
            Key::Escape | Key::Interrupt => return Vec::new(),
            Key::Enter | Key::Letter(_) => {}
            Key::Up | Key::Down | Key::Left | Key::Right | Key::PageUp | Key::PageDown => {}
        }
        self.dialog = Some(Dialog::Message { to, text });
        Vec::new()
    }

    fn sure_key(&mut self, sure: Sure, key: Key) -> Vec<Effect> {
        if key != Key::Enter {
            if !leaves(key) {
                self.dialog = Some(Dialog::Sure(sure));
            }
            return Vec::new();
        }
        match sure {
            Sure::EndExercise(to) => self.order(to, &Order::EndExercise),
            Sure::Close(to) => self.order(to, &Order::Close),
            Sure::Quit => vec![Effect::Quit],
        }
    }
}

/// The choice that a key takes, of a list whose mark is at `marked`.
fn chosen(marked: usize, key: Key) -> Option<usize> {
    match key {
        Key::Enter => Some(marked),
        Key::Letter(letter) => of_digit(letter),
        Key::Up | Key::Down | Key::Left | Key::Right | Key::PageUp | Key::PageDown => None,
        Key::Escape | Key::Backspace | Key::Interrupt => None,
    }
}

/// Whether a key closes what lies over the page.
fn leaves(key: Key) -> bool {
    matches!(key, Key::Escape | Key::Interrupt)
}

/// Where the mark is after a key, of a list whose last choice is `last`.
fn moved_mark(marked: usize, last: usize, key: Key) -> usize {
    match key {
        Key::Up => marked.saturating_sub(1),
        Key::Down => (marked + 1).min(last),
        Key::PageUp => marked.saturating_sub(LEAP),
        Key::PageDown => (marked + LEAP).min(last),
        Key::Left
        | Key::Right
        | Key::Enter
        | Key::Escape
        | Key::Backspace
        | Key::Letter(_)
        | Key::Interrupt => marked.min(last),
    }
}

//! How keys go over the form: what is typed in a field, what Enter takes, and which field is next.

use super::form::{Form, Phone, Wrong};
use crate::domain::personal::Personal;
use crate::domain::phone::MobileNumber;
use crate::kiosk::model::counter::{CounterAction, Field};

impl Form {
    pub fn act(&mut self, action: CounterAction) {
        self.wrong = None;
        match action {
            CounterAction::Type(letter) => self.type_in(letter),
            CounterAction::Erase => {
                self.typed.pop();
                self.mark_first();
            }
            CounterAction::Escape => self.focus(self.field),
            CounterAction::Enter => self.enter(),
            CounterAction::Next => self.step(true),
            CounterAction::Previous => self.step(false),
            CounterAction::Up => self.at = self.at.saturating_sub(1),
            CounterAction::Down => {
                self.at = (self.at + 1).min(self.choices().len().saturating_sub(1));
            }
            CounterAction::PageUp => self.at = self.at.saturating_sub(PAGE),
            CounterAction::PageDown => {
                self.at = (self.at + PAGE).min(self.choices().len().saturating_sub(1));
            }
            CounterAction::Focus(Field::Consent) if self.field == Field::Consent => {
                self.consent = !self.consent;
            }
            CounterAction::Focus(field) if self.fields().contains(&field) => self.focus(field),
            CounterAction::Choose(at) => {
                self.at = at;
                self.enter();
            }
            CounterAction::Focus(_)
            | CounterAction::Tab(_)
            | CounterAction::Submit
            | CounterAction::Print
            | CounterAction::Clear
            | CounterAction::NextPerson
            | CounterAction::GiveUp
            | CounterAction::WaitingList
            | CounterAction::OfferCode
            | CounterAction::CitizenSide
            | CounterAction::Lock
            | CounterAction::LogOut
            | CounterAction::Site(_) => {}
        }
    }

    /// Whether a character ticks something instead of going into the field.
    pub fn ticks(&self, letter: char) -> bool {
        letter == ' ' && (self.field == Field::Consent || self.has_ticks())
    }

    /// Whether several of the field's choices can be taken.
    fn has_ticks(&self) -> bool {
        matches!(self.field, Field::Brands | Field::Days)
    }

    /// Takes what is typed, as Enter does; false if it cannot be taken.
    pub fn take_typed(&mut self) -> bool {
        self.typed.is_empty() || self.take()
    }

    fn type_in(&mut self, letter: char) {
        match self.field {
            Field::Consent if letter == ' ' => self.consent = !self.consent,
            Field::Consent => {}
            Field::Brands | Field::Days if letter == ' ' => self.enter(),
            Field::Phone if letter.is_ascii_digit() && self.typed.expose().len() < 10 => {
                self.typed.push(letter);
            }
            Field::Phone => {}
            _ if self.typed.expose().chars().count() < LONGEST => {
                self.typed.push(letter);
                self.mark_first();
            }
            _ => {}
        }
    }

    /// On to the next field, or back. What was typed is taken first; if it cannot be, the focus
    /// stays.
    fn step(&mut self, forwards: bool) {
        if !self.typed.is_empty() && !self.take() {
            return;
        }
        let fields = self.fields();
        let at = fields.iter().position(|field| *field == self.field).unwrap_or(0);
        let step = if forwards { 1 } else { fields.len() - 1 };
        self.focus(fields[(at + step) % fields.len()]);
    }

    /// Takes what is typed or marked, and goes on to the next field that is empty.
    fn enter(&mut self) {
        if !self.take() || self.has_ticks() {
            return;
        }
        let fields = self.fields();
        let at = fields.iter().position(|field| *field == self.field).unwrap_or(0);
        let behind = fields[at + 1..].iter().copied();
        let empty = behind.chain(fields[..at].iter().copied()).find(|it| !self.is_filled(*it));
        self.focus(empty.unwrap_or(self.field));
    }

    fn take(&mut self) -> bool {
        match self.field {
            Field::Consent => self.consent = true,
            Field::Phone if self.typed.is_empty() => return self.phone != Phone::Missing,
            Field::Phone => match MobileNumber::parse(self.typed.expose()) {
                Ok(mobile) => self.phone = Phone::Given(mobile),
                Err(_) => {
                    self.wrong = Some(Wrong::Phone);
                    return false;
                }
            },
            _ => {
                let Some(choice) = self.choices().into_iter().nth(self.at) else {
                    self.wrong = (!self.typed.is_empty()).then_some(Wrong::NoSuchChoice);
                    return false;
                };
                if !self.is_open(&choice) {
                    self.wrong = Some(Wrong::Full);
                    return false;
                }
                self.choose(choice);
            }
        }
        self.typed = Personal::default();
        true
    }
}

/// Rows of a page of choices.
const PAGE: usize = 10;
/// Characters that can be typed in a field at most.
const LONGEST: usize = 24;

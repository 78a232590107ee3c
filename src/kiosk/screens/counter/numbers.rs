//! What is typed while nobody is in front of the counter: the numbers of somebody who has no card,
//! or the code of a text message that offers a place.

use super::leftover::{CODE, is_code};
use crate::domain::card::CardNumber;
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use crate::domain::refusal::Refusal;
use crate::kiosk::model::counter::{CounterAction, Field};

/// The fields, as they are typed.
#[derive(Clone, PartialEq, Debug)]
pub struct Numbers {
    pub field: Field,
    pub id: Personal,
    pub card: Personal,
    pub code: Personal,
    pub wrong: Option<Wrong>,
}

/// What is wrong with what was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    Number(Field),
    /// The code has no ten digits, or the service does not know it.
    Code,
    /// Too many codes were wrong at this counter.
    TooOften,
    /// The offer can no longer be taken, by this rule.
    Refused(Refusal),
}

/// What is whole, and to be sent.
#[derive(Clone, PartialEq, Debug)]
pub enum Typed {
    Numbers(IdNumber, CardNumber),
    Code(Personal),
}

impl Default for Numbers {
    fn default() -> Self {
        Self {
            field: Field::Id,
            id: Personal::default(),
            card: Personal::default(),
            code: Personal::default(),
            wrong: None,
        }
    }
}

impl Numbers {
    /// Both are there again, to be corrected.
    pub fn again((id, card): &(IdNumber, CardNumber)) -> Self {
        let (field, wrong) = (Field::CardNumber, Some(Wrong::Number(Field::CardNumber)));
        let (id, card) = (Personal::new(id.expose()), Personal::new(card.expose()));
        Self { field, id, card, wrong, ..Self::default() }
    }

    /// The code is there again, with why it was not taken.
    pub fn code_again(code: Personal, wrong: Wrong) -> Self {
        Self { field: Field::Code, code, wrong: Some(wrong), ..Self::default() }
    }

    /// The fields in their order; without `numbers` the code alone.
    pub fn fields(numbers: bool) -> &'static [Field] {
        match numbers {
            true => &[Field::Id, Field::CardNumber, Field::Code],
            false => &[Field::Code],
        }
    }

    /// The field that has the focus.
    pub fn focus(&self, numbers: bool) -> Field {
        if numbers { self.field } else { Field::Code }
    }

    pub fn typed(&self, field: Field) -> &Personal {
        match field {
            Field::CardNumber => &self.card,
            Field::Code => &self.code,
            _ => &self.id,
        }
    }

    /// Both numbers or the code, once they are whole and Enter is pressed on the last. `numbers`:
    /// whether somebody without a card is served.
    pub fn act(&mut self, action: CounterAction, numbers: bool) -> Option<Typed> {
        self.wrong = None;
        self.field = self.focus(numbers);
        let (typed, most) = match self.field {
            Field::CardNumber => (&mut self.card, 12),
            Field::Code => (&mut self.code, CODE),
            _ => (&mut self.id, 10),
        };
        match action {
            CounterAction::Type(letter)
                if fits(self.field, letter) && typed.expose().len() < most =>
            {
                typed.push(letter.to_ascii_uppercase());
            }
            CounterAction::Erase => {
                typed.pop();
            }
            CounterAction::Escape => *typed = Personal::default(),
            CounterAction::Next | CounterAction::Down => self.step(numbers, true),
            CounterAction::Previous | CounterAction::Up => self.step(numbers, false),
            CounterAction::Focus(field) if Self::fields(numbers).contains(&field) => {
                self.field = field;
            }
            CounterAction::OfferCode => self.field = Field::Code,
            CounterAction::Enter if self.field == Field::Code => return self.whole_code(),
            CounterAction::Enter if self.field == Field::Id => {
                match IdNumber::parse(self.id.expose()) {
                    Ok(_) => self.step(numbers, true),
                    Err(_) => self.wrong = Some(Wrong::Number(Field::Id)),
                }
            }
            CounterAction::Enter => return self.both(),
            _ => {}
        }
        None
    }

    fn step(&mut self, numbers: bool, forwards: bool) {
        let fields = Self::fields(numbers);
        let at = fields.iter().position(|field| *field == self.field).unwrap_or(0);
        let step = if forwards { 1 } else { fields.len() - 1 };
        self.field = fields[(at + step) % fields.len()];
    }

    fn whole_code(&mut self) -> Option<Typed> {
        if is_code(self.code.expose()) {
            return Some(Typed::Code(self.code.clone()));
        }
        self.wrong = (!self.code.is_empty()).then_some(Wrong::Code);
        None
    }

    fn both(&mut self) -> Option<Typed> {
        let field = match (IdNumber::parse(self.id.expose()), CardNumber::parse(self.card.expose()))
        {
            (Ok(id), Ok(card)) => return Some(Typed::Numbers(id, card)),
            (Err(_), _) => Field::Id,
            (Ok(_), Err(_)) => Field::CardNumber,
        };
        (self.field, self.wrong) = (field, Some(Wrong::Number(field)));
        None
    }
}

/// Whether a field takes it: a code has digits only.
fn fits(field: Field, letter: char) -> bool {
    match field {
        Field::Code => letter.is_ascii_digit(),
        _ => letter.is_ascii_alphanumeric(),
    }
}

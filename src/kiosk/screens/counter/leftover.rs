//! The desk's page of doses that are left: how many there are and who was told, the code of whoever
//! comes, and how many more are left.

use crate::api::leftovers::LeftoverView;
use crate::api::problem::Code;
use crate::domain::booking_number::BookingNumber;
use crate::domain::personal::Personal;
use crate::domain::refusal::Refusal;
use crate::kiosk::model::retry::Retry;
use std::time::Duration;

/// Digits of the code in the text message.
pub const CODE: usize = 10;

/// The page, also while another one is on.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LeftoverPage {
    /// As the service has last said; `None` until it has.
    pub view: Option<LeftoverView>,
    /// When it was asked for last.
    pub asked: Option<Duration>,
    pub field: LeftoverField,
    pub code: Personal,
    /// The digits of how many more are left, and the key with which they were sent.
    pub doses: String,
    pub key: Option<String>,
    pub claim: Claim,
    pub said: DosesSaid,
    /// Who was given a dose at this desk in this session.
    pub given: Vec<BookingNumber>,
    /// The lot number is typed for whoever was given one; then this page is on again.
    pub lot_first: bool,
}

/// The field that has the focus.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum LeftoverField {
    #[default]
    Code,
    Doses,
}

/// What became of the code that was entered.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Claim {
    #[default]
    Ready,
    /// The service is asked until it answers: sent again, the code gives the same dose.
    Asked {
        retry: Retry,
        /// Who had come before the code was entered. An answer with one of them is of somebody who
        /// shows their code a second time.
        came_before: Vec<BookingNumber>,
    },
    Given(DoseGiven),
    NoDose(NoDose),
}

/// The dose is theirs, and they are checked in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DoseGiven {
    pub number: BookingNumber,
    pub name_masked: Personal,
}

/// Why somebody gets no dose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoDose {
    /// Not ten digits: it was not sent.
    NotACode,
    /// The code is nobody's, of another site or day, or its time is over. The service does not say
    /// which.
    UnknownCode,
    /// A rule says no.
    Refused(Refusal),
    /// The service says no for another reason.
    Failed(Code),
}

/// What became of the doses that were said to be left.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DosesSaid {
    #[default]
    Nothing,
    Asked,
    /// So many people have been told today.
    Told(u32),
    NoneLeft,
    /// No answer came. Sent again with its key it counts once.
    Unsure,
    /// The site has no slot today.
    NoSlot,
    Failed(Code),
}

impl NoDose {
    /// The code that a helper on the phone can look up.
    pub fn code(self) -> Option<&'static str> {
        match self {
            NoDose::NotACode => None,
            NoDose::UnknownCode => Some(Code::UnknownPerson.spoken()),
            NoDose::Refused(refusal) => Some(refusal.code()),
            NoDose::Failed(code) => Some(code.spoken()),
        }
    }
}

impl LeftoverPage {
    /// Doses that are left, as far as is known.
    pub fn doses_left(&self) -> u32 {
        self.view.map_or(0, |view| view.doses)
    }

    pub fn is_asked(&self) -> bool {
        matches!(self.claim, Claim::Asked { .. })
    }

    /// What is typed next is another call.
    pub fn forget_doses(&mut self) {
        self.doses.clear();
        self.key = None;
    }

    /// On to the next person.
    pub fn next(&mut self) {
        self.code = Personal::default();
        self.claim = Claim::Ready;
        self.field = LeftoverField::Code;
    }

    /// A digit goes into the code. Over the answer to one it begins the next.
    pub fn type_code(&mut self, digit: char) {
        let answered = matches!(self.claim, Claim::Given(_) | Claim::NoDose(_));
        if answered && self.code.expose().len() >= CODE {
            self.code = Personal::default();
        }
        self.claim = Claim::Ready;
        if self.code.expose().len() < CODE {
            self.code.push(digit);
        }
    }

    /// A wrong digit is taken out; the others stay.
    pub fn erase_code(&mut self) {
        self.claim = Claim::Ready;
        self.code.pop();
    }
}

/// Whether a text can be such a code.
pub fn is_code(text: &str) -> bool {
    text.len() == CODE && text.bytes().all(|byte| byte.is_ascii_digit())
}

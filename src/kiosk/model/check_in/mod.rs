//! What a vaccination site's desk says of whoever is in front of it: by a receipt whose signature
//! was checked, a card or a typed number, and by the day's list. Pure.

use crate::api::attendance::{DayEntry, DayList};
use crate::devices::card_reader::CardFault;
use crate::domain::attendance::{Attendance, Shown, Verdict, verdict};
use crate::domain::booking_number::BookingNumber;
use crate::domain::round::RoundNumber;
use crate::receipt::claims::Claims;
use crate::receipt::signing::{PREFIX, ReceiptError, verify_with_any};
use jiff::ToSpan;
use jiff::civil::DateTime;

/// What somebody has shown at the desk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Presented {
    /// A receipt whose signature is right.
    Receipt(Claims),
    Number(BookingNumber),
    /// A card, by the name that the day's list has for its person.
    Card(String),
    /// A code that is no receipt of this service.
    Wrong(ReceiptError),
    /// A receipt, and no key to check it with.
    NoKey,
    /// Digits that are no booking number.
    NotANumber,
    /// A card that cannot be read.
    CardFaulty(CardFault),
}

/// What the desk says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// By the day's list.
    Listed(Verdict),
    /// By a receipt alone, of a booking that the list does not have.
    Receipt(Verdict),
    /// A receipt of another round.
    OtherRound(RoundNumber),
    /// The booking, or the person of the card, is not on the day's list.
    NotListed,
    Wrong(ReceiptError),
    NoKey,
    NotANumber,
    CardFaulty(CardFault),
}

/// The answer with what is known of booking and person.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    pub answer: Answer,
    /// The line of the day's list.
    pub entry: Option<DayEntry>,
    pub claims: Option<Claims>,
}

impl Presented {
    /// What a scanner has read. A signature is checked before anything else is believed.
    pub fn scanned(text: &str, keys: &[[u8; 32]]) -> Self {
        let text = text.trim();
        if !text.starts_with(PREFIX) {
            // A bar code of a booking number, or of something else.
            let number = BookingNumber::parse(text);
            return number.map_or(Presented::Wrong(ReceiptError::NotAReceipt), Presented::Number);
        }
        if keys.is_empty() {
            return Presented::NoKey;
        }
        match verify_with_any(text, keys) {
            Ok((claims, _)) => Presented::Receipt(claims),
            Err(error) => Presented::Wrong(error),
        }
    }

    pub fn typed(digits: &str) -> Self {
        BookingNumber::parse(digits).map_or(Presented::NotANumber, Presented::Number)
    }

    /// Whether a newer list could say more of it than `NotListed`.
    pub fn is_looked_up(&self) -> bool {
        match self {
            Presented::Receipt(_) | Presented::Number(_) | Presented::Card(_) => true,
            Presented::Wrong(_)
            | Presented::NoKey
            | Presented::NotANumber
            | Presented::CardFaulty(_) => false,
        }
    }
}

impl Finding {
    /// The number for which something can be entered.
    pub fn number(&self) -> Option<BookingNumber> {
        let listed = self.entry.as_ref().map(|entry| entry.number);
        listed.or(self.claims.map(|claims| claims.booking))
    }

    /// How the person stands, as far as the list says.
    pub fn attendance(&self) -> Option<&Attendance> {
        self.entry.as_ref().map(|entry| &entry.attendance)
    }
}

impl Answer {
    /// Whether one key checks this person in.
    pub fn may_check_in(&self) -> bool {
        match self {
            Answer::Listed(verdict) | Answer::Receipt(verdict) => verdict.may_check_in(),
            Answer::OtherRound(_)
            | Answer::NotListed
            | Answer::Wrong(_)
            | Answer::NoKey
            | Answer::NotANumber
            | Answer::CardFaulty(_) => false,
        }
    }

    /// The code that a helper on the phone can look up; `None` of who may simply check in.
    pub fn code(&self) -> Option<&'static str> {
        Some(match self {
            Answer::Listed(verdict) | Answer::Receipt(verdict) => match verdict {
                Verdict::MayCheckIn => return None,
                Verdict::Early { .. } => "C01",
                Verdict::AnotherDay { .. } => "C02",
                Verdict::AnotherSite => "C03",
                Verdict::Moved => "C04",
                Verdict::Cancelled => "C05",
                Verdict::AlreadyIn { .. } => "C06",
                Verdict::Absent => "C07",
                Verdict::Late { .. } => "C08",
            },
            Answer::NotListed => "C09",
            Answer::OtherRound(_) => "C10",
            Answer::Wrong(ReceiptError::WrongSignature) => "C11",
            Answer::Wrong(ReceiptError::Damaged | ReceiptError::WrongClaims) => "C12",
            Answer::Wrong(ReceiptError::NotAReceipt) => "C13",
            Answer::NoKey => "C14",
            Answer::NotANumber => "C15",
            Answer::CardFaulty(_) => "C16",
        })
    }
}

/// What the desk says of what was shown, by this list, at this civil time of Taiwan.
pub fn find(list: &DayList, presented: &Presented, now: DateTime) -> Finding {
    let none = |answer| Finding { answer, entry: None, claims: None };
    match presented {
        Presented::Wrong(error) => none(Answer::Wrong(*error)),
        Presented::NoKey => none(Answer::NoKey),
        Presented::NotANumber => none(Answer::NotANumber),
        Presented::CardFaulty(fault) => none(Answer::CardFaulty(*fault)),
        Presented::Number(number) => by_number(list, *number, None, now),
        Presented::Receipt(claims) => by_number(list, claims.booking, Some(*claims), now),
        Presented::Card(tag) => match line_of(list, |entry| entry.person == *tag) {
            Some(entry) => listed(list, entry, None, now),
            None => none(Answer::NotListed),
        },
    }
}

/// The line of a person or a booking. Of one that stands there twice the live line counts.
fn line_of(list: &DayList, is_it: impl Fn(&DayEntry) -> bool) -> Option<&DayEntry> {
    let own = || list.entries.iter().filter(|entry| is_it(entry));
    let gone =
        |entry: &&DayEntry| matches!(entry.attendance, Attendance::Moved | Attendance::Cancelled);
    own().find(|entry| !gone(entry)).or_else(|| own().next())
}

fn by_number(
    list: &DayList,
    number: BookingNumber,
    claims: Option<Claims>,
    now: DateTime,
) -> Finding {
    // What the list says counts before what a receipt says, which may be older.
    if let Some(entry) = line_of(list, |entry| entry.number == number) {
        return listed(list, entry, claims, now);
    }
    let answer = match claims {
        _ if number.round() != list.round => Answer::OtherRound(number.round()),
        Some(claims) => by_receipt(list, claims, now),
        None => Answer::NotListed,
    };
    Finding { answer, entry: None, claims }
}

fn listed(list: &DayList, entry: &DayEntry, claims: Option<Claims>, now: DateTime) -> Finding {
    let shown = Shown {
        number: entry.number,
        site: list.site.id,
        starts: entry.starts,
        ends: entry.ends,
        attendance: &entry.attendance,
    };
    let answer = Answer::Listed(verdict(&shown, list.site.id, now));
    Finding { answer, entry: Some(entry.clone()), claims }
}

/// What a signed receipt says of a booking that the list does not have: it is of another day or
/// site, or was made after the list. The list has everyone who was ever on its day.
fn by_receipt(list: &DayList, claims: Claims, now: DateTime) -> Answer {
    let shown = Shown {
        number: claims.booking,
        site: claims.site,
        starts: claims.slot,
        // A receipt does not say when its slot ends: slots have an hour.
        ends: claims.slot.saturating_add(1.hour()),
        attendance: &Attendance::Expected,
    };
    let verdict = verdict(&shown, list.site.id, now);
    if verdict.may_check_in() && claims.issued <= list.taken {
        return Answer::NotListed;
    }
    Answer::Receipt(verdict)
}

#[cfg(test)]
mod tests;

//! The printed page as data: its parts from top to bottom. They are drawn in `drawing`; their words
//! come from the kiosk.

use super::qr::Qr;
use crate::domain::language::Language;

/// A page to be printed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
    pub parts: Vec<Part>,
    /// The person's language. It decides which fonts are used, and so whether a character has its
    /// Chinese or its Japanese form.
    pub language: Language,
}

/// A part of a page, as wide as the paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// A large line in the middle.
    Title(String),
    /// The number that the site asks for, largest of all and in the middle.
    Number(String),
    Text(String),
    /// Smaller text: the Chinese beside the person's language, for the site's staff.
    Small(String),
    Qr(Qr),
    Rule,
}

//! The page that is printed: what stands on it, in order. How it is drawn is in `drawing`, what it
//! says is the kiosk's.

use super::qr::Qr;
use crate::domain::language::Language;

/// A page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
    pub parts: Vec<Part>,
    /// By it the fonts are chosen, and between Chinese and Japanese forms of a character.
    pub language: Language,
}

/// A part of it, as wide as the paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// Large, in the middle.
    Title(String),
    /// The one number that is asked for at the door: largest, in the middle.
    Number(String),
    Text(String),
    /// Smaller: the Chinese beside the person's language, which the site's staff read.
    Small(String),
    Qr(Qr),
    Rule,
}

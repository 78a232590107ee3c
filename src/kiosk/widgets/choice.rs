//! What a button or a tile says and does. How they are drawn is in `button` and `tile`.

use super::align::Align;
use super::pictogram::Pictogram;
use super::targets::Key;
use super::words::Words;
use crate::kiosk::model::action::Action;

/// What a button says and does.
#[derive(Clone, PartialEq, Debug)]
pub struct Button {
    pub words: Words,
    /// A second thing said, quieter: free seats, an address, the reason why not.
    pub detail: Vec<Words>,
    pub action: Option<Action>,
    pub key: Option<Key>,
    /// The key at the left, when it is not a digit.
    pub sign: &'static str,
    pub look: Look,
    pub align: Align,
    /// The words are the key themselves: it is not shown once more.
    pub bare: bool,
    /// A sign for those who do not read, between key and words.
    pub pictogram: Option<Pictogram>,
    /// Its words are in large type where there is room; those of a main button always are.
    pub large: bool,
}

/// What a button is among those of its page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Look {
    #[default]
    Usual,
    /// What most people want: one a page.
    Main,
    /// Chosen already.
    Chosen,
    /// Few are left of it. Its words say so too.
    Few,
    /// It would be refused: its words say why, and a press says more.
    Refused,
}

impl Button {
    pub fn new(words: Words, action: impl Into<Action>) -> Self {
        Self {
            words,
            detail: Vec::new(),
            action: Some(action.into()),
            key: None,
            sign: "",
            look: Look::Usual,
            align: Align::Left,
            bare: false,
            pictogram: None,
            large: false,
        }
    }

    pub fn digit(mut self, digit: u8) -> Self {
        self.key = Some(Key::Digit(digit));
        self
    }

    /// Two digits choose it: 0 to 99.
    pub fn number(mut self, number: u8) -> Self {
        self.key = Some(Key::Number(number));
        self
    }

    pub fn sign(mut self, sign: &'static str) -> Self {
        self.sign = sign;
        self
    }

    pub fn detail(mut self, words: Words) -> Self {
        self.detail.push(words);
        self
    }

    pub fn main(mut self) -> Self {
        self.look = Look::Main;
        self
    }

    pub fn chosen(mut self) -> Self {
        self.look = Look::Chosen;
        self
    }

    pub fn few(mut self) -> Self {
        self.look = Look::Few;
        self
    }

    /// Would be refused: its detail says why, and a press leads to what one can do.
    pub fn refused(mut self) -> Self {
        self.look = Look::Refused;
        self
    }

    pub fn centred(mut self) -> Self {
        self.align = Align::Centre;
        self
    }

    pub fn pictogram(mut self, pictogram: Pictogram) -> Self {
        self.pictogram = Some(pictogram);
        self
    }

    pub fn large(mut self) -> Self {
        self.large = true;
        self
    }

    /// A key of a keypad: its words are what it types.
    pub fn bare(mut self) -> Self {
        self.bare = true;
        self.centred()
    }

    /// Cannot be chosen; its detail says why.
    pub fn disabled(mut self) -> Self {
        self.action = None;
        self
    }
}

/// How a tile is filled.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Shade {
    /// Nothing is said of seats.
    #[default]
    Plain,
    /// Few are free; the second line says so with a sign.
    Few,
    Some,
    More,
    Many,
    /// What most people want: one a page.
    Main,
}

/// What a tile says and does. Without an action it cannot be chosen: its edges are dashed, and its
/// second line says why.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tile {
    pub words: String,
    /// The Chinese below, where there is a row for it.
    pub zh: Option<String>,
    /// At the right of the last row.
    pub second: String,
    pub key: Option<Key>,
    pub shade: Shade,
    pub action: Option<Action>,
}

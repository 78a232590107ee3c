//! Text that belongs to a person: wiped when dropped, and never shown by Debug or Display.
//! What the text means is not known here.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Some text of a person. It can only be read with [`Personal::expose`], so that each place where
/// it is read can be found by searching.
#[derive(Clone, PartialEq, Eq, Hash, Default, Zeroize, ZeroizeOnDrop, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "server", schema(description = "Of a person: not to be logged"))]
pub struct Personal(String);

impl Personal {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Adds one character. The text moves to a new buffer and the old one is wiped, because a
    /// `String` that grows in place would leave a copy in freed memory.
    pub fn push(&mut self, c: char) {
        let mut grown = String::with_capacity(self.0.len() + 16);
        grown.push_str(&self.0);
        grown.push(c);
        self.0.zeroize();
        self.0 = grown;
    }

    /// Removes the last character.
    pub fn pop(&mut self) -> Option<char> {
        self.0.pop()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Personal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("▒▒▒")
    }
}

impl std::fmt::Display for Personal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("▒▒▒")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_typed_and_corrected_letter_by_letter() {
        let mut text = Personal::default();
        assert!(text.is_empty());
        "09疫".chars().for_each(|c| text.push(c));
        assert_eq!((text.expose(), text.is_empty()), ("09疫", false));
        assert_eq!((text.pop(), text.pop(), text.pop()), (Some('疫'), Some('9'), Some('0')));
        assert_eq!((text.pop(), text.is_empty()), (None, true));
    }
}

//! A person as the rules see them: name, birth date and category, and how a name is masked.

use super::personal::Personal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

/// A person's name as it is on their card or the roster.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Name(Personal);

impl Name {
    pub fn new(text: impl Into<String>) -> Self {
        Self(Personal::new(text))
    }

    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// Shows the first and the last character only, as the platform's simple query does (citizen's
    /// manual, page 49): `甄〇康`. A name of two characters keeps its first; a name in Latin
    /// letters keeps the first letter of each word.
    pub fn masked(&self) -> String {
        let text = self.expose().trim();
        if text.is_ascii() || text.contains(' ') {
            let masked_word = |word: &str| {
                let mut letters = word.graphemes(true);
                format!("{}{}", letters.next().unwrap_or_default(), "*".repeat(letters.count()))
            };
            return text.split_whitespace().map(masked_word).collect::<Vec<_>>().join(" ");
        }
        let letters: Vec<&str> = text.graphemes(true).collect();
        match letters.as_slice() {
            [] => String::new(),
            [_] => "〇".into(),
            [first, _] => format!("{first}〇"),
            [first, middle @ .., last] => format!("{first}{}{last}", "〇".repeat(middle.len())),
        }
    }
}

/// A person's birth date.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BirthDate(pub Date);

impl std::fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BirthDate(▒▒▒)")
    }
}

/// The category a person is in, by the programme's numbering (1 to 10 on the real platform; 9 is
/// 高風險疾病者).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Category(pub u8);

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("甄健康", "甄〇康")]
    #[case("歐陽小明", "歐〇〇明")]
    #[case("王明", "王〇")]
    #[case("王", "〇")]
    #[case("", "")]
    #[case("NGUYEN THI LAN", "N***** T** L**")]
    #[case("Sri", "S**")]
    #[case("𠮷田一", "𠮷〇一")]
    fn a_name_is_masked_as_on_the_platform(#[case] name: &str, #[case] masked: &str) {
        assert_eq!(Name::new(name).masked(), masked);
    }

    #[test]
    fn nothing_of_a_person_shows_in_debug() {
        let shown =
            format!("{:?} {:?}", Name::new("甄健康"), BirthDate(jiff::civil::date(1980, 1, 2)));
        assert_eq!(shown, "Name(▒▒▒) BirthDate(▒▒▒)");
    }
}

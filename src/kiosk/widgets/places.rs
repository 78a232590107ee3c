//! How places and their free seats are named for a reader.

use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::texts::Texts;

/// Whether places are named in Chinese characters for this reader. Japanese readers know them so
/// too (the Japanese guide prints 縣市 and 行政區 as they are).
pub fn reads_chinese(language: Language) -> bool {
    match language {
        Language::ZhTw | Language::Ja => true,
        Language::En | Language::Vi | Language::Id | Language::Th => false,
    }
}

/// A place's name in the reader's script: Chinese for those who read it, else the post's English.
pub fn place_name<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    if reads_chinese(language) { zh } else { en }
}

/// Free seats in words: how many, or full.
pub fn seats_text(texts: &Texts, language: Language, free: u32) -> String {
    match free {
        0 => texts.say(language, &say::SeatsFull),
        _ => texts.say(language, &say::SeatsFree { seats: free.into() }),
    }
}

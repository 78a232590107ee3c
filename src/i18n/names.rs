//! How things of the programme are called for a reader: vaccines, places and their free seats.

use super::messages as say;
use super::messages::Message;
use super::texts::Texts;
use crate::domain::language::Language;
use crate::domain::region::District;
use crate::domain::round::Brand;

/// A vaccine's brand, as people know it.
pub fn brand_name(brand: Brand) -> &'static dyn Message {
    match brand {
        Brand::AstraZeneca => &say::BrandAstraZeneca,
        Brand::Moderna => &say::BrandModerna,
    }
}

/// A place's name in the reader's script: Chinese for those who read it, otherwise the post's
/// English.
pub fn place_name<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    if language.reads_chinese() { zh } else { en }
}

/// A district with its county: `臺北市大安區`, `Da'an District, Taipei City`.
pub fn district_name(language: Language, district: &District) -> String {
    let county = district.county.county();
    if language.reads_chinese() {
        format!("{}{}", county.zh, district.zh)
    } else {
        format!("{}, {}", district.en, county.en)
    }
}

/// Free seats in words: how many, or full.
pub fn seats_text(texts: &Texts, language: Language, free: u32) -> String {
    match free {
        0 => texts.say(language, &say::SeatsFull),
        _ => texts.say(language, &say::SeatsFree { seats: free.into() }),
    }
}

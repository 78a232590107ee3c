//! What lists of pages are put to: their pictures in text, and that none mixes two languages.

use crate::stage::Stage;
use vaxkiosk::domain::language::Language;

pub type Way = fn(&mut Stage);
pub type Size = (u16, u16);

/// A page as text in each size and language.
pub fn pictures(sizes: &[Size], stage: impl Fn(Language, Size) -> Stage) -> String {
    let mut pictures = String::new();
    for (columns, rows) in sizes.iter().copied() {
        for language in Language::ALL {
            let text = stage(language, (columns, rows)).text();
            pictures += &format!("=== {} {columns}x{rows}\n{text}", language.tag());
        }
    }
    pictures
}

/// That a page has no letter of another script in four languages, but in lines with one of `own`.
pub fn has_one_language(name: &str, own: &[&str], stage: impl Fn(Language) -> Stage) {
    for language in [Language::En, Language::Vi, Language::Id, Language::Th] {
        // The sign of the language button is the same in every language.
        let text = stage(language).text().replace("文A", "");
        for line in text.lines().filter(|line| !own.iter().any(|own| line.contains(own))) {
            let foreign = |c: char| {
                ('\u{3400}'..='\u{9FFF}').contains(&c)
                    || (language != Language::Th && ('\u{0E01}'..='\u{0E5B}').contains(&c))
            };
            assert!(!line.contains(foreign), "{name} in {}: {line}", language.tag());
        }
    }
}

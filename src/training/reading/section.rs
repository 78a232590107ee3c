//! A section of a file, read key by key. Whatever is wrong is written down, and reading goes on.

use super::mistake::{Mistake, MistakeKind, Wanted};
use crate::domain::language::Language;
use jiff::civil::DateTime;
use std::cell::RefCell;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A file that is being read, with the mistakes that were found.
pub(super) struct Reading<'a> {
    file: PathBuf,
    text: &'a str,
    mistakes: RefCell<Vec<Mistake>>,
}

impl<'a> Reading<'a> {
    pub fn new(file: &Path, text: &'a str) -> Self {
        Self { file: file.to_owned(), text, mistakes: RefCell::default() }
    }

    pub fn wrong(&self, span: Range<usize>, kind: MistakeKind) {
        let before = self.text.bytes().take(span.start);
        let line = before.filter(|byte| *byte == b'\n').count() + 1;
        self.mistakes.borrow_mut().push(Mistake { file: self.file.clone(), line, kind });
    }

    /// All mistakes, in the order of their lines.
    pub fn into_mistakes(self) -> Vec<Mistake> {
        let mut mistakes = self.mistakes.into_inner();
        mistakes.sort_by_key(|mistake| mistake.line);
        mistakes
    }
}

/// A section, and which keys it may have.
pub(super) struct Section<'r, 'a> {
    reading: &'r Reading<'a>,
    table: &'r DeTable<'a>,
    /// Where it stands in the file.
    pub span: Range<usize>,
}

impl<'r, 'a> Section<'r, 'a> {
    /// Names every key that is not one of these.
    pub fn new(
        reading: &'r Reading<'a>,
        table: &'r DeTable<'a>,
        span: Range<usize>,
        keys: &[&'static str],
    ) -> Self {
        for key in table.keys().filter(|key| !keys.contains(&key.get_ref().as_ref())) {
            let nearest = nearest(key.get_ref(), keys);
            let kind = MistakeKind::UnknownKey { key: key.get_ref().to_string(), nearest };
            reading.wrong(key.span(), kind);
        }
        Self { reading, table, span }
    }

    pub fn wrong(&self, span: Range<usize>, kind: MistakeKind) {
        self.reading.wrong(span, kind);
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Where a key's value stands; where the section stands if it is not there.
    pub fn span_of(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or_else(|| self.span.clone(), Spanned::span)
    }

    fn value(&self, key: &str) -> Option<&'r Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    /// Says that a key is missing, if it is. A value that is wrong is there.
    pub fn needs<T>(&self, key: &'static str, value: Option<T>) -> Option<T> {
        if !self.has(key) {
            self.wrong(self.span.clone(), MistakeKind::MissingKey { key });
        }
        value
    }

    fn is_of_type<T>(&self, key: &str, wanted: Wanted, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.wrong(self.span_of(key), MistakeKind::WrongType { key: key.into(), wanted });
        }
        value
    }

    /// A text with something in it.
    pub fn text(&self, key: &str) -> Option<String> {
        let value = self.value(key)?;
        let text = self.is_of_type(key, Wanted::Text, value.get_ref().as_str())?.trim();
        if text.is_empty() {
            self.wrong(value.span(), MistakeKind::Empty { key: key.into() });
        }
        Some(text.to_owned()).filter(|text| !text.is_empty())
    }

    pub fn number(&self, key: &str, least: i64, most: i64) -> Option<i64> {
        let value = self.value(key)?;
        let number = value.get_ref().as_integer();
        let number = number.and_then(|it| i64::from_str_radix(it.as_str(), it.radix()).ok());
        let number = self.is_of_type(key, Wanted::Number, number)?;
        if !(least..=most).contains(&number) {
            self.wrong(value.span(), MistakeKind::OutOfRange { key: key.into(), least, most });
            return None;
        }
        Some(number)
    }

    pub fn truth(&self, key: &str) -> Option<bool> {
        let value = self.value(key)?;
        self.is_of_type(key, Wanted::Truth, value.get_ref().as_bool())
    }

    /// A day with its time, of Taiwan.
    pub fn date_time(&self, key: &str) -> Option<DateTime> {
        let value = self.value(key)?;
        let written = value.get_ref().as_datetime();
        let written = written.filter(|it| it.time.is_some() && it.offset.is_none());
        let written = written.map(ToString::to_string);
        let read = written.and_then(|written| written.parse().ok());
        self.is_of_type(key, Wanted::DateTime, read)
    }

    /// One of these words.
    pub fn word<T: Copy>(&self, key: &str, right: &[(&'static str, T)]) -> Option<T> {
        let value = self.value(key)?;
        let word = self.is_of_type(key, Wanted::Text, value.get_ref().as_str())?;
        self.one_of(word, value.span(), right)
    }

    fn one_of<T: Copy>(
        &self,
        word: &str,
        span: Range<usize>,
        right: &[(&'static str, T)],
    ) -> Option<T> {
        let found = right.iter().find(|(other, _)| *other == word).map(|(_, one)| *one);
        if found.is_none() {
            let right = right.iter().map(|(word, _)| *word).collect();
            self.wrong(span, MistakeKind::UnknownWord { word: word.into(), right });
        }
        found
    }

    /// A list of these words, each with where it stands; empty if it is not there.
    pub fn words<T: Copy>(&self, key: &str, right: &[(&'static str, T)]) -> Vec<(T, Range<usize>)> {
        let one = |value: &Spanned<DeValue<'a>>| {
            let word = self.is_of_type(key, Wanted::Text, value.get_ref().as_str())?;
            Some((self.one_of(word, value.span(), right)?, value.span()))
        };
        self.list(key).into_iter().filter_map(one).collect()
    }

    /// A list of texts, none of them empty.
    pub fn texts(&self, key: &str) -> Vec<String> {
        let one = |value: &Spanned<DeValue<'a>>| {
            let text = self.is_of_type(key, Wanted::Text, value.get_ref().as_str())?.trim();
            if text.is_empty() {
                self.wrong(value.span(), MistakeKind::Empty { key: key.into() });
            }
            Some(text.to_owned())
        };
        self.list(key).into_iter().filter_map(one).collect()
    }

    /// A list of numbers.
    pub fn numbers(&self, key: &str) -> Vec<(u32, Range<usize>)> {
        let one = |value: &Spanned<DeValue<'a>>| {
            let number = value.get_ref().as_integer();
            let number = number.and_then(|it| u32::from_str_radix(it.as_str(), it.radix()).ok());
            Some((self.is_of_type(key, Wanted::Number, number)?, value.span()))
        };
        self.list(key).into_iter().filter_map(one).collect()
    }

    fn list(&self, key: &str) -> Vec<&'r Spanned<DeValue<'a>>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        match self.is_of_type(key, Wanted::List, value.get_ref().as_array()) {
            Some(list) => list.iter().collect(),
            None => Vec::new(),
        }
    }

    /// A section within this one.
    pub fn section(&self, key: &str, keys: &[&'static str]) -> Option<Section<'r, 'a>> {
        let value = self.value(key)?;
        let table = self.is_of_type(key, Wanted::Section, value.get_ref().as_table())?;
        Some(Section::new(self.reading, table, value.span(), keys))
    }

    /// The sections of a list, such as `[[fault]]`.
    pub fn sections(&self, key: &str, keys: &[&'static str]) -> Vec<Section<'r, 'a>> {
        let one = |value: &'r Spanned<DeValue<'a>>| {
            let table = value.get_ref().as_table();
            let table = self.is_of_type(key, Wanted::Section, table)?;
            Some(Section::new(self.reading, table, value.span(), keys))
        };
        self.list(key).into_iter().filter_map(one).collect()
    }
}

/// The languages with their tags.
pub(super) fn languages() -> Vec<(&'static str, Language)> {
    Language::ALL.into_iter().map(|language| (language.tag(), language)).collect()
}

/// The key that a mistyped one was meant to be, most likely.
fn nearest(key: &str, keys: &[&'static str]) -> &'static str {
    let alike = |other: &&&'static str| strsim::damerau_levenshtein(key, other);
    keys.iter().min_by_key(alike).copied().unwrap_or_default()
}

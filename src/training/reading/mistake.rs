//! A mistake in an exercise's file, and the sentence that tells it in the reader's language.

use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::texts::Texts;
use fluent_bundle::FluentValue;
use std::path::PathBuf;

/// A mistake, and where it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    pub file: PathBuf,
    /// From 1; 0 where it is about the file as a whole.
    pub line: usize,
    pub kind: MistakeKind,
}

/// What is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MistakeKind {
    /// The file or folder cannot be read, and why.
    Unreadable(String),
    /// The text is not TOML. The words are the TOML library's.
    Toml(String),
    /// A key that nothing is called by, and the one that is nearest to it.
    UnknownKey {
        key: String,
        nearest: &'static str,
    },
    MissingKey {
        key: &'static str,
    },
    /// The value is of another kind.
    WrongType {
        key: String,
        wanted: Wanted,
    },
    /// A word that is none of these.
    UnknownWord {
        word: String,
        right: Vec<&'static str>,
    },
    OutOfRange {
        key: String,
        least: i64,
        most: i64,
    },
    /// A text or a list has nothing in it.
    Empty {
        key: String,
    },
    /// A text is missing in a language that every exercise has.
    MissingText {
        language: Language,
    },
    /// There is another number of hints than in the first text.
    HintsDiffer {
        language: Language,
        wanted: usize,
    },
    /// It is not of this exercise's role: a place, a staff member, a screen, something done.
    NotOfRole {
        word: String,
        role: &'static str,
    },
    /// The card cannot be read, so that nobody can be served by it.
    CardUnreadable {
        word: &'static str,
    },
    /// The person of the card has not registered, so that they have no booking and wait for none.
    CardNotRegistered {
        word: &'static str,
    },
    /// The file's name is none that could be an exercise's id.
    FileName(String),
    /// The fault can do something only when something is sent.
    OnlyAtConfirm {
        word: &'static str,
    },
    /// A fault has no trigger, or more than one.
    OneTrigger,
    /// The fault can never be set off: the time is over before.
    NeverReached,
    /// A slot is asked for that begins before the exercise does.
    BeforeItBegins,
    /// All runs are over within the time that a fact asks for.
    LongerThanItself,
    /// What can never end is said to end.
    CannotEnd {
        word: &'static str,
    },
    /// The same stands in `must` and in `must_not`.
    Contradiction {
        fact: &'static str,
    },
    /// Another exercise of the role has the number.
    SameNumber {
        number: u8,
        other: String,
    },
    /// The folder has no exercise.
    NoExercises,
}

/// The kind of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    Text,
    Number,
    Truth,
    List,
    Section,
    DateTime,
}

impl Wanted {
    fn said(self, texts: &Texts, language: Language) -> String {
        match self {
            Wanted::Text => texts.say(language, &say::ExerciseWantedText),
            Wanted::Number => texts.say(language, &say::ExerciseWantedNumber),
            Wanted::Truth => texts.say(language, &say::ExerciseWantedTruth),
            Wanted::List => texts.say(language, &say::ExerciseWantedList),
            Wanted::Section => texts.say(language, &say::ExerciseWantedSection),
            Wanted::DateTime => {
                let example = "2027-07-13T10:05:00".into();
                texts.say(language, &say::ExerciseWantedDateTime { example })
            }
        }
    }
}

impl Mistake {
    /// One sentence that names the file, the line and what would be right.
    pub fn said(&self, texts: &Texts, language: Language) -> String {
        let file = self.file.display().to_string();
        let at = if self.line == 0 { file } else { format!("{file}:{}", self.line) };
        let what = self.kind.said(texts, language);
        texts.say(language, &say::ExerciseMistake { at: at.into(), what: what.into() })
    }
}

impl MistakeKind {
    fn said(&self, texts: &Texts, language: Language) -> String {
        let say = |message: &dyn say::Message| texts.say(language, message);
        let own = |word: &&'static str| FluentValue::from(*word);
        match self {
            MistakeKind::Unreadable(words) | MistakeKind::Toml(words) => words.clone(),
            MistakeKind::UnknownKey { key, nearest } => say(&say::ExerciseUnknownKey {
                key: key.as_str().into(),
                nearest: (*nearest).into(),
            }),
            MistakeKind::MissingKey { key } => say(&say::ExerciseMissingKey { key: (*key).into() }),
            MistakeKind::WrongType { key, wanted } => say(&say::ExerciseWrongType {
                key: key.as_str().into(),
                wanted: wanted.said(texts, language).into(),
            }),
            MistakeKind::UnknownWord { word, right } => say(&say::ExerciseUnknownWord {
                word: word.as_str().into(),
                right: right.join(", ").into(),
            }),
            MistakeKind::OutOfRange { key, least, most } => say(&say::ExerciseOutOfRange {
                key: key.as_str().into(),
                least: least.to_string().into(),
                most: most.to_string().into(),
            }),
            MistakeKind::Empty { key } => say(&say::ExerciseEmpty { key: key.as_str().into() }),
            MistakeKind::MissingText { language } => {
                let key = format!("[text.{}]", language.tag());
                say(&say::ExerciseMissingKey { key: key.into() })
            }
            MistakeKind::HintsDiffer { language, wanted } => say(&say::ExerciseHintsDiffer {
                key: format!("[text.{}]", language.tag()).into(),
                wanted: wanted.to_string().into(),
            }),
            MistakeKind::NotOfRole { word, role } => {
                say(&say::ExerciseNotOfRole { word: word.as_str().into(), role: (*role).into() })
            }
            MistakeKind::CardUnreadable { word } => {
                say(&say::ExerciseCardUnreadable { word: (*word).into() })
            }
            MistakeKind::CardNotRegistered { word } => {
                say(&say::ExerciseCardNotRegistered { word: (*word).into() })
            }
            MistakeKind::FileName(it) => say(&say::ExerciseFileName { name: it.as_str().into() }),
            MistakeKind::OnlyAtConfirm { word } => {
                say(&say::ExerciseOnlyAtConfirm { word: (*word).into() })
            }
            MistakeKind::OneTrigger => say(&say::ExerciseOneTrigger),
            MistakeKind::NeverReached => say(&say::ExerciseNeverReached),
            MistakeKind::BeforeItBegins => say(&say::ExerciseBeforeItBegins),
            MistakeKind::LongerThanItself => say(&say::ExerciseLongerThanItself),
            MistakeKind::CannotEnd { word } => say(&say::ExerciseCannotEnd { word: own(word) }),
            MistakeKind::Contradiction { fact } => {
                say(&say::ExerciseContradiction { fact: own(fact) })
            }
            MistakeKind::SameNumber { number, other } => say(&say::ExerciseSameNumber {
                number: number.to_string().into(),
                other: other.as_str().into(),
            }),
            MistakeKind::NoExercises => say(&say::ExerciseNone),
        }
    }
}

//! A mistake in a settings file, and the sentence that tells it in the reader's language.

use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::texts::Texts;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A mistake in a file; or the file cannot be read at all.
#[derive(Debug)]
pub struct Mistake {
    pub file: PathBuf,
    pub kind: MistakeKind,
}

/// What is wrong.
#[derive(Debug)]
pub enum MistakeKind {
    /// The file cannot be read, and why.
    Unreadable(std::io::Error),
    /// The text is not TOML, or a key or value does not belong there. The words are the TOML
    /// library's, which name what would be right.
    Toml { line: usize, words: String },
    /// `listen` is not an address with a port.
    Listen { line: usize },
    /// `database` is neither a file nor a URL.
    Database { line: usize },
    /// The service would listen to other machines without TLS.
    PlainOutside { line: usize },
    /// A key is not 64 hexadecimal digits.
    Secret { line: usize },
    /// A list has an entry twice, or is empty.
    EachOnce { line: usize },
    /// The service's URL is not one of HTTPS, and the service is not on the same machine.
    ServiceUrl { line: usize },
    /// There is both a token and a certificate, or neither.
    OneProof { line: usize },
    /// The printer's address is of no known kind.
    Printer { line: usize },
    /// The operator's PIN is not given as an Argon2id hash.
    OperatorPin { line: usize },
    /// A PIN or key is that of the training, which everybody knows.
    TrainingOnly { line: usize },
    /// There is no reader, and no way in that works without one.
    NoWayIn { line: usize },
    /// The face of a virtual card does not fit into a card's bytes.
    VirtualCard { line: usize },
    /// The section of a counter is wrong.
    Counter { line: usize, mistake: CounterMistake },
    /// There is no file of secrets.
    NoKeys,
    /// Others on this machine can read the secrets.
    KeysOpen,
    /// The secrets are those of the training, which everybody knows.
    KeysTraining,
}

/// What is wrong with a counter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CounterMistake {
    /// There is none in a convenience store.
    Channel,
    /// The path of the module of staff cards is not a whole one, or something is said of a module
    /// that is not named.
    Module,
    /// No staff could log in.
    LogIn,
    /// NHI cards are to be read, and the kiosk has no reader.
    Reader,
    /// The readers of staff and citizens could be the same.
    Readers,
    /// A vaccination site has no section that says how its staff log in.
    SiteStaff,
    /// The section of a vaccination site is elsewhere, or its path is not a whole one.
    SiteJournal,
}

impl CounterMistake {
    fn said(self, at: String, texts: &Texts, language: Language) -> String {
        let at = at.into();
        match self {
            CounterMistake::Channel => texts.say(language, &say::ConfigCounterChannel { at }),
            CounterMistake::Module => texts.say(language, &say::ConfigCounterModule { at }),
            CounterMistake::LogIn => texts.say(language, &say::ConfigCounterLogIn { at }),
            CounterMistake::Reader => texts.say(language, &say::ConfigCounterReader { at }),
            CounterMistake::Readers => texts.say(language, &say::ConfigCounterReaders { at }),
            CounterMistake::SiteStaff => texts.say(language, &say::ConfigSiteStaff { at }),
            CounterMistake::SiteJournal => texts.say(language, &say::ConfigSiteJournal { at }),
        }
    }
}

impl Mistake {
    pub(crate) fn new(file: &Path, kind: MistakeKind) -> Self {
        Self { file: file.to_owned(), kind }
    }

    /// A mistake whose line is that of a span in the file's text.
    pub(crate) fn at(
        file: &Path,
        text: &str,
        span: Range<usize>,
        kind: fn(usize) -> MistakeKind,
    ) -> Self {
        Self::new(file, kind(line(text, span.start)))
    }

    /// One sentence that names the file, the line and what would be right.
    pub fn said(&self, texts: &Texts, language: Language) -> String {
        let file = self.file.display().to_string();
        let at = |line: usize| format!("{file}:{line}");
        match &self.kind {
            MistakeKind::Unreadable(cause) => texts.say(
                language,
                &say::ConfigUnreadable { file: file.into(), cause: cause.to_string().into() },
            ),
            MistakeKind::Toml { line, words } => texts.say(
                language,
                &say::ConfigToml { at: at(*line).into(), cause: words.as_str().into() },
            ),
            MistakeKind::Listen { line } => {
                texts.say(language, &say::ConfigListen { at: at(*line).into() })
            }
            MistakeKind::Database { line } => {
                texts.say(language, &say::ConfigDatabase { at: at(*line).into() })
            }
            MistakeKind::PlainOutside { line } => {
                texts.say(language, &say::ConfigPlainOutside { at: at(*line).into() })
            }
            MistakeKind::Secret { line } => {
                texts.say(language, &say::ConfigSecret { at: at(*line).into() })
            }
            MistakeKind::EachOnce { line } => {
                texts.say(language, &say::ConfigEachOnce { at: at(*line).into() })
            }
            MistakeKind::ServiceUrl { line } => {
                texts.say(language, &say::ConfigServiceUrl { at: at(*line).into() })
            }
            MistakeKind::OneProof { line } => {
                texts.say(language, &say::ConfigOneProof { at: at(*line).into() })
            }
            MistakeKind::Printer { line } => {
                texts.say(language, &say::ConfigPrinter { at: at(*line).into() })
            }
            MistakeKind::OperatorPin { line } => {
                texts.say(language, &say::ConfigOperatorPin { at: at(*line).into() })
            }
            MistakeKind::TrainingOnly { line } => {
                texts.say(language, &say::ConfigTrainingOnly { at: at(*line).into() })
            }
            MistakeKind::NoWayIn { line } => {
                texts.say(language, &say::ConfigNoWayIn { at: at(*line).into() })
            }
            MistakeKind::VirtualCard { line } => {
                texts.say(language, &say::ConfigVirtualCard { at: at(*line).into() })
            }
            MistakeKind::Counter { line, mistake } => mistake.said(at(*line), texts, language),
            MistakeKind::NoKeys => texts.say(language, &say::KeysMissing { file: file.into() }),
            MistakeKind::KeysOpen => texts.say(language, &say::KeysOpen { file: file.into() }),
            MistakeKind::KeysTraining => {
                texts.say(language, &say::KeysTraining { file: file.into() })
            }
        }
    }
}

/// Reads a file as text and hands it to `read`.
pub(crate) fn load<T>(
    file: &Path,
    read: impl FnOnce(&Path, &str) -> Result<T, Mistake>,
) -> Result<T, Mistake> {
    let text = std::fs::read_to_string(file)
        .map_err(|cause| Mistake::new(file, MistakeKind::Unreadable(cause)))?;
    read(file, &text)
}

/// The number of the line, from 1, that has the byte at this offset.
pub(crate) fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// Makes a [`Mistake`] of an error of the TOML library.
pub(crate) fn toml(file: &Path, text: &str, error: &::toml::de::Error) -> Mistake {
    let line = line(text, error.span().map_or(0, |span| span.start));
    Mistake::new(file, MistakeKind::Toml { line, words: error.message().to_owned() })
}

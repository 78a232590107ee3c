//! What is wrong with a file, said in a person's language.

use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::texts::Texts;
use std::path::{Path, PathBuf};

/// A mistake in a file, or the file itself.
#[derive(Debug)]
pub struct Mistake {
    pub file: PathBuf,
    pub what: What,
}

/// What is wrong.
#[derive(Debug)]
pub enum What {
    /// The file cannot be read, and why.
    Unreadable(std::io::Error),
    /// Not TOML, or not what belongs there: in the words of the TOML library, which name what would
    /// be right.
    Toml {
        line: usize,
        words: String,
    },
    /// `listen` must be an address and a port.
    Listen {
        line: usize,
    },
    /// `database` must be a file or a URL.
    Database {
        line: usize,
    },
    /// Without TLS a service is for its own machine only.
    PlainOutside {
        line: usize,
    },
    /// A secret must be 64 hexadecimal digits.
    Secret {
        line: usize,
    },
    /// A list has something twice, or nothing.
    EachOnce {
        line: usize,
    },
    /// A kiosk's service must be asked by HTTPS, unless it is on the same machine.
    ServiceUrl {
        line: usize,
    },
    /// Either a token or a certificate.
    OneProof {
        line: usize,
    },
    Printer {
        line: usize,
    },
    /// The operator's PIN is given as its hash.
    OperatorPin {
        line: usize,
    },
    /// Of the training, which everybody knows.
    TrainingOnly {
        line: usize,
    },
    /// No reader, and no way in without one.
    NoWayIn {
        line: usize,
    },
    VirtualCard {
        line: usize,
    },
    NoKeys,
    /// Others on this machine can read the secrets.
    KeysOpen,
    /// The training's secrets are known to everybody.
    KeysTraining,
}

impl Mistake {
    pub(crate) fn new(file: &Path, what: What) -> Self {
        Self { file: file.to_owned(), what }
    }

    /// One clear sentence, with what would be right.
    pub fn said(&self, texts: &Texts, language: Language) -> String {
        let file = self.file.display().to_string();
        let at = |line: usize| format!("{file}:{line}");
        match &self.what {
            What::Unreadable(cause) => texts.say(
                language,
                &say::ConfigUnreadable { file: file.into(), cause: cause.to_string().into() },
            ),
            What::Toml { line, words } => texts.say(
                language,
                &say::ConfigToml { at: at(*line).into(), cause: words.as_str().into() },
            ),
            What::Listen { line } => {
                texts.say(language, &say::ConfigListen { at: at(*line).into() })
            }
            What::Database { line } => {
                texts.say(language, &say::ConfigDatabase { at: at(*line).into() })
            }
            What::PlainOutside { line } => {
                texts.say(language, &say::ConfigPlainOutside { at: at(*line).into() })
            }
            What::Secret { line } => {
                texts.say(language, &say::ConfigSecret { at: at(*line).into() })
            }
            What::EachOnce { line } => {
                texts.say(language, &say::ConfigEachOnce { at: at(*line).into() })
            }
            What::ServiceUrl { line } => {
                texts.say(language, &say::ConfigServiceUrl { at: at(*line).into() })
            }
            What::OneProof { line } => {
                texts.say(language, &say::ConfigOneProof { at: at(*line).into() })
            }
            What::Printer { line } => {
                texts.say(language, &say::ConfigPrinter { at: at(*line).into() })
            }
            What::OperatorPin { line } => {
                texts.say(language, &say::ConfigOperatorPin { at: at(*line).into() })
            }
            What::TrainingOnly { line } => {
                texts.say(language, &say::ConfigTrainingOnly { at: at(*line).into() })
            }
            What::NoWayIn { line } => {
                texts.say(language, &say::ConfigNoWayIn { at: at(*line).into() })
            }
            What::VirtualCard { line } => {
                texts.say(language, &say::ConfigVirtualCard { at: at(*line).into() })
            }
            What::NoKeys => texts.say(language, &say::KeysMissing { file: file.into() }),
            What::KeysOpen => texts.say(language, &say::KeysOpen { file: file.into() }),
            What::KeysTraining => texts.say(language, &say::KeysTraining { file: file.into() }),
        }
    }
}

/// Reads a file by the reader of its text.
pub(crate) fn load<T>(
    file: &Path,
    read: impl FnOnce(&Path, &str) -> Result<T, Mistake>,
) -> Result<T, Mistake> {
    let text = std::fs::read_to_string(file)
        .map_err(|cause| Mistake::new(file, What::Unreadable(cause)))?;
    read(file, &text)
}

/// The line of a place in a text, from 1.
pub(crate) fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// A mistake that the TOML library found.
pub(crate) fn toml(file: &Path, text: &str, error: &::toml::de::Error) -> Mistake {
    let line = line(text, error.span().map_or(0, |span| span.start));
    Mistake::new(file, What::Toml { line, words: error.message().to_owned() })
}

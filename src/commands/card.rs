//! `vaxkiosk card --virtual FILE`: a virtual NHI card in the virtual reader, until the program is
//! stopped.

use super::locale;
use super::locale::LanguageParser;
use crate::commands::stdout;
use crate::config::mistake::{self, Mistake, MistakeKind, line, toml};
use crate::devices::virtual_card::{Face, Inserted, Manner, PORT, VirtualCard};
use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::texts::Texts;
use jiff::civil::Date;
use serde::Deserialize;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use toml::Spanned;

#[derive(Debug, clap::Args)]
pub struct CardArguments {
    /// What stands on the card: see kiosk-config/virtual-card.toml.
    #[arg(long = "virtual", value_name = "FILE")]
    file: PathBuf,
    /// Where the virtual reader listens.
    #[arg(long, default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, PORT)))]
    reader: SocketAddr,
    /// The language of what is said. Otherwise that of the locale, or zh-TW.
    #[arg(long, value_parser = LanguageParser)]
    language: Option<Language>,
}

/// How often it is looked whether the reader has let go.
const EVERY: Duration = Duration::from_millis(200);

pub fn run(arguments: &CardArguments) -> ExitCode {
    let (texts, language) = (Texts::default(), locale::language(arguments.language));
    let card = match load(&arguments.file) {
        Ok(card) => card,
        Err(mistake) => {
            eprintln!("{}", mistake.said(&texts, language));
            return ExitCode::from(2);
        }
    };
    let address = arguments.reader.to_string();
    let inserted = match Inserted::new(card, arguments.reader) {
        Ok(inserted) => inserted,
        Err(cause) => {
            let cause = cause.to_string();
            eprintln!(
                "{}",
                texts.say(
                    language,
                    &say::CardNoReader { address: address.into(), cause: cause.into() }
                )
            );
            return ExitCode::FAILURE;
        }
    };
    stdout::line(texts.say(language, &say::CardIn { address: address.into() }));
    while !inserted.is_over() {
        std::thread::sleep(EVERY);
    }
    stdout::line(texts.say(language, &say::CardOut));
    ExitCode::SUCCESS
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Twelve digits.
    number: Spanned<String>,
    name: String,
    id: String,
    born: Date,
    sex: Sex,
    issued: Date,
    #[serde(default)]
    manner: Manner,
}

#[derive(Clone, Copy, Deserialize)]
enum Sex {
    M,
    F,
}

/// Reads the text of a file.
///
/// # Errors
/// The first [`Mistake`].
pub fn read(path: &Path, text: &str) -> Result<VirtualCard, Mistake> {
    let file: File = ::toml::from_str(text).map_err(|error| toml(path, text, &error))?;
    let face = Face {
        number: file.number.get_ref(),
        name: &file.name,
        id: &file.id,
        born: file.born,
        sex: if matches!(file.sex, Sex::M) { 'M' } else { 'F' },
        issued: file.issued,
    };
    let wrong = |_| {
        Mistake::new(path, MistakeKind::VirtualCard { line: line(text, file.number.span().start) })
    };
    VirtualCard::new(&face, file.manner).map_err(wrong)
}

/// Reads a file.
///
/// # Errors
/// The first [`Mistake`].
pub fn load(path: &Path) -> Result<VirtualCard, Mistake> {
    mistake::load(path, read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_in_the_repository_is_right_and_a_mistake_is_named() {
        let text = include_str!("../../kiosk-config/virtual-card.toml");
        let card = read(Path::new("card.toml"), text).unwrap();
        assert_eq!(crate::devices::nhi_card::parse(&card.data).unwrap().name.expose(), "甄健康");
        let kind = |from: &str, to: &str| {
            read(Path::new("card.toml"), &text.replacen(from, to, 1)).unwrap_err().kind
        };
        assert!(matches!(kind("000000000001", "1"), MistakeKind::VirtualCard { .. }));
        assert!(
            matches!(kind("\"F\"", "\"X\""), MistakeKind::Toml { words, .. } if words.contains('M'))
        );
    }
}

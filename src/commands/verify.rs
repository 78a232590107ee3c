//! `vaxkiosk verify`: whether a receipt's text is valid, and what it is for. No network, no clock.

use super::locale;
use super::locale::LanguageParser;
use crate::commands::stdout;
use crate::config::key;
use crate::domain::language::Language;
use crate::domain::taipei;
use crate::i18n::dates::clock;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::receipt_errors;
use crate::i18n::texts::Texts;
use crate::receipt::claims::Claims;
use crate::receipt::demo_key::DEMO_ONLY_SECRET;
use crate::receipt::signing::{ReceiptError, ReceiptSigner, verify_with_any};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct VerifyArguments {
    /// What the QR code says: VAX1:…
    text: String,
    /// A file with a public key of the service: 64 hexadecimal digits. Given several times, a
    /// receipt of any of them is valid. Without it, only training receipts can be checked.
    #[arg(long)]
    key: Vec<PathBuf>,
    /// The language of what is said. Otherwise that of the locale, or zh-TW.
    #[arg(long, value_parser = LanguageParser)]
    language: Option<Language>,
}

pub fn run(arguments: &VerifyArguments) -> ExitCode {
    let (texts, language) = (Texts::default(), locale::language(arguments.language));
    let training_key = ReceiptSigner::from_secret(DEMO_ONLY_SECRET).public_key();
    let given: Option<Vec<[u8; 32]>> = arguments.key.iter().map(|file| read_key(file)).collect();
    let Some(given) = given else {
        eprintln!("{}", texts.say(language, &say::VerifyBadKey));
        return ExitCode::from(2);
    };
    let keys = if given.is_empty() { vec![training_key] } else { given };
    match verify_with_any(&arguments.text, &keys) {
        Ok((claims, key)) => {
            stdout::write(report(&texts, language, &claims, key == training_key));
            ExitCode::SUCCESS
        }
        Err(error) => {
            stdout::line(texts.say(language, receipt_errors::sentence(error)));
            if arguments.key.is_empty() && error == ReceiptError::WrongSignature {
                stdout::line(texts.say(language, &say::VerifyNoKey));
            }
            ExitCode::from(1)
        }
    }
}

fn read_key(file: &Path) -> Option<[u8; 32]> {
    let text = std::fs::read_to_string(file).ok()?;
    key::read(text.trim()).map(|key| *key)
}

fn report(texts: &Texts, language: Language, claims: &Claims, training: bool) -> String {
    let mut report = String::new();
    let mut line = |message: &dyn Message| {
        let _ = writeln!(report, "{}", texts.say(language, message));
    };
    let when = |at: jiff::civil::DateTime| {
        format!("{} {}", texts.long_date(language, at.date()), clock(at))
    };
    line(&say::VerifyValid);
    if training {
        line(&say::VerifyTraining);
    }
    line(&say::ReceiptNumber { number: claims.booking.to_string().into() });
    line(&say::VerifyRound { round: format!("{:02}", u8::from(claims.booking.round())).into() });
    line(&say::VerifySite { site: claims.site.0.to_string().into() });
    line(&say::VerifySlot { slot: when(claims.slot).into() });
    line(&say::ReceiptMade { made: when(taipei::civil(claims.issued)).into() });
    report
}

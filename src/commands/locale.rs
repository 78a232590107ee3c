//! Which language the command line speaks: the one that it is told, otherwise the locale's,
//! otherwise zh-TW. With `machine` it is the only place that reads the environment.

use crate::domain::channel::Channel;
use crate::domain::language::Language;
use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command};
use std::ffi::OsStr;

/// The language of a subcommand's own words.
pub fn language(told: Option<Language>) -> Language {
    let of_locale = || {
        let locale =
            ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| std::env::var(name).ok());
        locale.and_then(|locale| Language::from_tag(&locale))
    };
    told.or_else(of_locale).unwrap_or(Language::ZhTw)
}

/// Reads `--language th` for clap, and lists all languages in `--help`.
#[derive(Clone, Copy, Debug)]
pub struct LanguageParser;

impl TypedValueParser for LanguageParser {
    type Value = Language;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Language, clap::Error> {
        // A locale's name is taken too, such as th_TH.UTF-8.
        let known = |value: &str| {
            Language::from_tag(value)
                .ok_or_else(|| format!("one of {}", Language::ALL.map(Language::tag).join(", ")))
        };
        known.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Language::ALL.into_iter().map(|language| PossibleValue::new(language.tag()))))
    }
}

/// For clap: `--channel pharmacy`.
///
/// # Errors
/// The channels that there are.
pub fn channel(code: &str) -> Result<Channel, String> {
    Channel::from_code(code)
        .ok_or_else(|| format!("one of {}", Channel::ALL.map(Channel::code).join(", ")))
}

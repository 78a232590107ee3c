//! Which language the command line speaks: what it is told, else the locale's, else zh-TW. With
//! `env` the only place that reads the environment.

use crate::domain::channel::Channel;
use crate::domain::language::Language;

/// The language of a subcommand's own words.
pub fn language(told: Option<Language>) -> Language {
    let of_locale = || {
        let locale =
            ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| std::env::var(name).ok());
        locale.and_then(|locale| Language::from_tag(&locale))
    };
    told.or_else(of_locale).unwrap_or(Language::ZhTw)
}

/// For clap: `--language th`.
///
/// # Errors
/// The languages that there are.
pub fn parse(tag: &str) -> Result<Language, String> {
    Language::from_tag(tag).ok_or_else(|| {
        let tags: Vec<&str> = Language::ALL.iter().map(|language| language.tag()).collect();
        format!("one of {}", tags.join(", "))
    })
}

/// For clap: `--channel pharmacy`.
///
/// # Errors
/// The channels that there are.
pub fn channel(code: &str) -> Result<Channel, String> {
    Channel::from_code(code)
        .ok_or_else(|| format!("one of {}", Channel::ALL.map(Channel::code).join(", ")))
}

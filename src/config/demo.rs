//! `kiosk-config/demo.toml`: the kiosk of a training. It has no service and no devices to name: they are simulated, and a file that
//! names some is refused.

use super::mistake::{Mistake, What, toml};
use super::offered::{Offered, PlaceFile, Times};
use super::profile::{Offer, Profile, WayIn};
use crate::domain::channel::Channel;
use crate::domain::language::Language;
use serde::Deserialize;
use std::path::Path;
use toml::Spanned;

/// The file of the repository, for a training that is given none.
const USUAL: (&str, &str) = ("kiosk-config/demo.toml", include_str!("../../kiosk-config/demo.toml"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    channel: Channel,
    place: Option<PlaceFile>,
    languages: Option<Spanned<Vec<Language>>>,
    services: Option<Spanned<Vec<Offer>>>,
    ways: Option<Spanned<Vec<WayIn>>>,
    #[serde(default)]
    times: Times,
    operator_pin: Option<Spanned<String>>,
}

/// Reads the text of a file.
///
/// # Errors
/// The first [`Mistake`].
pub fn read(path: &Path, text: &str) -> Result<Profile, Mistake> {
    let File { channel, place, languages, services, ways, times, operator_pin } =
        ::toml::from_str(text).map_err(|error| toml(path, text, &error))?;
    Offered { channel, place, languages, services, ways, times, operator_pin }.profile(path, text)
}

/// Reads a file; without one, that of the repository.
///
/// # Errors
/// The first [`Mistake`].
pub fn load(path: Option<&Path>) -> Result<Profile, Mistake> {
    let Some(path) = path else { return read(USUAL.0.as_ref(), USUAL.1) };
    let text = std::fs::read_to_string(path).map_err(|cause| Mistake::new(path, What::Unreadable(cause)))?;
    read(path, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_the_repository_is_a_training_with_everything() {
        let profile = load(None).unwrap();
        let all = Profile::demo(Channel::ConvenienceStore);
        assert_eq!(Profile { operator_pin: None, ..profile.clone() }, all);
        assert!(profile.operator_pin.is_some() && profile.training);
    }

    #[test]
    fn a_training_has_no_service_of_its_own() {
        let file = format!("{}\n[service]\nurl = \"https://booking.example\"\n", USUAL.1);
        let Err(Mistake { what: What::Toml { words, .. }, .. }) = read("demo.toml".as_ref(), &file) else {
            panic!("it is refused");
        };
        assert!(words.contains("service"), "{words}");
    }
}

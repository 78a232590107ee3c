//! `kiosk-config/demo.toml`: the kiosk of a training. Its service and devices are simulated, so a
//! file that names a service or a device is refused.

use super::mistake::{self, Mistake, toml};
use super::profile::{Offer, Profile, WayIn};
use super::profile_file::{PlaceFile, ProfileFile, TRAINING, Times};
use crate::domain::channel::Channel;
use crate::domain::language::Language;
use serde::Deserialize;
use std::path::Path;
use toml::Spanned;

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

/// Reads the text of a file and names the first mistake in it. `path` is for the message only.
pub fn read(path: &Path, text: &str) -> Result<Profile, Mistake> {
    let File { channel, place, languages, services, ways, times, operator_pin } =
        ::toml::from_str(text).map_err(|error| toml(path, text, &error))?;
    ProfileFile { channel, place, languages, services, ways, times, operator_pin }
        .profile(path, text)
}

/// Reads a file; if none is given, the one of the repository, which is compiled in.
pub fn load(path: Option<&Path>) -> Result<Profile, Mistake> {
    match path {
        None => read("kiosk-config/demo.toml".as_ref(), TRAINING),
        Some(path) => mistake::load(path, read),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::mistake::MistakeKind;

    #[test]
    fn the_file_of_the_repository_is_a_training_with_everything() {
        let profile = load(None).unwrap();
        let all = Profile::demo(Channel::ConvenienceStore);
        assert_eq!(Profile { operator_pin: None, ..profile.clone() }, all);
        assert!(profile.operator_pin.is_some() && profile.training);
    }

    #[test]
    fn a_training_has_no_service_of_its_own() {
        let file = format!("{}\n[service]\nurl = \"https://booking.example\"\n", TRAINING);
        let Err(Mistake { kind: MistakeKind::Toml { words, .. }, .. }) =
            read("demo.toml".as_ref(), &file)
        else {
            panic!("it is refused");
        };
        assert!(words.contains("service"), "{words}");
    }
}

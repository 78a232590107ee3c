//! The part of a kiosk's file that becomes its [`Profile`]: channel, place, languages, services,
//! ways in, times and the operator's PIN. It is the same in a real kiosk's file and in the
//! training's, and so are the checks.

use super::mistake::{Mistake, MistakeKind};
use super::password_hash;
use super::profile::{Offer, Place, Profile, WayIn};
use crate::domain::channel::Channel;
use crate::domain::language::Language;
use serde::Deserialize;
use std::num::NonZeroU16;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;
use toml::Spanned;

/// The training's file, as it is in the repository.
pub(super) const TRAINING: &str = include_str!("../../kiosk-config/demo.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceFile {
    zh: String,
    en: String,
}

/// The times; those that the file does not give are as in the manuals.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Times {
    session_minutes: Option<NonZeroU16>,
    idle_warning_seconds: Option<NonZeroU16>,
    idle_grace_seconds: Option<NonZeroU16>,
}

pub(super) struct ProfileFile {
    pub channel: Channel,
    pub place: Option<PlaceFile>,
    pub languages: Option<Spanned<Vec<Language>>>,
    pub services: Option<Spanned<Vec<Offer>>>,
    pub ways: Option<Spanned<Vec<WayIn>>>,
    pub times: Times,
    pub operator_pin: Option<Spanned<String>>,
}

impl ProfileFile {
    /// Makes a profile: that of a training, with all that the file gives in its place. `path` and
    /// `text` are for the message about the first mistake.
    pub fn profile(self, path: &Path, text: &str) -> Result<Profile, Mistake> {
        let usual = Profile::demo(self.channel);
        let wrong = |span: Range<usize>, kind: fn(usize) -> MistakeKind| {
            Err(Mistake::at(path, text, span, kind))
        };
        let lists = [
            self.languages.as_ref().map(|list| (list.span(), each_once(list.get_ref()))),
            self.services.as_ref().map(|list| (list.span(), each_once(list.get_ref()))),
            self.ways.as_ref().map(|list| (list.span(), none_twice(list.get_ref()))),
        ];
        if let Some((span, _)) = lists.into_iter().flatten().find(|(_, right)| !right) {
            return wrong(span, |line| MistakeKind::EachOnce { line });
        }
        if let Some(pin) = &self.operator_pin
            && !password_hash::is_usable(pin.get_ref())
        {
            return wrong(pin.span(), |line| MistakeKind::OperatorPin { line });
        }
        let seconds = |given: Option<NonZeroU16>, usual: Duration| {
            given.map_or(usual, |given| Duration::from_secs(u64::from(given.get())))
        };
        let minutes = self
            .times
            .session_minutes
            .map(|minutes| Duration::from_secs(u64::from(minutes.get()) * 60));
        Ok(Profile {
            place: self.place.map(|place| Place { zh: place.zh, en: place.en }),
            languages: self.languages.map_or(usual.languages, Spanned::into_inner),
            offers: self.services.map_or(usual.offers, Spanned::into_inner),
            session_limit: minutes.unwrap_or(usual.session_limit),
            idle_warning: seconds(self.times.idle_warning_seconds, usual.idle_warning),
            idle_grace: seconds(self.times.idle_grace_seconds, usual.idle_grace),
            ways: self.ways.map_or_else(Vec::new, Spanned::into_inner),
            operator_pin: self.operator_pin.map(Spanned::into_inner),
            ..usual
        })
    }
}

/// Whether there is at least one entry, and none twice.
fn each_once<T: PartialEq>(list: &[T]) -> bool {
    !list.is_empty() && none_twice(list)
}

fn none_twice<T: PartialEq>(list: &[T]) -> bool {
    list.iter().enumerate().all(|(at, one)| !list[..at].contains(one))
}

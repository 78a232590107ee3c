//! What a screen may know besides its own state, to look at and not to change.

use crate::api::sites::Seats;
use crate::config::profile::Profile;
use crate::domain::round::Round;
use crate::i18n::language::Language;
use crate::kiosk::journey::Shown;
use crate::kiosk::journey::session::Session;
use std::time::Duration;

#[derive(Clone, Copy)]
pub struct Facts<'a> {
    pub now: Shown,
    pub profile: &'a Profile,
    pub round: Option<&'a Round>,
    pub session: Option<&'a Session>,
    pub seats: &'a Seats,
    pub line_up: bool,
    pub card_in: bool,
    pub reader_lost: bool,
    pub line_cut: bool,
    pub grace_left: Duration,
    /// Whether "fill a slot" has one to fill.
    pub can_fill: bool,
}

/// Whether places are named in Chinese characters for this reader. Japanese readers know them so too (the Japanese guide prints
/// 縣市 and 行政區 as they are).
pub fn reads_chinese(language: Language) -> bool {
    match language {
        Language::ZhTw | Language::Ja => true,
        Language::En | Language::Vi | Language::Id | Language::Th => false,
    }
}

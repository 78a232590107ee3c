//! A kiosk's profile: where it stands, its languages, its times.

use crate::domain::channel::Channel;
use crate::domain::language::Language;
use serde::Deserialize;
use std::time::Duration;

/// What a kiosk offers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Offer {
    Book,
    Register,
    MyBooking,
}

impl Offer {
    pub const ALL: [Offer; 3] = [Offer::Book, Offer::Register, Offer::MyBooking];
}

/// The name of the place, as it stands on every screen: in Chinese, and for readers of other
/// languages in English.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    pub zh: String,
    pub en: String,
}

/// A way in without just putting a card in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WayIn {
    /// 健保卡+註冊密碼
    CardPassword,
    /// 健保快易通APP+認證碼
    App,
    /// 身分證號+健保卡號
    Numbers,
    /// 簡易查詢: no session, only the latest booking.
    Query,
}

/// One kiosk's profile.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    pub channel: Channel,
    /// None in training: then it is a practice place of the channel.
    pub place: Option<Place>,
    /// The languages in the order of their buttons; the first is the one to which every session
    /// returns.
    pub languages: Vec<Language>,
    /// A session's whole time (連線剩餘時間).
    pub session_limit: Duration,
    /// Without any input for so long, the person is asked whether they are still there.
    pub idle_warning: Duration,
    /// Without an answer for so long after that, the session ends.
    pub idle_grace: Duration,
    /// What is offered besides putting a card in, in the order of the buttons.
    pub ways: Vec<WayIn>,
    pub offers: Vec<Offer>,
    /// Receipts can be printed.
    pub prints: bool,
    /// An Argon2id PHC string; none: there is no operator's screen.
    pub operator_pin: Option<String>,
    /// The public key that receipts are checked with.
    pub receipt_key: Option<[u8; 32]>,
    /// TRAINING on every screen, and the trainer's drawer.
    pub training: bool,
}

impl Profile {
    /// A kiosk in training, as in the manuals.
    pub fn demo(channel: Channel) -> Self {
        Self {
            channel,
            place: None,
            languages: Language::ALL.to_vec(),
            session_limit: Duration::from_secs(10 * 60),
            idle_warning: Duration::from_secs(60),
            idle_grace: Duration::from_secs(20),
            ways: vec![WayIn::CardPassword, WayIn::App, WayIn::Numbers, WayIn::Query],
            offers: Offer::ALL.to_vec(),
            prints: true,
            operator_pin: None,
            receipt_key: None,
            training: true,
        }
    }

    /// The language to which every session returns.
    pub fn first_language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::ZhTw)
    }
}

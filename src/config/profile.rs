//! A kiosk's profile: where it stands, what it offers in which languages, and its times. All kinds
//! of settings files lead to this one type.

use super::counter::Counter;
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

/// The name of the place that every screen shows: in Chinese to those who read it, in English to
/// the others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    pub zh: String,
    pub en: String,
}

/// A way to sign in besides putting a card in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WayIn {
    /// 健保卡+註冊密碼
    CardPassword,
    /// 健保快易通APP+認證碼
    App,
    /// 身分證號+健保卡號
    Numbers,
    /// 簡易查詢: shows the latest booking only, without signing in.
    Query,
    /// 簡訊代碼: takes the seat that a text message offers. Every kiosk that books has it, so no
    /// file names it.
    #[serde(skip)]
    OfferCode,
}

/// The profile of one kiosk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    pub channel: Channel,
    /// `None` in a training, where the name is that of a practice place of the channel.
    pub place: Option<Place>,
    /// The languages in the order of their buttons. The kiosk returns to the first after every
    /// session.
    pub languages: Vec<Language>,
    /// How long a session may last (連線剩餘時間).
    pub session_limit: Duration,
    /// The time without input after which the person is asked whether they are still there.
    pub idle_warning: Duration,
    /// The time after that question within which an answer must come, or the session ends.
    pub idle_grace: Duration,
    /// The ways to sign in besides putting a card in, in the order of their buttons.
    pub ways: Vec<WayIn>,
    pub offers: Vec<Offer>,
    /// Whether receipts can be printed.
    pub prints: bool,
    /// The hash of the operator's PIN, an Argon2id PHC string; `None` if there is no operator's
    /// screen.
    pub operator_pin: Option<String>,
    /// The public keys with which receipts are checked; without any they cannot be checked here.
    pub receipt_keys: Vec<[u8; 32]>,
    /// The counter at which staff serve citizens; `None` if citizens serve themselves here.
    pub counter: Option<Counter>,
    /// Whether this is a training: then TRAINING is on every screen, and there is the trainer's
    /// drawer.
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
            receipt_keys: Vec::new(),
            counter: None,
            training: true,
        }
    }

    /// The language to which the kiosk returns after every session.
    pub fn first_language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::ZhTw)
    }
}

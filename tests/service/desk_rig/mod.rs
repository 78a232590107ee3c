//! A desk of a vaccination site as the kiosk has it: its journey, the kiosk's own client over the
//! loopback, and its journal on a real disk. Its line can be cut, and its power.

use crate::desks::{DAY, EVERYTHING, card};
use crate::running::{Running, client};
use crate::staff_cards;
use jiff::Timestamp;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use vaxkiosk::api::attendance::AttendanceStep;
use vaxkiosk::api::staff::{OpenStaffSession, SIGNED_PREFIX, StaffChallenge};
use vaxkiosk::client::calls::Fault;
use vaxkiosk::client::http::Client;
use vaxkiosk::config::counter::Counter;
use vaxkiosk::config::profile::Profile;
use vaxkiosk::devices::staff_card::{
    Certificate, PinLength, Signature, SignedBy, StaffCard, StaffCardEvent, Tries,
};
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::taipei;
use vaxkiosk::kiosk::journey::Journey;
use vaxkiosk::kiosk::model::action::Action;
use vaxkiosk::kiosk::model::counter::CounterAction;
use vaxkiosk::kiosk::model::effect::Effect;
use vaxkiosk::kiosk::model::event::{Event, Moment};
use vaxkiosk::kiosk::model::site::{Kept, SiteAction};
use vaxkiosk::kiosk::runtime::journal::Journals;
use vaxkiosk::kiosk::screens::counter::site::{Front, SiteDesk};
use vaxkiosk::receipt::signing::ReceiptSigner;

/// Of the receipts of the tests' town.
pub fn signer() -> ReceiptSigner {
    ReceiptSigner::from_secret(&[6; 32])
}

/// A folder for one desk's journal.
pub fn folder(name: &str) -> PathBuf {
    let name = format!("desk-{}-{name}", std::process::id());
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    path
}

pub struct DeskRig {
    journey: Journey,
    journals: Journals,
    client: Client,
    card: staff_cards::StaffCard,
    time: Arc<Mutex<Timestamp>>,
    began: Timestamp,
    random: u128,
    pub cut: bool,
    /// What the screen said to be done.
    pub confirmed: Vec<(BookingNumber, AttendanceStep)>,
}

impl DeskRig {
    /// A desk that is switched on. `salt` keeps its random bits apart from those of others.
    pub async fn start(running: &Running, token: &str, folder: &Path, salt: u128) -> Self {
        let profile = Profile {
            counter: Some(Counter::training()),
            receipt_keys: vec![signer().public_key()],
            training: false,
            ..Profile::demo(Channel::VaccinationSite)
        };
        let began = *running.time.lock().unwrap();
        let now = Moment { wall: began, uptime: Duration::ZERO, random: salt << 64 };
        let (journey, effects) = Journey::start(profile, now);
        let mut desk = Self {
            journey,
            journals: Journals::new(folder.to_owned()),
            client: client(&running.base, token),
            card: card(running, EVERYTHING),
            time: Arc::clone(&running.time),
            began,
            random: salt << 64,
            cut: false,
            confirmed: Vec::new(),
        };
        desk.perform(effects).await;
        desk
    }

    fn moment(&mut self) -> Moment {
        self.random += 1;
        let wall = *self.time.lock().unwrap();
        let uptime = wall.duration_since(self.began).try_into().unwrap_or_default();
        Moment { wall, uptime, random: self.random }
    }

    pub async fn event(&mut self, event: Event) {
        let now = self.moment();
        let effects = self.journey.update(event, now);
        self.perform(effects).await;
    }

    async fn perform(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            let event = match effect {
                Effect::Call { ticket, call } => {
                    let reply =
                        if self.cut { Err(Fault::Gone) } else { self.client.call(call).await };
                    Some(Event::Reply { ticket, reply })
                }
                Effect::Journal(effect) => self.journals.perform(effect).map(Event::Journal),
                Effect::StaffSign { ticket, text, .. } => {
                    Some(Event::StaffSigned { ticket, outcome: Ok(sign(&self.card, &text)) })
                }
                _ => None,
            };
            if let Some(event) = event {
                let now = self.moment();
                waiting.extend(self.journey.update(event, now));
            }
        }
    }

    pub async fn act(&mut self, action: CounterAction) {
        self.event(Event::Act(Action::Counter(action))).await;
    }

    /// Card and PIN.
    pub async fn log_in(&mut self) {
        let card = as_read(&self.card);
        self.event(Event::StaffCard(StaffCardEvent::CardIn(card))).await;
        for digit in "123456".chars() {
            self.act(CounterAction::Type(digit)).await;
        }
        self.act(CounterAction::Enter).await;
        assert!(self.desk().day.as_ref().is_some_and(|day| day.list.date == DAY));
    }

    pub fn desk(&self) -> &SiteDesk {
        let working = self.journey.counter().and_then(|counter| counter.working());
        working.and_then(|working| working.desk.site()).expect("somebody works at the desk")
    }

    /// Shows a receipt; the code of the answer, empty of who may simply check in.
    pub async fn scan(&mut self, text: &str) -> &'static str {
        self.event(Event::Scanned(Personal::new(text))).await;
        let now = taipei::civil(*self.time.lock().unwrap());
        self.desk().finding(now).expect("an answer").answer.code().unwrap_or("")
    }

    /// Presses a key, and notes what the screen then says to be done.
    pub async fn press(&mut self, action: SiteAction) {
        self.act(CounterAction::Site(action)).await;
        if let Front::Done { number, step, .. } = &self.desk().front {
            let done = (*number, step.clone());
            self.confirmed.push(done);
        }
    }

    pub async fn set_lot(&mut self, lot: &str) {
        use vaxkiosk::kiosk::model::site::SitePage;
        self.act(CounterAction::Site(SiteAction::Page(SitePage::Lot))).await;
        for sign in lot.chars() {
            self.act(CounterAction::Type(sign)).await;
        }
        self.act(CounterAction::Enter).await;
    }

    pub async fn tick(&mut self) {
        self.event(Event::Tick).await;
    }

    pub fn conflicts(&self) -> Vec<Kept> {
        self.desk().conflicts().cloned().collect()
    }
}

/// The staff card as the reader tells it.
pub fn as_read(card: &staff_cards::StaffCard) -> StaffCard {
    StaffCard {
        own: Certificate::new(card.certificate.clone()),
        between: Vec::new(),
        pin_length: PinLength { shortest: 6, longest: 8 },
        tries: Tries::Untold,
    }
}

/// What the staff card makes of a text: a challenge of the service.
pub fn sign(card: &staff_cards::StaffCard, text: &[u8]) -> Signature {
    let rest = text.strip_prefix(SIGNED_PREFIX).expect("a challenge");
    let mut parts = rest.splitn(2, |byte| *byte == 0);
    let mut part = || String::from_utf8(parts.next().unwrap().to_vec()).unwrap();
    let (server, nonce) = (part(), part());
    let expires = Timestamp::UNIX_EPOCH;
    match card.sign(&StaffChallenge { server, nonce, expires }) {
        OpenStaffSession::Certificate { signature, .. } => {
            Signature { by: SignedBy::P256, bytes: hex::decode(signature).unwrap() }
        }
        OpenStaffSession::NhiCard { .. } => panic!("no NHI card"),
    }
}

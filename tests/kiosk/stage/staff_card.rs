//! Staff cards on the stage: put in, taken out, asked to sign; and what is seen of the counter.

use super::desk::staff::certificate;
use super::{Stage, input_of};
use std::time::Duration;
use vaxkiosk::config::counter::Counter as CounterConfig;
use vaxkiosk::config::profile::Profile;
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::devices::staff_card::{
    Certificate, PinLength, SignFault, Signature, SignedBy, StaffCard, StaffCardEvent, Tries,
};
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::screens::counter::serving::Serving;
use vaxkiosk::kiosk::screens::counter::{Counter, CounterScreen, Working};

pub fn card(staff: PracticeStaff) -> StaffCard {
    StaffCard {
        own: Certificate::new(certificate(staff)),
        between: Vec::new(),
        pin_length: PinLength { shortest: 6, longest: 8 },
        tries: Tries::Untold,
    }
}

/// A wrong PIN that locks the card.
pub const LOCKING_PIN: &str = "99999999";

/// What a card answers to a PIN.
pub fn sign(card: &StaffCard, pin: &Personal) -> Result<Signature, SignFault> {
    let is_it = |staff: &PracticeStaff| certificate(*staff) == card.own.der();
    let staff = PracticeStaff::ALL.into_iter().find(is_it).unwrap();
    if pin.expose() == LOCKING_PIN {
        return Err(SignFault::WrongPin(Tries::Locked));
    }
    if pin.expose() != staff.pin() {
        return Err(SignFault::WrongPin(Tries::Last));
    }
    Ok(Signature { by: SignedBy::P256, bytes: vec![1, 2, 3] })
}

impl Stage {
    /// A pharmacy's counter, with nobody logged in.
    pub fn counter(language: Language, size: (u16, u16)) -> Self {
        let mut profile = Profile::demo(Channel::Pharmacy);
        profile.counter = Some(CounterConfig::training());
        profile.languages.retain(|other| *other != language);
        profile.languages.insert(0, language);
        Self::of(profile, size)
    }

    pub fn staff_in(&mut self, staff: PracticeStaff) {
        self.event(Event::StaffCard(StaffCardEvent::CardIn(card(staff))));
    }

    pub fn staff_out(&mut self) {
        self.event(Event::StaffCard(StaffCardEvent::CardOut));
    }

    /// Puts the card in, types its PIN, and waits for the page.
    pub fn staff_logs_in(&mut self, staff: PracticeStaff) {
        self.staff_in(staff);
        self.keys(staff.pin());
        self.keys("\n");
    }

    /// As fast as a hand types, without a look at the screen: what comes too soon does not count.
    pub fn keys_at_once(&mut self, keys: &str) {
        for key in keys.chars() {
            self.uptime += Duration::from_millis(60);
            self.input_at_once(input_of(key));
        }
    }

    pub fn function(&mut self, key: u8) {
        self.input(Input::Function(key));
    }

    pub fn at_counter(&self) -> &Counter {
        self.cabinet.journey.counter().expect("a counter")
    }

    pub fn working(&self) -> &Working {
        self.at_counter().working().unwrap_or_else(|| panic!("nobody works:\n{}", self.text()))
    }

    pub fn serving(&self) -> &Serving {
        let serving = self.working().desk.serving();
        serving.unwrap_or_else(|| panic!("nobody is served:\n{}", self.text()))
    }

    pub fn is_locked(&self) -> bool {
        matches!(self.at_counter().screen, CounterScreen::Locked { .. })
    }

    pub fn is_logged_out(&self) -> bool {
        matches!(self.at_counter().screen, CounterScreen::LoggedOut(_))
    }
}

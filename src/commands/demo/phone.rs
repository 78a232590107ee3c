//! The practice people's phones: text messages go into the kiosk's own loop, and the simulated NHI
//! app's codes are read from its issuer. Nothing leaves this process.

use crate::devices::simulated::people::PracticeCard;
use crate::domain::personal::Personal;
use crate::kiosk::model::event::Event;
use crate::kiosk::model::practice::PracticeText;
use crate::kiosk::runtime::LoopInput;
use crate::server::notify::{Gateway, SendError, Sending, TextMessage};
use crate::server::otp::SimulatedIssuer;
use jiff::Timestamp;
use std::sync::mpsc::SyncSender;

/// A gateway to the practice phones.
pub struct PracticePhones {
    pub to_loop: SyncSender<LoopInput>,
}

impl Gateway for PracticePhones {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Sending<'a> {
        let text =
            PracticeText { to: message.to.masked(), text: Personal::new(message.text.as_str()) };
        // The kiosk's channel is full, so the message is tried again, as with any gateway.
        let sent = self.to_loop.try_send(LoopInput::Event(Event::Text(text)));
        Box::pin(std::future::ready(sent.map_err(|_| SendError::Later)))
    }
}

/// What each practice person's app shows at `now`.
pub fn app_codes(issuer: &SimulatedIssuer, now: Timestamp) -> Event {
    let faces = PracticeCard::ALL.into_iter().filter_map(|card| Some((card, card.face().ok()?)));
    Event::AppCodes(faces.map(|(card, face)| (card, issuer.code(&face.id, now))).collect())
}

//! Closes slots for `vaxkiosk admin slot close` and `site close`, and says what was done or why
//! nothing was.

use crate::commands::cli::{CommandError, Voice};
use crate::commands::machine;
use crate::domain::site::SlotId;
use crate::domain::taipei;
use crate::i18n::messages as say;
use crate::server::engine::closing::{self, Closed, ClosingError};
use crate::server::store::Store;
use jiff::Timestamp;
use jiff::civil::DateTime;
use std::process::ExitCode;

/// A time as it stands in a list.
pub fn clock(at: Timestamp) -> String {
    taipei::civil(at).strftime("%F %H:%M").to_string()
}

/// Closes these slots; who loses a seat there chooses before others until `until`.
pub async fn close(
    store: &Store,
    voice: &Voice,
    slots: &[SlotId],
    until: Option<DateTime>,
) -> Result<ExitCode, CommandError> {
    let until = until.map(taipei::instant);
    let refused = match closing::close(store, slots, until, machine::now()).await {
        Ok(closed) => {
            tell(voice, closed, until);
            return Ok(ExitCode::SUCCESS);
        }
        Err(ClosingError::Store(error)) => return Err(error.into()),
        Err(ClosingError::Unknown(slot)) => {
            voice.say(&say::SlotUnknown { slot: slot.0.to_string().into() })
        }
        Err(ClosingError::Begun(slot)) => {
            voice.say(&say::SlotBegun { slot: slot.0.to_string().into() })
        }
        Err(ClosingError::AlreadyClosed(slot)) => {
            voice.say(&say::SlotClosedAlready { slot: slot.0.to_string().into() })
        }
        Err(ClosingError::SeveralRounds) => voice.say(&say::SlotsOfRounds),
        Err(ClosingError::NeedsUntil(people)) => {
            voice.say(&say::ClosingNeedsUntil { people: people.into() })
        }
        Err(ClosingError::UntilPast) => voice.say(&say::ClosingUntilPast),
        Err(ClosingError::UntilTooLate(begins)) => {
            voice.say(&say::ClosingUntilLate { begins: voice.moment(begins).into() })
        }
    };
    eprintln!("{refused}");
    Ok(ExitCode::FAILURE)
}

fn tell(voice: &Voice, closed: Closed, until: Option<Timestamp>) {
    voice.tell(&say::SlotsClosed { slots: closed.slots.into() });
    if let (Some(until), 1..) = (until, closed.people) {
        let without = closed.people - closed.set_aside;
        voice.tell(&say::ClosingTold { people: closed.people.into() });
        let until = voice.moment(until);
        voice.tell(&say::ClosingSetAside { seats: closed.set_aside.into(), until: until.into() });
        voice.tell(&say::ClosingWithout { people: without.into() });
    }
}

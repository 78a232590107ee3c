//! The machine: what the kiosk is told about itself and knows of its devices, its line and the
//! round. It outlives every visit and holds nothing of a person.

use super::clearer::Clearer;
use super::event::Moment;
use super::practice::Practice;
use crate::api::sites::Seats;
use crate::config::profile::Profile;
use crate::domain::round::Round;
use std::time::Duration;

/// The time that is on the screen.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Now {
    /// The wall clock: for rounds and dates.
    pub wall: jiff::Timestamp,
    /// Time since the program started, which never goes back: for visits and waits.
    pub uptime: Duration,
}

impl From<Moment> for Now {
    fn from(moment: Moment) -> Self {
        Self { wall: moment.wall, uptime: moment.uptime }
    }
}

/// What outlives every visit.
#[derive(Clone, PartialEq, Debug)]
pub struct Machine {
    pub profile: Profile,
    pub now: Now,
    /// The current round, once the service has told it.
    pub round: Option<Round>,
    /// Free seats by district, as last told.
    pub seats: Seats,
    /// Whether the last call reached the service.
    pub line_up: bool,
    pub card_in: bool,
    pub reader_lost: bool,
    pub clearer: Clearer,
    /// The terminal has larger type: the same pages are then laid out for fewer cells.
    pub enlarges: bool,
    pub practice: Practice,
}

impl Machine {
    /// A machine that has just been switched on.
    pub fn new(profile: Profile, now: Now) -> Self {
        Self {
            profile,
            now,
            round: None,
            seats: Seats::default(),
            line_up: true,
            card_in: false,
            reader_lost: false,
            clearer: Clearer::Off,
            enlarges: false,
            practice: Practice::default(),
        }
    }
}

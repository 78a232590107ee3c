//! What a screen may know besides its own state, to look at and not to change.

use crate::api::sites::Seats;
use crate::config::profile::Profile;
use crate::domain::round::Round;
use crate::kiosk::journey::Shown;
use crate::kiosk::journey::session::Session;
use crate::kiosk::journey::training::PracticePhone;
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
    pub printer_unplugged: bool,
    pub grace_left: Duration,
    pub practice_phone: &'a PracticePhone,
    /// Whether "fill a slot" has one to fill.
    pub can_fill: bool,
}

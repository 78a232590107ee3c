//! Whom an exercise is for.

use super::words::words;
use crate::domain::channel::Channel;

words! {
    /// Whom an exercise is for.
    pub enum Role {
        /// Clerks of a convenience store, who help at the kiosk.
        Shop = "shop",
        /// Staff of a pharmacy's or health station's counter.
        Counter = "counter",
        /// Staff of a vaccination site's desk.
        Site = "site",
    }
}

impl Role {
    /// Whether an exercise of this role can stand in a place of that channel.
    pub fn is_at(self, channel: Channel) -> bool {
        match (self, channel) {
            (Role::Shop, Channel::ConvenienceStore)
            | (Role::Counter, Channel::Pharmacy | Channel::HealthStation)
            | (Role::Site, Channel::VaccinationSite) => true,
            (Role::Shop | Role::Counter | Role::Site, _) => false,
        }
    }
}

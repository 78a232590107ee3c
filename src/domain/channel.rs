//! The channels through which people reach the programme, and what each may do. The service knows a
//! device's channel from how the device was enrolled, never from what it says in a request.

use serde::{Deserialize, Serialize};

/// Where a kiosk or a desk stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    ConvenienceStore,
    Pharmacy,
    HealthStation,
    /// A desk where people check in to be vaccinated: nobody books there.
    VaccinationSite,
}

impl Channel {
    pub const ALL: [Channel; 4] = [
        Channel::ConvenienceStore,
        Channel::Pharmacy,
        Channel::HealthStation,
        Channel::VaccinationSite,
    ];

    pub fn may_book(self) -> bool {
        match self {
            Channel::ConvenienceStore | Channel::Pharmacy | Channel::HealthStation => true,
            Channel::VaccinationSite => false,
        }
    }

    /// A convenience store cannot cancel: people who booked there cancel on the website, in the NHI
    /// app, at a health station or at a pharmacy (citizen's manual, part 3).
    pub fn may_cancel(self) -> bool {
        match self {
            Channel::ConvenienceStore | Channel::VaccinationSite => false,
            Channel::Pharmacy | Channel::HealthStation => true,
        }
    }

    /// Moving a booking gives up its seat, so a channel may move only if it may cancel.
    pub fn may_move(self) -> bool {
        self.may_cancel()
    }

    /// Whether staff may serve people here, who log in with their own cards.
    pub fn has_counter(self) -> bool {
        match self {
            Channel::ConvenienceStore => false,
            Channel::Pharmacy | Channel::HealthStation | Channel::VaccinationSite => true,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Channel::ConvenienceStore => "convenience-store",
            Channel::Pharmacy => "pharmacy",
            Channel::HealthStation => "health-station",
            Channel::VaccinationSite => "vaccination-site",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_convenience_store_cannot_cancel() {
        assert!(Channel::ConvenienceStore.may_book());
        assert!(!Channel::ConvenienceStore.may_cancel());
        assert!(!Channel::ConvenienceStore.may_move(), "it gives up a seat");
    }

    #[test]
    fn a_pharmacy_and_a_health_station_book_and_cancel() {
        for channel in [Channel::Pharmacy, Channel::HealthStation] {
            assert!(channel.may_book() && channel.may_cancel() && channel.may_move());
        }
    }

    #[test]
    fn a_vaccination_site_changes_no_booking() {
        let site = Channel::VaccinationSite;
        assert!(!site.may_book() && !site.may_cancel() && !site.may_move());
    }

    #[test]
    fn a_channel_is_known_by_its_code() {
        for channel in Channel::ALL {
            assert_eq!(Channel::from_code(channel.code()), Some(channel));
        }
        assert_eq!(Channel::from_code("vending-machine"), None);
    }
}

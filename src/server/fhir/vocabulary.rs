//! Codes, ids and times as FHIR writes them, once for all resources.

use super::resources::Coding;
use crate::domain::booking_number::BookingNumber;
use crate::domain::round::Brand;
use crate::domain::site::{SiteId, SlotId};
use crate::domain::taipei;
use jiff::Timestamp;
use jiff::civil::DateTime;

/// The vaccine, by CVX (the code system of vaccines of the CDC of the United States, which TW Core
/// asks for): Moderna's of 100 or 50 micrograms, and AstraZeneca's.
pub fn cvx(brand: Brand) -> Coding {
    let (code, display) = match brand {
        Brand::AstraZeneca => ("210", "COVID-19 vaccine, vector-nr, rS-ChAdOx1, PF, 0.5 mL"),
        Brand::Moderna => {
            ("207", "COVID-19, mRNA, LNP-S, PF, 100 mcg/0.5mL dose or 50 mcg/0.25mL dose")
        }
    };
    Coding { system: "http://hl7.org/fhir/sid/cvx", code, display: Some(display) }
}

/// A vaccination, as FHIR's list of services has it.
pub const IMMUNIZATION: Coding = Coding {
    system: "http://terminology.hl7.org/CodeSystem/service-type",
    code: "57",
    display: Some("Immunization"),
};

/// One against COVID-19, as SMART Scheduling Links asks for it.
pub const COVID_IMMUNIZATION: Coding = Coding {
    system: "http://fhir-registry.smarthealthit.org/CodeSystem/service-type",
    code: "covid19-immunization",
    display: Some("COVID-19 Immunization Appointment"),
};

/// How numbers of this service are told from those of others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Naming {
    /// The service's public URL, without a slash at its end; `None` if it has none.
    base: Option<String>,
}

impl Naming {
    pub fn new(base: Option<String>) -> Self {
        Self { base }
    }

    /// The system of identifiers of a kind: `site`, `booking`, `person`.
    pub fn system(&self, kind: &str) -> String {
        match &self.base {
            Some(base) => format!("{base}/fhir/identifiers/{kind}"),
            None => format!("urn:vaxkiosk:{kind}"),
        }
    }
}

// An id has letters, digits, hyphens and points only, 64 at most (R4, 2.24.0.1, `id`).

pub fn location_id(site: SiteId) -> String {
    format!("site-{}", site.0)
}

/// A site gives one vaccine, and a schedule is one site's for one vaccine.
pub fn schedule_id(site: SiteId, brand: Brand) -> String {
    format!("site-{}-{}", site.0, brand.code())
}

pub fn slot_id(slot: SlotId) -> String {
    format!("slot-{}", slot.0)
}

pub fn appointment_id(number: BookingNumber) -> String {
    format!("booking-{number}")
}

pub fn immunization_id(number: BookingNumber) -> String {
    format!("dose-{number}")
}

/// Taiwan's civil time as an instant: with seconds and zone, which FHIR asks for.
pub fn civil_instant(civil: DateTime) -> String {
    format!("{}+08:00", civil.strftime("%FT%T"))
}

/// An instant to the second, as Taiwan's clocks show it.
pub fn instant(at: Timestamp) -> String {
    civil_instant(taipei::civil(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_time_has_its_seconds_and_its_zone() {
        let morning = date(2027, 7, 16).at(9, 0, 0, 0);
        assert_eq!(civil_instant(morning), "2027-07-16T09:00:00+08:00");
        // A fraction of a second is left out.
        let at: Timestamp = "2027-07-16T17:59:59.999Z".parse().unwrap();
        assert_eq!(instant(at), "2027-07-17T01:59:59+08:00");
    }

    #[test]
    fn numbers_of_two_services_are_told_apart_by_their_public_urls() {
        let named = Naming::new(Some("https://booking.example".into()));
        assert_eq!(named.system("site"), "https://booking.example/fhir/identifiers/site");
        assert_eq!(Naming::new(None).system("site"), "urn:vaxkiosk:site");
    }
}

//! The service's paths and headers. No path contains personal data, because proxies log paths.

use super::sites::EarliestQuery;
use crate::domain::region::DistrictCode;
use crate::domain::site::SiteId;

pub const ROUND: &str = "/v1/round";
pub const SESSIONS: &str = "/v1/sessions";
/// The session of the bearer token.
pub const OWN_SESSION: &str = "/v1/sessions/own";
pub const SEATS: &str = "/v1/seats";
pub const BOOKINGS: &str = "/v1/bookings";
/// Of several people at once.
pub const TOGETHER: &str = "/v1/bookings/together";
/// How the person of the session waits for a seat.
pub const WAITING: &str = "/v1/waiting/own";
/// Offers that are taken by the code of their text message.
pub const OFFERS_TAKEN: &str = "/v1/offers/taken";
/// That the person of the session wants to be told of leftover doses.
pub const OWN_LEFTOVER: &str = "/v1/leftovers/own";
/// Those of today at this desk's site.
pub const LEFTOVERS: &str = "/v1/leftovers";
pub const LEFTOVERS_CAME: &str = "/v1/leftovers/came";
pub const MOVE: &str = "/v1/bookings/own/move";
pub const CANCEL: &str = "/v1/bookings/own/cancel";
pub const INTENTION: &str = "/v1/intentions/own";
pub const GRAPHIC_CODES: &str = "/v1/graphic-codes";
pub const QUERIES: &str = "/v1/queries";
pub const STAFF_CHALLENGES: &str = "/v1/staff/challenges";
pub const STAFF_SESSIONS: &str = "/v1/staff/sessions";
/// What staff cards have refused at a device.
pub const STAFF_CARD_REFUSALS: &str = "/v1/staff/card-refusals";
/// The staff session of the header [`STAFF_HEADER`].
pub const OWN_STAFF_SESSION: &str = "/v1/staff/sessions/own";
/// The staff of the own institution.
pub const STAFF_USERS: &str = "/v1/staff/users";
pub const STAFF_USER_ROUTE: &str = "/v1/staff/users/{id}";
pub const INSTITUTION_FIGURES_ROUTE: &str = "/v1/institution/days/{date}/figures";
pub const ATTENDANCE_DAY_ROUTE: &str = "/v1/attendance/days/{date}";
pub const ATTENDANCE_FIGURES_ROUTE: &str = "/v1/attendance/days/{date}/figures";
pub const ATTENDANCE_ENTRIES: &str = "/v1/attendance/entries";
pub const AUDIT: &str = "/v1/admin/audit";
/// The service's clock.
pub const TIME: &str = "/v1/time";
/// The manifest of what is published in FHIR, and the files that it names.
pub const FHIR_PUBLICATION: &str = "/fhir/$bulk-publish";
pub const FHIR_LOCATIONS: &str = "/fhir/locations.ndjson";
pub const FHIR_SCHEDULES: &str = "/fhir/schedules.ndjson";
pub const FHIR_SLOTS: &str = "/fhir/slots.ndjson";
pub const HEALTHZ: &str = "/healthz";
pub const READYZ: &str = "/readyz";
pub const METRICS: &str = "/metrics";
/// The contract as an OpenAPI 3.1 document.
pub const OPENAPI: &str = "/openapi.json";
/// The same as a page to read.
pub const DOCS: &str = "/docs";
pub const SITES_ROUTE: &str = "/v1/districts/{district}/sites";
pub const SLOTS_ROUTE: &str = "/v1/sites/{site}/slots";
pub const EARLIEST_SLOTS_ROUTE: &str = "/v1/districts/{district}/earliest-slots";

/// The header with the kiosk's token.
pub const DEVICE_HEADER: &str = "vaxkiosk-device";
/// The header with the token of a staff session.
pub const STAFF_HEADER: &str = "vaxkiosk-staff";
/// The header with the idempotency key: 32 hexadecimal digits, made when the person presses the
/// button. The same key gives the same booking.
pub const IDEMPOTENCY_HEADER: &str = "idempotency-key";

/// The sites of one district.
pub fn sites(district: DistrictCode) -> String {
    format!("/v1/districts/{}/sites", district.0)
}

/// The slots of one site.
pub fn slots(site: SiteId) -> String {
    format!("/v1/sites/{}/slots", site.0)
}

/// The earliest free slots near one district.
pub fn earliest_slots(district: DistrictCode, query: &EarliestQuery) -> String {
    let EarliestQuery { brands, order, limit } = query;
    let (brands, order) = (String::from(brands.clone()), order.text());
    format!(
        "/v1/districts/{}/earliest-slots?brands={brands}&order={order}&limit={limit}",
        district.0
    )
}

/// One staff member of the own institution.
pub fn staff_user(id: u32) -> String {
    format!("/v1/staff/users/{id}")
}

/// The day of this device's site.
pub fn attendance_day(date: jiff::civil::Date) -> String {
    format!("/v1/attendance/days/{date}")
}

/// The same in figures.
pub fn attendance_figures(date: jiff::civil::Date) -> String {
    format!("/v1/attendance/days/{date}/figures")
}

/// The day of the own institution's sites in figures.
pub fn institution_figures(date: jiff::civil::Date) -> String {
    format!("/v1/institution/days/{date}/figures")
}

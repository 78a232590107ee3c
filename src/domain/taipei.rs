//! Taiwan's civil time. The island has kept UTC+8 without summer time since 1980, so the offset is
//! a constant here.

use jiff::{Timestamp, civil::DateTime, tz};

/// The wall clock in Taiwan at `instant`.
pub fn civil(instant: Timestamp) -> DateTime {
    tz::offset(8).to_datetime(instant)
}

/// The instant at which Taiwan's wall clock shows `civil`.
///
/// # Panics
/// For years outside what `Timestamp` holds (-9999 to 9999).
pub fn instant(civil: DateTime) -> Timestamp {
    tz::offset(8).to_timestamp(civil).expect("a civil time within the years -9999 to 9999")
}

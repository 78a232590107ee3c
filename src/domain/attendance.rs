//! Who comes to a vaccination site: what a booking is worth there at a moment (報到). Signatures
//! and what the service knows come in as facts.

use super::booking_number::BookingNumber;
use super::site::SiteId;
use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Who comes so much before their slot begins is asked to wait.
pub const EARLY: SignedDuration = SignedDuration::from_mins(30);

/// How far a person has come on the day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Attendance {
    /// Booked, and not come yet.
    Expected,
    CheckedIn {
        at: Timestamp,
        /// The name of the device where it was entered.
        desk: String,
    },
    Vaccinated {
        at: Timestamp,
        /// 批號.
        lot: String,
        desk: String,
    },
    /// Came, and left without being vaccinated.
    Left {
        at: Timestamp,
        desk: String,
    },
    /// Did not come: known when the slot's day is closed.
    Absent,
    /// The booking has another slot now.
    Moved,
    Cancelled,
}

/// What the vaccination site knows of the person of a live booking, as far as the rules of booking
/// ask for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Presence {
    /// Nobody has checked them in, and their day is not over.
    #[default]
    Expected,
    /// Checked in, vaccinated, or left without.
    Came,
    /// Their day is over, and they did not come.
    Absent,
}

/// What is known of the booking that is shown at the desk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown<'a> {
    pub number: BookingNumber,
    pub site: SiteId,
    /// Taiwan's civil time.
    pub starts: DateTime,
    pub ends: DateTime,
    pub attendance: &'a Attendance,
}

/// What the desk says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Verdict {
    /// Today, here, on time.
    MayCheckIn,
    /// Today and here, but their slot begins later.
    Early {
        #[cfg_attr(feature = "server", schema(value_type = String))]
        starts: DateTime,
    },
    /// Today and here, but their slot is over; they may be taken.
    Late {
        #[cfg_attr(feature = "server", schema(value_type = String))]
        ended: DateTime,
    },
    AnotherDay {
        #[cfg_attr(feature = "server", schema(value_type = String))]
        starts: DateTime,
    },
    AnotherSite,
    Moved,
    Cancelled,
    /// Checked in, vaccinated or left before.
    AlreadyIn {
        attendance: Attendance,
    },
    Absent,
}

impl Verdict {
    /// Whether one key checks this person in.
    pub fn may_check_in(&self) -> bool {
        match self {
            Verdict::MayCheckIn | Verdict::Early { .. } | Verdict::Late { .. } => true,
            Verdict::AnotherDay { .. }
            | Verdict::AnotherSite
            | Verdict::Moved
            | Verdict::Cancelled
            | Verdict::AlreadyIn { .. }
            | Verdict::Absent => false,
        }
    }
}

/// What a booking is worth at a site, by Taiwan's civil time.
pub fn verdict(shown: &Shown<'_>, site: SiteId, now: DateTime) -> Verdict {
    match shown.attendance {
        Attendance::Cancelled => return Verdict::Cancelled,
        Attendance::Moved => return Verdict::Moved,
        Attendance::Expected
        | Attendance::CheckedIn { .. }
        | Attendance::Vaccinated { .. }
        | Attendance::Left { .. }
        | Attendance::Absent => {}
    }
    if shown.site != site {
        return Verdict::AnotherSite;
    }
    if shown.starts.date() != now.date() {
        return Verdict::AnotherDay { starts: shown.starts };
    }
    match shown.attendance {
        Attendance::CheckedIn { .. } | Attendance::Vaccinated { .. } | Attendance::Left { .. } => {
            Verdict::AlreadyIn { attendance: shown.attendance.clone() }
        }
        Attendance::Absent => Verdict::Absent,
        Attendance::Expected | Attendance::Moved | Attendance::Cancelled => {
            if now < shown.starts.saturating_sub(EARLY) {
                Verdict::Early { starts: shown.starts }
            } else if now >= shown.ends {
                Verdict::Late { ended: shown.ends }
            } else {
                Verdict::MayCheckIn
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::round::RoundNumber;
    use jiff::civil::date;

    const HERE: SiteId = SiteId(7);

    fn at(day: i8, hour: i8, minute: i8) -> DateTime {
        date(2027, 7, day).at(hour, minute, 0, 0)
    }

    fn said(attendance: &Attendance, site: SiteId, now: DateTime) -> Verdict {
        let number = BookingNumber::new(RoundNumber::try_from(2).unwrap(), 31).unwrap();
        let (starts, ends) = (at(16, 9, 0), at(16, 10, 0));
        verdict(&Shown { number, site, starts, ends, attendance }, HERE, now)
    }

    #[test]
    fn the_desk_says_what_a_booking_is_worth_here_and_now() {
        let expected = Attendance::Expected;
        let early = Verdict::Early { starts: at(16, 9, 0) };
        assert_eq!(said(&expected, HERE, at(16, 8, 29)), early);
        assert_eq!(said(&expected, HERE, at(16, 8, 30)), Verdict::MayCheckIn);
        assert_eq!(said(&expected, HERE, at(16, 9, 59)), Verdict::MayCheckIn);
        let late = Verdict::Late { ended: at(16, 10, 0) };
        assert_eq!(said(&expected, HERE, at(16, 10, 0)), late);
        assert!(early.may_check_in() && late.may_check_in());
        let another = Verdict::AnotherDay { starts: at(16, 9, 0) };
        assert_eq!(said(&expected, HERE, at(15, 9, 0)), another);
        assert_eq!(said(&expected, SiteId(8), at(16, 9, 0)), Verdict::AnotherSite);
        assert!(!another.may_check_in() && !Verdict::AnotherSite.may_check_in());
    }

    #[test]
    fn what_happened_to_the_booking_counts_before_the_hour() {
        let moment = Timestamp::from_second(1_800_000_000).unwrap();
        let now = at(16, 9, 0);
        assert_eq!(said(&Attendance::Cancelled, SiteId(8), now), Verdict::Cancelled);
        assert_eq!(said(&Attendance::Moved, HERE, now), Verdict::Moved);
        let desk = || "desk 2".to_owned();
        for attendance in [
            Attendance::CheckedIn { at: moment, desk: desk() },
            Attendance::Vaccinated { at: moment, lot: "3004217".into(), desk: desk() },
            Attendance::Left { at: moment, desk: desk() },
        ] {
            let verdict = said(&attendance, HERE, now);
            assert_eq!(verdict, Verdict::AlreadyIn { attendance });
            assert!(!verdict.may_check_in());
        }
        assert_eq!(said(&Attendance::Absent, HERE, now), Verdict::Absent);
    }
}

//! The simple query (簡易查詢): the round's booking, masked, without a session.

use super::captchas::CaptchaAnswer;
use crate::domain::booking_number::BookingNumber;
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use crate::domain::site::Site;
use jiff::{Timestamp, civil::DateTime};
use serde::{Deserialize, Serialize};

/// How many last digits of the mobile number are asked for.
pub const MOBILE_END: usize = 3;

/// `POST /v1/queries`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Query {
    pub id: IdNumber,
    /// The last three digits of the mobile number that the booking has.
    pub mobile_end: Personal,
    pub graphic: CaptchaAnswer,
}

/// A booking as it is shown to anyone who knows the identity number and the last digits of the
/// mobile number (citizen's manual, page 49).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct QueryView {
    pub number: BookingNumber,
    pub made: Timestamp,
    /// `Q********2`
    pub id_masked: String,
    /// `甄〇康`
    pub name_masked: String,
    /// `0912 *** 678`
    pub mobile_masked: String,
    pub site: Site,
    #[cfg_attr(feature = "server", schema(value_type = String, example = "2027-07-16T10:00:00"))]
    pub starts: DateTime,
    #[cfg_attr(feature = "server", schema(value_type = String, example = "2027-07-16T10:00:00"))]
    pub ends: DateTime,
}

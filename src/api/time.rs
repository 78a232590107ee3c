//! The service's clock, for a kiosk that checks its own.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// `GET /v1/time`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ServiceTime {
    pub now: Timestamp,
}

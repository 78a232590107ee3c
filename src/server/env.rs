//! What the outside hands in to the service: the clock, randomness, who knows the NHI app's codes,
//! and how free slots are published. The service reads none of them by itself, so that tests and
//! the training can set them.

use super::fhir::publication::Publisher;
use super::otp::Issuer;
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// The clock.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Time that has gone by since some moment of this process. It never goes back, whatever the clock
/// is set to.
pub type Uptime = Arc<dyn Fn() -> Duration + Send + Sync>;

/// 32 random bytes, other ones at each call.
pub type Random = Arc<dyn Fn() -> [u8; 32] + Send + Sync>;

/// What the outside hands in.
#[derive(Clone)]
pub struct Env {
    pub now: Now,
    pub uptime: Uptime,
    pub random: Random,
    /// `None` if nobody can come in with a code of the app.
    pub otp: Option<Arc<dyn Issuer>>,
    /// `None` if free slots are not published.
    pub publisher: Option<Arc<Publisher>>,
}

//! Forgets whose the bookings of old rounds are, some days after each has closed.

use super::service::Service;
use super::store::error::StoreError;
use jiff::SignedDuration;
use std::sync::Arc;
use std::time::Duration;

/// How often the service looks for rounds whose time is over.
const EVERY: Duration = Duration::from_secs(3600);

/// Looks for as long as the future lives; `keep_days` is how long a round is kept after it closed.
pub async fn forget_old_rounds(service: Arc<Service>, keep_days: u32) {
    let mut timer = tokio::time::interval(EVERY);
    timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        timer.tick().await;
        if let Err(error) = forget(&service, keep_days).await {
            tracing::warn!(%error, "an old round could not be forgotten");
        }
    }
}

/// One look.
///
/// # Errors
/// If the database fails; the next look goes on.
pub async fn forget(service: &Service, keep_days: u32) -> Result<(), StoreError> {
    let now = (service.env.now)();
    let closed = now - SignedDuration::from_hours(24 * i64::from(keep_days));
    for round in service.store.rounds_to_forget(closed).await? {
        service.store.forget_round(round, now).await?;
        tracing::info!(round = u8::from(round), "nobody knows any more whose its bookings were");
    }
    Ok(())
}

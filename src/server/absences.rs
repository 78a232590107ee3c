//! Closes the days of vaccination sites: after Taiwan's midnight, those who did not come are marked
//! as absent and told. Several servers may do it at once; each person is marked once.

use super::service::Service;
use super::store::error::StoreError;
use crate::domain::taipei;
use jiff::civil::Date;
use std::sync::Arc;
use std::time::Duration;

/// How often the service looks for days that are over.
const EVERY: Duration = Duration::from_secs(60);

/// Looks for as long as the future lives.
pub async fn mark_absences(service: Arc<Service>) {
    let mut timer = tokio::time::interval(EVERY);
    timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        timer.tick().await;
        if let Err(error) = close_days(&service).await {
            tracing::warn!(%error, "a day of the vaccination sites could not be closed");
        }
    }
}

/// One look: closes all days that are over. Returns how many people this server marked.
///
/// # Errors
/// If the database fails; the next look goes on.
pub async fn close_days(service: &Service) -> Result<u64, StoreError> {
    let today = taipei::civil((service.env.now)()).date();
    let mut absent = 0;
    for day in service.store.days_to_close(today).await? {
        absent += close(service, day).await?;
    }
    Ok(absent)
}

async fn close(service: &Service, day: Date) -> Result<u64, StoreError> {
    let (mut after, mut absent) = (0, 0);
    loop {
        let marked = service.store.mark_absent(day, after, (service.env.now)()).await?;
        absent += marked.absent;
        match marked.last {
            Some(last) => after = last,
            None => break,
        }
    }
    service.store.close_day(day, (service.env.now)()).await?;
    tracing::info!(%day, absent, "a day of the vaccination sites is closed");
    Ok(absent)
}

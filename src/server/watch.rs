//! Looks at the database from time to time for what others have changed: other servers, an
//! administrator. Requests never wait for it.

use super::lockout::FORGOTTEN_AFTER;
use super::service::Service;
use super::store::error::StoreError;
use super::store::programme::Changes;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;

/// The time between two looks: half of the second that the crowd's reads may be old.
const EVERY: Duration = Duration::from_millis(500);
/// After how many looks it is tried whether the database can be written; after each while it
/// cannot.
const TRY_WRITE_EVERY: u32 = 4;
/// How long a look may take. One that takes longer finds the database gone.
const LOOK_WITHIN: Duration = Duration::from_secs(4);
/// After how many looks what only grows is tidied.
const TIDY_EVERY: u32 = 120;
/// How far back ended sessions are read again: servers' clocks may differ by so much, and a
/// transaction may take so long.
const OVERLAP: SignedDuration = SignedDuration::from_secs(15);

/// Watches for as long as the future lives.
pub async fn watch(service: Arc<Service>) {
    let mut seen = Changes::default();
    let mut timer = tokio::time::interval(EVERY);
    timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    for look in 0_u32.. {
        timer.tick().await;
        let since = (service.env.now)() - OVERLAP;
        let looked = tokio::time::timeout(LOOK_WITHIN, look_at(&service, seen, since)).await;
        match looked.unwrap_or(Err(StoreError::TooSlow)) {
            Ok(changes) => {
                seen = changes;
                service.seen(true);
            }
            Err(error) => {
                tracing::warn!(%error, "the database could not be asked for changes");
                service.metrics.watch_failed();
                service.seen(false);
            }
        }
        let try_now = !service.store.can_write() || look.is_multiple_of(TRY_WRITE_EVERY);
        if try_now && let Err(error) = service.store.try_write((service.env.now)()).await {
            tracing::warn!(%error, "the database could not be written");
        }
        if let Err(error) = give_back_ended_holds(&service).await {
            tracing::warn!(%error, "seats whose time has ended could not be given back");
        }
        if look.is_multiple_of(TIDY_EVERY) {
            service.limits.tidy();
            let now = (service.env.now)();
            service.sessions.tidy(now, (service.env.uptime)());
            service.staff.sessions.tidy(now, (service.env.uptime)());
            service.lockout.tidy(now);
            if let Err(error) = service.store.forget_failed_logins(now - FORGOTTEN_AFTER).await {
                tracing::warn!(%error, "wrong attempts could not be forgotten");
            }
            let refused = service.refused_log_ins.take(now);
            if !refused.is_empty()
                && let Err(error) = service.store.add_to_trail(&refused).await
            {
                tracing::warn!(%error, "refused log-ins could not be added to the audit trail");
            }
            if let Err(error) = service.store.forget_spent_tokens(now).await {
                tracing::warn!(%error, "ended sessions could not be forgotten");
            }
        }
    }
}

/// Gives back the seats that were set aside for people whose time has ended, and shows them.
async fn give_back_ended_holds(service: &Service) -> Result<(), StoreError> {
    let given = service.store.give_back_ended_holds((service.env.now)()).await?;
    if given > 0 {
        tracing::info!(seats = given, "given back, as their time has ended");
        service.refresh_seats().await?;
    }
    Ok(())
}

async fn look_at(
    service: &Service,
    seen: Changes,
    since: Timestamp,
) -> Result<Changes, StoreError> {
    let (store, now) = (&service.store, (service.env.now)());
    let changes = store.changes().await?;
    let shown = service.catalog.snapshot().map(|snapshot| snapshot.round.number);
    if changes.programme != seen.programme
        || shown.is_none()
        || store.current_round(now).await? != shown
    {
        service.load_programme().await?;
    }
    if changes.devices != seen.devices {
        service.devices.know(&store.devices().await?);
    }
    if changes.staff != seen.staff {
        service.load_staff().await?;
    }
    service.refresh_seats().await?;
    service.lockout.learn(&store.failed_logins(since).await?);
    service.end_tokens(&store.spent_tokens(since, now).await?);
    Ok(changes)
}

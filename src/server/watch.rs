//! Looks at the database from time to time for what others have changed: other servers, an
//! administrator. Requests never wait for it.

use super::engine::line::{self, Look};
use super::lockout::FORGOTTEN_AFTER;
use super::service::Service;
use super::store::error::StoreError;
use super::store::programme::Changes;
use crate::domain::taipei;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;

/// The time between two looks: half of the second that the crowd's reads may be old.
const EVERY: Duration = Duration::from_millis(500);
/// After how many looks it is tried whether the database can be written; after each while it
/// cannot.
const TRY_WRITE_EVERY: u32 = 4;
/// After how many looks the seats that are free for all are compared with the line too.
const ALL_SEATS_EVERY: u32 = 8;
/// After how many looks the next are told of doses that are left.
const LEFTOVERS_EVERY: u32 = 10;
/// How long a look may take. One that takes longer finds the database gone.
const LOOK_WITHIN: Duration = Duration::from_secs(4);
/// How long a look at the line may take, however long the line is. What it has offered stays so.
const LINE_WITHIN: Duration = Duration::from_secs(20);
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
        look_after_seats(&service, look).await;
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

/// Seats whose time has ended, those who wait for one, and doses that are left.
async fn look_after_seats(service: &Service, look: u32) {
    if let Err(error) = give_back_ended_holds(service).await {
        tracing::warn!(%error, "seats whose time has ended could not be given back");
    }
    let looked = tokio::time::timeout(LINE_WITHIN, look_at_line(service, look)).await;
    if let Err(error) = looked.unwrap_or(Err(StoreError::TooSlow)) {
        tracing::warn!(%error, "seats could not be offered to those who wait");
    }
    let now = (service.env.now)();
    if look.is_multiple_of(LEFTOVERS_EVERY)
        && let Err(error) = service.store.tell_of_leftovers(taipei::civil(now).date(), now).await
    {
        tracing::warn!(%error, "people could not be told of doses that are left");
    }
    if let Some(snapshot) = service.catalog.snapshot()
        && service.catalog.somebody_waits()
        && look.is_multiple_of(TIDY_EVERY)
        && let Err(error) = service.store.tidy_line(snapshot.round.number).await
    {
        tracing::warn!(%error, "those who have a seat could not leave the line");
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

/// Offers to those who wait what came free, and shows it. Where nobody waits nothing is asked.
async fn look_at_line(service: &Service, look: u32) -> Result<(), StoreError> {
    let Some(snapshot) = service.catalog.snapshot() else { return Ok(()) };
    if !service.catalog.somebody_waits() {
        return Ok(());
    }
    let all = look.is_multiple_of(ALL_SEATS_EVERY);
    let which = if all { Look::All } else { Look::GivenUp };
    let looked = line::look(&service.store, &snapshot, which, (service.env.now)()).await?;
    if looked.offered + looked.lapsed > 0 {
        tracing::info!(looked.offered, looked.lapsed, "seats offered to those who wait");
    }
    if !looked.seats.is_empty() {
        service.refresh_seats().await?;
    }
    if all {
        // The last of them may have a seat by now.
        let round = snapshot.round.number;
        service
            .catalog
            .know_who_waits(service.store.somebody_waits(round, (service.env.now)()).await?);
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
    // Slots that were closed change the programme.
    if (changes.waiting, changes.programme) != (seen.waiting, seen.programme)
        && let Some(snapshot) = service.catalog.snapshot()
    {
        let somebody = store.somebody_waits(snapshot.round.number, now).await?;
        service.catalog.know_who_waits(somebody);
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

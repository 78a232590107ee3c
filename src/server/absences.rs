//! Closes the days of vaccination sites: those who did not come are marked as absent and told. A
//! desk whose line is down has entries that nobody knows of, so a site's day is closed after
//! Taiwan's midnight once each of its desks was heard after the last slot, and at noon in any case.
//! Several servers may do it at once; each person is marked once.

use super::service::Service;
use super::store::absences::{HeardDesk, OpenDay};
use super::store::error::StoreError;
use crate::domain::site::SiteId;
use crate::domain::taipei;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// How often the service looks for days that are over.
const EVERY: Duration = Duration::from_secs(60);
/// From this hour of the next day on no desk is waited for.
const WAITS_UNTIL: i8 = 12;
/// People are told from this hour on, so that no message comes at night.
const TOLD_FROM: i8 = 9;
/// And so long after they were marked at the least: a desk that has just its line again sends what
/// it has entered meanwhile.
const TOLD_AFTER: SignedDuration = SignedDuration::from_mins(15);

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

/// One look: closes all days that may be closed. Returns how many people this server marked.
///
/// # Errors
/// If the database fails; the next look goes on.
pub async fn close_days(service: &Service) -> Result<u64, StoreError> {
    let now = (service.env.now)();
    let days = service.store.open_days(taipei::civil(now).date()).await?;
    if days.is_empty() {
        return Ok(0);
    }
    let desks = service.store.heard_desks().await?;
    let mut by_day: BTreeMap<Date, Vec<SiteId>> = BTreeMap::new();
    for one in days.iter().filter(|one| may_close(one, &desks, now)) {
        by_day.entry(one.day).or_default().push(one.site);
    }
    let mut absent = 0;
    for (day, sites) in by_day {
        absent += close(service, day, &sites).await?;
    }
    Ok(absent)
}

async fn close(service: &Service, day: Date, sites: &[SiteId]) -> Result<u64, StoreError> {
    let (mut after, mut absent) = (0, 0);
    loop {
        let now = (service.env.now)();
        let times = (now, told_from(now));
        let marked = service.store.mark_absent((day, sites), after, times).await?;
        absent += marked.absent;
        match marked.last {
            Some(last) => after = last,
            None => break,
        }
    }
    service.store.close_day(day, sites, (service.env.now)()).await?;
    tracing::info!(%day, sites = sites.len(), absent, "days of vaccination sites are closed");
    Ok(absent)
}

/// Whether all is known of a site's day, or nobody waits any longer.
fn may_close(one: &OpenDay, desks: &[HeardDesk], now: Timestamp) -> bool {
    let Ok(next) = one.day.tomorrow() else { return false };
    let midnight = taipei::instant(next.at(0, 0, 0, 0));
    if now < midnight {
        return false;
    }
    let (last, latest) = (taipei::instant(one.last), next.at(WAITS_UNTIL, 0, 0, 0));
    let was_in_use = |desk: &&HeardDesk| desk.site == one.site && desk.added < midnight;
    let was_heard = |desk: &HeardDesk| desk.heard.is_some_and(|heard| heard >= last);
    now >= taipei::instant(latest) || desks.iter().filter(was_in_use).all(was_heard)
}

/// When those who are marked now are told: at nine, but not sooner than [`TOLD_AFTER`].
fn told_from(now: Timestamp) -> Timestamp {
    let soonest = taipei::civil(now + TOLD_AFTER);
    let today = soonest.date().at(TOLD_FROM, 0, 0, 0);
    let day = if soonest <= today { Ok(soonest.date()) } else { soonest.date().tomorrow() };
    day.map_or(now + TOLD_AFTER, |day| taipei::instant(day.at(TOLD_FROM, 0, 0, 0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn at(day: i8, hour: i8, minute: i8) -> Timestamp {
        taipei::instant(date(2027, 7, day).at(hour, minute, 0, 0))
    }

    #[test]
    fn a_day_waits_for_each_desk_until_noon() {
        let (site, day) = (SiteId(1), date(2027, 7, 16));
        let one = OpenDay { day, site, last: day.at(17, 0, 0, 0) };
        let heard = |heard| HeardDesk { site, added: at(1, 0, 0), heard };
        let (early, late) = (heard(Some(at(16, 15, 0))), heard(Some(at(16, 17, 0))));
        let back = heard(Some(at(17, 8, 0)));
        let elsewhere = HeardDesk { site: SiteId(2), ..heard(None) };
        let new = HeardDesk { added: at(17, 0, 0), ..heard(None) };
        for (desks, now, expected) in [
            (vec![late], at(16, 23, 59), false),
            (vec![late], at(17, 0, 0), true),
            (vec![late, early], at(17, 0, 0), false),
            (vec![late, heard(None)], at(17, 11, 59), false),
            (vec![late, heard(None)], at(17, 12, 0), true),
            (vec![late, back], at(17, 8, 1), true),
            (vec![late, elsewhere, new], at(17, 0, 0), true),
            (vec![], at(17, 0, 0), true),
        ] {
            assert_eq!(may_close(&one, &desks, now), expected, "{desks:?} at {now}");
        }
    }

    #[test]
    fn people_are_told_at_nine() {
        for (now, expected) in [
            (at(17, 0, 0), at(17, 9, 0)),
            (at(17, 8, 45), at(17, 9, 0)),
            (at(17, 8, 46), at(18, 9, 0)),
            (at(17, 12, 0), at(18, 9, 0)),
            (at(17, 23, 50), at(18, 9, 0)),
        ] {
            assert_eq!(told_from(now), expected, "{now}");
        }
    }
}

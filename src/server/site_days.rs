//! The day of a vaccination site as its desks read it. Which bookings are on a day is read for all
//! sites at once and kept for a moment, since it is a search through all bookings of the round: so
//! thousands of desks in the morning cost no more than one. How far each person has come is read
//! anew each time.

use super::keys::{Purpose, Secrets};
use super::store::Store;
use super::store::error::StoreError;
use super::store::ids::DeviceId;
use super::store::site_days::DayBooking;
use crate::domain::site::SiteId;
use aws_lc_rs::hmac;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use zeroize::Zeroizing;

/// How old the list of a day's bookings may be.
const KEPT_FOR: Duration = Duration::from_secs(3);
/// Days that are kept: today, and one that somebody looks up.
const KEPT_AT_MOST: usize = 2;

/// The bookings of days, and the keys of their lists.
pub struct SiteDays {
    kept: Mutex<HashMap<Date, Kept>>,
    key: Zeroizing<[u8; 32]>,
}

/// The bookings of one day at one site, as they were at a moment.
#[derive(Clone, Debug)]
pub struct SiteDay {
    pub taken: Timestamp,
    /// By slot, then by number.
    pub bookings: Arc<[DayBooking]>,
}

struct Kept {
    /// The service's uptime when it was read.
    read: Duration,
    taken: Timestamp,
    by_site: HashMap<SiteId, Arc<[DayBooking]>>,
}

impl SiteDays {
    pub fn new(secrets: &Secrets) -> Self {
        Self { kept: Mutex::default(), key: secrets.key(Purpose::Attendance) }
    }

    /// The key of a device for a day: another device's, or another day's, opens nothing of it.
    pub fn key(&self, device: DeviceId, day: Date) -> Zeroizing<[u8; 32]> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.key.as_ref());
        let signed = hmac::sign(&key, format!("device {} day {day}", device.0).as_bytes());
        let mut of_day = Zeroizing::new([0; 32]);
        of_day.copy_from_slice(signed.as_ref());
        of_day
    }

    /// The bookings of a day at a site. Who asks while they are read waits for that one reading.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn of(
        &self,
        store: &Store,
        (site, day): (SiteId, Date),
        now: Timestamp,
        uptime: Duration,
    ) -> Result<SiteDay, StoreError> {
        let mut all = self.kept.lock().await;
        all.retain(|_, kept| uptime.saturating_sub(kept.read) < KEPT_FOR);
        if !all.contains_key(&day) {
            if all.len() >= KEPT_AT_MOST {
                all.clear();
            }
            let by_site = by_site(store.bookings_of_day(day).await?);
            all.insert(day, Kept { read: uptime, taken: now, by_site });
        }
        let kept = &all[&day];
        let bookings = kept.by_site.get(&site).cloned().unwrap_or_else(|| Arc::from([]));
        Ok(SiteDay { taken: kept.taken, bookings })
    }
}

fn by_site(bookings: Vec<DayBooking>) -> HashMap<SiteId, Arc<[DayBooking]>> {
    let mut sites: HashMap<SiteId, Vec<DayBooking>> = HashMap::new();
    for booking in bookings {
        sites.entry(booking.site).or_default().push(booking);
    }
    sites.into_iter().map(|(site, bookings)| (site, Arc::from(bookings))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn each_device_has_a_key_of_its_own_for_each_day() {
        let days = SiteDays::new(&Secrets::new([1; 32], [2; 32]));
        let (friday, saturday) = (date(2027, 7, 16), date(2027, 7, 17));
        let key = days.key(DeviceId(7), friday);
        assert_eq!(key, days.key(DeviceId(7), friday));
        assert_ne!(key, days.key(DeviceId(8), friday));
        assert_ne!(key, days.key(DeviceId(7), saturday));
        let other = SiteDays::new(&Secrets::new([3; 32], [2; 32]));
        assert_ne!(key, other.key(DeviceId(7), friday));
    }
}

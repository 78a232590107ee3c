//! The day of a vaccination site as its desks read it. Which bookings are on a day is read for all
//! sites at once and kept for a moment, since it is a search through all bookings of the round: so
//! thousands of desks in the morning cost no more than one. How far each person has come is read
//! anew each time. Whoever asks for other days never holds up those who ask for today.

use super::store::Store;
use super::store::error::StoreError;
use super::store::ids::DeviceId;
use super::store::numbered_keys::AttendanceKeys;
use super::store::site_days::DayBooking;
use crate::domain::site::SiteId;
use crate::domain::taipei;
use aws_lc_rs::hmac;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use zeroize::Zeroizing;

/// How old the list of a day's bookings may be.
const KEPT_FOR: Duration = Duration::from_secs(3);
/// Other days than today that are kept.
const KEPT_AT_MOST: usize = 8;
/// How far from today a day may be that anybody asks for.
const FARTHEST: i8 = 62;

/// The bookings of days, and the keys of their lists.
pub struct SiteDays {
    today: Mutex<HashMap<Date, Kept>>,
    others: Mutex<HashMap<Date, Kept>>,
    keys: AttendanceKeys,
}

/// Whether a day is near enough to today to be read.
pub fn is_near(day: Date, now: Timestamp) -> bool {
    let today = taipei::civil(now).date();
    let (first, last) = (today.checked_sub(FARTHEST.days()), today.checked_add(FARTHEST.days()));
    first.is_ok_and(|first| first <= day) && last.is_ok_and(|last| day <= last)
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
    pub fn new(keys: AttendanceKeys) -> Self {
        Self { today: Mutex::default(), others: Mutex::default(), keys }
    }

    /// The key of a device for a day: another device's, or another day's, opens nothing of it. It
    /// stays the same when the root is changed: what a desk keeps of a day that had begun before
    /// is sealed by the root of then.
    pub fn key(&self, device: DeviceId, day: Date) -> Zeroizing<[u8; 32]> {
        let was_used = |until: &Timestamp| day <= taipei::civil(*until).date();
        let earlier = self.keys.earlier.iter().find(|(until, _)| was_used(until));
        let root = earlier.map_or(&self.keys.now, |(_, key)| key);
        let key = hmac::Key::new(hmac::HMAC_SHA256, root.as_ref());
        let signed = hmac::sign(&key, format!("device {} day {day}", device.0).as_bytes());
        let mut of_day = Zeroizing::new([0; 32]);
        of_day.copy_from_slice(signed.as_ref());
        of_day
    }

    /// The bookings of a day at a site. Who asks while they are read waits for that one reading,
    /// and who asks for another day than today for the others of those.
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
        let is_today = day == taipei::civil(now).date();
        let (days, most) = if is_today { (&self.today, 1) } else { (&self.others, KEPT_AT_MOST) };
        let mut all = days.lock().await;
        all.retain(|_, kept| uptime.saturating_sub(kept.read) < KEPT_FOR);
        if !all.contains_key(&day) {
            while all.len() >= most {
                let oldest = all.iter().min_by_key(|(_, kept)| kept.read).map(|(day, _)| *day);
                let Some(oldest) = oldest else { break };
                all.remove(&oldest);
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

    fn keys(now: u8, earlier: &[(Date, u8)]) -> SiteDays {
        let earlier = earlier.iter().map(|(until, key)| {
            (taipei::instant(until.at(3, 0, 0, 0)), Zeroizing::new([*key; 32]))
        });
        let (now, earlier) = (Zeroizing::new([now; 32]), earlier.collect());
        SiteDays::new(AttendanceKeys { now, earlier })
    }

    #[test]
    fn each_device_has_a_key_of_its_own_for_each_day() {
        let days = keys(1, &[]);
        let (friday, saturday) = (date(2027, 7, 16), date(2027, 7, 17));
        let key = days.key(DeviceId(7), friday);
        assert_eq!(key, days.key(DeviceId(7), friday));
        assert_ne!(key, days.key(DeviceId(8), friday));
        assert_ne!(key, days.key(DeviceId(7), saturday));
        assert_ne!(key, keys(3, &[]).key(DeviceId(7), friday));
    }

    #[test]
    fn a_day_keeps_its_key_when_the_root_is_changed() {
        let day = |day| date(2027, 7, day);
        let (first, second) = (keys(1, &[]), keys(2, &[]));
        // The root was changed on the 10th and on the 16th, at three in the morning.
        let third = keys(3, &[(day(10), 1), (day(16), 2)]);
        for (of, expected) in [(9, &first), (10, &first), (11, &second), (16, &second)] {
            let (of, device) = (day(of), DeviceId(7));
            assert_eq!(third.key(device, of), expected.key(device, of), "{of}");
        }
        assert_eq!(third.key(DeviceId(7), day(17)), keys(3, &[]).key(DeviceId(7), day(17)));
    }

    #[test]
    fn only_days_near_today_are_read() {
        let now = taipei::instant(date(2027, 7, 16).at(9, 0, 0, 0));
        for (day, expected) in [
            (date(2027, 7, 16), true),
            (date(2027, 5, 15), true),
            (date(2027, 5, 14), false),
            (date(2027, 9, 16), true),
            (date(2027, 9, 17), false),
            (Date::MAX, false),
            (Date::MIN, false),
        ] {
            assert_eq!(is_near(day, now), expected, "{day}");
        }
    }
}

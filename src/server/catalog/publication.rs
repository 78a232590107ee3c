//! The publication of free slots, as it was last made: all four parts at one moment, so that what
//! one refers to is in the other. It is open to strangers, so it costs the same however many ask:
//! it is made anew ten seconds after the last one at the earliest.

use super::{Body, Snapshot};
use crate::domain::round::Phase;
use crate::domain::taipei;
use crate::server::fhir::publication::Publisher;
use crate::server::fhir::resources::ndjson;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex, PoisonError};

/// For how long a publication is handed out, unless the round opens or closes or a slot begins
/// before: that is known to the second.
pub const RENEWED_AFTER: SignedDuration = SignedDuration::from_secs(10);

/// The manifest and its files.
#[derive(Debug)]
pub struct Publication {
    pub manifest: Body,
    pub locations: Body,
    pub schedules: Body,
    pub slots: Body,
}

#[derive(Debug, Default)]
pub(super) struct CachedPublication(Mutex<Option<Made>>);

#[derive(Debug)]
struct Made {
    at: Timestamp,
    until: Timestamp,
    publication: Arc<Publication>,
}

impl Made {
    /// A clock that was set back ends it too.
    fn holds(&self, now: Timestamp) -> bool {
        (self.at..self.until).contains(&now)
    }
}

impl Snapshot {
    /// The publication, if the last one still holds.
    pub fn published(&self, now: Timestamp) -> Option<Arc<Publication>> {
        let made = self.publication.0.lock().unwrap_or_else(PoisonError::into_inner);
        made.as_ref().filter(|made| made.holds(now)).map(|made| Arc::clone(&made.publication))
    }

    /// The publication; made anew if the last one no longer holds. That takes longer the more slots
    /// there are: not to be called on a thread that answers others. Who asks meanwhile waits.
    pub fn publish(&self, publisher: &Publisher, now: Timestamp) -> Arc<Publication> {
        let mut made = self.publication.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = made.as_ref().filter(|made| made.holds(now)) {
            return Arc::clone(&made.publication);
        }
        let publication = Arc::new(self.publication_of(publisher, now));
        let until = self.published_until(now);
        *made = Some(Made { at: now, until, publication: Arc::clone(&publication) });
        publication
    }

    fn publication_of(&self, publisher: &Publisher, now: Timestamp) -> Publication {
        let is_open = matches!(self.round.phase(now), Phase::Open { .. });
        let clock = taipei::civil(now);
        let sites = || self.sites.iter().map(|shown| &shown.site);
        let to_come = self.slots.iter().filter(|shown| shown.slot.starts > clock);
        let slots = to_come.filter_map(|shown| {
            publisher.slot(&shown.now(), self.sites[shown.site].site.brand, is_open)
        });
        Publication {
            manifest: Body::of(&publisher.manifest(now)),
            locations: Body::of_bytes(ndjson(sites().map(|site| publisher.location(site)))),
            schedules: Body::of_bytes(ndjson(sites().map(|site| publisher.schedule(site)))),
            slots: Body::of_bytes(ndjson(slots)),
        }
    }

    /// When what is made now is made anew: by its age, or because time changes what it says.
    fn published_until(&self, now: Timestamp) -> Timestamp {
        let clock = taipei::civil(now);
        let starts = self.slots.iter().map(|shown| shown.slot.starts).filter(|at| *at > clock);
        let begins = starts.min().map(taipei::instant);
        let changes = [Some(self.round.opens), Some(self.round.closes), begins];
        let next = changes.into_iter().flatten().filter(|at| *at > now).min();
        let aged = now.saturating_add(RENEWED_AFTER).unwrap_or(Timestamp::MAX);
        next.map_or(aged, |next| next.min(aged))
    }
}

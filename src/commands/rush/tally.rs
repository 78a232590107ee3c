//! What the crowd met, counted while it goes on.

use super::report::Report;
use crate::api::audit::AuditReport;
use crate::client::calls::Fault;
use crate::domain::booking_number::BookingNumber;
use hdrhistogram::Histogram;
use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How a person's visit ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Booked,
    Full,
    Refused,
}

/// The counts.
pub struct Tally {
    offered: AtomicU64,
    full: AtomicU64,
    refused: AtomicU64,
    busy: AtomicU64,
    gone: AtomicU64,
    reads: AtomicU64,
    sent_again: AtomicU64,
    answered_otherwise: AtomicU64,
    families: AtomicU64,
    families_booked: AtomicU64,
    parted: AtomicU64,
    waited: AtomicU64,
    took_offers: AtomicU64,
    holds_lost: AtomicU64,
    kept: Mutex<Kept>,
}

struct Kept {
    numbers: Vec<BookingNumber>,
    given_up: Vec<BookingNumber>,
    /// Microseconds from the press to the answer, waiting and trying again included.
    bookings: Histogram<u64>,
    reads: Histogram<u64>,
    unrecovered: Vec<String>,
}

/// Ten minutes in microseconds: no kiosk waits longer.
const LONGEST: u64 = 600_000_000;

impl Default for Tally {
    fn default() -> Self {
        let histogram =
            || Histogram::new_with_max(LONGEST, 3).expect("three digits of so much are allowed");
        let kept = Kept {
            numbers: Vec::new(),
            given_up: Vec::new(),
            bookings: histogram(),
            reads: histogram(),
            unrecovered: Vec::new(),
        };
        Self {
            offered: AtomicU64::new(0),
            full: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            busy: AtomicU64::new(0),
            gone: AtomicU64::new(0),
            reads: AtomicU64::new(0),
            sent_again: AtomicU64::new(0),
            answered_otherwise: AtomicU64::new(0),
            families: AtomicU64::new(0),
            families_booked: AtomicU64::new(0),
            parted: AtomicU64::new(0),
            waited: AtomicU64::new(0),
            took_offers: AtomicU64::new(0),
            holds_lost: AtomicU64::new(0),
            kept: Mutex::new(kept),
        }
    }
}

fn one_more(count: &AtomicU64) {
    count.fetch_add(1, Ordering::Relaxed);
}

fn micros(took: Duration) -> u64 {
    u64::try_from(took.as_micros()).unwrap_or(u64::MAX)
}

impl Tally {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A seat was asked for.
    pub fn offered(&self) {
        one_more(&self.offered);
    }

    pub fn booked(&self, number: BookingNumber, took: Duration) {
        let mut kept = self.kept();
        kept.numbers.push(number);
        kept.bookings.saturating_record(micros(took));
    }

    pub fn person(&self, outcome: Outcome) {
        match outcome {
            Outcome::Booked => {}
            Outcome::Full => one_more(&self.full),
            Outcome::Refused => one_more(&self.refused),
        }
    }

    /// A family's visit ended.
    pub fn family(&self, outcome: Outcome) {
        one_more(&self.families);
        if outcome == Outcome::Booked {
            one_more(&self.families_booked);
        }
    }

    /// Somebody of a family that was refused has a seat all the same.
    pub fn parted(&self) {
        one_more(&self.parted);
    }

    /// Somebody waits.
    pub fn waits(&self) {
        one_more(&self.waited);
    }

    /// Somebody who waited has the seat that was held for them.
    pub fn took_offer(&self) {
        one_more(&self.took_offers);
    }

    /// A seat that was said to be held was not.
    pub fn hold_lost(&self) {
        one_more(&self.holds_lost);
    }

    /// A booking was given up: it is not missed.
    pub fn given_up(&self, number: BookingNumber) {
        self.kept().given_up.push(number);
    }

    pub fn read(&self, took: Duration) {
        one_more(&self.reads);
        self.kept().reads.saturating_record(micros(took));
    }

    pub fn busy(&self) {
        one_more(&self.busy);
    }

    pub fn gone(&self) {
        one_more(&self.gone);
    }

    /// A booking was asked for once more with its key.
    pub fn sent_again(&self, same: bool) {
        one_more(&self.sent_again);
        if !same {
            one_more(&self.answered_otherwise);
        }
    }

    /// A kiosk could not go on.
    pub fn unrecovered(&self, what: String) {
        self.kept().unrecovered.push(what);
    }

    pub fn acknowledged(&self) -> Vec<BookingNumber> {
        let kept = self.kept();
        let given_up: HashSet<_> = kept.given_up.iter().collect();
        kept.numbers.iter().filter(|number| !given_up.contains(number)).copied().collect()
    }

    /// For the progress bar.
    pub fn line(&self) -> String {
        let kept = self.kept();
        let retries = self.busy.load(Ordering::Relaxed) + self.gone.load(Ordering::Relaxed);
        format!("✓ {}  ↻ {retries}  ✗ {}", kept.numbers.len(), kept.unrecovered.len())
    }

    pub fn report(&self, took: Duration, audit: Result<AuditReport, Fault>) -> Report {
        let kept = self.kept();
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let a_second =
            |count: u64| (count as f64 / took.as_secs_f64().max(0.001) * 10.0).round() / 10.0;
        let millis = |micros: u64| micros as f64 / 1000.0;
        let booked = kept.numbers.len() as u64;
        Report {
            seconds: (took.as_secs_f64() * 10.0).round() / 10.0,
            offered: count(&self.offered),
            booked,
            full: count(&self.full),
            refused: count(&self.refused),
            errors: kept.unrecovered.len() as u64,
            first_errors: kept.unrecovered.iter().take(5).cloned().collect(),
            retries_busy: count(&self.busy),
            retries_gone: count(&self.gone),
            booking_p50_ms: millis(kept.bookings.value_at_quantile(0.5)),
            booking_p99_ms: millis(kept.bookings.value_at_quantile(0.99)),
            booking_max_ms: millis(kept.bookings.max()),
            bookings_a_second: a_second(booked),
            reads: count(&self.reads),
            reads_a_second: a_second(count(&self.reads)),
            read_p99_ms: millis(kept.reads.value_at_quantile(0.99)),
            sent_again: count(&self.sent_again),
            answered_otherwise: count(&self.answered_otherwise),
            families: count(&self.families),
            families_booked: count(&self.families_booked),
            families_parted: count(&self.parted),
            given_up: kept.given_up.len() as u64,
            waited: count(&self.waited),
            took_offers: count(&self.took_offers),
            holds_lost: count(&self.holds_lost),
            audit: audit.ok(),
        }
    }
}

//! What a rush found: as a table in a person's language, and as JSON.

use crate::api::audit::AuditReport;
use crate::commands::cli::Voice;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use serde::Serialize;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// The result of a rush.
#[derive(Debug, Serialize)]
pub struct Report {
    pub seconds: f64,
    /// Seats asked for, repeats not counted.
    pub offered: u64,
    /// Bookings that the service acknowledged.
    pub booked: u64,
    /// People who found slot after slot full.
    pub full: u64,
    /// People whom a rule refused.
    pub refused: u64,
    /// Kiosks that could not go on.
    pub errors: u64,
    pub first_errors: Vec<String>,
    pub retries_busy: u64,
    pub retries_gone: u64,
    /// From the press to the answer, waiting and trying again included.
    pub booking_p50_ms: f64,
    pub booking_p99_ms: f64,
    pub booking_max_ms: f64,
    pub bookings_a_second: f64,
    pub reads: u64,
    pub reads_a_second: f64,
    pub read_p99_ms: f64,
    /// Acknowledged bookings that were asked for once more with their key.
    pub sent_again: u64,
    /// Of those, how many were answered with something else.
    pub answered_otherwise: u64,
    pub families: u64,
    pub families_booked: u64,
    /// People of families that were refused who have a seat all the same.
    pub families_parted: u64,
    /// Bookings that were cancelled again.
    pub given_up: u64,
    /// People who waited for a seat, and how many took the one that was held for them.
    pub waited: u64,
    pub took_offers: u64,
    /// Seats that were said to be held and were not.
    pub holds_lost: u64,
    /// `None` if no server could be asked.
    pub audit: Option<AuditReport>,
}

impl Report {
    /// Whether nothing was lost, doubled, or left without an answer.
    pub fn passed(&self) -> bool {
        let sound = self.audit.as_ref().is_some_and(AuditReport::is_sound);
        let whole = self.families_parted == 0 && self.holds_lost == 0;
        sound && whole && self.errors == 0 && self.answered_otherwise == 0
    }

    /// Two columns, and what the audit says.
    pub fn table(&self, voice: &Voice) -> String {
        let number = |number: u64| number.to_string();
        let millis = |millis: f64| format!("{millis:.1} ms");
        let mut rows: Vec<(&dyn Message, String)> = vec![
            (&say::RushOffered, number(self.offered)),
            (&say::RushBooked, number(self.booked)),
            (&say::RushFull, number(self.full)),
            (&say::RushRefused, number(self.refused)),
            (&say::RushErrors, number(self.errors)),
            (&say::RushRetriesBusy, number(self.retries_busy)),
            (&say::RushRetriesGone, number(self.retries_gone)),
            (&say::RushP50, millis(self.booking_p50_ms)),
            (&say::RushP99, millis(self.booking_p99_ms)),
            (&say::RushMax, millis(self.booking_max_ms)),
            (&say::RushBookings, format!("{:.1}", self.bookings_a_second)),
            (&say::RushReads, format!("{:.1}", self.reads_a_second)),
            (&say::RushReadP99, millis(self.read_p99_ms)),
            (&say::RushSentAgain, number(self.sent_again)),
            (&say::RushAnsweredOtherwise, number(self.answered_otherwise)),
        ];
        self.add_families_and_line(&mut rows);
        if let Some(audit) = &self.audit {
            rows.extend([
                (&say::AuditLive as &dyn Message, number(audit.live_bookings)),
                (&say::AuditMissing, audit.missing.len().to_string()),
                (&say::AuditOver, number(audit.slots_over_capacity)),
                (&say::AuditUncounted, number(audit.slots_with_more_bookings_than_taken_seats)),
                (&say::AuditTwice, number(audit.people_booked_twice)),
                (&say::AuditOrphans, number(audit.bookings_without_person_or_slot)),
                (&say::AuditAstray, number(audit.offers_astray)),
                (&say::AuditPassedOver, number(audit.people_passed_over)),
            ]);
        }
        let rows: Vec<_> =
            rows.into_iter().map(|(label, value)| (voice.say(label), value)).collect();
        let left = rows.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
        let right = rows.iter().map(|(_, value)| value.width()).max().unwrap_or(0);
        let mut table = String::new();
        for (label, value) in rows {
            let _ = writeln!(table, "{label}{}  {value:>right$}", " ".repeat(left - label.width()));
        }
        for error in &self.first_errors {
            let _ = writeln!(table, "  {error}");
        }
        if self.audit.is_none() {
            let _ = writeln!(table, "{}", voice.say(&say::AuditFailed));
        }
        let verdict: &dyn Message = if self.passed() { &say::RushPassed } else { &say::RushFailed };
        let _ = writeln!(table, "{}", voice.say(verdict));
        table
    }

    /// Of families and of those who wait, where there were any.
    fn add_families_and_line(&self, rows: &mut Vec<(&dyn Message, String)>) {
        let number = |number: u64| number.to_string();
        if self.families > 0 {
            rows.extend([
                (&say::RushFamilies as &dyn Message, number(self.families)),
                (&say::RushFamiliesBooked, number(self.families_booked)),
                (&say::RushFamiliesParted, number(self.families_parted)),
            ]);
        }
        if self.waited + self.given_up > 0 {
            rows.extend([
                (&say::RushGivenUp as &dyn Message, number(self.given_up)),
                (&say::RushWaited, number(self.waited)),
                (&say::RushTookOffers, number(self.took_offers)),
                (&say::RushHoldsLost, number(self.holds_lost)),
            ]);
        }
    }
}

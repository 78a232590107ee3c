//! What is said to those who wait for a seat.

use super::messages;
use fluent_bundle::{FluentArgs, FluentValue};

messages! {
    TOGETHER:
    RushFamilies = "rush-families";
    RushFamiliesBooked = "rush-families-booked";
    RushFamiliesParted = "rush-families-parted";
    RushGivenUp = "rush-given-up";
    RushWaited = "rush-waited";
    RushTookOffers = "rush-took-offers";
    RushHoldsLost = "rush-holds-lost";
    AuditAstray = "audit-astray";
    AuditPassedOver = "audit-passed-over";
    LeftoverTold = "leftover-told" { people };
    LeftoverNoSlot = "leftover-no-slot" { site };
    SmsLeftover = "sms-leftover" { place, until, code };
    SmsOffered = "sms-offered" { when, place, until, code };
}

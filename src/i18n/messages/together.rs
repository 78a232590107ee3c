//! What is said to those who wait for a seat.

use super::messages;
use fluent_bundle::{FluentArgs, FluentValue};

messages! {
    TOGETHER:
    SmsLeftover = "sms-leftover" { place, until, code };
    SmsOffered = "sms-offered" { when, place, until, code };
}

//! The six languages: their messages, dates, numbers, and the breaking of their lines. Every text a
//! person sees comes from `locales/`; which text is shown when is decided elsewhere.

pub mod dates;
#[cfg(feature = "kiosk")]
pub mod fitted;
pub mod messages;
pub mod names;
pub mod receipt_errors;
pub mod refusals;
pub mod texts;
#[cfg(feature = "kiosk")]
pub mod wrap;

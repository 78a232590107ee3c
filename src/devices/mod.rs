//! The hardware: card reader, printer and clock, each behind one small trait with a real and a
//! simulated adapter, the layout of the NHI card, and the journal on the machine's disk. No rule
//! and no screen lives here.

pub mod card_reader;
pub mod clock;
#[cfg(feature = "kiosk")]
pub mod cups;
#[cfg(feature = "kiosk")]
mod device_line;
#[cfg(feature = "kiosk")]
pub mod escpos;
#[cfg(feature = "kiosk")]
pub mod journal;
#[cfg(feature = "pcsc")]
pub mod nhi_card;
#[cfg(feature = "pcsc")]
pub mod pcsc_reader;
#[cfg(feature = "staff-card")]
pub mod pkcs11;
#[cfg(feature = "kiosk")]
pub mod printer;
#[cfg(feature = "kiosk")]
mod printer_line;
pub mod simulated;
pub mod staff_card;
#[cfg(feature = "pcsc")]
pub mod virtual_card;

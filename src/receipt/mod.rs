//! The signed receipt: its claims, its signature and its QR code. It holds no name and no identity
//! number, so that a photograph of one tells nothing about the person. The printed page is modelled
//! and drawn here too; its words, and the screens, are the kiosk's.

pub mod bitmap;
pub mod claims;
pub mod demo_key;
#[cfg(feature = "kiosk")]
pub mod drawing;
pub mod page;
pub mod qr;
pub mod signing;
#[cfg(feature = "kiosk")]
pub mod typesetting;

//! The signed receipt: its claims, its signature and its QR. No name and no identity number is in
//! it, so that whoever finds a photograph of one learns nothing of the person. The page that is
//! printed of it is modelled and drawn here; what it says, and screens, are made elsewhere.

pub mod bitmap;
pub mod claims;
pub mod demo_key;
#[cfg(feature = "kiosk")]
pub mod drawing;
pub mod page;
pub mod qr;
pub mod signing;

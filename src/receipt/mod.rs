//! The signed receipt: its claims, its signature and its QR. No name and no identity number is in it, so that whoever finds a
//! photograph of one learns nothing of the person. Screens and paper are made of it elsewhere.

pub mod claims;
pub mod demo_key;
pub mod qr;
pub mod signing;

//! What a kiosk or a service is told about itself, read from `kiosk-config` files and checked:
//! every mistake is named with its file, its line and what would be right. Nothing of a person is
//! in it; secrets only in the file of keys.

#[cfg(all(feature = "kiosk", feature = "server"))]
pub mod demo;
pub mod key;
#[cfg(feature = "server")]
pub mod keys;
#[cfg(feature = "kiosk")]
pub mod kiosk;
#[cfg(any(feature = "kiosk", feature = "server", feature = "pcsc"))]
pub mod mistake;
#[cfg(feature = "kiosk")]
mod offered;
pub mod profile;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "server")]
pub mod tables;

//! The settings of a kiosk or a service, read from `kiosk-config` files and checked. Every mistake
//! is named with its file, its line and what would be right. Settings hold nothing of a person. Our
//! own secrets are in the file of keys only; `server.toml` may hold the passwords of the database
//! and of the messages' gateway. The tables of a programme are read here too.

pub mod counter;
#[cfg(feature = "kiosk")]
mod counter_file;
#[cfg(all(feature = "kiosk", feature = "server"))]
pub mod demo;
pub mod key;
#[cfg(feature = "server")]
pub mod keys;
#[cfg(feature = "kiosk")]
pub mod kiosk;
#[cfg(any(feature = "kiosk", feature = "server", feature = "pcsc"))]
pub mod mistake;
#[cfg(any(feature = "kiosk", feature = "server"))]
pub mod password_hash;
pub mod profile;
#[cfg(feature = "kiosk")]
mod profile_file;
#[cfg(feature = "kiosk")]
mod receipt_keys;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "kiosk")]
mod site_file;
#[cfg(feature = "server")]
pub mod staff_files;
#[cfg(feature = "server")]
pub mod tables;

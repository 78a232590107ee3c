//! What a kiosk is told about itself. Later read from `kiosk-config` files; nothing of a person, and no secret, is in it.

pub mod profile;

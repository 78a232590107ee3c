//! The kiosk: `journey` (the pure state machine), `screens` (one file a screen), `widgets`,
//! `theme`, `cabinet` (journey and touch panel together, still pure), `client` (the service by
//! HTTP) and `runtime` (the loop that performs effects).

pub mod cabinet;
pub mod client;
pub mod journey;
pub mod paper;
pub mod runtime;
pub mod screens;
pub mod theme;
pub mod widgets;

//! The booking service: `routes` (thin), `engine` (use-cases and the one writer), `store` (the only SQL), `auth`.
//! It takes its listener, clock, randomness, device list and signing key as arguments, so that tests and the training run the
//! real one. It never knows of screens, and reads no clock, randomness or environment by itself.

pub mod auth;
pub mod engine;
pub mod routes;
pub mod store;

use crate::domain::channel::Channel;
use crate::receipt::signing::ReceiptSigner;
use engine::Engine;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;
use store::Store;

/// What the world hands in: the clock, and 32 fresh random bytes a call.
#[derive(Clone)]
pub struct Edge {
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    pub fresh: Arc<dyn Fn() -> [u8; 32] + Send + Sync>,
}

/// A kiosk that the service knows.
#[derive(Clone, Copy, Debug)]
pub struct Device {
    pub channel: Channel,
}

/// Everything that a route may use.
pub struct Service {
    pub store: Store,
    pub engine: Engine,
    pub signer: ReceiptSigner,
    pub edge: Edge,
    /// By device token.
    pub devices: HashMap<String, Device>,
}

/// Answers on `listener` until the future is dropped.
///
/// # Errors
/// Those of the listener's socket.
pub async fn serve<L>(listener: L, service: Arc<Service>) -> std::io::Result<()>
where
    L: axum::serve::Listener,
    L::Addr: std::fmt::Debug,
{
    axum::serve(listener, routes::table(service)).await
}

//! The system check's looks: reader, line, clock, printer. What passes is the screens' and the
//! doctor's to say.

use crate::client::http::Client;
use crate::devices::card_reader::CardReader;
use crate::devices::clock::Clock;
use crate::devices::printer::Printer;
use crate::kiosk::model::event::Checks;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Looks at everything once. Devices may take a second.
#[allow(clippy::disallowed_methods, reason = "the edge measures how long the service takes")]
pub async fn check(
    client: Client,
    reader: Arc<dyn CardReader>,
    printer: Option<Arc<dyn Printer>>,
    clock: Arc<dyn Clock>,
) -> Checks {
    let began = Instant::now();
    let service = client.time().await.ok();
    let line = service.map(|_| began.elapsed());
    let off = service.map(|service| service.now.duration_since(clock.now()).abs());
    let clock = off.and_then(|off| Duration::try_from(off).ok());
    // Devices block: not on the thread that answers come in on.
    let devices = move || (reader.info(), printer.map(|printer| printer.check()));
    let (reader, printer) = tokio::task::spawn_blocking(devices).await.unwrap_or_default();
    Checks { reader, line, clock, printer }
}

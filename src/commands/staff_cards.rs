//! The files of `[staff]`: read at start, and anew when one of them changes, since lists of revoked
//! cards are renewed twice a day.

use super::cli::CommandError;
use crate::config::staff_files::StaffFiles;
use crate::server::service::Service;
use crate::server::staff::trust::Trust;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked whether they have changed.
const EVERY: Duration = Duration::from_secs(2);

/// Device and inode, size and time of change of each file (stat(2)); `None` of one that is not
/// there.
type Stamps = Vec<Option<(u64, u64, u64, i64, i64)>>;

/// Reads which cards count.
pub fn read(files: &StaffFiles) -> Result<Trust, CommandError> {
    let all =
        |paths: &[PathBuf]| paths.iter().map(|path| bytes(path)).collect::<Result<Vec<_>, _>>();
    Ok(Trust::new(&files.name, &all(&files.ca)?, &all(&files.crl)?)?)
}

fn bytes(path: &Path) -> Result<Vec<u8>, CommandError> {
    std::fs::read(path).map_err(|cause| CommandError::File(path.to_owned(), cause))
}

fn stamps(files: &StaffFiles) -> Stamps {
    let stamp = |path: &PathBuf| {
        let file = std::fs::metadata(path).ok()?;
        Some((file.dev(), file.ino(), file.size(), file.mtime(), file.mtime_nsec()))
    };
    files.ca.iter().chain(&files.crl).map(stamp).collect()
}

/// Tells the service which cards count, now and whenever a file has changed, for as long as the
/// future lives. What cannot be read leaves what was read before, until its lists are over.
pub async fn follow(service: Arc<Service>, files: StaffFiles) {
    let (mut read_at, mut failed_at) = (Stamps::new(), Stamps::new());
    let files = Arc::new(files);
    loop {
        let now = stamps(&files);
        if now != read_at {
            let reading = Arc::clone(&files);
            // The list of a large CA takes seconds, in which this thread would answer nobody.
            let read = tokio::task::spawn_blocking(move || read(&reading)).await;
            match read {
                Ok(Ok(trust)) => {
                    tracing::info!(?trust, "staff cards");
                    service.staff.set_trust(trust);
                    read_at = now;
                }
                // A file that is being written may be half of one now, so it is tried again; it is
                // told once.
                Ok(Err(error)) if now != failed_at => {
                    tracing::error!(%error, "a file of [staff] cannot be read");
                    failed_at = now;
                }
                Ok(Err(_)) | Err(_) => {}
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}

//! Who asks: which device, and whose session. Rights of a channel are the domain's; tokens are made and compared here.

use super::store::{PersonId, StoreError};
use super::{Device, Service};
use crate::api::sessions::SessionToken;
use crate::domain::personal::Personal;
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

/// A session lasts this long, whatever its person does (連線剩餘時間: ten minutes).
pub const SESSION_LIMIT: SignedDuration = SignedDuration::from_mins(10);

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The store keeps only this of a token: who steals the database cannot use it.
fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

impl Service {
    /// The device with this token, if it is known.
    pub fn device(&self, token: Option<&str>) -> Option<Device> {
        token.and_then(|token| self.devices.get(token)).copied()
    }

    /// Opens a session for a person.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open_session(&self, person: PersonId) -> Result<SessionToken, StoreError> {
        let token = Personal::new(hex(&(self.edge.fresh)()));
        let now = (self.edge.now)();
        self.store.open_session(&hash(token.expose()), person, now, now + SESSION_LIMIT).await?;
        Ok(SessionToken(token))
    }

    /// Whose session this token is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn session(&self, token: &str) -> Result<Option<PersonId>, StoreError> {
        self.store.session(&hash(token), (self.edge.now)()).await
    }

    /// Ends a session; one that is over already is no error.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn close_session(&self, token: &str) -> Result<(), StoreError> {
        self.store.close_session(&hash(token)).await
    }
}

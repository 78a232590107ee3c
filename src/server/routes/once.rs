//! What may be used once, and what is wrong too often: graphic codes, and the counting of log-ins.

use super::failure::Failure;
use crate::api::graphic::GraphicAnswer;
use crate::api::problem::Code;
use crate::server::Service;
use crate::server::attempts::{FORGOTTEN_AFTER, Who};
use crate::server::keys::fingerprint;
use crate::server::store::sessions::EndedSession;
use jiff::Timestamp;

/// A graphic code that was answered rightly, and not before. A wrong answer uses it up too.
pub(super) async fn pass(
    service: &Service,
    answer: &GraphicAnswer,
    now: Timestamp,
) -> Result<(), Failure> {
    let until = now + crate::server::graphic::VALID_FOR;
    let first = use_once(service, &fingerprint(answer.token.as_bytes()), now, until).await?;
    let right = service.graphics.check(answer, now).is_some();
    if first && right { Ok(()) } else { Err(Code::WrongGraphic.into()) }
}

/// Whether this is its first use, at whichever server.
pub(super) async fn use_once(
    service: &Service,
    what: &[u8; 32],
    now: Timestamp,
    expires: Timestamp,
) -> Result<bool, Failure> {
    let mut hash = [0; 16];
    hash.copy_from_slice(&what[..16]);
    Ok(service.store.use_once(&EndedSession { hash, ended: now, expires }).await?)
}

/// A wrong combination: counted, and one answer whatever was wrong.
pub(super) async fn wrong(service: &Service, who: &[Who], now: Timestamp) -> Failure {
    service.attempts.failed(who, now);
    match service.store.failed(who, now, now - FORGOTTEN_AFTER).await {
        Ok(()) => Code::UnknownPerson.into(),
        Err(error) => error.into(),
    }
}

/// A right one: the count begins anew.
pub(super) async fn right(service: &Service, who: &[Who]) -> Result<(), Failure> {
    if service.attempts.succeeded(who) {
        service.store.succeeded(who).await?;
    }
    Ok(())
}

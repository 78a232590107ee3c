//! What may be used once, and what is wrong too often: graphic codes, and the counting of log-ins.

use super::error::ApiError;
use crate::api::captchas::CaptchaAnswer;
use crate::api::problem::Code;
use crate::server::keys::fingerprint;
use crate::server::lockout::FORGOTTEN_AFTER;
use crate::server::service::Service;
use crate::server::store::lockouts::LoginSubject;
use crate::server::store::sessions::EndedSession;
use jiff::Timestamp;

/// A graphic code that was answered rightly, and not before. A wrong answer uses it up too.
pub(super) async fn pass(
    service: &Service,
    answer: &CaptchaAnswer,
    now: Timestamp,
) -> Result<(), ApiError> {
    let until = now + crate::server::captcha::VALID_FOR;
    let first = spend(service, &fingerprint(answer.token.as_bytes()), now, until).await?;
    let right = service.captchas.check(answer, now).is_some();
    if first && right { Ok(()) } else { Err(Code::WrongGraphic.into()) }
}

/// Whether this is its first use, at whichever server.
pub(super) async fn spend(
    service: &Service,
    what: &[u8; 32],
    now: Timestamp,
    expires: Timestamp,
) -> Result<bool, ApiError> {
    let mut hash = [0; 16];
    hash.copy_from_slice(&what[..16]);
    Ok(service.store.spend(&EndedSession { hash, ended: now, expires }).await?)
}

/// A wrong combination: counted, and one answer whatever was wrong.
pub(super) async fn wrong(service: &Service, who: &[LoginSubject], now: Timestamp) -> ApiError {
    service.lockout.failed(who, now);
    match service.store.failed(who, now, now - FORGOTTEN_AFTER).await {
        Ok(()) => Code::UnknownPerson.into(),
        Err(error) => error.into(),
    }
}

/// A right one: the count begins anew.
pub(super) async fn right(service: &Service, who: &[LoginSubject]) -> Result<(), ApiError> {
    if service.lockout.succeeded(who) {
        service.store.succeeded(who).await?;
    }
    Ok(())
}

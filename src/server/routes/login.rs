//! What every log-in goes through: a captcha that is accepted once, and the count of failed
//! attempts.

use super::error::ApiError;
use crate::api::captchas::CaptchaAnswer;
use crate::api::problem::Code;
use crate::server::lockout::{Attempt, FORGOTTEN_AFTER, LockedOut};
use crate::server::service::Service;
use crate::server::store::ids::DeviceId;
use crate::server::store::lockouts::LoginSubject;
use crate::server::store::spent_tokens::SpentToken;
use jiff::Timestamp;

/// Accepts the answer to a captcha once. A wrong answer uses the captcha up as well. What is no
/// token of ours, or too old, is refused without a write.
pub(super) async fn check_captcha(
    service: &Service,
    answer: &CaptchaAnswer,
    now: Timestamp,
) -> Result<(), ApiError> {
    let captcha = service.captchas.read(answer, now).ok_or(Code::WrongGraphic)?;
    // The captcha is spent before the digits are looked at: otherwise a program could try all ten
    // thousand answers of one picture.
    let first = spend(service, &captcha.fingerprint, now, captcha.expires).await?;
    if first && captcha.is_right { Ok(()) } else { Err(Code::WrongGraphic.into()) }
}

/// Records that something was used that is accepted once. False if any server has seen it before.
/// It has to be remembered until `expires`; from then on it is refused for its age.
pub(super) async fn spend(
    service: &Service,
    fingerprint: &[u8; 32],
    now: Timestamp,
    expires: Timestamp,
) -> Result<bool, ApiError> {
    let mut hash = [0; 16];
    hash.copy_from_slice(&fingerprint[..16]);
    Ok(service.store.spend(&SpentToken { hash, spent: now, expires }).await?)
}

/// Begins a log-in of a person at a kiosk, if one is looked at now.
pub(super) fn begin(
    service: &Service,
    device: DeviceId,
    (person, kiosk): (LoginSubject, LoginSubject),
    now: Timestamp,
) -> Result<Attempt<'_>, ApiError> {
    looked_at(service, device, service.lockout.begin(person, kiosk, now))
}

/// The same of something that anybody can show in another's name: it counts for the kiosk alone.
pub(super) fn begin_at(
    service: &Service,
    device: DeviceId,
    kiosk: LoginSubject,
    now: Timestamp,
) -> Result<Attempt<'_>, ApiError> {
    looked_at(service, device, service.lockout.begin_at(kiosk, now))
}

fn looked_at<'a>(
    service: &Service,
    device: DeviceId,
    attempt: Result<Attempt<'a>, LockedOut>,
) -> Result<Attempt<'a>, ApiError> {
    if attempt.is_err() {
        service.refused_log_ins.locked_out(device);
    }
    Ok(attempt?)
}

/// Counts a failed log-in, here and in the database for other servers. The answer is the same
/// whatever was wrong, so that nobody learns which numbers exist.
pub(super) async fn failed(
    service: &Service,
    device: DeviceId,
    attempt: Attempt<'_>,
    now: Timestamp,
) -> ApiError {
    service.refused_log_ins.wrong(device);
    let subjects = attempt.failed();
    match service.store.failed(&subjects, now, now - FORGOTTEN_AFTER).await {
        Ok(()) => Code::UnknownPerson.into(),
        Err(error) => error.into(),
    }
}

/// Lowers the counts after a successful log-in. The database is written only if there was a count,
/// so that an ordinary log-in costs no write.
pub(super) async fn succeeded(service: &Service, attempt: Attempt<'_>) -> Result<(), ApiError> {
    if let Some(subjects) = attempt.succeeded() {
        service.store.succeeded(&subjects).await?;
    }
    Ok(())
}

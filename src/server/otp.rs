//! One-time passwords of the NHI app (健保卡 OTP 認證): six digits, valid for three minutes.
//! Their issuer is a small trait with two implementations: the real issuer, asked by HTTP, and a
//! simulated one for training and tests.

use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use jiff::Timestamp;
use serde::Serialize;
use std::pin::Pin;
use std::time::Duration;
use totp_rs::{Builder, Totp};

/// The future of [`Issuer::check`]; boxed, since the issuer is chosen at run time.
pub type Checking<'a> = Pin<Box<dyn Future<Output = Result<bool, IssuerError>> + Send + 'a>>;

/// The issuer could not be reached, or did not say yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the issuer of the app's codes does not answer")]
pub struct IssuerError;

/// Knows which code belongs to which person.
pub trait Issuer: Send + Sync {
    /// Whether this is the person's code at `now`.
    fn check<'a>(&'a self, id: &'a IdNumber, code: &'a Personal, now: Timestamp) -> Checking<'a>;
}

/// Seconds between two codes (RFC 6238).
const STEP: u64 = 30;
/// How many of the latest codes are accepted. With seven a code that is read in the last second of
/// its step is still valid for three minutes.
const VALID_STEPS: u64 = 7;

/// The simulated issuer: time-based codes (RFC 6238), each person's secret derived from one key and
/// the identity number.
pub struct SimulatedIssuer {
    key: aws_lc_rs::hmac::Key,
}

impl SimulatedIssuer {
    pub fn new(key: &[u8; 32]) -> Self {
        Self { key: aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, key) }
    }

    fn codes(&self, id: &IdNumber) -> Totp {
        let secret = aws_lc_rs::hmac::sign(&self.key, id.expose().as_bytes());
        Builder::new()
            .with_secret(secret.as_ref().to_vec())
            .with_step_duration(STEP)
            .with_skew(0)
            .build_noncompliant()
    }

    /// The code that the person's app shows at `now`.
    pub fn code(&self, id: &IdNumber, now: Timestamp) -> Personal {
        Personal::new(self.codes(id).generate(seconds(now)).to_string())
    }
}

fn seconds(now: Timestamp) -> u64 {
    u64::try_from(now.as_second()).unwrap_or(0)
}

impl Issuer for SimulatedIssuer {
    fn check<'a>(&'a self, id: &'a IdNumber, code: &'a Personal, now: Timestamp) -> Checking<'a> {
        let codes = self.codes(id);
        let times = (0..VALID_STEPS).map(|steps| seconds(now).saturating_sub(steps * STEP));
        // All are compared even after a match, so that the time taken does not tell which matched.
        let right = times.filter(|time| codes.check(code.expose(), *time).is_some()).count() > 0;
        Box::pin(std::future::ready(Ok(right)))
    }
}

/// The real issuer. It is asked by `POST` with `{"id", "code"}`, and answers 204 for yes and 403
/// for no.
pub struct HttpIssuer {
    client: reqwest::Client,
    url: String,
}

#[derive(Serialize)]
struct CheckRequest<'a> {
    id: &'a str,
    code: &'a str,
}

/// How long the issuer is waited for, while a person stands at the kiosk.
const ANSWER_WITHIN: Duration = Duration::from_secs(4);

impl HttpIssuer {
    /// # Errors
    /// If the HTTP client cannot initialise TLS, or cannot read the system's resolver settings.
    pub fn new(url: String) -> Result<Self, reqwest::Error> {
        // An error here only says that a provider was installed before.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        Ok(Self {
            client: reqwest::Client::builder().no_proxy().timeout(ANSWER_WITHIN).build()?,
            url,
        })
    }
}

impl Issuer for HttpIssuer {
    fn check<'a>(&'a self, id: &'a IdNumber, code: &'a Personal, _: Timestamp) -> Checking<'a> {
        Box::pin(async move {
            let request = CheckRequest { id: id.expose(), code: code.expose() };
            let response =
                self.client.post(&self.url).json(&request).send().await.map_err(|_| IssuerError)?;
            match response.status().as_u16() {
                204 => Ok(true),
                403 => Ok(false),
                _ => Err(IssuerError),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[tokio::test]
    async fn a_code_is_its_persons_for_three_minutes() {
        let issuer = SimulatedIssuer::new(&[3; 32]);
        let (id, other) =
            (IdNumber::parse("A123456789").unwrap(), IdNumber::parse("A900207177").unwrap());
        let code = issuer.code(&id, at(0));
        assert!(
            code.expose().len() == 6 && code.expose().bytes().all(|byte| byte.is_ascii_digit())
        );
        for (seconds, right) in [(0, true), (150, true), (210, false), (-60, false)] {
            assert_eq!(issuer.check(&id, &code, at(seconds)).await, Ok(right), "{seconds}");
        }
        assert_eq!(issuer.check(&other, &code, at(0)).await, Ok(false));
        assert_eq!(issuer.check(&id, &Personal::new("12345"), at(0)).await, Ok(false));
    }

    #[tokio::test]
    async fn an_issuer_that_is_not_there_is_no_answer() {
        let issuer = HttpIssuer::new("http://127.0.0.1:9/codes".into()).unwrap();
        let id = IdNumber::parse("A123456789").unwrap();
        assert_eq!(issuer.check(&id, &Personal::new("123456"), at(0)).await, Err(IssuerError));
    }
}

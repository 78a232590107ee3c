//! Messages to a gateway by HTTP: `POST` with `{"to", "text"}` and the header `Idempotency-Key`, by
//! which the gateway knows a message that it has already. 2xx: it has it; 409: it had it; 408, 425
//! and 5xx: later; 429: later, and fewer at once; any other 4xx: never.

use super::{AtOnce, Gateway, SendError, Sending, TextMessage};
use jiff::fmt::rfc2822;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};
use serde::Serialize;
use std::time::Duration;

/// The gateway.
pub struct HttpGateway {
    client: reqwest::Client,
    url: String,
    token: Option<String>,
    in_flight: usize,
}

#[derive(Serialize)]
struct Ask<'a> {
    to: &'a str,
    text: &'a str,
}

/// How long an answer may take; later ones count as no answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many messages are on their way at once: some 2,000 a second to a gateway that takes 50 ms.
pub const IN_FLIGHT: usize = 128;

impl HttpGateway {
    /// `token`: sent as a bearer's.
    ///
    /// # Errors
    /// When no HTTP client can be made on this machine.
    pub fn new(url: String, token: Option<String>) -> Result<Self, reqwest::Error> {
        // An error here only says that somebody has chosen the provider before.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        Ok(Self {
            client: reqwest::Client::builder().no_proxy().timeout(PATIENCE).build()?,
            url,
            token,
            in_flight: IN_FLIGHT,
        })
    }

    /// The same gateway with another number of messages that may be on their way at once.
    #[must_use]
    pub fn with_in_flight(self, in_flight: usize) -> Self {
        Self { in_flight, ..self }
    }
}

/// The pause that an answer asks for: in seconds, or until a date (RFC 9110, section 10.2.3). A
/// date is compared with the answer's own, as clocks differ.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok();
    let after = text(RETRY_AFTER)?;
    if let Ok(seconds) = after.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = |text: &str| rfc2822::parse(text).ok().map(|date| date.timestamp());
    date(after)?.duration_since(date(text(DATE)?)?).try_into().ok()
}

impl Gateway for HttpGateway {
    fn at_once(&self) -> AtOnce {
        AtOnce::Each(self.in_flight)
    }

    fn send<'a>(&'a self, message: &'a TextMessage) -> Sending<'a> {
        Box::pin(async move {
            let ask = Ask { to: message.to.expose(), text: &message.text };
            let mut request =
                self.client.post(&self.url).header("idempotency-key", &message.key).json(&ask);
            if let Some(token) = &self.token {
                request = request.bearer_auth(token);
            }
            let response = request.send().await.map_err(|_| SendError::Later)?;
            match response.status().as_u16() {
                200..=299 | 409 => Ok(()),
                429 => Err(SendError::TooMany(retry_after(response.headers()))),
                408 | 425 | 500..=599 => Err(SendError::Later),
                _ => Err(SendError::Never),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::none(None, None)]
    #[case::seconds(Some("17"), Some(17))]
    #[case::a_date(Some("Tue, 13 Jul 2027 10:00:30 GMT"), Some(30))]
    #[case::a_date_that_is_over(Some("Tue, 13 Jul 2027 09:00:00 GMT"), None)]
    #[case::nonsense(Some("soon"), None)]
    fn a_pause_is_read_in_both_spellings(
        #[case] after: Option<&'static str>,
        #[case] seconds: Option<u64>,
    ) {
        let mut headers = HeaderMap::new();
        headers.insert(DATE, "Tue, 13 Jul 2027 10:00:00 GMT".parse().unwrap());
        after.map(|after| headers.insert(RETRY_AFTER, after.parse().unwrap()));
        assert_eq!(retry_after(&headers), seconds.map(Duration::from_secs));
    }
}

//! Messages to a gateway by HTTP: `POST` with `{"to", "text"}` and the header `Idempotency-Key`, by
//! which the gateway knows a message that it has already. 2xx: it has it; 409: it had it; 408, 425,
//! 429 and 5xx: later; any other 4xx: never.

use super::{Gateway, SendError, Sending, TextMessage};
use serde::Serialize;
use std::time::Duration;

/// The gateway.
pub struct HttpGateway {
    client: reqwest::Client,
    url: String,
    token: Option<String>,
}

#[derive(Serialize)]
struct Ask<'a> {
    to: &'a str,
    text: &'a str,
}

/// How long an answer may take; later ones count as no answer.
const PATIENCE: Duration = Duration::from_secs(10);

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
        })
    }
}

impl Gateway for HttpGateway {
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
                408 | 425 | 429 | 500..=599 => Err(SendError::Later),
                _ => Err(SendError::Never),
            }
        })
    }
}

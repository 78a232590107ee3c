//! The booking service by HTTP: one call in, one reply out. It never tries again by itself: when to do so is the journey's rule,
//! and is said on the screen. No personal data is ever part of an address.

use super::journey::effect::Call;
use super::journey::event::{Answer, Fault, Reply};
use crate::api::paths::{self, DEVICE_HEADER, IDEMPOTENCY_HEADER};
use crate::api::problem::Problem;
use crate::api::sessions::{OpenSession, SessionToken};
use reqwest::{Method, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// A call without an answer for so long is given up.
const PATIENCE: Duration = Duration::from_secs(5);

/// The service as one kiosk sees it.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    device: String,
}

impl Client {
    /// `base` is the service's address without a slash at its end; `device` this kiosk's token.
    ///
    /// # Errors
    /// When no HTTP client can be made on this machine.
    pub fn new(base: String, device: String) -> Result<Self, reqwest::Error> {
        // No proxy and no timers of the pool: nothing wakes up while nobody is there.
        let http = reqwest::Client::builder().no_proxy().timeout(PATIENCE).pool_idle_timeout(None).build()?;
        Ok(Self { http, base, device })
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base)).header(DEVICE_HEADER, &self.device)
    }

    fn as_person(&self, method: Method, path: &str, token: &SessionToken) -> RequestBuilder {
        self.request(method, path).bearer_auth(token.0.expose())
    }

    /// Makes a call and waits for its reply.
    pub async fn call(&self, call: Call) -> Reply {
        match call {
            Call::Round => Ok(Answer::Round(Box::new(read(self.request(Method::GET, paths::ROUND)).await?))),
            Call::OpenSession { id, card } => {
                let body = OpenSession { id, card };
                let request = self.request(Method::POST, paths::SESSIONS).json(&body);
                Ok(Answer::Session(Box::new(read(request).await?)))
            }
            Call::CloseSession { token } => {
                send(self.as_person(Method::DELETE, paths::OWN_SESSION, &token)).await?;
                Ok(Answer::Closed)
            }
            Call::Seats => Ok(Answer::Seats(read(self.request(Method::GET, paths::SEATS)).await?)),
            Call::Sites(district) => Ok(Answer::Sites(read(self.request(Method::GET, &paths::sites(district))).await?)),
            Call::Slots(site) => Ok(Answer::Slots(read(self.request(Method::GET, &paths::slots(site))).await?)),
            Call::Book { token, ask, key } => {
                let request = self.as_person(Method::POST, paths::BOOKINGS, &token);
                let request = request.header(IDEMPOTENCY_HEADER, key).json(&ask);
                Ok(Answer::Booked(Box::new(read(request).await?)))
            }
        }
    }
}

async fn send(request: RequestBuilder) -> Result<Response, Fault> {
    let response = request.send().await.map_err(|_| Fault::Gone)?;
    if response.status().is_success() {
        return Ok(response);
    }
    // Whatever does not speak our problem documents is not our service: a proxy, a captive portal.
    let problem: Problem = response.json().await.map_err(|_| Fault::Gone)?;
    Err(Fault::Problem(Box::new(problem)))
}

async fn read<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Fault> {
    send(request).await?.json().await.map_err(|_| Fault::Gone)
}

//! What browsers may ask for: the page and its files, the code, the websocket of a visit. Pages of
//! other sites get none of it, whatever name they have given to this machine's address.

use super::code::{Code, Taken};
use super::connections::Peer;
use super::page::{self, ASSETS, Page};
use super::visit::Visits;
use crate::commands::machine;
use axum::extract::rejection::FormRejection;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HOST, ORIGIN,
    REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{any, get, post};
use axum::{Extension, Form, Router};
use serde::Deserialize;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// Bytes of one message of a browser: a key, a touch, or what a scanner types.
const MESSAGE: usize = 4 * 1024;
/// Bytes of a form with a code.
const BODY: usize = 256;
/// Whoever types a wrong code waits this long for the answer.
const WRONG_TAKES: Duration = Duration::from_secs(1);
/// A cookie of this name is of this machine, sent over TLS alone (RFC 6265bis, 4.1.3.2).
const NAME: &str = "__Host-training";

/// What the routes share.
struct Shared {
    visits: Arc<Visits>,
    code: Option<Code>,
    scheme: &'static str,
}

/// All routes. With a `code`, nobody gets a training who has not typed it.
pub fn table(visits: Arc<Visits>, code: Option<Code>, scheme: &'static str) -> Router {
    let mut router = Router::new()
        .route("/", get(training))
        .route("/code", post(enter))
        .route("/training", any(visit));
    for (path, kind, text) in ASSETS {
        router = router.route(path, get(async move || ([(CONTENT_TYPE, kind)], text)));
    }
    router.layer(DefaultBodyLimit::max(BODY)).layer(from_fn(guard)).with_state(Arc::new(Shared {
        visits,
        code,
        scheme,
    }))
}

/// A page of another site can give its own name this machine's address (DNS rebinding) and would
/// then be of the same origin. So a training is reached by the address itself, or as `localhost`,
/// which no other site can have.
async fn guard(request: Request, next: Next) -> Response {
    let mut response = match host(request.headers()).is_some_and(is_own) {
        true => next.run(request).await,
        false => (StatusCode::MISDIRECTED_REQUEST, shown(Page::OtherAddress, request.headers()))
            .into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        // With `no-referrer` a form would come from the origin `null` (Fetch, 3.2).
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let none = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(none);
    response
}

async fn training(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    match shared.is_known(&headers) {
        true => shown(Page::Training, &headers),
        false => shown(Page::AskCode, &headers),
    }
}

#[derive(Deserialize)]
struct Typed {
    code: String,
}

async fn enter(
    State(shared): State<Arc<Shared>>,
    Extension(Peer(peer)): Extension<Peer>,
    headers: HeaderMap,
    typed: Result<Form<Typed>, FormRejection>,
) -> Response {
    if !shared.is_from_our_page(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(code) = &shared.code else { return Redirect::to("/").into_response() };
    // A form that is none has no code.
    let typed = typed.map_or_else(|_| String::new(), |Form(typed)| typed.code);
    match code.take(&typed, peer, machine::uptime()) {
        Taken::Right => {
            let cookie =
                format!("{NAME}={}; Path=/; Secure; HttpOnly; SameSite=Strict", code.token());
            ([(SET_COOKIE, cookie)], Redirect::to("/")).into_response()
        }
        Taken::Wrong => {
            tracing::info!("a wrong code");
            tokio::time::sleep(WRONG_TAKES).await;
            (StatusCode::FORBIDDEN, shown(Page::CodeWrong, &headers)).into_response()
        }
        Taken::TooOften => {
            tracing::warn!("too many wrong codes");
            (StatusCode::TOO_MANY_REQUESTS, shown(Page::CodeWait, &headers)).into_response()
        }
    }
}

/// A browser sends cookies along with a websocket that a page of any site opens, and lets that page
/// read it: so it must be a page of ours.
async fn visit(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> Response {
    if !shared.is_from_our_page(&headers) || !shared.is_known(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    socket
        .max_message_size(MESSAGE)
        .max_frame_size(MESSAGE)
        .on_upgrade(async move |socket| shared.visits.visit(socket).await)
}

impl Shared {
    /// Whether this browser may have a training.
    fn is_known(&self, headers: &HeaderMap) -> bool {
        self.code.as_ref().is_none_or(|code| cookie(headers).is_some_and(|it| code.is_token(it)))
    }

    /// Whether a page from here sends this. Browsers name the page's origin in what they send for
    /// one; what is no browser has no cookies of others.
    fn is_from_our_page(&self, headers: &HeaderMap) -> bool {
        let origin = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
        let ours = host(headers).map(|host| format!("{}://{host}", self.scheme));
        origin.is_some() && origin == ours.as_deref()
    }
}

/// The cookie of whoever knew the code.
fn cookie(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).map(str::trim);
    pairs.find_map(|pair| pair.strip_prefix(NAME)?.strip_prefix('='))
}

fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(HOST)?.to_str().ok()
}

/// Whether a host is an address, or `localhost`, with a port or without.
fn is_own(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        Some(_) | None => host,
    };
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    name.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok()
}

/// A page as a response, with the rules for it.
fn shown(page: Page, headers: &HeaderMap) -> Response {
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let nonce = hex::encode(&machine::random()[..16]);
    let html = page.html(page::language(accepted.unwrap_or_default()), &nonce);
    ([(CONTENT_SECURITY_POLICY, page::rules(&nonce))], Html(html)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("127.0.0.1:8090", true)]
    #[case("127.0.0.1", true)]
    #[case("localhost:8090", true)]
    #[case("LOCALHOST", true)]
    #[case("[::1]:8090", true)]
    #[case("[::1]", true)]
    #[case("192.168.1.5:8090", true)]
    #[case("evil.example:8090", false)]
    #[case("127.0.0.1.evil.example", false)]
    #[case("localhost.evil.example", false)]
    #[case("evil.example:127.0.0.1", false)]
    #[case("", false)]
    fn a_host_is_an_address_or_localhost(#[case] host: &str, #[case] expected: bool) {
        assert_eq!(is_own(host), expected);
    }

    #[rstest]
    #[case("__Host-training=abc", Some("abc"))]
    #[case("a=b; __Host-training=abc; c=d", Some("abc"))]
    #[case("__Host-trainings=abc", None)]
    #[case("x__Host-training=abc", None)]
    #[case("", None)]
    fn a_cookie_is_found_by_its_name(#[case] line: &str, #[case] expected: Option<&str>) {
        let headers = HeaderMap::from_iter([(COOKIE, line.parse().unwrap())]);
        assert_eq!(cookie(&headers), expected);
    }
}

//! Several servers over one database, and what goes on at their doors: freshness, limits, sessions,
//! devices, TLS, the end.

use crate::databases::Kind;
use crate::running;
use crate::running::{
    Running, code, generous, key, number, start, start_over, start_with, taken, with_card,
};
use crate::town;
use crate::town::open;
use jiff::SignedDuration;
use rstest::rstest;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use vaxkiosk::api::problem::Code;
use vaxkiosk::client::calls::Call;
use vaxkiosk::client::calls::{Answer, Fault};
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::server::connections::{Options, serve};
use vaxkiosk::server::limits::Allowance;
use vaxkiosk::server::store::devices::NewDevice;

/// What "fresh within a second" allows, and a little for a busy machine.
const SOON: Duration = Duration::from_millis(1500);

async fn two(kind: Kind, people: u32, seats: u32) -> (Running, Running) {
    let one = start(kind, people, seats).await;
    let other = start_over(Arc::clone(&one.random), open(), generous()).await;
    (one, other)
}

/// A request as it goes over the wire, and the whole answer.
async fn raw(base: &str, request: &str) -> String {
    let mut stream =
        tokio::net::TcpStream::connect(base.trim_start_matches("http://")).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8(answer).unwrap()
}

fn get(path: &str, more: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nvaxkiosk-device: {}\r\n{more}\r\n",
        town::TOKEN
    )
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    answer.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seat_is_gone_at_once_here_and_within_a_second_everywhere(#[case] kind: Kind) {
    let (one, other) = two(kind, 1, 5).await;
    let token = one.session(1).await;
    number(one.book(&token, 1, key(1)).await);
    assert_eq!(taken(&one).await, [1, 0], "at once for the kiosk that booked");
    tokio::time::sleep(SOON).await;
    assert_eq!(taken(&other).await, [1, 0]);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_not_changed_does_not_travel_again(#[case] kind: Kind) {
    let (one, other) = two(kind, 1, 5).await;
    for path in ["/v1/round", "/v1/seats", "/v1/districts/6300300/sites", "/v1/sites/1/slots"] {
        let whole = raw(&one.base, &get(path, "")).await;
        assert!(whole.starts_with("HTTP/1.1 200"), "{path}: {whole}");
        let etag = header(&whole, "etag").unwrap();
        for (base, tag) in [
            (&one.base, etag.to_owned()),
            (&other.base, etag.to_owned()),
            (&one.base, format!("W/{etag}, \"x\"")),
        ] {
            let again = raw(base, &get(path, &format!("if-none-match: {tag}\r\n"))).await;
            assert!(again.starts_with("HTTP/1.1 304"), "{path}: {again}");
            assert_eq!(header(&again, "etag"), Some(etag));
        }
        let changed = raw(&one.base, &get(path, "if-none-match: \"0\"\r\n")).await;
        assert!(changed.starts_with("HTTP/1.1 200"), "{path}: {changed}");
    }
    let before = raw(&one.base, &get("/v1/sites/1/slots", "")).await;
    let token = one.session(1).await;
    number(one.book(&token, 1, key(1)).await);
    let etag = header(&before, "etag").unwrap();
    let after =
        raw(&one.base, &get("/v1/sites/1/slots", &format!("if-none-match: {etag}\r\n"))).await;
    assert!(after.starts_with("HTTP/1.1 200"), "a seat is gone");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_holds_at_every_server_until_it_is_ended_at_one(#[case] kind: Kind) {
    let (one, other) = two(kind, 2, 5).await;
    let token = one.session(1).await;
    let first = number(other.book(&token, 1, key(1)).await);
    assert_eq!(
        number(one.book(&token, 1, key(1)).await),
        first,
        "and the same key gives the same booking"
    );
    assert_eq!(
        one.client.call(Call::CloseSession { token: token.clone() }).await,
        Ok(Answer::Closed)
    );
    assert_eq!(code(one.book(&token, 1, key(1)).await), Some(Code::SessionOver), "at once here");
    tokio::time::sleep(SOON).await;
    assert_eq!(code(other.book(&token, 1, key(1)).await), Some(Code::SessionOver));
    let restarted = start_over(Arc::clone(&one.random), open(), generous()).await;
    assert_eq!(
        code(restarted.book(&token, 1, key(1)).await),
        Some(Code::SessionOver),
        "after a restart too"
    );
    let token = one.session(2).await;
    *one.time.lock().unwrap() += SignedDuration::from_mins(10);
    assert_eq!(code(one.book(&token, 1, key(2)).await), Some(Code::SessionOver), "ten minutes");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kiosk_is_known_from_when_it_is_added_until_it_is_revoked(#[case] kind: Kind) {
    let one = start(kind, 1, 5).await;
    let kiosk = running::client(&one.base, "another");
    assert_eq!(code(kiosk.call(Call::Round).await), Some(Code::UnknownDevice));
    let device = NewDevice {
        name: "another".into(),
        channel: Channel::Pharmacy,
        institution: "藥局".into(),
        site: None,
        counter: false,
        token: Some(vaxkiosk::server::keys::fingerprint(b"another")),
        certificate: None,
        added: open(),
    };
    one.service.store.add_devices(&[device]).await.unwrap();
    tokio::time::sleep(SOON).await;
    assert!(kiosk.call(Call::Round).await.is_ok());
    assert!(one.service.store.revoke_device("another", open()).await.unwrap());
    tokio::time::sleep(SOON).await;
    assert_eq!(code(kiosk.call(Call::Round).await), Some(Code::UnknownDevice));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_is_of_the_kiosk_where_it_was_opened() {
    let one = start(Kind::Sqlite, 1, 5).await;
    let device = NewDevice {
        name: "another".into(),
        channel: Channel::Pharmacy,
        institution: "藥局".into(),
        site: None,
        counter: false,
        token: Some(vaxkiosk::server::keys::fingerprint(b"another")),
        certificate: None,
        added: open(),
    };
    one.service.store.add_devices(&[device]).await.unwrap();
    tokio::time::sleep(SOON).await;
    let token = one.session(1).await;
    let there = running::client(&one.base, "another");
    assert_eq!(
        code(there.call(Call::CloseSession { token: token.clone() }).await),
        Some(Code::SessionOver)
    );
    number(one.book(&token, 1, key(1)).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_asks_too_often_is_told_when_to_come_back() {
    let number_of = |number| NonZeroU32::new(number).unwrap();
    let allowance =
        Allowance { device_a_second: number_of(1), device_burst: number_of(4), ..generous() };
    let running = start_with(Kind::Sqlite, 1, 5, open(), allowance).await;
    for _ in 0..4 {
        assert!(running.client.call(Call::Round).await.is_ok());
    }
    let refused = raw(&running.base, &get("/v1/round", "")).await;
    assert!(refused.starts_with("HTTP/1.1 429"), "{refused}");
    assert_eq!(header(&refused, "retry-after"), Some("1"));
    assert_eq!(header(&refused, "content-type"), Some("application/problem+json"));
    let Err(Fault::Problem(problem)) = running.client.call(Call::Round).await else { panic!() };
    assert_eq!((problem.code, problem.retry_after), (Code::TooMany, Some(1)));
    *running.time.lock().unwrap() += SignedDuration::from_secs(1);
    assert!(running.client.call(Call::Round).await.is_ok());

    let allowance =
        Allowance { person_a_minute: number_of(1), person_burst: number_of(3), ..generous() };
    let running = start_with(Kind::Sqlite, 2, 5, open(), allowance).await;
    let guess = |nth| with_card(town::card(1).id, town::card(nth).number);
    for nth in 5..8 {
        assert_eq!(code(running.client.call(guess(nth)).await), Some(Code::UnknownPerson));
    }
    assert_eq!(
        code(running.client.call(guess(1)).await),
        Some(Code::TooMany),
        "the right card too, now"
    );
    let token = running.session(2).await;
    for _ in 0..3 {
        assert!(running.client.call(Call::Standing { token: token.clone() }).await.is_ok());
    }
    let own = running.client.call(Call::Standing { token }).await;
    assert_eq!(code(own), Some(Code::TooMany), "looking at one's session counts too");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_for_the_administrator_is_for_nobody_else() {
    let running = start(Kind::Sqlite, 1, 5).await;
    let ask = vaxkiosk::api::audit::AuditAsk::default();
    for token in ["", town::TOKEN, &"0".repeat(64)] {
        let refused = running.client.audit(token, &ask).await;
        assert!(
            matches!(refused, Err(Fault::Problem(problem)) if problem.code == Code::NotAllowed)
        );
    }
    let report = running.client.audit(&town::secrets().admin_token(), &ask).await.unwrap();
    assert!(report.is_sound());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_and_counts_are_there_without_anything_of_a_person() {
    let running = start(Kind::Sqlite, 1, 5).await;
    let token = running.session(1).await;
    number(running.book(&token, 1, key(1)).await);
    for path in ["/healthz", "/readyz"] {
        assert!(raw(&running.base, &get(path, "")).await.starts_with("HTTP/1.1 200"), "{path}");
    }
    let counts = raw(&running.base, &get("/metrics", "")).await;
    assert!(counts.contains("vaxkiosk_writes_total{outcome=\"booked\"} 1"), "{counts}");
    assert!(counts.contains("vaxkiosk_answers_total{route=\"/v1/bookings\",status=\"2xx\"} 1"));
    for secret in [town::card(1).id.expose(), town::MOBILE, town::TOKEN, token.0.expose()] {
        assert!(!counts.contains(secret));
    }
    running.service.store.close().await;
    tokio::time::sleep(SOON).await;
    let ready = raw(&running.base, &get("/readyz", "")).await;
    assert!(ready.starts_with("HTTP/1.1 503"), "the database is gone: {ready}");
    assert!(running.client.call(Call::Seats).await.is_ok(), "what is in memory is still told");
    let token = running.book(&token, 2, key(2)).await;
    assert_eq!(code(token), Some(Code::Unavailable));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_large_or_strange_gets_in() {
    let running = start(Kind::Sqlite, 1, 5).await;
    let post = |path: &str, kind: &str, body: &str| {
        let device = town::TOKEN;
        let length = body.len();
        format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nvaxkiosk-device: {device}\r\n\
             content-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}"
        )
    };
    let large = format!("{{\"id\":\"{}\"}}", "A".repeat(5000));
    let wrong = "{\"way\":\"card\",\"id\":\"A123456788\",\"card\":\"000012345678\"}";
    for (path, kind, body) in [
        ("/v1/sessions", "application/json", large.as_str()),
        ("/v1/sessions", "application/json", "{"),
        ("/v1/sessions", "application/json", wrong),
        ("/v1/sessions", "text/plain", "hello"),
    ] {
        let answer = raw(&running.base, &post(path, kind, body)).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        assert!(
            answer.contains("\"code\":\"bad-request\"") && !answer.contains("A123456788"),
            "{answer}"
        );
    }
    for path in ["/v1/sites/x/slots", "/v1/sites/+1/slots", "/v1/sites/01/slots"] {
        let answer = raw(&running.base, &get(path, "")).await;
        assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    }
    let answer = raw(&running.base, &get("/nothing", "")).await;
    assert!(answer.starts_with("HTTP/1.1 404") && answer.contains("not-found"), "{answer}");
    let answer = raw(&running.base, &get("/v1/sessions", "")).await;
    assert!(answer.starts_with("HTTP/1.1 405") && answer.contains("wrong-method"), "{answer}");
    assert_eq!(header(&answer, "allow"), Some("POST"));
    let hostless = get("/v1/round", "").replace("host: x\r\n", "");
    let answer = raw(&running.base, &hostless).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    raw(&running.base, "garbage\r\n\r\n").await;
    assert!(running.client.call(Call::Round).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_stops_answers_whom_it_has_and_takes_nobody_new() {
    let running = start(Kind::Sqlite, 1, 5).await;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let service = Arc::clone(&running.service);
    let ending = tokio::spawn(serve(listener, service, Options::default(), async move {
        let _ = stopped.await;
    }));
    // A request whose body has not come whole yet.
    let mut open = tokio::net::TcpStream::connect(address).await.unwrap();
    let (id, card) = (town::card(1).id, town::card(1).number);
    let body =
        format!("{{\"way\":\"card\",\"id\":\"{}\",\"card\":\"{}\"}}", id.expose(), card.expose());
    let head = get("/v1/sessions", "").replace("GET", "POST").replace("connection: close\r\n", "");
    let head = head.replace(
        "\r\n\r\n",
        &format!("\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len()),
    );
    open.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(tokio::net::TcpStream::connect(address).await.is_err(), "nobody new");
    open.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    open.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    tokio::time::timeout(Duration::from_secs(5), ending).await.expect("it ends").unwrap();
}

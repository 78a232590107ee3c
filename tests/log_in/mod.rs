//! The ways in by the client over a running service, and the picture of a captcha as a person reads
//! it.
#![allow(dead_code, reason = "each test file uses its part")]

use crate::running::Running;
use crate::town::card;
use crate::{running, town};
use std::time::Duration;
use vaxkiosk::api::captchas::CaptchaAnswer;
use vaxkiosk::api::sessions::{OpenSession, SessionToken};
use vaxkiosk::client::calls::Call;
use vaxkiosk::client::calls::{Answer, Reply};
use vaxkiosk::client::http::Client;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::server::keys::fingerprint;
use vaxkiosk::server::store::devices::NewDevice;

/// Reads the large picture, as a person does: three columns and rows a dot, eighteen columns a
/// digit.
pub fn read(rows: &[String]) -> String {
    const GLYPHS: [&str; 10] = [
        "01110100011000110001100011000101110",
        "00100011000010000100001000010001110",
        "01110100010000100110010001000011111",
        "11110000010000101110000010000111110",
        "00010001100101010010111110001000010",
        "11111100001111000001000011000101110",
        "00110010001000011110100011000101110",
        "11111000010001000100010000100001000",
        "01110100011000101110100011000101110",
        "01110100011000101111000010001001100",
    ];
    let dot = |at: usize, nth: usize| rows[nth / 5 * 3 + 1].as_bytes()[at * 18 + 2 + nth % 5 * 3];
    let glyph =
        |at| (0..35).map(|nth| if dot(at, nth) == b'#' { '1' } else { '0' }).collect::<String>();
    (0..4)
        .map(|at| GLYPHS.iter().position(|known| *known == glyph(at)).expect("a digit").to_string())
        .collect()
}

pub async fn graphic(client: &Client) -> CaptchaAnswer {
    match client.call(Call::Captcha { larger: true }).await {
        Ok(Answer::Captcha(code)) => {
            CaptchaAnswer { digits: Personal::new(read(&code.rows)), token: code.token }
        }
        other => panic!("{other:?}"),
    }
}

/// A second kiosk, at a health station, once the service has found it. Only the service's own watch
/// says which devices there are: a list that a test read itself might be replaced by an older one.
pub async fn at_a_health_station(running: &Running) -> Client {
    enrolled_at_a_health_station(running, false).await
}

/// The same as a counter, or as a kiosk where people serve themselves.
pub async fn enrolled_at_a_health_station(running: &Running, counter: bool) -> Client {
    let device = NewDevice {
        name: "station".into(),
        channel: Channel::HealthStation,
        institution: "a health station".into(),
        site: None,
        counter,
        token: Some(fingerprint(b"station")),
        certificate: None,
        added: town::open(),
    };
    running.service.store.add_devices(&[device]).await.unwrap();
    let found = async {
        while running.service.devices.by_token("station").is_none() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), found).await.expect("the kiosk is found");
    running::client(&running.base, "station")
}

pub fn token(reply: Reply) -> SessionToken {
    match reply {
        Ok(Answer::Session(opened)) => opened.token,
        other => panic!("{other:?}"),
    }
}

pub fn by_numbers(id: u32, number: u32, graphic: CaptchaAnswer) -> Call {
    Call::OpenSession(Box::new(OpenSession::Numbers {
        id: card(id).id,
        card: card(number).number,
        graphic,
    }))
}

pub fn by_app(id: u32, code: &str, graphic: CaptchaAnswer) -> Call {
    Call::OpenSession(Box::new(OpenSession::App {
        id: card(id).id,
        code: Personal::new(code),
        graphic,
    }))
}

//! A practice round of the built program, and a kiosk that books in it.
#![allow(dead_code, reason = "each test file uses its part")]

use crate::program::Program;
use vaxkiosk::api::bookings::{BookSlot, MobileChoice};
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::sessions::OpenSession;
use vaxkiosk::client::calls::{Answer, Call, Fault};
use vaxkiosk::client::http::{Client, ClientOptions, HttpClient};
use vaxkiosk::commands::practice_people;
use vaxkiosk::config::keys::KeysFile;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::server::keys::Secrets;

/// The first practice kiosk of this program, at a server of its own or of another.
pub fn kiosk(program: &Program, url: String) -> Client {
    let path = program.folder.join("keys.toml");
    let keys = KeysFile::read(&path, &std::fs::read_to_string(&path).unwrap()).unwrap();
    let token = Secrets::newest(&keys).practice_token(0);
    Client::new(HttpClient::new(&ClientOptions::default()).unwrap(), url, token)
}

pub fn practice(program: &Program) {
    let size = ["--people", "20000", "--kiosks", "1", "--sites", "4", "--seats", "1000"];
    program.succeed(&[&["admin", "practice"], size.as_slice()].concat());
}

/// Logs person `nth` in and books for them: their number, or the code of the problem; `None`
/// without an answer.
pub async fn book(kiosk: &Client, nth: u32) -> Result<BookingNumber, Option<Code>> {
    let refused = |fault| match fault {
        Fault::Problem(problem) => Some(problem.code),
        _ => None,
    };
    let card = practice_people::card(nth);
    let open = OpenSession::Card { id: card.id, card: card.number, password: None };
    let opened = match kiosk.call(Call::OpenSession(Box::new(open))).await.map_err(refused)? {
        Answer::Session(opened) => opened,
        other => panic!("{other:?}"),
    };
    let ask = BookSlot {
        slot: SlotId(1 + nth % 128),
        mobile: MobileChoice::Registered,
        language: Language::Vi,
    };
    let key = format!("{:032x}", u128::from(nth) + 1);
    match kiosk.call(Call::Book { token: opened.token, ask, key }).await.map_err(refused)? {
        Answer::Booked(booking) => Ok(booking.number),
        other => panic!("{other:?}"),
    }
}

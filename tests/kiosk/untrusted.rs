//! Bytes from outside: a card's, a QR's, a file's. Whatever they are, there is an answer and no
//! panic. A hundred thousand of each here; ten million by `make untrusted`.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use vaxkiosk::client::calls::Call;
use vaxkiosk::client::http::{Client, ClientOptions, HttpClient};
use vaxkiosk::config::kiosk::KioskConfig;
use vaxkiosk::config::server::ServerConfig;
use vaxkiosk::devices::nhi_card::{LENGTH, parse};
use vaxkiosk::receipt::demo_key::DEMO_ONLY_SECRET;
use vaxkiosk::receipt::signing::{ReceiptSigner, verify};

const FEW: u64 = 100_000;
const MANY: u64 = 10_000_000;

/// The steps of splitmix64: the same each time.
struct Luck(u64);

impl Luck {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// Half of the time something right with a few bytes changed, cut or doubled; half of the time
    /// any bytes at all.
    fn bytes(&mut self, right: &[u8], longest: usize) -> Vec<u8> {
        if self.next().is_multiple_of(2) {
            let mut bytes = vec![0; self.below(longest + 1)];
            bytes.fill_with(|| self.next() as u8);
            return bytes;
        }
        let mut bytes = right.to_vec();
        for _ in 0..=self.below(4) {
            if bytes.is_empty() {
                break;
            }
            let at = self.below(bytes.len());
            match self.below(4) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, self.next() as u8),
                2 => {
                    let piece = bytes[at..].to_vec();
                    bytes.extend_from_slice(&piece[..piece.len().min(16)]);
                }
                _ => bytes[at] = self.next() as u8,
            }
        }
        bytes
    }
}

const CARD: &[u8; LENGTH] =
    b"000012345678\xA4\xFD\xA9\xFA                A1234567890570305M1100101";

fn cards(count: u64) {
    let (mut luck, mut read) = (Luck(1), 0);
    for nth in 0..count {
        let mut bytes = luck.bytes(CARD, 80);
        if nth.is_multiple_of(3) {
            bytes.resize(LENGTH, b'0');
        }
        read += u64::from(parse(&bytes).is_ok());
    }
    assert!(read > count / 1000, "some of them are cards: {read}");
    println!("{count} strings to the card's parser: {read} were cards");
}

fn receipts(count: u64) {
    let signer = ReceiptSigner::from_secret(DEMO_ONLY_SECRET);
    let key = signer.public_key();
    let claims = vaxkiosk::receipt::claims::Claims {
        booking: vaxkiosk::domain::booking_number::BookingNumber::parse("0200014637").unwrap(),
        site: vaxkiosk::domain::site::SiteId(4711),
        slot: jiff::civil::date(2027, 7, 16).at(10, 0, 0, 0),
        issued: jiff::Timestamp::from_second(1_815_000_000).unwrap(),
    };
    let right = signer.sign(claims).unwrap();
    assert!(verify(&right, &key).is_ok());
    let (mut luck, mut accepted) = (Luck(2), 0);
    for _ in 0..count {
        let bytes = luck.bytes(right.as_bytes(), 200);
        let text = String::from_utf8_lossy(&bytes);
        if verify(&text, &key).is_ok() {
            // White space around it is a scanner's.
            assert_eq!(text.trim(), right, "nothing else is a receipt");
            accepted += 1;
        }
    }
    println!("{count} strings to the receipt's verifier: {accepted} were the receipt itself");
}

fn settings(count: u64) {
    let kiosk = include_bytes!("../../kiosk-config/pharmacy.toml").as_slice();
    let server = include_bytes!("../../kiosk-config/server.toml").as_slice();
    let (mut luck, mut read) = (Luck(3), 0);
    let path = Path::new("fuzz.toml");
    for nth in 0..count {
        let is_kiosk = nth.is_multiple_of(2);
        let bytes = luck.bytes(if is_kiosk { kiosk } else { server }, 120);
        let text = String::from_utf8_lossy(&bytes);
        let fine = if is_kiosk {
            KioskConfig::read(path, &text).is_ok()
        } else {
            ServerConfig::read(path, &text).is_ok()
        };
        read += u64::from(fine);
    }
    assert!(read > 0, "some of them are right");
    println!("{count} strings to the reader of settings: {read} were settings");
}

#[test]
fn a_hundred_thousand_strings_to_each() {
    cards(FEW);
    receipts(FEW);
    settings(FEW / 10);
}

#[test]
#[ignore = "minutes long: make untrusted"]
fn ten_million_to_the_card() {
    cards(MANY);
}

#[test]
#[ignore = "minutes long: make untrusted"]
fn ten_million_to_the_verifier() {
    receipts(MANY);
}

#[test]
#[ignore = "minutes long: make untrusted"]
fn ten_million_to_the_settings() {
    settings(MANY);
}

#[test]
fn a_service_that_sends_the_kiosk_elsewhere_is_not_followed() {
    let (service, elsewhere) =
        (TcpListener::bind("127.0.0.1:0").unwrap(), TcpListener::bind("127.0.0.1:0").unwrap());
    let (base, there) = (service.local_addr().unwrap(), elsewhere.local_addr().unwrap());
    elsewhere.set_nonblocking(true).unwrap();
    std::thread::spawn(move || {
        let mut stream = service.accept().unwrap().0;
        let _ = stream.read(&mut [0; 4096]);
        let answer = format!(
            "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://{there}/\r\nContent-Length: \
                0\r\n\r\n"
        );
        stream.write_all(answer.as_bytes()).unwrap();
    });
    let client = Client::new(
        HttpClient::new(&ClientOptions::default()).unwrap(),
        format!("http://{base}"),
        String::new(),
    );
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let reply = runtime.block_on(client.call(Call::Round));
    assert!(reply.is_err(), "{reply:?}");
    assert!(elsewhere.accept().is_err(), "nobody came");
}

//! A virtual PIV card (NIST SP 800-73-4) in vsmartcard's virtual reader, as OpenSC recognises it:
//! one RSA key with its certificate, a PIN with three tries. It can be slow and can be pulled while
//! it signs.

use aws_lc_rs::digest::{Digest, SHA256};
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;
use vaxkiosk::devices::virtual_card::PORT;

const ATR: [u8; 5] = [0x3B, 0x80, 0x80, 0x01, 0x01];
const AID: [u8; 5] = [0xA0, 0x00, 0x00, 0x03, 0x08];
const OK: [u8; 2] = [0x90, 0x00];
const NOT_FOUND: [u8; 2] = [0x6A, 0x82];
const TRIES: u8 = 3;

/// How the card signs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signing {
    Takes(Duration),
    IsPulled,
}

/// A card, which keeps its tries when it is taken out.
#[derive(Clone)]
pub struct PivCard {
    key: Arc<RsaKeyPair>,
    certificate: Vec<u8>,
    pin: [u8; 8],
    left: Arc<AtomicU8>,
    pub signing: Signing,
}

/// What a card forgets without power.
#[derive(Default)]
struct Powered {
    verified: bool,
    /// The parts of a command that comes in several.
    chained: Vec<u8>,
    /// What of the last answer was not fetched yet.
    rest: Vec<u8>,
}

/// An element of BER-TLV.
fn element(tag: &[u8], content: &[u8]) -> Vec<u8> {
    let length = match content.len() {
        short @ 0..=0x7F => vec![short as u8],
        middle @ 0x80..=0xFF => vec![0x81, middle as u8],
        long => vec![0x82, (long >> 8) as u8, long as u8],
    };
    [tag, &length, content].concat()
}

impl PivCard {
    pub fn new(key: &rcgen::KeyPair, certificate: Vec<u8>, pin: &str) -> Self {
        let mut padded = [0xFF; 8];
        padded[..pin.len()].copy_from_slice(pin.as_bytes());
        Self {
            key: Arc::new(RsaKeyPair::from_pkcs8(&key.serialize_der()).unwrap()),
            certificate,
            pin: padded,
            left: Arc::new(AtomicU8::new(TRIES)),
            signing: Signing::Takes(Duration::ZERO),
        }
    }

    pub fn tries_left(&self) -> u8 {
        self.left.load(Ordering::SeqCst)
    }

    /// Puts the card into a virtual reader.
    pub fn insert(&self, slot: u16) -> InReader {
        // The daemon may still be opening its readers: ten seconds at most.
        let mut looks = 0;
        let stream = loop {
            match TcpStream::connect(("127.0.0.1", PORT + slot)) {
                Ok(stream) => break stream,
                Err(error) => assert!(looks < 500, "{error}"),
            }
            looks += 1;
            std::thread::sleep(Duration::from_millis(20));
        };
        stream.set_nodelay(true).unwrap();
        let (card, answering) = (self.clone(), stream.try_clone().unwrap());
        let answering = std::thread::spawn(move || {
            // An error means that the card has left the reader.
            let _ = card.answer_frames(answering);
        });
        InReader { stream, answering: Some(answering) }
    }

    fn answer_frames(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut powered = Powered::default();
        loop {
            rustix::net::sockopt::set_tcp_quickack(&stream, true)?;
            let mut length = [0; 2];
            stream.read_exact(&mut length)?;
            let mut payload = vec![0; usize::from(u16::from_be_bytes(length))];
            stream.read_exact(&mut payload)?;
            let answer = match payload.as_slice() {
                [4] => ATR.to_vec(),
                // Power off, power on, reset.
                [_] | [] => {
                    powered = Powered::default();
                    continue;
                }
                command => match self.answer(&mut powered, command) {
                    Some(answer) => answer,
                    None => return stream.shutdown(Shutdown::Both),
                },
            };
            let length = (answer.len() as u16).to_be_bytes();
            stream.write_all(&[length.as_slice(), &answer].concat())?;
        }
    }

    /// The answer to a command; `None` if the card is pulled instead.
    fn answer(&self, powered: &mut Powered, command: &[u8]) -> Option<Vec<u8>> {
        let (header, rest) = command.split_at_checked(4)?;
        let data = match rest.split_first() {
            Some((length, data)) if !data.is_empty() => &data[..usize::from(*length)],
            _ => &[],
        };
        let (answer, status) = match (header[0], header[1]) {
            (_, 0xC0) => (std::mem::take(&mut powered.rest), OK),
            (0x10, _) => {
                powered.chained.extend_from_slice(data);
                (Vec::new(), OK)
            }
            (_, 0xA4) => self.select(data),
            (_, 0xCB) => self.data(data),
            (_, 0x20) => (Vec::new(), self.verify(powered, data)),
            (_, 0x87) => {
                let whole = [std::mem::take(&mut powered.chained), data.to_vec()].concat();
                match (powered.verified, self.signing) {
                    (false, _) => (Vec::new(), [0x69, 0x82]),
                    (true, Signing::IsPulled) => return None,
                    (true, Signing::Takes(time)) => {
                        std::thread::sleep(time);
                        (self.sign(&whole), OK)
                    }
                }
            }
            _ => (Vec::new(), [0x6D, 0x00]),
        };
        // 256 bytes at once, and how many are left.
        let (now, later) = answer.split_at(answer.len().min(256));
        powered.rest = later.to_vec();
        let left = u8::try_from(later.len()).unwrap_or(0);
        Some([now, &if later.is_empty() { status } else { [0x61, left] }].concat())
    }

    fn select(&self, name: &[u8]) -> (Vec<u8>, [u8; 2]) {
        if !name.starts_with(&AID) {
            return (Vec::new(), NOT_FOUND);
        }
        let application = element(&[0x4F], &[0x00, 0x00, 0x10, 0x00, 0x01, 0x00]);
        let authority = element(&[0x79], &element(&[0x4F], &AID));
        (element(&[0x61], &[application, authority].concat()), OK)
    }

    fn data(&self, asked: &[u8]) -> (Vec<u8>, [u8; 2]) {
        let content = match asked {
            // Discovery: PIV's name, and that its own PIN is used.
            [0x5C, 1, 0x7E] => {
                let name = [&AID[..], &[0x00, 0x00, 0x10, 0x00, 0x01, 0x00]].concat();
                let policy = element(&[0x5F, 0x2F], &[0x40, 0x00]);
                return (element(&[0x7E], &[element(&[0x4F], &name), policy].concat()), OK);
            }
            // Card capabilities.
            [0x5C, 3, 0x5F, 0xC1, 0x07] => [
                element(&[0xF0], &[&AID[..], &[0x01; 16]].concat()),
                vec![0xF1, 1, 0x21, 0xF2, 1, 0x21, 0xF3, 0, 0xF4, 1, 0, 0xF5, 1, 0x10, 0xF6, 0],
                vec![0xF7, 0, 0xFA, 0, 0xFB, 0, 0xFC, 0, 0xFD, 0, 0xFE, 0],
            ]
            .concat(),
            // Cardholder's unique identifier.
            [0x5C, 3, 0x5F, 0xC1, 0x02] => [
                element(&[0x30], &[0xD4; 25]),
                element(&[0x34], &[0x47; 16]),
                element(&[0x35], b"20991231"),
                vec![0x3E, 0, 0xFE, 0],
            ]
            .concat(),
            [0x5C, 3, 0x5F, 0xC1, 0x05] => {
                [element(&[0x70], &self.certificate), vec![0x71, 1, 0, 0xFE, 0]].concat()
            }
            _ => return (Vec::new(), NOT_FOUND),
        };
        (element(&[0x53], &content), OK)
    }

    fn verify(&self, powered: &mut Powered, pin: &[u8]) -> [u8; 2] {
        let left = self.tries_left();
        match (left, pin) {
            (0, _) => [0x69, 0x83],
            (_, []) if powered.verified => OK,
            (_, []) => [0x63, 0xC0 | left],
            (_, pin) if pin == self.pin => {
                self.left.store(TRIES, Ordering::SeqCst);
                powered.verified = true;
                OK
            }
            (_, _) => {
                self.left.store(left - 1, Ordering::SeqCst);
                powered.verified = false;
                if left == 1 { [0x69, 0x83] } else { [0x63, 0xC0 | (left - 1)] }
            }
        }
    }

    /// OpenSC hands over the whole padded block. At its end is the hash, which is padded in the
    /// same way again.
    fn sign(&self, template: &[u8]) -> Vec<u8> {
        let hash = Digest::import_less_safe(&template[template.len() - 32..], &SHA256).unwrap();
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key.sign_digest(&RSA_PKCS1_SHA256, &hash, &mut signature).unwrap();
        element(&[0x7C], &element(&[0x82], &signature))
    }
}

/// A card that is in. It is pulled when this is dropped.
pub struct InReader {
    stream: TcpStream,
    answering: Option<std::thread::JoinHandle<()>>,
}

impl Drop for InReader {
    fn drop(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Both);
        if let Some(answering) = self.answering.take() {
            let _ = answering.join();
        }
    }
}

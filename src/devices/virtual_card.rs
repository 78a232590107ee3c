//! A virtual NHI card, which answers commands as a real one does, over the protocol of vsmartcard's
//! virtual reader. It is for tests and for developers without a reader; its data are made up and
//! nothing is stored.

use super::nhi_card::{GET_DATA, LENGTH, SELECT_NHI};
use encoding_rs::BIG5;
use jiff::civil::Date;
use serde::Deserialize;
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

/// The port at which the first virtual reader listens.
pub const PORT: u16 = 35963;
/// The answer to reset of an NHI card as they are issued.
const ATR: [u8; 23] = [
    0x3B, 0xFD, 0x13, 0x00, 0x00, 0x81, 0x31, 0xFE, 0x45, 0x4A, 0x43, 0x4F, 0x50, 0x32, 0x31, 0x76,
    0x32, 0x33, 0x31, 0x47, 0x44, 0x54, 0xE1,
];

/// How a virtual card behaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Manner {
    #[default]
    Usual,
    /// A card as issued since 2025, which does not know `SELECT`.
    NoSelect,
    /// The answer has to be fetched: 61 39, then GET RESPONSE.
    GetResponse,
    /// The command has to name the exact length: 6C 39, then the command with it.
    RightLength,
    /// Both of these: 61 00, then GET RESPONSE, then 6C 39, then GET RESPONSE again.
    GetResponseOfRightLength,
    /// A health professional's card, on which GET DATA finds nothing.
    AnotherCard,
    /// The card is pulled while it answers GET DATA.
    CutWhileRead,
    /// The answer has bytes that are not an NHI card's.
    Garbled,
}

/// A virtual card: its 57 bytes, and how it behaves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VirtualCard {
    pub data: [u8; LENGTH],
    pub manner: Manner,
}

/// What is printed on the card.
#[derive(Clone, Debug)]
pub struct Face<'a> {
    pub number: &'a str,
    pub name: &'a str,
    pub id: &'a str,
    pub born: Date,
    /// `M` or `F`.
    pub sex: char,
    pub issued: Date,
}

/// The face does not fit into a card's bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "a card has 12 digits, a name, 10 characters of an identity number, dates since 1912, M or F"
)]
pub struct FaceError;

impl VirtualCard {
    pub fn new(face: &Face<'_>, manner: Manner) -> Result<Self, FaceError> {
        let date = |date: Date| {
            let year = date.year() - 1911;
            (1..1000)
                .contains(&year)
                .then(|| format!("{year:03}{:02}{:02}", date.month(), date.day()))
                .ok_or(FaceError)
        };
        // A real card has a star for a character that Big5 does not have.
        let mut name: Vec<u8> = face.name.chars().flat_map(in_big5).take(20).collect();
        name.resize(20, 0);
        let parts =
            [face.number.as_bytes(), &name, face.id.as_bytes(), date(face.born)?.as_bytes()]
                .concat();
        let rest = format!("{}{}", face.sex, date(face.issued)?);
        let data =
            [parts.as_slice(), rest.as_bytes()].concat().try_into().map_err(|_| FaceError)?;
        Ok(Self { data, manner })
    }

    /// The answer to a command; `None` if the card is pulled instead.
    pub fn answer(&self, command: &[u8]) -> Option<Vec<u8>> {
        let with = |data: &[u8], status: [u8; 2]| Some([data, status.as_slice()].concat());
        const OK: [u8; 2] = [0x90, 0x00];
        if let Some(selected) = selected(command) {
            if !selected {
                // No such application (ISO 7816-4, 5.6).
                return with(&[], [0x6A, 0x82]);
            }
            return if self.manner == Manner::NoSelect {
                with(&[], [0x6D, 0x00])
            } else {
                with(&[], OK)
            };
        }
        let fetched = command.strip_prefix(&[0x00, 0xC0, 0x00, 0x00]);
        if self.manner == Manner::GetResponseOfRightLength
            && fetched.is_some_and(|length| length != [LENGTH as u8])
        {
            return with(&[], [0x6C, LENGTH as u8]);
        }
        let fetches = fetched.is_some()
            && matches!(self.manner, Manner::GetResponse | Manner::GetResponseOfRightLength);
        let exact = command.strip_suffix(&[LENGTH as u8]) == Some(&GET_DATA)
            && self.manner == Manner::RightLength;
        if fetches || exact {
            return with(&self.data, OK);
        }
        if command != GET_DATA {
            return with(&[], [0x6D, 0x00]);
        }
        match self.manner {
            Manner::Usual | Manner::NoSelect => with(&self.data, OK),
            Manner::GetResponse => with(&[], [0x61, LENGTH as u8]),
            Manner::RightLength => with(&[], [0x6C, LENGTH as u8]),
            Manner::GetResponseOfRightLength => with(&[], [0x61, 0x00]),
            Manner::AnotherCard => with(&[], [0x6A, 0x86]),
            Manner::CutWhileRead => None,
            Manner::Garbled => with(&[0xFF; LENGTH], OK),
        }
    }
}

/// Whether a SELECT by name selects the NHI application; `None` for another command. Programs send
/// its name whole or without its last byte, with and without the length of the answer (Le) behind.
fn selected(command: &[u8]) -> Option<bool> {
    let (header, rest) = command.split_first_chunk::<4>()?;
    if header != &SELECT_NHI[..4] {
        return None;
    }
    let (length, rest) = rest.split_first()?;
    let (name, after) = rest.split_at_checked(usize::from(*length))?;
    let ours = &SELECT_NHI[5..];
    let is_ours = name == ours || Some(name) == ours.split_last().map(|(_, head)| head);
    Some(is_ours && after.len() <= 1)
}

fn in_big5(letter: char) -> Vec<u8> {
    let mut buffer = [0; 4];
    let (bytes, _, unknown) = BIG5.encode(letter.encode_utf8(&mut buffer));
    if unknown { vec![b'*'] } else { bytes.into_owned() }
}

/// A card that is in the virtual reader. It is pulled when this is dropped.
pub struct Inserted {
    stream: TcpStream,
    answering: Option<std::thread::JoinHandle<()>>,
}

impl Inserted {
    /// Puts a card into the virtual reader at this address, and answers from a thread of its own.
    ///
    /// # Errors
    /// If no virtual reader listens there.
    pub fn new(card: VirtualCard, reader: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&reader, Duration::from_secs(2))?;
        stream.set_nodelay(true)?;
        let answering = stream.try_clone()?;
        let answering = std::thread::spawn(move || {
            // An error means that the connection has ended, which is how a card leaves the reader.
            let _ = answer(&card, answering);
        });
        Ok(Self { stream, answering: Some(answering) })
    }

    /// Whether the reader has closed the connection.
    pub fn is_over(&self) -> bool {
        self.answering.as_ref().is_none_or(std::thread::JoinHandle::is_finished)
    }

    pub fn pull(self) {}
}

impl Drop for Inserted {
    fn drop(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Both);
        if let Some(answering) = self.answering.take() {
            let _ = answering.join();
        }
    }
}

/// Answers the reader's frames until the connection ends. A frame is two bytes of length, then a
/// command. A frame of a single byte is a control: 0 off, 1 on, 2 reset, 4 asks for the answer to
/// reset; only the last has an answer.
fn answer(card: &VirtualCard, mut stream: TcpStream) -> io::Result<()> {
    loop {
        quick_acknowledgements(&stream)?;
        let mut length = [0; 2];
        stream.read_exact(&mut length)?;
        let mut payload = vec![0; usize::from(u16::from_be_bytes(length))];
        stream.read_exact(&mut payload)?;
        let answer = match payload.as_slice() {
            [4] => Some(ATR.to_vec()),
            [_] | [] => continue,
            command => card.answer(command),
        };
        let Some(answer) = answer else {
            return stream.shutdown(Shutdown::Both);
        };
        let length = u16::try_from(answer.len()).unwrap_or(u16::MAX).to_be_bytes();
        stream.write_all(&[length.as_slice(), &answer].concat())?;
    }
}

/// Acknowledges at once. Otherwise the kernel delays the acknowledgement, and the reader holds back
/// its next frame for 44 ms each time.
fn quick_acknowledgements(stream: &TcpStream) -> io::Result<()> {
    rustix::net::sockopt::set_tcp_quickack(stream, true).map_err(io::Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::devices::nhi_card::parse;
    use jiff::civil::date;

    fn card(manner: Manner) -> VirtualCard {
        let face = Face {
            number: "000000000001",
            name: "甄健康",
            id: "A223456781",
            born: date(1968, 3, 5),
            sex: 'F',
            issued: date(2021, 1, 1),
        };
        VirtualCard::new(&face, manner).unwrap()
    }

    #[test]
    fn it_answers_what_the_parser_understands() {
        let answer = card(Manner::Usual).answer(&GET_DATA).unwrap();
        let (data, status) = answer.split_at(LENGTH);
        assert_eq!(status, [0x90, 0x00]);
        let read = parse(data).unwrap();
        assert_eq!((read.name.expose(), read.id.expose()), ("甄健康", "A223456781"));
    }

    #[test]
    fn it_is_selected_by_its_name_and_no_other() {
        let card = card(Manner::Usual);
        let answer = |command: &[u8]| card.answer(command).unwrap();
        let whole = SELECT_NHI.to_vec();
        let mut short = whole[..whole.len() - 1].to_vec();
        short[4] -= 1;
        for command in [&whole, &short, &[whole.as_slice(), &[0]].concat()] {
            assert_eq!(answer(command), [0x90, 0x00], "{command:02x?}");
        }
        let mut other = whole;
        other[6] ^= 1;
        assert_eq!(answer(&other), [0x6A, 0x82]);
        assert_eq!(answer(&[0x00, 0xA4, 0x04, 0x00, 0x01, 0x2A]), [0x6A, 0x82]);
        assert_eq!(answer(&[0x00, 0xB0, 0x00, 0x00, 0x00]), [0x6D, 0x00]);
    }

    #[test]
    fn a_face_that_does_not_fit_is_refused() {
        let face = Face {
            number: "1",
            name: "",
            id: "A223456781",
            born: date(1968, 3, 5),
            sex: 'F',
            issued: date(2021, 1, 1),
        };
        assert_eq!(VirtualCard::new(&face, Manner::Usual), Err(FaceError));
    }
}

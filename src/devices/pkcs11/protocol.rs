//! What goes through the pipes between the kiosk and the process that loads the module: frames of
//! four bytes of length (big-endian), then JSON. Frames may have a PIN in them: they are wiped.

use crate::devices::staff_card::{
    Certificate, ModuleFault, ModuleInfo, SignFault, Signature, StaffCard,
};
use crate::domain::personal::Personal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use zeroize::Zeroizing;

/// What the kiosk asks. Each request has one answer, and they come in order.
#[derive(Serialize, Deserialize)]
pub enum Request {
    /// What is in the slots now.
    Look,
    /// The card with this certificate is to sign the text.
    Sign { own: Certificate, pin: Personal, text: Vec<u8> },
    /// For the system check.
    Inspect,
}

/// What the helper answers.
#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    Looked(Seen),
    Signed(Result<Signature, SignFault>),
    Inspected(ModuleInfo),
    /// The module cannot be used. It is the answer to each request.
    Failed(ModuleFault),
}

/// What is in the staff's slots.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Seen {
    NoReader,
    NoCard,
    NotStaffCard,
    /// A card that can sign. The number grows with each card that is put in.
    Card {
        card: StaffCard,
        insertion: u32,
    },
}

/// The longest frame: a card with many certificates has some ten thousand bytes.
const LONGEST: usize = 1 << 20;
/// Room for a request, so that its buffer does not grow and leave a copy of the PIN behind.
const ROOM: usize = 64 * 1024;

/// Writes a frame, and waits until it is in the pipe.
pub fn write(to: &mut impl Write, what: &impl Serialize) -> io::Result<()> {
    let mut frame = Zeroizing::new(Vec::with_capacity(ROOM));
    frame.extend_from_slice(&[0; 4]);
    serde_json::to_writer(&mut *frame, what)?;
    let length = u32::try_from(frame.len() - 4).map_err(io::Error::other)?;
    frame[..4].copy_from_slice(&length.to_be_bytes());
    to.write_all(&frame)?;
    to.flush()
}

/// Reads a frame. `from` must not be buffered, since a buffer would keep the PIN.
///
/// # Errors
/// When the other side has ended, or has written something else than a frame.
pub fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<T> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length) as usize;
    if length > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut frame = Zeroizing::new(vec![0; length]);
    from.read_exact(&mut frame)?;
    Ok(serde_json::from_slice(&frame)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_out_as_they_went_in() {
        let mut pipe = Vec::new();
        let own = Certificate::new(vec![0x30]);
        write(&mut pipe, &Request::Sign { own, pin: Personal::new("12\"4疫"), text: vec![0, 255] })
            .unwrap();
        write(&mut pipe, &Request::Look).unwrap();
        let mut from = pipe.as_slice();
        let Request::Sign { own, pin, text } = read(&mut from).unwrap() else { panic!("order") };
        assert_eq!((own.der(), pin.expose(), text), (&[0x30][..], "12\"4疫", vec![0, 255]));
        assert!(matches!(read(&mut from).unwrap(), Request::Look));
        assert!(read::<Request>(&mut from).is_err(), "the other side has ended");
    }

    #[test]
    fn what_is_no_frame_is_refused() {
        for bytes in [&b"PKCS#11 debug output"[..], &[0, 0, 0, 2, b'{', b'}'], &[0, 0, 0, 9, b'"']]
        {
            assert!(read::<Request>(&mut &bytes[..]).is_err(), "{bytes:?}");
        }
    }
}

//! A "printer" on this machine, by TCP or by any other line: it takes what a kiosk sends, answers
//! its state, and makes dots on paper of the bytes.
#![allow(dead_code, reason = "each test file uses its part")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use vaxkiosk::devices::escpos::TcpPrinter;
use vaxkiosk::receipt::bitmap::Bitmap;

/// What the printer answers to its two questions.
pub const READY: [u8; 2] = [0x12, 0x12];

/// A printer that takes one connection, answers its state, and hands over what it was sent.
pub fn printer(
    address: &str,
    states: Vec<[u8; 2]>,
) -> (TcpPrinter, std::thread::JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind(address).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let recording = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        record(stream.try_clone().unwrap(), stream, states)
    });
    (TcpPrinter { address }, recording)
}

/// What comes by a line until it ends, or until the paper was cut and the state asked for the last
/// time.
pub fn record(mut from: impl Read, mut to: impl Write, states: Vec<[u8; 2]>) -> Vec<u8> {
    let (mut bytes, mut answers) = (Vec::new(), states.into_iter().flatten());
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        bytes.extend_from_slice(&buffer[..count]);
        // After a question the kiosk waits, so that it is what came last.
        if bytes.ends_with(&[0x10, 0x04, 2]) || bytes.ends_with(&[0x10, 0x04, 4]) {
            bytes.truncate(bytes.len() - 3);
            if let Some(answer) = answers.next() {
                to.write_all(&[answer]).unwrap();
                to.flush().unwrap();
            }
        }
    }
    bytes
}

/// What a printer makes of the bytes: dots on paper.
pub fn decode(bytes: &[u8]) -> Bitmap {
    let mut rest = bytes.strip_prefix(&[0x1B, b'@']).expect("ESC @ first");
    let (mut rows, mut width): (Vec<u8>, usize) = (Vec::new(), 0);
    while let Some(band) = rest.strip_prefix(&[0x1D, b'v', b'0', 0]) {
        width = usize::from(u16::from_le_bytes([band[0], band[1]]));
        let height = usize::from(u16::from_le_bytes([band[2], band[3]]));
        rows.extend_from_slice(&band[4..4 + width * height]);
        rest = &band[4 + width * height..];
    }
    assert!(rest.starts_with(&[0x1B, b'd']) && rest.ends_with(&[0x1D, b'V', 66, 0]), "fed and cut");
    let mut paper = Bitmap::new(width * 8, rows.len() / width);
    for (at, byte) in rows.iter().enumerate() {
        (0..8)
            .filter(|bit| byte & (0x80 >> bit) != 0)
            .for_each(|bit| paper.ink(at % width * 8 + bit, at / width));
    }
    paper
}

/// Keeps the paper as a picture in this file, and reads its code as a person's scanner would.
pub fn read_code(paper: &Bitmap, file: &Path) -> String {
    std::fs::write(file, paper.to_png().unwrap()).unwrap();
    let read = Command::new("zbarimg")
        .args(["-q", "--raw"])
        .arg(file)
        .output()
        .expect("zbar-tools is installed");
    String::from_utf8(read.stdout).unwrap().trim().to_owned()
}

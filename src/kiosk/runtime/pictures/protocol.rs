//! The sequences of kitty's graphics protocol that pictures are shown by. Each has `q=2`: kitty
//! answers nothing, because an answer would come in as keys.
//! <https://sw.kovidgoyal.net/kitty/graphics-protocol/>

use ratatui::layout::Rect;
use std::io::Write;

/// The most of a picture that one sequence may carry.
const CHUNK: usize = 4096;

/// Sends a PNG, which is not shown yet.
pub fn transmit(out: &mut Vec<u8>, id: u32, png: &[u8]) {
    // Three bytes are four letters, so a chunk's letters end where its bytes do.
    let mut chunks = png.chunks(CHUNK / 4 * 3).peekable();
    let mut first = true;
    while let Some(chunk) = chunks.next() {
        let more = u8::from(chunks.peek().is_some());
        let begins = if first { format!("a=t,i={id},f=100,") } else { String::new() };
        first = false;
        put(out, format_args!("\x1b_G{begins}q=2,m={more};"));
        base64(out, chunk);
        out.extend_from_slice(b"\x1b\\");
    }
}

/// Shows a picture that was sent, over the cells of an area; the cursor stays where it is put.
pub fn place(out: &mut Vec<u8>, id: u32, area: Rect) {
    let (row, column) = (area.y + 1, area.x + 1);
    let placement = placement(area);
    let Rect { width, height, .. } = area;
    // z=0: pictures below the text turn every cell's ground cyan under Mesa's llvmpipe.
    put(
        out,
        format_args!(
            "\x1b[{row};{column}H\x1b_Ga=p,i={id},p={placement},c={width},r={height},\
             z=0,C=1,q=2\x1b\\"
        ),
    );
}

/// Takes a picture away from its place. Its data stays.
pub fn take_away(out: &mut Vec<u8>, id: u32, area: Rect) {
    put(out, format_args!("\x1b_Ga=d,d=i,i={id},p={},q=2\x1b\\", placement(area)));
}

/// Deletes a picture wherever it is, and its data.
pub fn delete(out: &mut Vec<u8>, id: u32) {
    put(out, format_args!("\x1b_Ga=d,d=I,i={id},q=2\x1b\\"));
}

/// A picture may be shown at several places; each has a number, and 0 means none.
fn placement(area: Rect) -> u32 {
    u32::from(area.y) * 1000 + u32::from(area.x) + 1
}

/// Writing into memory cannot fail.
fn put(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}

fn base64(out: &mut Vec<u8>, bytes: &[u8]) {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for three in bytes.chunks(3) {
        let bits =
            (0..3).fold(0u32, |bits, at| bits << 8 | u32::from(*three.get(at).unwrap_or(&0)));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= three.len() { letter } else { b'=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(b"", "")]
    #[case(b"f", "Zg==")]
    #[case(b"fo", "Zm8=")]
    #[case(b"foo", "Zm9v")]
    #[case(b"foobar", "Zm9vYmFy")]
    fn base64_is_that_of_rfc_4648(#[case] bytes: &[u8], #[case] letters: &str) {
        let mut out = Vec::new();
        base64(&mut out, bytes);
        assert_eq!(String::from_utf8(out).unwrap(), letters);
    }

    #[test]
    fn a_large_picture_goes_in_chunks_and_every_sequence_is_silent() {
        let mut out = Vec::new();
        transmit(&mut out, 7, &[0; CHUNK]);
        place(&mut out, 7, Rect::new(1, 3, 60, 2));
        take_away(&mut out, 7, Rect::new(1, 3, 60, 2));
        delete(&mut out, 7);
        let text = String::from_utf8(out).unwrap();
        let parts: Vec<&str> = text.split("\x1b_G").skip(1).collect();
        assert_eq!(parts.len(), 5);
        assert!(parts.iter().all(|part| part.contains("q=2")), "{parts:?}");
        assert!(parts[0].starts_with("a=t,i=7,f=100,q=2,m=1;"));
        assert!(parts[1].starts_with("q=2,m=0;"));
        assert!(parts[0].len() <= CHUNK + 32, "kitty takes no longer ones");
        assert!(text.contains("\x1b[4;2H\x1b_Ga=p,i=7,p=3002,c=60,r=2,z=0,C=1,q=2\x1b\\"));
        assert!(text.ends_with("\x1b_Ga=d,d=i,i=7,p=3002,q=2\x1b\\\x1b_Ga=d,d=I,i=7,q=2\x1b\\"));
    }
}

//! The NHI card's layout: the commands that it understands, and what its 57 bytes mean. The parser
//! is pure and trusts no byte. How commands and answers travel is in `pcsc_reader`.

use super::card_reader::CardFault;
use crate::domain::card::{Card, CardNumber};
use crate::domain::identity::IdNumber;
use crate::domain::person::{BirthDate, Name};
use encoding_rs::BIG5;
use jiff::civil::Date;

/// `SELECT` of the NHI application. Its answer does not matter: cards issued since 2025 answer 6D00
/// and can be read all the same.
pub const SELECT_NHI: [u8; 21] = [
    0x00, 0xA4, 0x04, 0x00, 0x10, 0xD1, 0x58, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x11, 0x00,
];
/// `GET DATA` of what is printed on the card.
pub const GET_DATA: [u8; 7] = [0x00, 0xCA, 0x11, 0x00, 0x02, 0x00, 0x00];
/// The length of the answer to [`GET_DATA`] in bytes.
pub const LENGTH: usize = 57;

/// Stands for a character that the card could not hold, or that Big5 does not have. It is shown in
/// the name and is never a reason to refuse a person.
pub const UNKNOWN: char = '〓';

/// What is added to a year of the Republic's calendar, whose year 1 is 1912.
const REPUBLIC: i16 = 1911;

/// Reads the 57 bytes: 0-12 card number, 12-32 name (Big5), 32-42 identity number, 42-49 birth date
/// (Republic, yyyMMdd), 49 sex, 50-57 date of issue.
///
/// # Errors
/// [`CardFault::Unreadable`] if there are not 57 bytes, or a number or date in them is not valid.
pub fn parse(bytes: &[u8]) -> Result<Card, CardFault> {
    let bytes: &[u8; LENGTH] = bytes.try_into().map_err(|_| CardFault::Unreadable)?;
    let text = |range: std::ops::Range<usize>| {
        std::str::from_utf8(&bytes[range]).map_err(|_| CardFault::Unreadable)
    };
    Ok(Card {
        number: CardNumber::parse(text(0..12)?).map_err(|_| CardFault::Unreadable)?,
        name: Name::new(name(&bytes[12..32])),
        id: IdNumber::parse(text(32..42)?).map_err(|_| CardFault::Unreadable)?,
        born: BirthDate(date(&bytes[42..49]).ok_or(CardFault::Unreadable)?),
    })
}

/// Reads a date such as `0570305`, the fifth of March of the Republic's year 57 (1968).
fn date(digits: &[u8]) -> Option<Date> {
    let number = |digits: &[u8]| -> Option<i16> {
        digits.iter().try_fold(0i16, |number, digit| {
            Some(number * 10 + i16::from(char::from(*digit).to_digit(10)? as u8))
        })
    };
    let (year, month, day) = (number(&digits[..3])?, number(&digits[3..5])?, number(&digits[5..])?);
    Date::new(REPUBLIC + year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Reads a name, which is padded with NULs or spaces and cut at twenty bytes. Only characters that
/// are surely Taiwan's own Big5 are decoded: the decoder's table has Hong Kong's characters too,
/// and gives wrong ones for the private ranges without an error.
fn name(bytes: &[u8]) -> String {
    let mut name = String::new();
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        match first {
            0 => break,
            b'*' => name.push(UNKNOWN),
            0x20..=0x7E => name.push(char::from(first)),
            0x80.. => {
                // Half a character at the end: the other half was cut off at twenty bytes.
                let Some((&second, after)) = rest.split_first() else { break };
                rest = after;
                name.push(character(first, second).unwrap_or(UNKNOWN));
            }
            _ => name.push(UNKNOWN),
        }
    }
    name.trim().to_owned()
}

fn character(first: u8, second: u8) -> Option<char> {
    let private = matches!(first, 0x80..=0xA0 | 0xC7..=0xC8 | 0xFA..=0xFF)
        || (first == 0xC6 && second >= 0xA1);
    if private {
        return None;
    }
    let pair = [first, second];
    let (text, wrong) = BIG5.decode_without_bom_handling(&pair);
    let mut letters = text.chars();
    letters.next().filter(|letter| !wrong && letters.next().is_none() && !letter.is_control())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use rstest::rstest;

    /// Bytes of a made-up card.
    pub(crate) fn bytes(name: &[u8], born: &str) -> Vec<u8> {
        let mut bytes = b"000012345678".to_vec();
        let mut padded = name.to_vec();
        padded.resize(20, 0);
        bytes.extend_from_slice(&padded);
        bytes.extend_from_slice(b"A123456789");
        bytes.extend_from_slice(born.as_bytes());
        bytes.extend_from_slice(b"M1100101");
        bytes
    }

    fn big5(text: &str) -> Vec<u8> {
        BIG5.encode(text).0.into_owned()
    }

    #[test]
    fn a_card_says_who_its_holder_is() {
        let card = parse(&bytes(&big5("甄健康"), "0570305")).unwrap();
        assert_eq!(card.number.expose(), "000012345678");
        assert_eq!((card.name.expose(), card.id.expose()), ("甄健康", "A123456789"));
        assert_eq!(card.born.0, date(1968, 3, 5));
    }

    #[rstest]
    #[case::latin(b"NGUYEN THI LAN      ".as_slice(), "NGUYEN THI LAN")]
    #[case::outside_big5(b"\xA4\xFD*\xA9\xFA".as_slice(), "王〓明")]
    #[case::hong_kong(b"\xA4\xFD\x87\x40".as_slice(), "王〓")]
    #[case::private(b"\xA4\xFD\xFA\x40\xC6\xA1".as_slice(), "王〓〓")]
    #[case::private_too(b"\xC7\x40\xC8\x40".as_slice(), "〓〓")]
    #[case::spaces_before(b"  NGUYEN".as_slice(), "NGUYEN")]
    #[case::cut_in_the_middle(b"ABCDEFGHIJKLMNOPQRS\xA4".as_slice(), "ABCDEFGHIJKLMNOPQRS")]
    #[case::control(b"A\x1b[2J".as_slice(), "A〓[2J")]
    #[case::nothing(b"".as_slice(), "")]
    fn a_name_that_cannot_be_decoded_is_shown_with_a_mark(
        #[case] name: &[u8],
        #[case] shown: &str,
    ) {
        assert_eq!(parse(&bytes(name, "0570305")).unwrap().name.expose(), shown);
    }

    #[rstest]
    #[case("0570230", None)]
    #[case("1130229", Some(date(2024, 2, 29)))]
    #[case("0011231", Some(date(1912, 12, 31)))]
    #[case("05703x5", None)]
    #[case("-570305", None)]
    fn birth_dates_are_the_republics(#[case] digits: &str, #[case] expected: Option<Date>) {
        assert_eq!(parse(&bytes(b"A", digits)).ok().map(|card| card.born.0), expected);
    }

    #[test]
    fn a_byte_too_few_or_too_many_is_no_card() {
        let whole = bytes(b"A", "0570305");
        assert_eq!(parse(&whole[..56]), Err(CardFault::Unreadable));
        assert_eq!(parse(&[whole.as_slice(), b"0"].concat()), Err(CardFault::Unreadable));
        assert_eq!(parse(&[]), Err(CardFault::Unreadable));
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered_without_a_panic(
            bytes in proptest::collection::vec(any::<u8>(), LENGTH),
        ) {
            let _ = parse(&bytes);
        }

        #[test]
        fn any_name_is_shown_and_nothing_in_it_reaches_the_terminal(
            name in proptest::collection::vec(any::<u8>(), 20),
        ) {
            let card = parse(&bytes(&name, "0570305")).unwrap();
            prop_assert!(!card.name.expose().chars().any(char::is_control));
        }
    }
}

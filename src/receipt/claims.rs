//! What a receipt claims, and its bytes: a CBOR array (RFC 8949). It has at most 23 bytes, so that
//! the QR code is small enough for a screen of 24 rows. Signatures are in `signing`.

use crate::domain::booking_number::BookingNumber;
use crate::domain::round::RoundNumber;
use crate::domain::site::SiteId;
use crate::domain::taipei;
use coset::cbor::value::Value;
use jiff::{Timestamp, civil::DateTime};

/// The claims of a receipt, in the order of the array: round, sequence (together the booking
/// number), site, slot, issued.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Claims {
    pub booking: BookingNumber,
    pub site: SiteId,
    /// The start of the slot in Taiwan's civil time, in whole minutes. In the bytes it is minutes
    /// since 1970-01-01T00:00Z, 0 to 2^32-1.
    pub slot: DateTime,
    /// When the receipt was issued. In the bytes it is seconds since 1970-01-01T00:00Z, 0 to
    /// 2^32-1.
    pub issued: Timestamp,
}

/// The bytes are signed, but they are not the claims of a receipt.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not the claims of a receipt")]
pub struct ClaimsError;

impl Claims {
    /// Writes the bytes.
    ///
    /// # Errors
    /// If a time does not fit into its four bytes: before 1970, or after 2106 (the slot: after
    /// 10136).
    pub fn to_bytes(self) -> Result<Vec<u8>, ClaimsError> {
        let minutes =
            u32::try_from(taipei::instant(self.slot).as_second() / 60).map_err(|_| ClaimsError)?;
        let issued = u32::try_from(self.issued.as_second()).map_err(|_| ClaimsError)?;
        let round = u32::from(u8::from(self.booking.round()));
        let numbers = [round, self.booking.sequence(), self.site.0, minutes, issued];
        let mut bytes = Vec::with_capacity(23);
        coset::cbor::ser::into_writer(&Value::Array(numbers.map(Value::from).to_vec()), &mut bytes)
            .map_err(|_| ClaimsError)?;
        Ok(bytes)
    }

    /// Reads the bytes, which must be exactly the five numbers, each in its range.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ClaimsError> {
        // The five numbers never need more. Longer bytes are not parsed, since they could be arrays
        // nested deep enough to exhaust the stack.
        if bytes.len() > 23 {
            return Err(ClaimsError);
        }
        let mut rest = bytes;
        let Ok(Value::Array(values)) = coset::cbor::de::from_reader(&mut rest) else {
            return Err(ClaimsError);
        };
        if !rest.is_empty() {
            return Err(ClaimsError);
        }
        let numbers: Vec<u32> = values
            .iter()
            .map(|value| {
                value.as_integer().and_then(|number| u32::try_from(number).ok()).ok_or(ClaimsError)
            })
            .collect::<Result<_, _>>()?;
        let &[round, sequence, site, minutes, issued] = numbers.as_slice() else {
            return Err(ClaimsError);
        };
        let round = u8::try_from(round)
            .ok()
            .and_then(|round| RoundNumber::try_from(round).ok())
            .ok_or(ClaimsError)?;
        let slot = Timestamp::from_second(i64::from(minutes) * 60).map_err(|_| ClaimsError)?;
        Ok(Self {
            booking: BookingNumber::new(round, sequence).map_err(|_| ClaimsError)?,
            site: SiteId(site),
            slot: taipei::civil(slot),
            issued: Timestamp::from_second(i64::from(issued)).map_err(|_| ClaimsError)?,
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    pub(crate) fn claims() -> Claims {
        Claims {
            booking: BookingNumber::parse("0200014637").unwrap(),
            site: SiteId(4711),
            slot: date(2027, 7, 16).at(10, 0, 0, 0),
            issued: Timestamp::from_second(1_815_000_000).unwrap(),
        }
    }

    #[test]
    fn the_largest_claims_fit_into_23_bytes() {
        let largest = Claims {
            booking: BookingNumber::parse("9999999999").unwrap(),
            site: SiteId(u32::MAX),
            slot: date(2105, 12, 31).at(23, 59, 0, 0),
            issued: Timestamp::from_second(i64::from(u32::MAX)).unwrap(),
        };
        assert_eq!(largest.to_bytes().unwrap().len(), 23);
        assert_eq!(Claims::from_bytes(&largest.to_bytes().unwrap()), Ok(largest));
    }

    #[test]
    fn a_byte_too_many_or_a_number_too_few_is_refused() {
        let mut bytes = claims().to_bytes().unwrap();
        bytes.push(0);
        assert_eq!(Claims::from_bytes(&bytes), Err(ClaimsError));
        assert_eq!(Claims::from_bytes(&[0x84, 2, 1, 1, 1]), Err(ClaimsError));
        // The same number in three bytes instead of one makes these claims one byte too long.
        let mut long = vec![0x85, 0x19, 0, 2];
        (0..4).for_each(|_| long.extend([0x1A, 0, 1, 0, 0]));
        assert_eq!((long.len(), Claims::from_bytes(&long)), (24, Err(ClaimsError)));
        // Arrays in arrays are not read once they are longer than any receipt.
        assert_eq!(Claims::from_bytes(&[0x81; 100_000]), Err(ClaimsError));
        assert_eq!(
            Claims::from_bytes(&[0x85, 0, 1, 1, 1, 1]),
            Err(ClaimsError),
            "there is no round 0"
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered_without_a_panic(
            bytes in proptest::collection::vec(any::<u8>(), 0..40),
        ) {
            let _ = Claims::from_bytes(&bytes);
        }
    }
}

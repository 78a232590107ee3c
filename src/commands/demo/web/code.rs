//! The code of a training that other machines reach: made at its start, told to whoever runs it,
//! typed once in each browser, which then has a cookie. Wrong codes are counted and limited.

use crate::commands::peer::machine;
use aws_lc_rs::constant_time::verify_slices_are_equal;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Letters and digits that nobody takes for one another, on paper or by telephone.
const SIGNS: &[u8] = b"34679ACDEFGHJKMNPQRTWXY";
const LENGTH: usize = 8;
/// Wrong codes are counted in spans of this length.
const SPAN: Duration = Duration::from_secs(60);
/// Wrong codes of one machine in a span.
const WRONG_EACH: u32 = 5;
/// Wrong codes of all machines in a span. With 23⁸ codes (78 thousand million), whoever has as many
/// addresses as they like finds the code in a day with a chance of one in ninety thousand.
const WRONG_ALL: u32 = 600;

/// The code, and what a browser has that knew it.
pub struct Code {
    signs: String,
    /// 32 random bytes as text; the same for all browsers, since the code is one for all.
    token: String,
    wrong: Mutex<Wrong>,
}

/// Wrong codes in the span that began at `since`.
#[derive(Default)]
struct Wrong {
    since: Duration,
    each: HashMap<IpAddr, u32>,
    all: u32,
}

/// How a code that somebody typed was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taken {
    Right,
    Wrong,
    /// It was not looked at.
    TooOften,
}

impl Code {
    pub fn new(random: impl Fn() -> [u8; 32]) -> Self {
        // Bytes beyond the last whole multiple are left out, so that each sign is as likely.
        let whole = 256 / SIGNS.len() * SIGNS.len();
        let mut signs = String::new();
        while signs.len() < LENGTH {
            let bytes = random();
            let fair = bytes.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < whole);
            signs.extend(
                fair.take(LENGTH - signs.len()).map(|at| char::from(SIGNS[at % SIGNS.len()])),
            );
        }
        Self { signs, token: hex::encode(random()), wrong: Mutex::default() }
    }

    /// In two groups, for whoever reads it out.
    pub fn shown(&self) -> String {
        let (first, second) = self.signs.split_at(LENGTH / 2);
        format!("{first}-{second}")
    }

    /// Looks at a code that somebody at this address typed, in whatever case and groups.
    pub fn take(&self, typed: &str, from: IpAddr, uptime: Duration) -> Taken {
        let typed: String = typed
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|sign| sign.to_ascii_uppercase())
            .collect();
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        if uptime.saturating_sub(wrong.since) >= SPAN {
            *wrong = Wrong { since: uptime, ..Wrong::default() };
        }
        let from = machine(from);
        let by_them = wrong.each.get(&from).copied().unwrap_or_default();
        if by_them >= WRONG_EACH || wrong.all >= WRONG_ALL {
            return Taken::TooOften;
        }
        if is_same(&typed, &self.signs) {
            return Taken::Right;
        }
        wrong.each.insert(from, by_them + 1);
        wrong.all += 1;
        Taken::Wrong
    }

    /// What a browser gets that knew the code.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Whether a browser has it.
    pub fn is_token(&self, shown: &str) -> bool {
        is_same(shown, &self.token)
    }
}

/// In a time that does not tell how much of it is right.
fn is_same(one: &str, other: &str) -> bool {
    verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    fn code() -> Code {
        let next = Cell::new(250_u8);
        Code::new(|| {
            std::array::from_fn(|_| {
                next.set(next.get().wrapping_add(1));
                next.get()
            })
        })
    }

    fn from(address: &str) -> IpAddr {
        address.parse().unwrap()
    }

    #[test]
    fn a_code_has_signs_that_are_as_likely_as_one_another() {
        // 251 and 252 are of the last whole multiple of 23; 253, 254 and 255 are left out.
        assert_eq!(code().shown(), "XY34-679A");
        for alike in [b"0O", b"1I", b"2Z", b"5S", b"8B", b"UV"] {
            assert!(alike.iter().filter(|sign| SIGNS.contains(sign)).count() == 0);
        }
    }

    #[test]
    fn a_code_is_taken_as_people_type_it() {
        for typed in ["XY34679A", "xy34-679a", " XY34 679A "] {
            assert_eq!(code().take(typed, from("192.0.2.1"), SPAN), Taken::Right, "{typed}");
        }
        for typed in ["", "XY34679", "XY34679AA", "XY346797"] {
            assert_eq!(code().take(typed, from("192.0.2.1"), SPAN), Taken::Wrong, "{typed}");
        }
    }

    #[test]
    fn wrong_codes_of_one_machine_shut_it_out_for_a_minute_and_nobody_else() {
        let code = code();
        let network = |last: u32| from(&format!("2001:db8::{last}"));
        for last in 0..WRONG_EACH {
            assert_eq!(code.take("AAAA", network(last), SPAN), Taken::Wrong);
        }
        assert_eq!(code.take("XY34679A", network(99), SPAN), Taken::TooOften);
        assert_eq!(code.take("XY34679A", from("2001:db8:0:1::1"), SPAN), Taken::Right);
        assert_eq!(code.take("XY34679A", network(99), SPAN * 2), Taken::Right);
    }

    #[test]
    fn wrong_codes_of_many_machines_shut_all_out_for_a_minute() {
        let code = code();
        for number in 0..WRONG_ALL {
            let address = IpAddr::V4(std::net::Ipv4Addr::from_bits(number));
            assert_eq!(code.take("AAAA", address, SPAN), Taken::Wrong);
        }
        assert_eq!(code.take("XY34679A", from("192.0.2.1"), SPAN), Taken::TooOften);
        assert_eq!(code.take("XY34679A", from("192.0.2.1"), SPAN * 2), Taken::Right);
    }

    #[test]
    fn a_browser_is_known_by_its_token_alone() {
        let code = code();
        assert!(code.is_token(code.token()) && code.token().len() == 64);
        assert!(!code.is_token("") && !code.is_token(&code.token()[1..]));
    }
}

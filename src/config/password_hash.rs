//! Hashes of passwords and PINs as they stand in settings and rosters: Argon2id PHC strings
//! (RFC 9106), within bounds, so that nobody's log-in takes a machine's memory or minutes.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Params};

/// Memory of one check, in KiB: 64 MiB, the most that RFC 9106 recommends where memory is scarce.
const MEMORY_AT_MOST: u32 = 65_536;
/// Passes over that memory.
const PASSES_AT_MOST: u32 = 10;
/// Lanes.
const LANES_AT_MOST: u32 = 4;

/// Whether this is a whole Argon2id hash, with its salt and its output, within the bounds.
pub fn is_usable(text: &str) -> bool {
    let Ok(hash) = PasswordHash::new(text) else { return false };
    let Ok(params) = Params::try_from(&hash) else { return false };
    Algorithm::try_from(hash.algorithm.as_str()) == Ok(Algorithm::Argon2id)
        && hash.salt.is_some()
        && hash.hash.is_some()
        && params.m_cost() <= MEMORY_AT_MOST
        && params.t_cost() <= PASSES_AT_MOST
        && params.p_cost() <= LANES_AT_MOST
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const OUTPUT: &str = "c2FsdCBvZiBhIGRlbW8$Rs4+i6EPoeFBobVKXGsFjj/+wC6ju+bQl7aikSI5iIM";

    #[rstest]
    #[case::usual("argon2id$v=19$m=19456,t=2,p=1", true)]
    #[case::the_most("argon2id$v=19$m=65536,t=10,p=4", true)]
    #[case::too_much_memory("argon2id$v=19$m=65537,t=2,p=1", false)]
    #[case::too_many_passes("argon2id$v=19$m=19456,t=11,p=1", false)]
    #[case::too_many_lanes("argon2id$v=19$m=19456,t=2,p=5", false)]
    #[case::another_kind("argon2i$v=19$m=19456,t=2,p=1", false)]
    fn only_hashes_within_bounds_are_usable(#[case] head: &str, #[case] usable: bool) {
        assert_eq!(is_usable(&format!("${head}${OUTPUT}")), usable, "{head}");
    }

    #[rstest]
    #[case("")]
    #[case("secret")]
    #[case("$argon2id$garbage")]
    #[case("$argon2id$v=19$m=abc$x$y")]
    #[case("$argon2id$v=19$m=19456,t=2,p=1$c2FsdCBvZiBhIGRlbW8")]
    #[case("$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW")]
    fn what_is_no_whole_hash_is_not(#[case] text: &str) {
        assert!(!is_usable(text), "{text}");
    }
}

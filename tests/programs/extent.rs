//! How far a test goes: a part of the way in `make test`, all of it in `make faults`.

use std::str::FromStr;

/// The number in a variable of the environment, or as far as it usually goes.
pub fn extent<T: FromStr>(variable: &str, usual: T) -> T {
    std::env::var(variable).ok().and_then(|number| number.parse().ok()).unwrap_or(usual)
}

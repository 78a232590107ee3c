//! How rows are told apart.

/// A person's row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PersonId(pub i64);

/// A device's row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DeviceId(pub i64);

/// Whom a limit or a count is kept for: a person's row, or before that is known the keyed hash of
/// the number that they gave.
pub type PersonKey = u128;

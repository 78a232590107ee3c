//! How rows are told apart.

/// A person's row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PersonId(pub i64);

impl PersonId {
    /// The key of this person's rate limit once they are known.
    pub fn limit_key(self) -> PersonKey {
        self.0.unsigned_abs().into()
    }
}

/// A device's row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DeviceId(pub i64);

/// A staff member's row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StaffId(pub i64);

/// An institution's row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct InstitutionId(pub i64);

/// Under which a limit or a count is kept for a person: the number of their row, or before that is
/// known the keyed hash of the identity number that they gave.
pub type PersonKey = u128;

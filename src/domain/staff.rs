//! Staff of an institution (機構代表、機構管理者、機構使用者): what each may do at a counter or at
//! a vaccination site. Which card belongs to whom is known to `server` alone.

use serde::{Deserialize, Serialize};

/// What a staff member may be allowed to do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Right {
    /// Book for a citizen, and register their intention.
    Book,
    /// Cancel and move a citizen's booking, and withdraw their registration.
    Change,
    /// Check citizens in at the vaccination site, and note what they were given.
    CheckIn,
    /// Name the institution's users, say what they may do, and see its figures.
    Manage,
}

impl Right {
    pub const ALL: [Right; 4] = [Right::Book, Right::Change, Right::CheckIn, Right::Manage];

    pub fn code(self) -> &'static str {
        match self {
            Right::Book => "book",
            Right::Change => "change",
            Right::CheckIn => "check-in",
            Right::Manage => "manage",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.code() == code)
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The rights of one staff member. On the wire a list of codes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Right>", into = "Vec<Right>")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "server", schema(value_type = Vec<Right>))]
pub struct Rights(u8);

impl Rights {
    pub fn contains(self, right: Right) -> bool {
        self.0 & right.bit() != 0
    }

    /// Those that are allowed, in the order of [`Right::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Right> {
        Right::ALL.into_iter().filter(move |right| self.contains(*right))
    }

    /// As a number for a database's column: one bit for each right.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// `None` if a bit is set that belongs to no right.
    pub fn from_bits(bits: u8) -> Option<Self> {
        let all = Right::ALL.into_iter().fold(0, |all, right| all | right.bit());
        (bits & !all == 0).then_some(Self(bits))
    }
}

impl FromIterator<Right> for Rights {
    fn from_iter<T: IntoIterator<Item = Right>>(rights: T) -> Self {
        Self(rights.into_iter().fold(0, |bits, right| bits | right.bit()))
    }
}

impl From<Vec<Right>> for Rights {
    fn from(rights: Vec<Right>) -> Self {
        rights.into_iter().collect()
    }
}

impl From<Rights> for Vec<Right> {
    fn from(rights: Rights) -> Self {
        rights.iter().collect()
    }
}

/// Where a staff member stands in the institution.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum StaffRole {
    /// 機構代表: named by the programme's staff; names managers.
    Representative,
    /// 機構管理者: named by the representative; names users and says what they may do.
    Manager,
    /// 機構使用者.
    User,
}

impl StaffRole {
    pub const ALL: [StaffRole; 3] =
        [StaffRole::Representative, StaffRole::Manager, StaffRole::User];

    pub fn code(self) -> &'static str {
        match self {
            StaffRole::Representative => "representative",
            StaffRole::Manager => "manager",
            StaffRole::User => "user",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether someone of this role may add, change and withdraw someone of the other.
    pub fn may_name(self, other: StaffRole) -> bool {
        match self {
            StaffRole::Representative => {
                matches!(other, StaffRole::Manager | StaffRole::User)
            }
            StaffRole::Manager => other == StaffRole::User,
            StaffRole::User => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_are_a_set_that_survives_the_wire_and_a_column() {
        let rights: Rights = [Right::CheckIn, Right::Book].into_iter().collect();
        assert!(rights.contains(Right::Book) && !rights.contains(Right::Manage));
        assert_eq!(serde_json::to_string(&rights).unwrap(), r#"["book","check-in"]"#);
        let read: Rights = serde_json::from_str(r#"["check-in","book","book"]"#).unwrap();
        assert_eq!(read, rights);
        assert_eq!(Rights::from_bits(rights.bits()), Some(rights));
        assert_eq!(Rights::from_bits(0x10), None);
        for right in Right::ALL {
            assert_eq!(Right::from_code(right.code()), Some(right));
        }
    }

    #[test]
    fn each_role_names_those_below() {
        use StaffRole::{Manager, Representative, User};
        let named = |role: StaffRole| StaffRole::ALL.map(|other| role.may_name(other));
        assert_eq!(named(Representative), [false, true, true]);
        assert_eq!(named(Manager), [false, false, true]);
        assert_eq!(named(User), [false, false, false]);
    }
}

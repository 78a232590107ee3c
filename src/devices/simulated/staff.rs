//! The staff whose simulated cards lie in the trainer's drawer. All of them are made up.

use crate::domain::staff::StaffRole;

/// Somebody of the practice staff.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PracticeStaff {
    /// The manager of the practice institution.
    Manager,
    /// A user of the practice institution.
    User,
    /// A user of another institution, who has no right to work at this counter.
    Elsewhere,
}

impl PracticeStaff {
    pub const ALL: [PracticeStaff; 3] =
        [PracticeStaff::Manager, PracticeStaff::User, PracticeStaff::Elsewhere];

    /// The name on the card. It says that it is for practice.
    pub fn name(self) -> &'static str {
        match self {
            PracticeStaff::Manager => "甄主管（練習）",
            PracticeStaff::User => "甄藥師（練習）",
            PracticeStaff::Elsewhere => "甄別店（練習）",
        }
    }

    /// The card's PIN, which the trainer may tell.
    pub fn pin(self) -> &'static str {
        match self {
            PracticeStaff::Manager => "111111",
            PracticeStaff::User => "222222",
            PracticeStaff::Elsewhere => "333333",
        }
    }

    pub fn role(self) -> StaffRole {
        match self {
            PracticeStaff::Manager => StaffRole::Manager,
            PracticeStaff::User | PracticeStaff::Elsewhere => StaffRole::User,
        }
    }

    /// Whether they are of the institution whose counter the training shows.
    pub fn works_here(self) -> bool {
        match self {
            PracticeStaff::Manager | PracticeStaff::User => true,
            PracticeStaff::Elsewhere => false,
        }
    }
}

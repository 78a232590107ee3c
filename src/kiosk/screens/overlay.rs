//! What can lie in front of a screen, which one returns to from it.

use super::more_time::MoreTime;
use super::operator::Operator;
use super::scanned::Scanned;
use crate::kiosk::model::action::HelpTopic;

/// Something in front of the screen that one returns from.
#[derive(Clone, PartialEq, Debug)]
pub enum Overlay {
    Languages,
    /// The topics, or the answer of one.
    Help {
        topic: Option<HelpTopic>,
    },
    StillThere,
    /// The visit is about to end.
    MoreTime(MoreTime),
    /// The person wants to leave while an answer is waited for that says what was done.
    LeaveUnsure,
    /// A receipt's code was scanned.
    Scanned(Scanned),
    /// The trainer's drawer.
    Drawer(DrawerPage),
    Operator(Operator),
    /// The practice people's phones.
    Phone,
    /// Who the practice people are, with all their numbers.
    People,
}

/// A page of the trainer's drawer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DrawerPage {
    /// Cards of practice people, and at a counter of its staff.
    Cards,
    /// What can go wrong.
    Faults,
    /// The clock, the round, and the way out.
    Time,
}

impl DrawerPage {
    pub const ALL: [DrawerPage; 3] = [DrawerPage::Cards, DrawerPage::Faults, DrawerPage::Time];

    /// The one after it, round and round.
    pub fn next(self) -> Self {
        match self {
            DrawerPage::Cards => DrawerPage::Faults,
            DrawerPage::Faults => DrawerPage::Time,
            DrawerPage::Time => DrawerPage::Cards,
        }
    }
}

impl Overlay {
    /// Whether it goes when the card with the task is opened: what the trainer put there, and the
    /// languages, which the card can open too.
    pub fn makes_way_for_task(&self) -> bool {
        match self {
            Overlay::Drawer(_) | Overlay::Phone | Overlay::People | Overlay::Languages => true,
            Overlay::Help { .. }
            | Overlay::StillThere
            | Overlay::MoreTime(_)
            | Overlay::LeaveUnsure
            | Overlay::Scanned(_)
            | Overlay::Operator(_) => false,
        }
    }

    /// The overlay without what is typed or shown in it. While this stays the same, so does the
    /// focus.
    pub fn place(&self) -> Overlay {
        match self {
            Overlay::Operator(_) => Overlay::Operator(Operator::default()),
            Overlay::Languages
            | Overlay::Help { .. }
            | Overlay::StillThere
            | Overlay::MoreTime(_)
            | Overlay::LeaveUnsure
            | Overlay::Scanned(_)
            | Overlay::Drawer(_)
            | Overlay::Phone
            | Overlay::People => self.clone(),
        }
    }
}

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
    Drawer,
    /// The drawer's other page, at a counter: it begins with the staff's cards.
    MoreTools,
    Operator(Operator),
    /// The practice people's phones.
    Phone,
    /// Who the practice people are, with all their numbers.
    People,
}

impl Overlay {
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
            | Overlay::Drawer
            | Overlay::MoreTools
            | Overlay::Phone
            | Overlay::People => self.clone(),
        }
    }
}

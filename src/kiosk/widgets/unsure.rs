//! What is said of something that was sent, while it is not known what became of it.

use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::submission::Subject;

/// That it is not known, and where one sees it.
pub fn message(subject: Subject) -> &'static dyn Message {
    match subject {
        Subject::Booking => &say::FarewellUnsure,
        Subject::Change => &say::FarewellUnsureChange,
        Subject::Registration => &say::FarewellUnsureRegistration,
        Subject::Line => &say::FarewellUnsureLine,
    }
}

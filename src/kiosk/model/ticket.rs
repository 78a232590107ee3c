//! Tickets: an answer is matched with what asked for it.

/// Which visit asked, and the number of the question, counted over the whole run of the program. An
/// answer whose ticket nobody waits for is dropped, so a reply that comes after its visit has ended
/// can never be shown to the next person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ticket {
    /// 0 when no visit asked.
    pub visit: u64,
    pub serial: u64,
}

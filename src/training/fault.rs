//! What goes wrong in an exercise, and what sets it off. Each fault happens once.

use super::act::Act;
use super::screen_name::ScreenName;
use crate::devices::simulated::people::PracticeCard;
use std::time::Duration;

/// One fault.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    pub when: Trigger,
    pub does: FaultKind,
    /// After this it is mended by itself; `None` if it stays until the run ends, or is nothing that
    /// could be mended.
    pub ends_after: Option<Duration>,
}

/// What sets a fault off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trigger {
    /// The screen comes, for the `nth` time.
    Step { screen: ScreenName, nth: u8 },
    /// So long after the beginning.
    After(Duration),
    /// The trainee does it, for the `nth` time. The fault comes first: a line that is cut at
    /// "confirm" loses what is sent.
    Action { act: Act, nth: u8 },
}

/// What goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FaultKind {
    /// Each answer of the service takes so long.
    SlowLine(Duration),
    /// The service's answers do not come, and nothing reaches it.
    CutLine,
    /// The paper jams in the middle of a page.
    PrinterJam,
    /// The printer is switched off.
    PrinterOut,
    /// The card reader is unplugged.
    ReaderGone,
    /// Somebody else takes the slot that is on the screen or is being sent.
    SlotFilled,
    /// Another person puts their card in.
    AnotherCard(PracticeCard),
    /// The staff member of the task card remembers a wrong PIN: until they have tried it once, the
    /// task card says it in place of the right one. Needs no trigger but the beginning.
    WrongPin,
    /// The clock jumps to half a minute before the round opens.
    OpeningMinute,
    /// The machine is switched off and on again: the kiosk begins anew, and what the service knows
    /// is kept.
    PowerCut,
}

impl FaultKind {
    /// All words, in the order of the variants.
    pub const WORDS: [&'static str; 10] = [
        "slow-line",
        "cut-line",
        "printer-jam",
        "printer-out",
        "reader-gone",
        "slot-filled",
        "another-card",
        "wrong-pin",
        "opening-minute",
        "power-cut",
    ];

    /// Its word in a file.
    pub fn word(self) -> &'static str {
        match self {
            FaultKind::SlowLine(_) => "slow-line",
            FaultKind::CutLine => "cut-line",
            FaultKind::PrinterJam => "printer-jam",
            FaultKind::PrinterOut => "printer-out",
            FaultKind::ReaderGone => "reader-gone",
            FaultKind::SlotFilled => "slot-filled",
            FaultKind::AnotherCard(_) => "another-card",
            FaultKind::WrongPin => "wrong-pin",
            FaultKind::OpeningMinute => "opening-minute",
            FaultKind::PowerCut => "power-cut",
        }
    }

    /// Whether it can be mended by itself after a while.
    pub fn can_end(self) -> bool {
        match self {
            FaultKind::SlowLine(_)
            | FaultKind::CutLine
            | FaultKind::PrinterJam
            | FaultKind::PrinterOut
            | FaultKind::ReaderGone => true,
            FaultKind::SlotFilled
            | FaultKind::AnotherCard(_)
            | FaultKind::WrongPin
            | FaultKind::OpeningMinute
            | FaultKind::PowerCut => false,
        }
    }
}

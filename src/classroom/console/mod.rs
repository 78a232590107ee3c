//! The trainer's console: a pure state machine. `update(event, now)` changes it and returns effects
//! as data; `view` draws it. Connections, terminal and files are at the edge.

mod dialog;
mod keys;
mod room;
pub mod seat;
mod view;

pub use dialog::{Dialog, Sure, To};
pub use keys::Key;
pub use room::{MOST_RESULTS, MOST_SEATS};
pub use view::{Touch, draw};

use super::wire::{FromTrainee, FromTrainer, Hello};
use crate::domain::language::Language;
use jiff::Timestamp;
use room::Room;
use seat::{Kept, LineId, Seat, SeatNumber};
use std::time::Duration;

/// The time of an event, handed in by the loop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Now {
    pub wall: Timestamp,
    /// Since the program began, never going back.
    pub uptime: Duration,
}

/// Everything that can happen to the console.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// A trainee's program has proven that it knows the code.
    Joined {
        line: LineId,
        hello: Hello,
        sign: String,
    },
    Said {
        line: LineId,
        what: FromTrainee,
    },
    Left {
        line: LineId,
    },
    Key(Key),
    /// A click. Columns and rows count from 0.
    Click {
        x: u16,
        y: u16,
    },
    /// All results that came are written.
    Kept,
    /// Results could not be written, for this reason.
    NotKept(String),
    Resized,
    /// Once a second.
    Tick,
}

/// What the console asks for.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    Send {
        line: LineId,
        what: FromTrainer,
    },
    /// The connection is closed.
    HangUp {
        line: LineId,
    },
    Keep(Box<Kept>),
    Quit,
}

/// An exercise that the trainer has as a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnExercise {
    pub id: String,
    pub title: String,
    pub text: String,
}

/// What the console is told when it starts.
#[derive(Clone, PartialEq, Debug)]
pub struct Setting {
    pub language: Language,
    /// As it is shown.
    pub code: String,
    /// What trainees are to type behind `--trainer`: at least one.
    pub addresses: Vec<String>,
    /// Where results are kept; `None` if nowhere.
    pub results: Option<String>,
    pub exercises: Vec<OwnExercise>,
}

/// What is on the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Page {
    List,
    /// One trainee's screen, moved by so many columns and rows where it has no room.
    Live {
        seat: SeatNumber,
        moved: (u16, u16),
    },
}

/// The console.
pub struct Console {
    pub setting: Setting,
    pub now: Now,
    pub room: Room,
    pub page: Page,
    pub dialog: Option<Dialog>,
    /// The row that is marked.
    pub marked: usize,
    /// What is done is done for all who are there.
    pub for_all: bool,
    /// Why results could not be written.
    pub not_kept: Option<String>,
    /// Where a click does something, as it was drawn last.
    pub touches: Vec<Touch>,
}

impl Console {
    pub fn new(setting: Setting, now: Now) -> Self {
        Self {
            setting,
            now,
            room: Room::default(),
            page: Page::List,
            dialog: None,
            marked: 0,
            for_all: false,
            not_kept: None,
            touches: Vec::new(),
        }
    }

    /// What happens at an event. `None` if nothing has changed that could be seen.
    pub fn update(&mut self, event: Event, now: Now) -> Option<Vec<Effect>> {
        self.now = now;
        let effects = match event {
            Event::Joined { line, hello, sign } => {
                self.room.join((line, hello, sign), now, self.setting.language)
            }
            Event::Said { line, what } => {
                let is_seen = self.sees(line, &what);
                let effects = self.room.hear(line, what, now);
                if !is_seen && effects.is_empty() {
                    return None;
                }
                effects
            }
            Event::Left { line } => {
                self.room.leave(line, now);
                Vec::new()
            }
            Event::Key(key) => self.key(key),
            Event::Click { x, y } => self.click(x, y)?,
            Event::Kept => {
                self.not_kept.take()?;
                Vec::new()
            }
            Event::NotKept(cause) => {
                self.not_kept = Some(cause);
                Vec::new()
            }
            Event::Resized => Vec::new(),
            Event::Tick => self.room.tick(now),
        };
        self.marked = self.marked.min(self.room.seats.len().saturating_sub(1));
        Some(effects)
    }

    /// Whether what a trainee's program says changes what is on the screen: most screens of a room
    /// are not looked at.
    fn sees(&self, line: LineId, what: &FromTrainee) -> bool {
        let live = match self.page {
            Page::List => None,
            Page::Live { seat, .. } => self.room.seat(seat).and_then(Seat::line),
        };
        match what {
            FromTrainee::Screen(_) => live == Some(line),
            FromTrainee::Progress(_) => live.is_none() || live == Some(line),
            FromTrainee::Prove { .. }
            | FromTrainee::Hello(_)
            | FromTrainee::Offers(_)
            | FromTrainee::Result(_) => true,
        }
    }

    /// The trainee whose row is marked, or whose screen is on.
    pub fn looked_at(&self) -> Option<&Seat> {
        match self.page {
            Page::List => self.room.seats.get(self.marked),
            Page::Live { seat, .. } => self.room.seat(seat),
        }
    }

    /// For whom something is done now. `None` if nobody is there.
    pub fn addressed(&self) -> Option<To> {
        match self.page {
            Page::List if self.for_all => {
                self.room.seats.iter().any(Seat::is_here).then_some(To::All)
            }
            Page::List | Page::Live { .. } => self.looked_at().map(|seat| To::One(seat.number)),
        }
    }
}

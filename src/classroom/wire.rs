//! What trainee and trainer tell each other: frames of four bytes of length (big-endian), then
//! JSON. All of it is of a training; nothing is of a real person but the name that somebody may
//! have typed for the trainer's list. What comes in is cut to size and freed of what a terminal
//! would obey.

use super::exercise_result::ExerciseResult;
use super::shot::{Shot, is_shown};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Both sides must have the same.
pub const VERSION: u32 = 2;
/// The longest frame in bytes, once both sides have proven that they know the code.
pub const LONGEST: usize = 1 << 20;
/// The longest before that: whoever is there may be anybody.
pub const LONGEST_UNPROVEN: usize = 1 << 10;

/// Characters of a name, of a message, and of all else that is one line.
pub const NAME_LENGTH: usize = 24;
pub const MESSAGE_LENGTH: usize = 200;
pub const LINE_LENGTH: usize = 80;
/// Exercises that a trainee offers at most, and reasons of a result.
const MOST_EXERCISES: usize = 100;
const MOST_REASONS: usize = 100;

/// Why a frame cannot be sent or read.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    #[error("a frame of {0} bytes is too long")]
    TooLong(usize),
    #[error("a frame that cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
}

/// What a trainee's program says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum FromTrainee {
    /// The first thing: that it knows the code, in hexadecimal digits.
    Prove {
        version: u32,
        proof: String,
    },
    /// The second: who it is.
    Hello(Hello),
    /// Which exercises it has.
    Offers(Vec<Offered>),
    Screen(Shot),
    /// Once a second, so that the trainer sees that it is still there.
    Progress(Progress),
    Result(Box<ExerciseResult>),
}

/// Who is there.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Hello {
    /// As it was typed for the trainer's list; empty if none was.
    pub name: String,
    /// Random hexadecimal digits of this run of the program, by which it gets its row back after
    /// the line was lost.
    pub token: String,
    /// The version of the program.
    pub program: String,
    /// Where the practice kiosk stands, by its code.
    pub channel: String,
}

/// An exercise that a trainee's program has.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Offered {
    pub id: String,
    /// In the trainer's language, if the exercise has a title in it.
    pub title: String,
}

/// How far a trainee is.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Progress {
    /// The exercise's title; `None` while none is being done.
    pub exercise: Option<String>,
    /// What the trainee is at, in the trainer's language.
    pub step: String,
    /// Since the exercise began, without the time in which it was paused.
    pub seconds: u32,
    pub presses: u32,
    pub hints: u32,
    /// What went wrong so far by the trainee's own doing.
    pub mistakes: u32,
    /// Messages of the trainer that were not acknowledged yet.
    pub unread: u32,
}

/// What the trainer's console says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum FromTrainer {
    /// It knows the code too.
    Proven {
        proof: String,
    },
    Refused(Refused),
    /// The row of its list, from 1, and the language in which the trainer reads.
    Welcome {
        seat: u32,
        language: String,
    },
    Order(Order),
    /// Every few seconds, so that a trainee's program sees that it is still there.
    StillHere,
}

/// Why a trainee's program is not let in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Refused {
    WrongCode,
    /// Too many wrong codes came from this address.
    Wait {
        seconds: u32,
    },
    /// The two programs are of different versions.
    OtherVersion,
    /// As many trainees are there as there may be.
    Full,
}

/// What a trainer has a trainee's program do.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Order {
    /// Begins an exercise that the trainee's program has.
    Begin {
        exercise: String,
    },
    /// Begins an exercise whose file the trainer has: its id, and the file's text.
    BeginFile {
        exercise: String,
        text: String,
    },
    Trouble(Trouble),
    /// Shows a message, which the trainee acknowledges.
    Say(String),
    /// Takes no input until it goes on.
    Pause(bool),
    /// Ends the exercise, which is judged as it stands.
    EndExercise,
    /// Ends the trainee's program.
    Close,
}

/// What can be made to go wrong, and be put right again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Trouble {
    SlowLine,
    CutLine,
    PrinterJam,
    PrinterOut,
    ReaderGone,
    /// Somebody else takes the slot that is on the screen.
    SlotFilled,
    /// Somebody else puts their card in.
    AnotherCard,
    /// The clock jumps to half a minute before the round opens.
    OpeningMinute,
    /// The machine is switched off and on.
    PowerCut,
    /// Line, reader and printer work as usual.
    AllWell,
}

impl Trouble {
    pub const ALL: [Trouble; 10] = [
        Trouble::SlowLine,
        Trouble::CutLine,
        Trouble::PrinterJam,
        Trouble::PrinterOut,
        Trouble::ReaderGone,
        Trouble::SlotFilled,
        Trouble::AnotherCard,
        Trouble::OpeningMinute,
        Trouble::PowerCut,
        Trouble::AllWell,
    ];
}

/// A frame, with its length before it.
pub fn framed(what: &impl Serialize) -> Result<Vec<u8>, WireError> {
    let mut frame = vec![0; 4];
    serde_json::to_writer(&mut frame, what)?;
    let length = frame.len() - 4;
    let stated = u32::try_from(length).ok().filter(|_| length <= LONGEST);
    frame[..4].copy_from_slice(&stated.ok_or(WireError::TooLong(length))?.to_be_bytes());
    Ok(frame)
}

/// The length of the frame that follows, of at most `most` bytes.
pub fn length(header: [u8; 4], most: usize) -> Result<usize, WireError> {
    let length = u32::from_be_bytes(header) as usize;
    if length > most { Err(WireError::TooLong(length)) } else { Ok(length) }
}

/// What a frame says.
pub fn read<T: DeserializeOwned>(frame: &[u8]) -> Result<T, WireError> {
    Ok(serde_json::from_slice(frame)?)
}

/// A text as one line of at most so many characters.
pub fn line(text: &str, most: usize) -> String {
    let shown = text.chars().filter(|letter| is_shown(*letter)).take(most);
    shown.collect::<String>().trim().to_owned()
}

impl FromTrainee {
    /// The same, with every text cut to size.
    pub fn cut_to_size(self) -> Self {
        match self {
            FromTrainee::Hello(hello) => FromTrainee::Hello(Hello {
                name: line(&hello.name, NAME_LENGTH),
                token: line(&hello.token, LINE_LENGTH),
                program: line(&hello.program, LINE_LENGTH),
                channel: line(&hello.channel, LINE_LENGTH),
            }),
            FromTrainee::Offers(mut offers) => {
                offers.truncate(MOST_EXERCISES);
                let cut = |offered: Offered| Offered {
                    id: line(&offered.id, LINE_LENGTH),
                    title: line(&offered.title, LINE_LENGTH),
                };
                FromTrainee::Offers(offers.into_iter().map(cut).collect())
            }
            FromTrainee::Progress(progress) => FromTrainee::Progress(Progress {
                exercise: progress.exercise.map(|title| line(&title, LINE_LENGTH)),
                step: line(&progress.step, LINE_LENGTH),
                ..progress
            }),
            FromTrainee::Result(result) => FromTrainee::Result(Box::new(result.cut_to_size())),
            FromTrainee::Prove { .. } | FromTrainee::Screen(_) => self,
        }
    }
}

impl ExerciseResult {
    fn cut_to_size(mut self) -> Self {
        self.exercise = line(&self.exercise, LINE_LENGTH);
        self.title = line(&self.title, LINE_LENGTH);
        self.score = self.score.min(100);
        self.reasons.truncate(MOST_REASONS);
        for reason in &mut self.reasons {
            reason.fact = line(&reason.fact, LINE_LENGTH);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::exercise_result::Reason;
    use crate::training::judge::Outcome;
    use proptest::prelude::*;

    fn there_and_back<T: Serialize + DeserializeOwned>(what: &T) -> T {
        let frame = framed(what).unwrap();
        let (header, frame) = frame.split_at(4);
        assert_eq!(length(header.try_into().unwrap(), LONGEST).unwrap(), frame.len());
        read(frame).unwrap()
    }

    #[test]
    fn every_order_comes_out_as_it_went_in() {
        let mut orders: Vec<Order> = Trouble::ALL.map(Order::Trouble).to_vec();
        orders.extend([
            Order::Begin { exercise: "first-booking".into() },
            Order::BeginFile { exercise: "own".into(), text: "number = 1\n\"疫苗\"".into() },
            Order::Say("請看這裡 ▶".into()),
            Order::Pause(true),
            Order::EndExercise,
            Order::Close,
        ]);
        for order in orders {
            let sent = FromTrainer::Order(order);
            assert_eq!(there_and_back(&sent), sent);
        }
        for refused in [Refused::WrongCode, Refused::Wait { seconds: 15 }, Refused::Full] {
            assert_eq!(there_and_back(&refused), refused);
        }
    }

    #[test]
    fn a_result_comes_out_as_it_went_in() {
        let reasons = Outcome::ALL.map(|outcome| Reason {
            fact: "booked".into(),
            about: "may-book".into(),
            outcome,
        });
        let result = ExerciseResult {
            number: 2,
            exercise: "first-booking".into(),
            title: "第一次預約".into(),
            passed: false,
            score: 59,
            seconds: 312,
            presses: 41,
            hints: 1,
            reasons: reasons.to_vec(),
        };
        let sent = FromTrainee::Result(Box::new(result));
        assert_eq!(there_and_back(&sent), sent);
        assert_eq!(sent.clone().cut_to_size(), sent);
    }

    #[test]
    fn a_frame_has_its_limit() {
        assert!(matches!(length([0xFF; 4], LONGEST), Err(WireError::TooLong(_))));
        assert!(length(4096_u32.to_be_bytes(), LONGEST_UNPROVEN).is_err());
        let endless = Order::Say("a".repeat(LONGEST));
        assert!(matches!(framed(&endless), Err(WireError::TooLong(_))));
    }

    #[test]
    fn a_name_is_one_line_and_nothing_that_a_terminal_obeys() {
        assert_eq!(line(" 陳\x1b[2J小姐\n ", NAME_LENGTH), "陳[2J小姐");
        assert_eq!(line("a\u{202E}b\u{2066}c\u{200F}", NAME_LENGTH), "abc");
        assert_eq!(line(&"長".repeat(99), NAME_LENGTH), "長".repeat(24));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read::<FromTrainee>(&bytes).map(FromTrainee::cut_to_size);
            let _ = read::<FromTrainer>(&bytes);
        }

        /// Something right, with a byte changed.
        #[test]
        fn a_changed_byte_is_read_or_refused(at in 0usize..200, byte: u8) {
            let hello = Hello { name: "陳小姐".into(), ..Hello::default() };
            let mut frame = framed(&FromTrainee::Hello(hello)).unwrap();
            let at = at % frame.len();
            frame[at] = byte;
            let header = frame[..4].try_into().unwrap();
            if length(header, LONGEST).is_ok_and(|length| length == frame.len() - 4) {
                let _ = read::<FromTrainee>(&frame[4..]).map(FromTrainee::cut_to_size);
            }
        }
    }
}

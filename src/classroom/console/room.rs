//! Who is in the room: trainees come, are heard, are lost and come back to their rows.

use super::seat::{Kept, LineId, Presence, Seat, SeatNumber};
use super::{Effect, Now};
use crate::classroom::exercise_result::ExerciseResult;
use crate::classroom::wire::{FromTrainee, FromTrainer, Hello, Order, Refused};
use crate::domain::language::Language;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::time::Duration;

/// Rows at most. When all are taken the one that was lost longest is given away.
pub const MOST_SEATS: usize = 40;
/// Whoever says nothing for so long is gone: each program speaks once a second.
const SILENT_FOR: Duration = Duration::from_secs(8);
/// On every so manyth tick of a second the trainees' programs are told that the console is there.
const STILL_HERE_EVERY: u32 = 3;
/// Results of a row at most: a program that makes up more of them fills neither memory nor disk.
pub const MOST_RESULTS: usize = 200;

/// All rows, by their numbers.
#[derive(Default)]
pub struct Room {
    pub seats: Vec<Seat>,
    /// What was kept, by the run of the trainee's program and the result's number in it. It
    /// outlives the rows: whoever comes back to another one says all of it again.
    kept: BTreeSet<(String, u32)>,
    ticks: u32,
}

impl Room {
    pub fn seat(&self, number: SeatNumber) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.number == number)
    }

    pub fn seat_mut(&mut self, number: SeatNumber) -> Option<&mut Seat> {
        self.seats.iter_mut().find(|seat| seat.number == number)
    }

    fn of_line(&mut self, line: LineId) -> Option<&mut Seat> {
        self.seats.iter_mut().find(|seat| seat.line() == Some(line))
    }

    /// How many are there.
    pub fn here(&self) -> usize {
        self.seats.iter().filter(|seat| seat.is_here()).count()
    }

    /// A trainee comes, or comes back: to the row of the same run of their program, or else to a
    /// row with their name whose program is gone.
    pub(super) fn join(
        &mut self,
        (line, hello, sign): (LineId, Hello, String),
        now: Now,
        language: Language,
    ) -> Vec<Effect> {
        let presence = Presence::Here { line, heard: now.uptime };
        let mut effects = Vec::new();
        let number = if let Some(seat) = self.row_of(&hello) {
            effects.extend(seat.line().map(|line| Effect::HangUp { line }));
            // The row's name is the one that nobody else in the list has.
            let hello = Hello { name: seat.hello.name.clone(), ..hello };
            (seat.presence, seat.hello, seat.sign) = (presence, hello, sign);
            // What was on the screen before is of another connection.
            (seat.screen, seat.progress) = (None, Default::default());
            seat.number
        } else {
            let Some(number) = self.free_number() else {
                let what = FromTrainer::Refused(Refused::Full);
                return vec![Effect::Send { line, what }, Effect::HangUp { line }];
            };
            let hello = Hello { name: self.unused_name(&hello.name), ..hello };
            let seat = Seat::new(number, hello, sign, presence);
            let at = self.seats.partition_point(|other| other.number < number);
            self.seats.insert(at, seat);
            number
        };
        let language = language.tag().to_owned();
        effects.push(Effect::Send { line, what: FromTrainer::Welcome { seat: number, language } });
        if self.seat(number).is_some_and(|seat| seat.is_paused) {
            effects.push(Effect::Send { line, what: FromTrainer::Order(Order::Pause(true)) });
        }
        effects
    }

    /// A run of a program is known by its token. Its name may be that of others too.
    fn row_of(&mut self, hello: &Hello) -> Option<&mut Seat> {
        let is_same_run = |seat: &Seat| !hello.token.is_empty() && seat.hello.token == hello.token;
        let is_lost_namesake = |seat: &Seat| {
            !hello.name.is_empty() && seat.hello.name == hello.name && !seat.is_here()
        };
        let at = self.seats.iter().position(is_same_run);
        let at = at.or_else(|| self.seats.iter().position(is_lost_namesake))?;
        self.seats.get_mut(at)
    }

    fn free_number(&mut self) -> Option<SeatNumber> {
        if self.seats.len() >= MOST_SEATS {
            let lost = |seat: &Seat| match seat.presence {
                Presence::LostSince(when) => Some(when),
                Presence::Here { .. } => None,
            };
            let longest: Option<(Timestamp, usize)> = self
                .seats
                .iter()
                .enumerate()
                .filter_map(|(at, seat)| Some((lost(seat)?, at)))
                .min();
            self.seats.remove(longest?.1);
        }
        (1..).find(|number| self.seat(*number).is_none())
    }

    /// Two who are there have no name in common.
    fn unused_name(&self, name: &str) -> String {
        let is_used = |name: &str| self.seats.iter().any(|seat| seat.hello.name == name);
        if name.is_empty() || !is_used(name) {
            return name.to_owned();
        }
        let numbered = (2..).map(|nth| format!("{name} {nth}"));
        numbered.into_iter().find(|name| !is_used(name)).unwrap_or_default()
    }

    /// A trainee's program says something.
    pub(super) fn hear(&mut self, line: LineId, what: FromTrainee, now: Now) -> Vec<Effect> {
        let of_line = |seat: &&mut Seat| seat.line() == Some(line);
        let Some(seat) = self.seats.iter_mut().find(of_line) else { return Vec::new() };
        seat.presence = Presence::Here { line, heard: now.uptime };
        match what {
            FromTrainee::Screen(shot) => {
                // A program whose screen makes no sense begins anew with a whole one.
                if shot.put_on(&mut seat.screen).is_err() {
                    return vec![Effect::HangUp { line }];
                }
            }
            FromTrainee::Progress(progress) => seat.progress = progress,
            FromTrainee::Offers(offers) => seat.offers = offers,
            FromTrainee::Result(result) => {
                return seat.done(*result, &mut self.kept, now.wall);
            }
            // They come first, and are dealt with before a line has a row.
            FromTrainee::Prove { .. } | FromTrainee::Hello(_) => {}
        }
        Vec::new()
    }

    pub(super) fn leave(&mut self, line: LineId, now: Now) {
        if let Some(seat) = self.of_line(line) {
            seat.presence = Presence::LostSince(now.wall);
        }
    }

    /// A second has passed.
    pub(super) fn tick(&mut self, now: Now) -> Vec<Effect> {
        let mut effects = self.hang_up_the_silent(now);
        self.ticks = (self.ticks + 1) % STILL_HERE_EVERY;
        if self.ticks == 0 {
            let lines = self.seats.iter().filter_map(Seat::line);
            effects.extend(lines.map(|line| Effect::Send { line, what: FromTrainer::StillHere }));
        }
        effects
    }

    /// A machine that was unplugged says nothing more, not even that it goes.
    fn hang_up_the_silent(&mut self, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        for seat in &mut self.seats {
            if let Presence::Here { line, heard } = seat.presence
                && now.uptime >= heard + SILENT_FOR
            {
                seat.presence = Presence::LostSince(now.wall);
                effects.push(Effect::HangUp { line });
            }
        }
        effects
    }
}

impl Seat {
    /// A result is shown once in a row, and kept once in a room.
    fn done(
        &mut self,
        result: ExerciseResult,
        room_kept: &mut BTreeSet<(String, u32)>,
        when: Timestamp,
    ) -> Vec<Effect> {
        let (token, number) = (self.hello.token.clone(), result.number);
        let is_it = |kept: &Kept| kept.token == token && kept.result.number == number;
        if self.results.len() >= MOST_RESULTS || self.results.iter().any(is_it) {
            return Vec::new();
        }
        let (seat, name) = (self.number, self.hello.name.clone());
        let kept = Kept { when, seat, name, token: token.clone(), result };
        self.results.push(kept.clone());
        let is_new = room_kept.insert((token, number));
        is_new.then(|| Effect::Keep(Box::new(kept))).into_iter().collect()
    }
}

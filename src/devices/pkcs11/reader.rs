//! The kiosk's side of real staff cards. One thread looks at the slots again and again, sends what
//! has changed, has cards sign, and replaces a helper that hangs or has crashed. Whoever waits for
//! a signature waits for this thread alone, which keeps its deadlines.

use super::ModuleOptions;
use super::process::{Helper, Lost};
use super::protocol::{Answer, Request, Seen};
use crate::devices::staff_card::{
    Certificate, ModuleFault, ModuleInfo, SignFault, Signature, StaffCard, StaffCardEvent,
    StaffCardReader,
};
use crate::domain::backoff::Backoff;
use crate::domain::personal::Personal;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::time::Duration;

/// How often the thread looks, and how long it waits for an answer.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub every: Duration,
    /// For a look, which may read a card's certificates, or load the module.
    pub look: Duration,
    pub sign: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            every: Duration::from_millis(300),
            look: Duration::from_secs(10),
            sign: Duration::from_secs(20),
        }
    }
}

/// How many looks without a reader a helper has. OpenSC that was started before PC/SC's daemon, or
/// has seen it end, finds no reader any more; one that is started anew does.
const LOOKS_WITHOUT_READER: u32 = 16;

/// Between two helpers of which neither could be used.
const START_AGAIN: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(30));

/// What the thread is asked for, with the channel for the answer.
enum Wish {
    Sign { request: Request, own: Certificate, answer: SyncSender<Result<Signature, SignFault>> },
    Inspect { answer: SyncSender<Result<ModuleInfo, ModuleFault>> },
}

/// The staff's card reader. Its thread ends when this is dropped, after the answer it waits for.
pub struct Pkcs11Reader {
    wishes: Sender<Wish>,
}

impl Pkcs11Reader {
    /// Starts the thread, which calls `events`. `program` is this program, which it starts again as
    /// its helper.
    ///
    /// # Errors
    /// If the machine cannot start another thread.
    pub fn start(
        program: PathBuf,
        options: ModuleOptions,
        limits: Limits,
        events: impl Fn(StaffCardEvent) + Send + 'static,
    ) -> io::Result<Self> {
        let (wishes, asked) = channel();
        let mut desk = Desk { program, options, limits, asked, known: Known::Nothing, helpers: 0 };
        let thread = std::thread::Builder::new().name("staff cards".into());
        thread.spawn(move || desk.run(&events))?;
        Ok(Self { wishes })
    }
}

impl StaffCardReader for Pkcs11Reader {
    fn sign(&self, card: &StaffCard, pin: &Personal, text: &[u8]) -> Result<Signature, SignFault> {
        if !card.pin_length.fits(pin) {
            return Err(SignFault::PinLength(card.pin_length));
        }
        let own = card.own.clone();
        let request = Request::Sign { own: own.clone(), pin: pin.clone(), text: text.to_vec() };
        let (answer, signed) = sync_channel(1);
        // The thread answers each wish. It is gone only after a panic.
        let sent = self.wishes.send(Wish::Sign { request, own, answer });
        sent.map_err(|_| SignFault::ModuleFailed)?;
        signed.recv().unwrap_or(Err(SignFault::ModuleFailed))
    }

    fn inspect(&self) -> Result<ModuleInfo, ModuleFault> {
        let (answer, inspected) = sync_channel(1);
        let sent = self.wishes.send(Wish::Inspect { answer });
        sent.map_err(|_| ModuleFault::Failed)?;
        inspected.recv().unwrap_or(Err(ModuleFault::Failed))
    }
}

/// What was told last.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Known {
    Nothing,
    NoModule(ModuleFault),
    /// Seen by the helper of this number.
    Seen(u32, Seen),
}

/// What there is to tell when something else is known than before. A card that a new helper finds
/// is the same card if it has the same certificate; a helper itself notices when it was exchanged.
fn news(before: &Known, after: &Known) -> Vec<StaffCardEvent> {
    let mut news = Vec::new();
    let mut was_in = false;
    if let Known::Seen(earlier, seen) = before {
        match (seen, after) {
            (
                Seen::Card { card: old, insertion: first },
                Known::Seen(later, Seen::Card { card: new, insertion: then }),
            ) if old.own == new.own && (earlier != later || first == then) => return news,
            (Seen::Card { .. } | Seen::NotStaffCard, _) => was_in = true,
            (Seen::NoReader | Seen::NoCard, _) => {}
        }
        if matches!(after, Known::Seen(_, now) if now == seen) {
            return news;
        }
    } else if before == after {
        return news;
    }
    if was_in {
        news.push(StaffCardEvent::CardOut);
    }
    match after {
        Known::Nothing => {}
        Known::NoModule(fault) => news.push(StaffCardEvent::NoModule(*fault)),
        Known::Seen(_, Seen::NoReader) => news.push(StaffCardEvent::NoReader),
        Known::Seen(_, Seen::NoCard) if was_in => {}
        Known::Seen(_, Seen::NoCard) => news.push(StaffCardEvent::NoCard),
        Known::Seen(_, Seen::NotStaffCard) => news.push(StaffCardEvent::NotStaffCard),
        Known::Seen(_, Seen::Card { card, .. }) => news.push(StaffCardEvent::CardIn(card.clone())),
    }
    news
}

/// Why a helper is replaced.
enum Over {
    /// The kiosk ends.
    Ended,
    /// The helper was of use before.
    Used,
    /// It has not answered one look.
    Useless(ModuleFault),
}

/// What the thread has.
struct Desk {
    program: PathBuf,
    options: ModuleOptions,
    limits: Limits,
    asked: Receiver<Wish>,
    known: Known,
    /// How many were started.
    helpers: u32,
}

impl Desk {
    /// Starts one helper after another, until the kiosk ends. The first that follows one that was
    /// of use comes at once, without a word; those after it wait, and the module counts as lost.
    fn run(&mut self, events: &dyn Fn(StaffCardEvent)) {
        let mut useless: u32 = 0;
        loop {
            self.helpers = self.helpers.wrapping_add(1);
            let over = match Helper::start(&self.program, &self.options) {
                Ok(helper) => self.serve(helper, events),
                Err(_) => Over::Useless(ModuleFault::Failed),
            };
            match over {
                Over::Ended => return,
                Over::Used => useless = 0,
                Over::Useless(fault) => {
                    self.learn(Known::NoModule(fault), events);
                    if self.wait(START_AGAIN.wait(useless), fault).is_err() {
                        return;
                    }
                    useless = useless.saturating_add(1);
                }
            }
        }
    }

    fn learn(&mut self, now: Known, events: &dyn Fn(StaffCardEvent)) {
        news(&self.known, &now).into_iter().for_each(events);
        self.known = now;
    }

    /// Looks and carries out wishes with one helper, until it is of no more use.
    fn serve(&mut self, mut helper: Helper, events: &dyn Fn(StaffCardEvent)) -> Over {
        let mut was_of_use = false;
        let mut without_reader = 0;
        loop {
            let over = |fault| if was_of_use { Over::Used } else { Over::Useless(fault) };
            match helper.ask(&Request::Look, self.limits.look).map_err(fault) {
                Ok(Answer::Looked(seen)) => {
                    without_reader = if seen == Seen::NoReader { without_reader + 1 } else { 0 };
                    self.learn(Known::Seen(self.helpers, seen), events);
                }
                Ok(Answer::Failed(fault)) | Err(fault) => return over(fault),
                // Never an answer to a look.
                Ok(Answer::Signed(_) | Answer::Inspected(_)) => return over(ModuleFault::Failed),
            }
            was_of_use = true;
            let carried_out = match self.asked.recv_timeout(self.limits.every) {
                Ok(Wish::Sign { request, own, answer }) => {
                    self.sign(&mut helper, request, &own, &answer)
                }
                Ok(Wish::Inspect { answer }) => self.inspect(&mut helper, &answer),
                Err(RecvTimeoutError::Timeout) => Ok(()),
                Err(RecvTimeoutError::Disconnected) => return Over::Ended,
            };
            if carried_out.is_err() || without_reader == LOOKS_WITHOUT_READER {
                return Over::Used;
            }
        }
    }

    /// Has a card sign. The PIN goes to the helper once, whatever comes of it.
    fn sign(
        &self,
        helper: &mut Helper,
        request: Request,
        own: &Certificate,
        answer: &SyncSender<Result<Signature, SignFault>>,
    ) -> Result<(), Lost> {
        let is_in = matches!(
            &self.known,
            Known::Seen(_, Seen::Card { card, .. }) if card.own == *own
        );
        let (signed, outcome) = match is_in {
            false => (Err(SignFault::CardRemoved), Ok(())),
            true => match helper.ask(&request, self.limits.sign) {
                Ok(Answer::Signed(signed)) => (signed, Ok(())),
                Ok(Answer::Looked(_) | Answer::Inspected(_) | Answer::Failed(_)) => {
                    (Err(SignFault::ModuleFailed), Err(Lost::Ended))
                }
                Err(Lost::Ended) => (Err(SignFault::ModuleFailed), Err(Lost::Ended)),
                Err(Lost::Hangs) => (Err(SignFault::TookTooLong), Err(Lost::Hangs)),
            },
        };
        // Whoever asked may have stopped waiting.
        let _ = answer.send(signed);
        outcome
    }

    fn inspect(
        &self,
        helper: &mut Helper,
        answer: &SyncSender<Result<ModuleInfo, ModuleFault>>,
    ) -> Result<(), Lost> {
        let (inspected, outcome) = match helper.ask(&Request::Inspect, self.limits.look) {
            Ok(Answer::Inspected(info)) => (Ok(info), Ok(())),
            Ok(Answer::Looked(_) | Answer::Signed(_) | Answer::Failed(_)) => {
                (Err(ModuleFault::Failed), Err(Lost::Ended))
            }
            Err(lost) => (Err(fault(lost)), Err(lost)),
        };
        let _ = answer.send(inspected);
        outcome
    }

    /// Waits before the next helper. A wish is answered with what is wrong, and ends the wait: the
    /// next one may find it mended.
    fn wait(&self, time: Duration, fault: ModuleFault) -> Result<(), RecvTimeoutError> {
        // Whoever asked may have stopped waiting.
        match self.asked.recv_timeout(time) {
            Ok(Wish::Sign { answer, .. }) => {
                let _ = answer.send(Err(SignFault::ModuleFailed));
            }
            Ok(Wish::Inspect { answer }) => {
                let _ = answer.send(Err(fault));
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err(RecvTimeoutError::Disconnected),
        }
        Ok(())
    }
}

fn fault(lost: Lost) -> ModuleFault {
    match lost {
        Lost::Ended => ModuleFault::Failed,
        Lost::Hangs => ModuleFault::Hangs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::devices::staff_card::{PinLength, Tries};
    use StaffCardEvent::{CardIn, CardOut, NoCard, NoModule, NoReader, NotStaffCard};

    fn card(name: u8) -> StaffCard {
        StaffCard {
            own: Certificate::new(vec![name]),
            between: Vec::new(),
            pin_length: PinLength { shortest: 6, longest: 8 },
            tries: Tries::Untold,
        }
    }

    fn seen(helper: u32, name: u8, insertion: u32) -> Known {
        Known::Seen(helper, Seen::Card { card: card(name), insertion })
    }

    #[test]
    fn only_what_is_new_is_told_and_a_card_that_leaves_is_always_told() {
        let (empty, none) = (Known::Seen(1, Seen::NoCard), Known::Seen(1, Seen::NoReader));
        let other = Known::Seen(1, Seen::NotStaffCard);
        let hangs = Known::NoModule(ModuleFault::Hangs);
        for (before, after, expected) in [
            (Known::Nothing, empty.clone(), vec![NoCard]),
            (empty.clone(), empty.clone(), vec![]),
            (empty.clone(), Known::Seen(2, Seen::NoCard), vec![]),
            (empty.clone(), seen(1, 7, 1), vec![CardIn(card(7))]),
            (seen(1, 7, 1), seen(1, 7, 1), vec![]),
            (seen(1, 7, 1), empty.clone(), vec![CardOut]),
            (seen(1, 7, 1), seen(1, 7, 2), vec![CardOut, CardIn(card(7))]),
            (seen(1, 7, 1), seen(1, 8, 2), vec![CardOut, CardIn(card(8))]),
            (seen(1, 7, 5), seen(2, 7, 1), vec![]),
            (seen(1, 7, 1), seen(2, 8, 1), vec![CardOut, CardIn(card(8))]),
            (seen(1, 7, 1), none.clone(), vec![CardOut, NoReader]),
            (seen(1, 7, 1), other.clone(), vec![CardOut, NotStaffCard]),
            (seen(1, 7, 1), hangs.clone(), vec![CardOut, NoModule(ModuleFault::Hangs)]),
            (other.clone(), other.clone(), vec![]),
            (other, empty.clone(), vec![CardOut]),
            (hangs.clone(), hangs.clone(), vec![]),
            (hangs, none.clone(), vec![NoReader]),
            (none, empty, vec![NoCard]),
        ] {
            assert_eq!(news(&before, &after), expected, "{before:?} {after:?}");
        }
    }
}

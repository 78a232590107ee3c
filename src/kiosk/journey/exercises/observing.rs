//! Writes down what happens in a run: what came onto the screen, what the trainee did, what was
//! sent and answered. Nothing of a person is looked at.

use super::acts;
use super::sending::{SentForGood, sent_for_good};
use crate::client::calls::{Fault, Reply};
use crate::devices::staff_card::SignFault;
use crate::domain::taipei;
use crate::kiosk::journey::{Journey, Phase};
use crate::kiosk::model::action::Action;
use crate::kiosk::model::effect::Effect;
use crate::kiosk::model::event::Event;
use crate::kiosk::model::exercises::{Exercises, FaultState, Running, Sent};
use crate::kiosk::screens::counter::{CounterScreen, Desk};
use crate::training::act::Act;
use crate::training::screen_name::ScreenName;
use crate::training::trace::{Happened, LeftAs, StaffLeft, Step};
use std::time::Duration;

/// What is before an event.
pub(in crate::kiosk::journey) struct Watch {
    act: Option<Act>,
    /// It is a button or a key, and not a card.
    is_press: bool,
    screen: ScreenName,
    views: [(ScreenName, bool); 2],
    served: Option<u64>,
    agreed: bool,
    staff: StaffLeft,
    /// The card that came in is the exercise's own.
    others_card_in: bool,
    answered: Option<(u64, Answered)>,
    printed: Option<(u64, bool)>,
    pin_refused: bool,
}

/// What an answer of the service says of what was sent.
#[derive(Clone, Copy)]
enum Answered {
    Done,
    Refused,
    /// There is none, or it says that it may come later.
    NotKnown,
}

impl Journey {
    pub(super) fn look_before(&self, event: &Event) -> Watch {
        let answered = if let Event::Reply { ticket, reply } = event {
            Some((ticket.serial, answered(reply)))
        } else {
            None
        };
        let printed = if let Event::Printed { ticket, outcome } = event {
            Some((ticket.serial, outcome.is_ok()))
        } else {
            None
        };
        let act = self.meant_by(event).or_else(|| acts::of_event(event));
        // Of the card that the exercise puts in nothing is the trainee's doing.
        let is_others = self.expects_others_card()
            && act.is_some_and(|act| [Act::CardIn, Act::CardOut].contains(&act));
        Watch {
            others_card_in: is_others && act == Some(Act::CardIn),
            act: act.filter(|_| !self.is_covered() && !is_others),
            is_press: matches!(event, Event::Act(_)),
            screen: self.screen_name(),
            views: self.views(),
            served: self.served(),
            agreed: self.has_agreed(),
            staff: self.staff_left(),
            answered,
            printed,
            pin_refused: matches!(
                event,
                Event::StaffSigned {
                    outcome: Err(SignFault::WrongPin(_) | SignFault::PinLocked),
                    ..
                }
            ),
        }
    }

    /// What a digit or Enter stands for at the desk of a site.
    fn meant_by(&self, event: &Event) -> Option<Act> {
        let Event::Act(Action::Counter(action)) = event else { return None };
        let Desk::Site(desk) = &self.counter()?.working()?.desk else { return None };
        let meant = desk.meant_by(*action, taipei::civil(self.machine.now.wall))?;
        Some(acts::of_site(meant))
    }

    fn expects_others_card(&self) -> bool {
        self.exercises().and_then(Exercises::running).is_some_and(|running| running.others_card)
    }

    /// What an event led to; and what goes wrong because of it.
    pub(in crate::kiosk::journey) fn observe(&mut self, watch: Watch, effects: &mut Vec<Effect>) {
        if !self.is_in_exercise() {
            return;
        }
        let at_screen = watch.screen;
        if let Some(running) = self.running_mut() {
            running.others_card &= !watch.others_card_in;
        }
        if let Some(act) = watch.act {
            if watch.is_press && act != Act::Type {
                self.count_press();
            }
            self.note(at_screen, Happened::Did(act));
        }
        if let Some((serial, answered)) = watch.answered {
            self.note_answer(at_screen, serial, answered);
        }
        if let Some((serial, well)) = watch.printed {
            self.note_printed(serial, well);
            self.note(at_screen, Happened::Printed { well });
        }
        if watch.pin_refused {
            self.note(at_screen, Happened::LogIn { well: false });
            if let Some(running) = self.running_mut() {
                running.pin_remembered = true;
            }
        }
        if watch.staff != StaffLeft::Working && self.staff_left() == StaffLeft::Working {
            self.note(at_screen, Happened::LogIn { well: true });
        }
        if !watch.agreed && self.has_agreed() {
            self.note(at_screen, Happened::Consent);
        }
        self.note_sent(at_screen, effects);
        self.note_receipts(effects);
        if watch.served.is_some() && self.served() != watch.served {
            self.note_leaving(at_screen);
        }
        let screen = self.screen_name();
        if screen != at_screen {
            self.note(screen, Happened::Screen);
        }
        for ((view, is_on), (_, was_on)) in self.views().into_iter().zip(watch.views) {
            if is_on && !was_on {
                self.note(view, Happened::Screen);
            }
        }
        self.go_wrong(effects);
        self.look_for_end(&watch);
    }

    /// The first screen of a run.
    pub(super) fn note_beginning(&mut self) {
        let screen = self.screen_name();
        self.note(screen, Happened::Screen);
        let mut effects = Vec::new();
        self.go_wrong(&mut effects);
        effects.into_iter().for_each(|effect| self.outbox.push(effect));
    }

    pub(in crate::kiosk::journey) fn note(&mut self, screen: ScreenName, what: Happened) {
        let (uptime, language) = (self.machine.now.uptime, self.persons_language());
        let Some(running) = self.running_mut() else { return };
        let at = uptime.saturating_sub(running.began);
        let last = running.trace.steps.last();
        // A number that is typed is one step, however many digits it has.
        let types_on = what == Happened::Did(Act::Type)
            && last.is_some_and(|last| (last.screen, last.what) == (screen, what));
        if !types_on {
            running.trace.steps.push(Step { at, screen, language, what });
        }
    }

    fn count_press(&mut self) {
        if let Some(running) = self.running_mut() {
            running.trace.presses = running.trace.presses.saturating_add(1);
        }
    }

    /// What goes out for good.
    fn note_sent(&mut self, screen: ScreenName, effects: &[Effect]) {
        for effect in effects {
            let Some(SentForGood { serial, what, key, .. }) = sent_for_good(effect) else {
                continue;
            };
            let key = key.map(str::to_owned);
            let Some(running) = self.running_mut() else { return };
            let is_another = running.sent.iter().any(|sent| sent.what == what);
            let same = running.sent.iter_mut().find(|sent| sent.what == what && sent.key == key);
            let again = same.is_some();
            match same {
                Some(sent) => sent.serial = serial,
                None => running.sent.push(Sent { serial, what, key }),
            }
            // It is not known what became of the one before, and now there are two.
            self.note(screen, Happened::Sent { what, again });
            if is_another && !again {
                self.note(screen, Happened::SentAnew(what));
            }
        }
    }

    fn note_answer(&mut self, screen: ScreenName, serial: u64, answered: Answered) {
        let Some(running) = self.running_mut() else { return };
        let Some(at) = running.sent.iter().position(|sent| sent.serial == serial) else { return };
        let what = running.sent[at].what;
        let happened = match answered {
            Answered::NotKnown => Happened::NoAnswer(what),
            Answered::Done | Answered::Refused => {
                running.sent.remove(at);
                Happened::Answered { what, done: matches!(answered, Answered::Done) }
            }
        };
        self.note(screen, happened);
    }

    /// The person goes. If something that was sent for them has no answer, nobody can say what
    /// became of it.
    fn note_leaving(&mut self, screen: ScreenName) {
        let Some(running) = self.running_mut() else { return };
        if !std::mem::take(&mut running.sent).is_empty() {
            self.note(screen, Happened::LeftUnsure);
        }
    }

    pub(super) fn running_mut(&mut self) -> Option<&mut Running> {
        self.machine.practice.exercises.as_mut().and_then(Exercises::running_mut)
    }

    /// The number of whoever is served.
    fn served(&self) -> Option<u64> {
        match &self.phase {
            Phase::Visiting { visit, .. } if !self.is_parting() => Some(visit.id),
            Phase::Visiting { .. } | Phase::AtRest | Phase::Farewell(_) => None,
            Phase::Counter(counter) => match &counter.screen {
                CounterScreen::Working(working) | CounterScreen::Locked { working, .. } => {
                    working.desk.serving().map(|serving| serving.visit.id)
                }
                CounterScreen::LoggedOut(_) => None,
            },
        }
    }

    fn has_agreed(&self) -> bool {
        match &self.phase {
            Phase::Visiting { visit, .. } => visit.agreed,
            Phase::AtRest | Phase::Farewell(_) => false,
            Phase::Counter(counter) => {
                let serving = counter.working().and_then(|working| working.desk.serving());
                serving.is_some_and(|serving| {
                    serving.consent || serving.form().is_some_and(|form| form.consent)
                })
            }
        }
    }

    fn staff_left(&self) -> StaffLeft {
        match self.counter().map(|counter| &counter.screen) {
            None | Some(CounterScreen::LoggedOut(_)) => StaffLeft::LoggedOut,
            Some(CounterScreen::Locked { .. }) => StaffLeft::Locked,
            Some(CounterScreen::Working(_)) => StaffLeft::Working,
        }
    }

    /// How the kiosk stands now.
    pub(super) fn left_as(&self) -> LeftAs {
        LeftAs {
            card_in: self.machine.card_in,
            nobody_served: self.served().is_none(),
            staff: self.staff_left(),
        }
    }

    /// Asks whether all is done, each time that the kiosk comes to be as one leaves it.
    fn look_for_end(&mut self, watch: &Watch) {
        let left = self.left_as();
        let changed = watch.served != self.served()
            || watch.staff != left.staff
            || watch.act == Some(Act::CardOut)
            || watch.answered.is_some()
            || watch.printed.is_some()
            || watch.screen != self.screen_name();
        let is_left = left.nobody_served && !left.card_in && !self.is_parting();
        if changed && is_left {
            self.look_whether_done();
        }
    }

    /// How long the run has been going on.
    pub(super) fn run_took(&self) -> Option<Duration> {
        let running = self.exercises()?.running()?;
        Some(self.machine.now.uptime.saturating_sub(running.began))
    }

    /// The states of the run's faults that still wait or are on.
    pub(super) fn open_faults(&self) -> Vec<(usize, FaultState)> {
        let Some(running) = self.exercises().and_then(Exercises::running) else {
            return Vec::new();
        };
        let states = running.faults.iter().copied().enumerate();
        states.filter(|(_, state)| *state != FaultState::Over).collect()
    }
}

fn answered(reply: &Reply) -> Answered {
    match reply {
        Ok(_) => Answered::Done,
        Err(Fault::Gone) => Answered::NotKnown,
        // It is sent again by itself.
        Err(Fault::Problem(problem)) if problem.code.will_pass() => Answered::NotKnown,
        Err(Fault::Problem(_)) => Answered::Refused,
    }
}

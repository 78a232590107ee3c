//! The exercises of a training, as the kiosk goes through them: which there are, what was done
//! before, and where the trainee is. One value; `None` where exercises are not offered.

use crate::config::profile::Profile;
use crate::devices::simulated::people::PracticeCard;
use crate::devices::simulated::staff::PracticeStaff;
use crate::domain::language::Language;
use crate::training::debrief::Debriefing;
use crate::training::exercise::{Exercise, Role};
use crate::training::fault::FaultKind;
use crate::training::results::Results;
use crate::training::trace::{GivenReceipt, LeftAs, Sending, Trace};
use crate::training::world::WorldFacts;
use std::sync::Arc;
use std::time::Duration;

/// All that exercises are offered with.
#[derive(Clone, PartialEq, Debug)]
pub struct Exercises {
    /// By role and number.
    pub shelf: Arc<[Exercise]>,
    pub results: Results,
    /// What the trainee reads: the language of all pages of the training.
    pub language: Language,
    /// The kiosk as the settings have it, to which looking around returns.
    pub usual: Box<Profile>,
    pub stage: Stage,
    /// The last world that was asked for could not be made; the page that it was asked for on says
    /// so.
    pub world_failed: bool,
    /// Why the last result could not be kept; its page says so.
    pub not_kept: Option<String>,
}

/// Where the trainee is. Except for [`Stage::LookingAround`] and [`Stage::Running`], a page of the
/// training lies over all of the screen, and nothing beneath it can be touched.
#[derive(Clone, PartialEq, Debug)]
pub enum Stage {
    /// What to do: look around, or one of the roles; then one of its exercises. `turned`: which
    /// page of a list is on.
    Choosing {
        role: Option<Role>,
        turned: usize,
    },
    /// The situation and the task of an exercise, before it begins. `exercise`: its place on the
    /// shelf.
    Introduced {
        exercise: usize,
    },
    /// The world is being made for it; `None`: for looking around.
    Preparing {
        exercise: Option<usize>,
    },
    Running(Box<Running>),
    /// The run is over, and the facts of the world are asked for.
    Judging(Box<Ended>),
    Debriefed(Box<Debriefing>),
    /// No exercise: the kiosk is looked around in, with all of the drawer's props.
    LookingAround,
}

/// A run that goes on.
#[derive(Clone, PartialEq, Debug)]
pub struct Running {
    /// The exercise, by its place on the shelf.
    pub exercise: usize,
    /// Uptime.
    pub began: Duration,
    pub card: CardPage,
    /// How many hints have been asked for; the task card shows them.
    pub hints: usize,
    /// The wrong PIN that the staff member remembers has been tried.
    pub pin_remembered: bool,
    pub trace: Trace,
    pub before: WorldFacts,
    /// What became of each fault, in the exercise's order.
    pub faults: Vec<FaultState>,
    /// What was sent for whoever is served, and not answered yet.
    pub sent: Vec<Sent>,
    /// The receipts that are being printed, each with the number of the ticket by which the
    /// printer's answer is known.
    pub printing: Vec<(u64, GivenReceipt)>,
    pub looking: Looking,
    /// The exercise puts a card into the reader, which comes in the place of the one that is there:
    /// neither is the trainee's doing.
    pub others_card: bool,
}

/// What of the task card lies over the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CardPage {
    Closed,
    /// The task and what leads on.
    Task,
    /// The question whether to give the exercise up.
    GivingUp,
}

impl CardPage {
    /// What the task's key leads to.
    pub fn turned(self) -> Self {
        match self {
            CardPage::Closed | CardPage::GivingUp => CardPage::Task,
            CardPage::Task => CardPage::Closed,
        }
    }

    pub fn is_open(self) -> bool {
        match self {
            CardPage::Task | CardPage::GivingUp => true,
            CardPage::Closed => false,
        }
    }
}

/// Whether the facts of the world are asked for while the run goes on, to see whether all is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Looking {
    Idle,
    Asked,
    /// Something happened since they were asked for: they are asked for once more.
    AskAgain,
}

/// Something that was sent for good.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sent {
    /// Of the ticket by which its answer is known.
    pub serial: u64,
    pub what: Sending,
    /// The key by which the service knows it again; `None` where it needs none.
    pub key: Option<String>,
}

/// What became of a fault.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FaultState {
    Waits,
    /// Since this uptime.
    On(Duration),
    Over,
}

/// A run that is over and not judged yet.
#[derive(Clone, PartialEq, Debug)]
pub struct Ended {
    pub run: Running,
    pub left: LeftAs,
    pub took: Duration,
    pub time_over: bool,
}

/// What the task card says, besides the exercise's own text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TaskCard {
    /// How much time is left.
    pub left: Duration,
    /// How many hints are shown, of how many.
    pub hints: (usize, usize),
    /// Whose card the person who stands there has.
    pub person: PracticeCard,
    /// Whose staff card the trainee has, and the PIN that they remember.
    pub staff: Option<(PracticeStaff, &'static str)>,
    /// The faults that are on and that a trainee could see for themselves.
    pub faults: Vec<FaultKind>,
}

/// A PIN that is no practice person's.
const WRONG_PIN: &str = "112233";

impl Running {
    pub fn new(exercise: usize, began: Duration, before: WorldFacts, faults: usize) -> Self {
        Self {
            exercise,
            began,
            card: CardPage::Task,
            hints: 0,
            pin_remembered: false,
            trace: Trace::default(),
            before,
            faults: vec![FaultState::Waits; faults],
            sent: Vec::new(),
            printing: Vec::new(),
            looking: Looking::Idle,
            others_card: false,
        }
    }
}

impl Exercises {
    pub fn new(shelf: Arc<[Exercise]>, results: Results, usual: Profile) -> Self {
        let stage = Stage::Choosing { role: None, turned: 0 };
        let language = usual.first_language();
        let (usual, world_failed, not_kept) = (Box::new(usual), false, None);
        Self { shelf, results, language, usual, stage, world_failed, not_kept }
    }

    pub fn exercise(&self, at: usize) -> Option<&Exercise> {
        self.shelf.get(at)
    }

    /// The exercises of a role, each with its place on the shelf.
    pub fn of_role(&self, role: Role) -> impl Iterator<Item = (usize, &Exercise)> {
        self.shelf.iter().enumerate().filter(move |(_, exercise)| exercise.role == role)
    }

    /// The exercise of the same role that comes after one.
    pub fn next_of_role(&self, at: usize) -> Option<usize> {
        let role = self.exercise(at)?.role;
        self.of_role(role).map(|(other, _)| other).find(|other| *other > at)
    }

    /// Where one goes on after an exercise: to the next one, or else to the choice.
    pub fn after(&self, at: usize) -> Stage {
        match self.next_of_role(at) {
            Some(exercise) => Stage::Introduced { exercise },
            None => Stage::Choosing { role: None, turned: 0 },
        }
    }

    /// The run that goes on.
    pub fn running(&self) -> Option<&Running> {
        match &self.stage {
            Stage::Running(running) => Some(running),
            Stage::Choosing { .. }
            | Stage::Introduced { .. }
            | Stage::Preparing { .. }
            | Stage::Judging(_)
            | Stage::Debriefed(_)
            | Stage::LookingAround => None,
        }
    }

    pub fn running_mut(&mut self) -> Option<&mut Running> {
        match &mut self.stage {
            Stage::Running(running) => Some(running),
            Stage::Choosing { .. }
            | Stage::Introduced { .. }
            | Stage::Preparing { .. }
            | Stage::Judging(_)
            | Stage::Debriefed(_)
            | Stage::LookingAround => None,
        }
    }

    /// Whether a page of the training lies over all of the screen.
    pub fn covers(&self) -> bool {
        match &self.stage {
            Stage::Running(running) => running.card.is_open(),
            Stage::LookingAround => false,
            Stage::Choosing { .. }
            | Stage::Introduced { .. }
            | Stage::Preparing { .. }
            | Stage::Judging(_)
            | Stage::Debriefed(_) => true,
        }
    }

    /// What the task card says now; `None` if no run goes on.
    pub fn task_card(&self, uptime: Duration) -> Option<TaskCard> {
        let running = self.running()?;
        let exercise = self.exercise(running.exercise)?;
        let took = uptime.saturating_sub(running.began);
        let remembers = running.pin_remembered || !exercise.forgets_pin();
        let pin = |staff: PracticeStaff| if remembers { staff.pin() } else { WRONG_PIN };
        let on = exercise.faults.iter().zip(&running.faults);
        let on = on.filter(|(_, state)| matches!(state, FaultState::On(_)));
        // The card that says a wrong PIN does not say that it is wrong.
        let on = on.filter(|(fault, _)| fault.does != FaultKind::WrongPin);
        Some(TaskCard {
            left: exercise.time.saturating_sub(took),
            hints: (running.hints, exercise.hints()),
            person: exercise.person.card,
            staff: exercise.staff.map(|staff| (staff, pin(staff))),
            faults: on.map(|(fault, _)| fault.does).collect(),
        })
    }
}

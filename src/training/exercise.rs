//! An exercise: who is standing there, what they want, what goes wrong, what must be true at the
//! end, and what is said to the trainee about it.

use super::fact::Fact;
use super::fault::{Fault, FaultKind};
pub use super::role::Role;
use super::world::WorldBefore;
use crate::devices::simulated::people::PracticeCard;
use crate::devices::simulated::staff::PracticeStaff;
use crate::domain::channel::Channel;
use crate::domain::language::Language;
use std::collections::BTreeMap;
use std::time::Duration;

/// An exercise, checked: every name in it is of something that exists.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exercise {
    /// The stem of its file's name.
    pub id: String,
    /// Its place in the list of its role, from 1.
    pub number: u8,
    pub role: Role,
    pub channel: Channel,
    /// How long the trainee has. Then the run ends and is judged as it stands.
    pub time: Duration,
    /// How often somebody who knows the way presses at most; more costs points.
    pub presses: u16,
    pub person: Person,
    /// The staff member whose card the trainee has; `None` at a kiosk.
    pub staff: Option<PracticeStaff>,
    /// What is said to the trainee. zh-TW and English are always there.
    pub texts: Texts,
    pub world: WorldBefore,
    pub faults: Vec<Fault>,
    /// What must be true at the end. At least one.
    pub must: Vec<Fact>,
    /// What must not be true at the end, nor have happened.
    pub must_not: Vec<Fact>,
}

/// Who is standing there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    pub card: PracticeCard,
    /// The language that they read.
    pub language: Language,
    /// What they want, in their own words and their own language.
    pub says: String,
}

/// What is said to the trainee, by language.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Texts(BTreeMap<usize, ExerciseText>);

/// What is said to the trainee in one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExerciseText {
    pub title: String,
    /// Who is there and what is the matter.
    pub situation: String,
    /// What is to be done.
    pub task: String,
    /// From the vaguest to the plainest. At least one; as many in each language.
    pub hints: Vec<String>,
}

impl Texts {
    pub fn set(&mut self, language: Language, text: ExerciseText) {
        self.0.insert(language.index(), text);
    }

    pub fn get(&self, language: Language) -> Option<&ExerciseText> {
        self.0.get(&language.index())
    }

    /// The text in a language, or else in English, or else the first that there is. `None` only if
    /// there is none at all, which no checked exercise has.
    pub fn in_language(&self, language: Language) -> Option<&ExerciseText> {
        self.get(language).or_else(|| self.get(Language::En)).or_else(|| self.0.values().next())
    }
}

impl Exercise {
    /// The text for a trainee who reads this language.
    pub fn text(&self, language: Language) -> Option<&ExerciseText> {
        self.texts.in_language(language)
    }

    /// How many hints there are.
    pub fn hints(&self) -> usize {
        self.text(Language::En).map_or(0, |text| text.hints.len())
    }

    /// Whether the staff member remembers a wrong PIN at first.
    pub fn forgets_pin(&self) -> bool {
        self.faults.iter().any(|fault| fault.does == FaultKind::WrongPin)
    }
}

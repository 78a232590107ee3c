//! What can be wrong with an exercise although each line of its file can be read.

use super::facts::FactAt;
use super::faults::FaultAt;
use super::mistake::MistakeKind;
use super::section::Section;
use crate::training::act::Act;
use crate::training::exercise::Role;
use crate::training::fact::Fact;
use crate::training::fault::{FaultKind, Trigger};
use jiff::civil::DateTime;
use std::time::Duration;

/// Triggers that no trainee of this role comes to, or at which the fault could do nothing.
pub(super) fn reachable(section: &Section<'_, '_>, faults: &[FaultAt], role: Role, time: Duration) {
    for (fault, span) in faults {
        let stranger = match fault.when {
            Trigger::Step { screen, .. } => (!screen.is_of(role)).then(|| screen.word()),
            Trigger::Action { act, .. } => (!act.is_of(role)).then(|| act.word()),
            Trigger::After(after) => {
                if after >= time {
                    section.wrong(span.clone(), MistakeKind::NeverReached);
                }
                None
            }
        };
        if let Some(word) = stranger {
            let kind = MistakeKind::NotOfRole { word: word.into(), role: role.word() };
            section.wrong(span.clone(), kind);
        }
        if fault.does == FaultKind::WrongPin && role == Role::Shop {
            let kind = MistakeKind::NotOfRole { word: "wrong-pin".into(), role: role.word() };
            section.wrong(span.clone(), kind);
        }
        // A counter has no slot on the screen that could be taken before it is sent.
        let by_sending = matches!(fault.when, Trigger::Action { act: Act::Confirm, .. });
        if fault.does == FaultKind::SlotFilled && role != Role::Shop && !by_sending {
            section.wrong(span.clone(), MistakeKind::OnlyAtConfirm { word: fault.does.word() });
        }
    }
}

/// Facts that mean nothing for this role, and screens of facts that no trainee of it comes to.
pub(super) fn of_role(section: &Section<'_, '_>, facts: &[FactAt], role: Role) {
    for (fact, span) in facts {
        let stranger = if let Fact::Seen { screen, .. } = fact {
            (!screen.is_of(role)).then(|| screen.word())
        } else {
            (!fact.kind().is_of(role)).then(|| fact.kind().word())
        };
        if let Some(word) = stranger {
            let kind = MistakeKind::NotOfRole { word: word.into(), role: role.word() };
            section.wrong(span.clone(), kind);
        }
    }
}

/// Facts that no run can have another outcome of: a slot before the exercise begins is nobody's,
/// and every run is over within its own time.
pub(super) fn within_reach(
    section: &Section<'_, '_>,
    facts: &[FactAt],
    begins: Option<DateTime>,
    time: Option<Duration>,
) {
    for (fact, span) in facts {
        if let (Fact::Booked(booked), Some(begins)) = (fact, begins)
            && booked.before.is_some_and(|before| before <= begins)
        {
            section.wrong(span.clone(), MistakeKind::BeforeItBegins);
        }
        if let (Fact::Within(limit), Some(time)) = (fact, time)
            && *limit >= time
        {
            section.wrong(span.clone(), MistakeKind::LongerThanItself);
        }
    }
}

/// What must be and must not be at the same time.
pub(super) fn contradictions(section: &Section<'_, '_>, must: &[FactAt], must_not: &[FactAt]) {
    for (fact, span) in must_not {
        if must.iter().any(|(other, _)| other == fact) {
            let kind = MistakeKind::Contradiction { fact: fact.kind().word() };
            section.wrong(span.clone(), kind);
        }
    }
}

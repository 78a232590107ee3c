//! What can be wrong with an exercise although each line of its file can be read.

use super::facts::FactAt;
use super::faults::FaultAt;
use super::mistake::MistakeKind;
use super::section::Section;
use crate::training::exercise::Role;
use crate::training::fact::Fact;
use crate::training::fault::Trigger;
use std::time::Duration;

/// Screens and acts of a fault's trigger that no trainee of this role comes to.
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
    }
}

/// Screens of facts that no trainee of this role comes to.
pub(super) fn of_role(section: &Section<'_, '_>, facts: &[FactAt], role: Role) {
    for (fact, span) in facts {
        if let Fact::Seen(screen) = fact
            && !screen.is_of(role)
        {
            let kind = MistakeKind::NotOfRole { word: screen.word().into(), role: role.word() };
            section.wrong(span.clone(), kind);
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

//! A person's page: which exercises they did, with what went well first and then what did not.

use super::console::seat::Kept;
use super::exercise_result::{ExerciseResult, Reason};
use super::fact_names::fact_name;
use crate::domain::language::Language;
use crate::domain::taipei;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::texts::Texts;
use crate::receipt::page::{Page, Part};
use crate::training::judge::Outcome;
use crate::training::people::card_of_word;

/// The page of one person. `all` are their results, the oldest first.
pub fn page(all: &[Kept], texts: &Texts, language: Language) -> Page {
    let say = |message: &dyn Message| texts.say(language, message);
    let mut parts = vec![Part::Title(say(&say::SheetTitle)), Part::Text(say(&say::SheetTraining))];
    if let Some(name) = all.last().map(|kept| &kept.name).filter(|name| !name.is_empty()) {
        parts.push(Part::Title(name.clone()));
    }
    for kept in all {
        parts.push(Part::Rule);
        parts.push(Part::Text(texts.long_date(language, taipei::civil(kept.when).date())));
        exercise(&kept.result, &mut parts, &say);
    }
    Page { parts, language }
}

fn exercise(result: &ExerciseResult, parts: &mut Vec<Part>, say: &impl Fn(&dyn Message) -> String) {
    let passed: &dyn Message = if result.passed { &say::SheetPassed } else { &say::SheetNotPassed };
    let figures = say::SheetFigures {
        minutes: (result.seconds / 60).into(),
        seconds: (result.seconds % 60).into(),
        presses: result.presses.into(),
        hints: result.hints.into(),
    };
    parts.push(Part::Text(result.title.clone()));
    let score = say(&say::TrainerScore { score: result.score.into() });
    parts.push(Part::Title(format!("{score} · {}", say(passed))));
    parts.push(Part::Text(say(&figures)));
    let is_well = |reason: &&Reason| reason.outcome.is_well();
    let (well, missed): (Vec<_>, Vec<_>) = result.reasons.iter().partition(is_well);
    for (title, reasons) in [(&say::SheetWell as &dyn Message, well), (&say::SheetMissed, missed)] {
        if !reasons.is_empty() {
            parts.push(Part::Text(format!("【{}】", say(title))));
        }
        for reason in reasons {
            let name = fact_name(&reason.fact).map_or_else(|| reason.fact.clone(), say);
            let who = card_of_word(&reason.about).and_then(|card| card.face().ok());
            let name = match who {
                Some(face) => format!("{name} ({})", face.name.expose()),
                None => name,
            };
            let outcome: &dyn Message = match reason.outcome {
                Outcome::Met => &say::SheetMet,
                Outcome::NotMet => &say::SheetNotMet,
                Outcome::Avoided => &say::SheetAvoided,
                Outcome::Happened => &say::SheetHappened,
            };
            let mark = if reason.outcome.is_well() { "✓" } else { "✗" };
            parts.push(Part::Text(format!("{mark} {name} — {}", say(outcome))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::results::tests::kept;

    #[test]
    fn what_went_well_comes_first_and_nothing_is_missing_in_any_language() {
        let texts = Texts::default();
        for language in Language::ALL {
            let page = page(&[kept("陳小姐")], &texts, language);
            let lines: Vec<String> = page
                .parts
                .iter()
                .filter_map(|part| match part {
                    Part::Title(text) | Part::Text(text) => Some(text.clone()),
                    Part::Number(_) | Part::Small(_) | Part::Qr(_) | Part::Rule => None,
                })
                .collect();
            let marks: String = lines
                .iter()
                .filter_map(|line| line.chars().next().filter(|mark| "✓✗".contains(*mark)))
                .collect();
            assert_eq!(marks, "✓✓✗✗", "{lines:?}");
            let all = lines.join("\n");
            assert!(all.contains("58") && all.contains("陳小姐") && all.contains("41"), "{all}");
            assert!(all.contains("(甄健康)"), "whom a fact is about: {all}");
            assert!(!all.contains("card-out") && !all.contains("{"), "{all}");
        }
    }
}

//! The table of results: a line for each exercise that somebody has finished.

use super::console::seat::Kept;
use crate::domain::taipei;

/// The columns, by their names in the file.
const COLUMNS: [&str; 11] = [
    "when", "seat", "name", "exercise", "title", "passed", "score", "seconds", "presses", "hints",
    "facts",
];

/// The first line.
pub fn head() -> Result<Vec<u8>, csv::Error> {
    line_of(COLUMNS.map(str::to_owned))
}

/// The line of a result. In `facts` each stands with whom or what it is about and what became of
/// it: `booked:may-book=met`.
pub fn line(kept: &Kept) -> Result<Vec<u8>, csv::Error> {
    let result = &kept.result;
    let facts = result.reasons.iter().map(|it| {
        let colon = if it.about.is_empty() { "" } else { ":" };
        format!("{}{colon}{}={}", it.fact, it.about, it.outcome.word())
    });
    line_of([
        // The trainer's own clock, as Taiwan's clocks show it.
        taipei::civil(kept.when).strftime("%F %H:%M:%S").to_string(),
        kept.seat.to_string(),
        no_formula(&kept.name),
        no_formula(&result.exercise),
        no_formula(&result.title),
        if result.passed { "yes".to_owned() } else { "no".to_owned() },
        result.score.to_string(),
        result.seconds.to_string(),
        result.presses.to_string(),
        result.hints.to_string(),
        no_formula(&facts.collect::<Vec<_>>().join(" ")),
    ])
}

fn line_of(fields: [String; COLUMNS.len()]) -> Result<Vec<u8>, csv::Error> {
    let mut line = Vec::new();
    let mut writer = csv::Writer::from_writer(&mut line);
    writer.write_record(fields)?;
    writer.flush()?;
    drop(writer);
    Ok(line)
}

/// A text that a spreadsheet does not take for a formula. Names and titles come from others.
fn no_formula(text: &str) -> String {
    // The wide ones are taken for one too, where East Asian letters are typed.
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];
    let looks_like_one = text.starts_with(signs);
    if looks_like_one { format!("'{text}") } else { text.to_owned() }
}

/// The name of a person's page: by their seat, and their name as far as file systems have its
/// letters.
pub fn page_name(kept: &Kept) -> String {
    let safe = |letter: &char| letter.is_alphanumeric();
    let name: String = kept.name.chars().filter(safe).collect();
    let dash = if name.is_empty() { "" } else { "-" };
    format!("seat-{:02}{dash}{name}.pdf", kept.seat)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::classroom::exercise_result::{ExerciseResult, Reason};
    use crate::training::judge::Outcome;

    pub fn kept(name: &str) -> Kept {
        let reason = |fact: &str, about: &str, outcome| Reason {
            fact: fact.to_owned(),
            about: about.to_owned(),
            outcome,
        };
        Kept {
            when: "2026-11-26T11:02:33Z".parse().unwrap(),
            seat: 3,
            name: name.to_owned(),
            token: "a run".to_owned(),
            result: ExerciseResult {
                number: 1,
                exercise: "first-booking".to_owned(),
                title: "幫越南客人預約, \"第一次\"".to_owned(),
                passed: false,
                score: 58,
                seconds: 312,
                presses: 41,
                hints: 1,
                reasons: vec![
                    reason("booked", "may-book", Outcome::Met),
                    reason("card-out", "", Outcome::NotMet),
                    reason("left-unsure", "", Outcome::Avoided),
                    reason("sent-twice", "", Outcome::Happened),
                ],
            },
        }
    }

    #[test]
    fn a_result_is_a_line_that_a_reader_of_tables_takes_apart_again() {
        let file = [head().unwrap(), line(&kept("陳小姐")).unwrap()].concat();
        let mut reader = csv::Reader::from_reader(file.as_slice());
        assert_eq!(reader.headers().unwrap(), COLUMNS.as_slice());
        let row = reader.records().next().unwrap().unwrap();
        let expected = [
            "2026-11-26 19:02:33",
            "3",
            "陳小姐",
            "first-booking",
            "幫越南客人預約, \"第一次\"",
            "no",
            "58",
            "312",
            "41",
            "1",
            "booked:may-book=met card-out=not-met left-unsure=avoided sent-twice=happened",
        ];
        assert_eq!(&row, expected.as_slice());
    }

    #[test]
    fn a_name_is_no_formula_and_no_path() {
        let line = String::from_utf8(line(&kept("=1+1")).unwrap()).unwrap();
        assert!(line.contains(",'=1+1,"), "{line}");
        for wide in ["＝1+1", "＋1", "－1", "＠A1", "\n=1"] {
            assert_eq!(no_formula(wide), format!("'{wide}"));
        }
        assert_eq!(page_name(&kept("../../etc/passwd")), "seat-03-etcpasswd.pdf");
        assert_eq!(page_name(&kept("陳 小姐")), "seat-03-陳小姐.pdf");
        assert_eq!(page_name(&kept("")), "seat-03.pdf");
    }
}

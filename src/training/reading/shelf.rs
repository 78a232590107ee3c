//! All exercises that are there: those of the program, or those of a folder, in the order in which
//! they are listed.

use super::mistake::{Mistake, MistakeKind};
use super::whole::read;
use crate::training::exercise::Exercise;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that was read as text.
#[derive(Clone, Debug)]
pub struct FileText {
    pub path: PathBuf,
    pub text: String,
}

/// Makes the list of files that are compiled in, from their names in `kiosk-config/exercises`.
macro_rules! files {
    ($($name:literal,)+) => {
        const BUILT_IN: &[(&str, &str)] = &[$((
            concat!("kiosk-config/exercises/", $name, ".toml"),
            include_str!(concat!("../../../kiosk-config/exercises/", $name, ".toml")),
        ),)+];
    };
}

files! {
    "shop-1-line-cut",
    "shop-2-another-card",
    "shop-3-opening-minute",
    "shop-4-slot-filled",
    "shop-5-elder-paper",
    "shop-6-family",
    "shop-7-register",
    "shop-8-reader-gone",
    "counter-1-log-in",
    "counter-2-cancel",
    "counter-3-move",
    "counter-4-power-cut",
    "counter-5-waiting-list",
    "site-1-check-in",
    "site-2-forged",
    "site-3-line-down",
}

/// The exercises of the repository, which are compiled in.
pub fn built_in() -> Result<Arc<[Exercise]>, Vec<Mistake>> {
    let file = |(path, text): &(&str, &str)| FileText { path: path.into(), text: (*text).into() };
    read_all(Path::new("kiosk-config/exercises"), BUILT_IN.iter().map(file).collect())
}

/// Reads files of one folder, by role and number; the mistakes of all of them if there are any.
pub fn read_all(folder: &Path, files: Vec<FileText>) -> Result<Arc<[Exercise]>, Vec<Mistake>> {
    let (mut exercises, mut mistakes) = (Vec::new(), Vec::new());
    for file in files {
        match read(&file.path, &file.text) {
            Ok(exercise) => exercises.push((exercise, file)),
            Err(found) => mistakes.extend(found),
        }
    }
    exercises.sort_by(|(one, a), (other, b)| {
        (one.role, one.number, &a.path).cmp(&(other.role, other.number, &b.path))
    });
    for pair in exercises.windows(2) {
        let [(one, first), (other, second)] = pair else { continue };
        if (one.role, one.number) == (other.role, other.number) {
            let kind = MistakeKind::SameNumber {
                number: one.number,
                other: first.path.display().to_string(),
            };
            let line = line_of_number(&second.text);
            mistakes.push(Mistake { file: second.path.clone(), line, kind });
        }
    }
    if exercises.is_empty() && mistakes.is_empty() {
        let kind = MistakeKind::NoExercises;
        mistakes.push(Mistake { file: folder.to_owned(), line: 0, kind });
    }
    match mistakes.is_empty() {
        true => Ok(exercises.into_iter().map(|(exercise, _)| exercise).collect()),
        false => Err(mistakes),
    }
}

/// The line that gives the exercise its number.
fn line_of_number(text: &str) -> usize {
    text.lines().position(|line| line.trim_start().starts_with("number")).map_or(1, |at| at + 1)
}

//! The file of what was done in exercises: a line a run, in the folder that the trainer names.
//! Without a folder nothing is written anywhere.

use crate::training::results::{Done, Results};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Not the name of the table of a trainer's console, whose folder may be the same.
const FILE: &str = "runs.csv";

/// Where results are kept; nowhere if no folder was named.
#[derive(Debug, Default)]
pub struct ResultsFile(Option<Mutex<PathBuf>>);

impl ResultsFile {
    /// The file in a folder, and what it has.
    ///
    /// # Errors
    /// If the folder cannot be made or the file not be read.
    pub fn open(folder: Option<&Path>) -> io::Result<(Self, Results)> {
        let Some(folder) = folder else { return Ok((Self::default(), Results::default())) };
        std::fs::create_dir_all(folder)?;
        let path = folder.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        Ok((Self(Some(Mutex::new(path))), Results::read(&text)))
    }

    /// Adds a run. A disk that takes nothing costs the trainee nothing: the result stays on the
    /// screen, and in memory for this run of the program.
    pub fn keep(&self, done: &Done) {
        let Some(path) = &self.0 else { return };
        let path = path.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let file = std::fs::OpenOptions::new().create(true).append(true).open(&*path);
        let _ = file.and_then(|mut file| {
            if file.metadata()?.len() == 0 {
                writeln!(file, "{}", Results::HEAD)?;
            }
            writeln!(file, "{}", done.line())
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_there_the_next_time_and_only_where_the_trainer_says() {
        let folder = std::env::temp_dir().join(format!("vaxkiosk-results-{}", std::process::id()));
        let (file, before) = ResultsFile::open(Some(&folder)).unwrap();
        assert_eq!(before, Results::default());
        let done = |score, passed| Done {
            exercise: "shop-1".into(),
            score,
            passed,
            ended: "2027-07-13T02:05:00Z".parse().unwrap(),
        };
        file.keep(&done(59, false));
        file.keep(&done(95, true));
        let (_, results) = ResultsFile::open(Some(&folder)).unwrap();
        assert_eq!(results.best("shop-1"), Some(95));
        assert!(results.passed("shop-1") && !results.passed("shop-2"));
        std::fs::remove_dir_all(&folder).unwrap();
        ResultsFile::open(None).unwrap().0.keep(&done(95, true));
        assert!(!folder.exists());
    }
}

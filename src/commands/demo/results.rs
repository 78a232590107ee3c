//! The file of what was done in exercises: a line a run, in the folder that the trainer names.
//! Without a folder nothing is written anywhere.

use crate::commands::table_file;
use crate::training::results::{Done, Results};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Not the name of the table of a trainer's console, whose folder may be the same.
const FILE: &str = "runs.csv";

/// Where results are kept; nowhere if no folder was named.
#[derive(Debug, Default)]
pub struct ResultsFile(Option<Mutex<Table>>);

#[derive(Debug)]
struct Table {
    path: PathBuf,
    /// Lines that the file does not have yet: the disk took none when they came.
    owed: String,
}

impl Table {
    /// Adds what is owed.
    fn write(&mut self) -> io::Result<()> {
        let head = format!("{}\n", Results::HEAD);
        let added = table_file::add_lines(&self.path, head.as_bytes(), self.owed.as_bytes());
        added.map_err(|error| in_file(&self.path, &error))?;
        self.owed.clear();
        Ok(())
    }
}

/// Says that it is the file, and not its folder.
fn in_file(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

impl ResultsFile {
    /// The file in a folder, and what it has. Both are made if they are not there: whether they can
    /// be written is better known at the start than after the first run.
    ///
    /// # Errors
    /// If the folder cannot be made, or the file not be read or written.
    pub fn open(folder: Option<&Path>) -> io::Result<(Self, Results)> {
        let Some(folder) = folder else { return Ok((Self::default(), Results::default())) };
        std::fs::create_dir_all(folder)?;
        let mut table = Table { path: folder.join(FILE), owed: String::new() };
        table.write()?;
        let text = std::fs::read_to_string(&table.path);
        let text = text.map_err(|error| in_file(&table.path, &error))?;
        Ok((Self(Some(Mutex::new(table))), Results::read(&text)))
    }

    /// Adds a run, and those that could not be kept before.
    ///
    /// # Errors
    /// If the file cannot be written. What is owed stays in memory and is added with the next run.
    pub fn keep(&self, done: &Done) -> io::Result<()> {
        let Some(table) = &self.0 else { return Ok(()) };
        let mut table = table.lock().unwrap_or_else(PoisonError::into_inner);
        table.owed += &done.line();
        table.owed.push('\n');
        table.write()
    }

    /// Adds what could not be kept before, when the program ends.
    ///
    /// # Errors
    /// If the file cannot be written: what is owed is lost.
    pub fn finish(&self) -> io::Result<()> {
        let Some(table) = &self.0 else { return Ok(()) };
        let mut table = table.lock().unwrap_or_else(PoisonError::into_inner);
        if table.owed.is_empty() { Ok(()) } else { table.write() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh(name: &str) -> PathBuf {
        let name = format!("vaxkiosk-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    fn done(score: u8, passed: bool) -> Done {
        Done {
            exercise: "shop-1".into(),
            score,
            passed,
            ended: "2027-07-13T02:05:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn what_was_done_is_there_the_next_time_and_only_where_the_trainer_says() {
        let folder = fresh("runs");
        let (file, before) = ResultsFile::open(Some(&folder)).unwrap();
        assert_eq!(before, Results::default());
        file.keep(&done(59, false)).unwrap();
        file.keep(&done(95, true)).unwrap();
        let (_, results) = ResultsFile::open(Some(&folder)).unwrap();
        assert_eq!(results.best("shop-1"), Some(95));
        assert!(results.passed("shop-1") && !results.passed("shop-2"));
        std::fs::remove_dir_all(&folder).unwrap();
        ResultsFile::open(None).unwrap().0.keep(&done(95, true)).unwrap();
        assert!(!folder.exists());
    }

    #[test]
    fn a_line_that_an_editor_left_without_an_end_is_not_glued_to_the_next() {
        let folder = fresh("no-end");
        drop(ResultsFile::open(Some(&folder)).unwrap());
        let path = folder.join(FILE);
        let text = std::fs::read_to_string(&path).unwrap() + &done(40, false).line();
        std::fs::write(&path, text).unwrap();
        ResultsFile::open(Some(&folder)).unwrap().0.keep(&done(95, true)).unwrap();
        let (_, results) = ResultsFile::open(Some(&folder)).unwrap();
        let scores: Vec<u8> = results.of("shop-1").map(|done| done.score).collect();
        assert_eq!(scores, [40, 95]);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_run_that_cannot_be_kept_is_told_and_kept_with_the_next() {
        let folder = fresh("owed-runs");
        let (file, _) = ResultsFile::open(Some(&folder)).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        std::fs::write(&folder, "a file").unwrap();
        let error = file.keep(&done(40, false)).unwrap_err();
        assert!(error.to_string().contains("/runs.csv: "), "{error}");
        assert!(ResultsFile::open(Some(&folder)).is_err() && file.finish().is_err());
        std::fs::remove_file(&folder).unwrap();
        std::fs::create_dir(&folder).unwrap();
        file.keep(&done(95, true)).unwrap();
        let kept = || ResultsFile::open(Some(&folder)).unwrap().1.of("shop-1").count();
        assert_eq!(kept(), 2);
        // The last one is tried again when the program ends.
        std::fs::rename(folder.join(FILE), folder.join("kept")).unwrap();
        std::fs::create_dir(folder.join(FILE)).unwrap();
        assert!(file.keep(&done(60, false)).is_err());
        std::fs::remove_dir(folder.join(FILE)).unwrap();
        std::fs::rename(folder.join("kept"), folder.join(FILE)).unwrap();
        file.finish().unwrap();
        file.finish().unwrap();
        assert_eq!(kept(), 3);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

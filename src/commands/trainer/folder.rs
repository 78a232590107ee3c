//! Where a trainer keeps results: a table of all of them and a page a person. A thread of its own
//! draws and writes, so that the console never waits for the disk.

use super::listen::Input;
use crate::classroom::console::Event;
use crate::classroom::console::seat::Kept;
use crate::classroom::{report, results};
use crate::commands::table_file;
use crate::domain::language::Language;
use crate::i18n::texts::Texts;
use crate::receipt::drawing::Drawer;
use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

const TABLE: &str = "results.csv";
const LOCK: &str = ".lock";
/// Dots across a person's page: 150 mm at 203 dots an inch.
const PAGE_WIDTH: usize = 1200;

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Unusable(#[from] io::Error),
    /// Two consoles would write over each other's pages.
    #[error("another console keeps its results there")]
    InUse,
}

/// A person's page of this run.
struct PersonsPage {
    place: PathBuf,
    /// All that stands on it.
    all: Vec<Kept>,
    is_written: bool,
}

/// The folder.
pub struct ResultsFolder {
    path: PathBuf,
    language: Language,
    /// Lines that the table does not have yet: the disk took none when they came.
    owed: Vec<u8>,
    /// The pages of this run, by their usual names and the runs of trainees' programs.
    pages: BTreeMap<(String, String), PersonsPage>,
    /// Locked for as long as the folder is used; the machine lets go of it when the program ends.
    _lock: File,
}

impl ResultsFolder {
    /// Makes the folder if it is not there, for its owner alone, and takes it for this console.
    ///
    /// # Errors
    /// When it cannot be made, read or written, or another console has it.
    pub fn open(path: &Path, language: Language) -> Result<Self, OpenError> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        let lock = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path.join(LOCK))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => OpenError::InUse,
            TryLockError::Error(cause) => OpenError::Unusable(cause),
        })?;
        // A table that was put there by others is for the owner's eyes too.
        match fs::set_permissions(path.join(TABLE), Permissions::from_mode(0o600)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            Err(_) | Ok(()) => {}
        }
        let (path, owed, pages) = (path.to_owned(), Vec::new(), BTreeMap::new());
        let mut folder = Self { path, language, owed, pages, _lock: lock };
        // Whether it can be written is better known now than after the first result.
        folder.write_table()?;
        Ok(folder)
    }

    /// Keeps a result, in the table and on a page, and all that could not be written before.
    ///
    /// # Errors
    /// When anything is not written yet. What was there before is whole then.
    pub fn keep(&mut self, kept: Kept, texts: &Texts, drawer: &mut Drawer) -> io::Result<()> {
        self.owed.extend(results::line(&kept).map_err(io::Error::other)?);
        let page = self.page_of(&kept);
        page.all.push(kept);
        page.is_written = false;
        let table = self.write_table();
        for page in self.pages.values_mut().filter(|page| !page.is_written) {
            let drawn = report::page(&page.all, texts, self.language);
            write_whole(&page.place, &drawer.draw(&drawn, PAGE_WIDTH).to_pdf())?;
            page.is_written = true;
        }
        table
    }

    fn page_of(&mut self, kept: &Kept) -> &mut PersonsPage {
        let (name, token) = (results::page_name(kept), kept.token.clone());
        let is_taken = |place: &Path| self.pages.values().any(|page| page.place == place);
        let place = match self.pages.get(&(name.clone(), token.clone())) {
            Some(page) => page.place.clone(),
            None => unused(&self.path, &name, is_taken),
        };
        let page = PersonsPage { place, all: Vec::new(), is_written: false };
        self.pages.entry((name, token)).or_insert(page)
    }

    /// Adds what is owed at the end of the table, which may have been changed since by others.
    fn write_table(&mut self) -> io::Result<()> {
        let head = results::head().map_err(io::Error::other)?;
        table_file::add_lines(&self.path.join(TABLE), &head, &self.owed)?;
        self.owed.clear();
        Ok(())
    }

    /// Begins the thread that keeps what is sent to it. It ends when the sender is dropped; what
    /// was sent is written by then.
    pub fn begin(
        mut self,
        to_loop: tokio::sync::mpsc::Sender<Input>,
    ) -> (Sender<Kept>, JoinHandle<()>) {
        let (sender, kept) = channel();
        let thread = std::thread::spawn(move || {
            let (texts, mut drawer) = (Texts::default(), Drawer::default());
            for kept in kept {
                let event = match self.keep(kept, &texts, &mut drawer) {
                    Ok(()) => Event::Kept,
                    Err(cause) => Event::NotKept(cause.to_string()),
                };
                let _ = to_loop.blocking_send(Input::Event(event));
            }
        });
        (sender, thread)
    }
}

/// A name that no file has, and no page that is not written yet: a page of another day stays.
fn unused(folder: &Path, name: &str, is_taken: impl Fn(&Path) -> bool) -> PathBuf {
    let stem = name.trim_end_matches(".pdf");
    let numbered = (2..).map(|nth| format!("{stem}-{nth}.pdf"));
    let names = std::iter::once(name.to_owned()).chain(numbered);
    let mut places = names.map(|name| folder.join(name));
    places.find(|place| !place.exists() && !is_taken(place)).unwrap_or_else(|| folder.join(name))
}

/// Writes a file beside its place, and puts it there when it is whole.
fn write_whole(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = place.with_extension(format!("part-{}", std::process::id()));
    let mut file: File =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    let placed = written.and_then(|()| fs::rename(&beside, place));
    if placed.is_err() {
        let _ = fs::remove_file(&beside);
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::results::tests::kept;

    fn names(folder: &Path) -> Vec<String> {
        let files = fs::read_dir(folder).unwrap();
        let name =
            |file: io::Result<fs::DirEntry>| file.unwrap().file_name().into_string().unwrap();
        let mut names: Vec<String> = files.map(name).collect();
        names.sort();
        names
    }

    fn fresh(name: &str) -> PathBuf {
        let name = format!("vaxkiosk-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn results_of_two_days_stand_in_one_table_and_on_pages_of_their_own() {
        let folder = fresh("results");
        let (texts, mut drawer) = (Texts::default(), Drawer::default());
        for _ in 0..2 {
            let mut day = ResultsFolder::open(&folder, Language::ZhTw).unwrap();
            for _ in 0..2 {
                day.keep(kept("陳小姐"), &texts, &mut drawer).unwrap();
            }
        }
        let expected = [LOCK, "results.csv", "seat-03-陳小姐-2.pdf", "seat-03-陳小姐.pdf"];
        assert_eq!(names(&folder), expected);
        let table = fs::read_to_string(folder.join(TABLE)).unwrap();
        assert_eq!(table.lines().count(), 5, "{table}");
        assert_eq!(table.matches("when,").count(), 1);
        let pdf = fs::read(folder.join("seat-03-陳小姐.pdf")).unwrap();
        assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 1000);
        fs::set_permissions(folder.join(TABLE), Permissions::from_mode(0o644)).unwrap();
        drop(ResultsFolder::open(&folder, Language::ZhTw).unwrap());
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&folder.join(TABLE))), (0o700, 0o600));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_told_at_the_start() {
        let file = std::env::temp_dir().join(format!("vaxkiosk-no-folder-{}", std::process::id()));
        fs::write(&file, "a file").unwrap();
        assert!(ResultsFolder::open(&file, Language::En).is_err());
        fs::remove_file(&file).unwrap();
    }

    #[test]
    fn a_folder_is_of_one_console_at_a_time() {
        let folder = fresh("one-console");
        let first = ResultsFolder::open(&folder, Language::En).unwrap();
        let second = ResultsFolder::open(&folder, Language::En);
        assert!(matches!(second, Err(OpenError::InUse)));
        drop(first);
        assert!(ResultsFolder::open(&folder, Language::En).is_ok());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_others_did_to_the_table_stays_and_what_is_owed_is_added_later() {
        let folder = fresh("owed");
        let (texts, mut drawer) = (Texts::default(), Drawer::default());
        let mut day = ResultsFolder::open(&folder, Language::En).unwrap();
        let mut keep = |name: &str| day.keep(kept(name), &texts, &mut drawer);
        keep("first").unwrap();
        // The trainer deletes a line, and their editor leaves no end of a line.
        let table = folder.join(TABLE);
        fs::write(&table, "when,seat\na line of the trainer's").unwrap();
        keep("second").unwrap();
        let lines = |table: &Path| fs::read_to_string(table).unwrap().lines().count();
        assert_eq!(lines(&table), 3);
        assert!(!fs::read_to_string(&table).unwrap().contains(",first,"));
        // The table cannot be written for a while. The page has the result meanwhile.
        fs::remove_file(&table).unwrap();
        fs::create_dir(&table).unwrap();
        assert!(keep("third").is_err());
        assert!(folder.join("seat-03-third.pdf").exists());
        fs::remove_dir(&table).unwrap();
        keep("fourth").unwrap();
        let text = fs::read_to_string(&table).unwrap();
        assert!(text.contains(",third,") && text.contains(",fourth,"), "{text}");
        assert_eq!(text.lines().count(), 3, "with its head");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn namesakes_have_a_page_each() {
        let folder = fresh("namesakes");
        let (texts, mut drawer) = (Texts::default(), Drawer::default());
        let mut day = ResultsFolder::open(&folder, Language::En).unwrap();
        for token in ["one", "two", "one"] {
            let kept = Kept { token: token.to_owned(), ..kept("陳小姐") };
            day.keep(kept, &texts, &mut drawer).unwrap();
        }
        let expected = [LOCK, TABLE, "seat-03-陳小姐-2.pdf", "seat-03-陳小姐.pdf"];
        assert_eq!(names(&folder), expected);
        fs::remove_dir_all(&folder).unwrap();
    }
}

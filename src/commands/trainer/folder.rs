//! Where a trainer keeps results: a table of all of them and a page a person. A thread of its own
//! draws and writes, so that the console never waits for the disk.

use super::listen::Input;
use crate::classroom::console::Event;
use crate::classroom::console::seat::Kept;
use crate::classroom::{report, results};
use crate::domain::language::Language;
use crate::i18n::texts::Texts;
use crate::receipt::drawing::Drawer;
use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

const TABLE: &str = "results.csv";
/// Dots across a person's page: 150 mm at 203 dots an inch.
const PAGE_WIDTH: usize = 1200;

/// The folder.
pub struct ResultsFolder {
    path: PathBuf,
    language: Language,
    /// The table as it is on the disk.
    table: Vec<u8>,
    /// The files of this run's pages, by their usual names, with all that stands on each.
    pages: BTreeMap<String, (PathBuf, Vec<Kept>)>,
}

impl ResultsFolder {
    /// Makes the folder if it is not there, for its owner alone, and reads the table that is in it.
    ///
    /// # Errors
    /// When it cannot be made, read or written.
    pub fn open(path: &Path, language: Language) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        let mut table = match fs::read(path.join(TABLE)) {
            Ok(table) => table,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        if table.is_empty() {
            table = results::head().map_err(io::Error::other)?;
        } else if !table.ends_with(b"\n") {
            table.push(b'\n');
        }
        let mut folder = Self { path: path.to_owned(), language, table, pages: BTreeMap::new() };
        // Whether it can be written is better known now than after the first result.
        folder.write_table()?;
        Ok(folder)
    }

    /// Keeps a result, in the table first.
    ///
    /// # Errors
    /// When it cannot be written. The table that was there before is whole then.
    pub fn keep(&mut self, kept: Kept, texts: &Texts, drawer: &mut Drawer) -> io::Result<()> {
        self.table.extend(results::line(&kept).map_err(io::Error::other)?);
        self.write_table()?;
        let name = results::page_name(&kept);
        let place = self.pages.get(&name).map(|(place, _)| place.clone());
        let place = place.unwrap_or_else(|| unused(&self.path, &name));
        let (place, all) = self.pages.entry(name).or_insert((place, Vec::new()));
        all.push(kept);
        let page = report::page(all, texts, self.language);
        write_whole(place, &drawer.draw(&page, PAGE_WIDTH).to_pdf())
    }

    fn write_table(&mut self) -> io::Result<()> {
        write_whole(&self.path.join(TABLE), &self.table)
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
                if let Err(cause) = self.keep(kept, &texts, &mut drawer) {
                    let event = Event::NotKept(cause.to_string());
                    let _ = to_loop.blocking_send(Input::Event(event));
                }
            }
        });
        (sender, thread)
    }
}

/// A name that no file has: a page of another day stays.
fn unused(folder: &Path, name: &str) -> PathBuf {
    let stem = name.trim_end_matches(".pdf");
    let numbered = (2..).map(|nth| format!("{stem}-{nth}.pdf"));
    let names = std::iter::once(name.to_owned()).chain(numbered);
    let mut places = names.map(|name| folder.join(name));
    places.find(|place| !place.exists()).unwrap_or_else(|| folder.join(name))
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
    use std::os::unix::fs::PermissionsExt;

    fn names(folder: &Path) -> Vec<String> {
        let files = fs::read_dir(folder).unwrap();
        let name =
            |file: io::Result<fs::DirEntry>| file.unwrap().file_name().into_string().unwrap();
        let mut names: Vec<String> = files.map(name).collect();
        names.sort();
        names
    }

    #[test]
    fn results_of_two_days_stand_in_one_table_and_on_pages_of_their_own() {
        let folder = std::env::temp_dir().join(format!("vaxkiosk-results-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let (texts, mut drawer) = (Texts::default(), Drawer::default());
        for _ in 0..2 {
            let mut day = ResultsFolder::open(&folder, Language::ZhTw).unwrap();
            for _ in 0..2 {
                day.keep(kept("陳小姐"), &texts, &mut drawer).unwrap();
            }
        }
        let expected = ["results.csv", "seat-03-陳小姐-2.pdf", "seat-03-陳小姐.pdf"];
        assert_eq!(names(&folder), expected);
        let table = fs::read_to_string(folder.join(TABLE)).unwrap();
        assert_eq!(table.lines().count(), 5, "{table}");
        assert_eq!(table.matches("when,").count(), 1);
        let pdf = fs::read(folder.join("seat-03-陳小姐.pdf")).unwrap();
        assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 1000);
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
}

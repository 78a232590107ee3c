//! The exercises that a training offers: those of the program, or the files of a folder.

use crate::training::exercise::Exercise;
use crate::training::reading::{FileText, Mistake, MistakeKind, built_in, read_all};
use std::path::Path;
use std::sync::Arc;

/// Reads the files of a folder; without one, those that are compiled in. All mistakes if there are
/// any.
pub fn load(folder: Option<&Path>) -> Result<Arc<[Exercise]>, Vec<Mistake>> {
    match folder {
        None => built_in(),
        Some(folder) => read_all(folder, files(folder)?),
    }
}

/// The TOML files that lie in a folder.
fn files(folder: &Path) -> Result<Vec<FileText>, Vec<Mistake>> {
    let unreadable = |path: &Path, error: &std::io::Error| {
        let kind = MistakeKind::Unreadable(error.to_string());
        Mistake { file: path.to_owned(), line: 0, kind }
    };
    let listed = std::fs::read_dir(folder).map_err(|error| vec![unreadable(folder, &error)])?;
    let mut paths: Vec<_> = listed.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let (mut files, mut mistakes) = (Vec::new(), Vec::new());
    for path in paths {
        match std::fs::read_to_string(&path) {
            Ok(text) => files.push(FileText { path, text }),
            Err(error) => mistakes.push(unreadable(&path, &error)),
        }
    }
    if mistakes.is_empty() { Ok(files) } else { Err(mistakes) }
}

//! The service's file of secrets. It is made once and read at start, and only its owner may read
//! it.

use super::key;
use super::mistake::{Mistake, MistakeKind, line, toml};
use serde::Deserialize;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use toml::Spanned;
use zeroize::Zeroizing;

/// The secrets in the file.
pub struct KeysFile {
    pub root: Zeroizing<[u8; 32]>,
    pub receipts: Zeroizing<[u8; 32]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    root: Spanned<String>,
    receipts: Spanned<String>,
}

impl KeysFile {
    /// Reads the text of a file and names the first mistake in it. `path` is for the message only.
    pub fn read(path: &Path, text: &str) -> Result<Self, Mistake> {
        let file: File = ::toml::from_str(text).map_err(|error| toml(path, text, &error))?;
        let read = |value: &Spanned<String>| {
            let at = line(text, value.span().start);
            key::read(value.get_ref())
                .ok_or_else(|| Mistake::new(path, MistakeKind::Secret { line: at }))
        };
        Ok(Self { root: read(&file.root)?, receipts: read(&file.receipts)? })
    }

    /// Reads a file. A file that others on the machine can read is refused, and so is one with the
    /// secret of the training (`training`), which everybody knows. `credentials` is systemd's
    /// folder of credentials, if it made one.
    pub fn load(
        path: &Path,
        training: &[u8; 32],
        credentials: Option<&Path>,
    ) -> Result<Self, Mistake> {
        let wrong = |kind| Mistake::new(path, kind);
        let about = std::fs::metadata(path).map_err(|cause| match cause.kind() {
            std::io::ErrorKind::NotFound => wrong(MistakeKind::NoKeys),
            _ => wrong(MistakeKind::Unreadable(cause)),
        })?;
        // systemd shows a credential to the service by an ACL, whose mask stands in the group's
        // bits; the file is then root's, and its folder is the service's alone.
        let credential = about.uid() == 0 && credentials.is_some_and(|at| path.starts_with(at));
        let others = if credential { 0o037 } else { 0o077 };
        if about.mode() & others != 0 {
            return Err(wrong(MistakeKind::KeysOpen));
        }
        let text =
            std::fs::read_to_string(path).map_err(|cause| wrong(MistakeKind::Unreadable(cause)))?;
        let keys = Self::read(path, &Zeroizing::new(text))?;
        if *keys.root == *training || *keys.receipts == *training {
            return Err(wrong(MistakeKind::KeysTraining));
        }
        Ok(keys)
    }

    /// Writes a new file that only its owner can read, and returns when it is on disk.
    ///
    /// # Errors
    /// If there is a file already, which is left as it is, or if it cannot be written.
    pub fn create(path: &Path, root: &[u8; 32], receipts: &[u8; 32]) -> std::io::Result<()> {
        let text = Zeroizing::new(format!(
            "# The booking service's secrets. Keep a copy in a safe place: without `root` no \
                personal column of the database can\n\
             # ever be read again, without `receipts` no receipt that is out can be checked.\n\
             root = \"{}\"\nreceipts = \"{}\"\n",
            hex::encode(root),
            hex::encode(receipts)
        ));
        let mut file =
            std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_new_file_reads_back_and_is_nobody_elses() {
        let path = std::env::temp_dir().join(format!("vaxkiosk-keys-{}.toml", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let training = [9; 32];
        assert!(matches!(
            KeysFile::load(&path, &training, None),
            Err(Mistake { kind: MistakeKind::NoKeys, .. })
        ));
        KeysFile::create(&path, &[1; 32], &[2; 32]).unwrap();
        let keys = KeysFile::load(&path, &training, None).unwrap();
        assert_eq!((*keys.root, *keys.receipts), ([1; 32], [2; 32]));
        assert!(
            KeysFile::create(&path, &[3; 32], &[3; 32]).is_err(),
            "what is there is not written over"
        );
        assert!(matches!(
            KeysFile::load(&path, &[2; 32], None),
            Err(Mistake { kind: MistakeKind::KeysTraining, .. })
        ));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(
            KeysFile::load(&path, &training, None),
            Err(Mistake { kind: MistakeKind::KeysOpen, .. })
        ));
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn a_wrong_secret_is_named_with_its_line() {
        let digits = "a".repeat(64);
        for wrong in ["", "xyz", &"g".repeat(64), &"é".repeat(32)] {
            let text = format!("root = \"{digits}\"\nreceipts = \"{wrong}\"");
            let read = KeysFile::read(Path::new("keys"), &text);
            assert!(
                matches!(read, Err(Mistake { kind: MistakeKind::Secret { line: 2 }, .. })),
                "{wrong}"
            );
        }
    }
}

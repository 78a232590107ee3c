//! The service's file of secrets. It is made once and read at start, and only its owner may read
//! it.

use super::key;
use super::mistake::{Mistake, MistakeKind, line, toml};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{File, Metadata, OpenOptions};
use std::io::Write;
use std::num::NonZeroU32;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};
use std::path::Path;
use toml::Spanned;
use zeroize::Zeroizing;

type Secret = Zeroizing<[u8; 32]>;

/// Keys of one kind by their numbers, which rise from 1. The newest is in use; the earlier ones are
/// there for what was made with them.
pub struct NumberedKeys(BTreeMap<u32, Secret>);

impl NumberedKeys {
    /// The key in use, and its number.
    pub fn newest(&self) -> (u32, &[u8; 32]) {
        let (number, secret) = self.0.last_key_value().expect("a kind without a key is refused");
        (*number, secret)
    }

    pub fn get(&self, number: u32) -> Option<&[u8; 32]> {
        self.0.get(&number).map(|secret| &**secret)
    }

    pub fn iter(&self) -> impl Iterator<Item = (u32, &[u8; 32])> {
        self.0.iter().map(|(number, secret)| (*number, &**secret))
    }

    /// Adds a key as the newest, and returns its number.
    pub fn add(&mut self, secret: [u8; 32]) -> u32 {
        let number = self.newest().0 + 1;
        self.0.insert(number, Zeroizing::new(secret));
        number
    }

    /// Removes an earlier key. `false` if there is none with this number, or if it is the newest.
    pub fn forget(&mut self, number: u32) -> bool {
        number != self.newest().0 && self.0.remove(&number).is_some()
    }
}

/// The secrets in the file.
pub struct KeysFile {
    pub roots: NumberedKeys,
    /// Of the keys that sign receipts.
    pub receipts: NumberedKeys,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    root: Spanned<Keys>,
    receipts: Spanned<Keys>,
}

/// The keys of one kind as they stand in a file.
enum Keys {
    /// As a file had it before keys had numbers: the only one, which has the number 1.
    One(String),
    Numbered(BTreeMap<u32, Spanned<String>>),
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeysVisitor;
        impl<'de> Visitor<'de> for KeysVisitor {
            type Value = Keys;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a key, or a table of keys by their numbers")
            }

            fn visit_str<E: Error>(self, key: &str) -> Result<Keys, E> {
                Ok(Keys::One(key.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = BTreeMap::new();
                while let Some((number, key)) = map.next_entry::<String, Spanned<String>>()? {
                    let read = number.parse::<NonZeroU32>().ok();
                    // One spelling of each number, so that none is there twice.
                    let read = read.filter(|read| read.to_string() == number);
                    let read = read.ok_or_else(|| Error::custom("expected a number from 1"))?;
                    keys.insert(read.get(), key);
                }
                match keys.is_empty() {
                    true => Err(Error::custom("expected a key")),
                    false => Ok(Keys::Numbered(keys)),
                }
            }
        }
        deserializer.deserialize_any(KeysVisitor)
    }
}

impl KeysFile {
    /// One key of each kind, with the number 1.
    pub fn new(root: [u8; 32], receipts: [u8; 32]) -> Self {
        let one = |secret| NumberedKeys(BTreeMap::from([(1, Zeroizing::new(secret))]));
        Self { roots: one(root), receipts: one(receipts) }
    }

    /// Reads the text of a file and names the first mistake in it. `path` is for the message only.
    pub fn read(path: &Path, text: &str) -> Result<Self, Mistake> {
        let file: Text = ::toml::from_str(text).map_err(|error| toml(path, text, &error))?;
        let read = |at: usize, value: &str| {
            let wrong = || Mistake::new(path, MistakeKind::Secret { line: line(text, at) });
            key::read(value).ok_or_else(wrong)
        };
        let keys = |keys: &Spanned<Keys>| match keys.get_ref() {
            Keys::One(key) => Ok(BTreeMap::from([(1, read(keys.span().start, key)?)])),
            Keys::Numbered(keys) => keys
                .iter()
                .map(|(number, key)| Ok((*number, read(key.span().start, key.get_ref())?)))
                .collect(),
        };
        let keys = |given: &Spanned<Keys>| keys(given).map(NumberedKeys);
        Ok(Self { roots: keys(&file.root)?, receipts: keys(&file.receipts)? })
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
        if keys.roots.iter().chain(keys.receipts.iter()).any(|(_, secret)| secret == training) {
            return Err(wrong(MistakeKind::KeysTraining));
        }
        Ok(keys)
    }

    /// Writes a new file that only its owner can read, and returns when it is on disk.
    ///
    /// # Errors
    /// If there is a file already, which is left as it is, or if it cannot be written.
    pub fn create(&self, path: &Path) -> std::io::Result<()> {
        self.write(path, None)?;
        sync_folder_of(path)
    }

    /// Puts these keys in the place of the file, which keeps its owner: at every moment the file is
    /// there with either the old keys or the new ones.
    ///
    /// # Errors
    /// If it cannot be written; then the file is as it was.
    pub fn replace(&self, path: &Path) -> std::io::Result<()> {
        let owner = std::fs::metadata(path)?;
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        let beside = Path::new(&beside);
        // What an attempt before this one left.
        let _ = std::fs::remove_file(beside);
        let replaced =
            self.write(beside, Some(&owner)).and_then(|()| std::fs::rename(beside, path));
        if replaced.is_err() {
            let _ = std::fs::remove_file(beside);
        }
        replaced?;
        sync_folder_of(path)
    }

    fn write(&self, path: &Path, owner: Option<&Metadata>) -> std::io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        let own = file.metadata()?;
        if let Some(owner) = owner.filter(|of| (of.uid(), of.gid()) != (own.uid(), own.gid())) {
            fchown(&file, Some(owner.uid()), Some(owner.gid()))?;
        }
        file.write_all(self.text().as_bytes())?;
        file.sync_all()
    }

    fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::from(
            "# The booking service's secrets. Keep a copy in a safe place: without the root key no \
             personal column of the database\n\
             # can ever be read again, without the receipts' key no receipt can be signed. The \
             highest number is in use;\n\
             # `vaxkiosk admin keys rotate` adds one.\n",
        ));
        for (kind, keys) in [("root", &self.roots), ("receipts", &self.receipts)] {
            // Writing into a String cannot fail.
            let _ = writeln!(text, "\n[{kind}]");
            for (number, secret) in keys.iter() {
                let _ = writeln!(text, "{number} = \"{}\"", hex::encode(secret));
            }
        }
        text
    }
}

/// Makes a new name in a folder durable (fsync(2), notes).
fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
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
        KeysFile::new([1; 32], [2; 32]).create(&path).unwrap();
        let keys = KeysFile::load(&path, &training, None).unwrap();
        assert_eq!((keys.roots.newest(), keys.receipts.newest()), ((1, &[1; 32]), (1, &[2; 32])));
        assert!(
            KeysFile::new([3; 32], [3; 32]).create(&path).is_err(),
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
    #[test]
    fn a_file_of_before_keys_had_numbers_has_the_first_of_each() {
        let (root, receipts) = ("ab".repeat(32), "cd".repeat(32));
        let text = format!("root = \"{root}\"\nreceipts = \"{receipts}\"\n");
        let keys = KeysFile::read(Path::new("keys"), &text).unwrap();
        assert_eq!(keys.roots.newest(), (1, &[0xab; 32]));
        assert_eq!(keys.receipts.newest(), (1, &[0xcd; 32]));
    }

    #[test]
    fn a_file_is_replaced_with_what_was_added_and_forgotten() {
        let path = std::env::temp_dir().join(format!("vaxkiosk-ring-{}.toml", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let mut keys = KeysFile::new([1; 32], [2; 32]);
        assert!(keys.replace(&path).is_err(), "there is none to replace");
        keys.create(&path).unwrap();
        assert_eq!((keys.roots.add([3; 32]), keys.receipts.add([4; 32])), (2, 2));
        assert!(!keys.roots.forget(2) && !keys.roots.forget(7), "the newest, and none");
        assert!(keys.receipts.forget(1));
        let beside = path.with_extension("toml.new");
        std::fs::write(&beside, "half of").unwrap();
        keys.replace(&path).unwrap();
        let read = KeysFile::load(&path, &[9; 32], None).unwrap();
        let numbers = |keys: &NumberedKeys| keys.iter().map(|(at, _)| at).collect::<Vec<_>>();
        assert_eq!((numbers(&read.roots), numbers(&read.receipts)), (vec![1, 2], vec![2]));
        assert_eq!((read.roots.get(2), read.roots.get(3)), (Some(&[3; 32]), None));
        assert_eq!(read.receipts.newest(), (2, &[4; 32]));
        assert!(!beside.exists());
        let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
        let training = KeysFile::load(&path, &[1; 32], None);
        assert!(matches!(training, Err(Mistake { kind: MistakeKind::KeysTraining, .. })));
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn a_wrong_number_or_secret_in_a_table_is_named_with_its_line() {
        let (right, receipts) = ("a".repeat(64), format!("[receipts]\n1 = \"{}\"", "b".repeat(64)));
        for wrong in ["", "0 = \"x\"", "02 = \"x\"", "-1 = \"x\"", "first = \"x\"", "1 = 2"] {
            let read = KeysFile::read(Path::new("keys"), &format!("[root]\n{wrong}\n{receipts}"));
            assert!(matches!(read, Err(Mistake { kind: MistakeKind::Toml { .. }, .. })), "{wrong}");
        }
        let text = format!("[root]\n1 = \"{right}\"\n2 = \"{right}0\"\n{receipts}");
        let read = KeysFile::read(Path::new("keys"), &text);
        assert!(matches!(read, Err(Mistake { kind: MistakeKind::Secret { line: 3 }, .. })));
    }
}

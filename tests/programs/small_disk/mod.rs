//! A disk of a few megabytes that can be filled to the last page: a tmpfs in a mount namespace of
//! its own, where no other test sees it.
#![allow(dead_code, reason = "each test file uses its part")]

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// tmpfs gives room by the page.
pub const PAGE: u64 = 4096;

/// Runs an ignored test of this program, named with its module, where `FOLDER` is such a disk.
pub fn inside(test: &str, size: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!(
        "full-disk-{}-{}",
        test.replace("::", "-"),
        std::process::id()
    ));
    std::fs::create_dir_all(&folder).unwrap();
    let script = format!(
        "mount -t tmpfs -o size={size} tmpfs \"$FOLDER\" || exit; ip link set lo up; exec \"$@\""
    );
    let mut command = Command::new("unshare");
    command.args(["-rmn", "--fork", "--kill-child", "sh", "-c", &script, "sh"]);
    command.arg(std::env::current_exe().unwrap()).env("FOLDER", &folder);
    command.args(["--exact", test, "--ignored", "--nocapture"]);
    let done = command.output().expect("util-linux is installed");
    let (out, error) =
        (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    let _ = std::fs::remove_dir(&folder);
    assert!(done.status.success() && out.contains("1 passed"), "{out}{error}");
    println!("{out}");
}

/// The disk, with a file that takes its room.
pub struct SmallDisk {
    pub folder: PathBuf,
    ballast: PathBuf,
}

impl SmallDisk {
    /// The one that this test runs in.
    pub fn here() -> Self {
        let folder = PathBuf::from(std::env::var_os("FOLDER").unwrap());
        Self { ballast: folder.join("ballast"), folder }
    }

    /// Fills all of it but so many pages.
    pub fn leave(&self, pages: u64) {
        let mut file = File::create(&self.ballast).unwrap();
        while file.write_all(&[0; 16 * PAGE as usize]).is_ok() {}
        while file.write_all(&[0; PAGE as usize]).is_ok() {}
        let full = file.metadata().unwrap().len() / PAGE * PAGE;
        file.set_len(full - pages * PAGE).unwrap();
    }

    /// Gives the room back.
    pub fn free(&self) {
        OpenOptions::new().write(true).open(&self.ballast).unwrap().set_len(0).unwrap();
    }
}

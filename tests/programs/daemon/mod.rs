//! A PC/SC daemon with vsmartcard's virtual readers, in a network, a /run/pcscd and a journal's
//! folder of the test's own.
#![allow(dead_code, reason = "each test file uses its part")]

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// What the daemon prints goes to this file, on the test's own tmpfs.
const PRINTED: &str = "/run/pcscd/printed-by-the-daemon";

/// Runs an ignored test of this program, named with its module, again, in namespaces where nobody
/// else's daemon and ports are.
pub fn inside(test: &str) {
    let script = "for folder in /run/pcscd /run/systemd/journal; do mkdir -p $folder && mount -t \
        tmpfs tmpfs $folder || exit; done
        ip link set lo up && exec \"$@\"";
    let this = std::env::current_exe().unwrap();
    let mut command = Command::new("timeout");
    command
        .args([
            "--kill-after=1",
            "90",
            "unshare",
            "-rmn",
            "--fork",
            "--kill-child",
            "sh",
            "-c",
            script,
            "sh",
        ])
        .arg(this);
    let done = command
        .args(["--exact", test, "--ignored", "--nocapture"])
        .output()
        .expect("util-linux is installed");
    let (out, error) =
        (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success() && out.contains("1 passed"), "{out}{error}");
    println!("{out}");
}

/// The daemon. It ends with its test. When a test fails, what the daemon printed is shown.
pub struct Daemon {
    process: Child,
}

impl Daemon {
    pub fn start() -> Self {
        let printed = File::create(PRINTED).unwrap();
        let mut command = Command::new("pcscd");
        command
            .arg("--foreground")
            .stdin(Stdio::null())
            .stdout(printed.try_clone().unwrap())
            .stderr(printed);
        let process = command.spawn().expect("pcscd is installed");
        let daemon = Self { process };
        let mut looks = 0;
        while !Path::new("/run/pcscd/pcscd.comm").exists() {
            assert!(looks < 500, "the daemon does not come up");
            looks += 1;
            std::thread::sleep(Duration::from_millis(10));
        }
        daemon
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        if std::thread::panicking() {
            println!("pcscd printed: {}", std::fs::read_to_string(PRINTED).unwrap_or_default());
        }
        // Killed, it leaves its socket behind.
        let _ = std::fs::remove_file("/run/pcscd/pcscd.comm");
        let _ = std::fs::remove_file("/run/pcscd/pcscd.pid");
    }
}

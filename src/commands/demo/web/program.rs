//! A visitor's own program: this very executable in a pseudo-terminal, a session of its own and a
//! folder of its own, of which nothing is left when it has ended.

use pty_process::{Command, OwnedReadPty, OwnedWritePty};
use rustix::process::{Pid, Signal, kill_process_group};
use serde::Deserialize;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::process::Child;

/// How long a program that is told to end may take before it is killed.
const FAREWELL: Duration = Duration::from_secs(5);

/// How each visitor's program is started.
pub struct Program {
    path: PathBuf,
    arguments: Vec<OsString>,
    folder: PathBuf,
    next: AtomicU64,
    /// One at a time: a terminal is marked as this process's own only after it was opened, and a
    /// program started in between would hold it open, even after this process is gone.
    starting: Mutex<()>,
}

/// The size of a terminal as a browser asks for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    columns: u16,
    rows: u16,
}

impl Size {
    /// Reads it, and keeps it within what a screen can have.
    pub fn read(text: &str) -> Option<Self> {
        let asked: Self = serde_json::from_str(text).ok()?;
        Some(Self { columns: asked.columns.clamp(20, 300), rows: asked.rows.clamp(10, 120) })
    }

    fn of_terminal(self) -> pty_process::Size {
        pty_process::Size::new(self.rows, self.columns)
    }
}

/// A program that runs.
pub struct Running {
    child: Child,
    pub output: OwnedReadPty,
    pub input: OwnedWritePty,
    folder: PathBuf,
}

impl Program {
    /// `folder` is for what the programs keep while they run.
    pub fn new(path: PathBuf, arguments: Vec<OsString>, folder: PathBuf) -> Self {
        Self { path, arguments, folder, next: AtomicU64::new(1), starting: Mutex::default() }
    }

    /// Starts one in a terminal of this size. It knows nothing of the environment of this process.
    ///
    /// # Errors
    /// When the machine has no terminal, process or folder to spare.
    pub fn start(&self, size: Size) -> Result<Running, pty_process::Error> {
        let _alone = self.starting.lock().unwrap_or_else(PoisonError::into_inner);
        let (terminal, inside) = pty_process::open()?;
        terminal.resize(size.of_terminal())?;
        let folder = self.folder.join(self.next.fetch_add(1, Ordering::Relaxed).to_string());
        std::fs::create_dir(&folder)?;
        let started = Command::new(&self.path)
            .args(&self.arguments)
            .env_clear()
            .env("TERM", "xterm-256color")
            .env("COLORTERM", "truecolor")
            .env("TMPDIR", &folder)
            .kill_on_drop(true)
            .spawn(inside);
        match started {
            Ok(child) => {
                let (output, input) = terminal.into_split();
                Ok(Running { child, output, input, folder })
            }
            Err(cause) => {
                let _ = std::fs::remove_dir(&folder);
                Err(cause)
            }
        }
    }
}

impl Running {
    /// Gives the terminal another size. If it cannot have it, the page stays as it is.
    pub fn resize(&self, size: Size) {
        let _ = self.input.resize(size.of_terminal());
    }

    /// Ends the program as a window that is closed does, kills it if it does not end by that, and
    /// waits until nothing of it is left.
    pub async fn end(self) {
        let Self { mut child, output, input, folder } = self;
        let group = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
        let tell = |signal| group.map(|group| kill_process_group(group, signal));
        // Its terminal goes, and it is told so: whatever it waits for, it ends.
        drop((output, input));
        tell(Signal::TERM);
        if tokio::time::timeout(FAREWELL, child.wait()).await.is_err() {
            tell(Signal::KILL);
            let _ = child.wait().await;
        }
        let _ = std::fs::remove_dir_all(folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;
    use tokio::io::AsyncReadExt;

    fn program(script: &str) -> Program {
        let folder = std::env::temp_dir().join(format!(
            "vaxkiosk-program-{}-{:?}",
            std::process::id(),
            std::thread::current().id()
        ));
        std::fs::create_dir_all(&folder).unwrap();
        Program::new("/bin/sh".into(), vec!["-c".into(), script.into()], folder)
    }

    async fn until(running: &mut Running, word: &str) -> String {
        let mut said = Vec::new();
        let mut bytes = [0; 1024];
        while !String::from_utf8_lossy(&said).contains(word) {
            let count = running.output.read(&mut bytes).await.unwrap();
            said.extend_from_slice(&bytes[..count]);
        }
        String::from_utf8(said).unwrap()
    }

    /// Ends it, and looks that neither its process nor its folder is there any more.
    async fn end(running: Running, folder: &Path) {
        let id = running.child.id().unwrap();
        let own = running.folder.clone();
        assert!(own.is_dir());
        running.end().await;
        assert!(!own.exists() && !Path::new(&format!("/proc/{id}")).exists());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn a_program_has_a_terminal_of_its_size_and_nothing_of_our_environment() {
        let program = program("stty size; env; echo ready; cat");
        let size = Size::read(r#"{"columns":101,"rows":33}"#).unwrap();
        let mut running = program.start(size).unwrap();
        let said = until(&mut running, "ready").await;
        assert!(said.contains("33 101") && said.contains("TERM=xterm-256color"), "{said}");
        assert!(!said.contains("CARGO") && !said.contains("HOME="), "{said}");
        end(running, &program.folder).await;
    }

    #[tokio::test]
    async fn a_program_that_will_not_end_is_killed() {
        let program = program("trap '' TERM HUP; echo ready; while :; do sleep 1; done");
        let mut running = program.start(Size { columns: 80, rows: 24 }).unwrap();
        until(&mut running, "ready").await;
        end(running, &program.folder).await;
    }

    #[test]
    fn a_size_is_one_that_a_screen_can_have() {
        let size = |text: &str| Size::read(text).map(|size| (size.columns, size.rows));
        assert_eq!(size(r#"{"columns":100,"rows":32}"#), Some((100, 32)));
        assert_eq!(size(r#"{"columns":0,"rows":65535}"#), Some((20, 120)));
        for wrong in ["", "[]", r#"{"columns":-1,"rows":1}"#, r#"{"columns":1,"rows":1,"x":1}"#] {
            assert_eq!(size(wrong), None, "{wrong}");
        }
    }
}

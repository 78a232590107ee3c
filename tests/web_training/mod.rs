//! The built program as a training for browsers: started without a terminal, in a temporary folder
//! of its own, and what it leaves.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::disallowed_methods, reason = "a test that waits for a program measures time")]

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Forty programs may begin at once on a small machine.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// Waits until it is so.
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "waited for {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A training that runs. It ends with its test.
pub struct WebTraining {
    pub process: Child,
    /// Where it says that it listens.
    pub address: SocketAddr,
    /// The folder that it has for temporary files.
    pub folder: PathBuf,
    said: Arc<Mutex<String>>,
    log: Arc<Mutex<String>>,
}

fn collect(source: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let kept = Arc::new(Mutex::new(String::new()));
    let into = Arc::clone(&kept);
    std::thread::spawn(move || {
        for line in BufReader::new(source).lines().map_while(Result::ok) {
            into.lock().unwrap().push_str(&format!("{line}\n"));
        }
    });
    kept
}

impl WebTraining {
    pub fn start(address: &str, arguments: &[&str]) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!(
            "web-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        ));
        std::fs::create_dir_all(&folder).unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_vaxkiosk"))
            .args(["demo", "--look-around", "--web", address])
            .args(arguments)
            .env("TMPDIR", &folder)
            .env("LC_ALL", "en_GB.UTF-8")
            .env_remove("NOTIFY_SOCKET")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .unwrap();
        let said = collect(process.stdout.take().unwrap());
        let log = collect(process.stderr.take().unwrap());
        let mut address = None;
        wait_until("a training that is ready", || {
            let log = log.lock().unwrap();
            let over = process.try_wait().unwrap();
            assert!(over.is_none(), "{over:?} {log}");
            let ready = log.lines().find(|line| line.contains("\"ready\""));
            address = ready.map(|line| {
                let line: serde_json::Value = serde_json::from_str(line).unwrap();
                line["fields"]["address"].as_str().unwrap().parse().unwrap()
            });
            address.is_some()
        });
        Self { process, address: address.unwrap(), folder, said, log }
    }

    /// What it has said to whoever runs it.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// The processes that it has started and that are there, ended ones that nobody has waited for
    /// too.
    pub fn programs(&self) -> Vec<u32> {
        let parent = self.process.id().to_string();
        let all = std::fs::read_dir("/proc").unwrap().filter_map(|entry| {
            let id: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            let about = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
            // The name, in brackets, may have anything in it.
            let behind = about.rsplit_once(") ")?.1;
            (behind.split(' ').nth(1)? == parent).then_some(id)
        });
        all.collect()
    }

    /// What visitors have in the temporary folder.
    pub fn folders_of_visitors(&self) -> usize {
        let own = std::fs::read_dir(&self.folder).unwrap().map(|entry| entry.unwrap().path());
        let own: Vec<PathBuf> = own.collect();
        assert_eq!(own.len(), 1, "{own:?}");
        std::fs::read_dir(&own[0]).unwrap().count()
    }

    /// Waits until nothing of any visitor is left.
    pub fn wait_for_nothing_left(&self) {
        wait_until("the end of all programs", || self.programs().is_empty());
        wait_until("empty folders", || self.folders_of_visitors() == 0);
    }

    /// As systemd does.
    pub fn terminate(&mut self) -> ExitStatus {
        let id = rustix::process::Pid::from_child(&self.process);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
        self.process.wait().unwrap()
    }
}

impl Drop for WebTraining {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

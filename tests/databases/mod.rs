//! Fresh databases for tests: SQLite files, and a real PostgreSQL 15 that this program starts for
//! itself and that ends with it.
#![allow(dead_code, reason = "each test file uses its part")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use vaxkiosk::server::store::database::Address;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// An empty database that nobody else uses.
pub struct Fresh {
    pub address: Address,
    folder: Option<PathBuf>,
}

impl Fresh {
    /// A database at an address of the test's own, which also tidies up.
    pub fn at(address: Address) -> Self {
        Self { address, folder: None }
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

static COUNT: AtomicU32 = AtomicU32::new(0);

fn number() -> u32 {
    COUNT.fetch_add(1, Ordering::SeqCst)
}

impl Kind {
    pub fn fresh(self) -> Fresh {
        match self {
            Kind::Sqlite => {
                let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
                let folder = folder.join(format!("sqlite-{}-{}", std::process::id(), number()));
                std::fs::create_dir_all(&folder).unwrap();
                Fresh { address: Address::Sqlite(folder.join("bookings.db")), folder: Some(folder) }
            }
            Kind::Postgres => {
                let cluster = cluster();
                let name = format!("test_{}", number());
                cluster.sql("postgres", &format!("CREATE DATABASE {name}"));
                Fresh { address: Address::Postgres(cluster.url(&name)), folder: None }
            }
        }
    }
}

/// Until PostgreSQL is there on a machine whose disk others keep busy.
const START: Duration = Duration::from_secs(300);

/// A PostgreSQL of our own, reached through a socket in its folder.
pub struct Cluster {
    pub folder: PathBuf,
    pub programs: PathBuf,
}

impl Cluster {
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.folder.display())
    }

    pub fn sql(&self, database: &str, statement: &str) {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args([
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            "postgres",
            "-d",
            database,
            "-c",
            statement,
        ]);
        let done = psql.arg("-h").arg(&self.folder).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

pub fn programs() -> PathBuf {
    let found = std::fs::read_dir("/usr/lib/postgresql").ok().and_then(|versions| {
        let mut versions: Vec<_> =
            versions.filter_map(Result::ok).map(|version| version.path().join("bin")).collect();
        versions.sort();
        versions.into_iter().rev().find(|bin| bin.join("initdb").exists())
    });
    found.expect("PostgreSQL is installed: .ci/packages does it")
}

/// PostgreSQL refuses to run as root: then it runs as the user of its own package. `setpriv` also
/// sees to it that it ends with us.
pub fn as_its_user(program: &Path, is_root: bool) -> Command {
    let mut command = Command::new("setpriv");
    if is_root {
        command.args(["--reuid", "postgres", "--regid", "postgres", "--clear-groups"]);
    }
    command.args(["--pdeathsig", "INT"]).arg(program).env("LC_ALL", "C").stdin(Stdio::null());
    command
}

pub fn is_root() -> bool {
    String::from_utf8(Command::new("id").arg("-u").output().unwrap().stdout).unwrap().trim() == "0"
}

pub fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
    let started = CLUSTER.get_or_init(|| {
        let (started, wait) = std::sync::mpsc::channel();
        // It ends with the thread that started it: so that one stays.
        std::thread::spawn(move || {
            let (cluster, mut server) = start();
            started.send(cluster).unwrap();
            let _ = server.wait();
            loop {
                std::thread::park();
            }
        });
        wait.recv_timeout(START).map_err(|error| error.to_string())
    });
    started.as_ref().unwrap_or_else(|error| panic!("PostgreSQL starts: {error}"))
}

fn start() -> (Cluster, std::process::Child) {
    let programs = programs();
    let is_root = is_root();
    let temporary = std::env::temp_dir();
    forget_the_dead(&temporary);
    let folder = temporary.join(format!("vaxkiosk-postgres-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    if is_root {
        assert!(
            Command::new("chown").arg("postgres:postgres").arg(&folder).status().unwrap().success()
        );
    }
    let data = folder.join("data");
    let mut initdb = as_its_user(&programs.join("initdb"), is_root);
    initdb.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync", "-D"]);
    initdb.arg(&data);
    let made = initdb.output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut server = as_its_user(&programs.join("postgres"), is_root);
    server
        .arg("-D")
        .arg(&data)
        .args(["-c", "listen_addresses=", "-c", "max_connections=200"])
        // What a killed server had committed is in the cluster either way; only a loss of power
        // takes what was not synced (PostgreSQL 15, 20.5.1, `fsync`).
        .args(["-c", if crate::WAITS_FOR_THE_DISK { "fsync=on" } else { "fsync=off" }])
        .arg("-k")
        .arg(&folder);
    let log = std::fs::File::create(folder.join("log")).unwrap();
    let mut server = server.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap();
    let cluster = Cluster { folder, programs };
    let mut ready = Command::new(cluster.programs.join("pg_isready"));
    ready.args(["-q", "-U", "postgres", "-h"]).arg(&cluster.folder);
    for _ in 0..START.as_millis() / 100 {
        if ready.status().unwrap().success() {
            return (cluster, server);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let _ = server.kill();
    let _ = server.wait();
    panic!("{}", std::fs::read_to_string(cluster.folder.join("log")).unwrap_or_default());
}

/// Folders of earlier runs whose program is gone.
fn forget_the_dead(temporary: &Path) {
    for entry in std::fs::read_dir(temporary).into_iter().flatten().filter_map(Result::ok) {
        let name = entry.file_name().into_string().unwrap_or_default();
        let dead = name
            .strip_prefix("vaxkiosk-postgres-")
            .is_some_and(|pid| !Path::new("/proc").join(pid).exists());
        if dead {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

//! A PostgreSQL primary with a synchronous standby: the primary is killed while a rush is on, and
//! the standby promoted. No acknowledged booking is lost, and bookings go on.
#![allow(clippy::disallowed_methods, reason = "a test of a failover measures time")]

use crate::databases::{Fresh, as_its_user, is_root, programs};
use crate::practice::{book, kiosk};
use crate::program::Program;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use vaxkiosk::server::store::database::Address;

/// One of the two database servers.
struct Node {
    data: PathBuf,
    port: u16,
    process: Option<Child>,
}

impl Drop for Node {
    fn drop(&mut self) {
        self.kill();
    }
}

fn run(command: &mut Command) -> String {
    let done = command.stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

impl Node {
    fn new(folder: &Path, name: &str) -> Self {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        Self { data: folder.join(name), port, process: None }
    }

    fn start(&mut self) {
        let mut server = as_its_user(&programs().join("postgres"), is_root());
        server.arg("-D").arg(&self.data).args(["-p", &self.port.to_string()]);
        server.args(["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=100"]);
        server.args(["-c", "unix_socket_directories=", "-c", "wal_keep_size=64MB"]);
        let log = std::fs::File::create(self.data.with_extension("log")).unwrap();
        server.stdout(log.try_clone().unwrap()).stderr(log);
        self.process = Some(server.spawn().unwrap());
        let mut ready = Command::new(programs().join("pg_isready"));
        ready.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]);
        for _ in 0..300 {
            if ready.status().unwrap().success() {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let log = std::fs::read_to_string(self.data.with_extension("log"));
        panic!("{}", log.unwrap_or_default());
    }

    /// As the power does: postmaster and all.
    fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    fn sql(&self, statement: &str) -> String {
        let mut psql = Command::new(programs().join("psql"));
        psql.args(["-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-d", "postgres"]);
        psql.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-c", statement]);
        run(&mut psql).trim().to_owned()
    }
}

/// A primary with a standby that it waits for at each commit.
fn pair(folder: &Path) -> (Node, Node) {
    std::fs::create_dir_all(folder).unwrap();
    if is_root() {
        run(Command::new("chown").arg("postgres:postgres").arg(folder));
    }
    let (mut primary, mut standby) = (Node::new(folder, "a"), Node::new(folder, "b"));
    let mut initdb = as_its_user(&programs().join("initdb"), is_root());
    run(initdb.args(["--auth=trust", "--username=postgres", "--no-sync", "-D"]).arg(&primary.data));
    primary.start();
    let mut copy = as_its_user(&programs().join("pg_basebackup"), is_root());
    copy.args(["-h", "127.0.0.1", "-p", &primary.port.to_string(), "-U", "postgres", "-D"]);
    run(copy.arg(&standby.data).args(["-R", "-X", "stream", "-c", "fast", "--no-sync"]));
    let settings = standby.data.join("postgresql.auto.conf");
    let text = std::fs::read_to_string(&settings).unwrap();
    let named = text.replace("primary_conninfo = '", "primary_conninfo = 'application_name=b ");
    assert_ne!(text, named);
    std::fs::write(&settings, named).unwrap();
    standby.start();
    primary.sql("ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (b)'");
    primary.sql("SELECT pg_reload_conf()");
    let began = Instant::now();
    while primary.sql("SELECT COUNT(*) FROM pg_stat_replication WHERE sync_state = 'sync'") != "1" {
        assert!(began.elapsed() < Duration::from_secs(30), "the standby follows");
        std::thread::sleep(Duration::from_millis(100));
    }
    (primary, standby)
}

#[test]
fn the_standby_takes_over_in_the_middle_of_a_rush_and_nothing_is_lost() {
    let folder = std::env::temp_dir().join(format!("vaxkiosk-failover-{}", std::process::id()));
    let (mut primary, standby) = pair(&folder);
    let url = format!(
        "postgres://postgres@127.0.0.1:{},127.0.0.1:{}/postgres",
        primary.port, standby.port
    );
    let program = Program::new(&Fresh::at(Address::Postgres(url)));
    let size = ["--people", "60000", "--kiosks", "60", "--sites", "40", "--seats", "100"];
    program.succeed(&[&["admin", "practice"], size.as_slice()].concat());
    let server = program.serve();
    let mut rush = program.command(&["rush", "--json", "--kiosks", "60", "--people", "50000"]);
    rush.args(["--think", "0.2", "--seconds", "20", "--url", &program.url()]);
    let rush = rush.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_secs(5));
    primary.kill();
    std::thread::sleep(Duration::from_secs(1));
    standby.sql("SELECT pg_promote()");
    // A standby that was promoted would wait for the dead one, were it named in its settings.
    standby.sql("ALTER SYSTEM SET synchronous_standby_names = ''");
    standby.sql("SELECT pg_reload_conf()");
    let promoted = Instant::now();
    let network =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let there = kiosk(&program, program.url());
    while network.block_on(book(&there, 59_000)).is_err() {
        assert!(promoted.elapsed() < Duration::from_secs(15), "no booking 15 s after it");
        std::thread::sleep(Duration::from_millis(50));
    }
    println!("the first booking {:?} after the promotion", promoted.elapsed());
    let done = rush.wait_with_output().unwrap();
    let text = String::from_utf8(done.stdout).unwrap();
    println!("{text}");
    assert!(done.status.success(), "{text}{}", String::from_utf8_lossy(&done.stderr));
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    let count = |name: &str| report[name].as_u64().unwrap();
    assert_eq!((count("errors"), count("answered_otherwise")), (0, 0));
    let longest = report["booking_max_ms"].as_f64().unwrap();
    assert!(count("booked") > 300 && longest > 900.0, "it was felt: {text}");
    assert_eq!(report["audit"]["missing"].as_array().unwrap().len(), 0, "nothing is lost");
    drop((server, standby));
    let _ = std::fs::remove_dir_all(&folder);
}

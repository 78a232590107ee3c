//! A database that refuses: each statement of each step fails by a constraint, by a full disk, by a
//! connection that ends, at the commit; the file is not to be written; PostgreSQL starts anew. What
//! was not done is done when it is asked again, and nothing twice.
#![allow(clippy::disallowed_methods, reason = "a test that waits for a database measures time")]

use crate::databases::{Kind, cluster, is_root};
use crate::program::{Program, vaxkiosk};
use crate::work::{Step, Work, execute, settle};
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use vaxkiosk::server::engine::EngineError;
use vaxkiosk::server::store::database::Address;

/// What is written of it, in each way in which it is.
const WRITES: [(&str, &str); 12] = [
    ("seats", "UPDATE"),
    ("bookings", "INSERT"),
    ("bookings", "UPDATE"),
    ("intentions", "INSERT"),
    ("intentions", "DELETE"),
    ("ended_sessions", "INSERT"),
    ("outbox", "INSERT"),
    ("outbox", "DELETE"),
    ("messages", "INSERT"),
    ("messages", "UPDATE"),
    ("audit_trail", "INSERT"),
    ("audit_chains", "UPDATE"),
];

/// People for whom nothing is asked while writes fail: the first ones of the town.
const AFTERWARDS: u32 = 5;

/// Breaks each write in each of these ways, asks for every step, and asks again once it is whole.
async fn every_write_fails(address: &Address, ways: &[&str], statements: impl Statements) {
    const STEPS: u32 = Step::ALL.len() as u32;
    settle(address, AFTERWARDS + ways.len() as u32 * WRITES.len() as u32 * STEPS).await;
    let mut work = Work::start(address).await;
    let mut people = 1 + AFTERWARDS..;
    let mut failed = std::collections::BTreeMap::new();
    for (table, what) in WRITES {
        for way in ways {
            let mut again = Vec::new();
            for step in Step::ALL {
                let person = people.next().unwrap();
                work.prepare(step, person).await;
                again.push((step, person));
            }
            execute(address, statements.to_break(table, what, way)).await;
            for (step, person) in &again {
                let done = work.act(*step, *person).await;
                if done.is_err() {
                    assert_eq!(done, Err(EngineError::Unavailable), "{step:?} {table} {what}");
                    *failed.entry((table, what)).or_insert(0) += 1;
                }
            }
            execute(address, statements.to_mend(table)).await;
            for (step, person) in again {
                let done = work.act(step, person).await;
                assert_eq!(done, Ok(()), "{step:?} after {table} {what} {way}");
            }
            assert!(work.recover().await);
            work.assert_sound().await;
        }
    }
    work.act(Step::SendMessages, 0).await.unwrap();
    work.assert_all_sent().await;
    println!("{failed:?}");
    assert_eq!(failed.len(), WRITES.len(), "each was met");
}

trait Statements {
    fn to_break(&self, table: &str, what: &str, way: &str) -> String;
    fn to_mend(&self, table: &str) -> String;
}

struct Sqlite;

impl Statements for Sqlite {
    fn to_break(&self, table: &str, what: &str, way: &str) -> String {
        format!(
            "CREATE TRIGGER broken BEFORE {what} ON {table} BEGIN SELECT RAISE({way}, 'no'); END"
        )
    }
    fn to_mend(&self, _: &str) -> String {
        "DROP TRIGGER broken".into()
    }
}

/// SQLite ends the statement (ABORT), or by itself the whole transaction (ROLLBACK), as it does if
/// the disk is full.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_write_of_sqlite_fails_once() {
    let fresh = Kind::Sqlite.fresh();
    every_write_fails(&fresh.address, &["ABORT", "ROLLBACK"], Sqlite).await;
}

struct Postgres;

impl Statements for Postgres {
    fn to_break(&self, table: &str, what: &str, way: &str) -> String {
        let mut text = String::from(
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             IF TG_ARGV[0] = 'gone' THEN PERFORM pg_terminate_backend(pg_backend_pid()); \
             PERFORM pg_sleep(1); END IF; RAISE EXCEPTION 'no' USING ERRCODE = TG_ARGV[0]; \
             END $$; ",
        );
        let (when, way) = match way.strip_prefix("commit ") {
            Some(way) => (
                format!(
                    "CONSTRAINT TRIGGER broken AFTER {what} ON {table} DEFERRABLE \
                INITIALLY DEFERRED"
                ),
                way,
            ),
            None => (format!("TRIGGER broken BEFORE {what} ON {table}"), way),
        };
        write!(text, "CREATE {when} FOR EACH ROW EXECUTE FUNCTION refuse('{way}')").unwrap();
        text
    }
    fn to_mend(&self, table: &str) -> String {
        format!("DROP TRIGGER broken ON {table}")
    }
}

/// By their codes (PostgreSQL's appendix A): a unique index, a full disk, a transaction that gives
/// way; and an end of the connection.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_write_of_postgresql_fails_once_and_then_postgresql_starts_anew() {
    let fresh = Kind::Postgres.fresh();
    // All of them only in the long run (`make faults`).
    let ways = ["53100", "commit gone", "23505", "40001", "gone", "commit 40001"];
    let many = if std::env::var_os("EVERY").is_some() { ways.len() } else { 2 };
    every_write_fails(&fresh.address, &ways[..many], Postgres).await;
    postgresql_starts_anew(&fresh.address).await;
}

/// When one of its processes is killed, PostgreSQL ends all others, reads its log, and starts anew.
async fn postgresql_starts_anew(address: &Address) {
    let mut work = Work::start(address).await;
    work.act(Step::Book, 1).await.unwrap();
    let folder = cluster().folder.join("data").join("postmaster.pid");
    let postmaster = std::fs::read_to_string(folder).unwrap();
    let mut children = Command::new("pgrep");
    children.args(["-P", postmaster.lines().next().unwrap(), "-f", "walwriter"]);
    let child = String::from_utf8(children.output().unwrap().stdout).unwrap();
    assert!(Command::new("kill").args(["-9", child.trim()]).status().unwrap().success());
    let began = Instant::now();
    let mut failed = 0;
    for person in 2..=AFTERWARDS {
        while let Err(error) = work.act(Step::Book, person).await {
            assert_eq!(error, EngineError::Unavailable);
            assert!(began.elapsed() < Duration::from_secs(15), "it goes on by itself");
            failed += 1;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    println!("PostgreSQL was away for {failed} attempts, {:?}", began.elapsed());
    assert!(work.recover().await);
    work.assert_sound().await;
}

/// A program that may not write its database says so and ends, rather than to be "ready"
/// and to refuse every booking.
#[test]
fn a_file_that_is_not_to_be_written_is_said_at_the_start() {
    let folder = std::env::temp_dir().join(format!("vaxkiosk-read-only-{}", std::process::id()));
    let program = Program::new(&Kind::Sqlite.fresh());
    std::fs::create_dir_all(&folder).unwrap();
    let database = folder.join("bookings.db");
    let settings = std::fs::read_to_string(&program.config).unwrap();
    let settings: String = settings
        .lines()
        .map(|line| match line.split_once(" = ") {
            Some(("database", _)) => format!("database = \"sqlite:{}\"\n", database.display()),
            Some(("keys", _)) => format!("keys = \"{}\"\n", folder.join("keys.toml").display()),
            _ => format!("{line}\n"),
        })
        .collect();
    let config = folder.join("server.toml");
    std::fs::write(&config, settings).unwrap();
    std::fs::copy(program.folder.join("keys.toml"), folder.join("keys.toml")).unwrap();
    let practice = ["admin", "practice", "--people", "10", "--kiosks", "1", "--sites", "1"];
    let done = vaxkiosk().args(practice).arg("--config").arg(&config).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let (code, log) = serve_as_somebody_else(&folder, &config);
    let _ = std::fs::remove_dir_all(&folder);
    assert_eq!(code, Some(2), "{log}");
    assert!(!log.contains("\"ready\""), "{log}");
}

/// Root may write everything; so the file is another's, or, where the test is not root's, its own
/// and read-only.
fn serve_as_somebody_else(folder: &Path, config: &Path) -> (Option<i32>, String) {
    let sh = |script: &str| {
        let done = Command::new("sh").arg("-c").arg(script).current_dir(folder).status().unwrap();
        assert!(done.success(), "{script}");
    };
    // The program lies where only root may look.
    sh(&format!("cp {} vaxkiosk", env!("CARGO_BIN_EXE_vaxkiosk")));
    let mut command = Command::new("timeout");
    command.args(["20"]);
    if is_root() {
        sh("chown nobody . keys.toml server.toml; chmod 755 .");
        command.args(["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups"]);
    } else {
        sh("chmod 0400 bookings.db");
    }
    command.arg(folder.join("vaxkiosk")).args(["serve", "--config"]).arg(config);
    let done = command.stdin(Stdio::null()).output().unwrap();
    (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
}

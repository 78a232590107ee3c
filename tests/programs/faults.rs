//! Faults of what a service stands on: a disk that is full, a server that stands still, strangers
//! who take connections, a crowd with passwords. After each it goes on by itself.
#![allow(clippy::disallowed_methods, reason = "a test of faults measures time")]

use crate::databases::{Fresh, Kind};
use crate::practice::{book, kiosk, practice};
use crate::program::{Program, Server};
use crate::small_disk::{SmallDisk, inside};
use argon2::password_hash::PasswordHasher;
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::sessions::OpenSession;
use vaxkiosk::client::calls::{Answer, Call};
use vaxkiosk::commands::practice_people;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::server::store::database::Address;

fn network() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// The status that `/readyz` answers with.
fn readyz(port: u16) -> u16 {
    let mut line = TcpStream::connect(("127.0.0.1", port)).unwrap();
    line.write_all(b"GET /readyz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).unwrap();
    answer[9..12].parse().unwrap()
}

/// How long it takes until this holds, which must be within the time.
fn until(within: Duration, what: &str, mut holds: impl FnMut() -> bool) -> Duration {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < within, "{what} took longer than {within:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
    let took = began.elapsed();
    println!("{what}: {took:?}");
    assert!(took < within, "{what} took {took:?}");
    took
}

/// Memory in megabytes: `VmHWM`, the most that the process ever held, of proc(5).
fn most_memory(server: &Server) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.process.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse::<u64>().unwrap() / 1000
}

#[test]
fn a_full_disk_stops_writing_only_while_it_is_full() {
    inside("faults::full_disk", "24m");
}

#[test]
#[ignore = "it runs inside of the test before it"]
fn full_disk() {
    let disk = SmallDisk::here();
    let fresh = Fresh::at(Address::Sqlite(disk.folder.join("bookings.db")));
    let program = Program::new(&fresh);
    practice(&program);
    let (server, network) = (program.serve(), network());
    let kiosk = kiosk(&program, program.url());
    let mut acknowledged = Vec::new();
    let mut next = 0..;
    let mut book_next = |acknowledged: &mut Vec<(u32, BookingNumber)>| {
        let nth = next.next().unwrap();
        let booked = network.block_on(book(&kiosk, nth));
        booked.map(|number| acknowledged.push((nth, number)))
    };
    for _ in 0..20 {
        book_next(&mut acknowledged).unwrap();
    }
    assert_eq!(readyz(program.port), 200);
    for _ in 0..2 {
        disk.leave(0);
        until(Duration::from_secs(10), "a full disk is seen", || readyz(program.port) == 503);
        assert_eq!(book_next(&mut acknowledged), Err(Some(Code::Unavailable)));
        disk.free();
        until(Duration::from_secs(5), "booking again", || book_next(&mut acknowledged).is_ok());
        until(Duration::from_secs(5), "ready again", || readyz(program.port) == 200);
    }
    // The same key gives the same number: nothing that was acknowledged is lost.
    for (nth, number) in acknowledged {
        assert_eq!(network.block_on(book(&kiosk, nth)), Ok(number));
    }
    drop(server);
}

/// A database file that was moved away takes no more bookings: they would be in a file that nobody
/// finds again.
#[test]
fn a_moved_database_takes_no_bookings_until_it_is_back() {
    let fresh = Kind::Sqlite.fresh();
    let program = Program::new(&fresh);
    practice(&program);
    let (server, network) = (program.serve(), network());
    let kiosk = kiosk(&program, program.url());
    let first = network.block_on(book(&kiosk, 1)).unwrap();
    let Address::Sqlite(place) = &fresh.address else { unreachable!() };
    let away = place.with_extension("away");
    std::fs::rename(place, &away).unwrap();
    assert_eq!(network.block_on(book(&kiosk, 2)), Err(Some(Code::Unavailable)));
    until(Duration::from_secs(5), "it is seen", || readyz(program.port) == 503);
    std::fs::rename(&away, place).unwrap();
    until(Duration::from_secs(5), "ready again", || readyz(program.port) == 200);
    assert_eq!(network.block_on(book(&kiosk, 1)), Ok(first));
    network.block_on(book(&kiosk, 2)).unwrap();
    drop(server);
}

/// A server that stands still in the middle of a transaction holds the locks of its slots. The
/// database ends that transaction, and the other server goes on.
#[test]
fn a_server_that_stands_still_holds_up_another_for_ten_seconds_at_most() {
    let fresh = Kind::Postgres.fresh();
    let one = Program::new(&fresh);
    practice(&one);
    let other = Program::beside(&one, &fresh);
    let (first, second, network) = (one.serve(), other.serve(), network());
    let (stop, nth) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU32::new(0)));
    let crowd = |url: String| {
        for _ in 0..8 {
            let (kiosk, stop, nth) =
                (kiosk(&one, url.clone()), Arc::clone(&stop), Arc::clone(&nth));
            network.spawn(async move {
                while !stop.load(Ordering::SeqCst) {
                    let _ = book(&kiosk, nth.fetch_add(1, Ordering::SeqCst)).await;
                }
            });
        }
    };
    crowd(one.url());
    let frozen = Pid::from_child(&first.process);
    let idle = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND \
        state LIKE 'idle in transaction%'";
    until(Duration::from_secs(60), "it stands still within a transaction", || {
        kill_process(frozen, Signal::STOP).unwrap();
        // What PostgreSQL is at when the server stops is done a moment later.
        std::thread::sleep(Duration::from_millis(20));
        if network.block_on(count(&fresh, idle)) > 0 {
            return true;
        }
        kill_process(frozen, Signal::CONT).unwrap();
        false
    });
    let standing = Instant::now();
    // Every slot, so that those which are locked are among them.
    let there = kiosk(&one, other.url());
    let mut done = std::collections::BTreeSet::new();
    until(Duration::from_secs(10), "all slots again at the other server", || {
        // All at once, so that what is measured is the wait and not how fast the machine books.
        let waiting = (10_000..10_128).filter(|nth| !done.contains(nth)).map(|nth| {
            let there = there.clone();
            network.spawn(async move { book(&there, nth).await.is_ok().then_some(nth) })
        });
        let waiting: Vec<_> = waiting.collect();
        done.extend(waiting.into_iter().filter_map(|one| network.block_on(one).unwrap()));
        done.len() == 128
    });
    println!("after {:?}", standing.elapsed());
    stop.store(true, Ordering::SeqCst);
    kill_process(frozen, Signal::CONT).unwrap();
    until(Duration::from_secs(10), "ready again", || readyz(one.port) == 200);
    network.block_on(book(&kiosk(&one, one.url()), 15_000)).unwrap();
    drop((first, second));
}

async fn count(fresh: &Fresh, query: &'static str) -> i64 {
    let Address::Postgres(url) = &fresh.address else { unreachable!() };
    let mut db = <sqlx::PgConnection as sqlx::Connection>::connect(url).await.unwrap();
    sqlx::query_scalar(query).fetch_one(&mut db).await.unwrap()
}

/// How many strangers come, to how many connections, and how long a booking may take meanwhile:
/// `STRANGERS` and two seconds, or 1,000 to a service for 400 connections. Those are told apart
/// from a service that is shut, and no more: the test runs beside others.
fn strangers() -> (usize, usize, Duration) {
    match std::env::var("STRANGERS") {
        Ok(many) => (many.parse().unwrap(), 16_000, Duration::from_secs(2)),
        Err(_) => (1_000, 400, Duration::from_secs(20)),
    }
}

/// Strangers open connections and say nothing, then others ask and never read the answer: a kiosk
/// is answered all the while.
#[test]
fn strangers_shut_nobody_out() {
    let (many, connections, slowest) = strangers();
    let fresh = Kind::Sqlite.fresh();
    let program = Program::new(&fresh);
    practice(&program);
    let settings = std::fs::read_to_string(&program.config).unwrap();
    std::fs::write(&program.config, format!("connections = {connections}\n{settings}")).unwrap();
    let (server, network) = (program.serve(), network());
    let mut nth = 0;
    for asks in [b"".as_slice(), b"GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n"] {
        let mut lines = Vec::new();
        for _ in 0..many {
            let mut line = TcpStream::connect(("127.0.0.1", program.port)).unwrap();
            line.set_nonblocking(true).unwrap();
            // As many questions as the line takes.
            while !asks.is_empty() && line.write(asks).is_ok_and(|written| written > 0) {
                if lines.len() > 50 {
                    break;
                }
            }
            lines.push(line);
        }
        let began = Instant::now();
        let mut longest = Duration::ZERO;
        while began.elapsed() < Duration::from_secs(8) {
            let asked = Instant::now();
            while network.block_on(book(&kiosk(&program, program.url()), nth)).is_err() {
                assert!(asked.elapsed() < slowest, "no answer for {slowest:?}");
            }
            longest = longest.max(asked.elapsed());
            nth += 1;
            std::thread::sleep(Duration::from_millis(100));
        }
        println!("{many} strangers: {nth} bookings so far, the longest {longest:?}");
        assert!(longest < slowest, "{longest:?}");
    }
    println!("the most memory: {} MB", most_memory(&server));
    assert!(most_memory(&server) < 500);
}

/// As many checks of passwords at once as there are cores, whatever the crowd.
#[test]
fn a_crowd_with_passwords_takes_no_more_memory_than_the_cores_need() {
    const AT_ONCE: usize = 400;
    let fresh = Kind::Sqlite.fresh();
    let program = Program::new(&fresh);
    practice(&program);
    let card = practice_people::card(0);
    let params = argon2::Params::new(19_456, 2, 1, None).unwrap();
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let hash = argon2.hash_password_with_salt(b"abc123", b"salt of a crowd").unwrap();
    let roster = program.folder.join("roster.csv");
    let row = format!("{},{},x,1980-01-01,,\"{hash}\"", card.id.expose(), card.number.expose());
    std::fs::write(&roster, format!("id,card,name,born,category,password_hash\n{row}\n")).unwrap();
    program.succeed(&["admin", "import", "roster", roster.to_str().unwrap()]);
    let (server, network) = (program.serve(), network());
    let kiosk = kiosk(&program, program.url());
    let log_ins: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let (kiosk, card) = (kiosk.clone(), card.clone());
            let password = Some(Personal::new("abc123"));
            let open = OpenSession::Card { id: card.id, card: card.number, password };
            network.spawn(async move { kiosk.call(Call::OpenSession(Box::new(open))).await })
        })
        .collect();
    let (mut opened, mut later) = (0, 0);
    for log_in in log_ins {
        match network.block_on(log_in).unwrap() {
            Ok(Answer::Session(_)) => opened += 1,
            // Told to come again, or tired of waiting.
            Err(_) => later += 1,
            other => panic!("{other:?}"),
        }
    }
    println!("{opened} opened, {later} later, the most memory: {} MB", most_memory(&server));
    assert!(opened > 0);
    assert!(most_memory(&server) < 300);
}

//! Servers that are killed (SIGKILL) at random moments while a rush is on: nothing that was
//! acknowledged is lost, nothing is doubled.

use crate::databases::Kind;
use crate::extent::extent;
use crate::program::{Program, Server};
use rstest::rstest;
use serde_json::Value;
use std::process::{Child, Stdio};
use std::time::Duration;
use vaxkiosk::commands::machine;

/// A length of time by chance, in milliseconds.
fn between(least: u64, most: u64) -> Duration {
    let chance = machine::random();
    Duration::from_millis(
        least + (u64::from(chance[0]) << 8 | u64::from(chance[1])) % (most - least),
    )
}

/// A crowd of 80 kiosks whose pace is set by how long people think (`think`, seconds), so that
/// the seats run out in about the same time on a fast machine and on a busy one.
fn rush(program: &Program, seconds: u32, think: &str, urls: &[String]) -> Child {
    let mut command = program.command(&["rush", "--json", "--kiosks", "80", "--people", "60000"]);
    command.args(["--think", think]).arg("--seconds").arg(seconds.to_string());
    for url in urls {
        command.arg("--url").arg(url);
    }
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// What the rush found, when it found nothing that must never be.
fn passed(rush: Child) -> Value {
    let done = rush.wait_with_output().unwrap();
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{text}{}", String::from_utf8_lossy(&done.stderr));
    let report: Value = serde_json::from_str(&text).unwrap();
    println!("{text}");
    let count = |name: &str| report[name].as_u64().unwrap();
    assert_eq!((count("errors"), count("answered_otherwise")), (0, 0));
    // How many come in the time depends on the machine: no more than that somebody was cut off.
    assert!(count("booked") > 50 && count("sent_again") > 5, "there was a rush: {text}");
    assert_eq!(report["audit"]["missing"].as_array().unwrap().len(), 0);
    assert!(report["audit"]["live_bookings"].as_u64().unwrap() >= count("booked"));
    report
}

/// A round with 96 seats a site: 32 slots of three.
fn practice(program: &Program, sites: &str) {
    let people = ["--people", "60000", "--kiosks", "80", "--sites", sites, "--seats", "3"];
    program.succeed(&[&["admin", "practice"], people.as_slice()].concat());
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_server_killed_again_and_again_loses_nothing_and_doubles_nothing(#[case] kind: Kind) {
    let random = kind.fresh();
    let program = Program::new(&random);
    // `KILLS`, or 30 times.
    let kills: u32 = extent("KILLS", 30);
    // As many seats as the crowd fills while it is on.
    practice(&program, &(kills / 5).to_string());
    let mut server = program.serve();
    // Half a second for each kill, and some more.
    let mut crowd = rush(&program, kills * 3 / 5, "0.3", &[program.url()]);
    let mut killed: u32 = 0;
    while killed < kills {
        std::thread::sleep(between(60, 500));
        if crowd.try_wait().unwrap().is_some() {
            break;
        }
        server.kill();
        server = program.serve();
        killed += 1;
    }
    // A server that starts slowly is killed less often while the rush is on.
    assert!(killed >= kills / 3, "killed {killed} of {kills} times");
    let report = passed(crowd);
    assert!(
        report["retries_gone"].as_u64().unwrap() >= u64::from(killed),
        "{killed} kills were felt: {report}"
    );
    drop(server);
}

#[test]
fn of_two_servers_over_one_database_one_is_killed() {
    let random = Kind::Postgres.fresh();
    let one = Program::new(&random);
    practice(&one, "5");
    let other = Program::beside(&one, &random);
    let (first, second): (Server, Server) = (one.serve(), other.serve());
    let crowd = rush(&one, 10, "0.2", &[one.url(), other.url()]);
    std::thread::sleep(Duration::from_secs(2));
    first.kill();
    let report = passed(crowd);
    assert!(report["retries_gone"].as_u64().unwrap() > 0, "its kiosks went to the other: {report}");
    drop(second);
}

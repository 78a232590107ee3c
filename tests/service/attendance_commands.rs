//! A vaccination site's day with the built program: the report of who came, and a server that is
//! killed while desks enter.
#![allow(clippy::disallowed_methods, reason = "the program's day is this machine's")]

use crate::counter::{log_in, session};
use crate::databases::{Fresh, Kind};
use crate::plainly;
use crate::program::Program;
use crate::running::client;
use crate::staff_cards::{Ca, Facts, StaffCard};
use rstest::rstest;
use std::time::Duration;
use vaxkiosk::api::attendance::{AttendanceEntry, AttendanceStep, EnterAttendance, EntryOutcome};
use vaxkiosk::api::sessions::SessionToken;
use vaxkiosk::client::calls::{Answer, Call};
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::taipei;

const SITES: &str = "number,district,name_zh,name_en,address_zh,address_en,brand\n\
     1,6300300,大安練習站,Daan Practice Site,練習路1號,\"No. 1, Lianxi Rd.\",AZ\n\
     2,6300500,中正練習站,Zhongzheng Practice Site,練習路2號,\"No. 2, Lianxi Rd.\",AZ\n";

/// A round with two sites and a slot each today and an hour later, and this many people who have
/// booked in the first; and the token of a desk at site 1.
pub async fn day(program: &Program, database: &Fresh, people: u32) -> String {
    let succeed = |arguments: &str| {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        program.succeed(&[&arguments[..], &["--language", "en"]].concat())
    };
    succeed(
        "admin round add 3 --brands AZ --born-until 2003-12-31 \
         --registration-opens 2021-07-06T09:00 --cut-off 2021-07-12T17:00 \
         --opens 2021-07-13T10:00 --closes 2031-07-15T17:00",
    );
    let file = program.folder.join("sites.csv");
    std::fs::write(&file, SITES).unwrap();
    succeed(&format!("admin import sites {} --round 3", file.display()));
    let today = taipei::civil(jiff::Timestamp::now()).date();
    let mut statements = String::new();
    for (slot, site, hour) in [(1, 1, "09"), (2, 1, "10"), (3, 2, "09")] {
        let taken = if slot == 1 { people } else { 0 };
        statements += &format!(
            "INSERT INTO slots (id, site, starts, ends) \
             VALUES ({slot}, {site}, '{today}T{hour}:00:00', '{today}T{hour}:59:00'); \
             INSERT INTO seats (slot, round, capacity, taken) VALUES ({slot}, 3, 1000, {taken});"
        );
    }
    for person in 1..=people {
        statements += &format!(
            "INSERT INTO bookings (number, round, person, slot, mobile_sealed, channel, \
             idempotency_key, language, made) VALUES ({}, 3, {person}, 1, unhex('00'), \
             'pharmacy', unhex('00'), 'en', {person});",
            300_000_000 + person
        );
    }
    plainly::run(database, &statements).await;
    let refused = program.run(&[
        "admin",
        "device",
        "add",
        "x",
        "--channel",
        "vaccination-site",
        "--institution",
        "y",
    ]);
    assert_eq!(refused.status.code(), Some(2), "a desk is of a site");
    let added =
        succeed("admin device add desk --channel vaccination-site --institution station --site 1");
    added.trim().rsplit(' ').next().unwrap().to_owned()
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_report_says_who_came_by_site_and_hour(#[case] kind: Kind) {
    let database = kind.fresh();
    let program = Program::new(&database);
    day(&program, &database, 6).await;
    let list = program.succeed(&["admin", "device", "list"]);
    assert!(list.contains("desk\tvaccination-site 1\tstation"), "{list}");
    let moved = "UPDATE bookings SET slot = 3 WHERE person = 6; \
        UPDATE bookings SET slot = 2 WHERE person = 5; \
        UPDATE bookings SET came = 1 WHERE person IN (1, 2); \
        UPDATE bookings SET absent = 1 WHERE person IN (3, 6); \
        UPDATE bookings SET cancelled = 1 WHERE person = 4; \
        INSERT INTO attendance (number, round, site, state, at, lot, device, earlier) VALUES \
        (300000001, 3, 1, 'vaccinated', 1, 'A1', 1, '[]'), \
        (300000002, 3, 1, 'left', 1, NULL, 1, '[]'), \
        (300000003, 3, 1, 'absent', 1, NULL, NULL, '[]'), \
        (300000006, 3, 2, 'absent', 1, NULL, NULL, '[]')";
    plainly::run(&database, moved).await;
    let file = program.folder.join("report.csv");
    let csv = file.display().to_string();
    let said =
        program.succeed(&["admin", "round", "report", "3", "--csv", &csv, "--language", "en"]);
    let today = taipei::civil(jiff::Timestamp::now()).date();
    let rows = [
        format!("      3        2           1        1  {today} 09:00  1 Daan Practice Site"),
        format!("      1        0           0        0  {today} 10:00  1 Daan Practice Site"),
        format!("      1        0           0        1  {today} 09:00  2 Zhongzheng Practice Site"),
        "      5        2           1        2  Total".to_owned(),
    ];
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said_rows: Vec<String> = said.lines().map(squeezed).collect();
    for row in rows {
        assert!(said_rows.contains(&squeezed(&row)), "{row}: {said}");
    }
    let expected = format!(
        "site,name,starts,booked,came,vaccinated,absent\n\
         1,大安練習站,{today}T09:00:00,3,2,1,1\n\
         1,大安練習站,{today}T10:00:00,1,0,0,0\n\
         2,中正練習站,{today}T09:00:00,1,0,0,1\n"
    );
    assert_eq!(std::fs::read_to_string(file).unwrap(), expected);
}

/// The booking of this person.
pub fn number(person: u32) -> BookingNumber {
    serde_json::from_value(format!("{:010}", 300_000_000 + person).into()).unwrap()
}

/// A representative of the desk's institution, and the card that they log in with.
pub fn staffed(program: &Program) -> StaffCard {
    let ca = Ca::new("staff cards");
    let card = ca.card(&Facts { years: (2020, 2099), ..Facts::default() });
    let file = |name: &str, bytes: &[u8]| {
        let path = program.folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let pem = file("ca.pem", ca.pem.as_bytes());
    let list = file("ca.crl", ca.lasting_list(&[]).as_bytes());
    let settings = std::fs::read_to_string(&program.config).unwrap();
    let staff = format!("[staff]\nname = \"tests\"\nca = [\"{pem}\"]\ncrl = [\"{list}\"]\n");
    std::fs::write(&program.config, settings + &staff).unwrap();
    let institution = |more: &[&str]| program.succeed(&[&["admin", "institution"], more].concat());
    institution(&["add", "station", "--name-zh", "練習站", "--name-en", "Practice Site"]);
    let certificate = file("card.der", &card.certificate);
    institution(&["representative", "station", "--name", "甄", "--certificate", &certificate]);
    card
}

/// What came of an entry: asked again until there is an answer, as a desk does.
pub async fn entered(
    url: &str,
    token: &str,
    staff: &SessionToken,
    entry: &AttendanceEntry,
) -> EntryOutcome {
    // A fresh connection each time: the server may be another by now.
    loop {
        let ask = EnterAttendance { entries: vec![entry.clone()], seen: Vec::new() };
        let staff = staff.clone();
        match client(url, token).call(Call::EnterAttendance { staff, ask }).await {
            Ok(Answer::AttendanceEntered(entered)) => return entered.outcomes[0].clone(),
            _ => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_killed_while_desks_enter_loses_no_entry_and_counts_none_twice(
    #[case] kind: Kind,
) {
    const PEOPLE: u32 = 60;
    let database = kind.fresh();
    let program = Program::new(&database);
    let token = day(&program, &database, PEOPLE).await;
    let card = staffed(&program);
    let mut server = program.serve();
    let at = jiff::Timestamp::now();
    let url = program.url();
    let staff = session(log_in(&client(&url, &token), &card).await).token;
    let working = tokio::spawn(async move {
        for person in 1..=PEOPLE {
            let number = number(person);
            let lot = AttendanceStep::Vaccinated { lot: "3004217".into() };
            for (nth, step) in [(1_u32, AttendanceStep::CheckIn), (2, lot)] {
                let id = format!("{:032x}", person * 10 + nth);
                let entry = AttendanceEntry { id, number, step, at, offline: false, staff: None };
                assert_eq!(entered(&url, &token, &staff, &entry).await, EntryOutcome::Done);
            }
        }
    });
    let mut kills = 0_u64;
    while !working.is_finished() {
        // Each time at another point of an entry's way.
        tokio::time::sleep(Duration::from_micros(40_000 + kills * 7_300 % 90_000)).await;
        server.kill();
        server = program.serve();
        kills += 1;
    }
    working.await.unwrap();
    assert!(kills > 1, "it was killed {kills} times");
    drop(server);
    for (question, expected) in [
        ("SELECT COUNT(*) FROM attendance_entries", 2 * PEOPLE),
        ("SELECT COUNT(came) FROM bookings", PEOPLE),
        (
            "SELECT COUNT(*) FROM attendance WHERE state = 'vaccinated' AND earlier LIKE '[[%' \
          AND earlier NOT LIKE '%],[%'",
            PEOPLE,
        ),
    ] {
        assert_eq!(plainly::ask(&database, question).await, i64::from(expected), "{question}");
    }
    program.succeed(&["admin", "audit", "verify"]);
}

//! The export of appointments and vaccinations: its files, whom they name, and what is said of it.
#![allow(clippy::disallowed_methods, reason = "the program's day is this machine's")]

use super::{Folder, PEOPLE, Rushed, assert_coherent, assert_valid, lines, of_type};
use crate::attendance_commands::{day, entered, number, staffed};
use crate::counter::{log_in, session};
use crate::databases::Kind;
use crate::plainly;
use crate::program::Program;
use crate::running::client;
use crate::town;
use jiff::Timestamp;
use rstest::rstest;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use vaxkiosk::api::attendance::{AttendanceEntry, AttendanceStep, EntryOutcome};
use vaxkiosk::commands::practice_people;
use vaxkiosk::domain::attendance::Attendance;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::site::SiteId;
use vaxkiosk::server::fhir::publication::location;
use vaxkiosk::server::fhir::records::{Patient, Record};
use vaxkiosk::server::fhir::resources::ndjson;
use vaxkiosk::server::fhir::vocabulary::Naming;

/// An export into a new folder of this program's, and what is said.
fn export(program: &Program, name: &str, more: &[&str]) -> (PathBuf, String) {
    let out = program.folder.join(name);
    let arguments = ["admin", "export", "fhir", "--language", "en", "--out", out.to_str().unwrap()];
    let said = program.succeed(&[&arguments[..], more].concat());
    (out, said)
}

const EXPORTED: [&str; 3] = ["Location.ndjson", "Appointment.ndjson", "Immunization.ndjson"];

fn exported(folder: &Path) -> Vec<Value> {
    let read = |name: &&str| std::fs::read_to_string(folder.join(name)).unwrap();
    EXPORTED.iter().map(read).flat_map(|text| lines(&text)).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    EXPORTED.iter().map(|name| folder.join(name)).collect()
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_holds_before_others_and_names_nobody_unasked(#[case] kind: Kind) {
    let rushed = Rushed::new(kind, "");
    let server = rushed.program.serve();
    rushed.rush();
    let (status, _) = server.terminate();
    assert!(status.success());
    let booked = plainly::ask(&rushed.database, "SELECT COUNT(*) FROM bookings").await as usize;
    assert!(booked > 1);
    let first = "UPDATE bookings SET cancelled = made WHERE number = \
        (SELECT MIN(number) FROM bookings)";
    plainly::run(&rushed.database, first).await;
    let (all, said) = export(&rushed.program, "all", &[]);
    assert!(said.contains("no ARC or Taiwan ID numbers"), "{said}");
    let told = exported(&all);
    assert_valid(&files(&all), told.len());
    assert_coherent(&told);
    let appointments = of_type(&told, "Appointment");
    assert_eq!((appointments.len(), of_type(&told, "Immunization").len()), (booked, 0));
    let with = |status: &str| appointments.iter().filter(|one| one["status"] == status).count();
    assert_eq!((with("booked"), with("cancelled")), (booked - 1, 1));
    let people: BTreeSet<String> = appointments.iter().map(|one| patient(one).to_owned()).collect();
    assert_eq!(people.len(), booked, "each person has a pseudonym of their own");
    let (again, _) = export(&rushed.program, "again", &[]);
    assert_eq!(exported(&again), told, "and the same each time");
    let text = told.iter().map(Value::to_string).collect::<String>();
    for nth in 0..PEOPLE {
        let card = practice_people::card(nth);
        for secret in [card.id.expose(), card.number.expose(), card.name.expose()] {
            assert!(!text.contains(secret), "{secret}");
        }
    }
    who_is_named_and_what_was_asked_for(&rushed, &told);
    refused_and_told(&rushed, &all);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_vaccinated_at_a_desk_is_an_immunization_and_nobody_else(#[case] kind: Kind) {
    let database = kind.fresh();
    let program = Program::new(&database);
    let token = day(&program, &database, 6).await;
    let card = staffed(&program);
    let server = program.serve();
    let (url, at) = (program.url(), Timestamp::now());
    let staff = session(log_in(&client(&url, &token), &card).await).token;
    use AttendanceStep::{CheckIn, Left, TakeBack};
    let given = || AttendanceStep::Vaccinated { lot: "3004217".into() };
    let steps = [
        (1, CheckIn),
        (1, given()),
        (2, CheckIn),
        (3, CheckIn),
        (3, Left),
        // Entered for the wrong person.
        (4, CheckIn),
        (4, given()),
        (4, TakeBack),
    ];
    for (nth, (person, step)) in steps.into_iter().enumerate() {
        let (id, number) = (format!("{nth:032x}"), number(person));
        let entry = AttendanceEntry { id, number, step, at, offline: false, staff: None };
        assert_eq!(entered(&url, &token, &staff, &entry).await, EntryOutcome::Done);
    }
    let (status, _) = server.terminate();
    assert!(status.success());
    let changed = "UPDATE bookings SET cancelled = made WHERE person = 5; \
        INSERT INTO earlier_slots (number, slot, moved) \
        SELECT number, slot, made FROM bookings WHERE person = 6; \
        UPDATE bookings SET slot = 2 WHERE person = 6";
    plainly::run(&database, changed).await;
    let (folder, _) = export(&program, "day", &[]);
    let told = exported(&folder);
    assert_valid(&files(&folder), told.len());
    assert_coherent(&told);
    let appointments = of_type(&told, "Appointment");
    let statuses: Vec<_> = appointments.iter().map(|one| one["status"].as_str().unwrap()).collect();
    let expected = ["fulfilled", "checked-in", "cancelled", "checked-in", "cancelled", "booked"];
    assert_eq!(statuses, expected);
    assert!(appointments[5]["start"].as_str().unwrap().contains("T10:00"), "where it is now");
    let given = of_type(&told, "Immunization");
    let (number, lot) = (&given[0]["identifier"][0]["value"], &given[0]["lotNumber"]);
    assert_eq!((number.as_str(), lot.as_str()), (Some("0300000001"), Some("3004217")));
    assert_eq!(given.len(), 1, "{given:?}");
}

/// The value by which an appointment's person is told.
fn patient(appointment: &Value) -> &str {
    appointment["participant"][0]["actor"]["identifier"]["value"].as_str().unwrap()
}

/// With their names only when it is asked for, and one site's day alone.
fn who_is_named_and_what_was_asked_for(rushed: &Rushed, told: &[Value]) {
    let (named, said) = export(&rushed.program, "named", &["--identified"]);
    assert!(said.contains("contain ARC and Taiwan ID numbers and names"), "{said}");
    let named = (exported(&named), files(&named));
    assert_valid(&named.1, told.len());
    let ids: BTreeSet<String> =
        (0..PEOPLE).map(|nth| practice_people::card(nth).id.expose().to_owned()).collect();
    for appointment in of_type(&named.0, "Appointment") {
        assert!(ids.contains(patient(appointment)), "{appointment}");
        assert!(appointment["participant"][0]["actor"]["display"].is_string());
    }
    let appointments = of_type(told, "Appointment");
    let place = |one: &Value| one["participant"][1]["actor"]["reference"].clone();
    let day = &appointments[0]["start"].as_str().unwrap()[..10];
    let site = place(appointments[0]);
    let number = site.as_str().unwrap().strip_prefix("Location/site-").unwrap();
    let (part, _) = export(&rushed.program, "part", &["--site", number, "--date", day]);
    let part = exported(&part);
    let here = |one: &&Value| one["start"].as_str().unwrap().starts_with(day) && place(one) == site;
    let expected: Vec<Value> = appointments.into_iter().filter(here).cloned().collect();
    assert!(expected.len() < told.len() - 4, "others are at other sites or on other days");
    assert_eq!(of_type(&part, "Location").len(), 1);
    let part: Vec<Value> = of_type(&part, "Appointment").into_iter().cloned().collect();
    assert_eq!(part, expected);
}

/// No file is overwritten, no site made up, and each export is in the trail.
fn refused_and_told(rushed: &Rushed, there: &Path) {
    let out = there.to_str().unwrap();
    let run = |more: &[&str]| {
        let arguments = ["admin", "export", "fhir", "--language", "en", "--out"];
        rushed.program.run(&[&arguments[..], more].concat())
    };
    let over = run(&[out]);
    assert_eq!(over.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&over.stderr).contains("does not replace"), "{over:?}");
    let nowhere = run(&[&format!("{out}-nowhere"), "--site", "99"]);
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("no site 99"), "{nowhere:?}");
    let trail = rushed.program.succeed(&["admin", "audit", "show", "--action", "export"]);
    assert_eq!(trail.lines().count(), 4, "{trail}");
    for part in ["all sites, all days, pseudonyms", "identity numbers and names", ", 20"] {
        assert!(trail.contains(part), "{part}: {trail}");
    }
    rushed.program.succeed(&["admin", "audit", "verify"]);
}

fn record(sequence: u32, attendance: Attendance, patient: Patient) -> Record {
    let slot = town::round(1).slots.remove(0);
    Record {
        number: BookingNumber::new(town::round_number(), sequence).unwrap(),
        patient,
        site: SiteId(1),
        starts: slot.starts,
        ends: slot.ends,
        brand: Brand::AstraZeneca,
        attendance,
    }
}

/// Every state of a day, with people by pseudonym and by name.
#[test]
fn what_became_of_a_booking_holds_before_others() {
    let (at, desk) = (town::civil(16, 9), || "desk 2".to_owned());
    let states = [
        Attendance::Expected,
        Attendance::CheckedIn { at, desk: desk() },
        Attendance::Vaccinated { at, lot: "3004217".into(), desk: desk() },
        Attendance::Left { at, desk: desk() },
        Attendance::Absent,
        Attendance::Moved,
        Attendance::Cancelled,
    ];
    let naming = Naming::new(None);
    let pseudonym = || Patient::Pseudonym("00112233445566778899aabbccddeeff".into());
    let named = || Patient::Identified { id: town::id(1), name: town::card(1).name };
    let records: Vec<Record> = states
        .iter()
        .flat_map(|state| [(state.clone(), pseudonym()), (state.clone(), named())])
        .zip(1..)
        .map(|((state, patient), sequence)| record(sequence, state, patient))
        .collect();
    let folder = Folder::new("states");
    let sites = town::round(1).sites;
    let texts = [
        ndjson(sites.iter().map(|site| location(site, &naming, Vec::new()))),
        ndjson(records.iter().filter_map(|record| record.appointment(&naming))),
        ndjson(records.iter().filter_map(|record| record.immunization(&naming))),
    ];
    let kept: Vec<PathBuf> =
        EXPORTED.iter().zip(&texts).map(|(name, text)| folder.write(name, text)).collect();
    let resources = exported(&folder.0);
    assert_eq!(of_type(&resources, "Appointment").len(), 12, "none of who moved");
    assert_eq!(of_type(&resources, "Immunization").len(), 2);
    assert_valid(&kept, resources.len());
    assert_coherent(&resources);
}

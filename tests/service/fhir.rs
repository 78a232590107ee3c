//! What is told to programs of others in FHIR, as they find it: the publication of a service that
//! runs, and the files of the export, on both databases, before two validators that others wrote.

use crate::databases::{Fresh, Kind};
use crate::plainly;
use crate::program::Program;
use crate::running::{Running, generous, start_with};
use crate::town;
use jiff::{SignedDuration, Timestamp};
use rstest::rstest;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use vaxkiosk::api::paths;
use vaxkiosk::commands::practice_people;
use vaxkiosk::domain::attendance::Attendance;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::site::SiteId;
use vaxkiosk::server::catalog::RENEWED_AFTER;
use vaxkiosk::server::fhir::publication::location;
use vaxkiosk::server::fhir::records::{Patient, Record};
use vaxkiosk::server::fhir::resources::ndjson;
use vaxkiosk::server::fhir::vocabulary::Naming;

struct Answer {
    status: u16,
    head: String,
    body: String,
}

/// A read by a stranger, or with what `more` says.
async fn get(base: &str, path: &str, more: &str) -> Answer {
    let mut stream =
        tokio::net::TcpStream::connect(base.trim_start_matches("http://")).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{more}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    Answer { status: head[9..12].parse().unwrap(), head: head.into(), body: body.into() }
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// The resources of a text, one a line.
fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What the two validators say of these files: whether they take all, and their words.
fn validators(files: &[PathBuf]) -> (bool, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = folder.join("target/fhir-validators/bin/python");
    assert!(python.exists(), "the validators of FHIR are not installed: run .ci/packages tests");
    let mut command = Command::new(python);
    let done = command.arg(folder.join("tests/fhir/validate.py")).args(files).output().unwrap();
    let said = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
    (done.status.success(), said)
}

/// That both take every line, and how many lines there are.
fn assert_valid(files: &[PathBuf], count: usize) {
    let (is_valid, said) = validators(files);
    assert!(is_valid, "{said}");
    assert_eq!(said, format!("checked {count}\n"));
}

/// A folder of this test alone. It goes with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("fhir-{name}-{}", std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What no validator looks at: ids are legal and each there once, what is referred to is there, and
/// what begins also ends.
fn assert_coherent(resources: &[Value]) {
    let mut names = BTreeSet::new();
    for resource in resources {
        let id = resource["id"].as_str().unwrap();
        let is_legal = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        assert!((1..=64).contains(&id.len()) && id.chars().all(is_legal), "{id}");
        let name = format!("{}/{id}", resource["resourceType"].as_str().unwrap());
        assert!(names.insert(name), "{resource} is there twice");
        if let (Some(start), Some(end)) = (resource["start"].as_str(), resource["end"].as_str()) {
            let instant = |text: &str| text.parse::<Timestamp>().unwrap();
            assert!(instant(start) < instant(end), "{resource}");
            assert!(start.ends_with("+08:00") && end.ends_with("+08:00"), "{resource}");
        }
    }
    for resource in resources {
        for reference in references(resource) {
            assert!(names.contains(&reference), "{reference} is nowhere: {resource}");
        }
    }
}

fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| match value.as_str() {
                Some(reference) if name == "reference" => vec![reference.to_owned()],
                _ => references(value),
            })
            .collect(),
        Value::Array(values) => values.iter().flat_map(references).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn capacity(slot: &Value) -> u64 {
    let of = |extension: &&Value| extension["url"].as_str().unwrap().ends_with("slot-capacity");
    slot["extension"].as_array().unwrap().iter().find(of).unwrap()["valueInteger"].as_u64().unwrap()
}

fn seats_with(slots: &[Value], status: &str) -> u64 {
    slots.iter().filter(|slot| slot["status"] == status).map(capacity).sum()
}

/// Free seats as kiosks are told them.
async fn free(base: &str, token: &str) -> u64 {
    let token = format!("{}: {token}\r\n", paths::DEVICE_HEADER);
    let seats = get(base, paths::SEATS, &token).await.json();
    seats["districts"].as_array().unwrap().iter().map(|one| one["free"].as_u64().unwrap()).sum()
}

const BASE: &str = "https://booking.example";

/// A service of the built program with a practice round in which a crowd has booked.
struct Rushed {
    program: Program,
    database: Fresh,
    token: String,
}

const PEOPLE: u32 = 120;

impl Rushed {
    fn new(kind: Kind, settings: &str) -> Self {
        let database = kind.fresh();
        let program = Program::new(&database);
        let text = std::fs::read_to_string(&program.config).unwrap();
        std::fs::write(&program.config, format!("{text}{settings}")).unwrap();
        let people = PEOPLE.to_string();
        let practice = ["admin", "practice", "--people", &people, "--kiosks", "4", "--sites", "3"];
        program.succeed(&[&practice[..], &["--seats", "2"]].concat());
        let add = "admin device add watcher --channel pharmacy --institution 1 --language en";
        let told = program.succeed(&add.split(' ').collect::<Vec<_>>());
        let token = told.trim().rsplit(' ').next().unwrap().to_owned();
        Self { program, database, token }
    }

    fn rush(&self) {
        let people = PEOPLE.to_string();
        let rush = ["rush", "--kiosks", "4", "--people", &people, "--think", "0", "--seconds", "2"];
        self.program.succeed(&rush);
    }

    /// An export into a new folder of this program's, and what is said.
    fn export(&self, name: &str, more: &[&str]) -> (PathBuf, String) {
        let out = self.program.folder.join(name);
        let arguments =
            ["admin", "export", "fhir", "--language", "en", "--out", out.to_str().unwrap()];
        let said = self.program.succeed(&[&arguments[..], more].concat());
        (out, said)
    }
}

const EXPORTED: [&str; 3] = ["Location.ndjson", "Appointment.ndjson", "Immunization.ndjson"];

fn exported(folder: &Path) -> Vec<Value> {
    let read = |name: &&str| std::fs::read_to_string(folder.join(name)).unwrap();
    EXPORTED.iter().map(read).flat_map(|text| lines(&text)).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    EXPORTED.iter().map(|name| folder.join(name)).collect()
}

fn of_type<'a>(resources: &'a [Value], kind: &str) -> Vec<&'a Value> {
    resources.iter().filter(|resource| resource["resourceType"] == kind).collect()
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_publication_of_a_service_and_its_export_hold_before_others(#[case] kind: Kind) {
    let page = "https://1922.gov.tw/";
    let settings = format!("[fhir]\nbase = \"{BASE}/\"\nbooking_url = \"{page}\"\n");
    let rushed = Rushed::new(kind, &settings);
    let server = rushed.program.serve();
    rushed.rush();
    let base = rushed.program.url();
    let manifest = get(&base, paths::FHIR_PUBLICATION, "").await;
    assert_eq!((manifest.status, manifest.header("content-type")), (200, Some("application/json")));
    let manifest = manifest.json();
    assert_eq!(manifest["request"], format!("{BASE}/fhir/$bulk-publish"));
    manifest["transactionTime"].as_str().unwrap().parse::<Timestamp>().unwrap();
    let (mut resources, mut kept) = (Vec::new(), Vec::new());
    let folder = Folder::new(&format!("published-{}", rushed.program.port));
    for output in manifest["output"].as_array().unwrap() {
        let path = output["url"].as_str().unwrap().strip_prefix(BASE).unwrap();
        let file = get(&base, path, "").await;
        assert_eq!(file.header("content-type"), Some("application/fhir+ndjson"));
        let read = lines(&file.body);
        assert!(!read.is_empty() && read.iter().all(|one| one["resourceType"] == output["type"]));
        kept.push(folder.write(path.rsplit('/').next().unwrap(), &file.body));
        resources.extend(read);
    }
    assert_valid(&kept, resources.len());
    assert_coherent(&resources);
    let slots: Vec<Value> = of_type(&resources, "Slot").into_iter().cloned().collect();
    assert_eq!((slots.len(), of_type(&resources, "Location").len()), (96, 3));
    let booked =
        plainly::ask(&rushed.database, "SELECT COUNT(*) FROM bookings WHERE cancelled IS NULL");
    let booked = u64::try_from(booked.await).unwrap();
    assert!(booked > 0);
    let free = free(&base, &rushed.token).await;
    assert_eq!(seats_with(&slots, "free"), free);
    assert_eq!(free, 96 * 2 - booked);
    assert!(slots.iter().all(|slot| slot["extension"][2]["valueUrl"] == page));
    let (status, _) = server.terminate();
    assert!(status.success());
    exports_hold(&rushed, booked as usize).await;
}

async fn exports_hold(rushed: &Rushed, booked: usize) {
    let first = "UPDATE bookings SET cancelled = made WHERE number = \
        (SELECT MIN(number) FROM bookings)";
    plainly::run(&rushed.database, first).await;
    let (all, said) = rushed.export("all", &[]);
    assert!(said.contains("no ID numbers or names"), "{said}");
    let told = exported(&all);
    assert_valid(&files(&all), told.len());
    assert_coherent(&told);
    let appointments = of_type(&told, "Appointment");
    assert_eq!((appointments.len(), of_type(&told, "Immunization").len()), (booked, 0));
    let with = |status: &str| appointments.iter().filter(|one| one["status"] == status).count();
    assert_eq!((with("booked"), with("cancelled")), (booked - 1, 1));
    let patient = |one: &Value| one["participant"][0]["actor"]["identifier"]["value"].clone();
    let people: BTreeSet<String> =
        appointments.iter().map(|one| patient(one).as_str().unwrap().to_owned()).collect();
    assert_eq!(people.len(), booked, "each person has a pseudonym of their own");
    let (again, _) = rushed.export("again", &[]);
    assert_eq!(exported(&again), told, "and the same each time");
    let text = told.iter().map(Value::to_string).collect::<String>();
    for nth in 0..PEOPLE {
        let card = practice_people::card(nth);
        for secret in [card.id.expose(), card.number.expose(), card.name.expose()] {
            assert!(!text.contains(secret), "{secret}");
        }
    }
    let (named, said) = rushed.export("named", &["--identified"]);
    assert!(said.contains("contain ID numbers and names"), "{said}");
    let named = (exported(&named), files(&named));
    assert_valid(&named.1, told.len());
    let ids: BTreeSet<String> =
        (0..PEOPLE).map(|nth| practice_people::card(nth).id.expose().to_owned()).collect();
    for appointment in of_type(&named.0, "Appointment") {
        assert!(ids.contains(patient(appointment).as_str().unwrap()), "{appointment}");
        assert!(appointment["participant"][0]["actor"]["display"].is_string());
    }
    let day = &appointments[0]["start"].as_str().unwrap()[..10];
    let (part, _) = rushed.export("part", &["--site", "1", "--date", day]);
    let part = exported(&part);
    let here = |one: &&Value| {
        one["start"].as_str().unwrap().starts_with(day)
            && one["participant"][1]["actor"]["reference"] == "Location/site-1"
    };
    let expected: Vec<Value> = appointments.into_iter().filter(|one| here(one)).cloned().collect();
    assert_eq!(of_type(&part, "Location").len(), 1);
    let part: Vec<Value> = of_type(&part, "Appointment").into_iter().cloned().collect();
    assert_eq!(part, expected);
    refused_and_told(rushed, &all);
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
    for part in ["all sites, all days, pseudonyms", "identity numbers and names", "site 1, 20"] {
        assert!(trail.contains(part), "{part}: {trail}");
    }
    rushed.program.succeed(&["admin", "audit", "verify"]);
}

/// Without its public URL a service has nothing at these paths.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_published_unless_the_settings_say_so() {
    let rushed = Rushed::new(Kind::Sqlite, "");
    let _server = rushed.program.serve();
    for path in
        [paths::FHIR_PUBLICATION, paths::FHIR_LOCATIONS, paths::FHIR_SCHEDULES, paths::FHIR_SLOTS]
    {
        let answer = get(&rushed.program.url(), path, "").await;
        let kind = answer.header("content-type").unwrap_or_default();
        assert_eq!((answer.status, kind), (404, "application/problem+json"), "{path}");
        assert_eq!(answer.json()["code"], "not-found");
    }
}

async fn slots(running: &Running) -> Vec<Value> {
    let answer = get(&running.base, paths::FHIR_SLOTS, "").await;
    assert_eq!(answer.status, 200, "{}", answer.head);
    lines(&answer.body)
}

/// Seats that are free, and seats that are busy.
async fn told(running: &Running) -> (u64, u64) {
    let slots = slots(running).await;
    (seats_with(&slots, "free"), seats_with(&slots, "busy"))
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seat_is_free_only_while_it_can_be_booked(#[case] kind: Kind) {
    let second = SignedDuration::from_secs(1);
    let running = start_with(kind, 3, 1, town::open() - second, generous()).await;
    let clock = |at: Timestamp| *running.time.lock().unwrap() = at;
    assert_eq!(told(&running).await, (0, 2001), "the round opens in a second");
    clock(town::open());
    assert_eq!(told(&running).await, (2001, 0), "and it is open, to the second");
    assert_eq!(told(&running).await.0, free(&running.base, town::TOKEN).await);
    // The one seat of slot 1 goes. Until the publication is made anew it tells what was.
    running.book_given(1, 1, Language::En).await;
    running.book_given(2, 2, Language::En).await;
    clock(town::open() + RENEWED_AFTER - second);
    assert_eq!(told(&running).await, (2001, 0));
    clock(town::open() + RENEWED_AFTER);
    assert_eq!(told(&running).await, (1999, 1), "slot 1 is full, slot 2 has a seat less");
    assert_eq!(told(&running).await.0, free(&running.base, town::TOKEN).await);
    // A clock that is set back does not keep the last one.
    clock(town::open() - second);
    assert_eq!(told(&running).await, (0, 2001));
    clock(town::civil(15, 17) - second);
    assert_eq!(told(&running).await, (1999, 1));
    clock(town::civil(15, 17));
    assert_eq!(told(&running).await, (0, 2001), "closed");
    clock(town::civil(16, 9) - second);
    assert_eq!(told(&running).await, (0, 2001));
    clock(town::civil(16, 9));
    assert_eq!(told(&running).await, (0, 0), "all have begun");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_known_is_not_sent_again() {
    let running = start_with(Kind::Sqlite, 1, 5, town::open(), generous()).await;
    let mut tags = BTreeMap::new();
    for path in
        [paths::FHIR_PUBLICATION, paths::FHIR_LOCATIONS, paths::FHIR_SCHEDULES, paths::FHIR_SLOTS]
    {
        let first = get(&running.base, path, "").await;
        assert_eq!((first.status, first.body.is_empty()), (200, false));
        assert_eq!(first.header("cache-control"), Some("public, max-age=60"));
        let tag = first.header("etag").unwrap().to_owned();
        let again = get(&running.base, path, &format!("if-none-match: {tag}\r\n")).await;
        assert_eq!((again.status, again.body.as_str()), (304, ""));
        assert_eq!(again.header("cache-control"), Some("public, max-age=60"));
        assert_eq!(again.header("etag"), Some(tag.as_str()));
        tags.insert(path, tag);
    }
    // Others ask for what has changed since some moment; the whole is an answer to that too.
    let since = format!("{}?_since=2027-01-01T00:00:00Z", paths::FHIR_PUBLICATION);
    assert_eq!(get(&running.base, &since, "accept: application/json\r\n").await.status, 200);
    // A new publication of the same seats has the same files.
    *running.time.lock().unwrap() = town::open() + RENEWED_AFTER;
    for (path, tag) in tags {
        let later = get(&running.base, path, &format!("if-none-match: {tag}\r\n")).await;
        let is_same = later.status == 304;
        assert_eq!(is_same, path != paths::FHIR_PUBLICATION, "{path}");
    }
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

/// A validator that takes everything would hold nothing.
#[rstest]
#[case("\"free\"", "\"full\"", "schema: $.status")]
#[case("\"slot-1\"", "\"slot_1\"", "schema: $.id")]
#[case("09:00:00+08:00", "09:00:00", "fhir.resources: ('start',)")]
#[case("\"valueInteger\":4", "\"valueInteger\":4,\"valueString\":\"4\"", "fhir.resources: ('ext")]
#[case("\"valueInteger\":4", "\"valueInteger\":\"4\"", "schema: $.extension[0].valueInteger")]
#[case("\"schedule\"", "\"schedul\"", "fhir.resources:")]
fn each_validator_sees_what_is_wrong(#[case] right: &str, #[case] wrong: &str, #[case] by: &str) {
    const SLOT: &str = "{\"resourceType\":\"Slot\",\"id\":\"slot-1\",\"extension\":[{\"url\":\
        \"http://a/b\",\"valueInteger\":4}],\"schedule\":{\"reference\":\"Schedule/1\"},\
        \"status\":\"free\",\"start\":\"2027-07-16T09:00:00+08:00\",\
        \"end\":\"2027-07-16T10:00:00+08:00\"}\n";
    let name = format!("wrong-{}", wrong.len() + by.len() * 100);
    let folder = Folder::new(&name);
    assert_valid(&[folder.write("right.ndjson", SLOT)], 1);
    let (is_valid, said) = validators(&[folder.write("wrong.ndjson", SLOT.replace(right, wrong))]);
    assert!(!is_valid && said.contains(by), "{said}");
}

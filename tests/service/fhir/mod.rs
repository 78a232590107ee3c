//! What is told to programs of others in FHIR, as they find it: a service that runs, its files, and
//! two validators that others wrote.

mod export;
mod publication;

use crate::databases::{Fresh, Kind};
use crate::program::Program;
use jiff::Timestamp;
use rstest::rstest;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

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

fn of_type<'a>(resources: &'a [Value], kind: &str) -> Vec<&'a Value> {
    resources.iter().filter(|resource| resource["resourceType"] == kind).collect()
}

/// A service of the built program with a practice round in which a crowd has booked.
struct Rushed {
    program: Program,
    database: Fresh,
    /// Of a kiosk that the service knows.
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

//! `vaxkiosk admin keys` as whoever runs a service gives it: new keys, and those of before.

use crate::databases::{Fresh, Kind};
use crate::practice::{book, kiosk};
use crate::program::{Program, vaxkiosk};
use rstest::rstest;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use tokio::runtime::Runtime;
use vaxkiosk::commands::practice_people::card;
use vaxkiosk::config::keys::KeysFile;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::site::SiteId;
use vaxkiosk::receipt::claims::Claims;
use vaxkiosk::receipt::signing::ReceiptSigner;
use vaxkiosk::server::store::database::Address;

fn network() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Status and what was said on standard error.
fn refused(program: &Program, arguments: &[&str]) -> (Option<i32>, String) {
    let done = program.run(arguments);
    assert!(!done.status.success(), "{arguments:?}");
    (done.status.code(), String::from_utf8(done.stderr).unwrap())
}

fn keys(program: &Program) -> KeysFile {
    let path = program.folder.join("keys.toml");
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    KeysFile::read(&path, &std::fs::read_to_string(&path).unwrap()).unwrap()
}

fn practised(fresh: &Fresh) -> Program {
    let program = Program::new(fresh);
    let size = ["--people", "2000", "--kiosks", "1", "--sites", "4", "--seats", "1000"];
    program.succeed(&[&["admin", "practice"], size.as_slice()].concat());
    program
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn a_service_gets_a_new_root_and_the_old_one_is_forgotten(#[case] kind: Kind) {
    const ROTATE: [&str; 4] = ["admin", "keys", "rotate", "root"];
    let fresh = kind.fresh();
    let (program, network) = (practised(&fresh), network());
    // A file as it was before keys had numbers.
    let made = keys(&program);
    let (root, receipts) = (made.roots.newest().1, made.receipts.newest().1);
    let hex = |secret: &[u8]| secret.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let text = format!("root = \"{}\"\nreceipts = \"{}\"\n", hex(root), hex(receipts));
    std::fs::write(program.folder.join("keys.toml"), text).unwrap();

    // Devices keep their tokens, so the kiosk of before is the kiosk of after.
    let there = kiosk(&program, program.url());
    let server = program.serve();
    let first = network.block_on(book(&there, 7)).unwrap();
    let (status, said) = refused(&program, &ROTATE);
    assert!(status == Some(2) && said.contains("root"), "{said}");
    assert_eq!(keys(&program).roots.newest().0, 1, "nothing was changed");
    assert_eq!(network.block_on(book(&there, 7)), Ok(first), "the service goes on");
    server.kill();

    program.succeed(&[&ROTATE[..], &["--file-only"]].concat());
    assert_eq!(keys(&program).roots.newest().0, 2);
    let (status, said) = refused(&program, &["serve"]);
    assert!(status == Some(2) && said.contains("admin keys rotate root"), "{said}");
    program.succeed(&ROTATE);
    assert_eq!(keys(&program).roots.newest().0, 2, "the one that was there is taken");

    let server = program.serve();
    assert_eq!(network.block_on(book(&there, 7)), Ok(first));
    network.block_on(book(&there, 8)).unwrap();
    program.succeed(&["admin", "audit", "verify"]);
    let shown = program.succeed(&["admin", "audit", "show", "--id", card(7).id.expose()]);
    assert_eq!(shown.matches("\tbook\t").count(), 1, "{shown}");
    let forget = |number| ["admin", "keys", "forget", "root", number];
    assert_eq!(refused(&program, &forget("2")).0, Some(1), "it is in use");
    assert_eq!(refused(&program, &forget("3")).0, Some(1), "there is none");
    program.succeed(&forget("1"));
    assert!(keys(&program).roots.get(1).is_none());
    drop(server);
    let server = program.serve();
    assert_eq!(network.block_on(book(&there, 7)), Ok(first));
    program.succeed(&["admin", "audit", "verify"]);
    drop(server);
    program.succeed(&ROTATE);
    assert_eq!(keys(&program).roots.newest().0, 3, "a number is not given twice");
}

#[test]
fn a_backup_of_an_earlier_key_is_put_back_and_brought_to_the_newest() {
    let fresh = Kind::Sqlite.fresh();
    let program = practised(&fresh);
    let Address::Sqlite(database) = &fresh.address else { unreachable!() };
    let copy = program.folder.join("copy.db");
    program.succeed(&["admin", "backup", copy.to_str().unwrap()]);
    program.succeed(&["admin", "keys", "rotate", "root"]);
    program.succeed(&["admin", "audit", "verify"]);
    std::fs::remove_file(database).unwrap();
    program.succeed(&["admin", "restore", copy.to_str().unwrap()]);
    assert_eq!(refused(&program, &["admin", "audit", "verify"]).0, Some(2));
    let (status, said) = refused(&program, &["admin", "keys", "forget", "root", "1"]);
    assert!(status == Some(2) && said.contains("rotate root"), "the database needs it: {said}");
    program.succeed(&["admin", "keys", "rotate", "root"]);
    assert_eq!(keys(&program).roots.newest().0, 2);
    program.succeed(&["admin", "audit", "verify"]);
}

#[test]
fn receipts_of_the_old_key_and_of_the_new_are_verified() {
    let fresh = Kind::Sqlite.fresh();
    let program = Program::new(&fresh);
    let printed = program.succeed(&["admin", "keys", "rotate", "receipts", "--language", "en"]);
    let listed = program.succeed(&["admin", "keys", "public", "--language", "en"]);
    let keys = keys(&program);
    let mut files = Vec::new();
    let mut texts = Vec::new();
    for number in [1, 2] {
        let secret = keys.receipts.get(number).unwrap();
        let signer = ReceiptSigner::from_secret(secret);
        let public: String = signer.public_key().iter().map(|b| format!("{b:02x}")).collect();
        let secret: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(listed.contains(&format!("receipts {number}")) && listed.contains(&public));
        assert_eq!(printed.contains(&public), number == 2, "the new one is told");
        assert!(!listed.contains(&secret) && !printed.contains(&secret));
        let file = program.folder.join(format!("receipts-{number}.txt"));
        std::fs::write(&file, public).unwrap();
        files.push(file);
        let claims = Claims {
            booking: BookingNumber::parse("0200014637").unwrap(),
            site: SiteId(4711),
            slot: jiff::civil::date(2027, 7, 16).at(10, 0, 0, 0),
            issued: jiff::Timestamp::from_second(1_815_000_000).unwrap(),
        };
        texts.push(signer.sign(claims).unwrap());
    }
    let verify = |text: &str, with: &[usize]| {
        let mut command = vaxkiosk();
        command.args(["verify", text]);
        command.args(with.iter().flat_map(|at| ["--key", files[*at].to_str().unwrap()]));
        command.output().unwrap().status.code()
    };
    for at in [0, 1] {
        assert_eq!(verify(&texts[at], &[0, 1]), Some(0), "with both");
        assert_eq!(verify(&texts[at], &[at]), Some(0), "with its own");
        assert_eq!(verify(&texts[at], &[1 - at]), Some(1), "with the other");
        assert_eq!(verify(&texts[at], &[]), Some(1), "with the training's");
    }
    program.succeed(&["admin", "keys", "forget", "receipts", "1"]);
    let listed = program.succeed(&["admin", "keys", "public", "--language", "en"]);
    assert!(listed.contains("receipts 2") && !listed.contains("receipts 1"), "{listed}");
    assert_eq!(refused(&program, &["admin", "keys", "forget", "receipts", "2"]).0, Some(1));
}

#[test]
fn who_stops_reading_ends_a_command_without_an_alarm() {
    let program = Program::new(&Kind::Sqlite.fresh());
    let mut command = program.command(&["admin", "keys", "token"]);
    let mut running =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    // As `head -0` does, long before the program has read its settings.
    drop(running.stdout.take());
    let done = running.wait_with_output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success() && said.is_empty(), "{:?} {said}", done.status);
}

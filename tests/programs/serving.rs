//! `vaxkiosk serve` and `vaxkiosk admin` as who runs a service meets them: start, stop, mistakes,
//! the log.

use crate::databases::Kind;
use crate::program::{Program, Server, vaxkiosk};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixDatagram;
use std::process::Output;
use std::time::Duration;

fn text(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

#[test]
fn systemd_is_told_when_it_is_ready_and_when_it_stops() {
    let random = Kind::Sqlite.fresh();
    let program = Program::new(&random);
    let path = program.folder.join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let told = || {
        let mut buffer = [0; 200];
        let length = socket.recv(&mut buffer).unwrap();
        String::from_utf8(buffer[..length].to_vec()).unwrap()
    };
    let mut command = program.command(&["serve"]);
    command.env("NOTIFY_SOCKET", &path);
    let server = Server::start(command);
    assert!(told().contains("READY=1"));
    let (status, log) = server.terminate();
    assert!(status.success());
    assert!(told().contains("STOPPING=1"));
    assert!(log.iter().any(|line| line.contains("stopped")), "{log:?}");
}

#[test]
fn the_log_is_json_and_of_no_person() {
    let random = Kind::Sqlite.fresh();
    let program = Program::new(&random);
    program.succeed(&["admin", "practice", "--people", "300", "--kiosks", "4", "--sites", "2"]);
    let server = program.serve();
    program.succeed(&[
        "rush",
        "--kiosks",
        "4",
        "--people",
        "300",
        "--think",
        "0",
        "--seconds",
        "3",
    ]);
    let (status, log) = server.terminate();
    assert!(status.success() && log.len() >= 3);
    let people: Vec<_> = (0..300).map(vaxkiosk::commands::practice_people::card).collect();
    for line in log {
        let event: Value = serde_json::from_str(&line).expect("a line is a JSON document");
        assert!(event["timestamp"].is_string() && event["level"].is_string(), "{line}");
        for card in &people {
            assert!(!line.contains(card.id.expose()) && !line.contains(card.number.expose()));
        }
    }
}

#[test]
fn a_rush_of_unknown_kiosks_fails() {
    let random = Kind::Sqlite.fresh();
    let program = Program::new(&random);
    program.succeed(&["admin", "practice", "--people", "50", "--kiosks", "2", "--sites", "1"]);
    let server = program.serve();
    let done = program.run(&[
        "rush",
        "--json",
        "--kiosks",
        "3",
        "--people",
        "50",
        "--seconds",
        "2",
        "--think",
        "0",
    ]);
    assert_eq!(done.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(report["errors"], 1, "the third kiosk is not known: {report}");
    assert!(report["first_errors"][0].as_str().unwrap().contains("UnknownDevice"));
    drop(server);
}

#[test]
fn each_mistake_in_the_settings_is_said_with_its_place() {
    let random = Kind::Sqlite.fresh();
    let program = Program::new(&random);
    let right = std::fs::read_to_string(&program.config).unwrap();
    for (from, to, said) in [
        ("listen", "lissen", "lissen"),
        ("127.0.0.1:", "0.0.0.0:", "tls"),
        ("sqlite:", "oracle:", "postgres://"),
        ("= 10000", "= 0", ":5"),
    ] {
        std::fs::write(&program.config, right.replacen(from, to, 1)).unwrap();
        let done = program.run(&["serve"]);
        assert!(!done.status.success(), "{to}");
        assert!(text(&done).contains(said), "{to}: {}", text(&done));
    }
    std::fs::write(&program.config, &right).unwrap();
    let keys = program.folder.join("keys.toml");
    assert_eq!(std::fs::metadata(&keys).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::set_permissions(&keys, PermissionsExt::from_mode(0o644)).unwrap();
    let readable = program.run(&["serve"]);
    assert!(
        !readable.status.success() && text(&readable).contains("keys.toml"),
        "{}",
        text(&readable)
    );
    std::fs::set_permissions(&keys, PermissionsExt::from_mode(0o600)).unwrap();
    let key = program.folder.join("tls-key.pem");
    std::fs::write(&key, "").unwrap();
    std::fs::set_permissions(&key, PermissionsExt::from_mode(0o644)).unwrap();
    let tls = format!("{right}[tls]\ncertificate = \"none.pem\"\nkey = \"{}\"\n", key.display());
    std::fs::write(&program.config, tls).unwrap();
    let readable = program.run(&["serve"]);
    assert!(text(&readable).contains("tls-key.pem"), "{}", text(&readable));
    let again = program.run(&["admin", "keys"]);
    assert!(!again.status.success(), "keys are never written over");
}

#[test]
fn the_printed_token_is_the_one_that_the_audit_asks_for() {
    let random = Kind::Sqlite.fresh();
    let program = Program::new(&random);
    // The audit counts a round's bookings, and answers 503 where there is none.
    program.succeed(&["admin", "practice", "--people", "5", "--kiosks", "1"]);
    let printed = program.succeed(&["admin", "keys", "token", "--language", "en"]);
    let token = printed.trim_end().rsplit(' ').next().unwrap();
    let server = program.serve();
    let status = |token: &str| {
        let mut stream = TcpStream::connect(("127.0.0.1", program.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let request = format!(
            "POST /v1/admin/audit HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Authorization: Bearer {token}\r\nContent-Type: application/json\r\n\
             Content-Length: 14\r\n\r\n{{\"numbers\":[]}}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    };
    assert_eq!(status(token), "200");
    assert_eq!(status(&"0".repeat(64)), "403");
    assert!(server.terminate().0.success());
}

#[test]
fn keys_come_from_the_folder_of_credentials() {
    let random = Kind::Sqlite.fresh();
    let program = Program::new(&random);
    let right = std::fs::read_to_string(&program.config).unwrap();
    let folder = program.folder.display().to_string();
    let named = right.replace(&format!("keys = \"{folder}/"), "keys = \"$CREDENTIALS_DIRECTORY/");
    assert_ne!(named, right);
    std::fs::write(&program.config, named).unwrap();
    let token = |credentials: Option<&str>| {
        let mut command = program.command(&["admin", "keys", "token"]);
        command.env_remove("CREDENTIALS_DIRECTORY");
        credentials.map(|folder| command.env("CREDENTIALS_DIRECTORY", folder));
        command.output().unwrap().status.success()
    };
    assert!(token(Some(&folder)));
    assert!(!token(Some("/nowhere")) && !token(None));
}

#[test]
fn a_port_in_use_and_a_missing_file_are_said() {
    let random = Kind::Sqlite.fresh();
    let program = Program::new(&random);
    let server = program.serve();
    let second = program.run(&["serve"]);
    assert!(
        !second.status.success() && text(&second).contains(&program.port.to_string()),
        "{}",
        text(&second)
    );
    drop(server);
    let missing = vaxkiosk().args(["serve", "--config", "nowhere.toml"]).output().unwrap();
    assert!(!missing.status.success() && text(&missing).contains("nowhere.toml"));
}

#[test]
fn a_programme_that_is_there_is_not_practised_on() {
    let random = Kind::Sqlite.fresh();
    let program = Program::new(&random);
    let practice = ["admin", "practice", "--people", "10", "--kiosks", "1", "--sites", "1"];
    program.succeed(&practice);
    assert!(!program.run(&practice).status.success());
}

#[test]
fn a_kiosk_is_added_listed_and_revoked() {
    let random = Kind::Sqlite.fresh();
    let program = Program::new(&random);
    program.succeed(&[
        "admin",
        "device",
        "add",
        "shop-17",
        "--channel",
        "convenience-store",
        "--institution",
        "1234567890",
    ]);
    let listed = program.succeed(&["admin", "device", "list"]);
    assert!(listed.contains("shop-17") && listed.contains("convenience-store"), "{listed}");
    let steering = ["admin", "device", "add", "x\u{1b}[2J", "--channel", "pharmacy"];
    program.succeed(&[steering.as_slice(), &["--institution", "1"]].concat());
    let listed = program.succeed(&["admin", "device", "list"]);
    assert!(listed.contains("x\u{fffd}[2J") && !listed.contains('\u{1b}'), "{listed}");
    program.succeed(&["admin", "device", "revoke", "shop-17"]);
    assert!(
        !program.run(&["admin", "device", "revoke", "shop-18"]).status.success(),
        "nobody of that name"
    );
    assert!(
        !program
            .run(&[
                "admin",
                "device",
                "add",
                "shop-17",
                "--channel",
                "pharmacy",
                "--institution",
                "1"
            ])
            .status
            .success(),
        "taken"
    );
}

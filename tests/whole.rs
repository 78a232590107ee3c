//! The whole of it: `vaxkiosk kiosk` and `vaxkiosk serve`, both from their files in `kiosk-config/`, a real PC/SC daemon, the virtual
//! reader, the virtual card, and a person who books.
#![cfg(all(feature = "kiosk", feature = "server", feature = "pcsc"))]
#![allow(clippy::disallowed_methods, reason = "a test that waits for a program measures time")]

mod daemon;
mod pty;

use daemon::{Daemon, inside};
use portable_pty::CommandBuilder;
use pty::Terminal;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use vaxkiosk::commands::crowd;

/// A folder in which the programs are started, as their files have it.
struct Place {
    folder: PathBuf,
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Place {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("whole-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let place = Self { folder };
        let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config");
        std::os::unix::fs::symlink(files, place.folder.join("kiosk-config")).unwrap();
        place
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vaxkiosk"));
        command.args(arguments).current_dir(&self.folder).env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let done = self.command(arguments).output().unwrap();
        assert!(done.status.success(), "{arguments:?} {}", String::from_utf8_lossy(&done.stderr));
        done
    }

    fn serve(&self) -> Ended {
        let command = self.command(&["serve"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let server = Ended(command.unwrap());
        let began = Instant::now();
        while std::net::TcpStream::connect("127.0.0.1:8443").is_err() {
            assert!(began.elapsed() < Duration::from_secs(30), "the service does not come up");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    fn insert(&self, nth: u32, manner: &str) -> Ended {
        let card = crowd::card(nth);
        let mut text = String::new();
        let born = card.born.0;
        writeln!(text, "number = \"{}\"\nname = \"{}\"", card.number.expose(), card.name.expose()).unwrap();
        writeln!(text, "id = \"{}\"\nborn = \"{born}\"\nsex = \"F\"", card.id.expose()).unwrap();
        writeln!(text, "issued = \"2021-01-01\"\nmanner = \"{manner}\"").unwrap();
        let file = self.folder.join(format!("card-{nth}-{manner}.toml"));
        std::fs::write(&file, text).unwrap();
        let mut command = self.command(&["card", "--virtual", file.to_str().unwrap()]);
        Ended(command.stdout(Stdio::null()).spawn().unwrap())
    }

    fn kiosk(&self) -> Terminal {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vaxkiosk"));
        command.args(["kiosk", "--config", "kiosk-config/convenience-store.toml"]);
        command.cwd(&self.folder);
        command.env("TERM", "xterm-256color");
        Terminal::run(command, 100, 32)
    }
}

#[test]
fn a_booking_with_a_real_daemon_from_the_files_of_the_repository() {
    inside("whole_booking");
}

#[test]
#[ignore = "it runs inside of the test before it"]
fn whole_booking() {
    let place = Place::new();
    place.run(&["admin", "keys"]);
    place.run(&["admin", "practice", "--people", "20", "--kiosks", "1", "--sites", "400", "--seats", "20"]);
    let add = ["admin", "device", "add", "shop-17", "--channel", "convenience-store", "--institution", "1234567890"];
    let told = String::from_utf8(place.run(&add).stdout).unwrap();
    let token = told.split(|c: char| !c.is_ascii_hexdigit()).find(|word| word.len() >= 32);
    std::fs::write(place.folder.join("vaxkiosk-device-token"), token.unwrap_or_else(|| panic!("{told}"))).unwrap();
    let daemon = Daemon::start();
    let server = place.serve();
    let doctor = String::from_utf8(place.run(&["doctor", "--language", "en"]).stdout).unwrap();
    assert!(doctor.contains("Virtual PCD") && !doctor.contains('✗'), "{doctor}");
    let mut kiosk = place.kiosk();
    kiosk.wait_for("請插入健保卡");
    assert!(!kiosk.text().contains("F1"), "no trainer's drawer here");
    // Cut while it is read: said so, and then put in once more.
    drop(place.insert(3, "cut-while-read"));
    kiosk.wait_for("請插入健保卡");
    let wrong = place.insert(3, "another-card");
    kiosk.wait_for("這不是健保卡");
    drop(wrong);
    kiosk.wait_for("請插入健保卡");
    let card = place.insert(3, "usual");
    for (text, keys) in [
        ("請選擇語言", "1"),
        ("隱私權公告", "1"),
        ("請選擇服務", "1"),
        ("簡訊要傳到", "1"),
        ("請選擇縣市", "\r"),
        ("的施打地點", "1"),
        ("請選擇日期與時段", "\r"),
        ("請確認預約資料", "1"),
        ("預約完成", "+"),
    ] {
        kiosk.wait_for(text);
        kiosk.keys(keys);
    }
    kiosk.wait_until("a QR", |kiosk| kiosk.read_qr().is_some());
    let receipt = kiosk.read_qr().unwrap();
    let text = kiosk.text();
    assert!(receipt.starts_with("VAX1:") && text.contains("9900"), "{text}");
    // The public key that this service's receipts are checked with, as `admin keys` told it.
    let pulled = Instant::now();
    drop(card);
    kiosk.wait_until("the attract screen", |kiosk| !kiosk.text().contains("預約完成"));
    println!("the card's end was seen after {:?}", pulled.elapsed());
    assert!(!kiosk.text().contains("練習3"), "nothing of the person stays");
    // The service goes away and comes back; the kiosk says so, and goes on.
    drop(server);
    let doctor = place.command(&["doctor"]).output().unwrap();
    assert_eq!(doctor.status.code(), Some(1), "{}", String::from_utf8_lossy(&doctor.stdout));
    let card = place.insert(4, "usual");
    for (text, keys) in [("請選擇語言", "1"), ("隱私權公告", "1")] {
        kiosk.wait_for(text);
        kiosk.keys(keys);
    }
    kiosk.wait_for("目前無法連線");
    let _server = place.serve();
    kiosk.wait_for("請選擇服務");
    drop(card);
    drop(daemon);
    kiosk.keys("\x03");
    std::thread::sleep(Duration::from_millis(300));
    assert!(kiosk.child.try_wait().unwrap().is_none(), "Ctrl-C is nothing here");
}

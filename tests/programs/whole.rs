//! The whole of it: `vaxkiosk kiosk` and `vaxkiosk serve`, both from their files in
//! `kiosk-config/`, a real PC/SC daemon, the virtual reader, the virtual card, a printer, the
//! machine's journal and watchdog, and people who book.
#![allow(clippy::disallowed_methods, reason = "a test that waits for a program measures time")]

use crate::daemon::{Daemon, inside};
use crate::loopback::{READY, decode, printer, read_code};
use crate::pty::Terminal;
use portable_pty::CommandBuilder;
use std::fmt::Write as _;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use vaxkiosk::commands::practice_people;
use vaxkiosk::receipt::signing::verify;

const JOURNAL: &str = "/run/systemd/journal/socket";

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
        let folder =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("whole-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let place = Self { folder };
        let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config");
        std::os::unix::fs::symlink(files, place.folder.join("kiosk-config")).unwrap();
        place
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vaxkiosk"));
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null());
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
        let card = practice_people::card(nth);
        let mut text = String::new();
        let born = card.born.0;
        writeln!(text, "number = \"{}\"\nname = \"{}\"", card.number.expose(), card.name.expose())
            .unwrap();
        writeln!(text, "id = \"{}\"\nborn = \"{born}\"\nsex = \"F\"", card.id.expose()).unwrap();
        writeln!(text, "issued = \"2021-01-01\"\nmanner = \"{manner}\"").unwrap();
        let file = self.folder.join(format!("card-{nth}-{manner}.toml"));
        std::fs::write(&file, text).unwrap();
        let mut command = self.command(&["card", "--virtual", file.to_str().unwrap()]);
        Ended(command.stdout(Stdio::null()).spawn().unwrap())
    }

    /// Started as systemd starts it.
    fn kiosk(&self, settings: &str) -> Terminal {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vaxkiosk"));
        command.args(["kiosk", "--config", settings]);
        command.cwd(&self.folder);
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env("JOURNAL_STREAM", "1:1");
        command.env("NOTIFY_SOCKET", self.folder.join("notify"));
        Terminal::run(command, 100, 32)
    }

    /// A service with a round, practice people and a device; the public key of its receipts.
    fn prepare(&self, channel: &str) -> [u8; 32] {
        let keys = String::from_utf8(self.run(&["admin", "keys"]).stdout).unwrap();
        self.run(&[
            "admin", "practice", "--people", "20", "--kiosks", "1", "--sites", "400", "--seats",
            "20",
        ]);
        let add = [
            "admin",
            "device",
            "add",
            "shop-17",
            "--channel",
            channel,
            "--institution",
            "1234567890",
        ];
        let told = String::from_utf8(self.run(&add).stdout).unwrap();
        std::fs::write(self.folder.join("vaxkiosk-device-token"), hexadecimal(&told)).unwrap();
        let key: Vec<u8> = hexadecimal(&keys).as_bytes().chunks(2).map(two_digits).collect();
        key.try_into().unwrap()
    }
}

fn hexadecimal(told: &str) -> &str {
    let mut words = told.split(|c: char| !c.is_ascii_hexdigit());
    words.rfind(|word| word.len() >= 32).unwrap_or_else(|| panic!("{told}"))
}

fn two_digits(digits: &[u8]) -> u8 {
    u8::from_str_radix(std::str::from_utf8(digits).unwrap(), 16).unwrap()
}

/// What a program sends to a socket of the machine, as text.
#[derive(Clone)]
struct Heard(Arc<Mutex<String>>);

impl Heard {
    fn at(path: &Path) -> Self {
        let socket = UnixDatagram::bind(path).unwrap();
        let heard = Self(Arc::default());
        let into = heard.clone();
        std::thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(count) = socket.recv(&mut bytes) {
                *into.0.lock().unwrap() += &(String::from_utf8_lossy(&bytes[..count]) + "\n");
            }
        });
        heard
    }

    fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }

    fn wait_for(&self, text: &str) {
        let began = Instant::now();
        while !self.text().contains(text) {
            assert!(
                began.elapsed() < Duration::from_secs(10),
                "waited for {text}, heard:\n{}",
                self.text()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// From the card to the receipt, with what the screens offer first.
fn book(kiosk: &mut Terminal) {
    for (text, keys) in [
        ("請選擇語言", "1"),
        ("隱私權公告", "1"),
        ("這個時段可以嗎", "5"),
        ("請選擇服務", "1"),
        ("簡訊要傳到", "1"),
        ("請選擇縣市", "\r"),
        ("的施打地點", "1"),
        ("請選擇日期", "\r"),
        ("請確認預約資料", "1"),
    ] {
        kiosk.wait_for(text);
        kiosk.keys(keys);
    }
    kiosk.wait_for("預約完成");
}

#[test]
fn a_booking_with_a_real_daemon_from_the_files_of_the_repository() {
    inside("whole::whole_booking");
}

#[test]
#[ignore = "it runs inside of the test before it"]
fn whole_booking() {
    let place = Place::new();
    let key = place.prepare("convenience-store");
    let (journal, machine) = (Heard::at(JOURNAL.as_ref()), Heard::at(&place.folder.join("notify")));
    let daemon = Daemon::start();
    let server = place.serve();
    let doctor = String::from_utf8(place.run(&["doctor", "--language", "en"]).stdout).unwrap();
    assert!(doctor.contains("Virtual PCD") && !doctor.contains('✗'), "{doctor}");
    let mut kiosk = place.kiosk("kiosk-config/convenience-store.toml");
    machine.wait_for("READY=1");
    machine.wait_for("WATCHDOG=1");
    kiosk.wait_for("請插入健保卡");
    assert!(!kiosk.text().contains("F1"), "no trainer's drawer here");
    // Cut while it is read: said so, and then put in once more.
    drop(place.insert(3, "cut-while-read"));
    kiosk.wait_for("請插入健保卡");
    let wrong = place.insert(3, "another-card");
    kiosk.wait_for("這不是健保卡");
    drop(wrong);
    kiosk.wait_for("請插入健保卡");
    for _ in 0..5 {
        let inserted = Instant::now();
        let card = place.insert(3, "usual");
        kiosk.wait_for("請選擇語言");
        println!("the first screen stood {:?} after the card went in", inserted.elapsed());
        drop(card);
        kiosk.wait_until("the session's end", |kiosk| !kiosk.text().contains("請選擇語言"));
    }
    let card = place.insert(3, "usual");
    book(&mut kiosk);
    kiosk.keys("+");
    kiosk.wait_until("a QR", |kiosk| kiosk.read_qr().is_some());
    let receipt = kiosk.read_qr().unwrap();
    let text = kiosk.text();
    assert!(verify(&receipt, &key).is_ok() && text.contains("9900"), "{text}");
    let pulled = Instant::now();
    drop(card);
    // The code stays for those who pull first and photograph then; a press ends it.
    kiosk.wait_until("the card's end", |kiosk| kiosk.text().contains("秒後清除畫面"));
    println!("the card's end was seen after {:?}", pulled.elapsed());
    kiosk.keys("1");
    kiosk.wait_until("the attract screen", |kiosk| !kiosk.text().contains("預約完成"));
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
    kiosk.wait_for("這個時段可以嗎");
    drop(card);
    drop(daemon);
    kiosk.keys("\x03");
    std::thread::sleep(Duration::from_millis(300));
    assert!(kiosk.child.try_wait().unwrap().is_none(), "Ctrl-C is nothing here");
    for line in [
        "ready",
        "NotAnNhiCard",
        "the service does not answer",
        "the service answers again",
        "no card reader",
    ] {
        journal.wait_for(line);
    }
    nothing_of_them_is_in(&journal.text());
}

/// Whatever identifies the people of these tests.
fn nothing_of_them_is_in(log: &str) {
    for card in [3, 4].map(practice_people::card) {
        let born = card.born.0.to_string();
        for personal in [card.id.expose(), card.number.expose(), card.name.expose(), &born, "0912"]
        {
            assert!(!log.contains(personal), "{personal} in:\n{log}");
        }
    }
}

#[test]
fn a_receipt_by_the_button_on_the_screen_from_a_printer_that_was_away() {
    inside("whole::whole_print");
}

#[test]
#[ignore = "it runs inside of the test before it"]
fn whole_print() {
    let place = Place::new();
    let key = place.prepare("pharmacy");
    let journal = Heard::at(JOURNAL.as_ref());
    let settings = include_str!("../../kiosk-config/pharmacy.toml");
    let settings = settings
        .replace("# printer = \"tcp://192.168.1.50:9100\"", "printer = \"tcp://127.0.0.1:9100\"");
    std::fs::write(place.folder.join("settings.toml"), settings).unwrap();
    let (_daemon, _server) = (Daemon::start(), place.serve());
    let mut kiosk = place.kiosk("settings.toml");
    kiosk.wait_for("請插入健保卡");
    let _card = place.insert(3, "usual");
    book(&mut kiosk);
    kiosk.touch("列印");
    kiosk.wait_for("印表機卡紙或沒有回應");
    let receipt = kiosk.read_qr().expect("the QR stays");
    for (state, told) in [([0x12, 0x72], "印表機缺紙"), ([0x16, 0x12], "印表機上蓋未關")]
    {
        let (_, recording) = printer("127.0.0.1:9100", vec![state]);
        kiosk.touch("再印一次");
        kiosk.wait_for(told);
        assert_eq!(
            recording.join().unwrap(),
            b"",
            "nothing is sent to a printer that cannot print"
        );
    }
    let (_, recording) = printer("127.0.0.1:9100", vec![READY, READY]);
    kiosk.touch("再印一次");
    let paper = decode(&recording.join().unwrap());
    kiosk.wait_for("已列印");
    let file = place.folder.join("receipt.png");
    assert_eq!(read_code(&paper, &file), receipt, "on paper what is on the screen");
    assert!(verify(&receipt, &key).is_ok());
    for fault in ["PaperOut", "CoverOpen", "Offline"] {
        journal.wait_for(fault);
    }
    nothing_of_them_is_in(&journal.text());
}

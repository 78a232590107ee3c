//! A pharmacy's counter with real cards: `vaxkiosk kiosk` and `vaxkiosk serve` with their files, a
//! staff card in SoftHSM that a CA has issued, citizens' cards in a virtual reader, and a printer.
//! It follows file 003 page by page, by keys alone.

use crate::daemon::{Daemon, inside};
use crate::databases::Kind;
use crate::loopback::{READY, decode, printer, read_code};
use crate::program::Program;
use crate::pty::Terminal;
use crate::staff_card::{Folder, SOFTHSM};
use crate::staff_cards::{Ca, Facts, StaffCard};
use crate::staff_desk::PIN;
use jiff::civil::date;
use portable_pty::CommandBuilder;
use std::path::PathBuf;
use vaxkiosk::commands::practice_people;
use vaxkiosk::devices::staff_card::Certificate;
use vaxkiosk::devices::virtual_card::{Face, Inserted, Manner, PORT, VirtualCard};
use vaxkiosk::domain::card::Card;
use vaxkiosk::domain::person::BirthDate;

const F9: &str = "\x1b[20~";
const F10: &str = "\x1b[21~";
const F11: &str = "\x1b[23~";
const F12: &str = "\x1b[24~";
const PRINTER: &str = "127.0.0.1:9100";

/// A practice person who has registered.
fn registered() -> Card {
    practice_people::card(3)
}

/// Somebody on the roster who is too young for the practice round.
fn too_young() -> Card {
    Card { born: BirthDate(date(2015, 1, 1)), ..practice_people::card(500) }
}

/// Puts a card into the citizens' reader.
fn citizen(card: Card) -> Inserted {
    let face = Face {
        number: card.number.expose(),
        name: card.name.expose(),
        id: card.id.expose(),
        born: card.born.0,
        sex: 'M',
        issued: date(2021, 1, 1),
    };
    let card = VirtualCard::new(&face, Manner::Usual).unwrap();
    Inserted::new(card, ([127, 0, 0, 1], PORT).into()).unwrap()
}

/// The service of a practice round, a pharmacy with a representative whose card this is, and the
/// file of the pharmacy's kiosk.
fn pharmacy(program: &Program, ca: &Ca, card: &StaffCard) -> PathBuf {
    let file = |name: &str, bytes: &[u8]| {
        let path = program.folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let (pem, list) =
        (file("ca.pem", ca.pem.as_bytes()), file("ca.crl", ca.lasting_list(&[]).as_bytes()));
    let settings = std::fs::read_to_string(&program.config).unwrap();
    let staff = format!("[staff]\nname = \"tests\"\nca = [\"{pem}\"]\ncrl = [\"{list}\"]\n");
    std::fs::write(&program.config, settings + &staff).unwrap();
    let run = |arguments: &str| program.succeed(&arguments.split_whitespace().collect::<Vec<_>>());
    run("admin practice --people 20 --kiosks 1 --sites 400 --seats 20");
    let other = too_young();
    let row = [other.id.expose(), other.number.expose(), other.name.expose()].join(",");
    let roster = format!("id,card,name,born,category,password_hash\n{row},{},,\n", other.born.0);
    run(&format!("admin import roster {}", file("roster.csv", roster.as_bytes())));
    run("admin institution add pharmacy --name-zh 健全藥局 --name-en Jianquan");
    let der = file("card.der", &card.certificate);
    run(&format!("admin institution representative pharmacy --name 甄藥師 --certificate {der}"));
    let told = run("admin device add counter --channel pharmacy --institution pharmacy");
    let token = told.split(|c: char| !c.is_ascii_hexdigit()).rfind(|word| word.len() >= 32);
    let token = file("token", token.unwrap_or_else(|| panic!("{told}")).as_bytes());
    let settings = include_str!("../../kiosk-config/pharmacy.toml");
    let settings = [
        ("http://127.0.0.1:8443", program.url()),
        ("vaxkiosk-device-token", token),
        ("# printer = \"tcp://192.168.1.50:9100\"", format!("printer = \"tcp://{PRINTER}\"")),
        ("# [counter]", format!("[counter]\nmodule = \"{SOFTHSM}\"")),
    ]
    .into_iter()
    .fold(settings.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, &to)
    });
    file("pharmacy.toml", settings.as_bytes()).into()
}

/// A token of SoftHSM with the card's key and certificate.
fn token(card: &StaffCard) -> Folder {
    let folder = Folder::new("counter");
    folder.token("staff");
    folder.write("staff", &card.certificate, "cert", "5349474e");
    folder.write("staff", &card.private_key(), "privkey", "5349474e");
    folder
}

struct Counter(Terminal);

impl Counter {
    /// `page`: of the manual.
    fn sees(&mut self, page: &str, text: &str) {
        let what = format!("page {page}: {text}");
        self.0.wait_until(&what, |terminal| terminal.text().contains(text));
    }

    fn keys(&mut self, keys: &str) {
        self.0.keys(keys);
    }
}

#[test]
fn the_pharmacys_manual_with_a_staff_card_of_softhsm() {
    inside("counter_card::with_real_cards");
}

#[test]
#[ignore = "it runs inside of the test before it"]
fn with_real_cards() {
    let ca = Ca::new("staff cards");
    let card = ca.card(&Facts { years: (2020, 2099), ..Facts::default() });
    let (database, folder) = (Kind::Sqlite.fresh(), token(&card));
    let program = Program::new(&database);
    let settings = pharmacy(&program, &ca, &card);
    let (_daemon, server) = (Daemon::start(), program.serve());
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vaxkiosk"));
    command.args(["kiosk", "--config", settings.to_str().unwrap()]);
    command.cwd(&program.folder);
    command.env("SOFTHSM2_CONF", folder.conf());
    command.env("TERM", "xterm-256color");
    command.env("COLORTERM", "truecolor");
    let mut counter = Counter(Terminal::run(command, 100, 32));

    let page = "一、登入系統_憑證登入";
    counter.sees(page, "請輸入卡片的 PIN 碼");
    counter.keys("999999\r");
    counter.sees(page, "PIN 碼錯誤");
    counter.keys(PIN);
    counter.keys("\r");
    counter.sees(page, "登錄預約-健全藥局");

    let page = "二、登錄預約_不符本期可施打資格";
    let inserted = citizen(too_young());
    counter.sees(page, "您不符合本期可施打資格 [R02]");
    counter.keys(F12);
    counter.sees(page, "請取出健保卡交還民眾");
    drop(inserted);

    let page = "二、登錄預約：步驟1 讀取民眾的健保卡";
    counter.sees(page, "下一位：請插入民眾的健保卡");
    let inserted = citizen(registered());
    counter.sees(page, "可以預約");
    let page = "二、登錄預約：步驟2 輸入欄位資料，選取施打地點及日期時段";
    counter.sees(page, "尚未同意");
    counter.keys("\r");
    counter.sees(page, "✓ 已同意，見證");
    for _ in 0..3 {
        counter.keys("\r");
    }
    let page = "二、登錄預約：步驟3 點選確認送出，完成預約";
    counter.keys(F9);
    counter.sees(page, "預約完成");
    let text = counter.0.text();
    assert!(text.contains("9900"), "the booking's number:\n{text}");

    let page = "二、登錄預約：完成預約登錄後，可「列印」預約登錄結果";
    let (_, recording) = printer(PRINTER, vec![READY, READY]);
    counter.keys(F10);
    counter.sees(page, "已列印");
    let paper = decode(&recording.join().unwrap());
    let code = read_code(&paper, &program.folder.join("receipt.png"));
    assert!(code.len() > 100, "a receipt: {code}");

    let page = "二、登錄預約：「回預約疫苗網頁」，協助其他民眾預約";
    counter.keys(F12);
    counter.sees(page, "請取出健保卡交還民眾");
    let name = registered().name;
    assert!(!counter.0.text().contains(name.expose()), "{}", counter.0.text());
    drop(inserted);
    counter.sees(page, "下一位：請插入民眾的健保卡");

    let page = "三、取消預約：讀卡後顯示前次預約登錄結果，點選「取消預約」";
    let inserted = citizen(registered());
    counter.sees(page, "已有預約");
    counter.keys(F11);
    counter.sees(page, "是否取消預約疫苗注射");
    counter.keys("\r");
    counter.sees(page, "預約已取消");
    drop(inserted);

    // The trail has what was done at the counter, and neither it nor the log says who was there.
    let trail = program.succeed(&["admin", "audit", "show", "--language", "en"]);
    for action in ["staff-log-in", "open-session", "book", "cancel"] {
        assert!(trail.contains(action), "{action} in:\n{trail}");
    }
    // The wrong PIN is in it too, by the card's certificate.
    let certificate = Certificate::new(card.certificate).fingerprint();
    let refused: Vec<&str> = trail.lines().filter(|row| row.contains("refuse-staff")).collect();
    assert_eq!(refused.len(), 1, "{trail}");
    let refused = refused[0];
    assert!(refused.contains("wrong-pin") && refused.contains(&certificate[..32]), "{refused}");
    let (_, log) = server.terminate();
    let told = log.join("\n") + &trail;
    let person = registered();
    for personal in [person.id.expose(), person.number.expose(), "甄藥師", PIN, "999999"] {
        assert!(!told.contains(personal), "{personal} in:\n{told}");
    }
}

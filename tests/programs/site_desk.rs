//! The built program's desk at a vaccination site, in a training: logged in by a staff card, people
//! checked in with and without a line by keys and a scanner that types.

use crate::pty::Terminal;
use jiff::civil::date;
use portable_pty::CommandBuilder;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::site::SiteId;
use vaxkiosk::domain::taipei::instant;
use vaxkiosk::receipt::claims::Claims;
use vaxkiosk::receipt::demo_key::DEMO_ONLY_SECRET;
use vaxkiosk::receipt::signing::ReceiptSigner;

const F1: &str = "\x1bOP";
const F3: &str = "\x1bOR";
const F9: &str = "\x1b[20~";
const MANAGERS_CARD: &str = "1";
const SCAN_NEXT: &str = "5";
const SCAN_ANOTHER_DAY: &str = "6";
const SCAN_FORGED: &str = "7";
const BOOKED_CARD: &str = "8";

fn trainer(desk: &mut Terminal, button: &str) {
    desk.keys(F1);
    desk.wait_for("以下人物與資料皆為虛構");
    desk.keys(button);
    desk.wait_until("the drawer is closed", |it| !it.text().contains("皆為虛構"));
}

#[test]
fn people_are_checked_in_at_the_built_programs_desk() {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vaxkiosk"));
    command.args(["demo", "--look-around", "--site"]);
    command.env("TERM", "xterm-256color");
    command.env("COLORTERM", "truecolor");
    let mut desk = Terminal::run(command, 100, 32);
    desk.wait_for("請插入您的人員卡");
    trainer(&mut desk, MANAGERS_CARD);
    desk.wait_for("請輸入卡片的 PIN 碼");
    desk.keys("111111");
    desk.keys("\r");
    desk.wait_for("請掃描預約單");
    desk.wait_for("今日 09:00 時段");
    // A receipt, a card, and what is not good.
    trainer(&mut desk, SCAN_NEXT);
    desk.wait_for("可以報到");
    desk.keys("1");
    desk.wait_for("已報到");
    desk.wait_for("已傳送 1 筆");
    trainer(&mut desk, BOOKED_CARD);
    desk.wait_for("已經報到");
    trainer(&mut desk, SCAN_ANOTHER_DAY);
    desk.wait_for("不是今天");
    trainer(&mut desk, SCAN_FORGED);
    desk.wait_for("預約單查驗不符");
    // By hand, and by a scanner that types: the booking number, and a receipt of another site.
    desk.keys("\x1b");
    desk.wait_for("預約序號（10 碼）");
    let claims = Claims {
        booking: BookingNumber::parse("0299999998").unwrap(),
        site: SiteId(4711),
        slot: date(2027, 7, 16).at(9, 0, 0, 0),
        issued: instant(date(2027, 7, 13).at(11, 0, 0, 0)),
    };
    desk.scans(&ReceiptSigner::from_secret(DEMO_ONLY_SECRET).sign(claims).unwrap());
    desk.wait_for("第 4711 號");
    // Vaccinated, with the lot number that is asked for once.
    trainer(&mut desk, SCAN_NEXT);
    desk.wait_for("可以報到");
    desk.keys("1");
    desk.wait_for("已報到");
    desk.keys(F9);
    desk.wait_for("今日疫苗批號");
    desk.keys("3004217\r");
    desk.wait_for("批號 3004217");
    // A key that comes so soon after a number was typed is taken for a slip.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    desk.keys(F9);
    desk.wait_for("已接種");
    desk.wait_for("已傳送 3 筆");
    desk.keys(F3);
    desk.wait_for("已報到 2／");
    drop(desk);
}

//! The pharmacy's manual (file 003), page by page, done by keys at the built program's counter in a
//! training.

use crate::pty::Terminal;
use portable_pty::CommandBuilder;

const F1: &str = "\x1bOP";
const F5: &str = "\x1b[15~";
const F9: &str = "\x1b[20~";
const F10: &str = "\x1b[21~";
const F11: &str = "\x1b[23~";
const F12: &str = "\x1b[24~";
const CTRL_L: &str = "\x0c";

/// The trainer's drawer: its buttons by their digits.
const USERS_CARD: &str = "2";
const ELSEWHERES_CARD: &str = "3";
const STAFF_CARD_OUT: &str = "4";
const MAY_BOOK: &str = "5";
const NOT_IN_ROUND: &str = "6";
const ALREADY_BOOKED: &str = "7";
const CARD_OUT: &str = "9";

struct Staff {
    terminal: Terminal,
}

impl Staff {
    fn at_work(columns: u16, rows: u16, paper: &std::path::Path) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vaxkiosk"));
        command.args(["demo", "--look-around", "--counter", "--paper"]);
        command.arg(paper);
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        let mut terminal = Terminal::run(command, columns, rows);
        terminal.wait_for("請插入您的人員卡");
        Self { terminal }
    }

    fn trainer(&mut self, button: &str) {
        self.terminal.keys(F1);
        self.terminal.wait_for("訓練工具");
        self.terminal.keys(button);
        self.terminal.wait_until("the drawer is closed", |it| !it.text().contains("訓練工具"));
    }

    fn keys(&mut self, keys: &str) {
        self.terminal.keys(keys);
    }

    /// `page`: of the manual.
    fn sees(&mut self, page: &str, text: &str) {
        let what = format!("page {page}: {text}");
        self.terminal.wait_until(&what, |terminal| terminal.text().contains(text));
    }

    fn does_not_see(&self, text: &str) {
        let shown = self.terminal.text();
        assert!(!shown.contains(text), "{text}:\n{shown}");
    }

    fn logs_in(&mut self, page: &str, pin: &str) {
        self.sees(page, "請輸入卡片的 PIN 碼");
        self.keys(pin);
        self.keys("\r");
    }
}

/// The manual's pages, by their headings.
const LOG_IN: &str = "一、登入系統_憑證登入";
const WHO_MAY_NOT: &str = "二、登錄預約_不符本期可施打資格";
const STEP_1: &str = "二、登錄預約：步驟1 讀取民眾的健保卡";
const STEP_2: &str = "二、登錄預約：步驟2 輸入欄位資料，選取施打地點及日期時段";
const STEP_3: &str = "二、登錄預約：步驟3 點選確認送出，完成預約";
const RESULT: &str = "二、登錄預約：完成預約登錄後，可「列印」預約登錄結果";
const NEXT: &str = "二、登錄預約：「回預約疫苗網頁」，協助其他民眾預約";
const CANCEL: &str = "三、取消預約：讀卡後顯示前次預約登錄結果，點選「取消預約」";

fn follows_the_manual(columns: u16, rows: u16) {
    let name = format!("vaxkiosk-counter-{}-{columns}", std::process::id());
    let paper = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&paper).unwrap();
    let mut staff = Staff::at_work(columns, rows, &paper);

    // 一、登入系統: a card of another institution, a wrong PIN, and the right one.
    staff.trainer(ELSEWHERES_CARD);
    staff.logs_in(LOG_IN, "333333");
    staff.sees(LOG_IN, "[E16]");
    staff.trainer(USERS_CARD);
    staff.logs_in(LOG_IN, "999999");
    staff.sees(LOG_IN, "PIN 碼錯誤");
    staff.logs_in(LOG_IN, "222222");
    staff.sees(LOG_IN, "登錄預約-練習健全藥局");
    staff.sees(LOG_IN, "訓練模式");

    // 二、登錄預約: somebody who may not book.
    staff.trainer(NOT_IN_ROUND);
    staff.sees(WHO_MAY_NOT, "您不符合本期可施打資格 [R02]");
    staff.keys(F12);
    staff.sees(NEXT, "請取出健保卡交還民眾");
    staff.trainer(CARD_OUT);
    staff.sees(NEXT, "下一位：請插入民眾的健保卡");

    // A booking.
    staff.trainer(MAY_BOOK);
    staff.sees(STEP_1, "可以預約");
    staff.sees(STEP_2, "尚未同意");
    staff.keys("\r");
    staff.sees(STEP_2, "✓ 已同意，見證");
    staff.sees(STEP_2, "7/16 09:00");
    staff.keys("\r");
    staff.sees(STEP_2, "7/17");
    staff.keys("\r");
    staff.sees(STEP_2, "10:00");
    staff.keys("\r");
    staff.sees(STEP_2, "–");
    staff.keys(F9);
    staff.sees(STEP_3, "預約完成");
    staff.sees(RESULT, "預約序號");
    staff.sees(RESULT, "0912 *** 678");
    let number = booking_number(&staff.terminal.text());
    staff.keys(F10);
    staff.sees(RESULT, "已列印");
    assert!(std::fs::read_dir(&paper).unwrap().count() > 0, "the receipt is on paper");
    std::fs::remove_dir_all(&paper).unwrap();

    // The next person sees nothing of it but the day's list.
    staff.keys(F12);
    staff.sees(NEXT, "請取出健保卡交還民眾");
    staff.does_not_see(&number);
    staff.does_not_see("0912 *** 678");
    staff.trainer(CARD_OUT);
    staff.keys(F5);
    staff.sees(NEXT, &number[6..]);
    staff.sees(NEXT, "R02");

    // 三、取消預約.
    staff.trainer(ALREADY_BOOKED);
    staff.sees(CANCEL, "已有預約");
    staff.keys(F11);
    staff.sees(CANCEL, "是否取消預約疫苗注射");
    staff.keys("\r");
    staff.sees(CANCEL, "預約已取消");

    // The card taken out, or a key, locks it; the same staff member goes on.
    staff.trainer(STAFF_CARD_OUT);
    staff.sees(LOG_IN, "櫃檯已上鎖");
    staff.does_not_see("甄〇約");
    staff.trainer(USERS_CARD);
    staff.logs_in(LOG_IN, "222222");
    staff.sees(LOG_IN, "預約已取消");
    staff.keys(CTRL_L);
    staff.sees(LOG_IN, "櫃檯已上鎖");
}

/// The ten digits of the booking on the screen: the round's two, then eight.
fn booking_number(text: &str) -> String {
    let mut digits = text.split(|c: char| !c.is_ascii_digit());
    let found = digits.find(|part| part.len() == 10 && part.starts_with("02"));
    found.unwrap_or_else(|| panic!("a booking number:\n{text}")).to_owned()
}

#[test]
fn the_pharmacys_manual_page_by_page() {
    follows_the_manual(100, 32);
}

#[test]
fn the_pharmacys_manual_in_the_smallest_window() {
    follows_the_manual(80, 24);
}

//! The built program in a real pseudo-terminal: a booking by keys alone and one by touch alone, in
//! two languages, the QR read back from the screen by a decoder and verified; and the terminal
//! given back after the end, a signal and a panic.
#![allow(clippy::disallowed_methods, reason = "a test that waits for a program measures time")]

use crate::pty::{PATIENCE, Terminal, cells};
use portable_pty::{CommandBuilder, PtySize};
use std::process::Command;
use std::time::Duration;

fn verify(receipt: &str) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_vaxkiosk"))
        .args(["verify", "--language", "en", receipt])
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_booking_by_keys_alone_in_chinese_at_80x24_with_its_qr_verified() {
    let mut terminal = Terminal::demo(80, 24);
    terminal.keys("\x1bOQ"); // F2: a card goes in
    for (text, keys) in [
        ("請選擇語言", "1"),
        ("隱私權公告", "1"),
        ("這個時段可以嗎", "5"),
        ("請選擇服務", "1"),
        ("簡訊要傳到", "2"),
        ("請輸入手機號碼", "0987654321"),
        ("這個手機號碼正確嗎", "1"),
        ("請選擇縣市", "02"),
        ("請選擇臺北市", "01"),
        ("的施打地點", "1"),
        ("請選擇日期", "\r"),
        ("請確認預約資料", "1"),
        ("預約完成", "1"),
    ] {
        terminal.wait_for(text);
        terminal.keys(keys);
    }
    terminal.wait_until("a QR", |terminal| terminal.read_qr().is_some());
    let receipt = terminal.read_qr().unwrap();
    let (valid, report) = verify(&receipt);
    assert!(valid, "{report}");
    assert!(report.contains("TRAINING") && report.contains("Booking number 02"), "{report}");
    // Not the first such letter, which may be one of `VAX1:`.
    let mut changed = receipt.clone();
    changed.replace_range(60..61, if &receipt[60..61] == "A" { "B" } else { "A" });
    assert!(!verify(&changed).0, "one character changed");
    terminal.keys("-");
    terminal.wait_for("施打站叮嚀");
    terminal.keys("3");
    terminal.wait_for("請取回健保卡");
    terminal.keys("\x1bOS"); // F4: the card is taken
    terminal.wait_until(
        "the end of the \
            session",
        |terminal| !terminal.text().contains("請取回健保卡"),
    );
    // A scanner types what the code says, on the attract screen: it is checked on the spot; then
    // the same with a character changed.
    terminal.wait_for("預約接種開放中");
    terminal.scans(&receipt);
    let number = report.lines().find_map(|line| line.strip_prefix("Booking number ")).unwrap();
    terminal.wait_for(number);
    terminal.wait_for("有效");
    terminal.keys("-");
    terminal.wait_for("預約接種開放中");
    terminal.scans(&changed);
    terminal.wait_for("無效");
    terminal.keys("-");
    terminal.wait_for("預約接種開放中");
    // The code of some goods begins nothing, nor does one that is longer than any receipt.
    terminal.scans(&format!("HC1:{}1", "6BFOXN".repeat(100)));
    terminal.wait_for("這不是預約單的 QR 碼");
    terminal.keys("-");
    terminal.wait_for("預約接種開放中");
    terminal.scans("4710088412345");
    terminal.wait_for("這不是預約單的 QR 碼");
    terminal.keys("-");
    terminal.wait_for("預約接種開放中");
    let text = terminal.text();
    assert!(!text.contains("0987") && !text.contains("甄"), "{text}");
    // The drawer's last button ends the training.
    terminal.keys("\x03");
    terminal.wait_for("結束訓練程式");
    terminal.keys("0");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_given_back();
}

#[test]
fn a_booking_by_touch_alone_in_vietnamese_at_100x32_with_its_qr_verified() {
    let text = |key: &str| {
        let source = vaxkiosk::domain::language::Language::Vi.messages();
        let line = source.lines().find(|line| line.starts_with(&format!("{key} ="))).unwrap();
        line.split_once("= ").unwrap().1.to_owned()
    };
    let mut terminal = Terminal::demo(100, 32);
    terminal.touch("F1");
    // One of the drawer's buttons puts a card in.
    terminal.touch("插卡：移工");
    terminal.wait_for("請選擇語言");
    terminal.touch("Tiếng Việt");
    terminal.touch(&text("privacy-agree"));
    terminal.wait_for(&text("offer-title"));
    terminal.touch(&text("offer-services"));
    terminal.wait_for(&text("service-title"));
    terminal.touch(&text("service-book"));
    terminal.wait_for(&text("phone-offer-title"));
    terminal.touch("0900 *** 456");
    terminal.wait_for(&text("county-title"));
    terminal.touch("Quận Zhongli");
    terminal.touch("中壢區練習衛生所");
    terminal.wait_for(&text("slot-title"));
    terminal.touch("▶00");
    terminal.touch(&text("review-confirm"));
    terminal.wait_until("a QR", |terminal| terminal.read_qr().is_some());
    let (valid, report) = verify(&terminal.read_qr().unwrap());
    assert!(valid, "{report}");
    terminal.touch(&text("receipt-done"));
    terminal.wait_for(&text("farewell-take-card"));
}

#[test]
fn chords_of_the_public_do_nothing_and_a_signal_gives_the_terminal_back() {
    let mut terminal = Terminal::demo(80, 24);
    terminal.keys("\x1a\x1c\x04\x12\x1bx"); // Ctrl-Z, Ctrl-\, Ctrl-D, Ctrl-R, Alt-x
    std::thread::sleep(Duration::from_millis(300));
    assert!(terminal.child.try_wait().unwrap().is_none(), "it runs on");
    let id = terminal.child.process_id().unwrap().to_string();
    for signal in ["-INT", "-QUIT", "-TSTP"] {
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }
    std::thread::sleep(Duration::from_millis(300));
    assert!(terminal.child.try_wait().unwrap().is_none(), "it runs on");
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_given_back();
}

#[test]
fn a_resize_to_too_small_and_back_recovers() {
    let mut terminal = Terminal::demo(80, 24);
    let resize = |terminal: &mut Terminal, cols: u16, rows: u16| {
        terminal.screen.lock().unwrap().screen_mut().set_size(cells(rows), cells(cols));
        terminal.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
    };
    resize(&mut terminal, 50, 12);
    terminal.wait_until("the size needed", |terminal| {
        !terminal.text().contains("F1") && terminal.text().contains("24")
    });
    resize(&mut terminal, 80, 24);
    terminal.wait_for("F1");
}

/// Runs as a child of the next test: takes the terminal, and a thread panics with a name in its
/// message.
#[test]
#[ignore = "it is the child of the next test"]
fn child_that_panics() {
    let _terminal = vaxkiosk::kiosk::runtime::terminal::KioskTerminal::take(false).unwrap();
    let name = String::from("甄健康");
    let _ = std::thread::spawn(move || panic!("no way on for {name}")).join();
    std::thread::sleep(PATIENCE);
}

#[test]
fn a_panic_gives_the_terminal_back_and_tells_the_place_but_no_name() {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "terminal::child_that_panics", "--ignored", "--nocapture"]);
    let mut terminal = Terminal::run(command, 80, 24);
    assert_eq!(terminal.wait_for_end(), 101);
    terminal.assert_given_back();
    let text = terminal.text();
    assert!(text.contains("internal error at tests/programs/terminal.rs"), "{text}");
    assert!(!String::from_utf8_lossy(&terminal.raw.lock().unwrap()).contains("甄健康"));
}

#[test]
fn the_operator_comes_in_by_the_corner_and_a_pin_and_nobody_else_does() {
    let mut terminal = Terminal::demo(100, 32);
    let corner = "\x1b[<0;1;1M\x1b[<0;1;1m".repeat(5);
    terminal.keys(&corner);
    terminal.wait_for("操作密碼");
    terminal.keys("000000");
    terminal.wait_for("密碼錯誤");
    assert!(!terminal.text().contains("機台狀態"));
    std::thread::sleep(Duration::from_secs(3));
    terminal.keys("123456");
    terminal.wait_for("機台狀態");
    terminal.wait_for(env!("CARGO_PKG_VERSION"));
}

#[test]
fn a_training_takes_its_settings_from_a_file_and_names_a_mistake_with_its_line() {
    let file = std::env::temp_dir().join(format!("vaxkiosk-demo-{}.toml", std::process::id()));
    let run = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vaxkiosk"));
        command.args(["demo", "--look-around", "--config", file.to_str().unwrap()]);
        command.env("LANG", "en_US.UTF-8");
        Terminal::run(command, 80, 24)
    };
    let mut terminal =
        run("channel = \"pharmacy\"\nplace = { zh = \"訓練教室\", en = \"Room 2\" }\nlanguages = \
            [\"en\", \"vi\"]\n");
    terminal.wait_for("Room 2");
    terminal.keys("1");
    terminal.wait_for("Tiếng Việt");
    assert!(!terminal.text().contains("日本語"), "{}", terminal.text());
    drop(terminal);
    let mut terminal = run("channel = \"pharmacy\"\nways = [\"face\"]\n");
    assert_eq!(terminal.wait_for_end(), 2);
    let text = terminal.text().replace(['\n', '\r'], "");
    assert!(text.contains(".toml:2") && text.contains("card-password"), "{text}");
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn a_new_pin_is_not_shown_while_it_is_typed() {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vaxkiosk"));
    command.args(["doctor", "--new-pin", "--language", "en"]);
    let mut terminal = Terminal::run(command, 120, 24);
    terminal.wait_for("six digits");
    std::thread::sleep(Duration::from_millis(200));
    terminal.keys("918273\r");
    terminal.wait_for("operator_pin = \"$argon2id$");
    assert_eq!(terminal.wait_for_end(), 0);
    assert!(!terminal.text().contains("918273"), "{}", terminal.text());
}

/// A key as kitty tells it: its own code, what it is with Shift, and that it went down or up or is
/// held still.
fn kitty_key(key: char, event: u8) -> String {
    let (own, shift) = match key {
        '*' => ('8', true),
        ':' => (';', true),
        key => (key.to_ascii_lowercase(), key.is_ascii_uppercase()),
    };
    let (own, shifted) = (u32::from(own), u32::from(key));
    match shift {
        true => format!("\x1b[{own}:{shifted};2:{event}u"),
        false => format!("\x1b[{own};1:{event}u"),
    }
}

#[test]
fn in_kitty_a_key_that_is_held_counts_once_and_a_scanner_is_understood() {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vaxkiosk"));
    command.args(["demo", "--look-around", "--channel", "convenience-store"]);
    command.env("TERM", "xterm-kitty");
    let mut terminal = Terminal::run(command, 80, 24);
    terminal.wait_for("預約接種開放中");
    let raw = |terminal: &Terminal, bytes: &[u8]| {
        terminal.raw.lock().unwrap().windows(bytes.len()).any(|seen| seen == bytes)
    };
    assert!(raw(&terminal, b"\x1b[>15u"), "kitty is asked to tell repeats");
    terminal.keys("\x1bOQ");
    terminal.wait_for("請選擇語言");
    terminal.keys(&kitty_key('1', 1));
    terminal.wait_for("隱私權公告");
    // Enter, held: the first repeat after half a second, when the next screen was seen.
    terminal.keys(&kitty_key('\r', 1));
    terminal.wait_for("這個時段可以嗎");
    for _ in 0..4 {
        terminal.keys(&kitty_key('\r', 2));
    }
    terminal.keys(&kitty_key('\r', 3));
    std::thread::sleep(Duration::from_millis(400));
    assert!(terminal.text().contains("這個時段可以嗎"), "{}", terminal.text());
    terminal.keys(&kitty_key('*', 1));
    terminal.wait_for("請選擇服務");
    terminal.keys(&kitty_key('*', 1));
    terminal.wait_for("請取回健保卡");
    terminal.keys("\x1bOS");
    terminal.wait_for("預約接種開放中");
    // A scanner presses Shift, and lets each key go.
    let code: String =
        "VAX1:7".chars().flat_map(|key| [kitty_key(key, 1), kitty_key(key, 3)]).collect();
    terminal.keys(&format!("\x1b[57441;2:1u{code}\x1b[57441;1:3u{}", kitty_key('\r', 1)));
    terminal.wait_for("無效");
    terminal.keys("\x03");
    let quit = terminal.child.kill();
    assert!(quit.is_ok());
}

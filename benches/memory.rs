//! How much memory the program holds in a real terminal: the demo after a booking, and the kiosk
//! alone. Resident set size and its anonymous part in megabytes of 1,000,000 bytes, as `VmRSS` and
//! `RssAnon` in `/proc/PID/status` say (proc(5)), beside what each may have.
#![allow(clippy::disallowed_methods, reason = "it waits for a program")]

#[path = "../tests/programs/pty/mod.rs"]
mod pty;

use portable_pty::CommandBuilder;
use pty::Terminal;
use std::path::Path;
use std::time::Duration;

/// How long a program rests before it is looked at.
const REST: Duration = Duration::from_secs(3);

/// A kiosk that stands alone: no reader, and a port of this machine where no service listens.
const ALONE: &str = r#"
channel = "convenience-store"
place = { zh = "超商（範例）", en = "Convenience store (example)" }
ways = ["numbers"]
[service]
url = "http://127.0.0.1:9"
token = "token"
[devices]
reader = false
"#;

fn main() {
    let mut demo = Terminal::demo(100, 32);
    print("demo, at rest", &demo, 40);
    book(&mut demo);
    print("demo, after a booking", &demo, 40);
    drop(demo);
    print("kiosk alone, service not there", &kiosk(), 25);
}

/// Books by keys alone with the registered phone and district.
fn book(demo: &mut Terminal) {
    demo.keys("\x1bOQ"); // F2: a card goes in
    for text in [
        "請選擇語言",
        "隱私權公告",
        "請選擇服務",
        "簡訊要傳到",
        "請選擇縣市",
        "的施打地點",
        "請選擇日期",
        "請確認預約資料",
    ] {
        demo.wait_for(text);
        demo.keys("\r");
    }
    demo.wait_for("預約完成");
    demo.keys("\x1bOS"); // F4: the card is taken
    demo.wait_for("F1");
}

fn kiosk() -> Terminal {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("memory");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("kiosk.toml"), ALONE).expect("settings");
    std::fs::write(folder.join("token"), "bench").expect("a token");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vaxkiosk"));
    command.args(["kiosk", "--config", "kiosk.toml"]);
    command.cwd(&folder);
    command.env("TERM", "xterm-256color");
    let mut terminal = Terminal::run(command, 100, 32);
    terminal.wait_for("COVID-19");
    terminal
}

fn print(what: &str, terminal: &Terminal, limit: u64) {
    std::thread::sleep(REST);
    let id = terminal.child.process_id().expect("it runs");
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("/proc");
    let megabytes = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).expect("a line");
        let kibibytes: u64 = line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap();
        kibibytes as f64 * 1024.0 / 1e6
    };
    let (all, anonymous) = (megabytes("VmRSS:"), megabytes("RssAnon:"));
    let verdict = if all < limit as f64 { "within" } else { "OVER" };
    println!("{what:32} {all:6.1} MB, {anonymous:5.1} anonymous; {verdict} {limit} MB");
}

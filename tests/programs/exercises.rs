//! The program and its files of exercises: all mistakes of a folder before anything begins, and
//! results only where the trainer says.

use crate::pty::Terminal;
use portable_pty::CommandBuilder;
use std::path::PathBuf;
use std::process::Command;

fn folder(name: &str) -> PathBuf {
    let name = format!("exercises-{name}-{}", std::process::id());
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn every_mistake_of_every_file_is_said_and_nothing_begins() {
    let folder = folder("wrong");
    let right = std::fs::read_to_string("kiosk-config/exercises/shop-1-line-cut.toml").unwrap();
    let one = right.replace("minutes = 8", "minuts = 8").replace("card-out", "card-away");
    std::fs::write(folder.join("a.toml"), one).unwrap();
    std::fs::write(folder.join("b.toml"), right.replace("\"vi\"", "\"vn\"")).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vaxkiosk"));
    command.args(["demo", "--exercises", folder.to_str().unwrap()]);
    command.env("LANG", "en_US.UTF-8");
    let mut terminal = Terminal::run(command, 160, 40);
    assert_eq!(terminal.wait_for_end(), 2);
    let text = terminal.text().replace(['\n', '\r'], "");
    for words in ["a.toml:6", "Did you mean minutes?", "card-away", "b.toml:11", "zh-TW, en, ja"] {
        assert!(text.contains(words), "no {words} in {text}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// As in a script: without a terminal, and before anything is served to a browser.
#[test]
fn files_are_checked_without_a_terminal() {
    let said = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vaxkiosk"));
        let output = command.arg("demo").args(more).env("LANG", "en_US.UTF-8").output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, out, _) = said(&["--exercises", "kiosk-config/exercises", "--check"]);
    assert_eq!(code, Some(0));
    assert_eq!(out.trim(), "16 exercises, and nothing is wrong with them.");
    let folder = folder("check");
    std::fs::write(folder.join("a.toml"), "number = 100").unwrap();
    let folder = folder.to_str().unwrap();
    for way in [&["--check"][..], &["--web", "127.0.0.1:0"]] {
        let (code, _, mistakes) = said(&[&["--exercises", folder], way].concat());
        assert_eq!(code, Some(2), "{way:?}");
        assert!(mistakes.contains("a.toml:1") && mistakes.contains("role"), "{mistakes}");
    }
    assert_eq!(said(&["--check"]).0, Some(2), "there is nothing to check");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn whoever_looks_around_needs_no_exercises() {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vaxkiosk"));
    command.args(["demo", "--look-around", "--exercises", "."]);
    command.env("LANG", "en_US.UTF-8");
    let mut terminal = Terminal::run(command, 100, 32);
    assert_eq!(terminal.wait_for_end(), 2, "{}", terminal.text());
    let mut terminal = Terminal::demo(100, 32);
    terminal.keys("\x1bOQ");
    terminal.wait_for("Tiếng Việt");
}

/// Told before anything begins, with the folder and what to do.
#[test]
fn a_folder_for_results_that_cannot_be_used_is_told() {
    let folder = folder("results");
    std::fs::create_dir(folder.join("runs.csv")).unwrap();
    let file = folder.join("a-file");
    std::fs::write(&file, "").unwrap();
    for (path, cause) in [(folder.clone(), "runs.csv: "), (file, "File exists")] {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vaxkiosk"));
        command.args(["demo", "--results", path.to_str().unwrap()]);
        command.env("LANG", "en_US.UTF-8");
        let mut terminal = Terminal::run(command, 200, 40);
        assert_eq!(terminal.wait_for_end(), 2, "{}", terminal.text());
        let text = terminal.text().replace(['\n', '\r'], "");
        let said = format!("The folder {} cannot be used. Please check it", path.display());
        assert!(text.contains(&said) && text.contains(cause), "{text}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

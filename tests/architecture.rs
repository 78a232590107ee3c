//! The walls of the house: reads every file's imports and fails on a broken one.

use std::path::{Path, PathBuf};

/// Room, and the rooms it may import besides itself.
const ROOMS: [(&str, &[&str]); 9] = [
    ("domain", &[]),
    ("api", &["domain"]),
    ("receipt", &["domain"]),
    ("i18n", &["domain"]),
    ("config", &["domain", "i18n"]),
    ("devices", &["domain", "receipt"]),
    ("kiosk", &["domain", "api", "receipt", "i18n", "config", "devices"]),
    ("server", &["domain", "api", "receipt", "i18n", "config"]),
    ("commands", &["domain", "api", "receipt", "i18n", "config", "devices", "kiosk", "server"]),
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// The code without its tests and comments.
fn code(path: &Path) -> String {
    let text = text(path);
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let code = code.split("#[cfg(test)]\npub(crate) mod tests").next().unwrap();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The second word of each `crate::word`.
fn imports(code: &str) -> Vec<String> {
    let word = |rest: &str| {
        rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
    };
    code.split("crate::").skip(1).map(word).collect()
}

#[test]
fn rooms_import_only_what_they_may() {
    let mut seen = 0;
    for (room, allowed) in ROOMS {
        for file in files(&Path::new("src").join(room)) {
            for import in imports(&code(&file)) {
                seen += 1;
                let fine = import == room || allowed.contains(&import.as_str());
                assert!(fine, "{} imports {import}, and {room} may not", file.display());
            }
        }
    }
    assert!(seen > 100, "the check reads no imports: {seen}");
}

fn assert_only_in(words: &[&str], places: &[&str]) {
    for file in files(Path::new("src")) {
        let inside = places.iter().any(|place| file.starts_with(place));
        for word in words {
            assert!(
                inside || !code(&file).contains(word),
                "{} has {word}, which belongs in {places:?}",
                file.display()
            );
        }
    }
}

#[test]
fn sql_is_only_in_the_store_and_axum_only_in_the_server() {
    assert_only_in(&["sqlx", "SELECT ", "INSERT INTO"], &["src/server/store"]);
    assert_only_in(&["axum"], &["src/server", "src/commands"]);
    assert_only_in(
        &["reqwest"],
        &["src/kiosk/client.rs", "src/server/app_codes.rs", "src/server/notify"],
    );
    assert_only_in(&["crossterm"], &["src/kiosk/runtime", "src/commands"]);
}

#[test]
fn time_luck_and_environment_come_in_only_at_the_edges() {
    let edges = ["src/kiosk/runtime", "src/devices/clock.rs", "src/commands"];
    assert_only_in(
        &["Instant::now", "SystemTime", "Timestamp::now", "Zoned::now", "getrandom"],
        &edges,
    );
    assert_only_in(&["std::env"], &["src/commands/speech.rs", "src/commands/edge.rs"]);
}

#[test]
fn the_core_is_pure() {
    for place in ["src/domain", "src/kiosk/journey", "src/kiosk/screens", "src/kiosk/widgets"] {
        for file in files(Path::new(place)) {
            for word in ["tokio", "reqwest", "pcsc", "std::fs", "std::net", "std::thread", "async "]
            {
                assert!(!code(&file).contains(word), "{} has {word}", file.display());
            }
        }
    }
}

#[test]
fn no_screen_knows_another() {
    let screens = Path::new("src/kiosk/screens");
    let shared = ["facts", "frame", "mod"];
    let names: Vec<String> = files(screens)
        .iter()
        .map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert!(names.len() > 20);
    for file in files(screens) {
        let own = file.file_stem().unwrap().to_str().unwrap();
        if shared.contains(&own) {
            continue;
        }
        for name in names.iter().filter(|name| *name != own && !shared.contains(&name.as_str())) {
            for import in [format!("screens::{name}"), format!("super::{name}")] {
                let found = code(&file).contains(&format!("{import}:"))
                    || code(&file).contains(&format!("{import};"));
                assert!(!found, "{} imports the screen {name}", file.display());
            }
        }
    }
}

#[test]
fn every_file_says_what_lives_there_and_has_one_subject() {
    for file in files(Path::new("src")) {
        let text = text(&file);
        assert!(text.starts_with("//! "), "{} does not say what lives there", file.display());
        assert!(text.lines().count() <= 400, "{} asks to be two", file.display());
        let name = file.file_stem().unwrap().to_str().unwrap();
        assert!(
            !["utils", "util", "helpers", "common", "manager"].contains(&name),
            "{}",
            file.display()
        );
    }
}

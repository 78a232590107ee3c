//! The walls of the house: reads every file's imports, and fails on one that goes where it may not,
//! on a circle, and on a file, a function or a line that has grown too long.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use unicode_width::UnicodeWidthStr;

/// Room, and the rooms it may import besides itself. `commands` wires all of them.
const ROOMS: [(&str, &[&str]); 11] = [
    ("domain", &[]),
    ("api", &["domain"]),
    ("client", &["domain", "api"]),
    ("receipt", &["domain"]),
    ("i18n", &["domain", "receipt"]),
    ("config", &["domain", "i18n"]),
    ("devices", &["domain", "receipt"]),
    ("training", &["domain", "i18n", "devices"]),
    ("kiosk", &["domain", "api", "client", "receipt", "i18n", "config", "devices", "training"]),
    ("server", &["domain", "api", "receipt", "i18n", "config"]),
    ("classroom", &["domain", "receipt", "i18n", "training", "kiosk"]),
];

/// The kiosk's floors from the ground up: each imports only itself and what is below it.
const FLOORS: [&[&str]; 7] = [
    &["model"],
    &["theme"],
    &["widgets"],
    &["screens"],
    &["journey"],
    &["cabinet", "receipt_page"],
    &["runtime"],
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
    found.sort();
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

/// A module's path as Rust writes it, such as `kiosk::screens::slot`.
fn module(file: &Path) -> Vec<String> {
    let inside = file.strip_prefix("src").unwrap().with_extension("");
    let mut parts: Vec<String> =
        inside.components().map(|part| part.as_os_str().to_str().unwrap().to_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib") {
        parts.pop();
    }
    parts
}

/// The paths that a tree such as `a::{b, c::{d, e}}` names.
fn leaves(tree: &str) -> Vec<String> {
    let Some((prefix, rest)) = tree.split_once('{') else { return vec![tree.trim().to_owned()] };
    let inside = rest.rsplit_once('}').map_or(rest, |(inside, _)| inside);
    let (mut parts, mut depth, mut part) = (Vec::new(), 0, String::new());
    for c in inside.chars() {
        match c {
            ',' if depth == 0 => parts.push(std::mem::take(&mut part)),
            _ => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                part.push(c);
            }
        }
    }
    parts.push(part);
    let named = parts.iter().filter(|part| !part.trim().is_empty());
    named.flat_map(|part| leaves(part)).map(|leaf| format!("{}{leaf}", prefix.trim())).collect()
}

/// The modules whose names a file's code uses: by `use`, and by whole paths.
fn uses(file: &Path, modules: &BTreeMap<Vec<String>, PathBuf>) -> BTreeSet<PathBuf> {
    let code = code(file);
    let own = module(file);
    let is_folder = file.file_name().is_some_and(|name| name == "mod.rs");
    let mut named: Vec<String> = Vec::new();
    for statement in code.split("use ").skip(1) {
        named.extend(leaves(statement.split(';').next().unwrap()));
    }
    let is_of_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    for root in ["crate::", "super::"] {
        for (at, _) in code.match_indices(root) {
            if !code[..at].ends_with(is_of_path) {
                let path = &code[at..];
                let end = path.find(|c: char| !is_of_path(c)).unwrap_or(path.len());
                named.push(path[..end].trim_end_matches(':').to_owned());
            }
        }
    }
    let mut found = BTreeSet::new();
    for path in named {
        let mut words: Vec<&str> = path.split("::").map(str::trim).collect();
        let mut base = own.clone();
        match words[0] {
            "crate" => base.clear(),
            "super" | "self" => {
                if !is_folder {
                    base.pop();
                }
                if words[0] == "super" && is_folder {
                    base.pop();
                }
            }
            // A folder's own file names its children without a prefix.
            _ if is_folder => words.insert(0, "self"),
            _ => continue,
        }
        words.remove(0);
        while words.first() == Some(&"super") {
            base.pop();
            words.remove(0);
        }
        base.extend(words.iter().map(|word| (*word).to_owned()));
        while !base.is_empty() {
            if let Some(target) = modules.get(&base) {
                found.insert(target.clone());
                break;
            }
            base.pop();
        }
    }
    found.remove(file);
    found
}

/// The imports between all files of the house. A folder is one module that Rust writes in several
/// files, so what a file takes from the `mod.rs` of a folder that it lies in does not count.
fn graph() -> BTreeMap<PathBuf, BTreeSet<PathBuf>> {
    let all = files(Path::new("src"));
    let modules: BTreeMap<Vec<String>, PathBuf> =
        all.iter().map(|file| (module(file), file.clone())).collect();
    let edges = |file: &PathBuf| {
        let mut found = uses(file, &modules);
        found.retain(|target| {
            let folder =
                target.file_name().is_some_and(|name| name == "mod.rs" || name == "lib.rs");
            !(folder && file.starts_with(target.parent().unwrap()))
        });
        (file.clone(), found)
    };
    all.iter().map(edges).collect()
}

/// All that can be reached from a file by one import or more.
fn reached(graph: &BTreeMap<PathBuf, BTreeSet<PathBuf>>, from: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&PathBuf> = graph[from].iter().collect();
    while let Some(file) = open.pop() {
        if found.insert(file.clone()) {
            open.extend(&graph[file]);
        }
    }
    found
}

#[test]
fn no_circle_of_imports_is_anywhere() {
    let graph = graph();
    let arrows: usize = graph.values().map(BTreeSet::len).sum();
    assert!(arrows > 500, "the check reads no imports: {arrows}");
    for file in graph.keys() {
        let circle = reached(&graph, file);
        let tied: Vec<_> =
            circle.iter().filter(|other| reached(&graph, other).contains(file)).collect();
        assert!(!circle.contains(file), "{} is in a circle with {tied:?}", file.display());
    }
}

#[test]
fn each_floor_of_the_kiosk_imports_only_what_is_below() {
    let floor_of = |name: &str| FLOORS.iter().position(|floor| floor.contains(&name));
    let mut seen = 0;
    for (file, targets) in graph() {
        let Ok(inside) = file.strip_prefix("src/kiosk") else { continue };
        let name = |path: &Path| {
            let first = path.components().next().unwrap().as_os_str().to_str().unwrap();
            first.trim_end_matches(".rs").to_owned()
        };
        if name(inside) == "mod" {
            continue;
        }
        let floor = floor_of(&name(inside))
            .unwrap_or_else(|| panic!("{} stands on no floor", file.display()));
        for target in targets {
            let Ok(below) = target.strip_prefix("src/kiosk") else { continue };
            seen += 1;
            assert!(
                floor_of(&name(below)).is_some_and(|other| other <= floor),
                "{} imports {}, which is not below it",
                file.display(),
                target.display()
            );
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
    assert_only_in(&["reqwest"], &["src/client/http.rs", "src/server/otp.rs", "src/server/notify"]);
    assert_only_in(&["crossterm"], &["src/kiosk/runtime", "src/commands"]);
}

#[test]
fn time_randomness_and_environment_come_in_only_at_the_edges() {
    let edges = [
        "src/kiosk/runtime",
        "src/devices/clock.rs",
        "src/devices/simulated/clock.rs",
        "src/commands",
    ];
    assert_only_in(
        &["Instant::now", "SystemTime", "Timestamp::now", "Zoned::now", "getrandom"],
        &edges,
    );
    assert_only_in(&["std::env"], &["src/commands/locale.rs", "src/commands/machine.rs"]);
}

#[test]
fn the_core_is_pure() {
    let rooms = ["domain", "training", "classroom"];
    let floors = ["kiosk/model", "kiosk/widgets", "kiosk/screens", "kiosk/journey"];
    for place in rooms.into_iter().chain(floors) {
        for file in files(&Path::new("src").join(place)) {
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
    // What several screens share: what they may know, what is around them and in front of them.
    let shared = ["context", "chrome", "frame", "overlay", "mod"];
    let stem = |file: &Path| file.file_stem().unwrap().to_str().unwrap().to_owned();
    let mut seen = 0;
    for (file, targets) in graph() {
        if !file.starts_with(screens) || shared.contains(&stem(&file).as_str()) {
            continue;
        }
        seen += 1;
        // A screen of several files has a folder of its own.
        let own = file.parent().filter(|folder| *folder != screens).map(Path::to_owned);
        for target in targets.iter().filter(|target| target.starts_with(screens)) {
            assert!(
                shared.contains(&stem(target).as_str()) || target.parent() == own.as_deref(),
                "{} imports the screen {}",
                file.display(),
                target.display()
            );
        }
    }
    assert!(seen > 20, "the check reads no screens: {seen}");
}

#[test]
fn every_file_says_what_lives_there_and_has_one_subject() {
    let folders = ["src", "tests", "benches", "examples"];
    for file in folders.iter().flat_map(|folder| files(Path::new(folder))) {
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

/// The widest line, in columns of a terminal: a Chinese character takes two (Unicode UAX #11).
const COLUMNS: usize = 100;

#[test]
fn every_line_fits_and_so_does_every_function() {
    let folders = ["src", "tests", "benches", "examples"];
    for file in folders.iter().flat_map(|folder| files(Path::new(folder))) {
        let text = text(&file);
        for (line, at) in text.lines().zip(1..) {
            let place = file.display();
            let columns = UnicodeWidthStr::width(line);
            assert!(columns <= COLUMNS, "{place}:{at} has {columns} columns");
        }
        if file.starts_with("src") {
            for (begins, lines) in functions(&code(&file)) {
                assert!(lines <= 60, "{}: `{begins}` has {lines} lines", file.display());
            }
        }
    }
}

/// Each function's first line, and how many lines it has. rustfmt puts the closing brace of a
/// function below its first letter.
fn functions(code: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let is_function = |line: &str| {
        let words = line.trim_start();
        let words = words.split("fn ").next().unwrap_or_default();
        line.contains("fn ")
            && words.split_whitespace().all(|word| {
                ["pub", "pub(super)", "pub(crate)", "async", "const", "unsafe"].contains(&word)
            })
    };
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_function(line)) {
        let indent = &line[..line.len() - line.trim_start().len()];
        let end = lines[at..].iter().position(|other| {
            *other == format!("{indent}}}")
                || (other.ends_with(';') && other.starts_with(indent))
                    && !other[indent.len()..].starts_with(' ')
        });
        found.push((line.trim().to_owned(), end.unwrap_or(0) + 1));
    }
    found
}

#[test]
fn every_path_that_the_documents_name_exists() {
    let mut seen = 0;
    for document in ["README.md", "docs/ARCHITECTURE.md", "docs/CONTRIBUTING.md"] {
        let text = text(Path::new(document));
        for path in text.split('`').skip(1).step_by(2) {
            let ours = ["src/", "tests/", "docs/", ".ci/", "locales/", "benches/"];
            // A name in capitals stands for one that the reader chooses.
            let open = path.contains("TAG") || path.contains("NAME");
            if ours.iter().any(|folder| path.starts_with(folder)) && !open {
                seen += 1;
                assert!(Path::new(path).exists(), "{document} names {path}, which is not there");
            }
        }
    }
    assert!(seen > 60, "the check reads no paths: {seen}");
}

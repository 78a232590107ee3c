//! A file of mistakes: each is named, with its line and with what would be right, all at once.

use std::path::Path;
use vaxkiosk::domain::language::Language;
use vaxkiosk::i18n::texts::Texts;
use vaxkiosk::training::exercise::Exercise;
use vaxkiosk::training::reading::{
    FileText, Mistake, MistakeKind, Wanted, built_in, read, read_all,
};

const WRONG: &str = r#"
number = 100
role = "shop"
channel = "pharmacy"
minuts = 8
presses = "many"
staff = "user"

[person]
card = "damaged"
language = "vn"
says = " "

[world]
begins = "in the morning"
full = [1]

[[fault]]
when = { step = "offer", after = 3 }
does = "cut-line"

[[fault]]
when = { step = "site-desk" }
does = "slow-lane"

[[fault]]
when = { step = "counter-book" }
does = "power-cut"
ends_after = 3

[[must]]
fact = "booked"

[[must]]
fact = "card-out"
who = "may-book"

[[must]]
fact = "seen"
screen = "recept"

[[must]]
fact = "left-unsure"

[[must_not]]
fact = "left-unsure"

[text.en]
title = "All wrong"
situation = "Nothing is right here."
task = "Find all of it."
hints = []
"#;

fn lines(mistakes: &[Mistake]) -> Vec<(usize, String)> {
    let texts = Texts::default();
    mistakes.iter().map(|mistake| (mistake.line, mistake.said(&texts, Language::En))).collect()
}

#[test]
fn every_mistake_is_named_with_its_line_and_what_would_be_right() {
    let said = lines(&read(Path::new("wrong.toml"), WRONG).unwrap_err());
    let wanted = [
        (1, "minutes is missing"),
        (2, "number must be from 1 to 99"),
        (4, "pharmacy does not belong to an exercise of the role shop"),
        (5, "There is no key minuts. Did you mean minutes?"),
        (6, "presses must be a number"),
        (7, "staff does not belong to an exercise of the role shop"),
        (10, "The card damaged cannot be read"),
        (11, "There is no vn here. You can use: zh-TW, en, ja, vi, id, th"),
        (12, "says must not be empty"),
        (15, "begins must be a date with a time"),
        (16, "There is no 1 here"),
        (19, "Give each fault one trigger and only one"),
        (24, "There is no slow-lane here. You can use: slow-line, cut-line"),
        (27, "counter-book does not belong to an exercise of the role shop"),
        (29, "power-cut does not end by itself. Remove ends_after"),
        (31, "who is missing"),
        (36, "There is no key who"),
        (40, "There is no recept here. You can use: at-rest"),
        (45, "left-unsure stands in must and in must_not"),
        (48, "[text.zh-TW] is missing"),
        (52, "hints must not be empty"),
    ];
    println!("{said:#?}");
    for (line, words) in wanted {
        let found = said.iter().find(|(at, said)| *at == line && said.contains(words));
        let said = found.unwrap_or_else(|| panic!("line {line} does not say: {words}"));
        assert!(said.1.contains(&format!("wrong.toml:{line}")), "{}", said.1);
    }
    assert_eq!(said.len(), wanted.len(), "and nothing besides");
}

#[test]
fn facts_that_every_run_or_none_would_have_are_mistakes() {
    let right = of("shop-1-line-cut");
    let begins = right.lines().find(|line| line.starts_with("begins")).unwrap();
    let begins = begins.split_once('=').unwrap().1.trim().trim_matches('"');
    let of = |fact: &str| {
        lines(
            &read(Path::new("a.toml"), &right.replacen("[[must]]", fact, 1))
                .err()
                .unwrap_or_default(),
        )
    };
    let booked = |before: &str| {
        of(&format!(
            "[[must]]\nfact = \"booked\"\nwho = \"may-book\"\nbefore = {before}\n\n[[must]]"
        ))
    };
    let within =
        |minutes: u8| of(&format!("[[must]]\nfact = \"within\"\nminutes = {minutes}\n\n[[must]]"));
    let said = booked(begins);
    assert!(said.len() == 1 && said[0].1.contains("later than begins"), "{said:?}");
    assert_eq!(booked("2027-08-30T09:00:00"), []);
    let said = within(8);
    assert!(said.len() == 1 && said[0].1.contains("Every run is over"), "{said:?}");
    assert_eq!(within(7), []);
}

#[test]
fn a_text_that_is_no_toml_is_said_with_every_line_of_it() {
    let said =
        lines(&read(Path::new("a.toml"), "number = \nrole = \"shop\nminutes = 3").unwrap_err());
    assert!(said.iter().any(|(line, _)| *line == 1) && said.iter().any(|(line, _)| *line == 2));
}

fn of(exercise: &str) -> String {
    std::fs::read_to_string(format!("kiosk-config/exercises/{exercise}.toml")).unwrap()
}

fn file(path: &str, text: String) -> FileText {
    FileText { path: path.into(), text }
}

#[test]
fn a_number_that_two_exercises_have_is_named_with_the_other_file() {
    let files = vec![
        file("a.toml", of("shop-1-line-cut")),
        file("b.toml", of("shop-1-line-cut")),
        // Another role counts for itself.
        file("c.toml", of("counter-1-log-in")),
    ];
    let mistakes = read_all(Path::new("folder"), files).unwrap_err();
    let kind = MistakeKind::SameNumber { number: 1, other: "a.toml".into() };
    assert_eq!(mistakes, [Mistake { file: "b.toml".into(), line: 3, kind }]);
    let none = read_all(Path::new("folder"), Vec::new()).unwrap_err();
    assert_eq!(none[0].kind, MistakeKind::NoExercises);
}

#[test]
fn a_fault_that_comes_after_the_end_and_hints_of_another_number_are_mistakes() {
    let late = of("shop-1-line-cut").replace("action = \"confirm\"", "after = 480");
    let mistakes = read(Path::new("late.toml"), &late).unwrap_err();
    assert_eq!(mistakes[0].kind, MistakeKind::NeverReached);
    let fewer = of("shop-1-line-cut");
    let last = fewer.rfind("    \"Let her wait").unwrap();
    let fewer = format!("{}]\n", &fewer[..last]);
    let mistakes = read(Path::new("fewer.toml"), &fewer).unwrap_err();
    let kind = MistakeKind::HintsDiffer { language: Language::En, wanted: 3 };
    assert_eq!(mistakes[0].kind, kind);
}

/// The only mistake of a file that ships, with something in it changed.
fn only_mistake(name: &str, exercise: &str, from: &str, to: &str) -> Mistake {
    let wrong = of(exercise).replacen(from, to, 1);
    let mut mistakes = read(Path::new(name), &wrong).unwrap_err();
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    mistakes.remove(0)
}

#[test]
fn what_could_not_begin_or_not_happen_is_a_mistake() {
    for (key, word) in
        [("booked", "unregistered"), ("in_line", "not-in-round"), ("booked", "damaged")]
    {
        let list = format!("[world]\n{key} = [\"may-book\", \"{word}\"]");
        let mistake = only_mistake("a.toml", "shop-1-line-cut", "[world]", &list);
        assert_eq!(mistake.kind, MistakeKind::CardNotRegistered { word });
        assert!(mistake.line > 1);
    }
    let filled = "does = \"slot-filled\"";
    let mistake = only_mistake("a.toml", "counter-4-power-cut", "does = \"power-cut\"", filled);
    assert_eq!(mistake.kind, MistakeKind::OnlyAtConfirm { word: "slot-filled" });
    let ended = "fact = \"visit-ended\"";
    let mistake = only_mistake("a.toml", "site-1-check-in", "fact = \"card-out\"", ended);
    let kind = MistakeKind::NotOfRole { word: "visit-ended".into(), role: "site" };
    assert_eq!(mistake.kind, kind);
    for (exercise, word) in [
        ("shop-1-line-cut", "logged-in"),
        ("shop-1-line-cut", "locked"),
        ("counter-1-log-in", "people-checked-in"),
    ] {
        let people = if word == "people-checked-in" { "\npeople = 1" } else { "" };
        let fact = format!("fact = \"{word}\"{people}");
        let mistake = only_mistake("a.toml", exercise, "fact = \"card-out\"", &fact);
        let role = &exercise[..exercise.find('-').unwrap()];
        let MistakeKind::NotOfRole { word: said, role: of } = &mistake.kind else {
            panic!("{mistake:?}")
        };
        assert_eq!((said.as_str(), *of), (word, role));
    }
    let forgets = "does = \"wrong-pin\"";
    let mistake =
        only_mistake("a.toml", "shop-1-line-cut", "does = \"cut-line\"\nends_after = 25", forgets);
    let kind = MistakeKind::NotOfRole { word: "wrong-pin".into(), role: "shop" };
    assert_eq!(mistake.kind, kind);
    // A day without a time would be midnight, and another offset than Taiwan's another time.
    for begins in ["2027-07-13", "2027-07-13T10:05:00Z"] {
        let begins = format!("begins = {begins}");
        let mistake =
            only_mistake("a.toml", "counter-1-log-in", "begins = 2027-07-13T10:05:00", &begins);
        let kind = MistakeKind::WrongType { key: "begins".into(), wanted: Wanted::DateTime };
        assert_eq!(mistake.kind, kind);
    }
    let mistake = only_mistake("a,b.toml", "shop-1-line-cut", "", "");
    assert_eq!((mistake.line, mistake.kind), (1, MistakeKind::FileName("a,b".into())));
}

#[test]
fn the_exercises_that_ship_are_eight_for_shops_five_for_counters_and_three_for_sites() {
    let shelf = built_in().unwrap();
    let of = |role: &str| {
        let of_role = |exercise: &&Exercise| exercise.role.word() == role;
        shelf.iter().filter(of_role).map(|exercise| exercise.number).collect::<Vec<_>>()
    };
    assert_eq!(of("shop"), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!((of("counter"), of("site")), (vec![1, 2, 3, 4, 5], vec![1, 2, 3]));
}

#[test]
fn every_mistake_is_said_in_every_language() {
    let texts = Texts::default();
    let more = [
        MistakeKind::CardNotRegistered { word: "damaged" },
        MistakeKind::FileName("a,b".into()),
        MistakeKind::OnlyAtConfirm { word: "slot-filled" },
    ];
    let more = more.map(|kind| Mistake { file: "wrong.toml".into(), line: 1, kind });
    for mistake in read(Path::new("wrong.toml"), WRONG).unwrap_err().into_iter().chain(more) {
        for language in Language::ALL {
            let said = mistake.said(&texts, language);
            assert!(said.contains("wrong.toml") && !said.contains('{'), "{said}");
        }
    }
}

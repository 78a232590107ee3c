//! A whole file: its sections put together.

use super::mistake::{Mistake, MistakeKind};
use super::section::{Reading, Section, languages};
use super::{checks, facts, faults};
use crate::devices::simulated::people::PracticeCard;
use crate::devices::simulated::staff::PracticeStaff;
use crate::domain::channel::Channel;
use crate::domain::language::Language;
use crate::domain::region::DistrictCode;
use crate::training::exercise::{Exercise, ExerciseText, Person, Role, Texts};
use crate::training::people::{card_word, cards, staff};
use crate::training::world::{LineBefore, PrinterBefore, WorldBefore};
use std::path::Path;
use std::time::Duration;
use toml::de::DeTable;

const KEYS: [&str; 13] = [
    "number", "role", "channel", "minutes", "presses", "staff", "person", "world", "fault", "must",
    "must_not", "text", "$schema",
];
const WORLD: [&str; 8] =
    ["begins", "line", "slow_seconds", "printer", "reader", "booked", "in_line", "full"];
const TEXT: [&str; 4] = ["title", "situation", "task", "hints"];

/// The channels of exercises. A programme's own channels, such as its web site, have no trainees.
pub(super) const CHANNELS: [(&str, Channel); 4] = [
    ("convenience-store", Channel::ConvenienceStore),
    ("pharmacy", Channel::Pharmacy),
    ("health-station", Channel::HealthStation),
    ("vaccination-site", Channel::VaccinationSite),
];

/// Reads the text of a file; all mistakes if there are any. The exercise's id is the stem of the
/// file's name.
pub fn read(file: &Path, text: &str) -> Result<Exercise, Vec<Mistake>> {
    let reading = Reading::new(file, text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let kind = MistakeKind::Toml(error.message().to_owned());
        reading.wrong(error.span().unwrap_or(0..0), kind);
    }
    if !errors.is_empty() {
        return Err(reading.into_mistakes());
    }
    let whole = Section::new(&reading, table.get_ref(), 0..0, &KEYS);
    let id = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    if id.is_empty() || !id.chars().all(is_of_ids) {
        reading.wrong(0..0, MistakeKind::FileName(id.clone()));
    }
    let exercise = exercise(&whole, id);
    let mistakes = reading.into_mistakes();
    match exercise {
        Some(exercise) if mistakes.is_empty() => Ok(exercise),
        Some(_) | None => Err(mistakes),
    }
}

/// What ids are made of: a file of results has one beside other things in a line.
fn is_of_ids(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || "._-".contains(sign)
}

/// Every part is read before the first that is missing stops it, so that all mistakes are said.
fn exercise(whole: &Section<'_, '_>, id: String) -> Option<Exercise> {
    let number = whole.needs("number", whole.number("number", 1, 99));
    let roles: Vec<(&str, Role)> = Role::ALL.iter().map(|role| (role.word(), *role)).collect();
    let role = whole.needs("role", whole.word("role", &roles));
    let channel = whole.needs("channel", whole.word("channel", &CHANNELS));
    let minutes = whole.needs("minutes", whole.number("minutes", 1, 60));
    let presses = whole.needs("presses", whole.number("presses", 1, 500));
    let person = person(whole);
    let world = world(whole);
    let staff = staff_of(whole, role);
    let texts = texts(whole);
    let faults = faults::read(whole);
    let (must, must_not) = (facts::read(whole, "must"), facts::read(whole, "must_not"));
    if !whole.has("must") {
        whole.needs::<()>("must", None);
    } else if must.is_empty() {
        whole.wrong(whole.span_of("must"), MistakeKind::Empty { key: "must".into() });
    }
    checks::contradictions(whole, &must, &must_not);
    let time = minutes.and_then(|it| u64::try_from(it).ok()).map(|it| Duration::from_secs(60 * it));
    for facts in [&must, &must_not] {
        checks::within_reach(whole, facts, world.as_ref().map(|world| world.begins), time);
    }
    if let (Some(role), Some(channel)) = (role, channel) {
        checks::of_role(whole, &must, role);
        checks::of_role(whole, &must_not, role);
        checks::reachable(whole, &faults, role, time.unwrap_or(Duration::MAX));
        if !role.is_at(channel) {
            let word = CHANNELS.iter().find(|(_, other)| *other == channel).map_or("", |it| it.0);
            let kind = MistakeKind::NotOfRole { word: word.into(), role: role.word() };
            whole.wrong(whole.span_of("channel"), kind);
        }
    }
    Some(Exercise {
        id,
        number: u8::try_from(number?).ok()?,
        role: role?,
        channel: channel?,
        time: time?,
        presses: u16::try_from(presses?).ok()?,
        person: person?,
        staff,
        texts,
        world: world?,
        faults: faults.into_iter().map(|(fault, _)| fault).collect(),
        must: must.into_iter().map(|(fact, _)| fact).collect(),
        must_not: must_not.into_iter().map(|(fact, _)| fact).collect(),
    })
}

fn person(whole: &Section<'_, '_>) -> Option<Person> {
    let person = whole.needs("person", whole.section("person", &["card", "language", "says"]))?;
    let card = person.needs("card", person.word("card", &cards()));
    let language = person.needs("language", person.word("language", &languages()));
    let says = person.needs("says", person.text("says"));
    if card == Some(PracticeCard::Damaged) {
        let word = card_word(PracticeCard::Damaged);
        person.wrong(person.span_of("card"), MistakeKind::CardUnreadable { word });
    }
    Some(Person { card: card?, language: language?, says: says? })
}

/// The staff member of a counter or a desk; at a kiosk there is none.
fn staff_of(whole: &Section<'_, '_>, role: Option<Role>) -> Option<PracticeStaff> {
    let named = whole.word("staff", &staff());
    match role? {
        Role::Shop => {
            if whole.has("staff") {
                let kind = MistakeKind::NotOfRole { word: "staff".into(), role: Role::Shop.word() };
                whole.wrong(whole.span_of("staff"), kind);
            }
            None
        }
        Role::Counter | Role::Site => whole.needs("staff", named),
    }
}

fn world(whole: &Section<'_, '_>) -> Option<WorldBefore> {
    let world = whole.needs("world", whole.section("world", &WORLD))?;
    let begins = world.needs("begins", world.date_time("begins"));
    let slow = world.number("slow_seconds", 1, 60).and_then(|it| u64::try_from(it).ok());
    let lines = [("up", LineBefore::Up), ("cut", LineBefore::Cut)];
    let line = match (world.word("line", &lines), slow) {
        (Some(LineBefore::Cut), _) => LineBefore::Cut,
        (_, Some(seconds)) => LineBefore::Slow(Duration::from_secs(seconds)),
        (_, None) => LineBefore::Up,
    };
    let printers = [("ready", PrinterBefore::Ready), ("out", PrinterBefore::Out)];
    let districts =
        world.numbers("full").into_iter().map(|(code, span)| (DistrictCode(code), span));
    let full = districts.filter(|(code, span)| facts::is_there(&world, *code, span.clone()));
    Some(WorldBefore {
        line,
        printer: world.word("printer", &printers).unwrap_or(PrinterBefore::Ready),
        reader: world.truth("reader").unwrap_or(true),
        booked: registered(&world, "booked"),
        in_line: registered(&world, "in_line"),
        full: full.map(|(code, _)| code).collect(),
        begins: begins?,
    })
}

/// People who have registered, for only they can have a booking or wait for one.
fn registered(world: &Section<'_, '_>, key: &str) -> Vec<PracticeCard> {
    let named = world.words(key, &cards());
    for (card, span) in named.iter().filter(|(card, _)| card.mobile().is_none()) {
        let word = card_word(*card);
        world.wrong(span.clone(), MistakeKind::CardNotRegistered { word });
    }
    named.into_iter().map(|(card, _)| card).collect()
}

fn texts(whole: &Section<'_, '_>) -> Texts {
    let tags: Vec<&'static str> = languages().into_iter().map(|(tag, _)| tag).collect();
    let mut texts = Texts::default();
    let mut hints = None;
    let Some(all) = whole.needs("text", whole.section("text", &tags)) else { return texts };
    for language in Language::ALL {
        let Some(text) = all.section(language.tag(), &TEXT) else {
            // Every trainee reads one of these; the other languages fall back to English.
            if [Language::ZhTw, Language::En].contains(&language) && !all.has(language.tag()) {
                all.wrong(all.span.clone(), MistakeKind::MissingText { language });
            }
            continue;
        };
        let title = text.needs("title", text.text("title"));
        let situation = text.needs("situation", text.text("situation"));
        let task = text.needs("task", text.text("task"));
        let listed = text.texts("hints");
        text.needs("hints", Some(()));
        if text.has("hints") && listed.is_empty() {
            text.wrong(text.span_of("hints"), MistakeKind::Empty { key: "hints".into() });
        }
        let wanted = *hints.get_or_insert(listed.len());
        if !listed.is_empty() && wanted != 0 && listed.len() != wanted {
            let kind = MistakeKind::HintsDiffer { language, wanted };
            text.wrong(text.span_of("hints"), kind);
        }
        if let (Some(title), Some(situation), Some(task)) = (title, situation, task) {
            texts.set(language, ExerciseText { title, situation, task, hints: listed });
        }
    }
    texts
}

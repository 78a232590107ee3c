//! `vaxkiosk admin round` and `admin import` as whoever runs the programme meets them, on both
//! databases.

use crate::databases::{Fresh, Kind};
use crate::program::Program;
use crate::town;
use rstest::rstest;
use std::fmt::Write as _;
use std::process::Output;
use vaxkiosk::config::keys::KeysFile;
use vaxkiosk::domain::round::RoundNumber;
use vaxkiosk::domain::site::Slot;
use vaxkiosk::server::keys::Secrets;
use vaxkiosk::server::service::seal;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::people::Credentials;

const ROSTER: &str = "id,card,name,born,category,password_hash\n";
const SITES: &str = "number,district,name_zh,name_en,address_zh,address_en,brand\n\
     1,6300300,大安練習站,Daan Practice Site,臺北市大安區練習路1號,\"No. 1, Lianxi \
     Rd., Taipei\",AZ\n\
     2,6300300,大安練習所,Daan Practice Clinic,臺北市大安區練習路2號,\"No. 2, \
     Lianxi Rd., Taipei\",MO\n";
const SLOTS: &str = "site,starts,ends,capacity\n\
                     1,2031-07-16T09:00,2031-07-16T10:00,50\n\
                     2,2031-07-16T09:00,2031-07-16T10:00,30\n";

struct Programme {
    program: Program,
    random: Fresh,
}

impl Programme {
    fn new(kind: Kind) -> Self {
        let random = kind.fresh();
        Self { program: Program::new(&random), random }
    }

    /// A round whose registration is over and whose window is in the future.
    fn with_round(kind: Kind) -> Self {
        let programme = Self::new(kind);
        programme.program.succeed(&[
            "admin",
            "round",
            "add",
            "3",
            "--brands",
            "AZ,MO",
            "--born-until",
            "2003-12-31",
            "--registration-opens",
            "2021-07-06T09:00",
            "--cut-off",
            "2021-07-12T17:00",
            "--opens",
            "2031-07-13T10:00",
            "--closes",
            "2031-07-15T17:00",
            "--band",
            "1957-01-15=2031-07-13T10:00",
            "--band",
            "2004-01-15=2031-07-13T14:00",
        ]);
        programme
    }

    fn import(&self, what: &str, text: &str) -> std::process::Output {
        let file = self.program.folder.join(format!("{what}.csv"));
        std::fs::write(&file, text).unwrap();
        let file = file.display().to_string();
        let mut arguments = vec!["admin", "import", what, &file];
        if what != "roster" {
            arguments.extend(["--round", "3"]);
        }
        self.program.run(&[arguments, vec!["--language", "en"]].concat())
    }

    async fn store(&self) -> Store {
        let path = self.program.folder.join("keys.toml");
        let keys = KeysFile::read(&path, &std::fs::read_to_string(&path).unwrap()).unwrap();
        let secrets = Secrets::newest(&keys);
        Store::open(&self.random.address, seal(&secrets, &town::env(town::open()))).await.unwrap()
    }
}

fn error(done: &std::process::Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

/// The slots of the round as the database has them.
async fn slots(programme: &Programme) -> Vec<Slot> {
    let store = programme.store().await;
    store.programme(RoundNumber::try_from(3).unwrap()).await.unwrap().unwrap().slots
}

/// How many rows an import says that it added, changed and left as they were.
fn counts(done: &Output) -> [u32; 3] {
    assert!(done.status.success(), "{}", error(done));
    let said = String::from_utf8_lossy(&done.stdout).replace(',', "");
    let said = said.rsplit_once(": ").unwrap().1;
    let numbers = said.split_whitespace().filter_map(|word| word.parse().ok());
    numbers.collect::<Vec<_>>().try_into().unwrap()
}

/// A site is told otherwise and a slot gets more seats, while what is booked stays.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_programme_is_corrected_by_another_import(#[case] kind: Kind) {
    let programme = Programme::with_round(kind);
    counts(&programme.import("sites", SITES));
    counts(&programme.import("slots", SLOTS));
    let round = RoundNumber::try_from(3).unwrap();
    let first = programme.store().await.programme(round).await.unwrap().unwrap();
    let (site, slot) = (first.sites[0].clone(), first.slots[0].clone());
    let sites = SITES.replace(&site.name_zh, "改名站");
    assert_eq!(counts(&programme.import("sites", &sites)), [0, 1, 1]);
    let row = SLOTS.lines().find(|line| line.ends_with(&format!(",{}", slot.capacity))).unwrap();
    let more = row.replace(&format!(",{}", slot.capacity), ",77");
    assert_eq!(counts(&programme.import("slots", &SLOTS.replacen(row, &more, 1))), [0, 1, 1]);
    let second = programme.store().await.programme(round).await.unwrap().unwrap();
    assert_eq!(second.sites[0].name_zh, "改名站");
    assert_eq!((second.slots[0].id, second.slots[0].capacity), (slot.id, 77));
    assert_eq!(second.slots.len(), first.slots.len());
}

fn roster(people: std::ops::Range<u32>) -> String {
    let mut text = ROSTER.to_owned();
    for nth in people {
        let card = town::card(nth);
        writeln!(text, "{},{},甄健康,1950-01-01,9,", card.id.expose(), card.number.expose())
            .unwrap();
    }
    text
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_programme_is_imported_and_a_person_renewed(#[case] kind: Kind) {
    let programme = Programme::with_round(kind);
    for (what, text, rows) in
        [("sites", SITES, 2), ("slots", SLOTS, 2), ("roster", &roster(1..12_001), 12_000)]
    {
        let done = programme.import(what, text);
        assert_eq!(counts(&done), [rows, 0, 0], "{what}");
    }
    // The same files again change nothing.
    let before = slots(&programme).await;
    for (what, text, rows) in
        [("sites", SITES, 2), ("slots", SLOTS, 2), ("roster", &roster(1..12_001), 12_000)]
    {
        assert_eq!(counts(&programme.import(what, text)), [0, 0, rows], "{what}");
    }
    assert_eq!(slots(&programme).await, before);
    // The next roster has somebody new, and a new card for somebody old.
    let renewed =
        roster(12_000..12_002).replace(town::card(12_000).number.expose(), "999999999999");
    assert_eq!(counts(&programme.import("roster", &renewed)), [1, 1, 0]);
    let store = programme.store().await;
    let round = store.rounds().await.unwrap().remove(0);
    let credentials = |nth: u32, number: Option<&str>| {
        let number = number.map(|text| vaxkiosk::domain::card::CardNumber::parse(text).unwrap());
        Credentials { id: town::card(nth).id, card: number.or(Some(town::card(nth).number)) }
    };
    let asked = [
        credentials(1, None),
        credentials(12_000, None),
        credentials(12_000, Some("999999999999")),
        credentials(12_001, None),
    ];
    let found = store.people(&asked, round.number).await.unwrap();
    let known: Vec<bool> = found.iter().map(Option::is_some).collect();
    assert_eq!(known, [true, false, true, true], "the old card is nobody's now");
    let rows: Vec<i64> =
        found.iter().flatten().map(|person_found| person_found.record.person.0).collect();
    assert_eq!(rows, [1, 12_000, 12_001], "and the person is the same");
    assert_eq!(round.bands.len(), 2);
    let programme_shown = store.programme(round.number).await.unwrap().unwrap();
    assert_eq!((programme_shown.sites.len(), programme_shown.slots.len()), (2, 2));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_row_leaves_the_database_as_it_was_and_is_named(#[case] kind: Kind) {
    let programme = Programme::with_round(kind);
    let bad = format!(
        "{}A123456788,1,x,1950-01-01,,\n{}",
        roster(1..7000),
        roster(1..2).split_once('\n').unwrap().1
    );
    let done = programme.import("roster", &bad);
    assert_eq!(done.status.code(), Some(1));
    let said = error(&done);
    assert!(said.contains("2 bad rows"), "{said}");
    assert!(said.contains("Line 7001, column id: id should be"), "{said}");
    assert!(said.contains("7002: The same as in an earlier row"), "{said}");
    assert!(!said.contains("A123456788"), "no number of a person is printed");
    let store = programme.store().await;
    let round = store.rounds().await.unwrap().remove(0).number;
    let credentials = [Credentials { id: town::card(1).id, card: None }];
    assert!(store.people(&credentials, round).await.unwrap()[0].is_none(), "nobody was imported");
    for (what, text, reason) in [
        ("sites", SITES.replace("6300300", "1"), "Line 2, column district, “1”: district"),
        ("sites", format!("{SITES}{}", SITES.split_once('\n').unwrap().1), "Line 4: The same"),
        ("slots", SLOTS.to_owned(), "Line 2: site should be the number of a site of this round"),
        ("roster", "x,y\n1,2\n".to_owned(), "Line 1: The columns"),
        // One card for two people.
        (
            "roster",
            roster(1..3).replace(town::card(2).number.expose(), town::card(1).number.expose()),
            "Line 3: The same",
        ),
    ] {
        let done = programme.import(what, &text);
        assert_eq!(done.status.code(), Some(1));
        assert!(error(&done).contains(reason), "{what}: {}", error(&done));
    }
    assert!(
        programme.program.run(&["admin", "import", "roster", "/nowhere.csv"]).status.code()
            == Some(2)
    );
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_round_is_settled_once_for_each_opened_closed_and_reported(#[case] kind: Kind) {
    let programme = Programme::with_round(kind);
    let run =
        |arguments: &[&str]| programme.program.run(&[arguments, &["--language", "en"]].concat());
    assert_eq!(
        run(&["admin", "round", "settle", "9"]).status.code(),
        Some(1),
        "there is no round 9"
    );
    let store = programme.store().await;
    // Two in time, one too late, one too young, one who never registered.
    let mut import = store.import().await.unwrap();
    let people = (1..=5).map(|nth| {
        let mut entry = town::person(nth);
        match nth {
            3 => {
                let late = jiff::Timestamp::from_second(1_626_090_000 + 86_400).unwrap();
                entry.intention.as_mut().unwrap().registered = late;
            }
            4 => {
                entry.card.born = vaxkiosk::domain::person::BirthDate(jiff::civil::date(2015, 1, 1))
            }
            5 => entry.intention = None,
            _ => {}
        }
        if let Some(intention) = entry.intention.as_mut().filter(|_| nth != 3) {
            intention.registered = jiff::Timestamp::from_second(1_625_900_000).unwrap();
        }
        entry
    });
    import.people(&people.collect::<Vec<_>>()).await.unwrap();
    import.finish().await.unwrap();
    for _ in 0..2 {
        let done = run(&["admin", "round", "settle", "3"]);
        assert!(done.status.success(), "{}", error(&done));
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(said.contains("4 registered, 2 may book"), "{said}");
    }
    let round = store.rounds().await.unwrap().remove(0);
    assert!(round.settled.is_some());
    let figures = store.figures(&round).await.unwrap();
    assert_eq!((figures.registered, figures.in_time, figures.settled), (4, 3, 2), "{figures:?}");
    assert_eq!(figures.waiting_messages, 2, "settled twice, told once");
    let early = run(&["admin", "round", "close", "3"]);
    assert_eq!(early.status.code(), Some(1), "what is not open cannot be closed");
    assert!(run(&["admin", "round", "open", "3"]).status.success());
    assert!(
        store.rounds().await.unwrap()[0].opens
            <= jiff::Timestamp::from_second(i64::from(u32::MAX)).unwrap()
    );
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(run(&["admin", "round", "close", "3"]).status.success());
    let report = run(&["admin", "round", "report", "3"]);
    assert!(String::from_utf8_lossy(&report.stdout).contains("2  May book (told)"), "{report:?}");
    assert!(
        String::from_utf8_lossy(&run(&["admin", "round", "list"]).stdout)
            .starts_with("03\tAZ,MO\t")
    );
}

#[test]
fn a_round_that_makes_no_sense_is_not_added() {
    let programme = Programme::new(Kind::Sqlite);
    let add = |opens: &str| {
        programme.program.run(&[
            "admin",
            "round",
            "add",
            "3",
            "--brands",
            "AZ",
            "--born-until",
            "2003-12-31",
            "--registration-opens",
            "2031-07-06T09:00",
            "--cut-off",
            "2031-07-12T17:00",
            "--opens",
            opens,
            "--closes",
            "2031-07-15T17:00",
            "--language",
            "en",
        ])
    };
    let done = add("2031-07-11T10:00");
    assert_eq!(done.status.code(), Some(2));
    assert!(error(&done).contains("is not valid"), "{}", error(&done));
    assert!(add("2031-07-13T10:00").status.success());
    assert_eq!(add("2031-07-13T10:00").status.code(), Some(1), "it is there already");
    let early = programme.program.run(&["admin", "round", "settle", "3", "--language", "en"]);
    assert!(error(&early).contains("can be settled after that"), "{}", error(&early));
}

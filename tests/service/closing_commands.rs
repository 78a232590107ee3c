//! `vaxkiosk admin site` and `admin slot` as whoever runs the programme meets them, on both
//! databases, and what the report and the audit trail say afterwards.

use crate::databases::{Fresh, Kind};
use crate::plainly;
use crate::plainly::{ask, assert_sound};
use crate::program::Program;
use rstest::rstest;

const SITES: &str = "number,district,name_zh,name_en,address_zh,address_en,brand\n\
     1,6300300,大安練習站,Daan Practice Site,練習路1號,\"No. 1, Lianxi Rd.\",AZ\n\
     2,6300500,中正練習站,Zhongzheng Practice Site,練習路2號,\"No. 2, Lianxi Rd.\",AZ\n\
     3,6500100,板橋練習站,Banqiao Practice Site,練習路3號,\"No. 3, Lianxi Rd.\",AZ\n";
const SLOTS: &str = "site,starts,ends,capacity\n\
     1,2031-07-16T09:00,2031-07-16T10:00,50\n\
     1,2031-07-17T09:00,2031-07-17T10:00,2\n\
     2,2031-07-16T09:00,2031-07-16T10:00,30\n\
     3,2031-07-16T09:00,2031-07-16T10:00,30\n";

struct Programme {
    program: Program,
    database: Fresh,
}

impl Programme {
    /// A round with three sites, and four people who have booked in slot 1.
    async fn new(kind: Kind) -> Self {
        let database = kind.fresh();
        let programme = Self { program: Program::new(&database), database };
        let add = "admin round add 3 --brands AZ --born-until 2003-12-31 \
             --registration-opens 2021-07-06T09:00 --cut-off 2021-07-12T17:00 \
             --opens 2021-07-13T10:00 --closes 2031-07-15T17:00";
        programme.succeed(add);
        programme.import("sites", SITES);
        // Slots are within a year after the round opens, so the round opens later for a moment.
        programme.window("2031-07-13T10:00:00Z").await;
        programme.import("slots", SLOTS);
        programme.window("2021-07-13T10:00:00Z").await;
        for person in 1..=4 {
            let number = 300_000_000 + person;
            let statement = format!(
                "INSERT INTO bookings (number, round, person, slot, mobile_sealed, channel, \
                 idempotency_key, language, made) VALUES ({number}, 3, {person}, 1, unhex('00'), \
                 'pharmacy', unhex('00'), 'en', {person}); \
                 UPDATE seats SET taken = taken + 1 WHERE slot = 1"
            );
            plainly::run(&programme.database, &statement).await;
        }
        programme
    }

    async fn window(&self, opens: &str) {
        let opens: jiff::Timestamp = opens.parse().unwrap();
        let statement = format!("UPDATE rounds SET opens = {} WHERE number = 3", opens.as_second());
        plainly::run(&self.database, &statement).await;
    }

    fn import(&self, what: &str, text: &str) -> String {
        let file = self.program.folder.join(format!("{what}.csv"));
        std::fs::write(&file, text).unwrap();
        self.succeed(&format!("admin import {what} {} --round 3", file.display()))
    }

    fn succeed(&self, arguments: &str) -> String {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        self.program.succeed(&[&arguments[..], &["--language", "en"]].concat())
    }

    /// What a command says that is refused.
    fn refused(&self, arguments: &str) -> String {
        let words: Vec<&str> = arguments.split_whitespace().collect();
        let done = self.program.run(&[&words[..], &["--language", "en"]].concat());
        assert_eq!(done.status.code(), Some(1), "{arguments}: {done:?}");
        String::from_utf8(done.stderr).unwrap()
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slot_is_closed_once_and_all_of_it_is_told(#[case] kind: Kind) {
    let programme = Programme::new(kind).await;
    let list = programme.succeed("admin slot list --round 3 --site 1");
    assert!(list.starts_with("1\t1\t2031-07-16 09:00\t10:00\t50\t4\t\n2\t1\t"), "{list}");
    let sites = programme.succeed("admin site list --round 3 --district 6300300");
    assert_eq!(sites, "1\t6300300\tAZ\t大安練習站\t2\t0\t52\t4\n");
    for (arguments, says) in [
        ("admin slot close 1", "4 people have booked there"),
        ("admin slot close 1 99 --until 2031-07-15T12:00", "no slot 99"),
        ("admin slot close 1 --until 2021-07-15T12:00", "is past"),
        ("admin site close 9", "no site 9"),
        ("admin slot list --round 9", "no round 09"),
    ] {
        assert!(programme.refused(arguments).contains(says), "{arguments}");
    }
    assert_eq!(ask(&programme.database, "SELECT COUNT(closed) FROM seats").await, 0);
    let said = programme.succeed("admin slot close 1 --until 2031-07-15T12:00");
    for part in ["1 slot closed", "4 people will be told", "4 places are set aside", "For 0"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_sound(&programme.database).await;
    // The first two at the same site, the others in the next district of the county.
    let held = |slot: u32| format!("SELECT COUNT(*) FROM holds WHERE slot = {slot}");
    assert_eq!(ask(&programme.database, &held(2)).await, 2);
    assert_eq!(ask(&programme.database, &held(3)).await, 2);
    let again = programme.refused("admin slot close 2 1 --until 2031-07-15T12:00");
    assert!(again.contains("Slot 1 is closed already"), "{again}");
    assert_eq!(ask(&programme.database, "SELECT COUNT(closed) FROM seats").await, 1);
    // No seat of it can be taken, whatever the program believes.
    let take = "UPDATE seats SET capacity = 5, taken = 1 WHERE slot = 1";
    assert!(plainly::try_run(&programme.database, take).await.is_err());
    // The file in which it was open changes nothing.
    programme.window("2031-07-13T10:00:00Z").await;
    let imported = programme.import("slots", SLOTS);
    assert!(imported.contains("0 new, 0 changed, 4 unchanged"), "{imported}");
    let report = programme.succeed("admin round report 3");
    for line in ["0  Bookings", "0  Cancelled", "4  Displaced (slot closed)", "4  Places set aside"]
    {
        assert!(report.contains(line), "{line}: {report}");
    }
    let trail = programme.succeed("admin audit show --action close-slot");
    let told = "slot 1: 50 seats, 4 taken\tslot 1 closed: 4 displaced, 4 seats set aside";
    assert!(trail.contains("administrator\tclose-slot") && trail.contains(told), "{trail}");
    let one = programme.succeed("admin audit show --number 0300000001");
    assert!(one.contains("displace\t0300000001\tslot 1\tslot 2 set aside until"), "{one}");
    programme.succeed("admin audit verify");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_site_is_closed_with_all_that_is_to_come(#[case] kind: Kind) {
    let programme = Programme::new(kind).await;
    // Nobody has booked there, so no time is needed.
    let said = programme.succeed("admin site close 3");
    assert!(said.contains("1 slot closed") && !said.contains("told"), "{said}");
    let said = programme.succeed("admin site close 1 --until 2031-07-15T12:00");
    for part in ["2 slots closed", "4 people will be told", "4 places are set aside"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_sound(&programme.database).await;
    assert_eq!(ask(&programme.database, "SELECT COUNT(*) FROM holds WHERE slot = 3").await, 4);
    let again = programme.refused("admin site close 1 --until 2031-07-15T12:00");
    assert!(again.contains("Site 1 has no slot that is open"), "{again}");
    // With the last site nothing is left for them, and they may choose what becomes free.
    let said = programme.succeed("admin site close 2 --until 2031-07-15T14:00");
    assert!(said.contains("0 places are set aside") && said.contains("For 4 people"), "{said}");
    assert_sound(&programme.database).await;
    // Another round: the time cannot go beyond the day from which people register for it.
    programme.succeed(
        "admin round add 4 --brands AZ --born-until 2003-12-31 \
         --registration-opens 2031-07-15T18:00 --cut-off 2031-07-20T17:00 \
         --opens 2031-07-21T10:00 --closes 2031-07-22T17:00",
    );
    programme.window("2031-07-13T10:00:00Z").await;
    programme.import("slots", &format!("{SLOTS}2,2031-07-18T09:00,2031-07-18T10:00,5\n"));
    programme.window("2021-07-13T10:00:00Z").await;
    let late = programme.refused("admin site close 2 --until 2031-07-15T18:01");
    assert!(late.contains("The next round begins on Tue 15 Jul 18:00"), "{late}");
    programme.succeed("admin site close 2 --until 2031-07-15T18:00");
}

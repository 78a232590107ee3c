//! A small rush with families and people who wait: no family is parted, no seat that was held is
//! lost or given twice, and nobody is passed over. On both databases.

use crate::databases::Kind;
use crate::program::Program;
use rstest::rstest;
use serde_json::Value;

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn families_stay_whole_and_the_line_is_kept(#[case] kind: Kind) {
    let random = kind.fresh();
    let program = Program::new(&random);
    // 96 seats, of which the crowd wants many times more.
    let size = ["--people", "4000", "--kiosks", "24", "--sites", "1", "--seats", "3"];
    program.succeed(&[&["admin", "practice"], size.as_slice()].concat());
    let server = program.serve();
    let crowd = ["--kiosks", "24", "--people", "4000", "--think", "0.1", "--seconds", "15"];
    let mixed = ["rush", "--json", "--families", "20", "--waiting", "30"];
    let done = program.run(&[mixed.as_slice(), crowd.as_slice()].concat());
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{text}{}", String::from_utf8_lossy(&done.stderr));
    let report: Value = serde_json::from_str(&text).unwrap();
    let count = |name: &str| report[name].as_u64().unwrap();
    assert!(count("families") > 5 && count("families_booked") > 0, "families came: {text}");
    assert!(count("waited") > 5 && count("given_up") > 0, "people waited, seats came free: {text}");
    assert!(count("took_offers") > 0, "and some were taken: {text}");
    for never in ["families_parted", "holds_lost", "errors", "answered_otherwise"] {
        assert_eq!(count(never), 0, "{never}: {text}");
    }
    let audit = |name: &str| report["audit"][name].as_u64().unwrap();
    for never in [
        "slots_over_capacity",
        "slots_with_more_bookings_than_taken_seats",
        "people_booked_twice",
        "offers_astray",
        "people_passed_over",
    ] {
        assert_eq!(audit(never), 0, "{never}: {text}");
    }
    assert_eq!(report["audit"]["missing"].as_array().unwrap().len(), 0);
    drop(server);
}

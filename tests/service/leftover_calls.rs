//! Leftover doses by the calls of the service, and by `vaxkiosk admin leftover`: who may say how
//! many are left, who is told, and what each code is worth. On both databases.
#![allow(clippy::disallowed_methods, reason = "the program's day is this machine's")]

use crate::attendance_commands::day;
use crate::databases::Kind;
use crate::desks::{CHECK_IN, COUNTER, Desk, desk, desk_of, set, start};
use crate::plainly;
use crate::program::Program;
use crate::running::{Running, code, refusal};
use jiff::SignedDuration;
use rstest::rstest;
use std::sync::atomic::{AtomicU32, Ordering};
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::api::leftovers::{AskForLeftover, CameForLeftover, DosesLeft, LeftoverView};
use vaxkiosk::api::problem::Code;
use vaxkiosk::client::calls::{Answer, Call, Reply};
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::SiteId;

pub async fn asks(running: &Running, person: u32, site: u32) -> Reply {
    let token = running.session(person).await;
    let mobile = MobileChoice::Given(MobileNumber::parse(&format!("09{person:08}")).unwrap());
    let ask = AskForLeftover { site: SiteId(site), mobile, language: Language::Vi };
    running.client.call(Call::AskForLeftover { token, ask }).await
}

pub async fn say(desk: &Desk, doses: Option<u32>) -> Reply {
    static SAID: AtomicU32 = AtomicU32::new(1);
    let staff = desk.staff.clone();
    let Some(doses) = doses else { return desk.client.call(Call::Leftovers { staff }).await };
    let key = SAID.fetch_add(1, Ordering::SeqCst);
    say_once(desk, doses, key).await
}

/// Sent again with the same key, it is the same.
pub async fn say_once(desk: &Desk, doses: u32, key: u32) -> Reply {
    let (staff, ask) = (desk.staff.clone(), DosesLeft { doses });
    let key = format!("{:032x}", u128::from(key) << 8);
    desk.client.call(Call::SayDosesLeft { staff, ask, key }).await
}

pub async fn figures(desk: &Desk) -> LeftoverView {
    match say(desk, None).await {
        Ok(Answer::Leftovers(view)) => view,
        other => panic!("{other:?}"),
    }
}

pub async fn comes(desk: &Desk, code: &str) -> Reply {
    let ask = CameForLeftover { code: Personal::new(code) };
    desk.client.call(Call::CameForLeftover { staff: desk.staff.clone(), ask }).await
}

/// The code of each person who was told lately, by their number.
pub async fn codes(running: &Running) -> Vec<(u32, String)> {
    let now = *running.time.lock().unwrap();
    let until = now + SignedDuration::from_mins(1);
    let claimed = running.service.store.claim_messages(now, until, 1000).await.unwrap();
    let told = claimed.due.into_iter().filter_map(|due| {
        let person = due.mobile.expose()[2..].parse().unwrap();
        Some((person, due.code?.expose().to_owned()))
    });
    let mut told: Vec<_> = told.collect();
    told.sort_unstable();
    told
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_says_them_those_who_asked_are_told_and_the_first_gets_one(#[case] kind: Kind) {
    let running = start(kind, 14).await;
    // In another order than that of their numbers.
    for person in (1..=12).rev() {
        assert_eq!(asks(&running, person, 1).await, Ok(Answer::ToBeTold));
    }
    assert_eq!(asks(&running, 12, 1).await, Ok(Answer::ToBeTold), "again, and in the same place");
    let token = running.session(11).await;
    for _ in 0..2 {
        let token = token.clone();
        let left = running.client.call(Call::LeaveLeftovers { token }).await;
        assert_eq!(left, Ok(Answer::NotToBeTold));
    }
    assert_eq!(code(asks(&running, 13, 99).await), Some(Code::NotFound), "no such site");
    assert_eq!(refusal(asks(&running, 13, 2).await), Some(Refusal::BrandNotChosen));
    running.book_given(13, 1, Language::En).await;
    assert_eq!(refusal(asks(&running, 13, 1).await), Some(Refusal::AlreadyBooked));

    set(&running, 16, 10, 30);
    let counter = desk_of(&running, "desk a", COUNTER).await;
    assert_eq!(code(say(&counter, None).await), Some(Code::RightMissing));
    assert_eq!(code(say(&counter, Some(1)).await), Some(Code::RightMissing));
    assert_eq!(code(comes(&counter, "1234567890").await), Some(Code::RightMissing));
    let here = desk_of(&running, "desk a", CHECK_IN).await;
    assert_eq!(code(say(&here, Some(51)).await), Some(Code::BadRequest));
    assert_eq!(figures(&here).await.doses, 0);
    assert!(say(&here, Some(1)).await.is_ok());
    let view = figures(&here).await;
    assert_eq!((view.doses, view.told, view.came, view.waiting), (1, 10, 0, 11));
    let twenty = *running.time.lock().unwrap() + SignedDuration::from_mins(20);
    assert_eq!(view.until, Some(twenty));
    let codes = codes(&running).await;
    let told: Vec<u32> = codes.iter().map(|(person, _)| *person).collect();
    assert_eq!(told, [2, 3, 4, 5, 6, 7, 8, 9, 10, 12], "in order of asking, but who left");

    // At another site the code is nobody's.
    let elsewhere = desk(&running, "desk c").await;
    assert_eq!(code(comes(&elsewhere, &codes[0].1).await), Some(Code::UnknownPerson));
    let first = comes(&here, &codes[5].1).await;
    let Ok(Answer::LeftoverGiven(given)) = &first else { panic!("{first:?}") };
    assert_eq!((given.doses.doses, given.doses.came), (0, 1));
    assert_eq!(comes(&here, &codes[5].1).await, first, "sent again, it is the same");
    for nth in [0, 9] {
        assert_eq!(refusal(comes(&here, &codes[nth].1).await), Some(Refusal::SlotFull));
    }
    plainly::assert_sound(&running.random).await;

    // Another dose is left, and twenty minutes are over: the old codes are worth nothing.
    *running.time.lock().unwrap() += SignedDuration::from_mins(21);
    let here = desk_of(&running, "desk b", CHECK_IN).await;
    assert!(say(&here, Some(1)).await.is_ok());
    for _ in 0..12 {
        let late = comes(&here, &codes[0].1).await;
        assert_eq!(refusal(late), Some(Refusal::CodeOver), "late, and no guess");
    }
    assert_eq!(figures(&here).await.doses, 1);
    assert!(say(&here, Some(0)).await.is_ok());
    assert_eq!(figures(&here).await.doses, 0, "none is left after all");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_guesses_codes_at_a_desk_is_slowed(#[case] kind: Kind) {
    let running = start(kind, 2).await;
    assert!(asks(&running, 1, 1).await.is_ok());
    set(&running, 16, 10, 30);
    let here = desk(&running, "desk a").await;
    assert!(say(&here, Some(1)).await.is_ok());
    let right = codes(&running).await.remove(0).1;
    let mut refused = Vec::new();
    for guess in 0..20 {
        refused.push(code(comes(&here, &format!("{guess:010}")).await).unwrap());
    }
    assert_eq!(refused[0], Code::UnknownPerson);
    assert!(refused.contains(&Code::TooManyWrong), "{refused:?}");
    assert_eq!(code(comes(&here, &right).await), Some(Code::TooManyWrong), "also the right one");
    assert_eq!(figures(&here).await.came, 0);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn for_a_site_without_a_desk_the_administrator_says_it(#[case] kind: Kind) {
    let database = kind.fresh();
    let program = Program::new(&database);
    day(&program, &database, 0).await;
    let mut line = String::new();
    for person in 1..=25 {
        line += &format!(
            "INSERT INTO leftover_line (place, round, person, site, mobile_sealed, language) \
             VALUES ({}, 3, {person}, 1, unhex('00'), 'en'); \
             INSERT INTO people (id, id_hash, card_hash, identity_sealed, born_sealed) \
             VALUES ({person}, unhex('{person:08}'), unhex('00'), unhex('00'), unhex('00')) \
             ON CONFLICT (id) DO NOTHING; \
             INSERT INTO intentions (person, number, registered, mobile_sealed, district, brands, \
             language) VALUES ({person}, {person}, 0, unhex('00'), 6300300, \
             (SELECT brand FROM sites WHERE id = 1), 'en') \
             ON CONFLICT (person) DO UPDATE SET brands = excluded.brands;",
            100 - person
        );
    }
    plainly::run(&database, &line).await;
    let leftover = |site: &str, doses: &str| {
        program.run(&["admin", "leftover", site, doses, "--language", "en"])
    };
    let said = |done: &std::process::Output| String::from_utf8(done.stdout.clone()).unwrap();
    assert_eq!(leftover("1", "51").status.code(), Some(2));
    let done = leftover("1", "1");
    assert!(done.status.success() && said(&done).contains("10 people"), "{}", said(&done));
    let told = "SELECT COUNT(*) FROM leftover_told WHERE person BETWEEN 16 AND 25";
    assert_eq!(plainly::ask(&database, told).await, 10, "in the order of asking");
    assert_eq!(plainly::ask(&database, "SELECT COUNT(*) FROM leftover_told").await, 10);
    let messages = "SELECT COUNT(*) FROM messages WHERE kind = 'leftover'";
    assert_eq!(plainly::ask(&database, messages).await, 10);
    let minutes = "SELECT MIN(until) - (SELECT made FROM leftover_doses) FROM leftover_told";
    assert_eq!(plainly::ask(&database, minutes).await, 20 * 60);
    // Nobody asked at the other site; a third is not there; a day without a slot has no doses.
    let done = leftover("2", "3");
    assert!(done.status.success() && said(&done).contains("0 people"), "{}", said(&done));
    assert_eq!(leftover("9", "1").status.code(), Some(1));
    plainly::run(&database, "UPDATE slots SET starts = '2021-07-20T09:00:00'").await;
    let done = leftover("1", "1");
    let why = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.code() == Some(1) && why.contains("no open time"), "{why}");
    assert_eq!(plainly::ask(&database, "SELECT COUNT(*) FROM leftover_doses").await, 2);
}

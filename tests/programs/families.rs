//! Fifty families of six want one hour with a hundred seats, at two running servers of which one is
//! killed: whole families only.

use crate::databases::Kind;
use crate::practice;
use crate::program::Program;
use rstest::rstest;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::api::sessions::{OpenSession, SessionToken};
use vaxkiosk::api::together::{BookTogether, TogetherSeat};
use vaxkiosk::client::calls::{Answer, Call, Fault, Reply};
use vaxkiosk::client::http::Client;
use vaxkiosk::commands::practice_people;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::SlotId;

const FAMILIES: u32 = 50;
const OF: u32 = 6;

/// Asks one server after another until there is an answer, as kiosks with two addresses do.
async fn ask(servers: &[Client; 2], first: u32, call: Call) -> Reply {
    let asking = async {
        for nth in first as usize.. {
            match servers[nth % 2].call(call.clone()).await {
                Err(Fault::Gone) => {}
                Err(Fault::Problem(problem)) if problem.code.will_pass() => {}
                reply => return reply,
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        unreachable!("it is asked until there is an answer")
    };
    tokio::time::timeout(Duration::from_secs(120), asking).await.expect("an answer")
}

async fn opened(servers: &[Client; 2], person: u32) -> SessionToken {
    let card = practice_people::card(person);
    let open = OpenSession::Card { id: card.id, card: card.number, password: None };
    match ask(servers, person, Call::OpenSession(Box::new(open))).await {
        Ok(Answer::Session(opened)) => opened.token,
        other => panic!("{other:?}"),
    }
}

/// What became of a family: a number each, or that the hour is full.
async fn family(servers: &[Client; 2], nth: u32) -> Option<Vec<BookingNumber>> {
    let mut people = Vec::new();
    for member in 0..OF {
        let session = opened(servers, nth * OF + member).await;
        people.push(TogetherSeat { session, slot: SlotId(1), mobile: MobileChoice::Registered });
    }
    let ask_all = BookTogether { people, language: Language::Vi };
    let key = format!("{:032x}", u128::from(nth) + 1);
    match ask(servers, nth, Call::BookTogether { ask: ask_all, key }).await {
        Ok(Answer::BookedTogether(booked)) => {
            Some(booked.bookings.iter().map(|one| one.number).collect())
        }
        Err(Fault::Problem(problem)) if problem.refusal == Some(Refusal::SlotFull) => None,
        other => panic!("family {nth}: {other:?}"),
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn fifty_families_at_two_servers_of_which_one_is_killed_are_whole_or_not_booked(
    #[case] kind: Kind,
) {
    let random = kind.fresh();
    let one = Program::new(&random);
    let size = ["--people", "400", "--kiosks", "1", "--sites", "1", "--seats", "100"];
    one.succeed(&[&["admin", "practice"], size.as_slice()].concat());
    let other = Program::beside(&one, &random);
    let (stays, dies) = (one.serve(), other.serve());
    let urls = [one.url(), other.url()];
    let servers = Arc::new(urls.map(|url| practice::kiosk(&one, url)));
    let network =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let done = Arc::new(AtomicU32::new(0));
    let asking: Vec<_> = (0..FAMILIES)
        .map(|nth| {
            let (servers, done) = (Arc::clone(&servers), Arc::clone(&done));
            network.spawn(async move {
                let booked = family(&servers, nth).await;
                done.fetch_add(1, Ordering::Relaxed);
                booked
            })
        })
        .collect();
    // Some have their answer, most are on their way.
    while done.load(Ordering::Relaxed) < 3 {
        std::thread::sleep(Duration::from_millis(1));
    }
    dies.kill();
    let (mut whole, mut numbers) = (0, HashSet::new());
    for asked in asking {
        if let Some(booked) = network.block_on(asked).unwrap() {
            assert_eq!(booked.len() as u32, OF, "a whole family");
            numbers.extend(booked);
            whole += 1;
        }
    }
    assert_eq!((whole, numbers.len()), (16, 96), "as many whole families as have room");
    drop(stays);
    let report = one.succeed(&["admin", "round", "report", "99"]);
    assert!(report.lines().any(|line| line.contains("96")), "{report}");
}

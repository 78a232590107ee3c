//! The service's wall clock is set forward and back by somebody: limits, lockouts, sessions,
//! captchas, bookings and messages go on as if it had not been.
#![allow(clippy::disallowed_methods, reason = "a test that waits for messages measures time")]

use crate::databases::Kind;
use crate::log_in::{by_numbers, graphic, token};
use crate::running::{Running, code, generous, key, number, start, start_with, with_card};
use crate::town::{card, open};
use crate::work::{ask, assert_sound};
use jiff::SignedDuration;
use rstest::rstest;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, Instant};
use vaxkiosk::api::problem::Code;
use vaxkiosk::client::calls::{Answer, Call, Fault, Reply};
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::server::limits::Allowance;
use vaxkiosk::server::notify::file::MessageFile;
use vaxkiosk::server::notify::{Pace, deliver};

const HOURS: i64 = 60;
/// The hour of Taiwan at which the town opens is ten, and it closes two days later.
const WITHIN_THE_ROUND: i64 = 20;

fn set(running: &Running, hours: i64) {
    *running.stepped.lock().unwrap() = SignedDuration::from_hours(hours);
}

/// Time that goes by for both clocks.
fn pass(running: &Running, seconds: i64) {
    *running.time.lock().unwrap() += SignedDuration::from_secs(seconds);
}

fn wait(reply: Reply) -> Option<u32> {
    match reply {
        Ok(_) => None,
        Err(Fault::Problem(problem)) => Some(problem.retry_after.expect("how long")),
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case::forward(HOURS)]
#[case::back(-HOURS)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_waits_as_long_as_without_the_step(#[case] hours: i64) {
    let few = NonZeroU32::new(4).unwrap();
    let allowance = Allowance { device_a_second: few, device_burst: few, ..generous() };
    let running = start_with(Kind::Sqlite, 1, 5, open(), allowance).await;
    for to in [hours, 0] {
        for _ in 0..4 {
            assert_eq!(wait(running.client.call(Call::Seats).await), None);
        }
        set(&running, to);
        assert_eq!(wait(running.client.call(Call::Seats).await), Some(1), "not at once");
        pass(&running, 1);
    }
    assert_eq!(wait(running.client.call(Call::Seats).await), None);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_locked_out_for_the_length_of_a_step_back(#[case] kind: Kind) {
    let running = start(kind, 2, 5).await;
    set(&running, HOURS);
    for _ in 0..5 {
        let wrong = running.client.call(with_card(card(1).id, card(2).number)).await;
        assert_eq!(code(wrong), Some(Code::UnknownPerson));
    }
    set(&running, 0);
    let right = || running.client.call(with_card(card(1).id, card(1).number));
    assert_eq!(wait(right().await), Some(30));
    // What was learned from the database meanwhile makes nobody wait longer.
    tokio::time::sleep(Duration::from_millis(700)).await;
    pass(&running, 30);
    assert_eq!(wait(right().await), None);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_is_no_longer_and_comes_to_no_second_life(#[case] kind: Kind) {
    let running = start(kind, 2, 5).await;
    set(&running, WITHIN_THE_ROUND);
    let from_the_future = running.session(1).await;
    let captcha = graphic(&running.client).await;
    set(&running, 0);
    let over = running.client.call(Call::Standing { token: from_the_future }).await;
    assert_eq!(code(over), Some(Code::SessionOver), "it would last for twenty hours");
    let old = running.client.call(by_numbers(1, 1, captcha)).await;
    assert_eq!(code(old), Some(Code::WrongGraphic));
    // A step of the kind that time servers make is no end of it.
    let ended = running.session(2).await;
    *running.stepped.lock().unwrap() = SignedDuration::from_secs(-20);
    let standing = Call::Standing { token: ended.clone() };
    assert!(running.client.call(standing.clone()).await.is_ok());
    let end = Call::CloseSession { token: ended };
    assert_eq!(running.client.call(end).await, Ok(Answer::Closed));
    set(&running, WITHIN_THE_ROUND);
    let now = (running.service.env.now)();
    running.service.sessions.tidy(now, (running.service.env.uptime)());
    running.service.store.forget_spent_tokens(now).await.unwrap();
    set(&running, 0);
    assert_eq!(code(running.client.call(standing).await), Some(Code::SessionOver));
    token(running.client.call(with_card(card(2).id, card(2).number)).await);
}

#[rstest]
#[case::forward(WITHIN_THE_ROUND)]
#[case::back(-WITHIN_THE_ROUND)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_is_told_once_and_within_seconds_whatever_the_clock_says(#[case] hours: i64) {
    // Twenty hours after the opening, so that the round is open at either end of a step back.
    let later = open() + SignedDuration::from_hours(WITHIN_THE_ROUND + 1);
    let running = start_with(Kind::Sqlite, 6, 20, later, generous()).await;
    let fresh = Arc::clone(&running.random);
    let vaxkiosk::server::store::database::Address::Sqlite(database) = &fresh.address else {
        unreachable!()
    };
    let path = database.with_extension("jsonl");
    let gateway = Arc::new(MessageFile::new(path.clone()));
    tokio::spawn(deliver(Arc::clone(&running.service), gateway, Pace::Steady));
    let mut numbers = Vec::new();
    for (nth, to) in [0, hours, 0, hours, 0, 0].into_iter().enumerate() {
        let nth = nth as u32 + 1;
        // Messages of before the step are there and not sent.
        let token = running.session(nth).await;
        numbers.push(number(running.book(&token, 2, key(nth)).await));
        set(&running, to);
    }
    let began = Instant::now();
    let lines = || std::fs::read_to_string(&path).unwrap_or_default();
    while lines().lines().count() < numbers.len() {
        assert!(began.elapsed() < Duration::from_secs(10), "{}", lines());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(Duration::from_millis(1100)).await;
    for number in &numbers {
        assert_eq!(lines().lines().filter(|line| line.contains(number)).count(), 1, "{number}");
    }
    let live = ask(&fresh.address, "SELECT COUNT(*) FROM bookings WHERE cancelled IS NULL").await;
    assert_eq!(live, [[Some(6)]]);
    let numbers: Vec<_> =
        numbers.iter().map(|number| BookingNumber::parse(number).unwrap()).collect();
    assert_sound(&fresh.address, &numbers).await;
}

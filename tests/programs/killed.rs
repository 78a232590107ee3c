//! A server that is killed between a submit and its answer, at many points of that way.

use crate::databases::Kind;
use crate::extent::extent;
use crate::practice;
use crate::program::Program;
use crate::running::ask_until_answered;
use rstest::rstest;
use std::time::Duration;
use vaxkiosk::api::bookings::{BookSlot, BookingView, MobileChoice};
use vaxkiosk::api::sessions::{OpenSession, SessionOpened};
use vaxkiosk::client::calls::Call;
use vaxkiosk::client::calls::{Answer, Reply};
use vaxkiosk::client::http::Client;
use vaxkiosk::commands::practice_people;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::site::SlotId;

async fn opened(kiosk: &Client, nth: u32) -> SessionOpened {
    let card = practice_people::card(nth);
    let ask = OpenSession::Card { id: card.id, card: card.number, password: None };
    match ask_until_answered(kiosk, Call::OpenSession(Box::new(ask))).await {
        Ok(Answer::Session(opened)) => *opened,
        other => panic!("{other:?}"),
    }
}

fn booked(reply: Reply) -> Option<BookingView> {
    match reply {
        Ok(Answer::Booked(booking)) => Some(*booking),
        _ => None,
    }
}

/// How long after its submit each kill comes: later by a growing step until an answer was faster
/// than the kill, then from the start again. So a slow machine and a fast one are both killed
/// before, within and after what a booking takes there.
#[derive(Default)]
struct Moments {
    step: u32,
    after: Duration,
}

impl Moments {
    fn next(&mut self, was_answered: bool) -> Duration {
        if was_answered {
            *self = Self::default();
        } else {
            self.after += Duration::from_micros(60) * self.step;
            self.step += 1;
        }
        self.after
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn killed_at_every_point_between_submit_and_answer_there_is_one_booking_and_one_message(
    #[case] kind: Kind,
) {
    let random = kind.fresh();
    let program = Program::new(&random);
    let size = ["--people", "200", "--kiosks", "1", "--sites", "1", "--seats", "200"];
    program.succeed(&[&["admin", "practice"], size.as_slice()].concat());
    let network =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    // `KILLS`, or 50 times.
    let submits: u32 = extent("KILLS", 50);
    let (mut answered, mut unanswered_but_done, mut not_done) = (0, 0, 0);
    let mut numbers = Vec::new();
    let mut server = program.serve();
    let (mut moments, mut was_answered) = (Moments::default(), false);
    for nth in 0..submits {
        let kiosk = practice::kiosk(&program, program.url());
        let token = network.block_on(opened(&kiosk, nth)).token;
        let ask =
            BookSlot { slot: SlotId(1), mobile: MobileChoice::Registered, language: Language::Vi };
        let key = format!("{:032x}", u128::from(nth) + 1);
        let call = |token| Call::Book { token, ask: ask.clone(), key: key.clone() };
        let submit = call(token);
        let sending = {
            let kiosk = kiosk.clone();
            network.spawn(async move { kiosk.call(submit).await })
        };
        std::thread::sleep(moments.next(was_answered));
        server.kill();
        let first = booked(network.block_on(sending).unwrap());
        was_answered = first.is_some();
        server = program.serve();
        let kiosk = practice::kiosk(&program, program.url());
        let again = network.block_on(opened(&kiosk, nth));
        let found = again.standing.booking.map(|booking| booking.number);
        match (&first, found) {
            (Some(first), found) => {
                answered += 1;
                assert_eq!(Some(first.number), found, "{nth}: an answer is never taken back");
            }
            (None, Some(_)) => unanswered_but_done += 1,
            (None, None) => not_done += 1,
        }
        let second =
            booked(network.block_on(ask_until_answered(&kiosk, call(again.token.clone()))))
                .expect("a booking");
        assert!(
            found.is_none_or(|found| found == second.number),
            "{nth}: the same number when asked again"
        );
        let third = booked(network.block_on(ask_until_answered(&kiosk, call(again.token))))
            .expect("a booking");
        assert_eq!(second, third, "{nth}: and always the same receipt");
        numbers.push(second.number.to_string());
    }
    println!(
        "killed {submits} times: answered {answered}, done unanswered {unanswered_but_done}, not \
            done {not_done}"
    );
    assert!(
        answered > 0 && not_done > 0,
        "before the submit and after the answer: {answered} {not_done}"
    );
    let said = || std::fs::read_to_string(program.messages()).unwrap_or_default();
    // What a dead server had claimed of a database that has more servers is free after a
    // minute.
    let mut waits = 0;
    while said().lines().count() < submits as usize {
        assert!(waits < 1400, "messages: {}", said().lines().count());
        std::thread::sleep(Duration::from_millis(100));
        waits += 1;
    }
    std::thread::sleep(Duration::from_secs(2));
    drop(server);
    let (said, mut of_each) = (said(), 0);
    for (nth, number) in (0..).zip(&numbers) {
        let to = format!("09{nth:08}");
        let lines = said
            .lines()
            .filter(|line| line.contains(&to) && line.contains(number.as_str()))
            .count();
        assert_eq!(lines, 1, "{to} {number}: one message");
        of_each += lines;
    }
    assert_eq!(said.lines().count(), of_each, "and none besides");
    let mut different = numbers.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), numbers.len());
    let report = program.succeed(&["admin", "round", "report", "99"]);
    assert!(report.contains(&submits.to_string()), "{report}");
}

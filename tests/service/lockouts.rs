//! What is used once is used up, and what was wrong is counted: captchas and tokens however they
//! are spelled, wrong log-ins of people and kiosks.

use crate::databases::Kind;
use crate::log_in::{at_a_health_station, by_numbers, graphic, token};
use crate::running;
use crate::running::{code, start, with_card};
use crate::town::card;
use jiff::SignedDuration;
use rstest::rstest;
use std::sync::Arc;
use vaxkiosk::api::captchas::CaptchaAnswer;
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::sessions::SessionToken;
use vaxkiosk::client::calls::Call;
use vaxkiosk::client::calls::{Fault, Reply};
use vaxkiosk::domain::personal::Personal;

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_five_wrong_combinations_person_and_kiosk_wait_at_every_server(#[case] kind: Kind) {
    let running = start(kind, 3, 5).await;
    for _ in 0..5 {
        let wrong = running.client.call(with_card(card(1).id, card(2).number)).await;
        assert_eq!(code(wrong), Some(Code::UnknownPerson));
    }
    let waiting = |reply: Reply| match reply {
        Err(Fault::Problem(problem)) if problem.code == Code::TooManyWrong => problem.retry_after,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        waiting(running.client.call(with_card(card(1).id, card(1).number)).await),
        Some(30),
        "right, but too soon"
    );
    assert_eq!(
        waiting(running.client.call(with_card(card(3).id, card(3).number)).await),
        Some(30),
        "this kiosk"
    );
    let station = at_a_health_station(&running).await;
    assert_eq!(
        waiting(station.call(with_card(card(1).id, card(1).number)).await),
        Some(30),
        "this person"
    );
    token(station.call(with_card(card(3).id, card(3).number)).await);
    let now = *running.time.lock().unwrap();
    let other = running::start_over(Arc::clone(&running.random), now, running::generous()).await;
    assert_eq!(
        waiting(other.client.call(with_card(card(1).id, card(1).number)).await),
        Some(30),
        "another server knows"
    );
    *running.time.lock().unwrap() += SignedDuration::from_secs(30);
    token(running.client.call(with_card(card(1).id, card(1).number)).await);
    let wrong = running.client.call(with_card(card(1).id, card(2).number)).await;
    assert_eq!(code(wrong), Some(Code::UnknownPerson), "and the count begins anew");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_right_combination_forgives_its_person_and_lowers_the_kiosks_count() {
    let running = start(Kind::Sqlite, 2, 5).await;
    let station = at_a_health_station(&running).await;
    let wrong = with_card(card(1).id, card(2).number);
    for _ in 0..4 {
        assert_eq!(code(running.client.call(wrong.clone()).await), Some(Code::UnknownPerson));
    }
    token(running.client.call(with_card(card(1).id, card(1).number)).await);
    for _ in 0..4 {
        assert_eq!(code(station.call(wrong.clone()).await), Some(Code::UnknownPerson));
    }
    token(station.call(with_card(card(1).id, card(1).number)).await);
    // Three are left of the first kiosk's four: another two make it wait.
    let other = with_card(card(2).id, card(1).number);
    for _ in 0..2 {
        assert_eq!(code(running.client.call(other.clone()).await), Some(Code::UnknownPerson));
    }
    assert_eq!(code(running.client.call(other).await), Some(Code::TooManyWrong));
}

/// Who knows a number can lock out whoever types it, but not its owner, whose card is read.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_numbers_that_were_typed_do_not_lock_out_a_card_that_is_read(#[case] kind: Kind) {
    let running = start(kind, 3, 5).await;
    for _ in 0..5 {
        let wrong = by_numbers(1, 2, graphic(&running.client).await);
        assert_eq!(code(running.client.call(wrong).await), Some(Code::UnknownPerson));
    }
    let typed = by_numbers(1, 1, graphic(&running.client).await);
    assert_eq!(code(running.client.call(typed).await), Some(Code::TooManyWrong));
    token(running.client.call(with_card(card(1).id, card(1).number)).await);
    let innocent = with_card(card(3).id, card(3).number);
    token(running.client.call(innocent).await);
    let now = *running.time.lock().unwrap();
    let other = running::start_over(Arc::clone(&running.random), now, running::generous()).await;
    let typed = by_numbers(1, 1, graphic(&other.client).await);
    assert_eq!(code(other.client.call(typed).await), Some(Code::TooManyWrong), "there too");
    token(other.client.call(with_card(card(1).id, card(1).number)).await);
}

/// Forty guesses at once: no more are looked at than one after another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_guesses_at_once_five_are_looked_at() {
    let running = start(Kind::Sqlite, 2, 5).await;
    let mut guesses = Vec::new();
    for _ in 0..40 {
        let guess = by_numbers(1, 2, graphic(&running.client).await);
        let client = running.client.clone();
        guesses.push(tokio::spawn(async move { code(client.call(guess).await) }));
    }
    let mut looked_at = 0;
    for guess in guesses {
        match guess.await.unwrap() {
            Some(Code::UnknownPerson) => looked_at += 1,
            Some(Code::TooManyWrong) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(looked_at, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_captcha_is_one_however_its_token_is_spelled() {
    let running = start(Kind::Sqlite, 2, 5).await;
    let once = graphic(&running.client).await;
    token(running.client.call(by_numbers(1, 1, once.clone())).await);
    let again = CaptchaAnswer { token: once.token.to_uppercase(), ..once };
    assert_eq!(code(running.client.call(by_numbers(2, 2, again)).await), Some(Code::WrongGraphic));
    let nonsense = CaptchaAnswer { token: "00".into(), digits: Personal::new("1234") };
    assert_eq!(
        code(running.client.call(by_numbers(2, 2, nonsense)).await),
        Some(Code::WrongGraphic)
    );
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_was_ended_stays_so_however_its_token_is_spelled(#[case] kind: Kind) {
    let running = start(kind, 1, 5).await;
    let own = running.session(1).await;
    let capitals = SessionToken(Personal::new(own.0.expose().to_uppercase()));
    let ended = running.client.call(Call::CloseSession { token: own }).await;
    assert!(ended.is_ok(), "{ended:?}");
    let late = running.client.call(Call::Standing { token: capitals }).await;
    assert_eq!(code(late), Some(Code::SessionOver));
}

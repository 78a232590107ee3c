//! Waiting for a seat by the calls of the service: what is shown and said, and how an offer is
//! taken by the code of its message. On both databases.

use crate::databases::Kind;
use crate::plainly::assert_sound;
use crate::running::{Running, code, generous, key, refusal, start_over};
use crate::town::open;
use crate::waiting::{settle, slot, wish};
use jiff::SignedDuration;
use rstest::rstest;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::waiting::{AskToWait, TakeOffer, WaitingView};
use vaxkiosk::client::calls::{Answer, Call, Reply};
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::domain::waiting::{DayPart, Places, WaitingWish};
use vaxkiosk::server::engine::Command;
use vaxkiosk::server::notify::{Gateway, Pace, Sending, TextMessage, deliver};
use vaxkiosk::server::store::ids::PersonId;

#[derive(Default)]
struct Phones(Mutex<Vec<TextMessage>>);

impl Gateway for Phones {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Sending<'a> {
        self.0.lock().unwrap().push(message.clone());
        Box::pin(async { Ok(()) })
    }
}

async fn standing(running: &Running, person: u32) -> vaxkiosk::api::sessions::Standing {
    let token = running.session(person).await;
    match running.client.call(Call::Standing { token }).await {
        Ok(Answer::Standing(standing)) => *standing,
        other => panic!("{other:?}"),
    }
}

pub async fn ask_by_call(running: &Running, person: u32, language: Language) -> WaitingView {
    let token = running.session(person).await;
    let mobile = MobileChoice::Given(MobileNumber::parse(&format!("09{person:08}")).unwrap());
    let ask = AskToWait { wish: wish(DayPart::Any), mobile, language };
    match running.client.call(Call::AskToWait { token, ask }).await {
        Ok(Answer::Waiting(view)) => *view,
        other => panic!("{other:?}"),
    }
}

/// The first message to a number, from now on.
pub async fn told(running: &Running, number: &str) -> TextMessage {
    told_that(running, number, "").await
}

/// The first with these words.
pub async fn told_that(running: &Running, number: &str, words: &str) -> TextMessage {
    let phones = Arc::new(Phones::default());
    let gateway = Arc::clone(&phones) as Arc<dyn Gateway>;
    tokio::spawn(deliver(Arc::clone(&running.service), gateway, Pace::Steady));
    for _ in 0..200 {
        let is_it = |one: &&TextMessage| one.to.expose() == number && one.text.contains(words);
        if let Some(message) = phones.0.lock().unwrap().iter().find(is_it) {
            return message.clone();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no message to {number} with {words:?}");
}

async fn take(running: &Running, code: &Personal, nth: u32) -> Reply {
    let ask = TakeOffer { code: code.clone() };
    running.client.call(Call::TakeOffer { ask, key: key(nth) }).await
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_is_told_by_a_message_and_taken_by_its_code(#[case] kind: Kind) {
    let random = Arc::new(kind.fresh());
    settle(&random, 9, vec![slot(1, 1, 16, 9, 1)]).await;
    let running = start_over(Arc::clone(&random), open(), generous()).await;
    let number = running.book_given(1, 1, Language::En).await;
    let first = ask_by_call(&running, 2, Language::Vi).await;
    let second = ask_by_call(&running, 3, Language::En).await;
    assert_eq!((first.place, second.place, first.offer), (1, 2, None));
    let cancel =
        Command::Cancel { person: PersonId(1), number, slot: SlotId(1), language: Language::En };
    running.service.engine.submit(cancel).await.unwrap();
    let told = told(&running, "0900000002").await.text;
    assert!(told.contains("Có chỗ trống") && !told.contains("http"), "{told}");
    let digits = told.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 10);
    let code_of_message = Personal::new(digits.expect("ten digits"));
    let offer = standing(&running, 2).await.offer.expect("an offer");
    assert_eq!((offer.seat.slot, offer.until), (SlotId(1), open() + SignedDuration::from_mins(30)));
    assert!(standing(&running, 3).await.offer.is_none());
    let wrong = take(&running, &Personal::new("0000000000"), 1).await;
    assert_eq!(code(wrong), Some(Code::UnknownPerson));
    let Ok(Answer::Booked(taken)) = take(&running, &code_of_message, 2).await else {
        panic!("a booking")
    };
    let again = take(&running, &code_of_message, 2).await;
    assert_eq!(again, Ok(Answer::Booked(taken.clone())), "the answer was lost on its way");
    let another = take(&running, &code_of_message, 3).await;
    assert_eq!(refusal(another), Some(Refusal::AlreadyBooked));
    // Cancelled within its half hour, the code books nothing more.
    let cancel = Command::Cancel {
        person: PersonId(2),
        number: taken.number,
        slot: SlotId(1),
        language: Language::En,
    };
    running.service.engine.submit(cancel).await.unwrap();
    for nth in [4, 2] {
        let anew = take(&running, &code_of_message, nth).await;
        assert_eq!(refusal(anew), Some(Refusal::CodeOver), "by another key or the same");
    }
    let token = running.session(2).await;
    let waiting = running.client.call(Call::Waiting { token }).await;
    assert_eq!(code(waiting), Some(Code::NotFound), "whoever has a seat does not wait");
    assert_sound(&random).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_not_book_may_not_wait_and_what_makes_no_sense_is_not_waited_for() {
    let random = Arc::new(Kind::Sqlite.fresh());
    settle(&random, 3, vec![slot(1, 1, 16, 9, 1)]).await;
    let running = start_over(Arc::clone(&random), open(), generous()).await;
    running.book_given(1, 1, Language::En).await;
    let ask = |wish| AskToWait { wish, mobile: MobileChoice::Registered, language: Language::En };
    let put = async |person, wish| {
        let token = running.session(person).await;
        running.client.call(Call::AskToWait { token, ask: ask(wish) }).await
    };
    let booked = put(1, wish(DayPart::Any)).await;
    assert_eq!(refusal(booked), Some(Refusal::AlreadyBooked));
    let nowhere = WaitingWish { places: Places::Districts(Vec::new()), ..wish(DayPart::Any) };
    assert_eq!(code(put(2, nowhere).await), Some(Code::BadRequest));
    let other = WaitingWish { brands: vec![Brand::Moderna], ..wish(DayPart::Any) };
    assert_eq!(refusal(put(2, other).await), Some(Refusal::BrandNotChosen));
    let token = running.session(2).await;
    assert_eq!(
        code(running.client.call(Call::Waiting { token: token.clone() }).await),
        Some(Code::NotFound)
    );
    assert_eq!(running.client.call(Call::LeaveLine { token }).await, Ok(Answer::LeftLine));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_comes_too_late_with_a_code_has_not_guessed(#[case] kind: Kind) {
    let random = Arc::new(kind.fresh());
    settle(&random, 9, vec![slot(1, 1, 16, 9, 1)]).await;
    let running = start_over(Arc::clone(&random), open(), generous()).await;
    let number = running.book_given(1, 1, Language::En).await;
    ask_by_call(&running, 2, Language::En).await;
    let cancel =
        Command::Cancel { person: PersonId(1), number, slot: SlotId(1), language: Language::En };
    running.service.engine.submit(cancel).await.unwrap();
    let told = told(&running, "0900000002").await.text;
    let digits = told.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 10);
    let code_of_message = Personal::new(digits.expect("ten digits"));
    *running.time.lock().unwrap() += SignedDuration::from_mins(31);
    for nth in 1..=12 {
        let late = take(&running, &code_of_message, nth).await;
        assert_eq!(refusal(late), Some(Refusal::CodeOver));
    }
    let wrong = take(&running, &Personal::new("0000000000"), 13).await;
    assert_eq!(code(wrong), Some(Code::UnknownPerson), "nobody waits at this kiosk");
}

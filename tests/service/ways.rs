//! The ways in and what one does inside, by the client over a running service: graphic codes, the
//! app's code, passwords, wrong combinations; registering, moving, cancelling, the simple query.

use crate::databases::Kind;
use crate::log_in::{at_a_health_station, by_app, by_numbers, graphic, token};
use crate::running;
use crate::running::{code, number, refusal, start, with_card};
use crate::town;
use crate::town::card;
use jiff::SignedDuration;
use jiff::civil::date;
use rstest::rstest;
use vaxkiosk::api::bookings::{BookSlot, CancelBooking, MobileChoice, MoveBooking};
use vaxkiosk::api::captchas::CaptchaAnswer;
use vaxkiosk::api::intentions::Register;
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::queries::Query;
use vaxkiosk::api::sessions::OpenSession;
use vaxkiosk::client::calls::Call;
use vaxkiosk::client::calls::{Answer, Reply};
use vaxkiosk::client::http::Client;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::identity::IdNumber;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::domain::taipei::instant;

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_numbers_with_a_graphic_code_that_works_once(#[case] kind: Kind) {
    let running = start(kind, 2, 5).await;
    let once = graphic(&running.client).await;
    token(running.client.call(by_numbers(1, 1, once.clone())).await);
    assert_eq!(
        code(running.client.call(by_numbers(1, 1, once)).await),
        Some(Code::WrongGraphic),
        "once only"
    );
    let answered_wrongly =
        CaptchaAnswer { digits: Personal::new("12"), ..graphic(&running.client).await };
    assert_eq!(
        code(running.client.call(by_numbers(1, 1, answered_wrongly)).await),
        Some(Code::WrongGraphic)
    );
    let late = graphic(&running.client).await;
    *running.time.lock().unwrap() += SignedDuration::from_mins(5);
    assert_eq!(
        code(running.client.call(by_numbers(1, 1, late)).await),
        Some(Code::WrongGraphic),
        "over"
    );
    let right = graphic(&running.client).await;
    assert_eq!(code(running.client.call(by_numbers(1, 2, right)).await), Some(Code::UnknownPerson));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_the_apps_code_once_within_three_minutes() {
    let running = start(Kind::Sqlite, 2, 5).await;
    let app = town::app_codes();
    let shown = app.code(&card(1).id, *running.time.lock().unwrap());
    let picture = graphic(&running.client).await;
    assert_eq!(
        code(running.client.call(by_app(2, shown.expose(), picture)).await),
        Some(Code::UnknownPerson),
        "another's"
    );
    let picture = graphic(&running.client).await;
    token(running.client.call(by_app(1, shown.expose(), picture)).await);
    let picture = graphic(&running.client).await;
    assert_eq!(
        code(running.client.call(by_app(1, shown.expose(), picture)).await),
        Some(Code::UnknownPerson),
        "once"
    );
    let old = app.code(&card(1).id, *running.time.lock().unwrap());
    *running.time.lock().unwrap() += SignedDuration::from_mins(4);
    let picture = graphic(&running.client).await;
    assert_eq!(
        code(running.client.call(by_app(1, old.expose(), picture)).await),
        Some(Code::UnknownPerson),
        "old"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_registered_password_is_asked_for_only_where_the_kiosk_asks() {
    let running = start(Kind::Sqlite, 1, 5).await;
    let with = |password: &str| {
        let card = card(town::WITH_PASSWORD);
        let password = Some(Personal::new(password));
        Call::OpenSession(Box::new(OpenSession::Card { id: card.id, card: card.number, password }))
    };
    let mut import = running.service.store.import().await.unwrap();
    import.people(&[town::with_password()]).await.unwrap();
    import.finish().await.unwrap();
    token(running.client.call(with(town::PASSWORD)).await);
    assert_eq!(code(running.client.call(with("abc124")).await), Some(Code::UnknownPerson));
    token(
        running
            .client
            .call(with_card(card(town::WITH_PASSWORD).id, card(town::WITH_PASSWORD).number))
            .await,
    );
    let none = OpenSession::Card {
        id: card(1).id,
        card: card(1).number,
        password: Some(Personal::new("abc123")),
    };
    let none = running.client.call(Call::OpenSession(Box::new(none))).await;
    assert_eq!(
        code(none),
        Some(Code::UnknownPerson),
        "who has none registered cannot come in with one"
    );
}

/// Resident numbers of the old form (two letters, eight digits) hold until the end of 2030
/// (National Immigration Agency).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_resident_number_is_not_known_from_2031_on() {
    let running = start(Kind::Sqlite, 0, 5).await;
    let id = IdNumber::parse("AB23456789").unwrap();
    let mut resident = town::person(1);
    resident.card.id = id.clone();
    let mut import = running.service.store.import().await.unwrap();
    import.people(&[resident]).await.unwrap();
    import.finish().await.unwrap();
    token(running.client.call(with_card(id.clone(), card(1).number)).await);
    *running.time.lock().unwrap() = instant(date(2031, 1, 1).at(0, 0, 0, 0));
    let late = running.client.call(with_card(id, card(1).number)).await;
    assert_eq!(code(late), Some(Code::UnknownPerson));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_registers_changes_and_withdraws_an_intention() {
    let running = start(Kind::Sqlite, 2, 5).await;
    *running.time.lock().unwrap() = town::round(5).round.registration_until;
    let token = running.session(1).await;
    let ask = |mobile, brands: &[Brand]| Register {
        mobile,
        district: town::DISTRICT,
        brands: brands.to_vec(),
        language: Language::Id,
    };
    let register = |ask| running.client.call(Call::Register { token: token.clone(), ask });
    let seen = |reply: Reply| match reply {
        Ok(Answer::Intention(view)) => *view,
        other => panic!("{other:?}"),
    };
    let changed = seen(register(ask(MobileChoice::Registered, &Brand::ALL)).await);
    assert_eq!(
        (changed.mobile_masked.expose(), changed.brands.len()),
        ("0912 *** 678", 2),
        "the number stays"
    );
    assert_eq!(
        running.client.call(Call::Withdraw { token: token.clone() }).await,
        Ok(Answer::Withdrawn)
    );
    assert_eq!(
        running.client.call(Call::Withdraw { token: token.clone() }).await,
        Ok(Answer::Withdrawn),
        "again"
    );
    let nothing = register(ask(MobileChoice::Registered, &Brand::ALL)).await;
    assert_eq!(refusal(nothing), Some(Refusal::NotRegistered), "there is no number to keep");
    let mobile = MobileChoice::Given(MobileNumber::parse("0987654321").unwrap());
    let anew = seen(register(ask(mobile.clone(), &[Brand::Moderna])).await);
    assert_ne!(anew.number, changed.number);
    assert_eq!(
        code(register(ask(mobile, &[])).await),
        Some(Code::BadRequest),
        "one brand must stay"
    );
    let standing = match running.client.call(with_card(card(1).id, card(1).number)).await {
        Ok(Answer::Session(opened)) => opened.standing,
        other => panic!("{other:?}"),
    };
    assert_eq!(standing.intention, Some(anew));
    assert_eq!((standing.name_masked.expose(), standing.registering), ("甄〇康", None));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_booking_is_moved_and_cancelled_at_a_health_station_and_not_at_a_store(
    #[case] kind: Kind,
) {
    let running = start(kind, 2, 5).await;
    let station = at_a_health_station(&running).await;
    let store_token = running.session(1).await;
    let booked = number(running.book(&store_token, 1, running::key(1)).await);
    let booked = BookingNumber::parse(&booked).unwrap();
    let ask = MoveBooking { number: booked, slot: SlotId(2), language: Language::Vi };
    let cancel = CancelBooking { number: booked, language: Language::Vi };
    let at_store = running.client.call(Call::Reschedule { token: store_token.clone(), ask }).await;
    assert_eq!(code(at_store), Some(Code::ChannelMayNot));
    let at_store =
        running.client.call(Call::Cancel { token: store_token.clone(), ask: cancel }).await;
    assert_eq!(code(at_store), Some(Code::ChannelMayNot), "a convenience store cannot cancel");
    let mine = token(station.call(with_card(card(1).id, card(1).number)).await);
    *running.time.lock().unwrap() += SignedDuration::from_mins(1);
    let moved = |reply: Reply| match reply {
        Ok(Answer::Booked(view)) => *view,
        other => panic!("{other:?}"),
    };
    let first = moved(station.call(Call::Reschedule { token: mine.clone(), ask }).await);
    assert_eq!(first.number, booked);
    let again = moved(station.call(Call::Reschedule { token: mine.clone(), ask }).await);
    assert_eq!(again, first, "asked again: the same booking, the same receipt");
    assert_eq!(running::taken(&running).await, [0, 1]);
    let others = token(station.call(with_card(card(2).id, card(2).number)).await);
    let theft = station.call(Call::Cancel { token: others, ask: cancel }).await;
    assert_eq!(refusal(theft), Some(Refusal::NoBooking), "not another's");
    for _ in 0..2 {
        let done = station.call(Call::Cancel { token: mine.clone(), ask: cancel }).await;
        assert_eq!(done, Ok(Answer::Cancelled), "and asked again it is cancelled");
    }
    assert_eq!(running::taken(&running).await, [0, 0]);
    assert_eq!(
        refusal(station.call(Call::Reschedule { token: mine, ask }).await),
        Some(Refusal::NoBooking)
    );
}

/// A request to cancel that is sent again while the first is under way: both say "cancelled",
/// whichever of them the database saw first.
#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_requests_to_cancel_at_once_both_say_cancelled(#[case] kind: Kind) {
    const PEOPLE: u32 = 40;
    let running = start(kind, PEOPLE, 100).await;
    let station = at_a_health_station(&running).await;
    for nth in 1..=PEOPLE {
        let mine = token(station.call(with_card(card(nth).id, card(nth).number)).await);
        let slot =
            BookSlot { slot: SlotId(1), mobile: MobileChoice::Registered, language: Language::Vi };
        let book = Call::Book { token: mine.clone(), ask: slot, key: running::key(nth) };
        let number = BookingNumber::parse(&number(station.call(book).await)).unwrap();
        let ask = CancelBooking { number, language: Language::Vi };
        let cancel = || station.call(Call::Cancel { token: mine.clone(), ask });
        let (one, other) = tokio::join!(cancel(), cancel());
        assert_eq!((one, other), (Ok(Answer::Cancelled), Ok(Answer::Cancelled)), "person {nth}");
    }
    assert_eq!(running::taken(&running).await, [0, 0]);
}

/// After the cut-off a withdrawal is for good, as a cancellation is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_convenience_store_withdraws_nothing_that_was_counted() {
    let running = start(Kind::Sqlite, 2, 5).await;
    let station = at_a_health_station(&running).await;
    let withdraw = async |client: &Client, nth: u32| {
        let mine = token(client.call(with_card(card(nth).id, card(nth).number)).await);
        client.call(Call::Withdraw { token: mine }).await
    };
    assert_eq!(code(withdraw(&running.client, 1).await), Some(Code::ChannelMayNot));
    assert_eq!(withdraw(&station, 1).await, Ok(Answer::Withdrawn));
    *running.time.lock().unwrap() = town::round(5).round.registration_until;
    assert_eq!(withdraw(&running.client, 2).await, Ok(Answer::Withdrawn), "before the cut-off");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_simple_query_shows_a_booking_masked_to_whoever_knows_enough() {
    let running = start(Kind::Sqlite, 2, 5).await;
    let token = running.session(1).await;
    let booked = number(running.book(&token, 1, running::key(1)).await);
    let query = async |nth: u32, end: &str| {
        let graphic = graphic(&running.client).await;
        let query = Query { id: card(nth).id, mobile_end: Personal::new(end), graphic };
        running.client.call(Call::Query(Box::new(query))).await
    };
    let found = match query(1, "678").await {
        Ok(Answer::Found(view)) => *view,
        other => panic!("{other:?}"),
    };
    assert_eq!(found.number.to_string(), booked);
    assert_eq!(
        (found.name_masked.as_str(), found.mobile_masked.as_str()),
        ("甄〇康", "0912 *** 678")
    );
    assert_eq!(found.id_masked, card(1).id.masked());
    for (nth, end) in [(1, "679"), (1, "78"), (1, ""), (2, "678"), (9, "678")] {
        assert_eq!(
            code(query(nth, end).await),
            Some(Code::UnknownPerson),
            "{nth} {end}: one answer for all"
        );
    }
}

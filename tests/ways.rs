//! The ways in and what one does inside, by the client over a running service: graphic codes, the
//! app's code, passwords, wrong combinations; registering, moving, cancelling, the simple query.
#![cfg(all(feature = "kiosk", feature = "server"))]

mod databases;
mod running;
mod town;

use databases::Kind;
use jiff::SignedDuration;
use jiff::civil::date;
use rstest::rstest;
use running::{Running, code, number, refusal, start, with_card};
use std::sync::Arc;
use town::card;
use vaxkiosk::api::bookings::{CancelBooking, MobileChoice, MoveBooking};
use vaxkiosk::api::captchas::CaptchaAnswer;
use vaxkiosk::api::intentions::Register;
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::queries::Query;
use vaxkiosk::api::sessions::{OpenSession, SessionToken};
use vaxkiosk::client::calls::Call;
use vaxkiosk::client::calls::{Answer, Fault, Reply};
use vaxkiosk::client::http::Client;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::identity::IdNumber;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::domain::taipei::instant;
use vaxkiosk::server::keys::fingerprint;
use vaxkiosk::server::store::devices::NewDevice;

/// Reads the large picture, as a person does: three columns and rows a dot, eighteen columns a
/// digit.
fn read(rows: &[String]) -> String {
    const GLYPHS: [&str; 10] = [
        "01110100011000110001100011000101110",
        "00100011000010000100001000010001110",
        "01110100010000100110010001000011111",
        "11110000010000101110000010000111110",
        "00010001100101010010111110001000010",
        "11111100001111000001000011000101110",
        "00110010001000011110100011000101110",
        "11111000010001000100010000100001000",
        "01110100011000101110100011000101110",
        "01110100011000101111000010001001100",
    ];
    let dot = |at: usize, nth: usize| rows[nth / 5 * 3 + 1].as_bytes()[at * 18 + 2 + nth % 5 * 3];
    let glyph =
        |at| (0..35).map(|nth| if dot(at, nth) == b'#' { '1' } else { '0' }).collect::<String>();
    (0..4)
        .map(|at| GLYPHS.iter().position(|known| *known == glyph(at)).expect("a digit").to_string())
        .collect()
}

async fn graphic(client: &Client) -> CaptchaAnswer {
    match client.call(Call::Captcha { larger: true }).await {
        Ok(Answer::Captcha(code)) => {
            CaptchaAnswer { digits: Personal::new(read(&code.rows)), token: code.token }
        }
        other => panic!("{other:?}"),
    }
}

/// A second kiosk, at a health station.
async fn at_a_health_station(running: &Running) -> Client {
    let device = NewDevice {
        name: "station".into(),
        channel: Channel::HealthStation,
        institution: "a health station".into(),
        token: Some(fingerprint(b"station")),
        certificate: None,
        added: town::open(),
    };
    running.service.store.add_devices(&[device]).await.unwrap();
    running.service.devices.know(&running.service.store.devices().await.unwrap());
    running::client(&running.base, "station")
}

fn token(reply: Reply) -> SessionToken {
    match reply {
        Ok(Answer::Session(opened)) => opened.token,
        other => panic!("{other:?}"),
    }
}

fn by_numbers(id: u32, number: u32, graphic: CaptchaAnswer) -> Call {
    Call::OpenSession(Box::new(OpenSession::Numbers {
        id: card(id).id,
        card: card(number).number,
        graphic,
    }))
}

fn by_app(id: u32, code: &str, graphic: CaptchaAnswer) -> Call {
    Call::OpenSession(Box::new(OpenSession::App {
        id: card(id).id,
        code: Personal::new(code),
        graphic,
    }))
}

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
async fn a_right_combination_forgives_the_wrong_ones_before_it() {
    let running = start(Kind::Sqlite, 2, 5).await;
    for _ in 0..2 {
        for _ in 0..4 {
            let wrong = running.client.call(with_card(card(1).id, card(2).number)).await;
            assert_eq!(code(wrong), Some(Code::UnknownPerson));
        }
        token(running.client.call(with_card(card(1).id, card(1).number)).await);
    }
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

//! What ends the telling of doses that are left, and what becomes of whoever comes when something
//! has changed since they were told. On both databases.

use crate::databases::Kind;
use crate::desks::{CHECK_IN, desk_of, set, start};
use crate::leftover_calls::{asks, codes, comes, figures, say, say_once};
use crate::leftovers::{
    SITE, afternoon, comes as comes_store, day, say as say_store, town as town_of_leftovers,
};
use crate::plainly::{ask, assert_sound, run};
use crate::running::{Running, refusal};
use crate::town;
use crate::waiting_calls::{told, told_that};
use jiff::SignedDuration;
use jiff::civil::date;
use rstest::rstest;
use std::time::Duration;
use vaxkiosk::client::calls::{Answer, Call};
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::round::RoundNumber;
use vaxkiosk::domain::site::{Site, SiteId, Slot, SlotId};
use vaxkiosk::domain::taipei::instant;
use vaxkiosk::server::store::audit_read::TrailFilter;
use vaxkiosk::server::store::audit_trail::Actor;
use vaxkiosk::server::store::database::Address;
use vaxkiosk::server::store::ids::PersonId;
use vaxkiosk::server::store::import::RoundImport;
use vaxkiosk::server::store::leftover_given::Given;

/// The next round, in which people register and book while those of this one are vaccinated.
async fn next_round(running: &Running) {
    let at = |day, hour| instant(date(2027, 7, day).at(hour, 0, 0, 0));
    let RoundImport { round, sites, .. } = town::round(1);
    let number = RoundNumber::try_from(3).unwrap();
    let round = vaxkiosk::domain::round::Round {
        number,
        registration_opens: at(15, 18),
        registration_until: at(25, 17),
        opens: at(26, 10),
        closes: at(28, 17),
        ..round
    };
    let sites = vec![Site { id: SiteId(31), ..sites[0].clone() }];
    let (starts, ends) = (date(2027, 7, 30).at(9, 0, 0, 0), date(2027, 7, 30).at(10, 0, 0, 0));
    let slot = Slot { id: SlotId(301), site: SiteId(31), starts, ends, capacity: 10, taken: 0 };
    let mut import = running.service.store.import().await.unwrap();
    import.round(&RoundImport { round, sites, slots: vec![slot] }).await.unwrap();
    import.finish().await.unwrap();
    for _ in 0..100 {
        if running.service.catalog.snapshot().unwrap().round.number == number {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the next round is not shown");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn doses_are_of_the_round_that_is_vaccinated_while_the_next_is_booked(#[case] kind: Kind) {
    let running = start(kind, 3).await;
    assert_eq!(asks(&running, 1, 1).await, Ok(Answer::ToBeTold));
    set(&running, 16, 10, 30);
    next_round(&running).await;
    assert_eq!(asks(&running, 2, 1).await, Ok(Answer::ToBeTold), "also now");
    let here = desk_of(&running, "desk a", CHECK_IN).await;
    assert!(say(&here, Some(1)).await.is_ok());
    assert_eq!(figures(&here).await.told, 2);
    let text = told(&running, "0900000001").await.text;
    assert!(text.contains("練習"), "the place is known: {text}");
    let digits = text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 10).unwrap();
    let Ok(Answer::LeftoverGiven(given)) = comes(&here, digits).await else { panic!("a dose") };
    assert_eq!(given.number.round(), town::round_number());
    assert_eq!(given.doses.came, 1);
    let token = running.session(2).await;
    let left = running.client.call(Call::LeaveLeftovers { token }).await;
    assert_eq!(left, Ok(Answer::NotToBeTold));
    let line = "SELECT COUNT(*) FROM leftover_line";
    assert_eq!(ask(&running.random, line).await, 0, "out of the lines of every round");
    let filter = TrailFilter {
        action: Some("leave-line".into()),
        person: Some(PersonId(2)),
        limit: 9,
        ..TrailFilter::default()
    };
    assert_eq!(running.service.store.trail(&filter).await.unwrap().len(), 1);
    assert_sound(&running.random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_who_comes_is_told_what_has_changed_and_guesses_use_no_number(#[case] kind: Kind) {
    let running = start(kind, 6).await;
    for person in 1..=5 {
        assert!(asks(&running, person, 1).await.is_ok());
    }
    let numbers = "SELECT last_sequence FROM rounds";
    set(&running, 16, 10, 30);
    let here = desk_of(&running, "desk a", CHECK_IN).await;
    assert!(say(&here, Some(3)).await.is_ok());
    let codes = codes(&running).await;
    let before = ask(&running.random, numbers).await;
    // 1 has left the line since, 2 was booked elsewhere.
    let token = running.session(1).await;
    running.client.call(Call::LeaveLeftovers { token }).await.unwrap();
    assert_eq!(refusal(comes(&here, &codes[0].1).await), Some(Refusal::CodeOver));
    let booked = "INSERT INTO bookings (number, round, person, slot, mobile_sealed, channel, \
        idempotency_key, made, language) \
        VALUES (209999999, 2, 2, 1, unhex('00'), 'pharmacy', unhex('00'), 0, 'en'); \
        UPDATE seats SET taken = taken + 1 WHERE slot = 1";
    run(&running.random, booked).await;
    assert_eq!(refusal(comes(&here, &codes[1].1).await), Some(Refusal::AlreadyBooked));
    for guess in 0..3 {
        comes(&here, &format!("{guess:010}")).await.unwrap_err();
    }
    assert_eq!(ask(&running.random, numbers).await, before);
    run(&running.random, "UPDATE seats SET capacity = 0, closed = 1 WHERE slot = 4").await;
    assert_eq!(refusal(comes(&here, &codes[2].1).await), Some(Refusal::SlotGone));
    run(&running.random, "UPDATE seats SET capacity = 9, closed = NULL WHERE slot = 4").await;
    assert!(say(&here, Some(0)).await.is_ok());
    assert_eq!(refusal(comes(&here, &codes[2].1).await), Some(Refusal::SlotFull), "none is left");
    assert_eq!(ask(&running.random, numbers).await, before);
    assert_eq!(figures(&here).await.waiting, 3, "whoever has a booking waits for none");
    assert_sound(&running.random).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_call_tells_others_and_either_dose_is_for_who_comes_first(#[case] kind: Kind) {
    let (random, store) = town_of_leftovers(kind).await;
    let now = afternoon();
    assert!(say_store(&store, 1, now).await);
    let soon = now + SignedDuration::from_mins(5);
    assert!(say_store(&store, 1, soon).await);
    let twice = "SELECT COUNT(*) FROM leftover_told";
    let people = "SELECT COUNT(DISTINCT person) FROM leftover_told";
    assert_eq!((ask(&random, twice).await, ask(&random, people).await), (20, 20));
    let until = soon + SignedDuration::from_mins(1);
    let due = store.claim_messages(soon, until, 1000).await.unwrap().due;
    let code_of = |person: u32| {
        let mobile = format!("09{person:08}");
        due.iter().find(|one| one.mobile.expose() == mobile).and_then(|one| one.code.clone())
    };
    // Both of the first call, and so the second of them has the dose of the second call.
    for person in [25, 24] {
        let given = comes_store(&store, &code_of(person).unwrap(), soon).await;
        assert!(matches!(given, Given::Dose(..)), "{given:?}");
    }
    assert_eq!(comes_store(&store, &code_of(15).unwrap(), soon).await, Given::NoneLeft);
    assert_sound(&random).await;
    assert_eq!(store.leftovers(SITE, day()).await.unwrap().waiting, 23);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_hour_after_the_last_slot_nobody_is_told_any_more(#[case] kind: Kind) {
    let (random, store) = town_of_leftovers(kind).await;
    let told = "SELECT COUNT(*) FROM leftover_told";
    // The last slot ends at 17:00.
    let said = afternoon() + SignedDuration::from_mins(39);
    assert!(say_store(&store, 1, said).await);
    let before = said + SignedDuration::from_mins(20);
    assert_eq!(store.tell_of_leftovers(day(), before).await.unwrap(), 1);
    assert_eq!(ask(&random, told).await, 20);
    let after = before + SignedDuration::from_mins(20);
    assert_eq!(store.tell_of_leftovers(day(), after).await.unwrap(), 0);
    assert_eq!(ask(&random, told).await, 20);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn said_again_with_the_same_key_doses_count_once(#[case] kind: Kind) {
    let (random, store) = town_of_leftovers(kind).await;
    let (to, now) = ((town::round_number(), SITE), afternoon());
    for _ in 0..2 {
        let by = (Actor::Service, day(), now);
        assert!(store.say_doses_left(to, (2, Some([7; 16])), by).await.unwrap());
        let other = (2, Some(*b"another key here"));
        assert!(store.say_doses_left(to, other, by).await.unwrap());
    }
    assert_eq!(store.leftovers(SITE, day()).await.unwrap().doses, 4);
    assert_eq!(ask(&random, "SELECT COUNT(*) FROM leftover_doses").await, 2);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_waits_for_its_gateway_is_not_sent_when_its_time_is_over(
    #[case] kind: Kind,
) {
    let (_random, store) = town_of_leftovers(kind).await;
    assert!(say_store(&store, 1, afternoon()).await);
    let late = afternoon() + SignedDuration::from_mins(20);
    let claimed = store.claim_messages(late, late, 1000).await.unwrap();
    assert_eq!((claimed.due.len(), claimed.untrue.len()), (0, 10));
}

/// What is written into a file that is no longer the database would be lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_the_line_is_written_into_a_file_that_was_replaced() {
    let (random, store) = town_of_leftovers(Kind::Sqlite).await;
    assert!(say_store(&store, 1, afternoon()).await);
    let Address::Sqlite(path) = &random.address else { panic!("a file") };
    let aside = path.with_extension("aside");
    std::fs::rename(path, &aside).unwrap();
    std::fs::copy(&aside, path).unwrap();
    let (by, late) = (Actor::Service, afternoon() + SignedDuration::from_mins(20));
    let to = (town::round_number(), SITE);
    store.say_doses_left(to, (1, None), (by, day(), late)).await.unwrap_err();
    store.tell_of_leftovers(day(), late).await.unwrap_err();
    let person = PersonId(1);
    store.leave_leftovers(person, by, late).await.unwrap_err();
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_registered_another_brand_since_is_told_of_that_alone(#[case] kind: Kind) {
    let running = start(kind, 3).await;
    for person in [1, 2] {
        assert!(asks(&running, person, 1).await.is_ok());
    }
    run(&running.random, "UPDATE intentions SET brands = 'MO' WHERE person = 1").await;
    set(&running, 16, 10, 30);
    let here = desk_of(&running, "desk a", CHECK_IN).await;
    // The first answer is lost, and the desk sends the same again.
    for _ in 0..2 {
        assert!(say_once(&here, 1, 900).await.is_ok());
    }
    let view = figures(&here).await;
    assert_eq!((view.doses, view.told, view.waiting), (1, 1, 1), "one press counts once");
    assert_eq!(codes(&running).await[0].0, 2);
    run(&running.random, "UPDATE intentions SET brands = 'MO,AZ' WHERE person = 1").await;
    assert_eq!(figures(&here).await.waiting, 2, "their place was kept");
    assert!(say_once(&here, 1, 901).await.is_ok());
    assert_eq!(codes(&running).await[0].0, 1);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_tomorrow_is_reminded_while_the_next_round_is_shown(#[case] kind: Kind) {
    let running = start(kind, 3).await;
    let number = running.book_given(1, 1, Language::En).await.to_string();
    set(&running, 15, 19, 0);
    next_round(&running).await;
    let text = told_that(&running, "0900000001", "Reminder").await.text;
    assert!(text.contains(&number) && text.contains("練習"), "{text}");
}

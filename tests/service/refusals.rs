//! Who may not book, each for their own reason: what the service says when they come in, and when
//! they try all the same.

use crate::databases::Kind;
use crate::running;
use crate::running::{code, refusal, with_card};
use crate::town;
use jiff::civil::date;
use rstest::rstest;
use std::sync::Arc;
use vaxkiosk::client::calls::Answer;
use vaxkiosk::domain::person::BirthDate;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::region::{CountyIndex, DistrictCode};
use vaxkiosk::domain::round::{AgeBand, Brand};
use vaxkiosk::domain::taipei::instant;
use vaxkiosk::server::service::seal;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::import::RosterEntry;

/// A pilot round of Moderna for Taipei, where who was born after 1999 books from two o'clock.
fn people() -> Vec<(RosterEntry, Option<Refusal>)> {
    let fits = |nth| {
        let mut person = town::person(nth);
        person.intention.as_mut().unwrap().brands = Brand::ALL.to_vec();
        person
    };
    let with = |nth, change: fn(&mut RosterEntry)| {
        let mut person = fits(nth);
        change(&mut person);
        person
    };
    let late = instant(date(2027, 7, 12).at(17, 0, 1, 0));
    let mut too_late = fits(3);
    too_late.intention.as_mut().unwrap().registered = late;
    vec![
        (fits(1), None),
        (
            with(2, |person| person.card.born = BirthDate(date(2012, 1, 1))),
            Some(Refusal::NotInRound),
        ),
        (
            too_late,
            Some(Refusal::RegisteredTooLate {
                cut_off: instant(date(2027, 7, 12).at(17, 0, 0, 0)),
            }),
        ),
        (
            with(4, |person| person.intention.as_mut().unwrap().brands = vec![Brand::AstraZeneca]),
            Some(Refusal::BrandNotChosen),
        ),
        (
            with(5, |person| person.card.born = BirthDate(date(2004, 1, 1))),
            Some(Refusal::AgeOpensLater { opens: instant(date(2027, 7, 13).at(14, 0, 0, 0)) }),
        ),
        (with(6, |person| person.intention = None), Some(Refusal::NotRegistered)),
        (
            with(7, |person| person.intention.as_mut().unwrap().district = DistrictCode(902_002)),
            Some(Refusal::NotInCounties),
        ),
    ]
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_is_told_their_own_reason_and_nothing_is_booked(#[case] kind: Kind) {
    let random = Arc::new(kind.fresh());
    let now = instant(date(2027, 7, 13).at(10, 0, 0, 0));
    let store =
        Store::open(&random.address, seal(&town::secrets(), &town::env(now))).await.unwrap();
    let mut programme = town::round(5);
    programme.round.brands = vec![Brand::Moderna];
    programme.round.rule.counties = vec![CountyIndex::named("臺北市").unwrap()];
    let band = |until, hour| AgeBand {
        born_until: until,
        opens: instant(date(2027, 7, 13).at(hour, 0, 0, 0)),
    };
    programme.round.bands = vec![band(date(1999, 12, 31), 10), band(date(2009, 12, 31), 14)];
    programme.sites.retain(|site| site.brand == Brand::Moderna);
    programme.slots.retain(|slot| slot.site == programme.sites[0].id);
    let mut import = store.import().await.unwrap();
    import.round(&programme).await.unwrap();
    import
        .people(&people().into_iter().map(|(person, _)| person).collect::<Vec<_>>())
        .await
        .unwrap();
    import.finish().await.unwrap();
    town::add_kiosk(&store).await;
    let running = running::start_over(random, now, running::generous()).await;
    for (person, expected) in people() {
        let nth = person.card.number.expose().trim_start_matches('0').to_owned();
        let opened = match running.client.call(with_card(person.card.id, person.card.number)).await
        {
            Ok(Answer::Session(opened)) => *opened,
            other => panic!("{nth}: {other:?}"),
        };
        assert_eq!(opened.standing.refusal, expected, "{nth}");
        let reply = running.book(&opened.token, 3, running::key(nth.parse().unwrap())).await;
        match expected {
            // Whoever has not registered has no number to be told at either.
            Some(Refusal::NotRegistered) => {
                assert!(refusal(reply.clone()).is_some() || code(reply).is_some())
            }
            expected => assert_eq!(refusal(reply), expected, "{nth}"),
        }
    }
    let seats = running.service.store.seats(town::round_number()).await.unwrap();
    assert_eq!(seats.iter().map(|seats| seats.taken).sum::<u32>(), 1, "only the first has a seat");
}

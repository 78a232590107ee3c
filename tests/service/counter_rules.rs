//! What a counter is, what its staff may not do to each other, and whom a failed log-in counts for.

use crate::counter::{
    Counter, SHOP, STATION, all_rights, as_staff, at_the_counter, book, challenge, log_in, only,
    person, send, session, until,
};
use crate::databases::Kind;
use crate::running::{code, number, with_card};
use crate::staff_cards::Facts;
use crate::town::{self, card, open};
use jiff::SignedDuration;
use rstest::rstest;
use vaxkiosk::api::bookings::{CancelBooking, MobileChoice, MoveBooking};
use vaxkiosk::api::intentions::Register;
use vaxkiosk::api::leftovers::AskForLeftover;
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::sessions::SessionToken;
use vaxkiosk::api::staff::{ChangeStaff, OpenStaffSession, StaffState, StaffView};
use vaxkiosk::api::waiting::AskToWait;
use vaxkiosk::client::calls::{Answer, Call};
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::site::{SiteId, SlotId};
use vaxkiosk::domain::staff::{Right, StaffRole};
use vaxkiosk::domain::waiting::{DayPart, Places, WaitingWish};
use vaxkiosk::server::staff::certificate::owner;
use vaxkiosk::server::store::audit_trail::Actor;
use vaxkiosk::server::store::ids::StaffId;

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_a_counter_nobody_is_served_without_staff(#[case] kind: Kind) {
    let counter = Counter::start(kind).await;
    let client = &counter.client;
    let staff = counter.staff("1", StaffRole::User, only(&[Right::Book, Right::Change])).await;
    let staff = counter.logged_in(&staff).await.token;
    let by_card = || with_card(card(1).id, card(1).number);
    for alone in [at_the_counter(1, true, false), by_card()] {
        assert_eq!(code(client.call(alone).await), Some(Code::StaffSessionOver));
    }
    let token = person(client.call(as_staff(&staff, by_card())).await);
    let mine = || Call::Standing { token: token.clone() };
    for alone in [book(&token, 1), mine()] {
        assert_eq!(code(client.call(alone).await), Some(Code::StaffSessionOver));
    }
    number(client.call(as_staff(&staff, book(&token, 1))).await);
    // Who has lost their right does nothing there without it either.
    counter.change(1, only(&[Right::Manage]), false).await;
    let (roster, station) = (&counter.running.service.staff.roster, counter.institution(STATION));
    until(|| roster.of_institution(StaffId(1), station).unwrap().rights.contains(Right::Manage))
        .await;
    for theirs in [by_card(), mine()] {
        assert_eq!(code(client.call(as_staff(&staff, theirs)).await), Some(Code::RightMissing));
    }
    assert_eq!(code(client.call(by_card()).await), Some(Code::StaffSessionOver));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_people_serve_themselves_they_need_no_staff() {
    let counter = Counter::start(Kind::Sqlite).await;
    let shop = &counter.running.client;
    let typed = shop.call(at_the_counter(1, true, false)).await;
    assert_eq!(code(typed), Some(Code::StaffSessionOver), "typed without a captcha and staff");
    let token = person(shop.call(with_card(card(1).id, card(1).number)).await);
    number(shop.call(book(&token, 1)).await);
    let strange = SessionToken(Personal::new("00"));
    let refused = shop.call(as_staff(&strange, book(&token, 1))).await;
    assert_eq!(code(refused), Some(Code::NotACounter), "a shop has none");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_from_an_older_list_brings_nobody_back(#[case] kind: Kind) {
    let counter = Counter::start(kind).await;
    let manager = counter.staff("1", StaffRole::Manager, all_rights()).await;
    let manager = counter.logged_in(&manager).await.token;
    counter.staff("2", StaffRole::User, only(&[Right::Book])).await;
    let list = async || -> Vec<StaffView> {
        match counter.client.call(Call::StaffUsers { staff: manager.clone() }).await {
            Ok(Answer::StaffUsers(users)) => users,
            other => panic!("{other:?}"),
        }
    };
    let save = |before: &StaffView, rights, withdrawn| {
        let ask = ChangeStaff { before: before.state(), rights, withdrawn };
        counter.client.call(Call::ChangeStaff { staff: manager.clone(), id: 2, ask })
    };
    let older = list().await[1].clone();
    counter.change(2, only(&[Right::Book]), true).await;
    let stale = save(&older, all_rights(), false).await;
    assert_eq!(code(stale), Some(Code::StaffChanged));
    let newer = list().await[1].clone();
    assert_eq!((newer.rights, newer.withdrawn), (only(&[Right::Book]), Some(open())));
    save(&newer, all_rights(), false).await.unwrap();
    assert_eq!(list().await[1].withdrawn, None);
    assert_eq!(code(save(&newer, all_rights(), false).await), Some(Code::StaffChanged));
    // Of two at once one counts, whatever each has read.
    let store = &counter.running.service.store;
    let now = store.staff().await.unwrap()[1];
    let change = |rights| store.change_staff(&now, (rights, true), Actor::Administrator, open());
    let (one, other) = tokio::join!(change(all_rights()), change(only(&[Right::Book])));
    assert!(one.unwrap() != other.unwrap());
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_locks_out_others_with_what_their_certificate_says(#[case] kind: Kind) {
    let counter = Counter::start(kind).await;
    let card = counter.staff("1", StaffRole::User, all_rights()).await;
    // At another counter somebody shows her certificate, which is no secret, without her key.
    let elsewhere = counter.enrolled("counter 2").await;
    for _ in 0..5 {
        let mut shown = card.sign(&challenge(&elsewhere).await);
        if let OpenStaffSession::Certificate { signature, .. } = &mut shown {
            *signature = "00".into();
        }
        assert_eq!(code(send(&elsewhere, shown).await), Some(Code::SignatureWrong));
    }
    assert_eq!(code(log_in(&elsewhere, &card).await), Some(Code::TooManyWrong), "that counter");
    session(log_in(&counter.client, &card).await);
    *counter.running.time.lock().unwrap() += SignedDuration::from_mins(2);
    let strange = counter.ca.card(&Facts { owner: "7", ..Facts::default() });
    for _ in 0..5 {
        let unknown = log_in(&elsewhere, &strange).await;
        *counter.running.time.lock().unwrap() += SignedDuration::from_mins(2);
        assert_eq!(code(unknown), Some(Code::StaffUnknown));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_thing_that_is_done_for_a_person_asks_for_its_own_right() {
    let counter = Counter::start(Kind::Sqlite).await;
    let client = &counter.client;
    let books = counter.staff("1", StaffRole::User, only(&[Right::Book])).await;
    let changes = counter.staff("2", StaffRole::User, only(&[Right::Change])).await;
    let (books, changes) =
        (counter.logged_in(&books).await.token, counter.logged_in(&changes).await.token);
    let served = async |staff: &SessionToken, nth| {
        person(client.call(as_staff(staff, at_the_counter(nth, false, false))).await)
    };
    let token = served(&books, 1).await;
    let booked = number(client.call(as_staff(&books, book(&token, 1))).await);
    let number = BookingNumber::parse(&booked).unwrap();
    let language = Language::En;
    let moved = MoveBooking { number, slot: SlotId(2), language };
    for call in [
        Call::Reschedule { token: token.clone(), ask: moved },
        Call::Cancel { token: token.clone(), ask: CancelBooking { number, language } },
        Call::Withdraw { token: token.clone() },
    ] {
        assert_eq!(code(client.call(as_staff(&books, call)).await), Some(Code::RightMissing));
    }
    let token = served(&changes, 2).await;
    let (mobile, district) = (MobileChoice::Registered, town::DISTRICT);
    let ask = Register { mobile, district, brands: vec![Brand::AstraZeneca], language };
    let (site, places) = (SiteId(1), Places::Districts(vec![town::DISTRICT]));
    let brands = vec![Brand::AstraZeneca];
    let wish = WaitingWish { places, days: Vec::new(), part: DayPart::default(), brands };
    let waits = AskToWait { wish, mobile: MobileChoice::Registered, language };
    let told = AskForLeftover { site, mobile: MobileChoice::Registered, language };
    let (all, token) = (counter.staff("3", StaffRole::User, all_rights()).await, &token);
    let all = counter.logged_in(&all).await.token;
    for call in [
        Call::Register { token: token.clone(), ask },
        book(token, 2),
        Call::AskToWait { token: token.clone(), ask: waits },
        Call::LeaveLine { token: token.clone() },
        Call::AskForLeftover { token: token.clone(), ask: told },
        Call::LeaveLeftovers { token: token.clone() },
    ] {
        let seen = code(client.call(as_staff(&changes, call.clone())).await);
        assert_eq!(seen, Some(Code::RightMissing), "{call:?}");
        let seen = code(client.call(as_staff(&all, call.clone())).await);
        assert_ne!(seen, Some(Code::RightMissing), "{call:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_logs_out_or_changes_staff_of_elsewhere() {
    let counter = Counter::start(Kind::Sqlite).await;
    let manager = counter.staff("1", StaffRole::Manager, all_rights()).await;
    let manager = counter.logged_in(&manager).await.token;
    let theirs = counter.ca.card(&Facts { owner: "2", ..Facts::default() });
    let theirs = owner(&theirs.certificate).unwrap();
    let theirs = counter.add(SHOP, theirs, StaffRole::User, all_rights()).await;
    let before = StaffState { rights: all_rights(), withdrawn: None };
    let ask = ChangeStaff { before, rights: all_rights(), withdrawn: true };
    let id = u32::try_from(theirs.0).unwrap();
    let change = Call::ChangeStaff { staff: manager.clone(), id, ask };
    assert_eq!(code(counter.client.call(change).await), Some(Code::NotFound));
    let elsewhere = counter.enrolled("counter 2").await;
    let log_out = |staff: &SessionToken| Call::CloseStaffSession { staff: staff.clone() };
    let strange = SessionToken(Personal::new("00"));
    for refused in
        [elsewhere.call(log_out(&manager)).await, counter.client.call(log_out(&strange)).await]
    {
        assert_eq!(code(refused), Some(Code::StaffSessionOver));
    }
    let still = Call::StaffUsers { staff: manager.clone() };
    counter.client.call(still).await.unwrap();
}

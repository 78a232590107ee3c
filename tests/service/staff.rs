//! Staff at a counter: how they log in with a card that signs, why they are not let in, and what
//! each may do. Real certificates of a CA made here; the clock is in July 2027.

use crate::counter::{
    ALL, Counter, SHOP, STATION, all_rights, as_staff, at_the_counter, book, challenge, log_in,
    only, person, send, session, until,
};
use crate::databases::Kind;
use crate::running::{code, generous, number, start_over};
use crate::staff_cards::{Ca, Facts, SERVER, StaffCard};
use crate::town::open;
use jiff::SignedDuration;
use rcgen::KeyUsagePurpose;
use rstest::rstest;
use std::sync::Arc;
use vaxkiosk::api::bookings::CancelBooking;
use vaxkiosk::api::problem::Code;
use vaxkiosk::api::sessions::SessionToken;
use vaxkiosk::api::staff::{
    CardRefusal, ChangeStaff, NewStaff, OpenStaffSession, StaffCardRefusal, StaffChallenge,
    StaffState, StaffView,
};
use vaxkiosk::client::calls::{Answer, Call};
use vaxkiosk::client::http::Client;
use vaxkiosk::devices::staff_card::Certificate;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::staff::{Right, StaffRole};
use vaxkiosk::server::limits::Allowance;
use vaxkiosk::server::staff::certificate::owner;
use vaxkiosk::server::store::ids::StaffId;
use vaxkiosk::server::store::staff::StaffRecord;

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_log_in_with_either_kind_of_key_and_serve_a_person(#[case] kind: Kind) {
    let counter = Counter::start(kind).await;
    let card = counter.staff("1", StaffRole::User, only(&[Right::Book, Right::Change])).await;
    let rsa = counter.ca.rsa_card(&Facts { owner: "2", ..Facts::default() });
    let rsa_owner = owner(&rsa.certificate).unwrap();
    counter.add(STATION, rsa_owner, StaffRole::Manager, all_rights()).await;
    let (opened, other) = (counter.logged_in(&card).await, counter.logged_in(&rsa).await);
    assert_eq!(opened.institution.code, STATION);
    assert_eq!((opened.staff.name.expose(), opened.staff.role), ("甄藥師", StaffRole::User));
    assert_eq!(opened.expires, open() + SignedDuration::from_hours(12));
    assert_eq!((opened.staff.id, other.staff.id), (1, 2));
    let staff = &opened.token;
    let token = person(counter.client.call(as_staff(staff, at_the_counter(1, true, true))).await);
    let booked = number(counter.client.call(as_staff(staff, book(&token, 1))).await);
    let number = BookingNumber::parse(&booked).unwrap();
    // The person's session is worth nothing without them, nor with others.
    for alone in [book(&token, 1), as_staff(&other.token, book(&token, 1))] {
        assert_eq!(code(counter.client.call(alone).await), Some(Code::StaffSessionOver));
    }
    let ask = CancelBooking { number, language: Language::Vi };
    let cancel = Call::Cancel { token, ask };
    counter.client.call(as_staff(staff, cancel)).await.unwrap();
    counter.client.call(Call::CloseStaffSession { staff: staff.clone() }).await.unwrap();
    let after = counter.client.call(as_staff(staff, Call::Round)).await;
    assert!(after.is_ok(), "what everybody reads asks for no staff");
    let after = counter.client.call(as_staff(staff, at_the_counter(1, false, false))).await;
    assert_eq!(code(after), Some(Code::StaffSessionOver));
    let told = counter.told().await;
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    assert_eq!(
        told,
        [
            "administrator add-staff staff 1 user book,change",
            "administrator add-staff staff 2 manager book,change,check-in,manage",
            "staff 1 at device 2 staff-log-in institution a health station, certificate",
            "staff 2 at device 2 staff-log-in institution a health station, certificate",
            "staff 1 at device 2 open-session numbers typed by staff, consent witnessed",
            "staff 1 at device 2 book slot 1",
            "staff 1 at device 2 cancel",
            "staff 1 at device 2 staff-log-out",
        ]
    );
    assert!(counter.running.service.store.verify_trail().await.unwrap().broken.is_empty());
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_card_that_does_not_count_is_refused_with_its_own_code_and_told(#[case] kind: Kind) {
    let counter = Counter::start(kind).await;
    let (client, ca) = (&counter.client, &counter.ca);
    let facts = |owner, serial| Facts { owner, serial, ..Facts::default() };
    let right = ca.card(&facts("1", 1));
    counter.add(STATION, owner(&right.certificate).unwrap(), StaffRole::User, all_rights()).await;
    let elsewhere = ca.card(&facts("2", 2));
    let theirs = owner(&elsewhere.certificate).unwrap();
    counter.add(SHOP, theirs, StaffRole::User, all_rights()).await;
    let withdrawn = counter.staff("3", StaffRole::User, all_rights()).await;
    counter.change(3, all_rights(), true).await;
    let roster = &counter.running.service.staff.roster;
    let station = counter.institution(STATION);
    until(|| roster.of_institution(StaffId(3), station).unwrap().withdrawn.is_some()).await;
    counter.running.service.staff.set_trust(ca.trusted_but(&[9]));
    let encrypting = KeyUsagePurpose::KeyEncipherment;
    let mut reply = Vec::new();
    for (card, expected) in [
        (&ca.card(&Facts { years: (2020, 2027), ..facts("1", 1) }), Code::CertificateExpired),
        (&ca.card(&Facts { years: (2028, 2030), ..facts("1", 1) }), Code::CertificateNotYetValid),
        (&ca.card(&facts("1", 9)), Code::CertificateRevoked),
        (&Ca::new("staff cards").card(&facts("1", 1)), Code::CertificateForeign),
        (&Ca::new("another CA").card(&facts("1", 1)), Code::CertificateForeign),
        (&ca.card(&Facts { usage: encrypting, ..facts("1", 1) }), Code::CertificateUnusable),
        (&ca.card(&facts("", 1)), Code::CertificateUnusable),
        (&ca.card(&facts("4", 4)), Code::StaffUnknown),
        (&elsewhere, Code::StaffElsewhere),
        (&withdrawn, Code::StaffWithdrawn),
    ] {
        assert_eq!(code(log_in(client, card).await), Some(expected));
        // Else the device would have to wait.
        session(log_in(client, &right).await);
        reply.push(expected);
    }
    let another = ca.card(&facts("1", 1));
    let signed = right.sign(&challenge(client).await);
    let OpenStaffSession::Certificate { nonce, algorithm, signature, .. } = signed else {
        panic!()
    };
    let certificates = vec![hex::encode(&another.certificate)];
    let mixed = OpenStaffSession::Certificate { nonce, certificates, algorithm, signature };
    assert_eq!(code(send(client, mixed).await), Some(Code::SignatureWrong));
    let elsewhere = StaffChallenge { server: "other".into(), ..challenge(client).await };
    let signed = right.sign(&elsewhere);
    assert_eq!(code(send(client, signed).await), Some(Code::SignatureWrong), "another service's");
    // A list that is over says nothing; nor does one of another CA.
    let old = ca.list(&[], (5, 6));
    for lists in [vec![old.clone()], vec![Ca::new("x").list(&[], (7, 8))]] {
        counter.running.service.staff.set_trust(ca.trusted(&lists));
        assert_eq!(code(log_in(client, &right).await), Some(Code::RevocationUnknown));
    }
    // Of two lists of one CA the newest counts, in whatever order they are.
    for lists in [[old.clone(), ca.list(&[1], (7, 8))], [ca.list(&[1], (7, 8)), old]] {
        counter.running.service.staff.set_trust(ca.trusted(&lists));
        assert_eq!(code(log_in(client, &right).await), Some(Code::CertificateRevoked));
    }
    let told = counter.told().await;
    for code in reply.into_iter().chain([Code::SignatureWrong, Code::RevocationUnknown]) {
        let line = format!("device 2 refuse-staff {}: ", code.text());
        assert!(told.iter().any(|row| row.starts_with(&line)), "{code:?} in {told:#?}");
    }
    let theirs = "device 2 refuse-staff staff-elsewhere: staff 2, certificate".to_owned();
    assert!(told.contains(&theirs), "{told:#?}");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_challenge_is_signed_once_at_its_device_within_two_minutes(#[case] kind: Kind) {
    let counter = Counter::start(kind).await;
    let card = counter.staff("1", StaffRole::User, all_rights()).await;
    let asked = challenge(&counter.client).await;
    assert_eq!(
        (asked.server.as_str(), asked.expires),
        (SERVER, open() + SignedDuration::from_mins(2))
    );
    let signed = card.sign(&asked);
    session(send(&counter.client, signed.clone()).await);
    let twice = send(&counter.client, signed).await;
    assert_eq!(code(twice), Some(Code::ChallengeOver));
    // Used up at one server, it is so at all.
    let other = start_over(Arc::clone(&counter.running.random), open(), generous()).await;
    other.service.staff.set_trust(counter.ca.trusted_but(&[]));
    let there = crate::running::client(&other.base, "station");
    let signed = card.sign(&challenge(&counter.client).await);
    session(send(&there, signed.clone()).await);
    assert_eq!(code(send(&counter.client, signed).await), Some(Code::ChallengeOver));
    let elsewhere = challenge(&counter.enrolled("counter 2").await).await;
    let elsewhere = send(&counter.client, card.sign(&elsewhere)).await;
    assert_eq!(code(elsewhere), Some(Code::ChallengeOver), "of another device");
    let late = card.sign(&challenge(&counter.client).await);
    *counter.running.time.lock().unwrap() += SignedDuration::from_secs(121);
    assert_eq!(code(send(&counter.client, late).await), Some(Code::ChallengeOver));
    // Twice here, as a password cannot be tried without end either: then the device waits.
    for _ in 0..10 {
        let strange = counter.ca.card(&Facts { owner: "7", ..Facts::default() });
        log_in(&counter.client, &strange).await.unwrap_err();
    }
    assert_eq!(code(log_in(&counter.client, &card).await), Some(Code::TooManyWrong));
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_taken_away_counts_within_a_second_while_they_are_logged_in(#[case] kind: Kind) {
    let counter = Counter::start(kind).await;
    let card = counter.staff("1", StaffRole::User, only(&[Right::Book, Right::Change])).await;
    let staff = counter.logged_in(&card).await.token;
    let token =
        person(counter.client.call(as_staff(&staff, at_the_counter(1, false, false))).await);
    let roster = &counter.running.service.staff.roster;
    let station = counter.institution(STATION);
    let now = || roster.of_institution(StaffId(1), station).unwrap();
    counter.change(1, only(&[Right::Change]), false).await;
    until(|| !now().rights.contains(Right::Book)).await;
    let booking = counter.client.call(as_staff(&staff, book(&token, 1))).await;
    assert_eq!(code(booking), Some(Code::RightMissing));
    counter.change(1, only(&[Right::CheckIn]), false).await;
    until(|| now().rights == only(&[Right::CheckIn])).await;
    let served = counter.client.call(as_staff(&staff, at_the_counter(2, false, false))).await;
    assert_eq!(code(served), Some(Code::RightMissing));
    counter.change(1, all_rights(), true).await;
    until(|| now().withdrawn.is_some()).await;
    let booking = counter.client.call(as_staff(&staff, book(&token, 1))).await;
    assert_eq!(code(booking), Some(Code::StaffWithdrawn));
    counter.change(1, all_rights(), false).await;
    until(|| now().withdrawn.is_none()).await;
    number(counter.client.call(as_staff(&staff, book(&token, 1))).await);
    let store = &counter.running.service.store;
    assert!(store.close_institution(STATION, open()).await.unwrap());
    until(|| roster.institution(STATION).is_none()).await;
    let booking = counter.client.call(as_staff(&staff, book(&token, 1))).await;
    assert_eq!(code(booking), Some(Code::NotACounter), "the institution is closed");
    let closed = counter.client.call(Call::StaffChallenge).await;
    assert_eq!(code(closed), Some(Code::NotACounter));
    let told = counter.told().await;
    for line in [
        "staff 1 at device 2 refuse-staff right-missing: book",
        "staff 1 at device 2 refuse-staff right-missing: book or change",
        "staff 1 at device 2 refuse-staff staff-withdrawn",
        "staff 1 at device 2 refuse-staff not-a-counter",
        "device 2 refuse-staff not-a-counter",
    ] {
        assert!(told.iter().any(|row| row == line), "{line} in {told:#?}");
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_adds_a_user_who_logs_in_at_once_and_may_not_manage(#[case] kind: Kind) {
    let counter = Counter::start(kind).await;
    let client = &counter.client;
    let boss = counter.staff("1", StaffRole::Representative, all_rights()).await;
    let boss = counter.logged_in(&boss).await.token;
    let cards: Vec<StaffCard> = ["2", "3"]
        .into_iter()
        .map(|owner| counter.ca.card(&Facts { owner, ..Facts::default() }))
        .collect();
    let add = |staff: &SessionToken, card: &StaffCard, role| {
        let (name, rights) = (Personal::new("新人"), only(&[Right::Book, Right::Manage]));
        let certificate = hex::encode(&card.certificate);
        let ask = NewStaff { name, role, rights, certificate };
        client.call(Call::AddStaff { staff: staff.clone(), ask })
    };
    let added = add(&boss, &cards[0], StaffRole::Manager).await.unwrap();
    let Answer::StaffAdded(StaffView { id: 2, role: StaffRole::Manager, .. }) = added else {
        panic!("{added:?}")
    };
    let again = add(&boss, &cards[0], StaffRole::User).await;
    assert_eq!(code(again), Some(Code::StaffKnown));
    let manager = counter.logged_in(&cards[0]).await.token;
    let higher = add(&manager, &cards[1], StaffRole::Manager).await;
    assert_eq!(code(higher), Some(Code::RightMissing), "a manager names users");
    add(&manager, &cards[1], StaffRole::User).await.unwrap();
    let user = counter.logged_in(&cards[1]).await.token;
    let third = counter.ca.card(&Facts { owner: "4", ..Facts::default() });
    assert_eq!(code(add(&user, &third, StaffRole::User).await), Some(Code::RightMissing));
    let encrypting = KeyUsagePurpose::KeyEncipherment;
    let third = counter.ca.card(&Facts { owner: "4", usage: encrypting, ..Facts::default() });
    let unusable = add(&manager, &third, StaffRole::User).await;
    assert_eq!(code(unusable), Some(Code::CertificateUnusable));
    let (roster, station) = (&counter.running.service.staff.roster, counter.institution(STATION));
    let now_of = |id: u32| {
        let found = roster.of_institution(StaffId(id.into()), station);
        let state = |one: StaffRecord| StaffState { rights: one.rights, withdrawn: one.withdrawn };
        found.map_or(StaffState { rights: all_rights(), withdrawn: None }, state)
    };
    let change = |staff: &SessionToken, id, rights, withdrawn| {
        let before = now_of(id);
        let ask = ChangeStaff { before, rights, withdrawn };
        client.call(Call::ChangeStaff { staff: staff.clone(), id, ask })
    };
    let upwards = change(&manager, 1, all_rights(), true).await;
    assert_eq!(code(upwards), Some(Code::RightMissing));
    assert_eq!(code(change(&manager, 99, all_rights(), true).await), Some(Code::NotFound));
    let changed = change(&manager, 3, only(&[Right::Book]), false).await.unwrap();
    let Answer::StaffChanged(changed) = changed else { panic!("{changed:?}") };
    assert_eq!((changed.rights, changed.name.expose()), (only(&[Right::Book]), "新人"));
    let listed = client.call(Call::StaffUsers { staff: user.clone() }).await;
    assert_eq!(code(listed), Some(Code::RightMissing), "taken away at once");
    let listed = client.call(Call::StaffUsers { staff: manager.clone() }).await.unwrap();
    let Answer::StaffUsers(listed) = listed else { panic!("{listed:?}") };
    assert_eq!(listed.iter().map(|one| one.id).collect::<Vec<_>>(), [1, 2, 3]);
    change(&manager, 3, only(&[Right::Book]), true).await.unwrap();
    let gone = client.call(as_staff(&user, at_the_counter(1, true, false))).await;
    assert_eq!(code(gone), Some(Code::StaffWithdrawn));
    let told = counter.told().await;
    for line in [
        "staff 1 at device 2 add-staff staff 2 manager book,manage",
        "staff 2 at device 2 change-staff staff 3 user book",
        "staff 2 at device 2 change-staff staff 3 user book withdrawn",
        "staff 2 at device 2 refuse-staff right-missing: staff 2 manager and manager",
        "staff 1 at device 2 refuse-staff staff-known",
    ] {
        assert!(told.iter().any(|row| row == line), "{line} in {told:#?}");
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_card_refuses_at_a_counter_is_told_with_its_certificate(#[case] kind: Kind) {
    let counter = Counter::start(kind).await;
    let client = &counter.client;
    let card = counter.staff("1", StaffRole::User, all_rights()).await;
    let fingerprint = Certificate::new(card.certificate.clone()).fingerprint();
    let tell = |client: &Client, reason, certificate: &str| {
        let (client, certificate) = (client.clone(), certificate.to_owned());
        let told = Call::TellCardRefusal(StaffCardRefusal { reason, certificate });
        async move { client.call(told).await }
    };
    let all = [
        CardRefusal::WrongPin,
        CardRefusal::WrongPinFewTries,
        CardRefusal::WrongPinLastTry,
        CardRefusal::PinLocked,
    ];
    for reason in all {
        assert_eq!(tell(client, reason, &fingerprint).await, Ok(Answer::CardRefusalTold));
    }
    let expected: Vec<String> = all
        .iter()
        .map(|reason| format!("device 2 refuse-staff {}: certificate", reason.text()))
        .collect();
    assert_eq!(counter.told().await[1..], expected[..]);
    // It is the certificate that a log-in has in the trail.
    counter.logged_in(&card).await;
    let trail = counter.running.service.store.trail(&ALL).await.unwrap();
    let with_it = format!("certificate {}", &fingerprint[..32]);
    let named = trail
        .iter()
        .filter(|row| row.after.as_ref().is_some_and(|after| after.ends_with(&with_it)));
    assert_eq!(named.count(), 5);
    for wrong in ["", "00", "zz", &fingerprint[..62], &format!("{fingerprint}00")] {
        let told = tell(client, CardRefusal::WrongPin, wrong).await;
        assert_eq!(code(told), Some(Code::BadRequest), "{wrong}");
    }
    let stranger = crate::running::client(&counter.running.base, "strange");
    let told = tell(&stranger, CardRefusal::WrongPin, &fingerprint).await;
    assert_eq!(code(told), Some(Code::UnknownDevice));
    assert!(counter.running.service.store.verify_trail().await.unwrap().broken.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_device_fills_the_trail_with_what_one_card_refuses() {
    let counter = Counter::start_with(Kind::Sqlite, Allowance::default()).await;
    let tell = |nth: u8| {
        let (reason, certificate) = (CardRefusal::WrongPin, hex::encode([nth; 32]));
        counter.client.call(Call::TellCardRefusal(StaffCardRefusal { reason, certificate }))
    };
    let mut taken = 0;
    while tell(1).await.is_ok() {
        taken += 1;
    }
    assert_eq!(taken, 20, "the burst of one person");
    assert_eq!(code(tell(1).await), Some(Code::TooMany));
    assert_eq!(tell(2).await, Ok(Answer::CardRefusalTold), "another card's");
    let told = counter.told().await;
    assert_eq!(told.iter().filter(|row| row.contains("wrong-pin")).count(), 21);
}

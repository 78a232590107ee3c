//! A dose that is left at a vaccination site, by the kiosk's own desks over the real service: one
//! desk says it, the first who comes gets it, everybody after them is told that none is left, and
//! both desks see the same figures. On both databases.

use crate::databases::Kind;
use crate::desk_rig::{DeskRig, folder};
use crate::desks::{DAY, desk, list, set, start};
use crate::plainly::assert_sound;
use crate::running::Running;
use jiff::SignedDuration;
use rstest::rstest;
use vaxkiosk::api::attendance::AttendanceStep;
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::api::leftovers::AskForLeftover;
use vaxkiosk::client::calls::{Answer, Call};
use vaxkiosk::domain::attendance::Attendance;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::SiteId;
use vaxkiosk::kiosk::model::counter::CounterAction;
use vaxkiosk::kiosk::model::site::{SiteAction, SitePage};
use vaxkiosk::kiosk::screens::counter::leftover::{Claim, DosesSaid, NoDose};
use vaxkiosk::kiosk::screens::counter::site::Front;

/// One dose is told to ten of them.
const PEOPLE: u32 = 12;

/// They ask at a kiosk, in their order.
async fn all_ask(running: &Running) {
    for person in 1..=PEOPLE {
        let token = running.session(person).await;
        let mobile = MobileChoice::Given(MobileNumber::parse(&format!("09{person:08}")).unwrap());
        let ask = AskForLeftover { site: SiteId(1), mobile, language: Language::En };
        let reply = running.client.call(Call::AskForLeftover { token, ask }).await;
        assert_eq!(reply, Ok(Answer::ToBeTold));
    }
}

/// The codes of the messages, by the order of asking.
async fn codes(running: &Running) -> Vec<Personal> {
    let now = *running.time.lock().unwrap();
    let until = now + SignedDuration::from_mins(1);
    let claimed = running.service.store.claim_messages(now, until, 1000).await.unwrap();
    let mut told: Vec<_> = claimed
        .due
        .into_iter()
        .filter_map(|due| Some((due.mobile.expose().to_owned(), due.code?)))
        .collect();
    told.sort_by(|a, b| a.0.cmp(&b.0));
    told.into_iter().map(|(_, code)| code).collect()
}

async fn opens(desk: &mut DeskRig) {
    desk.act(CounterAction::Site(SiteAction::Page(SitePage::Leftover))).await;
}

/// Somebody shows a code.
async fn comes(desk: &mut DeskRig, code: &str) {
    desk.act(CounterAction::Site(SiteAction::Next)).await;
    opens(desk).await;
    for digit in code.chars() {
        desk.act(CounterAction::Type(digit)).await;
    }
    desk.act(CounterAction::Enter).await;
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_to_come_gets_the_dose_and_both_desks_see_it(#[case] kind: Kind) {
    let running = start(kind, PEOPLE).await;
    all_ask(&running).await;
    set(&running, 16, 10, 30);
    let folders = ["a", "b"].map(|name| folder(&format!("left-{kind:?}-{name}")));
    let mut a = DeskRig::start(&running, "desk a", &folders[0], 11).await;
    let mut b = DeskRig::start(&running, "desk b", &folders[1], 12).await;
    for desk in [&mut a, &mut b] {
        desk.log_in().await;
        desk.set_lot("3004217").await;
        opens(desk).await;
        let view = desk.desk().leftover.view.expect("figures");
        assert_eq!((view.doses, view.told, view.waiting), (0, 0, PEOPLE));
    }
    a.act(CounterAction::Site(SiteAction::MoreDoses)).await;
    a.act(CounterAction::Type('1')).await;
    a.act(CounterAction::Enter).await;
    assert_eq!(a.desk().leftover.said, DosesSaid::Told(10), "ten people a dose");
    let codes = codes(&running).await;
    assert_eq!(codes.len(), 10);

    // The third who was told is the first to come.
    comes(&mut b, codes[2].expose()).await;
    let Claim::Given(given) = b.desk().leftover.claim.clone() else {
        panic!("{:?}", b.desk().leftover)
    };
    assert!(given.name_masked.expose().contains('〇'));
    // Everybody after them is told the same, whoever was told before them, at either desk.
    for (nth, code) in codes.iter().enumerate().filter(|(nth, _)| *nth != 2) {
        let late = if nth % 2 == 0 { &mut a } else { &mut b };
        comes(late, code.expose()).await;
        let none = Claim::NoDose(NoDose::Refused(Refusal::SlotFull));
        assert_eq!(late.desk().leftover.claim, none, "{nth}");
    }
    comes(&mut a, "0000000000").await;
    assert_eq!(a.desk().leftover.claim, Claim::NoDose(NoDose::UnknownCode));
    // Shown once more at the other desk, the code gives nothing again.
    *running.time.lock().unwrap() += SignedDuration::from_secs(61);
    a.tick().await;
    comes(&mut a, codes[2].expose()).await;
    let now = vaxkiosk::domain::taipei::civil(*running.time.lock().unwrap());
    let answer = a.desk().finding(now).expect("they are on the list").answer;
    assert_eq!((a.desk().page, answer.code()), (SitePage::Desk, Some("C06")));

    // The figures came to both by themselves.
    for desk in [&mut a, &mut b] {
        opens(desk).await;
        *running.time.lock().unwrap() += SignedDuration::from_secs(6);
        desk.tick().await;
        let view = desk.desk().leftover.view.expect("figures");
        let figures = (view.doses, view.told, view.came, view.waiting);
        assert_eq!(figures, (0, 10, 1, PEOPLE - 1));
    }

    // One more key enters the vaccination, as for the others.
    comes(&mut b, codes[2].expose()).await;
    assert_eq!(b.desk().page, SitePage::Desk);
    b.press(SiteAction::Vaccinated).await;
    let step = AttendanceStep::Vaccinated { lot: "3004217".into() };
    assert!(matches!(&b.desk().front, Front::Done { number, step: done, .. }
        if *number == given.number && *done == step));
    b.tick().await;
    let day = list(&desk(&running, "desk b").await, DAY).await;
    let [entry] = &day.entries[..] else { panic!("{:?}", day.entries.len()) };
    assert_eq!((entry.number, &entry.name_masked), (given.number, &given.name_masked));
    assert!(matches!(&entry.attendance, Attendance::Vaccinated { lot, .. } if lot == "3004217"));
    assert_sound(&running.random).await;
    drop((a, b));
    for folder in folders {
        std::fs::remove_dir_all(folder).unwrap();
    }
}

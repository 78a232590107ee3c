//! Each screen of the line, of held seats and of leftover doses.

use super::steps::*;
use crate::stage::Stage;
use jiff::SignedDuration;
use vaxkiosk::config::profile::Offer;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction};

pub const LINE: [(&str, Way); 27] = [
    ("wish_places", at_wish),
    ("wish_places_most", |s| {
        at_wish(s);
        (0..12).filter(|at| *at != 4).take(8).for_each(|at| s.act(ScreenAction::Pick(at)));
    }),
    ("wish_places_site", |s| {
        at_wish(s);
        s.act(ScreenAction::OneSite);
        s.act(ScreenAction::Pick(0));
        s.act(GlobalAction::Back);
    }),
    ("wish_sites", |s| {
        at_wish(s);
        s.desk.fill_all();
        s.act(ScreenAction::OneSite);
    }),
    ("wish_times", |s| {
        at_wish(s);
        s.act(ScreenAction::Confirm);
        s.act(ScreenAction::Day(jiff::civil::date(2027, 7, 17)));
    }),
    ("review_wait", at_wish_review),
    ("line_asked", |s| {
        at_wish_review(s);
        s.act(ScreenAction::Confirm);
    }),
    ("line", |s| {
        s.desk.line.has_no_chances = true;
        waits(s);
        s.act(ScreenAction::ToServices);
        s.act(ScreenAction::ShowLine);
    }),
    ("leave_line", |s| {
        waits(s);
        s.act(ScreenAction::LeaveLine);
    }),
    ("left_line", |s| {
        waits(s);
        s.act(ScreenAction::LeaveLine);
        s.act(ScreenAction::Confirm);
    }),
    ("farewell_unsure_line", |s| {
        at_wish_review(s);
        s.desk.cut = true;
        s.act(ScreenAction::Confirm);
        s.pull();
    }),
    ("held", |s| at_held(s)),
    ("held_over", |s| {
        at_held(s);
        s.wall += SignedDuration::from_mins(31);
        s.wait(1);
    }),
    ("held_leave", |s| {
        at_held(s);
        s.act(ScreenAction::LeaveLine);
    }),
    ("service_held", |s| {
        at_held(s);
        s.act(ScreenAction::ToServices);
    }),
    ("displaced", |s| {
        s.desk.displace(s.wall, true);
        at_offer(s);
    }),
    ("displaced_none", |s| {
        s.desk.displace(s.wall, false);
        at_offer(s);
    }),
    ("leftovers", |s| {
        identified(s);
        s.wall += SignedDuration::from_hours(100);
        s.wait(1);
        s.act(ScreenAction::Leftovers);
    }),
    ("leftovers_here", |s| {
        waits_at_site(s);
        s.act(ScreenAction::Leftovers);
    }),
    ("review_leftovers", |s| {
        waits_at_site(s);
        s.act(ScreenAction::Leftovers);
        s.act(ScreenAction::Confirm);
        s.act(ScreenAction::RegisteredPhone);
    }),
    ("to_be_told", |s| {
        waits_at_site(s);
        s.act(ScreenAction::Leftovers);
        s.act(ScreenAction::Confirm);
        s.act(ScreenAction::RegisteredPhone);
        s.act(ScreenAction::Confirm);
    }),
    ("not_to_be_told", |s| {
        waits_at_site(s);
        s.act(ScreenAction::Leftovers);
        s.act(ScreenAction::LeaveLeftovers);
    }),
    ("service_leftovers", |s| {
        identified(s);
        s.wall += SignedDuration::from_hours(100);
        s.wait(1);
    }),
    ("card_have_code", |s| {
        s.cabinet.journey.machine.profile.ways.clear();
        s.act(ScreenAction::Start);
        s.act(GlobalAction::Speak(wanted(s)));
    }),
    ("entry_code", |s| {
        at_code(s);
        s.keys("4081");
    }),
    ("entry_code_wrong", |s| {
        at_code(s);
        s.keys("4081526375");
    }),
    ("why_full", |s| {
        at_offer(s);
        let slot = s.cabinet.journey.slot_to_fill().unwrap();
        s.desk.fill_all();
        s.act(ScreenAction::BookOffered(slot));
    }),
];

/// Where nothing is free: in the whole country, and in a county.
pub const FULL: [(&str, Way); 2] = [
    ("county_all_full", |s| {
        at_county(s);
        s.desk.nothing_free = true;
        s.wait(5);
    }),
    ("district_all_full", |s| {
        at_county(s);
        s.desk.nothing_free = true;
        s.act(ScreenAction::Pick(0));
        s.wait(5);
    }),
];

pub fn at_wish(s: &mut Stage) {
    identified(s);
    s.act(ScreenAction::ShowLine);
    s.act(ScreenAction::RegisteredPhone);
}

pub fn at_wish_review(s: &mut Stage) {
    at_wish(s);
    s.act(ScreenAction::Confirm);
    s.act(ScreenAction::Confirm);
    s.act(ScreenAction::Confirm);
}

fn waits(s: &mut Stage) {
    at_wish_review(s);
    s.act(ScreenAction::Confirm);
}

fn waits_at_site(s: &mut Stage) {
    at_wish(s);
    s.act(ScreenAction::OneSite);
    s.act(ScreenAction::Pick(0));
    s.act(ScreenAction::Confirm);
    s.act(ScreenAction::Confirm);
    s.act(ScreenAction::Confirm);
}

pub fn at_held(s: &mut Stage) {
    s.desk.offer(s.wall);
    at_offer(s);
}

pub fn at_code(s: &mut Stage) {
    at_ways(s);
    s.act(ScreenAction::SignInBy(vaxkiosk::config::profile::WayIn::OfferCode));
    s.act(ScreenAction::Confirm);
}

/// Whoever has a booking does not wait: the services have no button for it.
#[test]
fn nobody_who_has_a_seat_is_asked_to_wait() {
    let mut stage = Stage::new(crate::stage::SMALL);
    stage.cabinet.journey.machine.profile.channel = Channel::HealthStation;
    at_privacy(&mut stage, PracticeCard::AlreadyBooked);
    stage.act(ScreenAction::Confirm);
    assert!(stage.shows(ScreenAction::Serve(Offer::MyBooking)), "{}", stage.text());
    assert!(!stage.shows(ScreenAction::ShowLine), "{}", stage.text());
}

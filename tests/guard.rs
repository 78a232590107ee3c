//! Nothing happens that the person did not mean: presses that come before a screen can have been
//! seen, keys that are held, and what time changes on the screen.

#![cfg(feature = "kiosk")]

mod booking_way;
mod stage;

use booking_way::{at_review, at_step};
use stage::{SMALL, Stage};
use std::collections::BTreeSet;
use std::time::Duration;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::{SiteId, Slot, SlotId};
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::journey::Phase;
use vaxkiosk::kiosk::model::action::{Action, ScreenAction};
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::slot::SlotPick;
use vaxkiosk::kiosk::screens::why_not::Why;

/// The focused button pressed by Enter so often, each press so long after the one before.
fn enters(stage: &mut Stage, presses: u32, apart: Duration) {
    stage.uptime += Duration::from_millis(400);
    for _ in 0..presses {
        stage.input_at_once(Input::Enter);
        stage.uptime += apart;
    }
}

#[test]
fn two_quick_enters_on_confirm_book_and_log_nobody_out() {
    for apart in [0, 20, 100, 340] {
        let mut stage = at_review();
        stage.slow = true;
        enters(&mut stage, 10, Duration::ZERO);
        stage.uptime += Duration::from_millis(apart);
        stage.input_at_once(Input::Enter);
        assert!(matches!(stage.screen(), Screen::Submitting(_)), "after {apart} ms");
        // Also later: nobody leaves by Enter who has not moved the focus to it.
        enters(&mut stage, 3, Duration::from_secs(1));
        assert!(matches!(stage.screen(), Screen::Submitting(_)), "{}", stage.text());
        stage.release();
        assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
        assert_eq!(stage.desk.booked.len(), 1);
    }
}

#[test]
fn a_held_key_answers_one_screen_and_agrees_to_nothing() {
    for apart in [33, 100] {
        for step in 1..=11 {
            let mut held = at_step(step);
            let mut once = at_step(step);
            enters(&mut once, 1, Duration::ZERO);
            enters(&mut held, 2000 / apart as u32, Duration::from_millis(apart));
            let place = |stage: &Stage| stage.cabinet.journey.screen().map(Screen::place);
            assert_eq!(place(&held), place(&once), "step {step}:\n{}", held.text());
        }
    }
}

#[test]
fn the_second_tap_of_a_double_tap_is_for_the_screen_before() {
    for step in 1..11 {
        let stage = at_step(step);
        let buttons = stage.cabinet.targets().all().to_vec();
        for button in buttons.iter().filter(|b| matches!(b.action, Action::Screen(_))) {
            for apart in [0, 60, 200, 340] {
                let (mut twice, mut once) = (at_step(step), at_step(step));
                let (x, y) = (button.area.x + 2, button.area.y + 1);
                for (stage, taps) in [(&mut once, 1), (&mut twice, 2)] {
                    stage.uptime += Duration::from_millis(400);
                    for _ in 0..taps {
                        stage.input_at_once(Input::Press { x, y });
                        stage.input_at_once(Input::Release { x, y });
                        stage.uptime += Duration::from_millis(apart);
                    }
                }
                let place = |stage: &Stage| stage.cabinet.journey.screen().map(Screen::place);
                if place(&once) != place(&stage) {
                    assert_eq!(place(&twice), place(&once), "{:?} {apart} ms", button.action);
                }
            }
        }
    }
}

#[test]
fn not_open_yet_becomes_open_at_the_second_it_opens() {
    let mut stage = Stage::new(SMALL);
    stage.wall -= jiff::SignedDuration::from_secs(5 * 60 + 20);
    stage.wait(1);
    stage.insert(PracticeCard::MayBook);
    stage.keys("111");
    assert!(matches!(booking_way::why(&stage), Why::Refused(Refusal::NotOpenYet { .. })));
    let opens = stage::desk::round().opens;
    while stage.now().wall < opens {
        assert!(matches!(stage.screen(), Screen::WhyNot(_)), "too early:\n{}", stage.text());
        stage.wait(1);
    }
    assert!(matches!(stage.screen(), Screen::Service), "{}", stage.text());
    stage.keys("1");
    assert!(matches!(stage.screen(), Screen::PhoneOffer), "{}", stage.text());
}

/// A round of 30 days with 12 hours a day at one site.
fn thirty_days() -> Vec<Slot> {
    let first = jiff::civil::date(2027, 7, 16);
    let slot = |at: u32| {
        let day = first.checked_add(jiff::ToSpan::days(i64::from(at / 12))).unwrap();
        let hour = 8 + (at % 12) as i8;
        Slot {
            id: SlotId(at + 1),
            site: SiteId(1),
            starts: day.at(hour, 0, 0, 0),
            ends: day.at(hour + 1, 0, 0, 0),
            capacity: 9,
            taken: 0,
        }
    };
    (0..360).map(slot).collect()
}

#[test]
fn each_slot_of_thirty_days_is_reached_by_touch_and_by_keys() {
    let mut stage = at_step(10);
    if let Phase::Visiting { screen, .. } = &mut stage.cabinet.journey.phase {
        *screen = Screen::Slot(SlotPick::new(SiteId(1), thirty_days(), false));
    }
    stage.slow = true;
    stage.draw();
    let seats = |stage: &Stage, keyed: bool| -> BTreeSet<(usize, usize)> {
        let targets = stage.cabinet.targets().all().iter();
        let seat = |target: &vaxkiosk::kiosk::widgets::targets::Target| match target.action {
            Action::Screen(ScreenAction::Seat { day, hour }) => Some((day, hour)),
            _ => None,
        };
        targets.filter(|target| !keyed || target.digit.is_some()).filter_map(seat).collect()
    };
    let (mut touched, mut keyed) = (BTreeSet::new(), BTreeSet::new());
    for page in 0..24 {
        touched.extend(seats(&stage, false));
        for digit in 1..=4 {
            let before = stage.cabinet.journey.screen().cloned();
            stage.input(Input::Digit(digit));
            keyed.extend(seats(&stage, true));
            if let (Phase::Visiting { screen, .. }, Some(before)) =
                (&mut stage.cabinet.journey.phase, before)
            {
                *screen = before;
            }
            stage.draw();
        }
        assert!(matches!(stage.screen(), Screen::Slot(_)), "page {page}:\n{}", stage.text());
        stage.touch(ScreenAction::More);
    }
    assert_eq!((touched.len(), keyed.len()), (360, 360));
    // And one of the last is booked.
    stage.slow = false;
    for _ in 0..23 {
        stage.touch(ScreenAction::More);
    }
    stage.touch(ScreenAction::Seat { day: 29, hour: 11 });
    assert!(matches!(stage.screen(), Screen::Review), "{}", stage.text());
    assert_eq!(stage.chosen_slot().map(|slot| slot.id), Some(SlotId(360)));
}

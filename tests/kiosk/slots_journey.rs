//! Choosing a slot: any number of days and hours by touch and by keys, and what others take
//! meanwhile.

use crate::stage::desk::Programme;
use crate::stage::{SMALL, Stage};
use ratatui::style::Color;
use vaxkiosk::config::profile::Offer;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::site::{Slot, SlotId};
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{Action, GlobalAction, ScreenAction};
use vaxkiosk::kiosk::screens::Screen;

/// At the calendar of a site with such a programme.
fn at_days(programme: Programme) -> Stage {
    let mut stage = Stage::new(SMALL);
    stage.desk.programme = programme;
    stage.insert(PracticeCard::MayBook);
    stage.act(GlobalAction::Speak(Language::Vi));
    stage.act(ScreenAction::Confirm);
    stage.leave_offer();
    stage.act(ScreenAction::Serve(Offer::Book));
    stage.act(ScreenAction::RegisteredPhone);
    stage.act(ScreenAction::RegisteredDistrict);
    stage.act(ScreenAction::Pick(0));
    stage
}

fn slots(stage: &Stage) -> Vec<Slot> {
    match stage.screen() {
        Screen::Slot(pick) => pick.slots.clone(),
        other => panic!("{other:?}"),
    }
}

fn focused(stage: &Stage) -> Option<Action> {
    stage.cabinet.targets().focused(None)
}

/// Each day from the calendar anew, so that the ten minutes of a visit suffice.
fn each_slot_is_reached(choose: impl Fn(&mut Stage, &Slot)) {
    let all = slots(&at_days(Programme::Days(30)));
    assert_eq!(all.len(), 360);
    let mut reached = 0;
    for of_day in all.chunks(12) {
        let mut stage = at_days(Programme::Days(30));
        for slot in of_day {
            choose(&mut stage, slot);
            assert_eq!(stage.chosen_slot().map(|slot| slot.id), Some(slot.id), "{}", stage.text());
            assert!(matches!(stage.screen(), Screen::Review));
            reached += 1;
            stage.act(GlobalAction::Back);
        }
        choose(&mut stage, &of_day[11]);
        stage.keys("1");
        assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    }
    assert_eq!(reached, 360);
}

#[test]
fn each_of_360_slots_is_reached_and_booked_by_keys_that_are_its_date_and_hour() {
    each_slot_is_reached(|stage, slot| {
        stage.keys(&format!("{:02}{:02}", slot.starts.day(), slot.starts.hour()));
    });
}

#[test]
fn each_of_360_slots_is_reached_and_booked_by_touch() {
    each_slot_is_reached(|stage, slot| {
        stage.touch(ScreenAction::Day(slot.starts.date()));
        stage.touch(ScreenAction::Slot(slot.id));
    });
}

#[test]
fn a_round_of_sixty_days_turns_by_five_weeks() {
    let mut stage = at_days(Programme::Days(60));
    let last = slots(&stage).last().unwrap().clone();
    assert!(!stage.shows(ScreenAction::Day(last.starts.date())));
    stage.keys("9");
    assert!(stage.shows(ScreenAction::Day(last.starts.date())), "{}", stage.text());
    stage.keys("8");
    assert!(!stage.shows(ScreenAction::Day(last.starts.date())));
    stage.keys("91319");
    assert_eq!(stage.chosen_slot().map(|slot| slot.id), Some(last.id), "{}", stage.text());
}

#[test]
fn two_slots_in_one_hour_have_no_key_and_are_both_reached_by_touch() {
    let mut stage = at_days(Programme::HalfHours(2));
    let all = slots(&stage);
    let day = all[0].starts.date();
    for slot in all.iter().filter(|slot| slot.starts.date() == day) {
        stage.touch(ScreenAction::Day(day));
        stage.keys("09");
        assert!(matches!(stage.screen(), Screen::Slot(_)), "no key chooses one of the two");
        for page in 0..4 {
            let turn = ScreenAction::Turn(page);
            if !stage.shows(ScreenAction::Slot(slot.id)) && stage.shows(turn) {
                stage.touch(turn);
            }
        }
        stage.touch(ScreenAction::Slot(slot.id));
        assert_eq!(stage.chosen_slot().map(|slot| slot.id), Some(slot.id), "{}", stage.text());
        stage.act(GlobalAction::Back);
    }
}

#[test]
fn the_earliest_slot_is_one_press_and_the_days_beside_have_their_keys() {
    let mut stage = at_days(Programme::Days(30));
    let all = slots(&stage);
    stage.keys("17");
    stage.keys("6");
    assert!(stage.shows(ScreenAction::Slot(all[24].id)), "{}", stage.text());
    stage.keys("44");
    assert!(stage.shows(ScreenAction::Slot(all[0].id)), "{}", stage.text());
    stage.keys("5");
    assert!(stage.shows(ScreenAction::FirstFree(all[0].id)), "{}", stage.text());
    stage.keys("19");
    stage.act(GlobalAction::Back);
    assert!(stage.shows(ScreenAction::FirstFree(all[0].id)), "back to the calendar");
    stage.keys("00");
    assert_eq!(stage.chosen_slot().map(|slot| slot.id), Some(all[0].id));
}

/// Slots are brought up to date every few seconds.
fn until_told(stage: &mut Stage, text: &str) {
    for _ in 0..5 {
        if !stage.text().contains(text) {
            stage.wait(1);
        }
    }
    assert!(stage.text().contains(text), "{}", stage.text());
}

#[test]
fn a_slot_that_becomes_full_is_told_and_the_focus_stays_in_its_day() {
    let mut stage = at_days(Programme::Days(30));
    let all = slots(&stage);
    stage.keys("17");
    stage.desk.fill(all[12].id);
    until_told(&mut stage, "08:00 vừa hết");
    assert!(!stage.shows(ScreenAction::Slot(all[12].id)));
    stage.input_at_once(Input::Enter);
    stage.wait(2);
    assert!(matches!(stage.screen(), Screen::Slot(_)), "the press was for what is gone");
    stage.input(Input::Enter);
    let chosen = stage.chosen_slot().map(|slot| slot.starts.date());
    assert_eq!(chosen, Some(all[12].starts.date()), "{}", stage.text());
}

#[test]
fn the_earliest_that_becomes_full_is_told_and_another_takes_its_place() {
    let mut stage = at_days(Programme::Days(30));
    let all = slots(&stage);
    stage.desk.fill(all[0].id);
    until_told(&mut stage, "vừa hết");
    assert!(stage.shows(ScreenAction::FirstFree(all[1].id)), "{}", stage.text());
}

#[test]
fn a_slot_taken_at_the_confirmation_leads_to_the_next_hour_of_its_day() {
    let mut stage = at_days(Programme::FourDays);
    stage.touch_seat(1, 0);
    let taken = stage.chosen_slot().unwrap().clone();
    stage.desk.fill(taken.id);
    stage.touch(ScreenAction::Confirm);
    assert!(stage.text().contains("vừa hết chỗ"), "{}", stage.text());
    let next = slots(&stage).into_iter().find(|slot| slot.starts > taken.starts && !slot.is_full());
    let next = next.unwrap();
    assert_eq!(next.starts.date(), taken.starts.date());
    assert_eq!(focused(&stage), Some(ScreenAction::Slot(next.id).into()), "{}", stage.text());
}

#[test]
fn ones_own_slot_is_marked_and_cannot_be_chosen_once_more() {
    let mut stage = Stage::new(SMALL);
    stage.cabinet.journey.machine.profile.channel = Channel::HealthStation;
    stage.insert(PracticeCard::AlreadyBooked);
    stage.touch(GlobalAction::Speak(Language::Th));
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::Serve(Offer::MyBooking));
    stage.touch(ScreenAction::Reschedule);
    let own = slots(&stage).into_iter().find(|slot| slot.id == SlotId(101)).unwrap();
    stage.touch(ScreenAction::Day(own.starts.date()));
    assert!(stage.text().contains("ของคุณ"), "{}", stage.text());
    assert!(!stage.shows(ScreenAction::Slot(own.id)));
    stage.act(ScreenAction::Slot(own.id));
    assert!(matches!(stage.screen(), Screen::Slot(_)));
    stage.act_seat(2, 1);
    assert!(matches!(stage.screen(), Screen::Review));
    let text = stage.text();
    assert!(text.contains("10:00–11:00"), "old and new: {text}");
}

/// The day of a number, on the first page of sixty days.
fn day_of(stage: &Stage, number: i8) -> ScreenAction {
    let all = slots(stage);
    let slot = all.iter().find(|slot| slot.starts.day() == number).expect("it has such a day");
    ScreenAction::Day(slot.starts.date())
}

/// The ground of a day's tile.
fn ground(stage: &Stage, number: i8) -> Color {
    let action: Action = day_of(stage, number).into();
    let area = stage.cabinet.targets().area_of(action).expect("it is on the screen");
    stage.buffer.cell((area.right() - 1, area.y)).unwrap().bg
}

#[test]
fn the_first_of_two_digits_waits_and_shows_which_may_be_the_second() {
    let mut stage = at_days(Programme::Days(60));
    let (before, bells) = (stage.text(), stage.bells);
    assert!(before.contains("9  »"), "nine turns the page:\n{before}");
    stage.keys("1");
    assert!(!stage.text().contains("9  »") && stage.text().contains(" 1▏"), "{}", stage.text());
    let (lit, dark) =
        ([17, 19].map(|day| ground(&stage, day)), [20, 31].map(|day| ground(&stage, day)));
    assert!(lit.iter().all(|lit| !dark.contains(lit)), "{lit:?} {dark:?}");
    stage.wait(8);
    stage.keys("9");
    let Screen::Slot(pick) = stage.screen() else { panic!("{}", stage.text()) };
    assert_eq!(pick.day.map(|day| day.day()), Some(19), "{}", stage.text());
    assert_eq!(stage.bells, bells);
}

#[test]
fn a_digit_that_no_button_shows_does_nothing_and_the_first_can_be_taken_back() {
    let mut stage = at_days(Programme::Days(60));
    let (before, bells) = (stage.text(), stage.bells);
    // No day of the round has the number 39.
    stage.keys("3");
    let shown = stage.text();
    stage.keys("9");
    assert_eq!((stage.text(), stage.bells), (shown, bells + 1));
    // Enter would press a button that looks as if it could not be pressed.
    let minus = Input::Sign('-');
    for back in [Input::Escape, minus, Input::Backspace, Input::Enter, Input::Space] {
        stage.input(back);
        assert_eq!(stage.text(), before);
        stage.keys("3");
    }
    assert!(!stage.text().contains("9  »"), "{}", stage.text());
    stage.wait(10);
    assert!(stage.text().contains("9  »"), "no second one came for ten seconds:\n{}", stage.text());
    stage.keys("9");
    assert!(!stage.shows(day_of(&stage, 17)), "and nine turns the page again");
    let mut stage = at_days(Programme::Days(60));
    stage.keys("3");
    stage.touch(day_of(&stage, 17));
    assert!(matches!(stage.screen(), Screen::Slot(pick) if pick.day.is_some()));
}

//! Who is in the list of a room's trainer: rows are taken, lost, given away and come back to, and
//! what was done in them is kept once.

use crate::trainer_console::{Desk, SMALL, orders, progress, result};
use vaxkiosk::classroom::console::seat::Presence;
use vaxkiosk::classroom::console::{Effect, Event, Key, MOST_RESULTS, MOST_SEATS};
use vaxkiosk::classroom::wire::{FromTrainee, FromTrainer, Order, Progress, Refused};
use vaxkiosk::domain::language::Language;

#[test]
fn a_full_room_is_seen_row_by_row_and_one_more_is_refused() {
    let mut desk = Desk::new(Language::En);
    for line in 1..=MOST_SEATS as u64 {
        let effects = desk.joins(line, &format!("trainee {line}"), &line.to_string());
        let [Effect::Send { what: FromTrainer::Welcome { seat, .. }, .. }] = &effects[..] else {
            panic!("{effects:?}")
        };
        assert_eq!(u64::from(*seat), line);
    }
    let full = desk.joins(99, "one more", "99");
    let refused = FromTrainer::Refused(Refused::Full);
    assert_eq!(full, [Effect::Send { line: 99, what: refused }, Effect::HangUp { line: 99 }]);
    assert!(!desk.picture(SMALL).contains("trainee 40"));
    for _ in 0..MOST_SEATS {
        desk.key(Key::Down);
    }
    assert!(desk.picture(SMALL).contains("trainee 40"));
    // Who was lost longest gives their row away.
    desk.now = 1;
    desk.event(Event::Left { line: 7 });
    desk.now = 2;
    desk.event(Event::Left { line: 3 });
    desk.joins(99, "one more", "99");
    assert_eq!(desk.console.room.seat(7).unwrap().hello.name, "one more");
}

#[test]
fn a_lost_trainee_comes_back_to_their_row_with_all_that_was_done() {
    let mut desk = Desk::staffed(Language::En);
    desk.keys("ap");
    let lost = |desk: &Desk, seat| desk.console.room.seat(seat).unwrap().line().is_none();
    desk.event(Event::Left { line: 2 });
    assert!(lost(&desk, 2) && desk.picture(SMALL).contains("Lost 10:01"));
    // Another run of the program with the same name.
    let effects = desk.joins(12, "Nguyễn Thị Mậu Phương Thảo", "another run");
    assert_eq!(orders(&effects), [(12, Order::Pause(true))], "it stays paused");
    assert_eq!(desk.console.room.seat(2).unwrap().results.len(), 1);
    // The same run of one without a name.
    desk.joins(13, "", "3");
    assert_eq!(desk.console.room.seat(3).unwrap().line(), Some(13));
    // The same run on a new line while the old one is thought to be there.
    let effects = desk.joins(14, "", "3");
    assert_eq!(effects[0], Effect::HangUp { line: 13 });
    // What the old line still says is nobody's.
    desk.says(13, FromTrainee::Progress(progress()));
    assert_eq!(desk.console.room.seat(3).unwrap().progress, Progress::default());
    // Somebody else of the same name is somebody else.
    desk.joins(15, "陳小姐", "15");
    assert_eq!(desk.console.room.seat(4).unwrap().hello.name, "陳小姐 2");
}

fn is_kept(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Keep(_)))
}

#[test]
fn namesakes_who_both_were_lost_come_back_to_their_own_rows_in_any_order() {
    let mut desk = Desk::new(Language::En);
    for (line, token) in [(1, "one"), (2, "two")] {
        desk.joins(line, "陳小姐", token);
        let done = desk.says(line, FromTrainee::Result(Box::new(result(1))));
        assert!(is_kept(&done));
    }
    for line in [1, 2] {
        desk.event(Event::Left { line });
    }
    for (line, token, seat, name) in [(3, "two", 2, "陳小姐 2"), (4, "one", 1, "陳小姐")] {
        desk.joins(line, "陳小姐", token);
        let row = desk.console.room.seat(seat).unwrap();
        assert_eq!((row.line(), &*row.hello.name), (Some(line), name));
        let again = desk.says(line, FromTrainee::Result(Box::new(result(1))));
        assert_eq!(again, [], "it was kept before");
        assert_eq!(desk.console.room.seat(seat).unwrap().results.len(), 1);
    }
}

#[test]
fn who_comes_back_after_their_row_was_given_away_has_another_and_results_are_kept_once() {
    let mut desk = Desk::new(Language::En);
    for line in 1..=MOST_SEATS as u64 {
        desk.joins(line, &format!("trainee {line}"), &line.to_string());
    }
    assert!(is_kept(&desk.says(5, FromTrainee::Result(Box::new(result(1))))));
    desk.event(Event::Left { line: 5 });
    desk.joins(50, "one more", "50");
    desk.event(Event::Left { line: 9 });
    desk.joins(51, "trainee 5", "5");
    assert_eq!(desk.console.room.seat(9).unwrap().line(), Some(51));
    let again = desk.says(51, FromTrainee::Result(Box::new(result(1))));
    assert_eq!(again, [], "the table has it");
    assert_eq!(desk.console.room.seat(9).unwrap().results.len(), 1, "the row shows it");
    assert!(desk.console.room.seat(5).unwrap().results.is_empty());
}

#[test]
fn a_row_has_its_most_results() {
    let mut desk = Desk::new(Language::En);
    desk.joins(1, "陳小姐", "1");
    let kept = (1..=MOST_RESULTS as u32 + 9)
        .filter(|nth| is_kept(&desk.says(1, FromTrainee::Result(Box::new(result(*nth))))));
    assert_eq!(kept.count(), MOST_RESULTS);
    assert_eq!(desk.console.room.seat(1).unwrap().results.len(), MOST_RESULTS);
}

#[test]
fn the_console_itself_says_every_third_second_that_it_is_there() {
    let mut desk = Desk::new(Language::En);
    desk.joins(1, "陳小姐", "1");
    desk.joins(2, "", "2");
    desk.event(Event::Left { line: 2 });
    let told: Vec<bool> = (0..6)
        .map(|_| {
            let effects = desk.event(Event::Tick);
            let still_here = [Effect::Send { line: 1, what: FromTrainer::StillHere }];
            assert!(effects.is_empty() || effects == still_here, "{effects:?}");
            !effects.is_empty()
        })
        .collect();
    assert_eq!(told, [false, false, true, false, false, true]);
}

#[test]
fn what_could_not_be_kept_is_told_until_it_is() {
    let mut desk = Desk::new(Language::En);
    let before = desk.picture(SMALL);
    desk.event(Event::NotKept("no room on the disk".into()));
    assert!(desk.picture(SMALL).contains("no room on the disk"));
    desk.event(Event::Kept);
    assert_eq!(desk.picture(SMALL), before);
}

#[test]
fn who_says_nothing_is_gone() {
    let mut desk = Desk::staffed(Language::En);
    desk.now = 104;
    desk.says(1, FromTrainee::Progress(progress()));
    desk.now = 111;
    assert_eq!(desk.event(Event::Tick), [Effect::HangUp { line: 2 }]);
    assert!(matches!(desk.console.room.seat(2).unwrap().presence, Presence::LostSince(_)));
    assert!(desk.console.room.seat(1).unwrap().is_here());
}

#[test]
fn a_result_is_kept_once_however_often_it_is_sent() {
    let mut desk = Desk::new(Language::En);
    desk.joins(1, "陳小姐", "1");
    let keeps =
        |effects: &[Effect]| effects.iter().filter(|it| matches!(it, Effect::Keep(_))).count();
    assert_eq!(keeps(&desk.says(1, FromTrainee::Result(Box::new(result(1))))), 1);
    desk.event(Event::Left { line: 1 });
    desk.joins(2, "陳小姐", "1");
    assert_eq!(keeps(&desk.says(2, FromTrainee::Result(Box::new(result(1))))), 0);
    assert_eq!(keeps(&desk.says(2, FromTrainee::Result(Box::new(result(2))))), 1);
    // Another run of the program begins to count anew.
    desk.event(Event::Left { line: 2 });
    desk.joins(3, "陳小姐", "another run");
    assert_eq!(keeps(&desk.says(3, FromTrainee::Result(Box::new(result(1))))), 1);
}

//! What a person did not mean does nothing on the pages of several people who book in one visit
//! either: Enters in one packet, a key that is held, a double tap. What such a press comes to is
//! the same as what one press comes to.

use crate::every_screen::groups::GROUPS;
use crate::every_screen::steps::Way;
use crate::guard::{counts_each_time, tap};
use crate::stage::{SMALL, Stage};
use rstest::rstest;
use std::time::Duration;
use vaxkiosk::kiosk::cabinet::Input;

/// A page, on for long enough to have been seen. `slow`: the answers of the service are still to
/// come.
fn seen(way: Way, slow: bool) -> Stage {
    let mut stage = Stage::new(SMALL);
    way(&mut stage);
    stage.slow |= slow;
    stage.cabinet.has_been_seen();
    stage.uptime += Duration::from_millis(400);
    stage
}

/// What became of it: the screen, what was chosen and typed, and who was booked.
fn outcome(stage: &Stage) -> String {
    let (journey, group) = (&stage.cabinet.journey, &stage.desk.group);
    let booked = (group.booked.len(), group.asked.len(), stage.desk.booked.len());
    format!("{:?} {:?} {booked:?}", journey.phase, journey.overlay)
}

#[rstest]
#[case::ten_in_one_packet(vec![0; 10])]
#[case::a_bouncing_key(vec![0, 60])]
#[case::held_for_two_seconds((0..2000).step_by(33).collect())]
fn many_enters_do_what_one_does(#[case] moments: Vec<u64>) {
    for slow in [false, true] {
        for (name, way) in GROUPS {
            let mut once = seen(way, slow);
            once.input_at_once(Input::Enter);
            let mut many = seen(way, slow);
            let first = many.uptime;
            for moment in &moments {
                many.uptime = first + Duration::from_millis(*moment);
                many.input_at_once(Input::Enter);
            }
            assert_eq!(outcome(&many), outcome(&once), "{name}, slow {slow}");
        }
    }
}

#[test]
fn a_double_tap_on_any_button_does_what_one_tap_does() {
    let mut tapped = 0;
    for (name, way) in GROUPS {
        let targets = seen(way, false).cabinet.targets().all().to_vec();
        for target in targets.into_iter().filter(|target| !counts_each_time(target.action)) {
            let mut once = seen(way, false);
            tap(&mut once, target);
            let mut twice = seen(way, false);
            tap(&mut twice, target);
            twice.uptime += Duration::from_millis(60);
            tap(&mut twice, target);
            assert_eq!(outcome(&twice), outcome(&once), "{name}, {target:?}");
            tapped += 1;
        }
    }
    assert!(tapped > 150, "{tapped} buttons");
}

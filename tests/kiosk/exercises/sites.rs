//! The exercises for vaccination sites.

use super::rig::Do::{self, *};
use super::rig::Rig;
use super::{fails, passes};
use vaxkiosk::devices::simulated::people::PracticeCard::MigrantWorker;
use vaxkiosk::devices::simulated::staff::PracticeStaff::User;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{ExerciseAction, PracticeReceipt};
use vaxkiosk::training::act::Act;
use vaxkiosk::training::exercise::Exercise;
use vaxkiosk::training::fact::Fact;
use vaxkiosk::training::fault::{Fault, FaultKind, Trigger};
use vaxkiosk::training::screen_name::ScreenName;
use vaxkiosk::training::trace::Happened;

const LOGS_IN: [Do; 2] = [Staff(User), Keys("222222\n")];

#[test]
fn from_check_in_to_vaccination_with_the_lot_of_the_day() {
    let checks_in = [Card(MigrantWorker), On(ScreenName::SitePerson), Keys("1")];
    let vaccinates = [Function(9), Keys("3004217a\n"), Function(9)];
    let leaves = [CardOut, Press(Input::Lock)];
    let whole = [&LOGS_IN[..], &checks_in, &vaccinates, &leaves].concat();
    passes("site-1-check-in", &whole);
    let half = [&LOGS_IN[..], &checks_in, &[CardOut]].concat();
    let lot = Some("3004217A".to_owned());
    let missed = [Fact::Vaccinated { who: MigrantWorker, lot }, Fact::Locked];
    fails("site-1-check-in", &half, &missed);
}

/// A digit and Enter are whatever their button says at that moment.
#[test]
fn what_a_digit_and_enter_do_at_a_desk_has_the_name_of_what_is_done() {
    let cut = |exercise: &mut Exercise| {
        let when = Trigger::Action { act: Act::CheckIn, nth: 1 };
        exercise.faults = vec![Fault { when, does: FaultKind::CutLine, ends_after: None }];
    };
    for key in ["1", "\n"] {
        let mut rig = Rig::changed("site-1-check-in", cut);
        rig.exercise(ExerciseAction::TaskCard);
        let checks_in = [Card(MigrantWorker), On(ScreenName::SitePerson), Keys(key)];
        [&LOGS_IN[..], &checks_in].concat().into_iter().for_each(|step| rig.act(step));
        let trace = &rig.exercises().running().unwrap().trace;
        assert!(trace.has(Happened::Did(Act::CheckIn)), "{trace:?}");
        assert!(trace.has(Happened::Fault(FaultKind::CutLine)), "{trace:?}");
    }
}

#[test]
fn only_the_receipt_of_today_checks_somebody_in() {
    let refused = [
        Scan(PracticeReceipt::Forged),
        On(ScreenName::SiteRefusal),
        Function(12),
        Scan(PracticeReceipt::AnotherDay),
        On(ScreenName::SiteRefusal),
        Function(12),
    ];
    let own = [Scan(PracticeReceipt::Expected), On(ScreenName::SitePerson), Keys("1")];
    passes("site-2-forged", &[&LOGS_IN[..], &refused, &own].concat());
    let turned_away = [&LOGS_IN[..], &refused].concat();
    fails("site-2-forged", &turned_away, &[Fact::PeopleCheckedIn(1)]);
    let one_is_not_looked_at = [&LOGS_IN[..], &refused[..3], &own].concat();
    let twice = Fact::Seen { screen: ScreenName::SiteRefusal, times: 2 };
    fails("site-2-forged", &one_is_not_looked_at, std::slice::from_ref(&twice));
    // The forged one is like that of the person behind.
    let let_in_all_the_same = [Function(12), Scan(PracticeReceipt::Expected), Keys("1")];
    let too_many = [&LOGS_IN[..], &refused[..3], &own, &let_in_all_the_same].concat();
    fails("site-2-forged", &too_many, &[twice, Fact::PeopleCheckedIn(2)]);
}

#[test]
fn without_a_line_people_are_checked_in_and_it_is_sent_later() {
    let by_receipt = [Scan(PracticeReceipt::Expected), Wait(2), Keys("1"), Function(12)];
    let by_card = [Card(MigrantWorker), On(ScreenName::SitePerson), Keys("1"), CardOut];
    let waits = [&LOGS_IN[..], &by_receipt, &by_card, &[Wait(90)]].concat();
    passes("site-3-line-down", &waits);
    let one_only = [&LOGS_IN[..], &by_receipt, &[Wait(90)]].concat();
    let missed = [Fact::PeopleCheckedIn(2), Fact::CheckedIn(MigrantWorker)];
    fails("site-3-line-down", &one_only, &missed);
}

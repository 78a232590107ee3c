//! Each page of the counter in every language and size, as a picture in text; and that nowhere a
//! text is cut off or a language mixed in.

use crate::pages::{Way, has_one_language, pictures};
use crate::stage::{LARGE, SMALL, Stage};
use rstest::rstest;
use vaxkiosk::devices::card_reader::CardFault;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::devices::staff_card::{ModuleFault, StaffCardEvent};
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::TrainingAction;
use vaxkiosk::kiosk::model::counter::{CounterAction, Field};
use vaxkiosk::kiosk::model::event::Event;

const WIDE: (u16, u16) = (160, 50);

fn works(s: &mut Stage) {
    s.staff_logs_in(PracticeStaff::Manager);
}

fn serves(s: &mut Stage, card: PracticeCard) {
    works(s);
    s.insert(card);
}

fn offered(s: &mut Stage) {
    s.desk.waits_at_counter(true);
    s.desk.offer_at_counter();
    serves(s, PracticeCard::MayBook);
}

/// The waiting list of somebody who is on it, or not.
fn line(s: &mut Stage, waits: bool) {
    if waits {
        s.desk.waits_at_counter(true);
    }
    serves(s, PracticeCard::MayBook);
    s.keys("\n");
    s.function(11);
}

fn filled_in(s: &mut Stage) {
    serves(s, PracticeCard::MayBook);
    s.keys("\n\n\n\n");
}

fn booked(s: &mut Stage) {
    filled_in(s);
    s.function(9);
}

const PAGES: [(&str, Way); 47] = [
    ("counter_card", |_| {}),
    ("counter_no_reader", |s| s.event(Event::StaffCard(StaffCardEvent::NoReader))),
    ("counter_no_module", |s| {
        s.event(Event::StaffCard(StaffCardEvent::NoModule(ModuleFault::Missing)));
    }),
    ("counter_pin", |s| {
        s.staff_in(PracticeStaff::User);
        s.keys("222");
    }),
    ("counter_pin_wrong", |s| {
        s.staff_in(PracticeStaff::User);
        s.keys("999999\n");
    }),
    ("counter_elsewhere", |s| s.staff_logs_in(PracticeStaff::Elsewhere)),
    ("counter_checking", |s| {
        s.slow = true;
        s.staff_logs_in(PracticeStaff::User);
    }),
    ("counter_next", works),
    ("counter_card_left", |s| {
        booked(s);
        s.function(12);
    }),
    ("counter_unreadable", |s| {
        works(s);
        s.card = Err(CardFault::Unreadable);
        s.event(Event::Reader(vaxkiosk::devices::card_reader::ReaderEvent::CardIn));
    }),
    ("counter_may_book", |s| serves(s, PracticeCard::MayBook)),
    ("counter_county", |s| {
        serves(s, PracticeCard::MayBook);
        s.act(CounterAction::Focus(Field::County));
        s.keys("0");
    }),
    ("counter_phone", |s| {
        serves(s, PracticeCard::MayBook);
        s.act(CounterAction::Focus(Field::Phone));
        s.keys("09\n");
    }),
    ("counter_site", |s| {
        serves(s, PracticeCard::MayBook);
        s.keys("\n");
    }),
    ("counter_day", |s| {
        serves(s, PracticeCard::MayBook);
        s.keys("\n\n");
    }),
    ("counter_hour", |s| {
        serves(s, PracticeCard::MayBook);
        s.keys("\n\n\n");
    }),
    ("counter_ready", filled_in),
    ("counter_sending", |s| {
        filled_in(s);
        s.desk.cut = true;
        s.function(9);
        s.wait(1);
    }),
    ("counter_booked", |s| {
        booked(s);
        s.function(10);
    }),
    ("counter_refused", |s| serves(s, PracticeCard::NotInRound)),
    ("counter_existing", |s| serves(s, PracticeCard::AlreadyBooked)),
    ("counter_cancel", |s| {
        serves(s, PracticeCard::AlreadyBooked);
        s.function(11);
    }),
    ("counter_register", |s| {
        serves(s, PracticeCard::MayBook);
        s.function(4);
    }),
    ("counter_today", |s| {
        booked(s);
        s.function(12);
        s.insert(PracticeCard::NotInRound);
        s.function(5);
    }),
    ("counter_users", |s| {
        works(s);
        s.function(6);
    }),
    ("counter_figures", |s| {
        works(s);
        s.desk.attendance.sites = 2;
        s.function(6);
        s.function(8);
    }),
    ("counter_no_figures", |s| {
        works(s);
        s.function(6);
        s.function(8);
    }),
    ("counter_user", |s| {
        works(s);
        s.function(6);
        s.keys("\t");
        s.input(Input::Tab);
        s.keys("\n");
    }),
    ("counter_user_card", |s| {
        works(s);
        s.function(6);
        s.input(Input::Tab);
        s.input(Input::Tab);
        s.keys("\n");
    }),
    ("counter_locked", |s| {
        filled_in(s);
        s.staff_out();
    }),
    ("counter_citizen_notice", |s| {
        serves(s, PracticeCard::MayBook);
        s.function(7);
    }),
    ("counter_citizen_booked", |s| {
        booked(s);
        s.function(7);
    }),
    ("counter_offered", offered),
    ("counter_displaced", |s| {
        s.desk.displace_at_counter(true);
        serves(s, PracticeCard::MayBook);
    }),
    ("counter_displaced_none_held", |s| {
        s.desk.displace_at_counter(false);
        serves(s, PracticeCard::MayBook);
    }),
    ("counter_nothing_free", |s| {
        s.desk.fill_all();
        serves(s, PracticeCard::MayBook);
        s.keys("\n");
    }),
    ("counter_in_line", |s| {
        s.desk.waits_at_counter(true);
        serves(s, PracticeCard::MayBook);
    }),
    ("counter_line", |s| line(s, false)),
    ("counter_line_again", |s| line(s, true)),
    ("counter_line_days", |s| {
        line(s, false);
        s.act(CounterAction::Focus(Field::Days));
        s.keys("\n");
    }),
    ("counter_line_part", |s| {
        line(s, false);
        s.act(CounterAction::Focus(Field::Part));
    }),
    ("counter_waits", |s| {
        line(s, false);
        s.function(9);
    }),
    ("counter_leave_line", |s| {
        line(s, true);
        s.function(11);
    }),
    ("counter_code_wrong", |s| {
        works(s);
        s.function(11);
        s.keys("1234567890\n");
    }),
    ("counter_citizen_offered", |s| {
        offered(s);
        s.keys("\n");
        s.function(7);
    }),
    ("counter_citizen_waits", |s| {
        line(s, false);
        s.function(9);
        s.function(7);
    }),
    ("counter_drawer", |s| {
        works(s);
        s.act(TrainingAction::Drawer);
    }),
];

fn staged(language: Language, size: (u16, u16), way: Way) -> Stage {
    let mut stage = Stage::counter(language, size);
    way(&mut stage);
    stage.draw();
    stage
}

#[test]
fn every_page_in_every_language_and_size_looks_as_agreed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for (name, way) in PAGES {
            let pictures =
                pictures(&[SMALL, LARGE, WIDE], |language, size| staged(language, size, way));
            insta::assert_snapshot!(name, pictures);
        }
    });
}

#[rstest]
fn no_text_is_cut_off(
    #[values(Language::ZhTw, Language::En, Language::Ja, Language::Vi, Language::Id, Language::Th)]
    language: Language,
) {
    let mut failures = Vec::new();
    for (name, way) in PAGES {
        for size in [SMALL, LARGE, WIDE, (120, 36), (85, 24)] {
            let mut stage = staged(language, size, way);
            if !stage.cut_off.is_empty() {
                failures.push(format!("{name} at {size:?}: {:?}", stage.cut_off));
            }
            stage.keys("+");
            if name.starts_with("counter_citizen") && !stage.cut_off.is_empty() {
                failures.push(format!("{name} at {size:?} with Chinese: {:?}", stage.cut_off));
            }
        }
    }
    assert!(failures.is_empty(), "{} cut off:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn no_page_mixes_two_languages() {
    // Names of people and places, and what bears its own name.
    let own = ["甄", "練習", "〇", "中文", "語言", "臺北市", "+ 中", "+✓中", "ภาษา", "日本語"];
    for (name, way) in PAGES {
        has_one_language(name, &own, |language| staged(language, SMALL, way));
    }
}

#[test]
fn a_window_that_is_too_small_says_so() {
    let stage = staged(Language::En, (60, 40), works);
    assert!(stage.text().contains("80 columns"), "{}", stage.text());
}

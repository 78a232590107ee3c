//! The trainer's drawer: beside the page where there is room, a page that says so where there is
//! none; its tools by keys and by touch.

use super::looks::words;
use super::ways::{offered, ready, staged};
use crate::every_screen::all_screens;
use crate::every_screen::steps::identified;
use crate::pages::pictures;
use crate::stage::{LARGE, SMALL, Stage};
use rstest::rstest;
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{ExerciseAction, TrainingAction};
use vaxkiosk::kiosk::model::exercises::Stage as TrainingStage;
use vaxkiosk::kiosk::screens::overlay::{DrawerPage, Overlay};

type Size = (u16, u16);

/// The page's own words are all on the screen while the drawer is open, and nothing of it is cut
/// off: at each size at which it lies beside.
#[rstest]
#[case::large(LARGE, 80)]
#[case::high((110, 40), 80)]
#[case::wide((160, 50), 124)]
fn beside_the_drawer_the_page_is_whole(#[case] size: Size, #[case] page: u16) {
    let language = Language::Vi;
    // A message or a pause of the trainer lies over all.
    let is_covered = |name: &str| ["trainers_message", "trainers_pause"].contains(&name);
    let screens = all_screens().filter(|(name, _)| !name.starts_with("too_small"));
    for (name, way) in screens.filter(|(name, _)| !is_covered(name)) {
        let alone = staged(language, (page, size.1), way);
        // Where something of the trainer's is open already, the drawer takes its place.
        if alone.cabinet.journey.overlay.as_ref().is_some_and(Overlay::makes_way_for_task) {
            continue;
        }
        if alone.cabinet.journey.overlay.is_some() {
            continue;
        }
        let mut stage = staged(language, size, way);
        stage.function(1);
        assert_eq!(stage.cabinet.journey.overlay, Some(Overlay::Drawer(DrawerPage::Cards)));
        for _ in DrawerPage::ALL {
            assert!(stage.cut_off.is_empty(), "{name}: {:?}", stage.cut_off);
            let beside = left_of(&stage, page);
            assert_eq!(words(&alone.text()), words(&beside), "{name}\n{}", stage.text());
            stage.touch(TrainingAction::MoreTools);
        }
        stage.input(Input::Escape);
        assert_eq!(stage.cabinet.journey.overlay, None, "{name}");
    }
}

/// The screen's text left of a column.
fn left_of(stage: &Stage, column: u16) -> String {
    let mut text = String::new();
    for y in 0..stage.buffer.area.height {
        let mut skip = 0;
        for x in 0..column {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = stage.buffer[(x, y)].symbol();
            skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
            text.push_str(symbol);
        }
        text.push('\n');
    }
    text
}

#[rstest]
#[case::small(SMALL)]
#[case::low((100, 24))]
#[case::upright((60, 40))]
fn without_room_beside_the_page_it_says_that_the_page_is_covered(#[case] size: Size) {
    let mut stage = staged(Language::En, size, identified);
    stage.function(1);
    assert!(words(&stage.text()).concat().contains("Thiscoversthepage"), "{}", stage.text());
    stage.function(1);
    assert_eq!(stage.cabinet.journey.overlay, None);
}

#[test]
fn every_page_of_the_drawer_looks_as_agreed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for (name, page) in
            [("drawer_faults", DrawerPage::Faults), ("drawer_time", DrawerPage::Time)]
        {
            let pictures = pictures(&[SMALL, LARGE], |language, size| opened(language, size, page));
            insta::assert_snapshot!(name, pictures);
        }
    });
}

fn opened(language: Language, size: Size, page: DrawerPage) -> Stage {
    let mut stage = staged(language, size, |s| {
        offered(s);
        s.act(ExerciseAction::LookAround);
        ready(s);
    });
    stage.function(1);
    while stage.cabinet.journey.overlay != Some(Overlay::Drawer(page)) {
        stage.keys("0");
    }
    stage
}

#[rstest]
fn no_tool_is_cut_off(
    #[values(Language::ZhTw, Language::En, Language::Ja, Language::Vi, Language::Id, Language::Th)]
    language: Language,
) {
    let mut failures = Vec::new();
    for size in [SMALL, LARGE, (100, 24), (60, 40), (60, 50), (160, 50)] {
        for page in DrawerPage::ALL {
            let mut stage = opened(language, size, page);
            // What is unplugged is plugged in again, and what is slow is made quick.
            for _ in 0..2 {
                if !stage.cut_off.is_empty() {
                    failures.push(format!("{page:?} at {size:?}: {:?}", stage.cut_off));
                }
                let practice = &mut stage.cabinet.journey.machine.practice;
                (practice.line_cut, practice.line_slow) = (true, true);
                (practice.printer_unplugged, practice.printer_jams) = (true, true);
                practice.reader_unplugged = true;
                stage.draw();
            }
        }
        if size.0 >= SMALL.0 {
            for site in [false, true] {
                let mut stage = match site {
                    true => Stage::site(language, size),
                    false => Stage::counter(language, size),
                };
                stage.staff_logs_in(PracticeStaff::Manager);
                stage.act(TrainingAction::Drawer);
                for _ in DrawerPage::ALL {
                    if !stage.cut_off.is_empty() {
                        failures.push(format!("site {site} at {size:?}: {:?}", stage.cut_off));
                    }
                    stage.act(TrainingAction::MoreTools);
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} cut off:\n{}", failures.len(), failures.join("\n"));
}

/// The tools that the free practice has besides cards, by their digits.
#[test]
fn every_tool_does_what_it_says_by_its_digit() {
    let mut stage = opened(Language::ZhTw, SMALL, DrawerPage::Faults);
    stage.keys("2");
    assert!(stage.cabinet.journey.machine.practice.line_slow);
    assert_eq!(stage.cabinet.journey.overlay, None, "the page is there again");
    for (digit, is_on) in [
        (
            "3",
            (|s: &Stage| s.cabinet.journey.machine.practice.reader_unplugged) as fn(&Stage) -> bool,
        ),
        ("4", |s| s.cabinet.journey.machine.practice.printer_unplugged),
        ("5", |s| s.cabinet.journey.machine.practice.printer_jams),
        ("1", |s| s.cabinet.journey.machine.practice.line_cut),
    ] {
        stage.function(1);
        stage.keys("0");
        stage.keys(digit);
        assert!(is_on(&stage), "{digit}");
    }
    // Each of them says now how it is undone.
    stage.function(1);
    stage.keys("0");
    for words in ["恢復連線", "接上讀卡機", "接上印表機", "排除卡紙", "連線恢復正常速度"]
    {
        assert!(stage.text().contains(words), "{words}\n{}", stage.text());
    }
    // The day before the round opens.
    let before = stage.wall;
    stage.keys("02");
    assert!(stage.wall < before, "{}", stage.wall);
    stage.input(Input::Interrupt);
    assert_eq!(stage.cabinet.journey.overlay, Some(Overlay::Drawer(DrawerPage::Time)));
    assert!(stage.shows(TrainingAction::Quit), "the way out is there");
    stage.keys("4");
    let stage_of = |s: &mut Stage| super::ways::exercises(s).stage.clone();
    assert_eq!(stage_of(&mut stage), TrainingStage::Preparing { exercise: None });
    ready(&mut stage);
    assert!(!stage.cabinet.journey.machine.practice.line_cut, "all is as at the beginning");
    stage.input(Input::Interrupt);
    stage.keys("5");
    assert_eq!(stage_of(&mut stage), TrainingStage::Choosing { role: None, turned: 0 });
}

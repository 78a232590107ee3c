//! What surrounds a visit, by scripts of events: language, help, sounds, paper, scanned receipts,
//! the operator, the trainer and the attract screen.

use crate::booking_way::{at_review, at_step};
use crate::every_screen::steps::identified;
use crate::stage::{PIN, SMALL, Stage};
use rstest::rstest;
use vaxkiosk::config::profile::Offer;
use vaxkiosk::devices::card_reader::{CardFault, ReaderEvent};
use vaxkiosk::devices::printer::PrintFault;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction, TrainingAction};
use vaxkiosk::kiosk::model::clearer::Clearer;
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::model::practice::PracticeText;
use vaxkiosk::kiosk::model::printing::Printing;
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::operator::Operator;
use vaxkiosk::kiosk::screens::overlay::Overlay;
use vaxkiosk::kiosk::widgets::graphic::{Figure, Graphic};

fn operator(stage: &Stage) -> &Operator {
    match &stage.cabinet.journey.overlay {
        Some(Overlay::Operator(operator)) => operator,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_language_can_be_changed_on_every_screen_and_what_was_given_is_kept() {
    for step in 1..=12 {
        let mut stage = at_step(step);
        let before = stage.screen().place();
        stage.touch(GlobalAction::Languages);
        stage.touch(GlobalAction::Speak(Language::Ja));
        assert_eq!(stage.cabinet.journey.language(), Language::Ja, "step {step}");
        if step > 1 {
            assert_eq!(stage.screen().place(), before, "step {step}");
        }
    }
}

#[test]
fn help_is_on_every_screen_and_leads_back() {
    for step in 0..=12 {
        let mut stage = at_step(step);
        let before = stage.cabinet.journey.phase.clone();
        stage.touch(GlobalAction::Help);
        // The ninth topic: the hotlines.
        stage.keys("9");
        assert!(stage.text().contains("1955"), "step {step}");
        stage.input(Input::Escape);
        assert_eq!(
            stage.cabinet.journey.overlay,
            Some(Overlay::Help { topic: None }),
            "step {step}"
        );
        stage.input(Input::Escape);
        assert_eq!(stage.cabinet.journey.overlay, None, "step {step}");
        assert_eq!(stage.cabinet.journey.phase, before, "step {step}");
    }
}

#[test]
fn a_receipt_is_printed_once_and_again_only_when_it_failed() {
    let mut stage = at_review();
    stage.act(ScreenAction::Confirm);
    stage.printer = Err(PrintFault::PaperOut);
    stage.touch(ScreenAction::Print);
    assert!(stage.prints == 1 && stage.bells > 0 && stage.desk.booked.len() == 1);
    stage.printer = Ok(());
    stage.touch(ScreenAction::Print);
    stage.act(ScreenAction::Print);
    assert_eq!(stage.prints, 2, "and no third time");
    stage.act(GlobalAction::Home);
    stage.act(ScreenAction::Serve(Offer::MyBooking));
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    stage.act(ScreenAction::Print);
    assert_eq!(stage.prints, 2, "and not by another way to it");
    assert_eq!(stage.desk.booked.len(), 1, "paper never changes a booking");
}

#[test]
fn a_print_that_ends_after_its_session_is_nobodys() {
    let mut stage = at_review();
    stage.act(ScreenAction::Confirm);
    stage.slow = true;
    stage.act(ScreenAction::Print);
    stage.act(ScreenAction::Print);
    stage.pull();
    stage.release();
    assert!(matches!(stage.screen(), Screen::Parting(_)), "{}", stage.text());
    stage.insert(PracticeCard::MigrantWorker);
    assert!(!stage.text().contains("0200014637"), "{}", stage.text());
    assert_eq!(stage.prints, 1);
}

#[test]
fn the_operators_corner_opens_to_a_pin_and_only_while_nobody_is_served() {
    let mut stage = Stage::new(SMALL);
    stage.press_the_corner();
    assert_eq!(
        stage.cabinet.journey.overlay, None,
        "there is no operator's screen without a PIN in the settings"
    );
    stage.cabinet.journey.machine.profile.operator_pin = Some("$argon2id$".into());
    stage.wait(3);
    stage.press_the_corner();
    assert!(matches!(operator(&stage), Operator::Pin { .. }));
    stage.keys("111111");
    stage.keys(PIN);
    assert!(matches!(operator(&stage), Operator::Pin { .. }), "a wrong one is waited for");
    stage.wait(3);
    stage.keys(PIN);
    assert!(matches!(operator(&stage), Operator::Open { found: Some(_), .. }), "{}", stage.text());
    stage.printer = Err(PrintFault::CoverOpen);
    stage.touch(ScreenAction::Print);
    assert!(matches!(operator(&stage), Operator::Open { printing: Printing::Failed(_), .. }));
    stage.input(Input::Escape);
    assert_eq!(stage.cabinet.journey.overlay, None);
    stage.insert(PracticeCard::MayBook);
    stage.press_the_corner();
    assert_eq!(stage.cabinet.journey.overlay, None, "somebody is served");
}

#[test]
fn a_card_closes_the_operators_screen_and_what_was_typed_there_is_gone() {
    let mut stage = Stage::new(SMALL);
    stage.cabinet.journey.machine.profile.operator_pin = Some("$argon2id$".into());
    stage.press_the_corner();
    stage.keys("13");
    stage.insert(PracticeCard::MayBook);
    assert_eq!(stage.cabinet.journey.overlay, None);
    stage.pull();
    stage.wait(10);
    stage.press_the_corner();
    let Operator::Pin { typed, .. } = operator(&stage) else { panic!() };
    assert!(typed.is_empty());
}

#[test]
fn a_scanned_receipt_is_checked_wherever_one_is_and_leaves_everything_as_it_was() {
    for step in 0..=12 {
        let mut stage = at_step(step);
        let before = stage.cabinet.journey.phase.clone();
        stage.event(Event::Scanned(Personal::new("VAX1:7")));
        assert!(matches!(stage.cabinet.journey.overlay, Some(Overlay::Scanned(_))), "step {step}");
        stage.input(Input::Escape);
        let journey = &stage.cabinet.journey;
        assert_eq!((&journey.phase, &journey.overlay), (&before, &None), "step {step}");
    }
}

#[test]
fn a_touched_button_that_can_do_nothing_now_is_heard() {
    let mut stage = Stage::new(SMALL);
    identified(&mut stage);
    // Who has no booking has nothing to look at there.
    let off = (0..SMALL.0).flat_map(|x| (0..SMALL.1).map(move |y| (x, y)));
    let (x, y) =
        off.into_iter().find(|(x, y)| stage.cabinet.targets().is_off(*x, *y)).expect("one is off");
    let before = stage.bells;
    stage.input(Input::Press { x, y });
    stage.input(Input::Release { x, y });
    assert_eq!(stage.bells, before + 1);
    assert!(matches!(stage.screen(), Screen::Service), "{}", stage.text());
}

#[test]
fn each_error_is_heard() {
    let heard = |stage: &mut Stage, what: &str, happens: &dyn Fn(&mut Stage)| {
        let before = stage.bells;
        happens(stage);
        assert_eq!(stage.bells, before + 1, "{what}");
    };
    for fault in [CardFault::Unreadable, CardFault::NotAnNhiCard, CardFault::PulledTooSoon] {
        let mut stage = Stage::new(SMALL);
        stage.act(ScreenAction::Start);
        stage.act(GlobalAction::Speak(Language::En));
        heard(&mut stage, "a card that cannot be read", &|stage| {
            stage.card = Err(fault);
            stage.event(Event::Reader(ReaderEvent::CardIn));
        });
    }
    let mut stage = Stage::new(SMALL);
    stage.insert(PracticeCard::NotInRound);
    stage.act(GlobalAction::Speak(Language::En));
    stage.act(ScreenAction::Confirm);
    heard(&mut stage, "a refusal", &|stage| stage.act(ScreenAction::Serve(Offer::Book)));
    let mut stage = at_review();
    stage.desk.cut = true;
    heard(&mut stage, "no line, once", &|stage| {
        stage.act(ScreenAction::Confirm);
        stage.wait(10);
    });
}

#[test]
fn one_press_makes_every_screen_clearer_for_this_person_only() {
    for step in 0..=12 {
        let mut stage = at_step(step);
        let (before, screen) = (stage.text(), stage.cabinet.journey.phase.clone());
        stage.keys("=");
        let usual = stage
            .buffer
            .content
            .iter()
            .any(|cell| cell.bg == vaxkiosk::kiosk::theme::PLAIN.bg.unwrap());
        assert!(stage.cabinet.journey.machine.clearer.is_on() && !usual, "step {step}");
        let text = stage.text();
        assert!(text.contains("= ✓"), "step {step}:\n{text}");
        let lines = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        assert_eq!(lines(&text.replace("= ✓", "=")), lines(&before), "step {step}");
        assert_eq!(&stage.cabinet.journey.phase, &screen, "step {step}");
        assert_eq!(stage.clearer, Some(Clearer::Contrast), "step {step}: the terminal is asked");
        stage.keys("=");
        assert_eq!(
            (stage.clearer, stage.cabinet.journey.machine.clearer),
            (Some(Clearer::Off), Clearer::Off),
            "step {step}"
        );
        stage.keys("=");
        stage.pull();
        stage.wait(11 * 60);
        assert!(
            !stage.cabinet.journey.machine.clearer.is_on() && stage.clearer == Some(Clearer::Off),
            "step {step}: not for the next person"
        );
    }
}

#[test]
fn a_window_too_small_says_the_size_and_recovers() {
    let mut stage = at_review();
    let before = stage.text();
    stage.resize((60, 20));
    assert!(stage.text().contains("80") && stage.text().contains("24"), "{}", stage.text());
    stage.resize(SMALL);
    assert_eq!(stage.text(), before);
}

#[test]
fn the_trainer_can_do_all_that_the_drawer_says() {
    let mut stage = Stage::new(SMALL);
    stage.input(Input::Function(2));
    assert!(stage.cabinet.journey.machine.card_in);
    stage.input(Input::Function(4));
    assert!(!stage.cabinet.journey.machine.card_in);
    stage.wait(10);
    stage.input(Input::Function(1));
    stage.touch(TrainingAction::MoreTools);
    stage.touch(TrainingAction::Cut);
    assert!(stage.desk.cut && stage.cabinet.journey.machine.practice.line_cut);
    stage.input(Input::Function(1));
    stage.touch(TrainingAction::MoreTools);
    stage.touch(TrainingAction::Mend);
    assert!(!stage.desk.cut);
    stage.input(Input::Interrupt);
    assert!(stage.shows(TrainingAction::Quit), "the way out: {}", stage.text());
    stage.touch(TrainingAction::JumpToOpening);
    stage.wait(1);
    assert!(stage.text().contains("00:29"), "{}", stage.text());
}

#[test]
fn without_training_there_is_no_drawer() {
    let mut profile = vaxkiosk::config::profile::Profile::demo(
        vaxkiosk::domain::channel::Channel::ConvenienceStore,
    );
    profile.training = false;
    let mut stage = Stage::new(SMALL);
    stage.cabinet.journey.machine.profile = profile;
    stage.draw();
    stage.input(Input::Function(1));
    stage.input(Input::Function(2));
    assert!(stage.cabinet.journey.overlay.is_none() && !stage.cabinet.journey.machine.card_in);
    assert!(!stage.text().contains("F1"));
}

#[test]
fn the_attract_screen_and_what_lies_over_it_speak_the_first_language_at_any_time() {
    let mut stage = Stage::new(SMALL);
    for _ in 0..12 {
        stage.wait(1);
        assert_eq!(stage.cabinet.journey.language(), Language::ZhTw);
    }
    stage.act(GlobalAction::Help);
    assert!(stage.text().contains("操作說明"), "{}", stage.text());
    stage.input(Input::Escape);
    stage.act(GlobalAction::Languages);
    stage.act(GlobalAction::Speak(Language::Th));
    assert_eq!(stage.cabinet.journey.language(), Language::Th, "chosen by the language button");
}

#[test]
fn at_rest_all_languages_stand_on_the_screen_and_the_card_moves() {
    let mut stage = Stage::new(SMALL);
    let texts = vaxkiosk::i18n::texts::Texts::default();
    for language in Language::ALL {
        let line = texts.say(language, &vaxkiosk::i18n::messages::AttractTitle);
        let first = line.split([' ', '、', '，']).next().unwrap_or_default();
        assert!(stage.text().contains(first), "{first}:\n{}", stage.text());
    }
    let frames = |stage: &mut Stage| -> std::collections::HashSet<u8> {
        let mut seen = std::collections::HashSet::new();
        for _ in 0..8 {
            stage.wait(1);
            let of = |graphic: &Graphic| match graphic.figure {
                Figure::Card { frame, .. } => Some(frame),
                Figure::Text(_)
                | Figure::Pictogram(_)
                | Figure::Code(_)
                | Figure::Map(_)
                | Figure::Dots(_) => None,
            };
            seen.extend(stage.cabinet.graphics().iter().filter_map(of));
        }
        seen
    };
    assert_eq!(frames(&mut stage).len(), 4);
    stage.act(GlobalAction::Clearer);
    assert_eq!(frames(&mut stage).len(), 1, "still for who wants to see easier");
}

#[test]
fn a_press_that_slides_off_its_button_does_nothing() {
    let mut stage = at_step(3);
    let area = stage.cabinet.targets().all()[0].area;
    stage.input(Input::Press { x: area.x + 2, y: area.y + 1 });
    stage.input(Input::Release { x: area.x + 2, y: area.bottom() + 2 });
    assert!(matches!(stage.screen(), Screen::Service));
}

#[rstest]
#[case::at_rest(0, None, true)]
#[case::the_language(1, None, true)]
#[case::the_notice(2, Some((0, 7)), true)]
#[case::the_services(3, Some((1, 7)), true)]
#[case::the_phone(4, Some((2, 7)), false)]
#[case::the_area(7, Some((3, 7)), false)]
#[case::the_review(11, Some((6, 7)), false)]
#[case::the_receipt(12, Some((7, 7)), false)]
fn the_steps_are_counted_and_home_says_whether_it_leads_out(
    #[case] step: usize,
    #[case] progress: Option<(u16, u16)>,
    #[case] leaves: bool,
) {
    let journey = at_step(step).cabinet.journey;
    let counted = journey.progress().map(|it| (it.done, it.steps));
    assert_eq!((counted, journey.home_leaves()), (progress, leaves));
}

/// Who moves the focus is there; what was opened on purpose stays.
#[test]
fn moving_the_focus_answers_only_whether_one_is_still_there() {
    let mut stage = at_review();
    stage.act(GlobalAction::Languages);
    stage.input(Input::Tab);
    assert_eq!(stage.cabinet.journey.overlay, Some(Overlay::Languages));
    stage.act(GlobalAction::Speak(Language::Th));
    assert_eq!(stage.cabinet.journey.overlay, None, "the choice is made");
    stage.wait(60);
    assert_eq!(stage.cabinet.journey.overlay, Some(Overlay::StillThere));
    stage.input(Input::Tab);
    assert_eq!(stage.cabinet.journey.overlay, None);
}

#[test]
fn a_text_that_comes_while_the_practice_phone_is_looked_at_is_read() {
    let mut stage = Stage::new(SMALL);
    let text = || PracticeText { to: "0912 *** 678".into(), text: Personal::new("booked") };
    let unread = |stage: &Stage| stage.cabinet.journey.machine.practice.phone.unread;
    stage.event(Event::Text(text()));
    assert_eq!(unread(&stage), 1);
    stage.act(TrainingAction::Phone);
    assert_eq!(stage.cabinet.journey.overlay, Some(Overlay::Phone));
    stage.event(Event::Text(text()));
    assert_eq!(unread(&stage), 0);
}

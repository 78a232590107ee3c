//! Coming in without just putting a card in, by scripts of events at the kiosk: without I/O.

use crate::stage::desk::{APP_CODE, GRAPHIC, PASSWORD};
use crate::stage::{LARGE, SMALL, Stage};
use rstest::rstest;
use std::time::Duration;
use vaxkiosk::config::profile::{Offer, WayIn};
use vaxkiosk::devices::card_reader::ReaderEvent;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction};
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::model::sign_in::{Field, SignIn};
use vaxkiosk::kiosk::model::visit::CardState;
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::entry::Asked;
use vaxkiosk::kiosk::screens::why_not::Why;

const CARD_PASSWORD: usize = 0;
const APP: usize = 1;
const NUMBERS: usize = 2;
const QUERY: usize = 3;

fn screen(stage: &Stage) -> &Screen {
    stage.screen()
}

/// By touch alone to the first thing that this way asks.
fn by(way: usize, size: (u16, u16)) -> Stage {
    let mut stage = Stage::new(size);
    stage.touch(ScreenAction::Start);
    stage.touch(GlobalAction::Speak(Language::Vi));
    stage.touch(ScreenAction::OtherWays);
    let way = stage.cabinet.journey.machine.profile.ways[way];
    stage.touch(ScreenAction::SignInBy(way));
    assert!(
        matches!(screen(&stage), Screen::Privacy),
        "nothing is typed before the notice is agreed to"
    );
    stage.touch(ScreenAction::Confirm);
    stage
}

/// Touches each key on the screen's own keyboard.
fn touch_keys(stage: &mut Stage, keys: &str) {
    for key in keys.chars() {
        stage.touch(
            key.to_digit(10)
                .map_or(ScreenAction::Letter(key), |digit| ScreenAction::Key(digit as u8)),
        );
    }
}

fn asked(stage: &Stage) -> &Asked {
    match screen(stage) {
        Screen::Entry(entry) => &entry.asked,
        other => panic!("{other:?}\n{}", stage.text()),
    }
}

#[rstest]
#[case(SMALL)]
#[case(LARGE)]
#[case((60, 50))]
fn by_numbers_and_a_graphic_code_by_touch_alone(#[case] size: (u16, u16)) {
    let mut stage = by(NUMBERS, size);
    touch_keys(&mut stage, "A223456781");
    assert_eq!(asked(&stage), &Asked::CardNumber);
    touch_keys(&mut stage, "000000000001");
    assert!(matches!(asked(&stage), Asked::Captcha { larger: false, .. }));
    touch_keys(&mut stage, GRAPHIC);
    stage.leave_offer();
    assert_eq!(screen(&stage), &Screen::Service, "{}", stage.text());
    let session = stage.visit().unwrap();
    assert_eq!(
        (session.name_masked().as_deref(), session.id_masked().as_deref()),
        (Some("甄〇康"), Some("A********1"))
    );
}

#[test]
fn by_the_apps_code_by_keys_alone() {
    let mut stage = by(APP, SMALL);
    assert!(
        matches!(screen(&stage), Screen::SystemCheck(check) if check.passed() && !check.reader)
    );
    stage.keys("1");
    stage.keys("a900207177");
    assert_eq!(asked(&stage), &Asked::AppCode);
    stage.keys(APP_CODE);
    stage.keys(GRAPHIC);
    stage.leave_offer();
    assert_eq!(screen(&stage), &Screen::Service, "{}", stage.text());
}

#[test]
fn by_card_and_registered_password_after_the_system_check() {
    let mut stage = by(CARD_PASSWORD, SMALL);
    assert!(matches!(screen(&stage), Screen::SystemCheck(check) if check.passed() && check.reader));
    stage.touch(ScreenAction::Confirm);
    assert_eq!(screen(&stage), &Screen::Card);
    stage.insert(PracticeCard::MayBook);
    assert_eq!(asked(&stage), &Asked::Password);
    stage.keys("abC");
    assert!(!stage.text().contains("abC"), "nobody reads it over a shoulder:\n{}", stage.text());
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(screen(&stage), Screen::WhyNot(why) if why.why == Why::UnknownPerson));
    stage.touch(ScreenAction::Again);
    stage.touch(ScreenAction::Confirm);
    assert_eq!(asked(&stage), &Asked::Password, "the card is still in");
    stage.keys(PASSWORD);
    stage.keys("\n");
    stage.leave_offer();
    assert_eq!(screen(&stage), &Screen::Service, "Enter ends a password: {}", stage.text());
    stage.pull();
    assert!(stage.visit().is_none());
}

#[rstest]
#[case::reader(true, false, Duration::ZERO)]
#[case::line(false, true, Duration::ZERO)]
#[case::clock(false, false, Duration::from_secs(61))]
fn what_does_not_pass_the_check_is_shown_and_holds_the_way(
    #[case] no_reader: bool,
    #[case] cut: bool,
    #[case] clock_off: Duration,
) {
    let mut stage = Stage::new(SMALL);
    stage.clock_off = clock_off;
    if no_reader {
        stage.event(Event::Reader(ReaderEvent::ReaderLost));
    }
    stage.touch(ScreenAction::Start);
    stage.touch(GlobalAction::Speak(Language::En));
    stage.touch(ScreenAction::OtherWays);
    stage.touch(ScreenAction::SignInBy(WayIn::CardPassword));
    stage.desk.cut = cut;
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(screen(&stage), Screen::SystemCheck(check) if !check.passed()));
    assert!(stage.text().contains("✗ Fail"), "{}", stage.text());
    stage.act(ScreenAction::Confirm);
    assert!(matches!(screen(&stage), Screen::SystemCheck(_)));
    stage.desk.cut = false;
    stage.clock_off = Duration::ZERO;
    stage.event(Event::Reader(ReaderEvent::ReaderFound));
    stage.touch(ScreenAction::Again);
    assert!(matches!(screen(&stage), Screen::SystemCheck(check) if check.passed()));
}

#[test]
fn a_picture_can_be_drawn_anew_and_larger_and_a_wrong_answer_draws_another() {
    let mut stage = by(NUMBERS, SMALL);
    stage.keys("A223456781000000000001");
    assert_eq!(stage.desk.graphics, 1);
    stage.touch(ScreenAction::NewCaptcha);
    stage.touch(ScreenAction::CaptchaSize);
    assert!(matches!(asked(&stage), Asked::Captcha { larger: true, .. }));
    assert_eq!(stage.desk.graphics, 3);
    let bells = stage.bells;
    stage.keys("1111");
    assert!(matches!(screen(&stage), Screen::Entry(entry) if entry.wrong));
    assert!(stage.bells > bells, "and it is heard");
    stage.keys(GRAPHIC);
    stage.leave_offer();
    assert_eq!(screen(&stage), &Screen::Service);
}

#[test]
fn one_error_for_every_wrong_combination_and_a_growing_wait() {
    let mut stage = by(NUMBERS, SMALL);
    stage.keys("A223456781999999999999");
    for _ in 0..5 {
        stage.keys(GRAPHIC);
        assert!(matches!(screen(&stage), Screen::WhyNot(why) if why.why == Why::UnknownPerson));
        stage.touch(ScreenAction::Again);
    }
    stage.keys(GRAPHIC);
    assert!(
        matches!(screen(&stage), Screen::WhyNot(why) if matches!(why.why, Why::TooManyWrong { .. }))
    );
    assert!(stage.text().contains("30 giây"), "{}", stage.text());
    stage.act(ScreenAction::Again);
    assert!(matches!(screen(&stage), Screen::WhyNot(_)), "not before the time is over");
    stage.wait(30);
    stage.desk.wrong = 0;
    stage.touch(ScreenAction::Again);
    assert!(matches!(asked(&stage), Asked::Captcha { .. }), "{}", stage.text());
}

#[test]
fn a_number_that_is_none_is_heard() {
    let mut stage = by(NUMBERS, SMALL);
    let before = stage.bells;
    stage.keys("A223456782");
    assert_eq!((asked(&stage), stage.bells), (&Asked::Id, before + 1));
}

#[test]
fn after_a_wrong_combination_one_digit_is_mended_and_the_rest_stays() {
    let mut stage = by(NUMBERS, SMALL);
    stage.keys("A223456781000000000002");
    stage.keys(GRAPHIC);
    stage.touch(ScreenAction::Again);
    let text = stage.text();
    assert!(text.contains("A223456781") && text.contains("000000000002"), "{text}");
    stage.touch(ScreenAction::Retype(Field::CardNumber));
    assert_eq!(asked(&stage), &Asked::CardNumber);
    stage.input(Input::Backspace);
    stage.keys("1");
    assert!(matches!(asked(&stage), Asked::Captcha { .. }), "{}", stage.text());
    stage.keys(GRAPHIC);
    assert!(matches!(screen(&stage), Screen::Offer(_)), "{}", stage.text());
}

#[test]
fn what_is_typed_already_is_left_with_one_press() {
    let mut stage = by(NUMBERS, SMALL);
    stage.keys("A223456781000000000001");
    stage.input(Input::Escape);
    stage.input(Input::Escape);
    assert_eq!(asked(&stage), &Asked::Id);
    stage.input(Input::Enter);
    assert!(matches!(asked(&stage), Asked::Captcha { .. }), "{}", stage.text());
}

#[test]
fn the_simple_query_shows_the_latest_booking_masked_and_opens_no_session() {
    let mut stage = by(QUERY, SMALL);
    stage.keys("Y123456788");
    assert_eq!(asked(&stage), &Asked::MobileEnd);
    stage.keys("678");
    stage.keys(GRAPHIC);
    assert_eq!(screen(&stage), &Screen::Found);
    let text = stage.text();
    for shown in ["Y********8", "甄〇約", "0912 *** 678", "0200000001"] {
        assert!(text.contains(shown), "{shown}:\n{text}");
    }
    assert!(stage.person().is_none());
    stage.touch(ScreenAction::Done);
    assert!(stage.visit().is_none());
}

#[test]
fn back_leads_from_each_thing_typed_to_the_one_before_and_drops_it() {
    let mut stage = by(NUMBERS, SMALL);
    stage.keys("A223456781000000000001");
    let mut seen = Vec::new();
    for _ in 0..4 {
        stage.keys("\x1b");
        seen.push(match screen(&stage) {
            Screen::Entry(entry) => format!("{:?}", entry.asked),
            other => format!("{other:?}"),
        });
    }
    assert_eq!(seen, ["CardNumber", "Id", "Ways", "Card"]);
    assert_eq!(stage.visit().unwrap().sign_in, SignIn::Card);
}

#[test]
fn whoever_puts_the_card_in_while_they_type_comes_in_with_the_card() {
    let mut stage = by(NUMBERS, SMALL);
    stage.keys("A2234");
    stage.insert(PracticeCard::MigrantWorker);
    stage.touch(ScreenAction::Confirm);
    stage.leave_offer();
    assert_eq!(screen(&stage), &Screen::Service, "{}", stage.text());
    let session = stage.visit().unwrap();
    assert!(session.sign_in == SignIn::Card);
}

/// Who came in without a card may have gone away: the next one's card begins anew, and nothing of
/// the first is seen or used.
#[rstest]
#[case::at_the_services(NUMBERS, &[])]
#[case::choosing_a_county(NUMBERS, &[ScreenAction::Serve(Offer::Book), ScreenAction::OtherPhone])]
#[case::came_in_by_the_app(APP, &[])]
#[case::before_what_was_found(QUERY, &[])]
fn the_next_persons_card_ends_the_session_of_who_came_in_without_one(
    #[case] way: usize,
    #[case] acts: &[ScreenAction],
) {
    let mut stage = by(way, SMALL);
    if way == APP {
        stage.touch(ScreenAction::Confirm);
    }
    match way {
        NUMBERS => stage.keys("A223456781000000000001"),
        APP => stage.keys(&format!("a900207177{APP_CODE}")),
        _ => stage.keys("Y123456788678"),
    }
    stage.keys(GRAPHIC);
    stage.leave_offer();
    assert!(matches!(screen(&stage), Screen::Service | Screen::Found), "{}", stage.text());
    for action in acts {
        stage.act(*action);
    }
    let first = stage.visit().unwrap().id;
    stage.insert(PracticeCard::MayBook);
    assert!(matches!(screen(&stage), Screen::Language | Screen::Privacy), "{}", stage.text());
    let session = stage.visit().unwrap();
    assert!(session.id != first && session.person.is_none() && session.sign_in == SignIn::Card);
    assert!(!session.agreed);
    assert!(matches!(session.card, CardState::Read(_)));
}

/// What was asked for the first one's numbers must not come in under the next one's card.
#[test]
fn an_answer_for_typed_numbers_does_not_come_in_under_a_card() {
    let mut stage = by(NUMBERS, SMALL);
    stage.keys("Y123456788000000000004");
    stage.slow = true;
    stage.keys(GRAPHIC);
    assert!(matches!(screen(&stage), Screen::Waiting(_)), "{}", stage.text());
    stage.insert(PracticeCard::MayBook);
    stage.release();
    let session = stage.visit().unwrap();
    assert!(session.person.is_none() && session.sign_in == SignIn::Card, "{}", stage.text());
    assert!(
        matches!(screen(&stage), Screen::Card | Screen::Language | Screen::Privacy),
        "{}",
        stage.text()
    );
}

#[test]
fn nothing_typed_is_left_when_a_person_goes_away() {
    let mut stage = by(NUMBERS, SMALL);
    stage.keys("A2234567810000");
    stage.wait(120);
    assert!(stage.is_at_rest());
    assert!(stage.visit().is_none());
    assert!(!format!("{:?}", stage.cabinet.journey).contains("A22345"));
}

//! A booking by scripts of events, without I/O: every way on and every way back.

use crate::booking_way::{assert_nothing_left, at_review, at_step, before_opening, farewell, why};
use crate::stage::desk::DAAN;
use crate::stage::{LARGE, SMALL, Stage};
use jiff::civil::date;
use rstest::rstest;
use vaxkiosk::api::sites::{BrandCodes, EarliestQuery};
use vaxkiosk::client::calls::{Answer, Call};
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::taipei;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{GlobalAction, Part, ScreenAction};
use vaxkiosk::kiosk::model::effect::Effect;
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::farewell::Reason;
use vaxkiosk::kiosk::screens::why_not::Why;

#[test]
fn a_booking_by_touch_alone() {
    let mut stage = at_step(12);
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    assert!(stage.text().contains("0200014637"));
    assert_eq!(stage.desk.booked.len(), 1);
    stage.touch(ScreenAction::Done);
    assert_eq!(farewell(&stage), (Reason::Finished, false));
    assert_nothing_left(&stage);
    let bells = stage.bells;
    stage.wait(10);
    assert_eq!(stage.bells, bells + 2, "a sound until the card is taken");
    stage.pull();
    assert!(stage.is_at_rest());
    assert_eq!(stage.desk.closed_sessions, 1);
}

#[test]
fn a_booking_by_digit_keys_alone() {
    let mut stage = Stage::new(SMALL);
    stage.insert(PracticeCard::MayBook);
    stage.keys("51512091234567810201100");
    assert!(matches!(stage.screen(), Screen::Review), "{}", stage.text());
    stage.keys("1");
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    // 1 shows the code, 2 prints, 3 ends.
    stage.keys("23");
    assert_eq!(stage.prints, 1);
    stage.pull();
    assert!(stage.is_at_rest());
}

#[test]
fn the_offer_is_booked_by_enter_alone_with_the_registered_phone_and_district() {
    let mut stage = Stage::new(LARGE);
    stage.insert(PracticeCard::MigrantWorker);
    for _ in 0..3 {
        stage.input(Input::Enter);
    }
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    assert_eq!(stage.desk.booked.values().next().unwrap().site.district, DAAN);
}

#[test]
fn touch_first_leads_to_the_same_place() {
    let mut stage = Stage::new(SMALL);
    stage.touch(ScreenAction::Start);
    stage.touch(GlobalAction::Speak(Language::Th));
    assert!(matches!(stage.screen(), Screen::Card));
    stage.insert(PracticeCard::MayBook);
    assert!(matches!(stage.screen(), Screen::Privacy));
    assert_eq!(stage.cabinet.journey.language(), Language::Th);
}

#[test]
fn nothing_reaches_the_service_before_the_notice_is_agreed_to() {
    let mut stage = Stage::new(SMALL);
    stage.slow = true;
    stage.insert(PracticeCard::MayBook);
    let held = std::mem::take(&mut stage.held);
    assert!(matches!(held.as_slice(), [Effect::ReadCard { .. }]));
    stage.slow = false;
    stage.perform(held);
    stage.speak(Language::En);
    stage.slow = true;
    stage.touch(ScreenAction::Decline);
    assert!(stage.held.is_empty(), "{:?}", stage.held);
    assert_eq!(farewell(&stage), (Reason::Left, false));
}

#[test]
fn a_booking_that_is_there_is_shown() {
    let mut stage = Stage::new(SMALL);
    stage.insert(PracticeCard::AlreadyBooked);
    stage.keys("1111");
    assert!(matches!(stage.screen(), Screen::Receipt(receipt) if receipt.existing));
    assert!(stage.text().contains("0200000001"));
}

#[test]
fn before_the_opening_one_waits_and_books_the_second_it_opens() {
    let mut stage = before_opening();
    stage.keys("111");
    assert!(matches!(why(&stage), Why::Refused(Refusal::NotOpenYet { .. })));
    stage.keys("1");
    assert!(stage.text().contains("00:19"), "a countdown:\n{}", stage.text());
    stage.wait(18);
    stage.keys("1");
    assert!(matches!(why(&stage), Why::Refused(Refusal::NotOpenYet { .. })));
    stage.keys("1");
    stage.wait(1);
    stage.keys("1");
    assert!(matches!(stage.screen(), Screen::Offer(_)), "{}", stage.text());
}

#[test]
fn back_leads_from_review_to_the_attract_screen() {
    let mut stage = at_review();
    for _ in 0..20 {
        stage.input(Input::Escape);
    }
    assert_eq!(farewell(&stage).0, Reason::Left);
    stage.pull();
    assert!(stage.is_at_rest());
}

#[rstest]
#[case(Part::Phone)]
#[case(Part::Place)]
#[case(Part::Time)]
fn each_line_of_the_review_can_be_changed(#[case] part: Part) {
    let mut stage = at_review();
    stage.touch(ScreenAction::Change(part));
    let screen = stage.screen();
    let right = match part {
        Part::Phone => matches!(screen, Screen::PhoneOffer),
        Part::Place => matches!(screen, Screen::County(_)),
        Part::Time => matches!(screen, Screen::Slot(_)),
        Part::Brands => panic!("a booking has no brands"),
    };
    assert!(right, "{screen:?}");
    if part == Part::Phone {
        stage.touch(ScreenAction::RegisteredPhone);
        assert!(matches!(stage.screen(), Screen::Review), "all else is kept");
    }
}

#[test]
fn a_full_district_offers_the_nearest_with_seats() {
    let mut stage = at_step(8);
    stage.desk.fill_all();
    stage.touch(ScreenAction::Pick(4));
    assert!(matches!(stage.screen(), Screen::Site(_)));
    stage.touch(ScreenAction::NearestDistrict);
    assert!(matches!(stage.screen(), Screen::Site(_)));
    let district = stage.errand().unwrap().district().unwrap();
    assert_ne!(district.code, DAAN);
}

#[test]
fn without_a_site_where_one_registered_the_nearest_with_seats_is_offered() {
    let mut stage = at_step(6);
    stage.desk.siteless = Some(DAAN);
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::County(_)), "{}", stage.text());
    let said = "Nơi bạn đã đăng ký (Quận Da'an) hiện không còn chỗ.";
    assert!(stage.text().contains(said), "{}", stage.text());
    // Whoever comes there all the same, because the last site has just gone, is led on.
    stage.act(ScreenAction::RegisteredDistrict);
    assert!(matches!(stage.screen(), Screen::Site(_)), "{}", stage.text());
    stage.touch(GlobalAction::Back);
    stage.touch(GlobalAction::Back);
    assert!(matches!(stage.screen(), Screen::County(_)), "{}", stage.text());
    stage.keys("00");
    assert!(matches!(stage.screen(), Screen::Site(_)), "{}", stage.text());
    assert_ne!(stage.errand().unwrap().district().unwrap().code, DAAN);
    stage.touch(ScreenAction::Pick(0));
    assert!(matches!(stage.screen(), Screen::Slot(_)), "{}", stage.text());
}

#[test]
fn the_site_page_without_a_site_leads_to_the_nearest_with_seats() {
    let mut stage = at_step(6);
    stage.desk.siteless = Some(DAAN);
    stage.touch(ScreenAction::Confirm);
    stage.act(ScreenAction::RegisteredDistrict);
    stage.touch(ScreenAction::NearestDistrict);
    assert_ne!(stage.errand().unwrap().district().unwrap().code, DAAN);
    stage.touch(ScreenAction::Pick(0));
    assert!(matches!(stage.screen(), Screen::Slot(_)), "{}", stage.text());
}

#[test]
fn a_finger_on_the_map_chooses_the_county_there() {
    let mut stage = at_step(7);
    // The island's southern tip is in Pingtung.
    let wanted = Some(ScreenAction::Pick(19).into());
    let cells = (6..21).rev().flat_map(|y| (1..19).map(move |x| (x, y)));
    let tip = cells.into_iter().find(|(x, y)| stage.cabinet.targets().at(*x, *y) == wanted);
    let (x, y) = tip.unwrap_or_else(|| panic!("{}", stage.text()));
    stage.input(Input::Press { x, y });
    stage.input(Input::Release { x, y });
    assert!(matches!(stage.screen(), Screen::District(pick) if pick.county.0 == 19));
}

#[test]
fn free_seats_refresh_by_themselves() {
    let mut stage = at_step(10);
    let Screen::Slot(pick) = stage.screen() else { panic!("{}", stage.text()) };
    let slot = pick.slots.iter().find(|slot| !slot.is_full()).unwrap().id;
    stage.desk.fill(slot);
    stage.wait(4);
    let Screen::Slot(pick) = stage.screen() else { panic!("{}", stage.text()) };
    assert!(pick.slots.iter().find(|found| found.id == slot).unwrap().is_full());
}

#[test]
fn the_desk_offers_the_earliest_seats_in_the_order_of_the_rule() {
    let mut stage = Stage::new(SMALL);
    let offered = |stage: &mut Stage, brand| {
        let query = EarliestQuery { brands: BrandCodes(vec![brand]), ..EarliestQuery::default() };
        let call = Call::EarliestSlots { district: DAAN, query };
        match stage.desk.reply(&call, taipei::instant(date(2027, 7, 13).at(10, 5, 0, 0))) {
            Ok(Answer::EarliestSlots(found)) => found,
            other => panic!("{other:?}"),
        }
    };
    let found = offered(&mut stage, Brand::Moderna);
    let ids: Vec<u32> = found.iter().map(|found| found.slot.id.0).collect();
    assert_eq!(
        ids,
        [100, 300, 1100, 1300, 2300],
        "two sites here, and those of the next districts"
    );
    assert_eq!((found[0].metres, found[1].metres), (0, 0));
    assert!(0 < found[2].metres && found[2].metres < found[4].metres);
    stage.desk.fill(found[0].slot.id);
    assert_eq!(offered(&mut stage, Brand::Moderna)[0].slot.id.0, 300);
    stage.desk.fill_all();
    assert_eq!(offered(&mut stage, Brand::Moderna), []);
}

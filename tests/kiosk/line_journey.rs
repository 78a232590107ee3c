//! When nothing is free, by scripts of keys and touches: to wait, to see and change it, to take
//! what is held with the card or by a code, to lose it while one looks, and leftover doses.

use crate::every_screen::line::{at_code, at_held, at_wish, at_wish_review};
use crate::every_screen::staged;
use crate::stage::desk::line::{HELD_SLOT, OFFER_CODE};
use crate::stage::{LARGE, SMALL, Stage};
use jiff::SignedDuration;
use jiff::civil::date;
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::config::profile::{Offer, WayIn};
use vaxkiosk::devices::card_reader::ReaderEvent;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::region::DistrictCode;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::domain::site::SiteId;
use vaxkiosk::domain::waiting::{DayPart, Places};
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{Action, GlobalAction, Part, ScreenAction, TrainingAction};
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::notice::Notice;
use vaxkiosk::kiosk::screens::why_not::Why;

const DAAN: DistrictCode = crate::stage::desk::DAAN;

fn card(language: Language, size: (u16, u16)) -> Stage {
    let mut stage = Stage::new(size);
    stage.insert(PracticeCard::MayBook);
    stage.touch(GlobalAction::Speak(language));
    stage
}

fn is_asked(stage: &Stage) -> bool {
    matches!(stage.screen(), Screen::Line { asked: true })
}

#[test]
fn from_a_full_district_to_the_line_by_touch() {
    let mut stage = card(Language::Vi, SMALL);
    stage.desk.fill_all();
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::Serve(Offer::Book));
    stage.touch(ScreenAction::RegisteredPhone);
    stage.act(ScreenAction::RegisteredDistrict);
    assert!(matches!(stage.screen(), Screen::Site(_)), "{}", stage.text());
    stage.touch(ScreenAction::AskToWait);
    // The number that was chosen for the booking is kept.
    assert!(matches!(stage.screen(), Screen::WishPlaces(_)), "{}", stage.text());
    stage.touch(ScreenAction::Pick(0));
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::Day(date(2027, 7, 17)));
    stage.touch(ScreenAction::Day(date(2027, 7, 18)));
    stage.touch(ScreenAction::InPart(DayPart::Morning));
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::Pick(0));
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Review), "{}", stage.text());
    stage.touch(ScreenAction::Confirm);
    assert!(is_asked(&stage), "{}", stage.text());
    let [ask] = &stage.desk.line.asked[..] else { panic!("{:?}", stage.desk.line.asked) };
    let Places::Districts(districts) = &ask.wish.places else { panic!("{ask:?}") };
    assert_eq!((districts.len(), districts[0]), (2, DAAN));
    assert_eq!(ask.wish.days, [date(2027, 7, 17), date(2027, 7, 18)]);
    assert_eq!((ask.wish.part, ask.wish.brands.len()), (DayPart::Morning, 1));
    assert_eq!((&ask.mobile, ask.language), (&MobileChoice::Registered, Language::Vi));
    assert!(stage.text().contains("12"), "the place: {}", stage.text());
}

#[test]
fn by_digits_alone_from_the_card_to_the_line() {
    let mut stage = Stage::new(SMALL);
    stage.desk.fill_all();
    stage.insert(PracticeCard::MayBook);
    // Language, notice, waiting list, registered phone, places, times, vaccines, review.
    stage.keys("115199");
    assert!(matches!(stage.screen(), Screen::Brands(_)), "{}", stage.text());
    stage.keys("9");
    stage.keys("1");
    assert!(is_asked(&stage), "{}", stage.text());
    let wish = &stage.desk.line.asked[0].wish;
    assert_eq!(wish.places, Places::Districts(vec![DAAN]));
    assert_eq!((&wish.days[..], wish.part), (&[][..], DayPart::Any));
    assert_eq!(wish.brands, Brand::ALL);
}

#[test]
fn by_tab_and_enter_alone() {
    let mut stage = card(Language::ZhTw, LARGE);
    stage.desk.fill_all();
    stage.input(Input::Enter);
    let focus_on = |stage: &mut Stage, action: ScreenAction| {
        let targets = stage.cabinet.targets().all();
        let at = targets.iter().position(|target| target.action == Action::Screen(action));
        let at = at.unwrap_or_else(|| panic!("{action:?} is there:\n{}", stage.text()));
        (0..at).for_each(|_| stage.input(Input::Tab));
        stage.input(Input::Enter);
    };
    focus_on(&mut stage, ScreenAction::ShowLine);
    focus_on(&mut stage, ScreenAction::RegisteredPhone);
    for _ in 0..4 {
        stage.input(Input::Enter);
    }
    assert!(is_asked(&stage), "{}", stage.text());
}

#[test]
fn one_site_from_its_slots_without_a_free_hour() {
    let mut stage = staged(Language::ZhTw, SMALL, crate::every_screen::steps::at_slot);
    stage.desk.fill_all();
    stage.wait(4);
    stage.touch(ScreenAction::AskToWait);
    assert!(matches!(stage.screen(), Screen::WishPlaces(_)), "{}", stage.text());
    for _ in 0..4 {
        stage.touch(ScreenAction::Confirm);
    }
    assert!(is_asked(&stage), "{}", stage.text());
    assert_eq!(stage.desk.line.asked[0].wish.places, Places::Site(SiteId(1)));
}

#[test]
fn back_leads_through_the_wish_as_it_came_and_a_change_leads_back_to_the_review() {
    let mut stage = staged(Language::ZhTw, SMALL, at_wish_review);
    stage.touch(ScreenAction::Change(Part::Time));
    stage.touch(ScreenAction::InPart(DayPart::Evening));
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Review), "{}", stage.text());
    stage.touch(ScreenAction::Change(Part::Place));
    stage.touch(ScreenAction::OtherCounty);
    assert!(matches!(stage.screen(), Screen::County(_)), "{}", stage.text());
    stage.touch(ScreenAction::Pick(5));
    stage.touch(ScreenAction::Pick(0));
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Review), "{}", stage.text());
    stage.touch(GlobalAction::Back);
    assert!(matches!(stage.screen(), Screen::Brands(_)), "{}", stage.text());
    stage.touch(GlobalAction::Back);
    assert!(matches!(stage.screen(), Screen::WishTimes(_)), "{}", stage.text());
    stage.touch(GlobalAction::Back);
    assert!(matches!(stage.screen(), Screen::WishPlaces(_)), "{}", stage.text());
    stage.touch(ScreenAction::OneSite);
    assert!(matches!(stage.screen(), Screen::Site(_)), "{}", stage.text());
    stage.touch(GlobalAction::Back);
    assert!(matches!(stage.screen(), Screen::WishPlaces(_)), "{}", stage.text());
    stage.touch(GlobalAction::Back);
    assert!(matches!(stage.screen(), Screen::PhoneOffer), "{}", stage.text());
}

#[test]
fn an_answer_that_was_lost_is_asked_for_again() {
    let mut stage = staged(Language::Vi, SMALL, at_wish_review);
    stage.desk.lose_answer = true;
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Submitting(_)), "{}", stage.text());
    stage.wait(2);
    assert!(is_asked(&stage), "{}", stage.text());
    let asked = &stage.desk.line.asked;
    assert!(asked.len() == 2 && asked[0] == asked[1], "{asked:?}");
}

#[test]
fn who_waits_sees_their_place_and_may_change_or_withdraw() {
    let mut stage = staged(Language::ZhTw, SMALL, at_wish_review);
    stage.touch(ScreenAction::Confirm);
    stage.act(GlobalAction::Home);
    stage.touch(ScreenAction::ShowLine);
    assert!(matches!(stage.screen(), Screen::Line { asked: false }), "{}", stage.text());
    stage.touch(ScreenAction::ChangeWish);
    stage.touch(ScreenAction::RegisteredPhone);
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::InPart(DayPart::Afternoon));
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::Confirm);
    assert!(is_asked(&stage), "{}", stage.text());
    assert_eq!(stage.desk.line.asked[1].wish.part, DayPart::Afternoon);
    stage.touch(ScreenAction::LeaveLine);
    stage.touch(ScreenAction::Decline);
    assert!(matches!(stage.screen(), Screen::Line { .. }), "{}", stage.text());
    assert_eq!(stage.desk.line.left, 0);
    stage.touch(ScreenAction::LeaveLine);
    stage.touch(ScreenAction::Confirm);
    assert_eq!(stage.screen(), &Screen::Notice(Notice::LeftLine));
    assert_eq!(stage.desk.line.left, 1);
}

#[test]
fn what_is_held_comes_first_and_is_booked_in_one_press() {
    for size in [SMALL, LARGE, (60, 40), (160, 50)] {
        let mut stage = Stage::new(size);
        stage.desk.offer(stage.wall);
        stage.insert(PracticeCard::MayBook);
        stage.keys("11");
        assert_eq!(stage.screen(), &Screen::Held, "{}", stage.text());
        stage.keys("1");
        assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
        assert_eq!(stage.desk.booked.len(), 1);
    }
}

#[test]
fn what_is_held_is_booked_with_another_number_and_an_answer_that_was_lost_books_once() {
    let mut stage = card(Language::Id, SMALL);
    stage.desk.offer(stage.wall);
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::OtherPhone);
    "87654321".bytes().for_each(|digit| stage.touch(ScreenAction::Key(digit - b'0')));
    stage.touch(ScreenAction::Confirm);
    assert_eq!(stage.screen(), &Screen::Held, "{}", stage.text());
    assert!(stage.text().contains("0987 654 321"), "{}", stage.text());
    stage.desk.lose_answer = true;
    stage.touch(ScreenAction::BookOffered(HELD_SLOT));
    assert!(matches!(stage.screen(), Screen::Submitting(_)), "{}", stage.text());
    stage.wait(2);
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    assert_eq!((stage.desk.booked.len(), stage.desk.submits.len()), (1, 2));
}

#[test]
fn it_lapses_on_the_screen_in_its_second() {
    let mut stage = card(Language::ZhTw, SMALL);
    stage.desk.offer(stage.wall);
    stage.touch(ScreenAction::Confirm);
    stage.wall += SignedDuration::from_mins(29) + SignedDuration::from_secs(50);
    stage.wait(1);
    let has_button = |stage: &Stage| stage.shows(ScreenAction::BookOffered(HELD_SLOT));
    let until = stage.desk.line.offer.as_ref().unwrap().until;
    while stage.cabinet.journey.machine.now.wall < until {
        assert!(has_button(&stage), "{}", stage.text());
        stage.wait(1);
    }
    assert!(!has_button(&stage), "{}", stage.text());
    assert!(stage.text().contains("保留時間已過"), "{}", stage.text());
    // A press that was meant for the seat does nothing.
    stage.input_at_once(Input::Enter);
    stage.act(ScreenAction::BookOffered(HELD_SLOT));
    assert_eq!((stage.screen(), stage.desk.submits.len()), (&Screen::Held, 0));
    stage.desk.line.offer = None;
    stage.touch(ScreenAction::ToServices);
    assert_eq!(stage.screen(), &Screen::Service, "{}", stage.text());
}

#[test]
fn what_is_held_can_be_left_and_found_again() {
    let mut stage = staged(Language::Vi, SMALL, at_held);
    stage.touch(ScreenAction::ToServices);
    assert_eq!(stage.screen(), &Screen::Service, "{}", stage.text());
    stage.touch(ScreenAction::ShowHeld);
    assert_eq!(stage.screen(), &Screen::Held, "{}", stage.text());
    stage.touch(ScreenAction::LeaveLine);
    stage.touch(ScreenAction::Decline);
    assert_eq!(stage.screen(), &Screen::Held, "{}", stage.text());
    stage.touch(ScreenAction::LeaveLine);
    stage.touch(ScreenAction::Confirm);
    assert_eq!((stage.screen(), stage.desk.line.left), (&Screen::Notice(Notice::LeftLine), 1));
    stage.touch(ScreenAction::ToServices);
    assert!(!stage.shows(ScreenAction::ShowHeld), "{}", stage.text());
}

#[test]
fn who_lost_a_seat_is_told_and_takes_the_other_or_chooses_also_when_the_round_is_over() {
    let mut stage = card(Language::Vi, SMALL);
    // An hour before the window closes; they may choose for more than a day.
    stage.desk.displace(stage.wall + SignedDuration::from_hours(54), true);
    stage.wall += SignedDuration::from_hours(56);
    stage.wait(1);
    stage.touch(ScreenAction::Confirm);
    assert_eq!(stage.screen(), &Screen::Held, "{}", stage.text());
    stage.touch(ScreenAction::BookOffered(HELD_SLOT));
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());

    let mut stage = card(Language::ZhTw, SMALL);
    stage.desk.displace(stage.wall, false);
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::OtherTime);
    assert!(matches!(stage.screen(), Screen::Offer(_)), "{}", stage.text());
}

#[test]
fn a_code_that_is_typed_wrong_stays_to_be_mended_and_books_without_a_card() {
    let mut stage = staged(Language::Vi, SMALL, at_code);
    stage.keys("4081526375");
    let Screen::Entry(entry) = stage.screen() else { panic!("{}", stage.text()) };
    assert!(entry.wrong, "{}", stage.text());
    assert!(stage.text().contains("4 0 8 1 5"), "what was typed stays: {}", stage.text());
    stage.input(Input::Backspace);
    stage.desk.lose_answer = true;
    stage.keys("4");
    assert!(matches!(stage.screen(), Screen::Submitting(_)), "{}", stage.text());
    stage.wait(2);
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    assert_eq!((stage.desk.booked.len(), stage.desk.submits.len()), (1, 2));
    assert!(stage.text().contains("0200014637"), "{}", stage.text());
    stage.touch(ScreenAction::Print);
    assert_eq!(stage.prints, 1);
    stage.touch(ScreenAction::Done);
    assert!(stage.is_at_rest() || stage.farewell().is_some());
    assert!(!format!("{:?}", stage.cabinet.journey).contains(OFFER_CODE));
}

#[test]
fn too_many_wrong_codes_are_told_with_the_time_and_the_code_stays() {
    let mut stage = staged(Language::ZhTw, SMALL, at_code);
    stage.keys("4081526370");
    for _ in 0..5 {
        stage.input(Input::Backspace);
        stage.keys("1");
    }
    let Screen::WhyNot(why) = stage.screen() else { panic!("{}", stage.text()) };
    assert!(matches!(why.why, Why::TooManyWrong { .. }));
    stage.wait(31);
    stage.touch(ScreenAction::Again);
    assert!(stage.text().contains("4 0 8 1 5"), "{}", stage.text());
}

#[test]
fn a_kiosk_without_other_ways_takes_codes_beside_the_card_and_a_card_comes_first() {
    let mut stage = Stage::new(SMALL);
    stage.cabinet.journey.machine.profile.ways.clear();
    stage.act(ScreenAction::Start);
    stage.touch(GlobalAction::Speak(Language::Th));
    stage.touch(ScreenAction::HaveCode);
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Entry(_)), "{}", stage.text());
    stage.touch(GlobalAction::Back);
    assert_eq!(stage.screen(), &Screen::Card, "{}", stage.text());
    stage.touch(ScreenAction::HaveCode);
    stage.card = PracticeCard::MayBook.face();
    stage.event(vaxkiosk::kiosk::model::event::Event::Reader(ReaderEvent::CardIn));
    assert_eq!(stage.screen(), &Screen::Privacy, "{}", stage.text());
    assert!(stage.visit().unwrap().sign_in.way() != Some(WayIn::OfferCode));
}

#[test]
fn leftover_doses_are_asked_for_and_given_up_also_when_the_round_is_over() {
    let mut stage = staged(Language::Vi, SMALL, at_wish);
    stage.act(GlobalAction::Home);
    stage.wall += SignedDuration::from_hours(100);
    stage.wait(1);
    assert!(!stage.shows(ScreenAction::ShowLine), "{}", stage.text());
    stage.touch(ScreenAction::Leftovers);
    stage.touch(ScreenAction::OtherSite);
    stage.touch(ScreenAction::RegisteredPhone);
    stage.act(ScreenAction::RegisteredDistrict);
    stage.touch(ScreenAction::Pick(1));
    assert!(matches!(stage.screen(), Screen::Review), "{}", stage.text());
    stage.touch(ScreenAction::Confirm);
    assert_eq!(stage.screen(), &Screen::Notice(Notice::ToBeTold));
    assert_eq!(stage.desk.line.told_at, Some(SiteId(2)));
    stage.touch(ScreenAction::ToServices);
    stage.touch(ScreenAction::Leftovers);
    stage.touch(ScreenAction::LeaveLeftovers);
    assert_eq!(stage.screen(), &Screen::Notice(Notice::NotToBeTold));
    assert_eq!(stage.desk.line.told_no_more, 1);
}

#[test]
fn before_the_round_opens_nobody_is_asked_to_wait() {
    let mut stage = crate::booking_way::before_opening();
    stage.keys("11");
    assert_eq!(stage.screen(), &Screen::Service, "{}", stage.text());
    assert!(!stage.shows(ScreenAction::ShowLine), "{}", stage.text());
    stage.wait(30);
    assert!(stage.shows(ScreenAction::ShowLine), "from its second on: {}", stage.text());
}

#[test]
fn a_trainer_frees_a_seat_where_no_slot_is_looked_at() {
    let mut stage = staged(Language::ZhTw, SMALL, at_wish);
    stage.act(TrainingAction::Drawer);
    stage.touch(TrainingAction::MoreTools);
    stage.touch(TrainingAction::FreeSeat);
    assert_eq!(stage.desk.freed, 1);
}

#[test]
fn a_day_of_two_digits_is_chosen_however_slowly_they_come() {
    let mut stage = staged(Language::En, SMALL, at_wish);
    stage.act(ScreenAction::Confirm);
    assert!(stage.text().contains(" 19 ") && stage.text().contains("✓  Any day"));
    stage.keys("1");
    // The keys that lead on are those of the days, and nine is not "any day" now.
    for (key, day) in [(6, "Fri 16 Jul"), (9, "Mon 19 Jul")] {
        let text = stage.text();
        assert!(
            text.contains(day) && text.lines().any(|line| line.contains(&format!("  {key}"))),
            "{day}\n{text}"
        );
    }
    stage.wait(7);
    stage.keys("9");
    let text = stage.text();
    assert!(text.contains(" 19     ✓"), "{text}");
}

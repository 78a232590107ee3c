//! Several people who book in one visit, by scripts of events: their cards in any order, and what
//! goes wrong with one of them.

use crate::booking_way::farewell;
use crate::every_screen::steps::{first_hours, four, six};
use crate::family_way::state::*;
use crate::family_way::{CARDS, begin, come, hours_of_one_day, join};
use crate::stage::{SMALL, Stage};
use rstest::rstest;
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::devices::card_reader::CardFault;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::i18n::names::brand_name;
use vaxkiosk::i18n::texts::Texts;
use vaxkiosk::kiosk::model::action::{GlobalAction, Part, ScreenAction};
use vaxkiosk::kiosk::model::group::InReader;
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::farewell::Reason;
use vaxkiosk::kiosk::screens::group::{GroupScreen, WhyNotAdded};

#[rstest]
fn a_family_of_four_by_touch_alone(
    #[values(Language::Id, Language::ZhTw)] language: Language,
    #[values(SMALL, (60, 40))] size: (u16, u16),
) {
    let mut stage = Stage::new(size);
    CARDS[2..4].iter().for_each(|card| stage.desk.lets_book(*card));
    stage.insert(CARDS[0]);
    stage.touch(GlobalAction::Speak(language));
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::WithOthers);
    for card in &CARDS[1..4] {
        stage.pull();
        assert!(is_gathering(&stage), "{}", stage.text());
        stage.insert(*card);
        stage.touch(ScreenAction::Confirm);
        stage.touch(ScreenAction::SamePhone);
    }
    stage.pull();
    stage.touch(ScreenAction::Confirm);
    let slot = stage.cabinet.journey.slot_to_fill().unwrap();
    stage.touch(ScreenAction::Slot(slot));
    assert_eq!(*at(&stage), GroupScreen::Review);
    stage.touch(ScreenAction::Confirm);
    assert!(is_receipt(&stage), "{}", stage.text());
    assert_eq!(stage.desk.group.booked.values().map(Vec::len).collect::<Vec<_>>(), [4]);
    for number in 14_637..14_641 {
        assert!(stage.text().contains(&format!("02000{number}")), "{}", stage.text());
    }
    stage.touch(ScreenAction::Print);
    assert_eq!(stage.prints, 5, "a receipt each, and the page for all");
    for _ in 0..4 {
        stage.touch(ScreenAction::ShowQr);
        assert!(stage.text().contains("▀▀▀▀▀▀▀▀"), "{}", stage.text());
    }
    stage.touch(ScreenAction::ShowQr);
    stage.touch(ScreenAction::Done);
    assert_eq!(farewell(&stage), (Reason::Finished, false));
    assert_wiped(&stage);
}

#[rstest]
#[case::indonesian("5", Language::Id)]
#[case::chinese("1", Language::ZhTw)]
fn a_family_of_four_by_digit_keys_alone(#[case] key: &str, #[case] language: Language) {
    let mut stage = Stage::new(SMALL);
    CARDS[2..4].iter().for_each(|card| stage.desk.lets_book(*card));
    stage.insert(CARDS[0]);
    stage.keys(key);
    assert_eq!(stage.cabinet.journey.language(), language);
    stage.keys("10");
    for card in &CARDS[1..4] {
        stage.pull();
        stage.insert(*card);
        stage.keys("11");
    }
    stage.keys("717");
    assert!(is_receipt(&stage), "{}", stage.text());
    stage.keys("2");
    assert_eq!(stage.prints, 5);
    stage.keys("1\x1b3");
    assert_eq!(farewell(&stage).0, Reason::Finished);
    assert_wiped(&stage);
}

#[test]
fn four_presses_are_still_enough_for_one_and_who_changes_their_mind_is_offered_the_same() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    let wanted = group(&stage).wanted;
    join(&mut stage, CARDS[1]);
    // Their own card is in again.
    stage.pull();
    stage.insert(CARDS[0]);
    stage.act(ScreenAction::Confirm);
    stage.act(ScreenAction::OnlyMe);
    assert_eq!(stage.desk.closed_sessions, 1, "the other's");
    let Screen::Offer(offer) = stage.screen() else { panic!("{}", stage.text()) };
    assert_eq!(Some(offer.shown().slot.id), wanted);
    stage.keys("1");
    assert!(matches!(stage.screen(), Screen::Receipt(_)), "{}", stage.text());
    assert!(stage.desk.group.asked.is_empty());
}

#[test]
fn from_the_review_of_one_others_join_and_it_is_there_again_for_one() {
    let mut stage = crate::booking_way::at_review();
    let chosen = stage.chosen_slot().cloned();
    stage.touch(ScreenAction::WithOthers);
    join(&mut stage, CARDS[1]);
    // Their own card is in again.
    stage.pull();
    stage.insert(CARDS[0]);
    stage.act(ScreenAction::Confirm);
    stage.act(GlobalAction::Back);
    assert!(matches!(stage.screen(), Screen::Review), "{}", stage.text());
    assert_eq!(stage.chosen_slot().cloned(), chosen);
}

#[test]
fn nothing_of_a_newcomer_reaches_the_service_before_they_agree() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    let before = stage.desk.group.opened_sessions;
    stage.pull();
    stage.insert(CARDS[1]);
    assert_eq!(*at(&stage), GroupScreen::Joining);
    stage.keys("2");
    assert!(is_gathering(&stage) && group(&stage).people() == 1, "{}", stage.text());
    assert_eq!(stage.desk.group.opened_sessions, before);
}

#[test]
fn a_card_that_stays_in_is_said_and_not_read_again() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    let said = |stage: &Stage| stage.text().contains("請先取出健保卡");
    assert!(said(&stage), "{}", stage.text());
    join(&mut stage, CARDS[1]);
    assert!(is_gathering(&stage) && said(&stage), "{}", stage.text());
    assert_eq!(group(&stage).card, InReader::Read);
    stage.pull();
    assert!(!said(&stage), "{}", stage.text());
}

#[test]
fn the_same_card_twice_is_said() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    join(&mut stage, CARDS[1]);
    for (card, expected) in [(CARDS[0], WhyNotAdded::OwnCard), (CARDS[1], WhyNotAdded::Twice)] {
        stage.pull();
        stage.insert(card);
        assert_eq!(why(&stage), expected);
        stage.keys("1");
        assert_eq!(group(&stage).people(), 2);
    }
}

#[rstest]
#[case::may_not(PracticeCard::NotInRound, WhyNotAdded::Refused(Refusal::NotInRound))]
#[case::booked(PracticeCard::AlreadyBooked, WhyNotAdded::Refused(Refusal::AlreadyBooked))]
#[case::unknown(PracticeCard::Unregistered, WhyNotAdded::Unknown)]
fn who_may_not_is_named_and_the_others_go_on(
    #[case] card: PracticeCard,
    #[case] expected: WhyNotAdded,
) {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    let unregistered = PracticeCard::Unregistered.face().unwrap();
    stage.desk.staff.citizens.remove(unregistered.id.expose());
    join(&mut stage, CARDS[1]);
    let bells = stage.bells;
    come(&mut stage, card);
    assert_eq!(why(&stage), expected);
    assert!(stage.text().contains(&card.face().unwrap().name.masked()), "{}", stage.text());
    assert!(stage.bells > bells);
    stage.keys("1");
    assert!(is_gathering(&stage) && group(&stage).people() == 2);
    let open = stage.desk.group.opened_sessions - stage.desk.closed_sessions;
    assert_eq!(open, 2, "theirs is closed");
}

#[test]
fn a_card_that_cannot_be_read_or_is_pulled_while_it_is_read_stops_nobody() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    come(&mut stage, PracticeCard::Damaged);
    assert!(is_gathering(&stage), "one press goes on:\n{}", stage.text());
    stage.pull();
    stage.slow = true;
    stage.insert(CARDS[1]);
    stage.pull();
    assert_eq!(why(&stage), WhyNotAdded::Card(CardFault::PulledTooSoon));
    stage.release();
    assert_eq!(why(&stage), WhyNotAdded::Card(CardFault::PulledTooSoon), "a late read is nobody's");
    join(&mut stage, CARDS[1]);
    assert_eq!(group(&stage).people(), 2);
}

#[test]
fn a_card_that_comes_too_early_waits_for_its_turn() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    come(&mut stage, CARDS[1]);
    assert_eq!(*at(&stage), GroupScreen::Phone);
    stage.pull();
    stage.insert(CARDS[2]);
    assert_eq!(*at(&stage), GroupScreen::Phone, "the one before is asked first");
    stage.act(ScreenAction::SamePhone);
    assert_eq!(*at(&stage), GroupScreen::Joining, "{}", stage.text());
    stage.keys("11");
    assert_eq!(group(&stage).people(), 3);
}

#[test]
fn each_has_the_phone_that_they_chose() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    join(&mut stage, CARDS[1]);
    come(&mut stage, CARDS[2]);
    stage.touch(ScreenAction::RegisteredPhone);
    come(&mut stage, CARDS[3]);
    stage.touch(ScreenAction::OtherPhone);
    stage.act(GlobalAction::Back);
    stage.touch(ScreenAction::OtherPhone);
    stage.keys("87654321");
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::Confirm);
    let slot = stage.cabinet.journey.slot_to_fill().unwrap();
    stage.touch(ScreenAction::Slot(slot));
    stage.touch(ScreenAction::Confirm);
    let (ask, _) = &stage.desk.group.asked[0];
    let mobiles: Vec<_> = ask.people.iter().map(|one| one.mobile.clone()).collect();
    let given = MobileChoice::Given(MobileNumber::parse("0987654321").unwrap());
    let registered = MobileChoice::Registered;
    assert_eq!(mobiles, [registered.clone(), MobileChoice::SameAs(0), registered, given]);
}

#[test]
fn one_hour_comes_first_and_then_hours_side_by_side_with_who_sits_where() {
    let mut stage = Stage::new(SMALL);
    four(&mut stage);
    hours_of_one_day(&mut stage);
    stage.touch(ScreenAction::Confirm);
    assert_eq!(stage.cabinet.journey.slot_to_fill(), Some(SlotId(102)));
    assert!(stage.text().contains("09:00 AB · 10:00 CD"), "{}", stage.text());
    stage.touch(ScreenAction::HoursFrom(SlotId(100)));
    assert_eq!(hours(&stage), [100, 100, 101, 101]);
    stage.touch(ScreenAction::Change(Part::Time));
    stage.touch(ScreenAction::Slot(SlotId(102)));
    assert_eq!(hours(&stage), [102; 4]);
    stage.touch(ScreenAction::Confirm);
    assert!(is_receipt(&stage), "{}", stage.text());
}

#[test]
fn a_place_without_room_leads_to_another() {
    let mut stage = Stage::new(SMALL);
    four(&mut stage);
    for slot in 100..132 {
        stage.desk.group.left.insert(slot, 1);
    }
    for slot in (100..132).step_by(2) {
        stage.desk.fill(SlotId(slot));
    }
    stage.touch(ScreenAction::Confirm);
    assert!(stage.text().contains("沒有可容納 4 人的時段"), "{}", stage.text());
    stage.touch(ScreenAction::OtherSite);
    assert!(matches!(stage.screen(), Screen::Site(_)), "{}", stage.text());
    stage.touch(ScreenAction::Pick(1));
    let slot = stage.cabinet.journey.slot_to_fill().unwrap();
    stage.touch(ScreenAction::Slot(slot));
    stage.touch(ScreenAction::Confirm);
    assert!(is_receipt(&stage), "{}", stage.text());
}

/// Six people fill the smallest screen, and still it says all of what they confirm.
#[rstest]
fn review_and_receipt_name_the_place_as_its_sign_has_it_its_street_and_the_vaccine(
    #[values(Language::En, Language::Vi, Language::Id, Language::Th, Language::ZhTw, Language::Ja)]
    language: Language,
    #[values(SMALL, (60, 40))] size: (u16, u16),
) {
    let mut stage = Stage::new(size);
    six(&mut stage);
    stage.speak(language);
    stage.act(ScreenAction::Confirm);
    first_hours(&mut stage);
    let seat = stage.visit().and_then(|visit| visit.errand.as_ref()?.seat()?.site()).cloned();
    let site = seat.expect("a place is chosen");
    let brand = Texts::default().say(language, brand_name(site.brand));
    for step in 0..2 {
        let text: String = stage.text().split_whitespace().collect();
        // The English name can go on in the next row, beside the buttons.
        let mut told = vec![site.name_zh.as_str(), &site.address_zh];
        told.extend(brand.split(' '));
        told.extend(site.name_en.split(' ').filter(|_| !language.reads_chinese()));
        for told in told {
            assert!(text.contains(told), "{step} {told}\n{}", stage.text());
        }
        stage.act(ScreenAction::Confirm);
    }
}

#[test]
fn who_types_the_number_of_somebody_who_is_in_is_told_before_they_type_more() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    stage.pull();
    let questions = stage.desk.group.opened_sessions;
    stage.touch(ScreenAction::OtherWays);
    stage.touch(ScreenAction::Confirm);
    stage.keys(CARDS[0].face().unwrap().id.expose());
    assert_eq!(why(&stage), WhyNotAdded::Twice);
    let text = stage.text();
    assert!(!text.contains("取出") && text.contains("其他人可以繼續"), "{text}");
    assert_eq!(stage.desk.group.opened_sessions, questions);
    stage.keys("1");
    assert!(is_gathering(&stage), "{}", stage.text());
}

#[test]
fn whoever_is_left_of_several_reads_words_for_one_and_prints_one_page() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    join(&mut stage, CARDS[1]);
    stage.act(ScreenAction::Confirm);
    first_hours(&mut stage);
    stage.act(ScreenAction::Member(1));
    stage.act(ScreenAction::LeaveOut);
    assert!(!stage.text().contains("所有人"), "{}", stage.text());
    stage.act(ScreenAction::Confirm);
    let text = stage.text();
    assert!(is_receipt(&stage) && !text.contains("逐一") && !text.contains("全部"), "{text}");
    stage.act(ScreenAction::Print);
    assert_eq!(stage.prints, 1);
    assert!(stage.text().contains("已列印"), "{}", stage.text());
}

#[test]
fn who_has_not_registered_is_told_where_to() {
    let mut stage = Stage::new(SMALL);
    four(&mut stage);
    stage.act(ScreenAction::Confirm);
    first_hours(&mut stage);
    stage.desk.group.refuses = Some((2, Refusal::NotRegistered));
    stage.act(ScreenAction::Confirm);
    assert_eq!(why(&stage), WhyNotAdded::Refused(Refusal::NotRegistered));
    assert!(stage.text().contains("用自己的健保卡選「意願登記」"), "{}", stage.text());
}

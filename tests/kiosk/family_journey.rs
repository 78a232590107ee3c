//! Several people who book in one visit, by scripts of events: their cards in any order, what goes
//! wrong with one of them, what goes wrong with all, and that nothing of anybody is left.

use crate::booking_way::farewell;
use crate::every_screen::steps::{at_group_review, four, six};
use crate::family_way::{CARDS, begin, come, hours_of_one_day, join};
use crate::stage::desk::GRAPHIC;
use crate::stage::{SMALL, Stage};
use rstest::rstest;
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::api::problem::Code;
use vaxkiosk::devices::card_reader::CardFault;
use vaxkiosk::devices::printer::PrintFault;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::phone::MobileNumber;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::kiosk::model::action::{GlobalAction, Part, ScreenAction};
use vaxkiosk::kiosk::model::group::{Group, InReader};
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::farewell::Reason;
use vaxkiosk::kiosk::screens::group::{GroupScreen, NotAdded, WhyNotAdded};

fn at(stage: &Stage) -> &GroupScreen {
    match stage.screen() {
        Screen::Group(screen) => screen,
        other => panic!("{other:?}\n{}", stage.text()),
    }
}

fn group(stage: &Stage) -> &Group {
    stage.visit().and_then(|visit| visit.group.as_ref()).expect("there is a group")
}

fn why(stage: &Stage) -> WhyNotAdded {
    match at(stage) {
        GroupScreen::NotAdded(NotAdded { why, .. }) => *why,
        other => panic!("{other:?}\n{}", stage.text()),
    }
}

fn is_gathering(stage: &Stage) -> bool {
    *at(stage) == GroupScreen::Gathering
}

fn is_receipt(stage: &Stage) -> bool {
    matches!(at(stage), GroupScreen::Receipt(_))
}

fn hours(stage: &Stage) -> Vec<u32> {
    group(stage).hours.iter().map(|slot| slot.id.0).collect()
}

/// Nobody's name, numbers, session or receipt is on the screen or in the state.
fn assert_wiped(stage: &Stage) {
    assert!(stage.visit().is_none(), "{}", stage.text());
    let seen = format!("{}{:?}", stage.text(), stage.cabinet.journey);
    for card in PracticeCard::ALL {
        let Ok(face) = card.face() else { continue };
        let masked = [face.id.masked(), face.name.masked()];
        let whole = [face.id.expose(), face.name.expose(), face.number.expose()];
        for secret in whole.into_iter().chain(masked.iter().map(String::as_str)) {
            assert!(!seen.contains(secret), "{secret} is left");
        }
    }
    for secret in ["secret-of-a-session", "VAX1:", "0912", "02000146"] {
        assert!(!seen.contains(secret), "{secret} is left");
    }
    let (opened, closed) = (stage.desk.group.opened_sessions, stage.desk.closed_sessions);
    assert_eq!(opened, closed, "each session that was opened is closed");
}

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
    for card in [CARDS[0], CARDS[1]] {
        stage.pull();
        stage.insert(card);
        assert_eq!(why(&stage), WhyNotAdded::Twice);
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

#[test]
fn an_hour_that_fills_at_confirm_leads_back_to_the_hours_and_all_else_is_kept() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    let full = hours(&stage)[0];
    stage.desk.fill(SlotId(full));
    stage.touch(ScreenAction::Confirm);
    let GroupScreen::Hours(shown) = at(&stage) else { panic!("{}", stage.text()) };
    assert!(shown.is_taken() && shown.first_slot() != Some(SlotId(full)));
    assert!(stage.text().contains("沒有人被預約"), "{}", stage.text());
    assert!(stage.desk.group.booked.is_empty() && group(&stage).people() == 4);
    let slot = stage.cabinet.journey.slot_to_fill().unwrap();
    stage.touch(ScreenAction::Slot(slot));
    stage.touch(ScreenAction::Confirm);
    assert!(is_receipt(&stage), "{}", stage.text());
    let keys: Vec<&String> = stage.desk.group.asked.iter().map(|(_, key)| key).collect();
    assert_ne!(keys[0], keys[1], "another press");
}

#[test]
fn who_is_refused_at_confirm_is_left_out_and_the_others_go_on() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    stage.desk.group.refuses = Some((2, Refusal::AlreadyBooked));
    stage.touch(ScreenAction::Confirm);
    assert_eq!(why(&stage), WhyNotAdded::Refused(Refusal::AlreadyBooked));
    let name = CARDS[2].face().unwrap().name.masked();
    assert!(stage.text().contains(&name), "{}", stage.text());
    assert_eq!(stage.desk.closed_sessions, 1);
    stage.touch(ScreenAction::Confirm);
    assert_eq!((at(&stage), group(&stage).people()), (&GroupScreen::Review, 3));
    stage.touch(ScreenAction::Confirm);
    assert!(is_receipt(&stage), "{}", stage.text());
    assert!(!stage.text().contains(&name));
}

#[test]
fn where_the_first_is_refused_the_next_takes_their_place_and_the_phone_is_asked_anew() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    stage.desk.group.refuses = Some((0, Refusal::AlreadyBooked));
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::Confirm);
    // All shared a number that only the one who is gone has registered.
    assert_eq!(*at(&stage), GroupScreen::Phone, "{}", stage.text());
    stage.touch(ScreenAction::RegisteredPhone);
    stage.touch(ScreenAction::SamePhone);
    stage.touch(ScreenAction::SamePhone);
    assert_eq!((at(&stage), group(&stage).people()), (&GroupScreen::Review, 3));
    stage.touch(ScreenAction::Confirm);
    assert!(is_receipt(&stage), "{}", stage.text());
}

#[test]
fn an_answer_that_is_lost_is_asked_for_with_the_same_key() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    stage.desk.lose_answer = true;
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(stage.screen(), Screen::Submitting(_)), "{}", stage.text());
    stage.wait(2);
    assert!(is_receipt(&stage), "{}", stage.text());
    let asked = &stage.desk.group.asked;
    assert_eq!((asked.len(), &asked[0]), (2, &asked[1]));
    assert_eq!(stage.desk.group.booked.len(), 1);
}

#[test]
fn a_session_that_is_over_ends_the_visit_with_nobody_booked() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    stage.desk.problem = Some(Code::SessionOver);
    stage.touch(ScreenAction::Confirm);
    assert_eq!(farewell(&stage).0, Reason::TimeUp);
    assert!(stage.desk.group.booked.is_empty());
}

#[test]
fn each_card_counts_as_somebody_being_there_and_each_person_adds_time() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    let left = |stage: &Stage| stage.cabinet.journey.time_left().unwrap().as_secs();
    let alone = left(&stage);
    for card in &CARDS[1..4] {
        stage.wait(50);
        stage.pull();
        stage.wait(50);
        assert!(stage.cabinet.journey.overlay.is_none(), "{}", stage.text());
        join(&mut stage, *card);
    }
    assert_eq!(left(&stage), alone - 300 + 3 * 120);
    stage.wait(81);
    assert_eq!(farewell(&stage).0, Reason::Idle);
    assert_wiped(&stage);
}

#[test]
fn when_time_is_up_nobody_is_booked_and_all_sessions_are_closed() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    while stage.visit().is_some() {
        stage.act(GlobalAction::StillHere);
        stage.wait(1);
    }
    assert_eq!(farewell(&stage).0, Reason::TimeUp);
    assert!(stage.desk.group.asked.is_empty());
    let opened = stage.desk.group.opened_sessions;
    assert!((5..=9).contains(&opened), "four, and those that ended before the visit: {opened}");
    assert_wiped(&stage);
}

#[test]
fn more_time_is_given_twice_to_all_and_they_can_book_then() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    let mut given = 0;
    for _ in 0..2100 {
        if stage.shows(GlobalAction::MoreTime) {
            stage.touch(GlobalAction::MoreTime);
            given += 1;
        }
        stage.act(GlobalAction::StillHere);
        stage.wait(1);
    }
    assert_eq!(given, 2);
    stage.act(GlobalAction::EnoughTime);
    stage.touch(ScreenAction::Confirm);
    assert!(is_receipt(&stage), "{}", stage.text());
    stage.touch(ScreenAction::Done);
    assert_wiped(&stage);
}

#[test]
fn a_session_that_comes_after_the_visit_has_ended_is_closed() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    join(&mut stage, CARDS[1]);
    stage.pull();
    stage.insert(CARDS[2]);
    stage.slow = true;
    stage.touch(ScreenAction::Confirm);
    stage.act(GlobalAction::Leave);
    stage.release();
    assert_wiped(&stage);
}

#[test]
fn without_a_card_the_numbers_are_typed() {
    let mut stage = Stage::new(SMALL);
    begin(&mut stage);
    stage.touch(ScreenAction::OtherWays);
    stage.touch(ScreenAction::Confirm);
    let face = CARDS[1].face().unwrap();
    stage.keys(face.id.expose());
    stage.keys(face.number.expose());
    stage.keys(GRAPHIC);
    assert_eq!(*at(&stage), GroupScreen::Phone, "{}", stage.text());
    stage.touch(ScreenAction::SamePhone);
    assert_eq!(group(&stage).people(), 2);
    // Of what was typed no other session can be opened, so the visit ends with this one.
    let left = stage.cabinet.journey.time_left().unwrap().as_secs();
    assert!(left <= 600, "{left}");
    stage.touch(ScreenAction::OtherWays);
    stage.touch(ScreenAction::Confirm);
    stage.act(GlobalAction::Back);
    assert!(is_gathering(&stage), "{}", stage.text());
    stage.touch(ScreenAction::Confirm);
    let slot = stage.cabinet.journey.slot_to_fill().unwrap();
    stage.touch(ScreenAction::Slot(slot));
    stage.touch(ScreenAction::Confirm);
    assert!(is_receipt(&stage), "{}", stage.text());
}

#[test]
fn six_are_enough_and_one_can_be_left_out() {
    let mut stage = Stage::new(SMALL);
    six(&mut stage);
    assert_eq!(group(&stage).people(), 6);
    stage.insert(PracticeCard::NotInRound);
    assert!(is_gathering(&stage) && stage.text().contains("請先取出健保卡"), "{}", stage.text());
    stage.pull();
    stage.touch(ScreenAction::Member(5));
    stage.touch(ScreenAction::LeaveOut);
    assert!(is_gathering(&stage) && group(&stage).people() == 5);
    assert_eq!(stage.desk.closed_sessions, 1);
}

#[test]
fn one_press_prints_all_and_after_a_failure_what_is_missing() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    stage.touch(ScreenAction::Confirm);
    stage.printer = Err(PrintFault::PaperOut);
    stage.touch(ScreenAction::Print);
    assert_eq!(stage.prints, 1, "{}", stage.text());
    stage.printer = Ok(());
    stage.touch(ScreenAction::Print);
    assert_eq!(stage.prints, 6);
    assert!(!stage.shows(ScreenAction::Print), "once:\n{}", stage.text());
}

#[test]
fn the_next_visitors_card_ends_what_is_left_of_the_group() {
    let mut stage = Stage::new(SMALL);
    at_group_review(&mut stage);
    stage.touch(ScreenAction::Confirm);
    stage.insert(PracticeCard::NotInRound);
    assert!(matches!(stage.screen(), Screen::Language), "{}", stage.text());
    assert!(stage.visit().unwrap().group.is_none());
    assert!(!format!("{:?}", stage.cabinet.journey).contains("VAX1:"));
}

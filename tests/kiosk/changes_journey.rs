//! Registering, and changing one's mind, by scripts of events at the kiosk: without I/O.

use crate::stage::{LARGE, SMALL, Stage};
use rstest::rstest;
use vaxkiosk::config::profile::Offer;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::round::Brand;
use vaxkiosk::kiosk::model::action::{GlobalAction, Part, ScreenAction};
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::farewell::Reason;
use vaxkiosk::kiosk::screens::notice::Notice;
use vaxkiosk::kiosk::screens::question::Question;
use vaxkiosk::kiosk::screens::why_not::Why;

fn identified(channel: Channel, card: PracticeCard, size: (u16, u16)) -> Stage {
    let mut stage = Stage::new(size);
    stage.cabinet.journey.machine.profile.channel = channel;
    stage.insert(card);
    stage.touch(GlobalAction::Speak(Language::Th));
    stage.touch(ScreenAction::Confirm);
    stage.leave_offer();
    stage
}

fn screen(stage: &Stage) -> &Screen {
    stage.screen()
}

/// Nothing was registered, and now it is: phone, region, vaccines, review.
fn registering(stage: &mut Stage) {
    stage.desk.registered = Some(None);
    stage.insert(PracticeCard::MayBook);
    stage.touch(GlobalAction::Speak(Language::Id));
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::Serve(Offer::Register));
    "0987654321".bytes().for_each(|digit| stage.touch(ScreenAction::Key(digit - b'0')));
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::Pick(0));
    stage.touch(ScreenAction::Pick(4));
}

#[rstest]
#[case(SMALL)]
#[case(LARGE)]
fn one_registers_an_intention_at_a_convenience_store(#[case] size: (u16, u16)) {
    let mut stage = Stage::new(size);
    registering(&mut stage);
    assert!(matches!(screen(&stage), Screen::Brands(_)), "{}", stage.text());
    stage.touch(ScreenAction::Pick(0));
    stage.touch(ScreenAction::Pick(1));
    assert!(
        stage.bells > 0 && stage.text().contains("Minimal satu"),
        "one must stay:\n{}",
        stage.text()
    );
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(screen(&stage), Screen::Review));
    assert!(
        stage.text().contains("0987 654 321") && stage.text().contains("Da'an"),
        "{}",
        stage.text()
    );
    stage.touch(ScreenAction::Change(Part::Brands));
    stage.touch(ScreenAction::Pick(0));
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::Confirm);
    assert_eq!(screen(&stage), &Screen::Intention { existing: false });
    let registered = stage.desk.registered.clone().unwrap().unwrap();
    assert_eq!(
        (registered.brands, registered.mobile_masked.expose()),
        (Brand::ALL.to_vec(), "0987 *** 321")
    );
    assert!(stage.text().contains("0200000001"), "{}", stage.text());
    stage.touch(GlobalAction::Home);
    assert_eq!(screen(&stage), &Screen::Service);
    stage.touch(ScreenAction::Serve(Offer::Register));
    assert_eq!(screen(&stage), &Screen::Intention { existing: true }, "and there it is");
}

#[test]
fn back_leads_through_the_registration_step_by_step() {
    let mut stage = Stage::new(SMALL);
    registering(&mut stage);
    stage.touch(ScreenAction::Confirm);
    let mut seen = Vec::new();
    for _ in 0..5 {
        stage.act(GlobalAction::Back);
        seen.push(match screen(&stage) {
            Screen::Brands(_) => "brands",
            Screen::District(_) => "district",
            Screen::County(_) => "county",
            Screen::Phone(_) => "phone",
            Screen::Service => "service",
            other => panic!("{other:?}"),
        });
    }
    assert_eq!(seen[..5], ["brands", "district", "county", "phone", "service"], "{seen:?}");
}

#[test]
fn a_registration_is_changed_and_the_number_given_before_can_stay() {
    let mut stage = identified(Channel::ConvenienceStore, PracticeCard::MayBook, SMALL);
    stage.touch(ScreenAction::Serve(Offer::Register));
    stage.touch(ScreenAction::ChangeIntention);
    stage.touch(ScreenAction::RegisteredPhone);
    stage.touch(ScreenAction::RegisteredDistrict);
    stage.touch(ScreenAction::Pick(1));
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::Confirm);
    let registered = stage.desk.registered.clone().unwrap().unwrap();
    assert_eq!(
        (registered.brands, registered.mobile_masked.expose()),
        (vec![Brand::AstraZeneca], "0912 *** 678")
    );
    // Changed once more, it begins with the vaccines that were chosen.
    stage.touch(GlobalAction::Home);
    stage.touch(ScreenAction::Serve(Offer::Register));
    stage.touch(ScreenAction::ChangeIntention);
    stage.touch(ScreenAction::RegisteredPhone);
    stage.touch(ScreenAction::RegisteredDistrict);
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::Confirm);
    let registered = stage.desk.registered.clone().unwrap().unwrap();
    assert_eq!(registered.brands, [Brand::AstraZeneca]);
}

#[test]
fn a_registration_asks_for_no_seats() {
    let mut stage = identified(Channel::ConvenienceStore, PracticeCard::MayBook, SMALL);
    stage.touch(ScreenAction::Serve(Offer::Register));
    stage.touch(ScreenAction::ChangeIntention);
    stage.slow = true;
    stage.touch(ScreenAction::RegisteredPhone);
    assert!(matches!(screen(&stage), Screen::County(_)), "{}", stage.text());
    assert!(stage.held.is_empty(), "{:?}", stage.held);
}

#[test]
fn withdrawing_is_asked_again_and_no_has_the_focus() {
    let mut stage = identified(Channel::ConvenienceStore, PracticeCard::MayBook, SMALL);
    stage.touch(ScreenAction::Serve(Offer::Register));
    stage.touch(ScreenAction::WithdrawIntention);
    assert_eq!(screen(&stage), &Screen::Question(Question::WithdrawIntention));
    stage.keys("\n");
    assert_eq!(screen(&stage), &Screen::Intention { existing: true }, "Enter keeps it");
    assert_eq!(stage.desk.registered, None);
    stage.touch(ScreenAction::WithdrawIntention);
    stage.keys("2");
    assert_eq!(screen(&stage), &Screen::Notice(Notice::Withdrawn));
    assert_eq!(stage.desk.registered, Some(None));
    stage.touch(ScreenAction::ToServices);
    let person = stage.person().unwrap();
    assert!(person.intention().is_none());
    assert_eq!(person.standing.refusal, Some(Refusal::NotRegistered), "asked anew");
}

#[rstest]
#[case(Refusal::NotInRound)]
#[case(Refusal::RegistrationNotOpenYet { opens: jiff::Timestamp::MAX })]
#[case(Refusal::RegistrationClosed { closed: jiff::Timestamp::UNIX_EPOCH })]
fn who_may_not_register_hears_why(#[case] refusal: Refusal) {
    let mut stage = Stage::new(SMALL);
    stage.desk.registered = Some(None);
    stage.desk.registering = Some(refusal);
    stage.insert(PracticeCard::MayBook);
    stage.touch(GlobalAction::Speak(Language::En));
    stage.touch(ScreenAction::Confirm);
    stage.touch(ScreenAction::Serve(Offer::Register));
    assert!(matches!(screen(&stage), Screen::WhyNot(why) if why.why == Why::Refused(refusal)));
    assert!(stage.text().contains(refusal.code()), "{}", stage.text());
}

#[rstest]
#[case(Channel::Pharmacy, SMALL)]
#[case(Channel::HealthStation, LARGE)]
fn a_booking_is_cancelled_after_a_question_at_a_pharmacy_or_health_station(
    #[case] channel: Channel,
    #[case] size: (u16, u16),
) {
    let mut stage = identified(channel, PracticeCard::AlreadyBooked, size);
    stage.touch(ScreenAction::Serve(Offer::MyBooking));
    stage.touch(ScreenAction::CancelBooking);
    assert_eq!(screen(&stage), &Screen::Question(Question::CancelBooking));
    stage.touch(ScreenAction::Decline);
    assert!(matches!(screen(&stage), Screen::Receipt(_)));
    stage.touch(ScreenAction::CancelBooking);
    stage.touch(ScreenAction::Confirm);
    assert_eq!(screen(&stage), &Screen::Notice(Notice::Cancelled));
    assert_eq!(stage.desk.cancelled.len(), 1);
    stage.touch(ScreenAction::ToServices);
    assert!(stage.person().unwrap().booking().is_none());
    stage.touch(ScreenAction::Serve(Offer::Book));
    assert!(matches!(screen(&stage), Screen::Offer(_)), "and one may book again");
}

#[test]
fn a_convenience_store_cannot_cancel_and_says_where_one_can() {
    let mut stage = identified(Channel::ConvenienceStore, PracticeCard::AlreadyBooked, SMALL);
    stage.touch(ScreenAction::Serve(Offer::MyBooking));
    assert!(!stage.shows(ScreenAction::CancelBooking) && !stage.shows(ScreenAction::Reschedule));
    assert!(stage.text().contains("1922.gov.tw"), "{}", stage.text());
    stage.act(ScreenAction::CancelBooking);
    assert!(matches!(screen(&stage), Screen::Receipt(_)), "nor by a key that no button shows");
    stage.act(ScreenAction::Reschedule);
    assert!(matches!(screen(&stage), Screen::Receipt(_)));
}

#[test]
fn a_booking_moves_to_another_time_in_one_step() {
    let mut stage = identified(Channel::HealthStation, PracticeCard::AlreadyBooked, SMALL);
    stage.touch(ScreenAction::Serve(Offer::MyBooking));
    stage.touch(ScreenAction::Reschedule);
    assert!(matches!(screen(&stage), Screen::Slot(_)), "the times of the same site first");
    stage.touch_seat(2, 1);
    assert!(matches!(screen(&stage), Screen::Review));
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(screen(&stage), Screen::Receipt(receipt) if !receipt.existing));
    assert_eq!(stage.desk.moves, 1);
    assert!(stage.desk.cancelled.is_empty(), "nothing is cancelled on the way");
    stage.touch(ScreenAction::Done);
    assert_eq!(stage.farewell().unwrap().reason, Reason::Finished);
}

#[test]
fn a_seat_that_was_taken_meanwhile_leaves_the_old_booking_as_it_was() {
    let mut stage = identified(Channel::Pharmacy, PracticeCard::AlreadyBooked, SMALL);
    stage.touch(ScreenAction::Serve(Offer::MyBooking));
    stage.touch(ScreenAction::Reschedule);
    stage.touch_seat(2, 1);
    let slot = stage.chosen_slot().unwrap().id;
    stage.desk.fill(slot);
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(screen(&stage), Screen::Slot(_)), "another time is asked for");
    assert!(stage.person().unwrap().booking().is_some());
    assert_eq!(stage.desk.moves, 0);
}

#[test]
fn a_move_whose_answer_is_lost_is_sent_again_and_moved_once() {
    let mut stage = identified(Channel::Pharmacy, PracticeCard::AlreadyBooked, SMALL);
    stage.touch(ScreenAction::Serve(Offer::MyBooking));
    stage.touch(ScreenAction::Reschedule);
    stage.touch_seat(1, 1);
    stage.desk.lose_answer = true;
    stage.touch(ScreenAction::Confirm);
    assert!(matches!(screen(&stage), Screen::Submitting(_)));
    stage.wait(2);
    assert!(matches!(screen(&stage), Screen::Receipt(_)), "{}", stage.text());
}

#[test]
fn to_another_site_by_way_of_the_region() {
    let mut stage = identified(Channel::HealthStation, PracticeCard::AlreadyBooked, SMALL);
    stage.touch(ScreenAction::Serve(Offer::MyBooking));
    stage.touch(ScreenAction::Reschedule);
    stage.touch_seat(2, 1);
    stage.touch(ScreenAction::Change(Part::Place));
    assert!(matches!(screen(&stage), Screen::County(_)));
    stage.touch(ScreenAction::Pick(0));
    stage.touch(ScreenAction::Pick(4));
    stage.touch(ScreenAction::Pick(1));
    stage.touch_seat(1, 0);
    stage.touch(ScreenAction::Confirm);
    assert_eq!(stage.desk.moves, 1);
    stage.act(GlobalAction::Home);
    stage.touch(ScreenAction::Serve(Offer::MyBooking));
    assert!(matches!(screen(&stage), Screen::Receipt(receipt) if receipt.existing));
}

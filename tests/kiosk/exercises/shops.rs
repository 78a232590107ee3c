//! The exercises for shops.

use super::rig::Do::{self, *};
use super::{fails, passes};
use vaxkiosk::config::profile::{Offer, WayIn};
use vaxkiosk::devices::simulated::people::PracticeCard::{
    self, LaterBand, MayBook, MigrantWorker, Unregistered,
};
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::region::DistrictCode;
use vaxkiosk::kiosk::model::action::{Action, GlobalAction, ScreenAction};
use vaxkiosk::training::act::Act;
use vaxkiosk::training::fact::{Booked, Fact, ReceiptOn};
use vaxkiosk::training::screen_name::ScreenName;
use vaxkiosk::training::trace::Happened;

const fn global(action: GlobalAction) -> Do {
    Touch(Action::Global(action))
}

const fn screen(action: ScreenAction) -> Do {
    Touch(Action::Screen(action))
}

const fn speak(language: Language) -> Do {
    global(GlobalAction::Speak(language))
}

const AGREE: Do = screen(ScreenAction::Confirm);

const TAKE_OFFER: Do =
    First(|action| matches!(action, Action::Screen(ScreenAction::BookOffered(_))));
const FIRST_SLOT: Do = First(|action| matches!(action, Action::Screen(ScreenAction::Slot(_))));

fn booked(who: PracticeCard) -> Fact {
    Fact::Booked(Booked { who, before: None, district: None, same_time_as: None })
}

fn seen(screen: ScreenName) -> Fact {
    Fact::Seen { screen, times: 1 }
}

#[test]
fn the_line_fails_at_confirm_and_one_waits_for_it() {
    let waits = [
        Card(MigrantWorker),
        speak(Language::Vi),
        AGREE,
        On(ScreenName::Offer),
        TAKE_OFFER,
        On(ScreenName::Submitting),
        Wait(60),
        On(ScreenName::Receipt),
        CardOut,
    ];
    let debriefing = passes("shop-1-line-cut", &waits);
    assert_eq!(debriefing.verdict.score, 100);
    let leaves = [
        Card(MigrantWorker),
        speak(Language::Vi),
        AGREE,
        TAKE_OFFER,
        Wait(5),
        global(GlobalAction::Home),
        global(GlobalAction::Leave),
        CardOut,
    ];
    let missed = [booked(MigrantWorker), Fact::Receipt(ReceiptOn::Screen), Fact::LeftUnsure];
    fails("shop-1-line-cut", &leaves, &missed);
}

#[test]
fn another_persons_card_is_given_back() {
    let gives_back = [
        Card(MayBook),
        speak(Language::ZhTw),
        AGREE,
        CardOut,
        Card(MayBook),
        speak(Language::ZhTw),
        AGREE,
        TAKE_OFFER,
        On(ScreenName::Receipt),
        CardOut,
        Wait(60),
    ];
    let debriefing = passes("shop-2-another-card", &gives_back);
    let all = debriefing.replay.iter();
    let put_in = all.filter(|replayed| replayed.step.what == Happened::Did(Act::CardIn));
    let times = put_in.map(|replayed| replayed.times);
    assert_eq!(times.sum::<u16>(), 2, "the other person's is not the trainee's doing");
    let goes_on = [
        Card(MayBook),
        speak(Language::ZhTw),
        AGREE,
        speak(Language::ZhTw),
        AGREE,
        TAKE_OFFER,
        On(ScreenName::Receipt),
        CardOut,
    ];
    fails("shop-2-another-card", &goes_on, &[booked(MayBook), booked(MigrantWorker)]);
}

#[test]
fn who_comes_before_the_opening_is_told_when_and_stays() {
    let stays = [
        Card(MigrantWorker),
        speak(Language::Id),
        AGREE,
        On(ScreenName::Service),
        Keys("1"),
        On(ScreenName::WhyNot),
        Wait(45),
        Keys("1"),
        TAKE_OFFER,
        On(ScreenName::Receipt),
        CardOut,
        Wait(60),
    ];
    passes("shop-3-opening-minute", &stays);
    let goes = [Card(MigrantWorker), speak(Language::Id), AGREE, Wait(5), CardOut];
    let missed = [booked(MigrantWorker), seen(ScreenName::WhyNot), Fact::Spoken(Language::Id)];
    fails("shop-3-opening-minute", &goes, &missed);
}

#[test]
fn a_slot_that_is_taken_at_confirm_is_followed_by_another() {
    let daan = Fact::Booked(Booked {
        who: MayBook,
        before: None,
        district: Some(DistrictCode(6_300_300)),
        same_time_as: None,
    });
    let begins = [Card(MayBook), speak(Language::En), AGREE, TAKE_OFFER];
    let again = [&begins[..], &[TAKE_OFFER, On(ScreenName::Receipt), CardOut, Wait(60)]].concat();
    passes("shop-4-slot-filled", &again);
    let gives_up = [&begins[..], &[CardOut]].concat();
    fails("shop-4-slot-filled", &gives_up, &[daan, Fact::Receipt(ReceiptOn::Screen)]);
}

#[test]
fn an_elder_leaves_with_a_whole_sheet() {
    let prints_again = [
        Card(MayBook),
        speak(Language::ZhTw),
        global(GlobalAction::Clearer),
        AGREE,
        TAKE_OFFER,
        screen(ScreenAction::Print),
        Wait(25),
        screen(ScreenAction::Print),
        CardOut,
        Wait(60),
    ];
    passes("shop-5-elder-paper", &prints_again);
    let leaves = [
        Card(MayBook),
        speak(Language::ZhTw),
        AGREE,
        TAKE_OFFER,
        screen(ScreenAction::Print),
        CardOut,
        Wait(60),
    ];
    let missed = [seen(ScreenName::LargerType), Fact::Receipt(ReceiptOn::Paper)];
    fails("shop-5-elder-paper", &leaves, &missed);
}

#[test]
fn two_of_a_family_book_together_and_the_third_is_told_from_when() {
    let together = [
        Card(MayBook),
        speak(Language::ZhTw),
        AGREE,
        screen(ScreenAction::WithOthers),
        CardOut,
        Card(MigrantWorker),
        AGREE,
        screen(ScreenAction::SamePhone),
        CardOut,
        Card(LaterBand),
        AGREE,
        On(ScreenName::NotAdded),
        AGREE,
        CardOut,
        AGREE,
        FIRST_SLOT,
        AGREE,
        On(ScreenName::TogetherReceipt),
        screen(ScreenAction::Done),
    ];
    passes("shop-6-family", &together);
    let alone = [Card(MayBook), speak(Language::ZhTw), AGREE, TAKE_OFFER, CardOut, Wait(60)];
    let with_her = Fact::Booked(Booked {
        who: MigrantWorker,
        before: None,
        district: None,
        same_time_as: Some(MayBook),
    });
    fails("shop-6-family", &alone, &[with_her, seen(ScreenName::NotAdded)]);
}

#[test]
fn who_cannot_book_yet_registers() {
    let registers = [
        Card(Unregistered),
        speak(Language::Th),
        AGREE,
        screen(ScreenAction::Serve(Offer::Register)),
        Keys("0912000321"),
        AGREE,
        screen(ScreenAction::Pick(0)),
        screen(ScreenAction::Pick(4)),
        screen(ScreenAction::Pick(0)),
        AGREE,
        AGREE,
        CardOut,
    ];
    passes("shop-7-register", &registers);
    let goes = [Card(Unregistered), speak(Language::Th), AGREE, CardOut];
    let missed = [Fact::Registered(Unregistered), Fact::Spoken(Language::Th)];
    fails("shop-7-register", &goes, &missed);
}

#[test]
fn without_a_reader_there_are_other_ways_in() {
    let begins = [Card(MayBook), Wait(8)];
    let by_numbers = [
        screen(ScreenAction::OtherWays),
        screen(ScreenAction::SignInBy(WayIn::Numbers)),
        AGREE,
        On(ScreenName::Entry),
        Keys("A223456781"),
        Keys("000000000001"),
        screen(ScreenAction::CaptchaSize),
        Captcha,
        TAKE_OFFER,
        On(ScreenName::Receipt),
        screen(ScreenAction::Done),
    ];
    passes("shop-8-reader-gone", &[&begins[..], &by_numbers].concat());
    let missed = [
        booked(MayBook),
        seen(ScreenName::Entry),
        Fact::Receipt(ReceiptOn::Screen),
        Fact::VisitEnded,
    ];
    fails("shop-8-reader-gone", &begins, &missed);
}

//! Each screen by the name of its snapshot, and the way to it.

use super::steps::*;
use crate::stage::desk::GRAPHIC;
use vaxkiosk::api::problem::Code;
use vaxkiosk::config::profile::{Offer, WayIn};
use vaxkiosk::devices::card_reader::{CardFault, ReaderEvent};
use vaxkiosk::devices::printer::PrintFault;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction};
use vaxkiosk::kiosk::model::event::Event;

pub const SCREENS: [(&str, Way); 99] = [
    ("attract", |_| {}),
    ("attract_before_opening", |s| {
        s.wall -= jiff::SignedDuration::from_secs(600);
        s.wait(1);
    }),
    ("attract_closed", |s| {
        s.wall += jiff::SignedDuration::from_hours(100);
        s.wait(1);
    }),
    ("attract_no_line", |s| {
        s.cabinet.journey.machine.round = None;
        s.desk.cut = true;
        s.wait(6);
    }),
    ("attract_no_reader", |s| {
        s.cabinet.journey.machine.profile.ways.clear();
        s.event(Event::Reader(ReaderEvent::ReaderLost));
    }),
    ("attract_no_reader_other_ways", |s| {
        s.cabinet.journey.machine.profile.ways = vec![WayIn::Numbers];
        s.event(Event::Reader(ReaderEvent::ReaderLost));
    }),
    ("card_insert", |s| {
        s.act(ScreenAction::Start);
        s.act(GlobalAction::Speak(wanted(s)));
    }),
    ("card_reading", |s| {
        s.slow = true;
        s.act(ScreenAction::Start);
        s.act(GlobalAction::Speak(wanted(s)));
        s.insert(PracticeCard::MayBook);
    }),
    ("card_unreadable", |s| fault(s, CardFault::Unreadable)),
    ("card_other", |s| fault(s, CardFault::NotAnNhiCard)),
    ("card_too_soon", |s| fault(s, CardFault::PulledTooSoon)),
    ("card_no_reader", |s| {
        s.event(Event::Reader(ReaderEvent::ReaderLost));
        s.act(ScreenAction::Start);
        s.act(GlobalAction::Speak(wanted(s)));
    }),
    ("card_before_language_unreadable", |s| first_card(s, CardFault::Unreadable)),
    ("card_before_language_other", |s| first_card(s, CardFault::NotAnNhiCard)),
    ("card_before_language_too_soon", |s| first_card(s, CardFault::PulledTooSoon)),
    ("card_before_language_again", |s| {
        first_card(s, CardFault::Unreadable);
        s.pull();
    }),
    ("language", |s| s.insert(PracticeCard::MayBook)),
    ("privacy", |s| {
        at_privacy(s, PracticeCard::MayBook);
    }),
    ("waiting", |s| {
        at_privacy(s, PracticeCard::MayBook);
        s.slow = true;
        s.act(ScreenAction::Confirm);
    }),
    ("waiting_retry", |s| {
        at_privacy(s, PracticeCard::MayBook);
        s.desk.cut = true;
        s.act(ScreenAction::Confirm);
    }),
    ("unknown_person", |s| {
        at_privacy(s, PracticeCard::MayBook);
        s.desk.problem = Some(Code::UnknownPerson);
        s.act(ScreenAction::Confirm);
    }),
    ("failed", |s| {
        at_privacy(s, PracticeCard::MayBook);
        s.desk.problem = Some(Code::UnknownDevice);
        s.act(ScreenAction::Confirm);
    }),
    ("offer", at_offer),
    ("offer_taken", |s| {
        at_offer(s);
        let slot = s.cabinet.journey.slot_to_fill().unwrap();
        s.desk.fill(slot);
        s.act(ScreenAction::BookOffered(slot));
    }),
    ("service", identified),
    ("service_refused", |s| {
        s.desk.standing = Some(Refusal::RegisteredTooLate { cut_off: moment() });
        identified(s);
    }),
    ("service_booked", |s| {
        at_privacy(s, PracticeCard::AlreadyBooked);
        s.act(ScreenAction::Confirm);
    }),
    ("why_already_booked", |s| {
        at_privacy(s, PracticeCard::AlreadyBooked);
        s.act(ScreenAction::Confirm);
        s.act(ScreenAction::Serve(Offer::Book));
    }),
    ("why_not_in_round", |s| refused(s, Refusal::NotInRound)),
    ("why_not_registered", |s| refused(s, Refusal::NotRegistered)),
    ("why_too_late", |s| refused(s, Refusal::RegisteredTooLate { cut_off: moment() })),
    ("why_brand", |s| refused(s, Refusal::BrandNotChosen)),
    ("why_not_open", |s| {
        s.wall -= jiff::SignedDuration::from_secs(600);
        s.wait(1);
        identified(s);
        s.act(ScreenAction::Serve(Offer::Book));
    }),
    ("why_open_now", |s| {
        s.wall -= jiff::SignedDuration::from_secs(302);
        s.wait(1);
        identified(s);
        s.act(ScreenAction::Serve(Offer::Book));
        s.wait(3);
    }),
    ("why_closed", |s| {
        s.wall += jiff::SignedDuration::from_hours(100);
        s.wait(1);
        identified(s);
        s.act(ScreenAction::Serve(Offer::Book));
    }),
    ("phone_offer", |s| {
        identified(s);
        s.act(ScreenAction::Serve(Offer::Book));
    }),
    ("phone", |s| {
        identified(s);
        s.act(ScreenAction::Serve(Offer::Book));
        s.act(ScreenAction::OtherPhone);
        "0912".bytes().for_each(|digit| s.act(ScreenAction::Key(digit - b'0')));
    }),
    ("phone_wrong", |s| {
        identified(s);
        s.act(ScreenAction::Serve(Offer::Book));
        s.act(ScreenAction::OtherPhone);
        "99345678".bytes().for_each(|digit| s.act(ScreenAction::Key(digit - b'0')));
    }),
    ("phone_check", |s| {
        identified(s);
        s.act(ScreenAction::Serve(Offer::Book));
        s.act(ScreenAction::OtherPhone);
        "0912345678".bytes().for_each(|digit| s.act(ScreenAction::Key(digit - b'0')));
    }),
    ("county", at_county),
    ("district", |s| {
        at_county(s);
        s.act(ScreenAction::Pick(0));
    }),
    ("site", |s| {
        at_county(s);
        s.act(ScreenAction::RegisteredDistrict);
    }),
    ("site_all_full", |s| {
        s.desk.fill_all();
        at_county(s);
        s.desk.fill_all();
        s.act(ScreenAction::RegisteredDistrict);
    }),
    ("slot", at_slot),
    ("slot_hours", at_hours),
    ("slot_taken", |s| {
        at_review(s);
        let slot = s.chosen_slot().unwrap().id;
        s.desk.fill(slot);
        s.act(ScreenAction::Confirm);
    }),
    ("slot_all_full", |s| {
        at_slot(s);
        s.desk.fill_all();
        s.wait(4);
    }),
    ("review", at_review),
    ("submitting_retry", |s| {
        at_review(s);
        s.desk.cut = true;
        s.act(ScreenAction::Confirm);
    }),
    ("receipt", |s| {
        at_review(s);
        s.act(ScreenAction::Confirm);
    }),
    ("receipt_printed", |s| {
        at_review(s);
        s.act(ScreenAction::Confirm);
        s.touch(ScreenAction::Print);
    }),
    ("receipt_printing", |s| {
        at_review(s);
        s.act(ScreenAction::Confirm);
        s.slow = true;
        s.touch(ScreenAction::Print);
    }),
    ("receipt_no_paper", |s| {
        at_review(s);
        s.act(ScreenAction::Confirm);
        s.printer = Err(PrintFault::PaperOut);
        s.touch(ScreenAction::Print);
    }),
    ("receipt_printer_offline", |s| {
        at_review(s);
        s.act(ScreenAction::Confirm);
        s.printer = Err(PrintFault::Offline);
        s.touch(ScreenAction::Print);
    }),
    ("receipt_qr", |s| {
        at_review(s);
        s.act(ScreenAction::Confirm);
        s.act(ScreenAction::ShowQr);
    }),
    ("parting", |s| {
        at_review(s);
        s.act(ScreenAction::Confirm);
        s.pull();
        s.wait(6);
    }),
    ("submitting", |s| {
        at_review(s);
        s.slow = true;
        s.act(ScreenAction::Confirm);
    }),
    ("farewell", |s| {
        at_review(s);
        s.act(ScreenAction::Confirm);
        s.act(ScreenAction::Done);
    }),
    ("farewell_unsure", |s| {
        at_review(s);
        s.desk.cut = true;
        s.act(ScreenAction::Confirm);
        s.pull();
    }),
    ("farewell_pulled", |s| {
        at_privacy(s, PracticeCard::MayBook);
        s.pull();
    }),
    ("more_time", at_the_end),
    ("more_time_refused", |s| {
        at_the_end(s);
        s.desk.problem = Some(Code::UnknownPerson);
        s.act(GlobalAction::MoreTime);
    }),
    ("more_time_failed", |s| {
        at_the_end(s);
        s.desk.cut = true;
        s.act(GlobalAction::MoreTime);
    }),
    ("still_there", |s| {
        at_review(s);
        s.wait(61);
    }),
    ("why_age", |s| {
        refused(s, Refusal::AgeOpensLater { opens: s.wall + jiff::SignedDuration::from_hours(2) })
    }),
    ("why_counties", |s| refused(s, Refusal::NotInCounties)),
    ("service_unregistered", |s| {
        s.desk.registered = Some(None);
        identified(s);
    }),
    ("register_not_open", |s| {
        cannot_register(
            s,
            Refusal::RegistrationNotOpenYet {
                opens: moment() + jiff::SignedDuration::from_hours(48),
            },
        )
    }),
    ("register_closed", |s| cannot_register(s, Refusal::RegistrationClosed { closed: moment() })),
    ("brands", at_brands),
    ("brands_one_stays", |s| {
        at_brands(s);
        s.act(ScreenAction::Pick(0));
        s.act(ScreenAction::Pick(1));
    }),
    ("review_intention", |s| {
        at_brands(s);
        s.act(ScreenAction::Confirm);
    }),
    ("submitting_change", |s| {
        at_brands(s);
        s.act(ScreenAction::Confirm);
        s.desk.cut = true;
        s.act(ScreenAction::Confirm);
        s.slow = true;
        s.wait(2);
    }),
    ("intention_done", |s| {
        at_brands(s);
        s.act(ScreenAction::Confirm);
        s.act(ScreenAction::Confirm);
    }),
    ("intention_counted", |s| {
        s.desk.registering = Some(Refusal::IntentionCounted { until: moment() });
        identified(s);
        s.act(ScreenAction::Serve(Offer::Register));
    }),
    ("withdraw", |s| {
        identified(s);
        s.act(ScreenAction::Serve(Offer::Register));
        s.act(ScreenAction::WithdrawIntention);
    }),
    ("withdrawn", |s| {
        identified(s);
        s.act(ScreenAction::Serve(Offer::Register));
        s.act(ScreenAction::WithdrawIntention);
        s.act(ScreenAction::Confirm);
    }),
    ("booking_at_health_station", at_own_booking),
    ("cancel", |s| {
        at_own_booking(s);
        s.act(ScreenAction::CancelBooking);
    }),
    ("cancelled", |s| {
        at_own_booking(s);
        s.act(ScreenAction::CancelBooking);
        s.act(ScreenAction::Confirm);
    }),
    ("ways", at_ways),
    ("check_running", |s| {
        s.slow = true;
        by(s, 0);
    }),
    ("check_passed", |s| by(s, 0)),
    ("check_failed", |s| {
        s.event(Event::Reader(ReaderEvent::ReaderLost));
        by(s, 0);
    }),
    ("entry_id", |s| by(s, 2)),
    ("entry_id_second", |s| {
        by(s, 2);
        s.keys("A");
    }),
    ("entry_id_wrong", |s| {
        by(s, 2);
        s.keys("A123456788");
    }),
    ("entry_card", |s| {
        by(s, 2);
        s.keys("A22345678100000");
    }),
    ("entry_app", |s| {
        by(s, 1);
        s.act(ScreenAction::Confirm);
        s.keys("A22345678112");
    }),
    ("entry_password", |s| {
        by(s, 0);
        s.act(ScreenAction::Confirm);
        s.insert(PracticeCard::MayBook);
        s.keys("abc");
    }),
    ("entry_mobile_end", |s| {
        by(s, 3);
        s.keys("A223456781");
    }),
    ("graphic", at_graphic),
    ("graphic_larger", |s| {
        at_graphic(s);
        s.act(ScreenAction::CaptchaSize);
    }),
    ("graphic_wrong", |s| {
        at_graphic(s);
        s.keys("1111");
    }),
    ("unknown_numbers", |s| {
        by(s, 2);
        s.keys("A223456781999999999999");
        s.keys(GRAPHIC);
    }),
    ("too_many_wrong", |s| {
        s.desk.wrong = 5;
        at_graphic(s);
        s.keys(GRAPHIC);
    }),
    ("found", |s| {
        by(s, 3);
        s.keys("A223456781678");
        s.keys(GRAPHIC);
    }),
    ("waiting_graphic", |s| {
        by(s, 2);
        s.keys("A22345678100000000000");
        s.desk.cut = true;
        s.keys("1");
    }),
    ("review_move", |s| {
        at_own_booking(s);
        s.act(ScreenAction::Reschedule);
        s.act_seat(2, 1);
    }),
];

//! Each screen of several people who book together, by the name of its snapshot, and the way to it.

use super::steps::*;
use crate::family_way::{CARDS, begin, come, hours_of_one_day, join};
use vaxkiosk::devices::card_reader::CardFault;
use vaxkiosk::devices::printer::PrintFault;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::kiosk::model::action::ScreenAction;

pub const GROUPS: [(&str, Way); 31] = [
    ("group_first_card_in", begin),
    ("group_next_card", |s| {
        begin(s);
        s.pull();
    }),
    ("group_reading", |s| {
        begin(s);
        s.pull();
        s.slow = true;
        s.insert(CARDS[1]);
    }),
    ("group_join", |s| {
        begin(s);
        s.pull();
        s.insert(CARDS[1]);
    }),
    ("group_join_typed", |s| {
        begin(s);
        s.act(ScreenAction::OtherWays);
    }),
    ("group_phone", |s| {
        begin(s);
        come(s, CARDS[1]);
    }),
    ("group_card_left_in", |s| {
        begin(s);
        join(s, CARDS[1]);
    }),
    ("group_of_four", |s| four(s)),
    ("group_of_five", |s| {
        four(s);
        join(s, CARDS[4]);
        s.pull();
    }),
    ("group_of_six", |s| six(s)),
    ("group_card_unreadable", |s| {
        begin(s);
        s.pull();
        s.insert(PracticeCard::Damaged);
    }),
    ("group_card_too_soon", |s| {
        begin(s);
        s.pull();
        s.card = Err(CardFault::PulledTooSoon);
        s.event(vaxkiosk::kiosk::model::event::Event::Reader(
            vaxkiosk::devices::card_reader::ReaderEvent::CardIn,
        ));
    }),
    ("group_twice", |s| {
        begin(s);
        join(s, CARDS[1]);
        s.pull();
        s.insert(CARDS[1]);
    }),
    ("group_own_card_in", |s| {
        begin(s);
        s.pull();
        s.insert(CARDS[0]);
    }),
    ("group_own_card_asked", |s| {
        begin(s);
        s.pull();
        s.act(ScreenAction::OnlyMe);
    }),
    ("group_own_card_other", |s| {
        begin(s);
        s.pull();
        s.act(ScreenAction::OnlyMe);
        s.insert(CARDS[1]);
    }),
    ("group_not_in_round", |s| {
        begin(s);
        come(s, PracticeCard::NotInRound);
    }),
    ("group_already_booked", |s| {
        begin(s);
        come(s, PracticeCard::AlreadyBooked);
    }),
    ("group_hours", |s| {
        four(s);
        hours_of_one_day(s);
        s.act(ScreenAction::Confirm);
    }),
    ("group_hours_many", |s| {
        six(s);
        s.act(ScreenAction::Confirm);
    }),
    ("group_hours_none", |s| {
        four(s);
        s.desk.fill_all();
        s.act(ScreenAction::Confirm);
    }),
    ("group_hours_taken", |s| {
        at_group_review(s);
        let slot = s.cabinet.journey.slot_to_fill().unwrap();
        s.desk.fill(slot);
        s.act(ScreenAction::Confirm);
    }),
    ("group_review", at_group_review),
    ("group_review_of_six", |s| {
        six(s);
        s.act(ScreenAction::Confirm);
        first_hours(s);
    }),
    ("group_review_of_one", |s| {
        begin(s);
        join(s, CARDS[1]);
        s.act(ScreenAction::Confirm);
        first_hours(s);
        s.act(ScreenAction::Member(1));
        s.act(ScreenAction::LeaveOut);
    }),
    ("group_member", |s| {
        at_group_review(s);
        s.act(ScreenAction::Member(2));
    }),
    ("group_left_out", |s| {
        at_group_review(s);
        s.desk.group.refuses = Some((2, Refusal::AlreadyBooked));
        s.act(ScreenAction::Confirm);
    }),
    ("group_receipt", |s| {
        at_group_review(s);
        s.act(ScreenAction::Confirm);
    }),
    ("group_receipt_of_six", |s| {
        six(s);
        s.act(ScreenAction::Confirm);
        first_hours(s);
        s.act(ScreenAction::Confirm);
    }),
    ("group_receipt_of_one", |s| {
        at_group_review(s);
        s.act(ScreenAction::Confirm);
        s.act(ScreenAction::ShowQr);
        s.act(ScreenAction::ShowQr);
    }),
    ("group_receipt_no_paper", |s| {
        at_group_review(s);
        s.act(ScreenAction::Confirm);
        s.printer = Err(PrintFault::PaperOut);
        s.act(ScreenAction::Print);
    }),
];

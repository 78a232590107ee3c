//! Each overlay by the name of its snapshot, and the way to it.

use super::steps::*;
use crate::stage::PIN;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::site::SiteId;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction, TrainingAction};
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::model::practice::PracticeText;
use vaxkiosk::kiosk::model::supervision::TrainerEvent;
use vaxkiosk::receipt::claims::Claims;
use vaxkiosk::receipt::demo_key::DEMO_ONLY_SECRET;
use vaxkiosk::receipt::signing::ReceiptSigner;

pub const OVERLAYS: [(&str, Way); 30] = [
    ("help", |s| {
        identified(s);
        s.act(GlobalAction::Help);
    }),
    ("help_keys", |s| help(s, 0)),
    ("help_who", |s| help(s, 1)),
    ("help_register", |s| help(s, 2)),
    ("help_card", |s| help(s, 3)),
    ("help_app", |s| help(s, 4)),
    ("help_password", |s| help(s, 5)),
    ("help_cancel", |s| help(s, 6)),
    ("help_fraud", |s| help(s, 7)),
    ("help_lines", |s| help(s, 8)),
    ("clearer", |s| {
        identified(s);
        s.touch(GlobalAction::Clearer);
    }),
    ("leave_unsure", |s| {
        at_review(s);
        s.slow = true;
        s.act(ScreenAction::Confirm);
        s.act(GlobalAction::Home);
    }),
    ("operator_pin", |s| at_pin(s, "13")),
    ("operator_pin_wait", |s| at_pin(s, "111111")),
    ("operator_pin_wrong", |s| {
        at_pin(s, "111111");
        s.wait(3);
    }),
    ("operator", |s| at_pin(s, PIN)),
    ("operator_looking", |s| {
        at_pin(s, PIN);
        s.slow = true;
        s.act(ScreenAction::Again);
    }),
    ("scanned", |s| {
        let claims = Claims {
            booking: BookingNumber::parse("0200014637").unwrap(),
            site: SiteId(4711),
            slot: jiff::civil::date(2027, 7, 16).at(10, 0, 0, 0),
            issued: jiff::Timestamp::from_second(1_815_000_000).unwrap(),
        };
        let signer = ReceiptSigner::from_secret(DEMO_ONLY_SECRET);
        s.cabinet.journey.machine.profile.receipt_keys = vec![signer.public_key()];
        s.event(Event::Scanned(Personal::new(signer.sign(claims).unwrap())));
    }),
    ("scanned_wrong", |s| {
        let signer = ReceiptSigner::from_secret(DEMO_ONLY_SECRET);
        s.cabinet.journey.machine.profile.receipt_keys = vec![signer.public_key()];
        s.event(Event::Scanned(Personal::new("VAX1:7")));
    }),
    ("scanned_no_key", |s| s.event(Event::Scanned(Personal::new("VAX1:7")))),
    ("practice_phone", |s| {
        s.act(TrainingAction::Drawer);
        let text = "Made-up text of a message that says when and where, and that is longer than \
            one line of the phone.";
        let text = |to: &str| PracticeText { to: to.into(), text: Personal::new(text) };
        s.event(Event::Text(text("0912 *** 678")));
        s.event(Event::Text(text("0900 *** 456")));
        s.act(TrainingAction::Phone);
    }),
    ("practice_phone_empty", |s| {
        identified(s);
        s.act(TrainingAction::Phone);
    }),
    ("people", |s| {
        identified(s);
        s.act(TrainingAction::People);
    }),
    ("languages", |s| {
        identified(s);
        s.act(GlobalAction::Languages);
    }),
    ("drawer", |s| {
        identified(s);
        s.act(TrainingAction::Drawer);
    }),
    ("trainers_message", |s| {
        identified(s);
        s.event(Event::Trainer(TrainerEvent::Says("12 + 7 = 19! ".repeat(12))));
    }),
    ("trainers_pause", |s| {
        identified(s);
        s.event(Event::Trainer(TrainerEvent::Paused(true)));
    }),
    ("trainers_sign", |s| {
        identified(s);
        s.event(Event::Trainer(TrainerEvent::Joined { sign: "K7QX".into() }));
    }),
    ("too_small_before_language", |s| s.resize((50, 20))),
    ("too_small", |s| {
        identified(s);
        s.resize((50, 20));
    }),
];

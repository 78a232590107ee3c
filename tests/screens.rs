//! Every screen, in every language and size, as a picture in text; and that nowhere a text is cut
//! off or a language mixed in.

#![cfg(feature = "kiosk")]

mod stage;

use rstest::rstest;
use stage::{LARGE, PIN, SMALL, Stage};
use vaxkiosk::api::problem::Code;
use vaxkiosk::config::profile::{Offer, WayIn};
use vaxkiosk::devices::card_reader::{CardFault, ReaderEvent};
use vaxkiosk::devices::printer::PrintFault;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::refusal::Refusal;
use vaxkiosk::domain::site::SiteId;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::journey::Phase;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction, TrainingAction};
use vaxkiosk::kiosk::model::event::Event;
use vaxkiosk::kiosk::model::practice::PracticeText;

use vaxkiosk::receipt::claims::Claims;
use vaxkiosk::receipt::demo_key::DEMO_ONLY_SECRET;
use vaxkiosk::receipt::signing::ReceiptSigner;

type Way = fn(&mut Stage);

/// At the privacy notice, in the language under test.
fn at_privacy(s: &mut Stage, card: PracticeCard) {
    s.insert(card);
    s.act(GlobalAction::Speak(wanted(s)));
}

fn identified(s: &mut Stage) {
    at_privacy(s, PracticeCard::MayBook);
    s.act(ScreenAction::Confirm);
}

/// At the operator's screen, with these digits typed.
fn at_pin(s: &mut Stage, digits: &str) {
    s.cabinet.journey.machine.profile.operator_pin = Some("$argon2id$".into());
    s.press_the_corner();
    s.keys(digits);
}

fn help(s: &mut Stage, topic: usize) {
    s.act(GlobalAction::Help);
    s.keys(&(topic + 1).to_string());
}

/// The language under test is the profile's first.
fn wanted(s: &Stage) -> Language {
    s.cabinet.journey.machine.profile.languages[0]
}

fn at_county(s: &mut Stage) {
    identified(s);
    s.act(ScreenAction::Serve(Offer::Book));
    s.act(ScreenAction::RegisteredPhone);
}

fn at_slot(s: &mut Stage) {
    at_county(s);
    s.act(ScreenAction::RegisteredDistrict);
    s.act(ScreenAction::Pick(0));
}

fn at_review(s: &mut Stage) {
    at_slot(s);
    s.act(ScreenAction::Seat { day: 1, hour: 1 });
}

fn refused(s: &mut Stage, refusal: Refusal) {
    s.desk.standing = Some(refusal);
    identified(s);
    s.act(ScreenAction::Serve(Offer::Book));
}

fn moment() -> jiff::Timestamp {
    vaxkiosk::domain::taipei::instant(jiff::civil::date(2027, 7, 12).at(17, 0, 0, 0))
}

const SCREENS: [(&str, Way); 85] = [
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
        "0212345678".bytes().for_each(|digit| s.act(ScreenAction::Key(digit - b'0')));
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
        s.keys(stage::desk::GRAPHIC);
    }),
    ("too_many_wrong", |s| {
        s.desk.wrong = 5;
        at_graphic(s);
        s.keys(stage::desk::GRAPHIC);
    }),
    ("found", |s| {
        by(s, 3);
        s.keys("A223456781678");
        s.keys(stage::desk::GRAPHIC);
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
        s.act(ScreenAction::Seat { day: 2, hour: 1 });
    }),
];

fn at_ways(s: &mut Stage) {
    s.act(ScreenAction::Start);
    s.act(GlobalAction::Speak(wanted(s)));
    s.act(ScreenAction::OtherWays);
}

fn by(s: &mut Stage, way: usize) {
    at_ways(s);
    s.act(ScreenAction::SignInBy(s.cabinet.journey.machine.profile.ways[way]));
    s.act(ScreenAction::Confirm);
}

fn at_graphic(s: &mut Stage) {
    by(s, 2);
    s.keys("A223456781000000000001");
}

fn at_brands(s: &mut Stage) {
    s.desk.registered = Some(None);
    identified(s);
    s.act(ScreenAction::Serve(Offer::Register));
    "0912345678".bytes().for_each(|digit| s.act(ScreenAction::Key(digit - b'0')));
    s.act(ScreenAction::Confirm);
    s.act(ScreenAction::Pick(0));
    s.act(ScreenAction::Pick(4));
}

fn cannot_register(s: &mut Stage, refusal: Refusal) {
    s.desk.registered = Some(None);
    s.desk.registering = Some(refusal);
    identified(s);
    s.act(ScreenAction::Serve(Offer::Register));
}

fn at_own_booking(s: &mut Stage) {
    s.cabinet.journey.machine.profile.channel = Channel::HealthStation;
    at_privacy(s, PracticeCard::AlreadyBooked);
    s.act(ScreenAction::Confirm);
    s.act(ScreenAction::Serve(Offer::MyBooking));
}

const OVERLAYS: [(&str, Way); 25] = [
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
        s.cabinet.journey.machine.profile.receipt_key = Some(signer.public_key());
        s.event(Event::Scanned(Personal::new(signer.sign(claims).unwrap())));
    }),
    ("scanned_wrong", |s| {
        let signer = ReceiptSigner::from_secret(DEMO_ONLY_SECRET);
        s.cabinet.journey.machine.profile.receipt_key = Some(signer.public_key());
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
    ("too_small", |s| {
        identified(s);
        s.resize((50, 20));
    }),
];

fn fault(s: &mut Stage, fault: CardFault) {
    s.act(ScreenAction::Start);
    s.act(GlobalAction::Speak(wanted(s)));
    s.card = Err(fault);
    s.event(Event::Reader(ReaderEvent::CardIn));
}

/// The stage in a language: its profile begins with it, so that the attract screen and the first
/// screens speak it too.
fn staged(language: Language, size: (u16, u16), way: Way) -> Stage {
    let mut stage = Stage::new(size);
    stage.cabinet.journey.machine.profile.languages.retain(|other| *other != language);
    stage.cabinet.journey.machine.profile.languages.insert(0, language);
    way(&mut stage);
    // The attract screen turns its languages with the clock.
    if stage.visit().is_none() {
        while stage.cabinet.journey.language() != language {
            stage.wait(1);
        }
    }
    stage.draw();
    stage
}

fn all_screens() -> impl Iterator<Item = (&'static str, Way)> {
    SCREENS.into_iter().chain(OVERLAYS)
}

#[test]
fn every_screen_in_every_language_and_size_looks_as_agreed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for (name, way) in all_screens() {
            let mut picture = String::new();
            for size in [SMALL, LARGE] {
                for language in Language::ALL {
                    let stage = staged(language, size, way);
                    let (columns, rows) = size;
                    picture.push_str(&format!(
                        "=== {} {columns}x{rows}\n{}",
                        language.tag(),
                        stage.text()
                    ));
                }
            }
            insta::assert_snapshot!(name, picture);
        }
    });
}

/// Each screen is staged once a language, drawn without the Chinese beside it and then with it.
#[rstest]
#[case::small(SMALL)]
#[case::large(LARGE)]
#[case::portrait((60, 50))]
#[case::low_portrait((60, 40))]
#[case::wide((160, 50))]
fn no_text_is_cut_off_on_any_screen_with_or_without_chinese_beside_it(#[case] size: (u16, u16)) {
    let mut failures = Vec::new();
    for (name, way) in all_screens().filter(|(name, _)| *name != "too_small") {
        for language in Language::ALL {
            let mut stage = staged(language, size, way);
            for bilingual in [false, true] {
                if let Phase::Visiting { visit, .. } = &mut stage.cabinet.journey.phase {
                    visit.bilingual = bilingual;
                    stage.draw();
                }
                if !stage.cut_off.is_empty() {
                    let how = format!("{name} {} bilingual {bilingual}", language.tag());
                    failures.push(format!("{how}: {:?}", stage.cut_off));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} cut off:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn no_screen_mixes_two_languages() {
    // Names and addresses of places stay in Chinese; the language buttons and the card's picture
    // have their own scripts.
    let own = ["練習", "甄", "語言", "全民健康保險", "臺北市", "中文", "日本語", "ภาษา", "〇"];
    for (name, way) in all_screens() {
        for language in [Language::En, Language::Vi, Language::Id, Language::Th] {
            let stage = staged(language, SMALL, way);
            for line in
                stage.text().lines().filter(|line| !own.iter().any(|own| line.contains(own)))
            {
                let foreign = |c: char| {
                    ('\u{3400}'..='\u{9FFF}').contains(&c)
                        || (language != Language::Th && ('\u{0E01}'..='\u{0E5B}').contains(&c))
                };
                assert!(!line.contains(foreign), "{name} in {}: {line}", language.tag());
            }
        }
    }
}

#[test]
fn every_button_is_three_rows_high_but_for_headings_of_the_slot_table_and_the_header() {
    for (name, way) in all_screens().filter(|(name, _)| *name != "too_small") {
        let stage = staged(Language::ZhTw, SMALL, way);
        for target in stage.cabinet.targets().all() {
            let header = target.area.y < 2;
            let table = name.starts_with("slot");
            assert!(header || table || target.area.height >= 3, "{name}: {target:?}");
        }
    }
}

#[test]
fn no_two_digits_or_buttons_share_a_place() {
    for (name, way) in all_screens() {
        let stage = staged(Language::En, SMALL, way);
        let mut digits: Vec<u8> =
            stage.cabinet.targets().all().iter().filter_map(|target| target.digit).collect();
        let count = digits.len();
        digits.sort_unstable();
        digits.dedup();
        assert_eq!(digits.len(), count, "{name} has a digit twice");
    }
}

#[test]
fn every_button_is_reached_by_tab_and_by_arrows() {
    use vaxkiosk::kiosk::widgets::targets::Direction;
    for (name, way) in all_screens().filter(|(name, _)| *name != "too_small") {
        let stage = staged(Language::ZhTw, SMALL, way);
        let targets = stage.cabinet.targets();
        let mut reached = vec![targets.focused(None).unwrap()];
        let mut at = 0;
        while at < reached.len() {
            for direction in [Direction::Up, Direction::Down, Direction::Left, Direction::Right] {
                let next = targets.towards(Some(reached[at]), direction).unwrap();
                if !reached.contains(&next) {
                    reached.push(next);
                }
            }
            at += 1;
        }
        for target in targets.all() {
            assert!(
                reached.contains(&target.action),
                "{name}: arrows never reach {:?}",
                target.action
            );
        }
    }
    let mut stage = staged(Language::ZhTw, SMALL, identified);
    stage.input(Input::Tab);
    stage.input(Input::BackTab);
    stage.input(Input::Enter);
    assert!(stage.cabinet.journey.overlay.is_none());
}

//! A training in a real browser: bookings by clicks, by keys and by touches, the receipt's QR read
//! from a photograph of the page, and what the page says when there is no terminal to show. Run by
//! `make browser`, which keeps the photographs.

use crate::chromium::{Chromium, DESK, TABLET, TELEPHONE, Window, qr};
use crate::web_training::WebTraining;
use rstest::rstest;
use std::process::Command;
use std::time::Duration;
use vaxkiosk::domain::language::Language;

/// A message as it stands in the file of its language.
fn said(language: Language, key: &str) -> String {
    let source = language.messages();
    let line = source.lines().find(|line| line.starts_with(&format!("{key} ="))).unwrap();
    line.split_once("= ").unwrap().1.to_owned()
}

fn verified(receipt: &str) -> bool {
    let verify = ["verify", "--language", "en", receipt];
    Command::new(env!("CARGO_BIN_EXE_vaxkiosk")).args(verify).status().unwrap().success()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Pointer,
    Keys,
}

/// From the screen at rest to the receipt, with a photograph of each page.
fn book(chromium: &mut Chromium, language: Language, by: By, name: &str) -> Vec<u8> {
    chromium.wait_for("預約接種開放中");
    let mut page = 0;
    let mut photograph = |chromium: &mut Chromium, what: &str| {
        page += 1;
        chromium.photograph(&format!("{name}-{page}-{what}"))
    };
    photograph(chromium, "rest");
    match by {
        By::Keys => chromium.key("F2"),
        By::Pointer => {
            chromium.press("F1");
            chromium.press("插卡：移工");
        }
    }
    chromium.wait_for(Language::Th.own_name());
    photograph(chromium, "language");
    let number = (language.index() + 1).to_string();
    let words = [
        (language.own_name().to_owned(), number.as_str(), said(language, "privacy-title")),
        (said(language, "privacy-agree"), "1", said(language, "offer-title")),
        (said(language, "offer-book"), "1", said(language, "step-booked")),
    ];
    for ((button, key, then), what) in words.iter().zip(["notice", "offer", "receipt"]) {
        match by {
            By::Keys => chromium.key(key),
            By::Pointer => chromium.press(button),
        }
        chromium.wait_for(then);
        if what != "receipt" {
            photograph(chromium, what);
        }
    }
    chromium.look(Duration::from_secs(1));
    photograph(chromium, "receipt")
}

#[rstest]
#[case("zh-TW-clicks", Language::ZhTw, By::Pointer, DESK)]
#[case("zh-TW-keys", Language::ZhTw, By::Keys, DESK)]
#[case("th-clicks", Language::Th, By::Pointer, DESK)]
#[case("th-keys", Language::Th, By::Keys, DESK)]
#[case("vi-touches", Language::Vi, By::Pointer, TABLET)]
#[ignore = "it needs Chromium: make browser"]
fn a_booking_whose_qr_is_read_from_the_page(
    #[case] name: &str,
    #[case] language: Language,
    #[case] by: By,
    #[case] window: Window,
) {
    let training = WebTraining::start("127.0.0.1:0", &[]);
    let mut chromium = Chromium::start(language.tag(), window, true);
    chromium.go(&format!("http://{}/", training.address));
    let photograph = book(&mut chromium, language, by, name);
    assert_eq!(chromium.evaluate("document.documentElement.lang"), language.tag());
    let receipt = qr(&photograph).expect("a QR");
    assert!(verified(&receipt), "{receipt}");
    assert!(chromium.faults.is_empty(), "{:#?}", chromium.faults);
    drop(chromium);
    training.wait_for_nothing_left();
}

#[test]
#[ignore = "it needs Chromium: make browser"]
fn without_webgl_a_booking_is_made_all_the_same() {
    let training = WebTraining::start("127.0.0.1:0", &[]);
    let mut chromium = Chromium::start("th", DESK, false);
    chromium.go(&format!("http://{}/", training.address));
    let photograph = book(&mut chromium, Language::Th, By::Pointer, "th-clicks-without-webgl");
    // The terminal is elements of the page then, and its blocks are letters of a font.
    assert!(chromium.evaluate("document.querySelector('.xterm-rows').textContent").is_string());
    let receipt = qr(&photograph).expect("a QR");
    assert!(verified(&receipt), "{receipt}");
}

#[test]
#[ignore = "it needs Chromium: make browser"]
fn a_window_of_any_size_shows_the_pages_and_follows_when_it_changes() {
    let training = WebTraining::start("127.0.0.1:0", &[]);
    let mut chromium = Chromium::start("en", TELEPHONE, true);
    chromium.go(&format!("http://{}/", training.address));
    chromium.wait_for("F1");
    chromium.photograph("size-telephone");
    for (name, width, height) in [
        ("size-telephone-on-its-side", 780, 390),
        ("size-small", 800, 600),
        ("size-wide", 1920, 1080),
    ] {
        chromium.resize(Window { width, height, touch: false });
        chromium.look(Duration::from_secs(1));
        chromium.wait_for("F1");
        let [left, top, across, down] = chromium.rectangle(".xterm-screen");
        let fits = left >= 0.0 && top >= 0.0 && across <= width.into() && down <= height.into();
        assert!(fits, "{name}: {across} x {down} at {left} {top}");
        chromium.photograph(name);
    }
    assert!(chromium.faults.is_empty(), "{:#?}", chromium.faults);
}

#[test]
#[ignore = "it needs Chromium: make browser"]
fn who_has_quit_begins_again_and_who_finds_no_place_tries_again() {
    let training = WebTraining::start("127.0.0.1:0", &["--visitors", "1"]);
    let url = format!("http://{}/", training.address);
    let mut chromium = Chromium::start("id", DESK, true);
    chromium.go(&url);
    for button in ["F1", "製造狀況", "時間與練習", "結束訓練程式"] {
        chromium.press(button);
    }
    chromium.wait_for_page(&said(Language::Id, "web-ended"));
    chromium.photograph("ended");
    training.wait_for_nothing_left();
    chromium.press_element("#ended button");
    chromium.look(Duration::from_secs(1));
    chromium.wait_for("F1");
    let mut second = Chromium::start("ja", DESK, true);
    second.go(&url);
    second.wait_for_page(&said(Language::Ja, "web-full"));
    second.photograph("full");
    drop(chromium);
    training.wait_for_nothing_left();
    second.press_element("#full button");
    second.look(Duration::from_secs(1));
    second.wait_for("F1");
    drop(training);
    second.wait_for_page(&said(Language::Ja, "web-lost"));
    second.photograph("lost");
}

#[test]
#[ignore = "it needs Chromium: make browser"]
fn where_other_machines_reach_it_the_page_asks_for_the_code_first() {
    let training = WebTraining::start("0.0.0.0:0", &[]);
    crate::web_training::wait_until("the code", || training.said().contains("Code for"));
    let told = training.said();
    let code = told.lines().find(|line| line.contains("Code for")).unwrap();
    let code = code.rsplit(' ').next().unwrap().to_lowercase();
    let mut chromium = Chromium::start("vi", DESK, true);
    chromium.go(&format!("https://127.0.0.1:{}/", training.address.port()));
    chromium.wait_for_page(&said(Language::Vi, "web-ask-code"));
    chromium.photograph("code");
    chromium.types("aaaa-aaaa");
    chromium.press_element("form button");
    chromium.wait_for_page(&said(Language::Vi, "web-code-wrong"));
    chromium.photograph("code-wrong");
    chromium.types(&code);
    chromium.press_element("form button");
    chromium.wait_for("預約接種開放中");
    chromium.photograph("code-right");
}

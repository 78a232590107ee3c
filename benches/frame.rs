//! How long a key's frame takes inside the program at 100x32: the key handled and the whole screen
//! drawn into its buffer and compared with the one before. Printed as ratios to a bare frame (a
//! cleared buffer of the same size, compared likewise), in the same run, with the p99 in
//! microseconds.
#![allow(clippy::disallowed_methods, reason = "a benchmark measures time")]

#[path = "../tests/kiosk/stage/mod.rs"]
mod stage;

use ratatui::buffer::Buffer;
use stage::Stage;
use std::hint::black_box;
use std::time::{Duration, Instant};
use vaxkiosk::config::profile::Offer;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::language::Language;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::model::action::{GlobalAction, ScreenAction};

const FRAMES: usize = 2000;

fn p50_p99(mut samples: Vec<Duration>) -> (Duration, Duration) {
    samples.sort_unstable();
    (samples[samples.len() / 2], samples[samples.len() * 99 / 100])
}

fn bare() -> (Duration, Duration) {
    let mut buffer =
        Buffer::empty(ratatui::layout::Rect::new(0, 0, stage::LARGE.0, stage::LARGE.1));
    let before = buffer.clone();
    p50_p99(
        (0..FRAMES)
            .map(|_| {
                let begun = Instant::now();
                buffer.reset();
                black_box(before.diff(&buffer));
                begun.elapsed()
            })
            .collect(),
    )
}

fn keys(language: Language, way: impl Fn(&mut Stage)) -> (Duration, Duration) {
    let mut stage = Stage::new(stage::LARGE);
    stage.insert(PracticeCard::MayBook);
    stage.act(GlobalAction::Speak(language));
    way(&mut stage);
    let mut samples = Vec::with_capacity(FRAMES);
    for _ in 0..FRAMES {
        let before = stage.buffer.clone();
        let begun = Instant::now();
        stage.input(Input::Tab);
        black_box(before.diff(&stage.buffer));
        samples.push(begun.elapsed());
    }
    p50_p99(samples)
}

/// From the privacy notice to the slots of a site, not by the offer.
fn at_slots(stage: &mut Stage) {
    stage.act(ScreenAction::Confirm);
    stage.leave_offer();
    for action in [
        ScreenAction::Serve(Offer::Book),
        ScreenAction::RegisteredPhone,
        ScreenAction::RegisteredDistrict,
        ScreenAction::Pick(0),
    ] {
        stage.act(action);
    }
}

fn main() {
    let (bare_50, bare_99) = bare();
    println!("{:<28} {:>9} {:>9} {:>8}", "frame at 100x32", "p50 µs", "p99 µs", "× bare");
    let line = |name: &str, (p50, p99): (Duration, Duration)| {
        let ratio = p50.as_secs_f64() / bare_50.as_secs_f64();
        println!("{name:<28} {:>9} {:>9} {ratio:>8.1}", p50.as_micros(), p99.as_micros());
    };
    line("bare", (bare_50, bare_99));
    for language in Language::ALL {
        line(&format!("privacy {}", language.tag()), keys(language, |_| {}));
        line(&format!("slots {}", language.tag()), keys(language, at_slots));
        line(
            &format!("receipt with QR {}", language.tag()),
            keys(language, |s| {
                at_slots(s);
                s.act_seat(1, 1);
                s.act(ScreenAction::Confirm);
            }),
        );
    }
}

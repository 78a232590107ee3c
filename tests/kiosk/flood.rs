//! The kiosk's loop under a flood of inputs: its clock goes on, and so does what systemd is told.
#![allow(clippy::disallowed_methods, reason = "a test of the loop measures time")]

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};
use vaxkiosk::client::http::{Client, ClientOptions, HttpClient};
use vaxkiosk::config;
use vaxkiosk::devices::card_reader::NoReader;
use vaxkiosk::devices::clock::SystemClock;
use vaxkiosk::kiosk::cabinet::Input;
use vaxkiosk::kiosk::runtime::display::Display;
use vaxkiosk::kiosk::runtime::{Handles, Life, LoopInput, QUEUE_LENGTH, run};

static ALIVE: AtomicU32 = AtomicU32::new(0);

fn count(life: Life) {
    if life == Life::Alive {
        ALIVE.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn ticks_come_on_time_under_a_flood_of_inputs() {
    const SECONDS: u64 = 4;
    let network =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let (to_loop, inputs) = sync_channel(QUEUE_LENGTH);
    // Nobody listens on port 9 (discard).
    let way = HttpClient::new(&ClientOptions::default()).unwrap();
    let handles = Handles {
        clock: Arc::new(SystemClock),
        reader: Arc::new(NoReader),
        staff_reader: None,
        journal: None,
        client: Client::new(way, "http://127.0.0.1:9".into(), String::new()),
        printer: None,
        network: network.handle().clone(),
        training: None,
        watcher: None,
        alive: Some(count),
        to_loop: to_loop.clone(),
    };
    let flood = std::thread::spawn(move || {
        let began = Instant::now();
        let mut sent = 0_u32;
        while began.elapsed() < Duration::from_secs(SECONDS) {
            // Opens and closes help: each draws a frame.
            let _ = to_loop.send(LoopInput::Input(Input::Sign('/')));
            sent += 1;
        }
        let _ = to_loop.send(LoopInput::Stop);
        sent
    });
    let mut screen = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let profile = config::demo::load(None).unwrap();
    run(profile, &handles, &inputs, &mut screen, &mut Display::default()).unwrap();
    let (sent, ticks) = (flood.join().unwrap(), ALIVE.load(Ordering::SeqCst));
    println!("{sent} inputs, {ticks} ticks in {SECONDS} s");
    assert!(sent > 500, "it was a flood: {sent}");
    assert!(u64::from(ticks) >= SECONDS - 1, "{ticks} ticks");
}

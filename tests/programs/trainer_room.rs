//! A full room on one machine: trainees' programs and the trainer's console, with what a key's way
//! from a trainee to the console's screen takes, what the processors do, and whether all results
//! are right. `make room` runs it and prints the figures.
#![allow(clippy::disallowed_methods, reason = "it measures time")]

use crate::pty::Terminal;
use crate::room::Room;
use std::collections::BTreeSet;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

/// How many trainees there are; `TRAINEES` says another number.
static TRAINEES: LazyLock<usize> = LazyLock::new(|| match std::env::var("TRAINEES") {
    Ok(number) => number.parse().expect("a number"),
    Err(_) => 20,
});
/// How often a key's way is measured.
const KEYS: usize = 40;
const ENTER: &str = "\r";
/// F1 opens the drawer on the trainee's screen, and closes it.
const F1: &str = "\x1bOP";
/// A round of a trainee who works: a card in, three pages on, back, the card out, and the end.
const ROUND: [&str; 8] = ["\x1bOQ", "1", "1", "5", "\x1b", "/", "\x1b", "\x1bOS"];
const BETWEEN_KEYS: Duration = Duration::from_millis(900);

/// Processor seconds of a process so far: user and system time of proc(5), in ticks of 1/100 s.
fn processor(id: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    let field = |nth| after_name.split(' ').nth(nth).and_then(|it| it.parse::<f64>().ok());
    (field(11).unwrap_or_default() + field(12).unwrap_or_default()) / 100.0
}

/// Resident memory of a process in MiB.
fn memory(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|it| it.parse::<u64>().ok()).unwrap_or_default() / 1024
}

fn id(terminal: &Terminal) -> u32 {
    terminal.child.process_id().expect("it runs")
}

/// Presses keys on every trainee but the first, as nineteen people at work do.
fn work(keyboards: Vec<Box<dyn std::io::Write + Send>>, ends: Arc<AtomicBool>) {
    for (nth, mut keyboard) in keyboards.into_iter().enumerate() {
        let ends = Arc::clone(&ends);
        std::thread::spawn(move || {
            std::thread::sleep(BETWEEN_KEYS * nth as u32 / *TRAINEES as u32);
            for key in ROUND.iter().cycle() {
                if ends.load(Ordering::SeqCst) || keyboard.write_all(key.as_bytes()).is_err() {
                    return;
                }
                let _ = keyboard.flush();
                std::thread::sleep(BETWEEN_KEYS);
            }
        });
    }
}

/// How long until the console shows, or shows no more, what a key has changed.
fn key_to_console(room: &Room, trainee: &mut Terminal, is_open: bool) -> Duration {
    let began = Instant::now();
    trainee.keyboard.write_all(F1.as_bytes()).unwrap();
    trainee.keyboard.flush().unwrap();
    while room.console.text().contains("訓練工具") != is_open {
        assert!(began.elapsed() < crate::pty::PATIENCE, "{}", room.console.text());
        std::thread::sleep(Duration::from_millis(2));
    }
    began.elapsed()
}

fn measured(room: &Room, trainee: &mut Terminal) -> Vec<Duration> {
    let mut ways: Vec<Duration> = (0..KEYS)
        .map(|nth| {
            std::thread::sleep(Duration::from_millis(600));
            key_to_console(room, trainee, nth % 2 == 0)
        })
        .collect();
    ways.sort();
    ways
}

#[test]
#[ignore = "twenty programs and more for a minute: make room"]
fn trainees_and_their_trainer_on_one_machine() {
    let people = *TRAINEES;
    let mut room = Room::open_keeping("twenty");
    let began = Instant::now();
    // The first one has the first row.
    let mut trainees = vec![room.trainee("trainee-01", &["--look-around"])];
    room.console.wait_for("連線 1／1 人");
    trainees.extend(
        (2..=people).map(|nth| room.trainee(&format!("trainee-{nth:02}"), &["--look-around"])),
    );
    room.console.wait_for(&format!("連線 {people}／{people} 人"));
    println!("{people} trainees have joined after {:.1} s", began.elapsed().as_secs_f64());
    for trainee in &mut trainees {
        trainee.wait_for("預約接種開放中");
    }
    // The first one's screen is on, and the others work.
    room.console.keys(ENTER);
    room.console.wait_for("預約接種開放中");
    let ends = Arc::new(AtomicBool::new(false));
    let unused = || Box::new(std::io::sink()) as Box<dyn std::io::Write + Send>;
    let keyboards =
        trainees[1..].iter_mut().map(|it| std::mem::replace(&mut it.keyboard, unused()));
    work(keyboards.collect(), Arc::clone(&ends));
    let processes: Vec<u32> = trainees.iter().map(id).collect();
    let used = || processes.iter().map(|id| processor(*id)).sum::<f64>();
    let (began, before, before_console) = (Instant::now(), used(), processor(id(&room.console)));
    let ways = measured(&room, &mut trainees[0]);
    let (passed, cores) = (
        began.elapsed().as_secs_f64(),
        std::thread::available_parallelism().map_or(1, usize::from),
    );
    let share = |seconds: f64| 100.0 * seconds / passed / cores as f64;
    let (all, console) = (used() - before, processor(id(&room.console)) - before_console);
    println!(
        "from a key to the console's screen: p50 {:?}, p95 {:?}, longest {:?}, of {KEYS}",
        ways[KEYS / 2],
        ways[KEYS * 95 / 100],
        ways[KEYS - 1]
    );
    println!(
        "of {cores} cores: {people} trainees {:.1} %, the console {:.1} %, in {passed:.0} s",
        share(all),
        share(console)
    );
    let largest = processes.iter().map(|id| memory(*id)).max().unwrap_or_default();
    println!("memory: the console {} MiB, a trainee {largest} MiB", memory(id(&room.console)));
    ends.store(true, Ordering::SeqCst);
    // The limits of the room, with patience for a machine that does something else beside it.
    assert!(ways[KEYS / 2] < Duration::from_millis(300), "{ways:?}");
    assert!(ways[KEYS * 95 / 100] <= Duration::from_millis(300), "{ways:?}");
    one_is_killed_and_comes_back(&mut room, &mut trainees);
    all_results_are_right(&mut room);
}

fn one_is_killed_and_comes_back(room: &mut Room, trainees: &mut [Terminal]) {
    room.console.keys("\x1b");
    let killed = &mut trainees[4];
    assert!(
        Command::new("kill").args(["-KILL", &id(killed).to_string()]).status().unwrap().success()
    );
    killed.wait_for_end();
    let people = *TRAINEES;
    room.console.wait_for(&format!("連線 {}／{people} 人", people - 1));
    let began = Instant::now();
    *killed = room.trainee("trainee-05", &["--look-around"]);
    room.console.wait_for(&format!("連線 {people}／{people} 人"));
    println!("one was killed, and is back {:.1} s after its start", began.elapsed().as_secs_f64());
}

fn all_results_are_right(room: &mut Room) {
    let people = *TRAINEES;
    room.console.keys("a");
    room.console.wait_for(&format!("全部 {people} 人"));
    room.console.keys("e");
    room.console.wait_for("要開始哪個練習");
    room.console.keys("1");
    let is_begun = |console: &Terminal| console.text().matches("閱讀任務").count() == people;
    room.console.wait_until("all have begun", is_begun);
    room.console.keys("x");
    room.console.wait_for("要結束練習題並評分嗎");
    room.console.keys(ENTER);
    let lines = room.wait_for_results(people);
    let names: BTreeSet<&str> = lines.iter().map(|line| line[2].as_str()).collect();
    let expected: Vec<String> = (1..=people).map(|nth| format!("trainee-{nth:02}")).collect();
    assert!(names.into_iter().eq(expected.iter().map(String::as_str)), "{lines:?}");
    assert_eq!(lines.len(), people);
    // Nobody has done anything, and all are judged alike.
    let verdicts: BTreeSet<_> = lines.iter().map(|line| (&line[3], &line[6], &line[10])).collect();
    assert_eq!(verdicts.len(), 1, "{verdicts:?}");
    assert_eq!(room.wait_for_pages(people).len(), people);
    println!("{people} results and {people} pages: all of them right");
}

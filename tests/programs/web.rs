//! `vaxkiosk demo --web` with the visitors that come to it: each books in a world of their own, by
//! keys and by clicks; and nothing is left of one who goes, in whatever way.

use crate::program::vaxkiosk;
use crate::visitor::{Visitor, all_come, line, open};
use crate::web_training::{WebTraining, wait_until};
use std::path::Path;
use std::process::{Command, Stdio};
use tungstenite::Message;

const F2: &str = "\x1bOQ";
const AT_REST: &str = "預約接種開放中";

fn is_there(process: u32) -> bool {
    Path::new(&format!("/proc/{process}")).exists()
}

#[test]
fn visitors_book_by_four_keys_and_by_clicks_each_in_a_world_of_their_own() {
    let training = WebTraining::start("127.0.0.1:0", &[]);
    let mut by_keys = Visitor::come(training.address);
    let mut by_clicks = Visitor::come(training.address);
    by_keys.wait_beside(AT_REST, &mut [&mut by_clicks]);
    by_clicks.wait_beside(AT_REST, &mut [&mut by_keys]);
    for (keys, then) in
        [(F2, "請選擇語言"), ("1", "隱私權公告"), ("1", "這個時段可以嗎"), ("1", "預約完成")]
    {
        by_keys.keys(keys);
        by_keys.wait_beside(then, &mut [&mut by_clicks]);
    }
    // The other one's world has not moved.
    by_clicks.keys("");
    assert!(by_clicks.text().contains(AT_REST), "{}", by_clicks.text());
    for (place, then) in
        [("F1", "插卡：移工"), ("插卡：移工", "請選擇語言"), ("ภาษาไทย", "ประกาศความเป็นส่วนตัว")]
    {
        by_clicks.click(place);
        by_clicks.wait_for(then);
    }
    let said = |key: &str| {
        let source = vaxkiosk::domain::language::Language::Th.messages();
        let line = source.lines().find(|line| line.starts_with(&format!("{key} ="))).unwrap();
        line.split_once("= ").unwrap().1.to_owned()
    };
    by_clicks.click(&said("privacy-agree"));
    by_clicks.wait_for(&said("offer-title"));
    by_clicks.click(&said("offer-book"));
    // Both are the first who book in their world.
    let number = |receipt: &str| {
        let done = vaxkiosk().args(["verify", "--language", "en", receipt]).output().unwrap();
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(done.status.success() && said.contains("TRAINING"), "{said}");
        said.lines().find(|line| line.starts_with("Booking number ")).unwrap().to_owned()
    };
    assert_eq!(number(&by_keys.receipt()), number(&by_clicks.receipt()));
    assert_eq!(training.programs().len(), 2);
}

#[test]
fn a_visitor_who_quits_is_told_so_and_nothing_is_left() {
    let training = WebTraining::start("127.0.0.1:0", &[]);
    let mut visitor = Visitor::come(training.address);
    visitor.wait_for(AT_REST);
    visitor.keys("\x03");
    visitor.wait_for("結束訓練程式");
    visitor.keys("9");
    assert_eq!(visitor.wait_for_close(), 4000);
    training.wait_for_nothing_left();
    wait_until("a line of the log", || training.log().contains("\"left\",\"visitors\":0"));
    assert!(training.log().contains("\"came\",\"visitors\":1"), "{}", training.log());
}

#[test]
fn the_terminal_takes_the_size_of_the_window() {
    let training = WebTraining::start("127.0.0.1:0", &["--channel", "pharmacy"]);
    let mut visitor = Visitor::come(training.address);
    visitor.wait_for(AT_REST);
    visitor.socket.send(Message::text(r#"{"columns":50,"rows":12}"#)).unwrap();
    // The page says how large a window it needs.
    visitor.wait_for("80");
    visitor.socket.send(Message::text(r#"{"columns":100,"rows":32}"#)).unwrap();
    visitor.wait_for(AT_REST);
    visitor.socket.send(Message::text("columns=1")).unwrap();
    assert_eq!(visitor.wait_for_close(), 4005, "what no page of ours says ends the visit");
    training.wait_for_nothing_left();
}

#[test]
fn a_message_larger_than_any_touch_ends_the_visit() {
    let training = WebTraining::start("127.0.0.1:0", &[]);
    let mut visitor = Visitor::come(training.address);
    visitor.wait_for(AT_REST);
    visitor.socket.send(Message::binary(vec![b'1'; 4 * 1024])).unwrap();
    visitor.keys("");
    assert_eq!((visitor.closed, training.programs().len()), (None, 1));
    visitor.socket.send(Message::binary(vec![b'1'; 4 * 1024 + 1])).unwrap();
    training.wait_for_nothing_left();
}

#[test]
fn one_visitor_more_than_there_are_places_is_told_and_comes_in_when_one_has_left() {
    let training = WebTraining::start("127.0.0.1:0", &["--visitors", "2"]);
    let mut first = Visitor::come(training.address);
    let mut second = Visitor::come(training.address);
    first.wait_beside(AT_REST, &mut [&mut second]);
    second.wait_beside(AT_REST, &mut [&mut first]);
    assert_eq!(Visitor::come(training.address).wait_for_close(), 4001);
    assert_eq!(training.programs().len(), 2);
    drop(first);
    wait_until("a place", || training.programs().len() == 1);
    Visitor::come(training.address).wait_beside(AT_REST, &mut [&mut second]);
    second.keys("");
    assert_eq!(second.closed, None);
}

#[test]
fn forty_visitors_at_once_each_reach_their_first_page_and_leave_nothing() {
    let training = WebTraining::start("127.0.0.1:0", &["--visitors", "40"]);
    let kib = |process: &u32| {
        let about = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap();
        let pss = about.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap();
        pss.trim().trim_end_matches(" kB").parse::<u64>().unwrap()
    };
    let mut programs = Vec::new();
    let mut all = all_come(training.address, 40, AT_REST, || {
        programs = training.programs();
        println!("forty visitors hold {} MiB", programs.iter().map(kib).sum::<u64>() / 1024);
    });
    assert_eq!(programs.len(), 40);
    // Each is served on: one of them begins.
    all[39].keys(F2);
    all[39].wait_for("請選擇語言");
    drop(all);
    training.wait_for_nothing_left();
    assert!(!programs.into_iter().any(is_there));
}

#[test]
fn a_visitor_who_leaves_without_a_word_leaves_nothing_running() {
    let training = WebTraining::start("127.0.0.1:0", &[]);
    let mut visitor = Visitor::come(training.address);
    visitor.wait_for(AT_REST);
    // Another, who never said how large the window is.
    let origin = format!("http://{}", training.address);
    let silent =
        open(line(training.address), &training.address.to_string(), &[("origin", &origin)]);
    // Neither line is closed: both only are not looked at any more, as when a cable is out.
    training.wait_for_nothing_left();
    drop((visitor, silent));
}

#[test]
fn a_visitor_who_only_answers_keeps_the_place() {
    let training = WebTraining::start("127.0.0.1:0", &[]);
    let mut visitor = Visitor::come(training.address);
    visitor.wait_for(AT_REST);
    // Longer than a silent one is waited for.
    for _ in 0..75 {
        visitor.keys("");
    }
    assert_eq!((visitor.closed, training.programs().len()), (None, 1));
}

#[test]
fn the_end_of_the_training_ends_all_visitors_and_leaves_nothing() {
    let mut training = WebTraining::start("127.0.0.1:0", &[]);
    let _visitors = all_come(training.address, 3, AT_REST, || {});
    let programs = training.programs();
    assert_eq!(programs.len(), 3);
    assert!(training.terminate().success());
    assert!(!programs.into_iter().any(is_there));
    assert_eq!(std::fs::read_dir(&training.folder).unwrap().count(), 0);
    assert!(training.log().contains("\"stopped\""), "{}", training.log());
}

#[test]
fn a_training_that_is_killed_takes_its_programs_along() {
    let mut training = WebTraining::start("127.0.0.1:0", &[]);
    let _visitors = all_come(training.address, 3, AT_REST, || {});
    let programs = training.programs();
    assert_eq!(programs.len(), 3);
    training.process.kill().unwrap();
    training.process.wait().unwrap();
    // Their terminals are gone with it.
    wait_until("the end of the programs", || !programs.iter().any(|process| is_there(*process)));
}

#[test]
fn a_mistake_in_the_settings_is_told_before_anybody_comes() {
    let run = |arguments: &[&str]| {
        let mut command: Command = vaxkiosk();
        let command = command.args(["demo", "--web"]).args(arguments).stdout(Stdio::null());
        let done = command.output().unwrap();
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    };
    let (status, said) = run(&["127.0.0.1:0", "--config", "/nowhere/demo.toml"]);
    assert!(status == Some(2) && said.contains("/nowhere/demo.toml"), "{status:?} {said}");
    // An address of the documentation (RFC 5737), which this machine has not.
    let (status, said) = run(&["192.0.2.1:8090"]);
    assert!(status == Some(2) && said.contains("192.0.2.1:8090"), "{status:?} {said}");
}

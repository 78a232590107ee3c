//! A room: the trainer's console and trainees' programs, all of them the built program in terminals
//! of their own. Screens are seen live, faults and messages arrive, a pause holds, an exercise is
//! begun and its result kept, and a trainee who was killed comes back to their row.
#![allow(clippy::disallowed_methods, reason = "a test that waits for a program measures time")]

use crate::room::{Room, assert_says};
use std::process::Command;
use std::time::Duration;

const ENTER: &str = "\r";
const ESCAPE: &str = "\x1b";
const DOWN: &str = "\x1b[B";
/// F2: a card goes in.
const CARD_IN: &str = "\x1bOQ";

#[test]
fn a_trainer_sees_a_screen_live_and_makes_trouble_on_it() {
    let mut room = Room::open("live", &[]);
    room.console.wait_for("還沒有人加入");
    let mut trainee = room.trainee("陳小姐", &["--look-around"]);
    trainee.wait_for("預約接種開放中");
    room.console.wait_for("陳小姐");
    room.console.wait_for("等待民眾");
    // The four letters are the same on both screens.
    let sign = room.sign_of("陳小姐");
    trainee.wait_for(&sign);
    room.console.keys(ENTER);
    room.console.wait_for("預約接種開放中");
    trainee.keys(CARD_IN);
    room.console.wait_for("請選擇語言");
    trainee.keys("1");
    room.console.wait_for("隱私權公告");
    // 2: the line is cut. The trainee's kiosk says so, and so does its picture here.
    room.console.keys("t");
    room.console.wait_for("要出什麼狀況");
    room.console.keys("2");
    trainee.keys("1");
    trainee.wait_for("連線中斷");
    room.console.wait_for("連線中斷");
    room.console.keys("t");
    room.console.keys("0");
    trainee.wait_for("這個時段可以嗎");
    room.console.wait_for("這個時段可以嗎");
    // A message lies over all until it is acknowledged.
    room.console.keys("m");
    room.console.wait_for("給學員的訊息");
    room.console.keys("請看這裡 ok");
    room.console.keys(ENTER);
    trainee.wait_for("訓練員的訊息");
    trainee.wait_for("請看這裡 ok");
    trainee.keys("5");
    assert_says(&trainee, "訓練員的訊息");
    trainee.keys("1");
    trainee.wait_for("這個時段可以嗎");
    // A pause takes no keys.
    room.console.keys("p");
    trainee.wait_for("訓練員已暫停");
    trainee.keys("5");
    trainee.keys(ENTER);
    std::thread::sleep(Duration::from_secs(2));
    assert_says(&trainee, "訓練員已暫停");
    room.console.keys("p");
    trainee.wait_for("這個時段可以嗎");
    trainee.keys("5");
    trainee.wait_for("請選擇服務");
    room.console.wait_for("請選擇服務");
    room.console.keys(ESCAPE);
    room.console.wait_for("陳小姐");
    // The program is ended from the console, and so is the console.
    room.console.keys("c");
    room.console.wait_for("要關閉學員的訓練程式嗎");
    room.console.keys(ENTER);
    assert_eq!(trainee.wait_for_end(), 0);
    trainee.assert_given_back();
    room.console.wait_for("斷線");
    room.console.keys("q");
    room.console.wait_for("要離開主控台嗎");
    room.console.keys(ENTER);
    assert_eq!(room.console.wait_for_end(), 0);
    room.console.assert_given_back();
}

#[test]
fn an_exercise_begun_by_the_trainer_is_kept_and_a_killed_trainee_comes_back() {
    let mut room = Room::open_keeping("kept");
    let mut first = room.trainee("陳小姐", &[]);
    // Seats are given in the order in which trainees come.
    room.console.wait_for("連線 1／1 人");
    let mut second = room.trainee("", &[]);
    room.console.wait_for("連線 2／2 人");
    // For all: the first exercise of the program.
    room.console.keys("a");
    room.console.wait_for("全部 2 人");
    room.console.keys("e");
    room.console.wait_for("要開始哪個練習");
    room.console.keys("1");
    room.console
        .wait_until("both do it", |console| console.text().matches("閱讀任務").count() == 2);
    // One is killed, and begins again with the same name.
    room.console.keys("a");
    let id = first.child.process_id().unwrap().to_string();
    assert!(Command::new("kill").args(["-KILL", &id]).status().unwrap().success());
    first.wait_for_end();
    room.console.wait_for("斷線");
    room.console.wait_for("連線 1／2 人");
    let mut again = room.trainee("陳小姐", &[]);
    room.console.wait_for("連線 2／2 人");
    let row = room.row_of("陳小姐");
    assert!(row.contains("連線中") && !row.contains("斷線"), "{row}");
    // The other's exercise is ended, and judged as it stands.
    room.console.keys(DOWN);
    room.console.keys("x");
    room.console.wait_for("要結束練習題並評分嗎");
    room.console.keys(ENTER);
    room.console.wait_until("a score in the second row", |console| {
        let text = console.text();
        let row = |line: &&str| line.trim_start_matches(['▶', ' ']).starts_with("2 ");
        text.lines().find(row).is_some_and(has_score)
    });
    let lines = room.wait_for_results(1);
    assert_eq!(lines[0][1], "2", "the second row: {lines:?}");
    assert_eq!((&*lines[0][2], &*lines[0][5]), ("", "no"));
    assert!(lines[0][6].parse::<u32>().unwrap() < 60, "{lines:?}");
    assert!(lines[0][10].contains("=not-met"), "{lines:?}");
    // And the one who came back does one too.
    room.console.keys("\x1b[A");
    room.console.keys("e");
    room.console.wait_for("要開始哪個練習");
    room.console.keys("2");
    room.console.wait_for("閱讀任務");
    room.console.keys("x");
    room.console.wait_for("要結束練習題並評分嗎");
    room.console.keys(ENTER);
    let lines = room.wait_for_results(2);
    assert_eq!((&*lines[1][1], &*lines[1][2]), ("1", "陳小姐"));
    assert_ne!(lines[0][3], lines[1][3], "another exercise");
    let pages = room.wait_for_pages(2);
    assert!(pages.contains(&"seat-01-陳小姐.pdf".to_owned()), "{pages:?}");
    assert!(pages.contains(&"seat-02.pdf".to_owned()), "{pages:?}");
    for trainee in [&mut again, &mut second] {
        assert!(trainee.child.try_wait().unwrap().is_none(), "it runs on");
    }
}

/// A figure with its unit.
fn has_score(row: &str) -> bool {
    let words: Vec<&str> = row.split_whitespace().collect();
    words.windows(2).any(|pair| pair[0].parse::<u8>().is_ok() && pair[1] == "分")
}

#[test]
fn a_wrong_code_is_refused_asked_for_again_and_slowed() {
    let room = Room::open("wrong", &[]);
    let mut trainee = room.trainee_with_code("陳小姐", "AAAA-AAAA", &["--look-around"]);
    for _ in 0..2 {
        trainee.wait_for("代碼不對");
        trainee.keys("BBBBBBBB\r");
    }
    // After three of them even the right one has to wait.
    trainee.wait_until("three of them", |it| it.text().matches("代碼不對").count() == 3);
    trainee.keys(&format!("{}\r", room.code));
    trainee.wait_for("代碼錯誤太多次");
    assert_eq!(trainee.wait_for_end(), 2);
}

#[test]
fn what_listens_without_the_code_is_told_nothing() {
    let port = crate::room::another_console();
    let room = Room::open("middle", &[]);
    let address = format!("127.0.0.1:{port}");
    let mut trainee = room.trainee_at(&address, "陳小姐", &room.code, &["--look-around"]);
    trainee.wait_for("無法證明它知道代碼");
    assert_eq!(trainee.wait_for_end(), 2);
}

#[test]
fn a_room_on_a_socket_of_this_machine() {
    let mut room = Room::open_at_socket("socket");
    let mut trainee = room.trainee("陳小姐", &["--look-around"]);
    trainee.wait_for("預約接種開放中");
    room.console.wait_for("陳小姐");
    room.console.keys("q");
    room.console.wait_for("要離開主控台嗎");
    room.console.keys(ENTER);
    assert_eq!(room.console.wait_for_end(), 0);
    // Without its trainer the training goes on.
    trainee.keys(CARD_IN);
    trainee.wait_for("請選擇語言");
}

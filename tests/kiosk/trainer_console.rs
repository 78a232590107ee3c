//! The console of a room's trainer: its pages in every language and size, and all of it by keys and
//! by clicks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::time::Duration;
use vaxkiosk::classroom::console::seat::LineId;
use vaxkiosk::classroom::console::{
    Console, Effect, Event, Key, Now, OwnExercise, Page, Setting, draw,
};
use vaxkiosk::classroom::exercise_result::{ExerciseResult, Reason};
use vaxkiosk::classroom::shot::Shot;
use vaxkiosk::classroom::wire::{
    FromTrainee, FromTrainer, Hello, Offered, Order, Progress, Trouble,
};
use vaxkiosk::domain::language::Language;
use vaxkiosk::i18n::texts::Texts;
use vaxkiosk::training::judge::Outcome;

pub const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);

fn at(seconds: u64) -> Now {
    let began: jiff::Timestamp = "2026-11-26T02:00:00Z".parse().unwrap();
    let passed = jiff::SignedDuration::from_secs(seconds as i64);
    Now { wall: began + passed, uptime: Duration::from_secs(seconds) }
}

/// A console, and the time that it is there.
pub struct Desk {
    pub console: Console,
    pub now: u64,
}

impl Desk {
    pub fn new(language: Language) -> Self {
        let setting = Setting {
            language,
            code: "K7QX-M2PD".into(),
            addresses: vec!["192.168.1.5:8700".into()],
            results: None,
            exercises: Vec::new(),
        };
        Self { console: Console::new(setting, at(0)), now: 0 }
    }

    pub fn event(&mut self, event: Event) -> Vec<Effect> {
        self.console.update(event, at(self.now)).unwrap_or_default()
    }

    pub fn keys(&mut self, keys: &str) -> Vec<Effect> {
        keys.chars().flat_map(|key| self.event(Event::Key(Key::Letter(key)))).collect()
    }

    pub fn key(&mut self, key: Key) -> Vec<Effect> {
        self.event(Event::Key(key))
    }

    pub fn joins(&mut self, line: LineId, name: &str, token: &str) -> Vec<Effect> {
        let hello = Hello { name: name.into(), token: token.into(), ..Hello::default() };
        let sign = format!("SGN{line}");
        self.event(Event::Joined { line, hello, sign })
    }

    pub fn says(&mut self, line: LineId, what: FromTrainee) -> Vec<Effect> {
        self.event(Event::Said { line, what })
    }

    /// Three trainees: one at an exercise, one who has done one, one whose line is lost.
    pub fn staffed(language: Language) -> Self {
        let mut desk = Self::new(language);
        for (line, name) in [(1, "陳小姐"), (2, "Nguyễn Thị Mậu Phương Thảo"), (3, "")]
        {
            desk.joins(line, name, &line.to_string());
        }
        let offered = |id: &str, title: &str| Offered { id: id.into(), title: title.into() };
        let offers = vec![offered("shop-1", "送出時斷線"), offered("shop-2", "別人的卡")];
        desk.says(1, FromTrainee::Offers(offers));
        desk.says(1, FromTrainee::Progress(progress()));
        desk.says(1, screen("預約接種開放中"));
        desk.says(2, FromTrainee::Result(Box::new(result(1))));
        desk.now = 100;
        desk.event(Event::Left { line: 3 });
        desk
    }

    pub fn picture(&mut self, (columns, rows): (u16, u16)) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        let cut_off = draw(&mut self.console, &Texts::default(), &mut buffer);
        assert!(cut_off.is_empty(), "{}: {cut_off:?}", self.console.setting.language.tag());
        let mut text = String::new();
        for row in buffer.content.chunks(usize::from(columns)) {
            let mut hidden = 0;
            let mut line = String::new();
            for cell in row {
                if hidden == 0 {
                    line.push_str(cell.symbol());
                    hidden = unicode_width::UnicodeWidthStr::width(cell.symbol());
                }
                hidden = hidden.saturating_sub(1);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    fn click(&mut self, text: &str) -> Vec<Effect> {
        let picture = self.picture(SMALL);
        let (y, line) = picture.lines().enumerate().find(|(_, it)| it.contains(text)).expect(text);
        let before = &line[..line.find(text).unwrap()];
        let x = unicode_width::UnicodeWidthStr::width(before) as u16;
        self.event(Event::Click { x, y: y as u16 })
    }
}

pub fn progress() -> Progress {
    Progress {
        exercise: Some("送出時斷線".into()),
        step: "5/7 施打地點".into(),
        seconds: 312,
        presses: 41,
        hints: 1,
        mistakes: 2,
        unread: 0,
    }
}

fn screen(text: &str) -> FromTrainee {
    let mut drawn = Buffer::empty(Rect::new(0, 0, 80, 24));
    drawn.set_string(2, 3, text, Style::new());
    drawn.set_string(60, 23, "the last row", Style::new());
    FromTrainee::Screen(Shot::of(None, &drawn).unwrap())
}

pub fn result(number: u32) -> ExerciseResult {
    ExerciseResult {
        number,
        exercise: "shop-2".into(),
        title: "別人的卡".into(),
        passed: true,
        score: 92,
        seconds: 200,
        presses: 30,
        hints: 0,
        reasons: vec![Reason {
            fact: "card-out".into(),
            about: String::new(),
            outcome: Outcome::Met,
        }],
    }
}

pub fn orders(effects: &[Effect]) -> Vec<(LineId, Order)> {
    let order = |effect: &Effect| match effect {
        Effect::Send { line, what: FromTrainer::Order(order) } => Some((*line, order.clone())),
        _ => None,
    };
    effects.iter().filter_map(order).collect()
}

/// A page's name, and the way to it.
type Way = (&'static str, fn(&mut Desk));

const PAGES: [Way; 10] = [
    ("list", |_| {}),
    ("list_for_all", |desk| drop(desk.keys("a"))),
    ("live", |desk| drop(desk.key(Key::Enter))),
    ("live_paused", |desk| {
        desk.key(Key::Enter);
        desk.keys("p");
    }),
    ("live_without_screen", |desk| {
        desk.key(Key::Down);
        desk.key(Key::Enter);
    }),
    ("troubles", |desk| drop(desk.keys("t"))),
    ("exercises", |desk| drop(desk.keys("e"))),
    ("message", |desk| drop(desk.keys("m請看這裡"))),
    ("sure_to_end", |desk| drop(desk.keys("ax"))),
    ("sure_to_quit", |desk| drop(desk.keys("q"))),
];

#[test]
fn every_page_of_the_console_in_every_language_and_size_looks_as_agreed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for (name, way) in PAGES {
            let mut pictures = String::new();
            for (language, size) in
                Language::ALL.into_iter().flat_map(|it| [SMALL, LARGE].map(|size| (it, size)))
            {
                let mut desk = Desk::staffed(language);
                way(&mut desk);
                let picture = desk.picture(size);
                let (columns, rows) = size;
                pictures.push_str(&format!("=== {} {columns}x{rows}\n", language.tag()));
                pictures.push_str(&picture);
            }
            insta::assert_snapshot!(format!("trainer_{name}"), pictures);
        }
        let mut pictures = String::new();
        for language in Language::ALL {
            pictures.push_str(&format!(
                "=== {}\n{}",
                language.tag(),
                Desk::new(language).picture(SMALL)
            ));
        }
        insta::assert_snapshot!("trainer_empty", pictures);
    });
}

#[test]
fn a_screen_that_makes_no_sense_is_hung_up_on() {
    let mut desk = Desk::staffed(Language::En);
    let change = Shot { columns: 9, rows: 9, whole: false, runs: Vec::new() };
    assert_eq!(desk.says(1, FromTrainee::Screen(change)), [Effect::HangUp { line: 1 }]);
}

#[test]
fn everything_is_done_by_keys_alone() {
    let mut desk = Desk::staffed(Language::En);
    assert_eq!(orders(&desk.keys("t2")), [(1, Order::Trouble(Trouble::CutLine))]);
    desk.keys("t");
    desk.key(Key::Down);
    assert_eq!(orders(&desk.key(Key::Enter)), [(1, Order::Trouble(Trouble::CutLine))]);
    assert_eq!(
        orders(&desk.keys("at0")),
        [1, 2].map(|line| (line, Order::Trouble(Trouble::AllWell)))
    );
    let begin = |line| (line, Order::Begin { exercise: "shop-2".into() });
    assert_eq!(orders(&desk.keys("e2")), [begin(1), begin(2)]);
    desk.keys("a");
    desk.keys("mHellx");
    desk.key(Key::Backspace);
    desk.keys("o");
    assert_eq!(orders(&desk.key(Key::Enter)), [(1, Order::Say("Hello".into()))]);
    assert_eq!(orders(&desk.keys("p")), [(1, Order::Pause(true))]);
    // One of two is paused: then both are.
    assert_eq!(orders(&desk.keys("ap")), [1, 2].map(|line| (line, Order::Pause(true))));
    assert_eq!(orders(&desk.keys("pa")), [1, 2].map(|line| (line, Order::Pause(false))));
    desk.keys("x");
    assert_eq!(desk.key(Key::Escape), []);
    desk.keys("x");
    assert_eq!(orders(&desk.key(Key::Enter)), [(1, Order::EndExercise)]);
    desk.keys("c");
    assert_eq!(orders(&desk.key(Key::Enter)), [(1, Order::Close)]);
    desk.key(Key::Enter);
    assert_eq!(desk.console.page, Page::Live { seat: 1, moved: (0, 0) });
    // Two rows of the screen have no room, and are come to by the arrows.
    assert!(!desk.picture(SMALL).contains("the last row"));
    for _ in 0..9 {
        desk.key(Key::Down);
        desk.picture(SMALL);
    }
    assert!(desk.picture(SMALL).contains("the last row"));
    // It is moved no further than that.
    desk.key(Key::Up);
    assert!(!desk.picture(SMALL).contains("the last row"));
    desk.key(Key::PageDown);
    assert_eq!(desk.console.page, Page::Live { seat: 2, moved: (0, 0) });
    desk.key(Key::PageUp);
    desk.key(Key::Escape);
    assert_eq!(desk.console.page, Page::List);
    desk.key(Key::Interrupt);
    assert_eq!(desk.key(Key::Enter), [Effect::Quit]);
}

#[test]
fn everything_is_done_by_clicks_too() {
    let mut desk = Desk::staffed(Language::En);
    desk.click("Nguyễn");
    assert_eq!(desk.console.marked, 1);
    desk.click("Cause trouble");
    assert_eq!(orders(&desk.click("Slow connection")), [(2, Order::Trouble(Trouble::SlowLine))]);
    desk.click("Nguyễn");
    assert_eq!(desk.console.page, Page::Live { seat: 2, moved: (0, 0) });
    desk.click("Back to list");
    desk.click("Leave console");
    desk.click("No, go back");
    assert_eq!(desk.console.dialog, None);
    desk.click("Leave console");
    // Beneath the question nothing can be clicked.
    assert_eq!(desk.click("Send message"), []);
    assert_eq!(desk.click("Enter  Leave console"), [Effect::Quit]);
}

#[test]
fn an_exercise_of_the_trainers_own_goes_as_its_file() {
    let mut desk = Desk::staffed(Language::En);
    let own = |id: &str| OwnExercise { id: id.into(), title: id.into(), text: "the file".into() };
    desk.console.setting.exercises = vec![own("own"), own("shop-1")];
    let file =
        |exercise: &str| Order::BeginFile { exercise: exercise.into(), text: "the file".into() };
    assert_eq!(orders(&desk.keys("e1")), [(1, file("own"))]);
    assert_eq!(orders(&desk.keys("e2")), [(1, file("shop-1"))], "the trainer's comes first");
    assert_eq!(orders(&desk.keys("e3")), [(1, Order::Begin { exercise: "shop-2".into() })]);
    assert_eq!(orders(&desk.keys("e4")), []);
}

#[test]
fn what_nobody_looks_at_draws_nothing() {
    let mut desk = Desk::staffed(Language::En);
    let mut update = |line, what| {
        let event = Event::Said { line, what };
        desk.console.update(event, at(100)).is_some()
    };
    assert!(!update(1, screen("a")), "the list shows no screen");
    assert!(update(1, FromTrainee::Progress(progress())));
    desk.key(Key::Enter);
    let mut update = |line, what| {
        let event = Event::Said { line, what };
        desk.console.update(event, at(100)).is_some()
    };
    assert!(update(1, screen("b")));
    assert!(!update(2, screen("c")));
    assert!(!update(2, FromTrainee::Progress(progress())));
}

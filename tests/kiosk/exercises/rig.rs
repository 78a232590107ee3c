//! A kiosk in training without a terminal: all that the program has besides, with a clock that
//! moves when it is told.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;
use vaxkiosk::client::calls::Answer;
use vaxkiosk::client::http::{Client, ClientOptions, HttpClient};
use vaxkiosk::commands::demo::phone::PracticePhones;
use vaxkiosk::commands::demo::practice_service::PracticeService;
use vaxkiosk::commands::demo::results::ResultsFile;
use vaxkiosk::commands::demo::training::Props;
use vaxkiosk::config::profile::Profile;
use vaxkiosk::devices::card_reader::CardReader;
use vaxkiosk::devices::clock::Clock;
use vaxkiosk::devices::printer::Printer;
use vaxkiosk::devices::simulated::clock::SimulatedClock;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::devices::simulated::printer::SimulatedPrinter;
use vaxkiosk::devices::simulated::reader::SimulatedReader;
use vaxkiosk::devices::simulated::staff::PracticeStaff;
use vaxkiosk::devices::simulated::staff_card::SimulatedStaffReader;
use vaxkiosk::devices::staff_card::StaffCardReader;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::kiosk::cabinet::{Cabinet, Input};
use vaxkiosk::kiosk::model::action::{Action, ExerciseAction, PracticeReceipt, TrainingAction};
use vaxkiosk::kiosk::model::effect::{Effect, TrainingEffect};
use vaxkiosk::kiosk::model::event::{Event, Moment};
use vaxkiosk::kiosk::model::exercises::{Exercises, Stage};
use vaxkiosk::kiosk::runtime::LoopInput;
use vaxkiosk::kiosk::runtime::journal::Journals;
use vaxkiosk::receipt::bitmap::Bitmap;
use vaxkiosk::receipt::demo_key::DEMO_ONLY_SECRET;
use vaxkiosk::receipt::signing::ReceiptSigner;
use vaxkiosk::server::captcha::GLYPHS;
use vaxkiosk::training::debrief::Debriefing;
use vaxkiosk::training::exercise::Exercise;
use vaxkiosk::training::reading::built_in;
use vaxkiosk::training::results::Results;
use vaxkiosk::training::screen_name::ScreenName;

/// One thing that a trainee does.
#[derive(Clone, Copy, Debug)]
pub enum Do {
    Card(PracticeCard),
    CardOut,
    Staff(PracticeStaff),
    StaffOut,
    /// Touches the button of an action, which has to be on the screen.
    Touch(Action),
    /// Touches the first button whose action is of this kind.
    First(fn(Action) -> bool),
    /// Types the digits of the captcha that is on the screen, which has to be a large one.
    Captcha,
    Keys(&'static str),
    Function(u8),
    Press(Input),
    /// Looks on for so many seconds.
    Wait(u64),
    Scan(PracticeReceipt),
    Hint,
    /// The screen that has to be on now.
    On(ScreenName),
}

pub struct Rig {
    pub cabinet: Cabinet,
    buffer: Buffer,
    props: Props,
    client: Client,
    network: tokio::runtime::Runtime,
    journals: Journals,
    /// What readers and phones tell.
    told: Receiver<LoopInput>,
    uptime: Duration,
    random: u128,
    /// The digits of the last captcha.
    captcha: String,
}

impl Rig {
    /// Begins an exercise, plays a script in it, and ends it if it has not ended by itself. What
    /// was played is said besides, for the message of a test that fails.
    pub fn play(id: &str, script: &[Do]) -> (Debriefing, String) {
        let mut rig = Self::begin(id);
        for step in script {
            rig.act(*step);
        }
        rig.exercise(ExerciseAction::Finished);
        let played = rig.played();
        match &rig.exercises().stage {
            Stage::Debriefed(debriefing) => ((**debriefing).clone(), played),
            stage => panic!("{stage:?}"),
        }
    }

    pub fn begin(id: &str) -> Self {
        let mut rig = Self::reading(id);
        // The task has been read.
        rig.exercise(ExerciseAction::TaskCard);
        rig
    }

    /// The run has begun, and the task card lies over the screen.
    pub fn reading(id: &str) -> Self {
        let rig = Self::changed(id, |_| ());
        assert!(rig.exercises().running().is_some(), "{:?}", rig.exercises().stage);
        rig
    }

    /// The run of an exercise in which something is otherwise has begun, if it could.
    pub fn changed(id: &str, change: impl FnOnce(&mut Exercise)) -> Self {
        let mut rig = Self::new(id);
        let mut shelf = built_in().unwrap_or_else(|mistakes| panic!("{mistakes:?}")).to_vec();
        let at = shelf.iter().position(|exercise| exercise.id == id);
        let at = at.unwrap_or_else(|| panic!("there is no {id}"));
        change(&mut shelf[at]);
        rig.cabinet.journey.offer_exercises(shelf.into(), Results::default());
        rig.exercise(ExerciseAction::Choose(at));
        rig.exercise(ExerciseAction::Begin);
        rig
    }

    fn new(id: &str) -> Self {
        let (to_loop, told) = sync_channel(4096);
        let clock = Arc::new(SimulatedClock::starting_at("2027-07-13T02:05:00Z".parse().unwrap()));
        let (of_reader, of_staff) = (to_loop.clone(), to_loop.clone());
        let reader = SimulatedReader::new(move |event| {
            of_reader.send(LoopInput::Event(Event::Reader(event))).unwrap();
        });
        let staff_reader = Arc::new(SimulatedStaffReader::new(move |event| {
            of_staff.send(LoopInput::Event(Event::StaffCard(event))).unwrap();
        }));
        let phones = Arc::new(PracticePhones { to_loop });
        let service = PracticeService::new(clock, Arc::clone(&staff_reader), phones).unwrap();
        let way = HttpClient::new(&ClientOptions::default()).unwrap();
        let client = Client::new(way, service.url(), service.device.clone());
        let printer = Arc::new(SimulatedPrinter::default());
        let results = ResultsFile::default();
        let props = Props { service, reader: Arc::new(reader), staff_reader, printer, results };
        let receipt_keys = vec![ReceiptSigner::from_secret(DEMO_ONLY_SECRET).public_key()];
        let profile = Profile { receipt_keys, ..Profile::demo(Channel::ConvenienceStore) };
        let wall = props.service.clock.now();
        let now = Moment { wall, uptime: Duration::ZERO, random: 1 };
        let (cabinet, effects) = Cabinet::start(profile, now);
        let thread = std::thread::current();
        let name = format!("exercise-{id}-{}", thread.name().unwrap_or("").replace("::", "-"));
        let journals = Journals::new(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
        // On a thread of its own, as in the program: it sees at once that a world is over.
        let mut network = tokio::runtime::Builder::new_multi_thread();
        let network = network.worker_threads(1).enable_all().build().unwrap();
        let buffer = Buffer::empty(Rect::new(0, 0, 100, 32));
        let (uptime, random) = (Duration::ZERO, 1);
        let captcha = String::new();
        let mut rig = Self {
            cabinet,
            buffer,
            props,
            client,
            network,
            journals,
            told,
            uptime,
            random,
            captcha,
        };
        // There is no world yet that could answer.
        drop(effects);
        rig.draw();
        rig
    }

    pub fn exercises(&self) -> &Exercises {
        self.cabinet.journey.exercises().expect("exercises are offered")
    }

    fn is_running(&self) -> bool {
        self.exercises().running().is_some()
    }

    pub fn act(&mut self, step: Do) {
        assert!(self.is_running(), "it is over before {step:?}\n{}", self.played());
        match step {
            Do::Card(card) => self.prop(TrainingAction::Insert(card)),
            Do::CardOut => self.train(TrainingAction::Pull),
            Do::Staff(staff) => self.train(TrainingAction::StaffIn(staff)),
            Do::StaffOut => self.train(TrainingAction::StaffOut),
            Do::Scan(receipt) => self.prop(TrainingAction::Scan(receipt)),
            Do::Hint => self.exercise(ExerciseAction::Hint),
            Do::Touch(action) => self.touch(action),
            Do::First(is_it) => {
                let targets = self.cabinet.targets().all();
                let found = targets.iter().map(|target| target.action).find(|it| is_it(*it));
                self.touch(found.unwrap_or_else(|| panic!("none of them:\n{}", self.text())));
            }
            Do::Captcha => {
                let digits = std::mem::take(&mut self.captcha);
                digits.chars().for_each(|digit| self.input(input_of(digit)));
            }
            Do::Press(input) => self.input(input),
            Do::Keys(keys) => keys.chars().for_each(|key| self.input(input_of(key))),
            Do::Function(number) => self.input(Input::Function(number)),
            Do::Wait(seconds) => (0..seconds).for_each(|_| self.second()),
            Do::On(screen) => {
                let on = self.cabinet.journey.screen_name();
                assert_eq!(on, screen, "{}\n{}", self.text(), self.played());
            }
        }
    }

    fn second(&mut self) {
        self.uptime += Duration::from_secs(1);
        let clock = &self.props.service.clock;
        clock.put_to(clock.now() + Duration::from_secs(1));
        self.event(Event::Tick);
    }

    pub fn train(&mut self, action: TrainingAction) {
        self.event(Event::Act(Action::Training(action)));
    }

    /// Uses a prop, which has to be in the drawer or on the page of the practice people.
    fn prop(&mut self, action: TrainingAction) {
        let offered = |rig: &Self| {
            let all = rig.cabinet.targets().all();
            all.iter().any(|target| target.action == Action::Training(action))
        };
        self.train(TrainingAction::Drawer);
        if !offered(self) {
            self.train(TrainingAction::People);
            assert!(offered(self), "nothing offers {action:?}:\n{}", self.text());
        }
        self.train(action);
    }

    pub fn exercise(&mut self, action: ExerciseAction) {
        self.event(Event::Act(action.into()));
    }

    /// Presses and lets go of a button.
    fn touch(&mut self, action: Action) {
        let target = self.cabinet.targets().all().iter().find(|it| it.action == action);
        let missing = || panic!("no {action:?}:\n{}\n{}", self.text(), self.played());
        let area = target.unwrap_or_else(missing).area;
        let (x, y) = (area.x + area.width / 2, area.y + area.height / 2);
        self.input(Input::Press { x, y });
        self.input(Input::Release { x, y });
    }

    pub fn input(&mut self, input: Input) {
        self.cabinet.has_been_seen();
        let now = self.moment();
        if let Some(effects) = self.cabinet.input(input, now) {
            self.perform(effects);
        }
        self.draw();
    }

    pub fn event(&mut self, event: Event) {
        let now = self.moment();
        let effects = self.cabinet.event(event, now);
        self.perform(effects);
        self.draw();
    }

    fn moment(&mut self) -> Moment {
        self.random += 1;
        let wall = self.props.service.clock.now();
        Moment { wall, uptime: self.uptime, random: self.random }
    }

    fn draw(&mut self) {
        self.cabinet.draw(&mut self.buffer);
    }

    /// Performs effects, and all that they lead to, in their order.
    fn perform(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        loop {
            while let Some(effect) = waiting.pop_front() {
                if let Some(event) = self.outcome(effect) {
                    let now = self.moment();
                    waiting.extend(self.cabinet.event(event, now));
                }
            }
            let Ok(LoopInput::Event(event)) = self.told.try_recv() else { return };
            let now = self.moment();
            waiting.extend(self.cabinet.event(event, now));
        }
    }

    fn outcome(&mut self, effect: Effect) -> Option<Event> {
        let props = &self.props;
        Some(match effect {
            Effect::Call { ticket, call } => {
                let reply = self.network.block_on(self.client.call(call));
                if let Ok(Answer::Captcha(captcha)) = &reply
                    && captcha.rows.first().is_some_and(|row| row.len() > 70)
                {
                    self.captcha = read(&captcha.rows);
                }
                Event::Reply { ticket, reply }
            }
            Effect::ReadCard { ticket } => Event::CardRead { ticket, outcome: props.reader.read() },
            Effect::Print { ticket, .. } | Effect::PrintTogether { ticket, .. } => {
                let outcome = props.printer.print(&Bitmap::new(8, 8));
                Event::Printed { ticket, outcome }
            }
            Effect::StaffSign { ticket, card, pin, text } => {
                let outcome = props.staff_reader.sign(&card, &pin, &text);
                Event::StaffSigned { ticket, outcome }
            }
            Effect::Journal(effect) => Event::Journal(self.journals.perform(effect)?),
            Effect::Train(effect) => return self.trained(effect),
            Effect::Check { .. }
            | Effect::TestPrint { .. }
            | Effect::CheckPin { .. }
            | Effect::Bell
            | Effect::TypeSize(_)
            | Effect::Quit => return None,
        })
    }

    fn trained(&mut self, effect: TrainingEffect) -> Option<Event> {
        self.props.perform(&effect);
        self.props.answer(effect)
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        let area = self.buffer.area;
        let line = |y| {
            let cells = (0..area.width).map(|x| self.buffer[(x, y)].symbol());
            cells.collect::<String>().trim_end().to_owned()
        };
        (0..area.height).map(line).collect::<Vec<_>>().join("\n")
    }

    /// The steps of the run.
    fn played(&self) -> String {
        let steps = match &self.exercises().stage {
            Stage::Running(running) => running.trace.steps.clone(),
            Stage::Judging(ended) => ended.run.trace.steps.clone(),
            Stage::Debriefed(debriefing) => {
                debriefing.replay.iter().map(|replayed| replayed.step).collect()
            }
            _ => Vec::new(),
        };
        let line = |step: &vaxkiosk::training::trace::Step| {
            format!("{:>4} {:?} {:?}", step.at.as_secs(), step.screen, step.what)
        };
        steps.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

fn input_of(key: char) -> Input {
    match key {
        '\n' => Input::Enter,
        '\x1b' => Input::Escape,
        '\t' => Input::Tab,
        digit if digit.is_ascii_digit() => Input::Digit(digit as u8 - b'0'),
        sign => Input::Sign(sign),
    }
}

/// Reads a large captcha as a person does: three columns and rows a dot, eighteen columns a digit.
fn read(rows: &[String]) -> String {
    let dot = |at: usize, row: usize, column: usize| {
        rows[row * 3 + 1].as_bytes()[at * 18 + 2 + column * 3] == b'#'
    };
    let bits = |at, row| (0..5).fold(0, |bits, column| bits << 1 | u8::from(dot(at, row, column)));
    let digit = |at| {
        let seen: Vec<u8> = (0..7).map(|row| bits(at, row)).collect();
        GLYPHS.iter().position(|glyph| glyph.as_slice() == seen).expect("a digit").to_string()
    };
    (0..4).map(digit).collect()
}

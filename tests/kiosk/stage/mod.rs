//! A stage for the kiosk: cabinet, frame buffer, a made-up service desk and a clock that moves when
//! it is told. No I/O.
#![allow(dead_code, reason = "each test file uses its part of the stage")]

pub mod desk;
pub mod journal;
pub mod staff_card;
mod time;
mod training;

use desk::Desk;
use jiff::civil::Date;
use journal::StageJournal;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::rc::Rc;
use std::time::Duration;
use vaxkiosk::config::profile::Profile;
use vaxkiosk::devices::card_reader::{CardFault, ReaderEvent, ReaderInfo};
use vaxkiosk::devices::printer::PrintFault;
use vaxkiosk::devices::simulated::people::PracticeCard;
use vaxkiosk::domain::card::Card;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::site::{Slot, SlotId};
use vaxkiosk::domain::taipei;
use vaxkiosk::i18n::texts::Texts;
use vaxkiosk::kiosk::cabinet::{Cabinet, Input};
use vaxkiosk::kiosk::journey::Phase;
use vaxkiosk::kiosk::model::action::{Action, GlobalAction, ScreenAction};
use vaxkiosk::kiosk::model::clearer::Clearer;
use vaxkiosk::kiosk::model::effect::Effect;
use vaxkiosk::kiosk::model::errand::Errand;
use vaxkiosk::kiosk::model::event::{Checks, Event, Moment};
use vaxkiosk::kiosk::model::person::Person;
use vaxkiosk::kiosk::model::ticket::Ticket;
use vaxkiosk::kiosk::model::visit::Visit;
use vaxkiosk::kiosk::screens::Screen;
use vaxkiosk::kiosk::screens::farewell::Farewell;

pub struct Stage {
    pub cabinet: Cabinet,
    pub buffer: Buffer,
    pub desk: Desk,
    pub uptime: Duration,
    /// What the wall clock shows besides the uptime.
    pub wall: jiff::Timestamp,
    /// Replies are held back while this is on.
    pub slow: bool,
    pub held: Vec<Effect>,
    pub bells: usize,
    pub printer: Result<(), PrintFault>,
    pub prints: usize,
    /// What the terminal was last asked for.
    pub clearer: Option<Clearer>,
    pub cut_off: Vec<String>,
    /// The card that a read will find.
    pub card: Result<Card, CardFault>,
    /// How far the kiosk's clock is from the desk's.
    pub clock_off: Duration,
    /// What the desk of a vaccination site keeps.
    pub journal: StageJournal,
    random: u128,
}

/// The operator's.
pub const PIN: &str = "135790";

thread_local! {
    /// Read once a thread: a test of all screens has thousands of stages.
    static TEXTS: Rc<Texts> = Rc::default();
}

pub const SMALL: (u16, u16) = (80, 24);
pub const LARGE: (u16, u16) = (100, 32);

impl Stage {
    pub fn new(size: (u16, u16)) -> Self {
        Self::of(Profile::demo(Channel::ConvenienceStore), size)
    }

    fn of(profile: Profile, size: (u16, u16)) -> Self {
        Self::at(profile, size, jiff::civil::date(2027, 7, 13).at(10, 5, 0, 0))
    }

    fn at(profile: Profile, size: (u16, u16), begins: jiff::civil::DateTime) -> Self {
        let wall = taipei::instant(begins);
        let now = Moment { wall, uptime: Duration::ZERO, random: 1 };
        let (cabinet, effects) = Cabinet::start_with(TEXTS.with(Rc::clone), profile, now);
        let mut stage = Self {
            cabinet,
            buffer: Buffer::empty(Rect::new(0, 0, size.0, size.1)),
            desk: Desk::default(),
            uptime: Duration::ZERO,
            wall,
            slow: false,
            held: Vec::new(),
            bells: 0,
            printer: Ok(()),
            prints: 0,
            clearer: None,
            cut_off: Vec::new(),
            card: PracticeCard::MayBook.face(),
            clock_off: Duration::from_secs(1),
            journal: StageJournal::default(),
            random: 1,
        };
        stage.perform(effects);
        stage.draw();
        stage
    }

    pub fn now(&mut self) -> Moment {
        self.random += 1;
        let passed = jiff::SignedDuration::try_from(self.uptime).unwrap();
        Moment { wall: self.wall + passed, uptime: self.uptime, random: self.random }
    }

    pub fn resize(&mut self, size: (u16, u16)) {
        self.buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        self.input(Input::Resize);
    }

    /// The Chinese beside the language of the person, whatever they pressed; with the next frame.
    pub fn set_bilingual(&mut self, bilingual: bool) {
        if let Phase::Visiting { visit, .. } = &mut self.cabinet.journey.phase {
            visit.bilingual = bilingual;
        }
    }

    pub fn draw(&mut self) {
        self.cut_off = self.cabinet.draw(&mut self.buffer);
    }

    /// As somebody does who looks at the screen before each press.
    pub fn input(&mut self, input: Input) {
        self.cabinet.has_been_seen();
        self.input_at_once(input);
    }

    pub fn input_at_once(&mut self, input: Input) {
        let now = self.now();
        if let Some(effects) = self.cabinet.input(input, now) {
            self.perform(effects);
            self.draw();
        }
    }

    pub fn event(&mut self, event: Event) {
        let now = self.now();
        let effects = self.cabinet.event(event, now);
        self.perform(effects);
        self.draw();
    }

    pub fn act(&mut self, action: impl Into<Action>) {
        self.event(Event::Act(action.into()));
    }

    /// The visit's screen.
    pub fn screen(&self) -> &Screen {
        self.cabinet.journey.screen().unwrap_or_else(|| panic!("no visit:\n{}", self.text()))
    }

    pub fn visit(&self) -> Option<&Visit> {
        self.cabinet.journey.current_visit()
    }

    /// Who has shown who they are.
    pub fn person(&self) -> Option<&Person> {
        self.visit()?.person.as_ref()
    }

    pub fn errand(&self) -> Option<&Errand> {
        self.visit()?.errand.as_ref()
    }

    /// To the services, where an offer is on the screen.
    pub fn leave_offer(&mut self) {
        if matches!(self.cabinet.journey.screen(), Some(Screen::Offer(_))) {
            self.act(ScreenAction::ToServices);
        }
    }

    /// The slot that is chosen.
    pub fn chosen_slot(&self) -> Option<&Slot> {
        self.errand()?.seat()?.slot()
    }

    pub fn is_at_rest(&self) -> bool {
        self.cabinet.journey.phase == Phase::AtRest
    }

    pub fn farewell(&self) -> Option<&Farewell> {
        match &self.cabinet.journey.phase {
            Phase::Farewell(farewell) => Some(farewell),
            Phase::AtRest | Phase::Visiting { .. } | Phase::Counter(_) => None,
        }
    }

    pub fn keys(&mut self, keys: &str) {
        keys.chars().for_each(|key| self.input(input_of(key)));
    }

    /// As whoever looks after the kiosk does.
    pub fn press_the_corner(&mut self) {
        for _ in 0..5 {
            self.input(Input::Press { x: 0, y: 0 });
            self.input(Input::Release { x: 0, y: 0 });
        }
    }

    /// Whether an action has a button on the screen.
    pub fn shows(&self, action: impl Into<Action>) -> bool {
        let action = action.into();
        self.cabinet.targets().all().iter().any(|target| target.action == action)
    }

    /// Presses and lets go of the button of an action.
    pub fn touch(&mut self, action: impl Into<Action>) {
        let action = action.into();
        let target = self.cabinet.targets().all().iter().find(|target| target.action == action);
        let area =
            target.unwrap_or_else(|| panic!("{action:?} is on the screen:\n{}", self.text())).area;
        let (x, y) = (area.x + area.width / 2, area.y + area.height / 2);
        self.input(Input::Press { x, y });
        self.input(Input::Release { x, y });
    }

    /// A slot by its day and hour, both counted from the first that the site has.
    fn seat(&self, day: usize, hour: usize) -> (Date, SlotId) {
        let Screen::Slot(pick) = self.screen() else { panic!("no slots:\n{}", self.text()) };
        let mut days: Vec<Date> = pick.slots.iter().map(|slot| slot.starts.date()).collect();
        days.dedup();
        let day = days[day];
        let slot = pick.slots_of(day).nth(hour).expect("a day with so many hours");
        (day, slot.id)
    }

    /// Touches a day, and then one of its hours.
    pub fn touch_seat(&mut self, day: usize, hour: usize) {
        let (day, slot) = self.seat(day, hour);
        if self.shows(ScreenAction::Calendar) {
            self.touch(ScreenAction::Calendar);
        }
        self.touch(ScreenAction::Day(day));
        self.touch(ScreenAction::Slot(slot));
    }

    /// The same by their actions, without a button.
    pub fn act_seat(&mut self, day: usize, hour: usize) {
        let (_, slot) = self.seat(day, hour);
        self.act(ScreenAction::Slot(slot));
    }

    pub fn insert(&mut self, card: PracticeCard) {
        self.card = card.face();
        self.event(Event::Reader(ReaderEvent::CardIn));
    }

    pub fn pull(&mut self) {
        self.event(Event::Reader(ReaderEvent::CardOut));
    }

    /// Lets the held effects go.
    pub fn release(&mut self) {
        self.slow = false;
        let held = std::mem::take(&mut self.held);
        self.perform(held);
        self.draw();
    }

    pub fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                effect @ (Effect::Call { .. }
                | Effect::ReadCard { .. }
                | Effect::Check { .. }
                | Effect::StaffSign { .. }
                | Effect::Print { .. }
                | Effect::PrintTogether { .. })
                    if self.slow =>
                {
                    self.held.push(effect)
                }
                Effect::Call { ticket, call } => {
                    let now = self.now().wall;
                    let reply = self.desk.reply(&call, now);
                    self.event_quietly(Event::Reply { ticket, reply });
                }
                Effect::ReadCard { ticket } => self.read(ticket),
                Effect::Check { ticket } => {
                    let cut = self.desk.cut;
                    let reader = ReaderInfo { name: "stage".into(), version: "1".into() };
                    let checks = Checks {
                        reader: (!self.cabinet.journey.machine.reader_lost).then_some(reader),
                        line: (!cut).then_some(Duration::from_millis(7)),
                        clock: (!cut).then_some(self.clock_off),
                        printer: Some(self.printer),
                    };
                    self.event_quietly(Event::Checked { ticket, checks });
                }
                Effect::Journal(effect) => self.keep(effect),
                Effect::Bell => self.bells += 1,
                Effect::StaffSign { ticket, card, pin, .. } => {
                    let outcome = staff_card::sign(&card, &pin);
                    self.event_quietly(Event::StaffSigned { ticket, outcome });
                }
                Effect::Print { ticket, .. } | Effect::PrintTogether { ticket, .. } => {
                    self.prints += 1;
                    let outcome = self.printer;
                    self.event_quietly(Event::Printed { ticket, outcome });
                }
                Effect::TestPrint { ticket } => {
                    let outcome = self.printer;
                    self.event_quietly(Event::Printed { ticket, outcome });
                }
                Effect::CheckPin { ticket, pin, .. } => {
                    let right = pin.expose() == PIN;
                    self.event_quietly(Event::PinChecked { ticket, right });
                }
                Effect::Train(effect) => self.trained(effect),
                Effect::TypeSize(clearer) => self.clearer = Some(clearer),
                Effect::Quit => {}
            }
        }
    }

    fn read(&mut self, ticket: Ticket) {
        let outcome = self.card.clone();
        self.event_quietly(Event::CardRead { ticket, outcome });
    }

    fn event_quietly(&mut self, event: Event) {
        let now = self.now();
        let effects = self.cabinet.event(event, now);
        self.perform(effects);
    }

    /// The screen as text, without the spaces at line ends.
    pub fn text(&self) -> String {
        let area = self.buffer.area;
        let mut text = String::new();
        for y in 0..area.height {
            let mut line = String::new();
            let mut skip = 0usize;
            for x in 0..area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = self.buffer[(x, y)].symbol();
                skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    pub fn speak(&mut self, language: Language) {
        self.act(GlobalAction::Speak(language));
    }
}

fn input_of(key: char) -> Input {
    match key {
        '\n' => Input::Enter,
        '\x1b' => Input::Escape,
        digit if digit.is_ascii_digit() => Input::Digit(digit as u8 - b'0'),
        sign => Input::Sign(sign),
    }
}

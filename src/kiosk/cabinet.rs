//! The kiosk without its terminal: journey and touch panel together. Keys and touches in, effects
//! out, frames drawn into a buffer. Still pure: tests type into the very thing that people touch.

use super::journey::effect::Effect;
use super::journey::event::{Action, Event, Moment, Training};
use super::journey::{Journey, Overlay};
use super::screens::Screen;
use super::screens::facts::Facts;
use super::screens::frame::Around;
use super::screens::{
    drawer, help, language, operator, people, practice_phone, scanned, still_there, too_small,
};
use super::theme;
use super::widgets::targets::{Direction, Target, Targets};
use super::widgets::ui::{Hold, Ui};
use crate::config::profile::Profile;
use crate::devices::practice::PracticeCard;
use crate::domain::language::Language;
use crate::i18n::dates::countdown;
use crate::i18n::messages as say;
use crate::i18n::texts::Texts;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What a person does with keys and fingers. Columns and rows count from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Input {
    Digit(u8),
    /// A key of the numeric block or the keyboard with a meaning of its own: `*` home, `/` help,
    /// `+` Chinese, `.` language, `-` back, `=` clearer.
    Sign(char),
    Enter,
    Escape,
    Backspace,
    Tab,
    BackTab,
    Arrow(Direction),
    /// F1 to F12.
    Function(u8),
    /// Ctrl-C: nothing for the public; in training it opens the trainer's drawer, where the way out
    /// is.
    Interrupt,
    Press {
        x: u16,
        y: u16,
    },
    Release {
        x: u16,
        y: u16,
    },
    Resize,
}

/// The kiosk without its terminal.
pub struct Cabinet {
    pub journey: Journey,
    texts: Texts,
    targets: Targets,
    hold: Hold,
    place: (u32, Option<Overlay>),
}

impl Cabinet {
    pub fn start(profile: Profile, now: Moment) -> (Self, Vec<Effect>) {
        let (journey, effects) = Journey::start(profile, now);
        let cabinet = Self {
            journey,
            texts: Texts::default(),
            targets: Targets::default(),
            hold: Hold::default(),
            place: (u32::MAX, None),
        };
        (cabinet, effects)
    }

    /// What a person did. None when nothing changed that the eye could see.
    pub fn input(&mut self, input: Input, now: Moment) -> Option<Vec<Effect>> {
        let action = match input {
            Input::Digit(digit) => self.targets.of_digit(digit)?,
            Input::Sign(sign) => self.sign(sign)?,
            Input::Enter => self.targets.focused(self.hold.focus)?,
            Input::Escape => Action::Back,
            Input::Backspace => Action::Erase,
            Input::Tab => return self.focus(self.targets.next(self.focused(), true)),
            Input::BackTab => return self.focus(self.targets.next(self.focused(), false)),
            Input::Arrow(direction) => {
                return self.focus(self.targets.towards(self.focused(), direction));
            }
            Input::Function(1) | Input::Interrupt => Action::Drawer,
            Input::Function(2) => Action::Train(Training::Insert(PracticeCard::MayBook)),
            Input::Function(3) => Action::Train(Training::Insert(PracticeCard::MigrantWorker)),
            Input::Function(4) => Action::Train(Training::Pull),
            Input::Function(5) => Action::Train(Training::Phone),
            Input::Function(6) => Action::Train(Training::People),
            Input::Function(_) => return None,
            Input::Press { x, y } => {
                self.hold.pressed = self.touched(x, y);
                return self.hold.pressed.map(|_| Vec::new());
            }
            Input::Release { x, y } => {
                let pressed = self.hold.pressed.take()?;
                if self.touched(x, y) != Some(pressed) {
                    return Some(Vec::new());
                }
                pressed
            }
            Input::Resize => return Some(Vec::new()),
        };
        Some(self.event(Event::Act(action), now))
    }

    fn sign(&self, sign: char) -> Option<Action> {
        let action = match sign {
            '*' => Action::Home,
            '/' | '?' => Action::Help,
            '+' => Action::Bilingual,
            '=' => Action::Clearer,
            '.' => Action::Languages,
            '-' => Action::Back,
            letter if letter.is_ascii_alphabetic() => return self.letter(letter),
            _ => return None,
        };
        // Only what is on the screen: a key never does what no button shows.
        self.targets.all().iter().any(|target| target.action == action).then_some(action)
    }

    /// A letter of a real keyboard, of either size, where there are letters on the screen.
    fn letter(&self, letter: char) -> Option<Action> {
        let shown = |target: &Target| matches!(target.action, Action::Letter(shown) if shown.eq_ignore_ascii_case(&letter));
        self.targets.all().iter().any(shown).then_some(Action::Letter(letter))
    }

    /// What is under a finger. The operator's corner is drawn nowhere, so that nobody finds it with
    /// their eyes.
    fn touched(&self, x: u16, y: u16) -> Option<Action> {
        self.targets.at(x, y).or_else(|| (x < 4 && y < 1).then_some(Action::Corner))
    }

    fn focused(&self) -> Option<Action> {
        self.targets.focused(self.hold.focus)
    }

    fn focus(&mut self, action: Option<Action>) -> Option<Vec<Effect>> {
        self.hold.focus = Some(action?);
        self.journey.touched();
        Some(Vec::new())
    }

    /// Anything that is no input.
    pub fn event(&mut self, event: Event, now: Moment) -> Vec<Effect> {
        let effects = self.journey.update(event, now);
        let place = (self.journey.screen.place(), self.journey.overlay);
        if place != self.place {
            self.place = place;
            self.hold = Hold::default();
        }
        effects
    }

    /// Draws the whole screen. Returns the texts that had no room: always none at a size that is
    /// offered.
    pub fn draw(&mut self, buffer: &mut Buffer) -> Vec<String> {
        let mut cut_off = Vec::new();
        let area = buffer.area;
        self.targets.clear();
        let journey = &self.journey;
        let mut ui = Ui {
            buffer,
            targets: &mut self.targets,
            texts: &self.texts,
            language: journey.language(),
            bilingual: journey.bilingual(),
            hold: self.hold,
            cut_off: &mut cut_off,
        };
        ui.fill(area, theme::PLAIN);
        draw(journey, &mut ui, area);
        if journey.clearer {
            theme::make_clearer(buffer);
        }
        // The pressed or focused button may be gone with the last event.
        self.hold.focus =
            self.targets.focused(self.hold.focus).filter(|_| self.hold.focus.is_some());
        cut_off
    }

    pub fn targets(&self) -> &Targets {
        &self.targets
    }
}

fn facts(journey: &Journey) -> Facts<'_> {
    Facts {
        now: journey.now,
        profile: &journey.profile,
        round: journey.round.as_ref(),
        session: journey.session.as_ref(),
        seats: &journey.seats,
        line_up: journey.line_up,
        card_in: journey.card_in,
        reader_lost: journey.reader_lost,
        line_cut: journey.line_cut,
        printer_unplugged: journey.printer_unplugged,
        practice_phone: &journey.practice_phone,
        grace_left: journey.grace_left(),
        can_fill: journey.can_fill(),
    }
}

fn draw(journey: &Journey, ui: &mut Ui<'_>, area: Rect) {
    if too_small::is_too_small(area) {
        too_small::view(ui, area);
        return;
    }
    let facts = facts(journey);
    let body = Around::body(area);
    if let (Screen::Receipt(receipt), None) = (&journey.screen, journey.overlay)
        && receipt.takes_all(body)
    {
        let left = countdown(journey.time_left().unwrap_or_default().as_secs());
        let words = ui.say(&say::TimeLeft { time: left.into() }).main;
        receipt.view_code(ui, area, &facts, &words);
        return;
    }
    let around = Around {
        time_left: journey.time_left(),
        step: journey.screen.step(journey.purpose()).filter(|_| journey.overlay.is_none()),
        has_back: journey.overlay.is_some() || journey.screen.has_back(),
        in_session: journey.session.is_some(),
        leaves: journey.home_leaves(),
        clearer: journey.clearer,
        chinese_offered: journey.session.is_some() && journey.language() != Language::ZhTw,
    };
    match journey.overlay {
        None => journey.screen.view(ui, body, &facts),
        Some(Overlay::Languages) => language::view(ui, body, &facts),
        Some(Overlay::Help { topic }) => help::view(ui, body, topic),
        Some(Overlay::Scanned(scanned)) => scanned::view(ui, body, scanned, facts.profile.training),
        Some(Overlay::StillThere) => still_there::view(ui, body, &facts),
        Some(Overlay::Operator) => operator::view(ui, body, &journey.operator, journey.pin_wait()),
        Some(Overlay::Drawer) => drawer::view(ui, body, &facts),
        Some(Overlay::Phone) => practice_phone::view(ui, body, &facts),
        Some(Overlay::People) => people::view(ui, body, &facts),
    }
    around.footer(ui, area);
    around.header(ui, area, &facts);
}

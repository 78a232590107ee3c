//! The kiosk without its terminal: journey and touch panel together. Keys and touches in, effects
//! out, frames drawn into a buffer. Still pure: tests type into the very thing that people touch.

use super::journey::{Journey, Phase};
use super::model::action::{Action, GlobalAction, ScreenAction, TrainingAction};
use super::model::effect::Effect;
use super::model::event::{Event, Moment};
use super::screens::chrome::Chrome;
use super::screens::context::Context;
use super::screens::overlay::Overlay;
use super::screens::{
    Place as ScreenPlace, Screen, attract, drawer, help, language, operator, people,
    practice_phone, scanned, still_there, too_small,
};
use super::theme;
use super::widgets::graphic::{Graphic, Graphics};
use super::widgets::targets::{Direction, Target, Targets};
use super::widgets::ui::{Hold, Ui};
use crate::config::profile::Profile;
use crate::devices::simulated::people::PracticeCard;
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
    graphics: Graphics,
    hold: Hold,
    place: Option<Place>,
}

/// What is asked. When it changes, the focus begins anew.
#[derive(Clone, PartialEq, Debug)]
struct Place {
    phase: PhasePlace,
    overlay: Option<Overlay>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum PhasePlace {
    AtRest,
    Visiting(ScreenPlace),
    Farewell,
}

fn place_of(journey: &Journey) -> Place {
    let phase = match &journey.phase {
        Phase::AtRest => PhasePlace::AtRest,
        Phase::Visiting { screen, .. } => PhasePlace::Visiting(screen.place()),
        Phase::Farewell(_) => PhasePlace::Farewell,
    };
    Place { phase, overlay: journey.overlay.as_ref().map(Overlay::place) }
}

impl Cabinet {
    pub fn start(profile: Profile, now: Moment) -> (Self, Vec<Effect>) {
        let (journey, effects) = Journey::start(profile, now);
        let cabinet = Self {
            journey,
            texts: Texts::default(),
            targets: Targets::default(),
            graphics: Graphics::default(),
            hold: Hold::default(),
            place: None,
        };
        (cabinet, effects)
    }

    /// Takes in what a person did. `None` if nothing visible has changed.
    pub fn input(&mut self, input: Input, now: Moment) -> Option<Vec<Effect>> {
        let action = match input {
            Input::Digit(digit) => self.targets.of_digit(digit)?,
            Input::Sign(sign) => self.sign(sign)?,
            Input::Enter => self.targets.focused(self.hold.focus)?,
            Input::Escape => GlobalAction::Back.into(),
            Input::Backspace => ScreenAction::Erase.into(),
            Input::Tab => return self.focus(self.targets.next(self.focused(), true)),
            Input::BackTab => return self.focus(self.targets.next(self.focused(), false)),
            Input::Arrow(direction) => {
                return self.focus(self.targets.towards(self.focused(), direction));
            }
            Input::Function(1) | Input::Interrupt => TrainingAction::Drawer.into(),
            Input::Function(2) => TrainingAction::Insert(PracticeCard::MayBook).into(),
            Input::Function(3) => TrainingAction::Insert(PracticeCard::MigrantWorker).into(),
            Input::Function(4) => TrainingAction::Pull.into(),
            Input::Function(5) => TrainingAction::Phone.into(),
            Input::Function(6) => TrainingAction::People.into(),
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
            '*' => GlobalAction::Home.into(),
            '/' | '?' => GlobalAction::Help.into(),
            '+' => GlobalAction::Bilingual.into(),
            '=' => GlobalAction::Clearer.into(),
            '.' => GlobalAction::Languages.into(),
            '-' => GlobalAction::Back.into(),
            letter if letter.is_ascii_alphabetic() => return self.letter(letter),
            _ => return None,
        };
        // Only what is on the screen: a key never does what no button shows.
        self.targets.all().iter().any(|target| target.action == action).then_some(action)
    }

    /// A letter of a real keyboard, of either size, where there are letters on the screen.
    fn letter(&self, letter: char) -> Option<Action> {
        let is_it = |target: &Target| match target.action {
            Action::Screen(ScreenAction::Letter(shown)) => shown.eq_ignore_ascii_case(&letter),
            Action::Screen(_) | Action::Global(_) | Action::Training(_) => false,
        };
        let shown = self.targets.all().iter().any(is_it);
        shown.then_some(ScreenAction::Letter(letter).into())
    }

    /// What is under a finger. The operator's corner is drawn nowhere, so that nobody finds it with
    /// their eyes.
    fn touched(&self, x: u16, y: u16) -> Option<Action> {
        self.targets.at(x, y).or_else(|| (x < 4 && y < 1).then_some(GlobalAction::Corner.into()))
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
        let place = Some(place_of(&self.journey));
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
        self.graphics.begin();
        let journey = &self.journey;
        let mut ui = Ui {
            buffer,
            targets: &mut self.targets,
            graphics: &mut self.graphics,
            texts: &self.texts,
            language: journey.language(),
            bilingual: journey.bilingual(),
            hold: self.hold,
            cut_off: &mut cut_off,
        };
        ui.fill(area, theme::PLAIN);
        draw(journey, &mut ui, area);
        if journey.machine.clearer {
            theme::make_clearer(buffer);
            self.graphics.recolour(theme::clearer);
        }
        self.graphics.end();
        // The pressed or focused button may be gone with the last event.
        self.hold.focus =
            self.targets.focused(self.hold.focus).filter(|_| self.hold.focus.is_some());
        cut_off
    }

    pub fn targets(&self) -> &Targets {
        &self.targets
    }

    /// The large type and the pictures of the frame that was drawn last. The cells say the same
    /// without them.
    pub fn graphics(&self) -> &[Graphic] {
        self.graphics.all()
    }
}

fn draw(journey: &Journey, ui: &mut Ui<'_>, area: Rect) {
    if too_small::is_too_small(area) {
        too_small::view(ui, area);
        return;
    }
    let context = journey.context();
    let body = Chrome::body(area);
    if let (Some(Screen::Receipt(receipt)), None) = (journey.screen(), &journey.overlay)
        && receipt.takes_all(body)
    {
        let left = countdown(journey.time_left().unwrap_or_default().as_secs());
        let words = ui.say(&say::TimeLeft { time: left.into() }).main;
        receipt.view_code(ui, area, &context, &words);
        return;
    }
    match &journey.overlay {
        Some(overlay) => draw_overlay(journey, overlay, ui, body, &context),
        None => match &journey.phase {
            Phase::AtRest => attract::view(ui, body, &context),
            Phase::Visiting { screen, .. } => screen.view(ui, body, &context),
            Phase::Farewell(farewell) => farewell.view(ui, body, &context),
        },
    }
    let chrome = chrome(journey);
    chrome.footer(ui, area);
    chrome.header(ui, area, &context);
}

fn draw_overlay(
    journey: &Journey,
    overlay: &Overlay,
    ui: &mut Ui<'_>,
    body: Rect,
    context: &Context<'_>,
) {
    match overlay {
        Overlay::Languages => language::view(ui, body, context),
        Overlay::Help { topic } => help::view(ui, body, *topic),
        Overlay::Scanned(scanned) => {
            scanned::view(ui, body, *scanned, journey.machine.profile.training);
        }
        Overlay::StillThere => still_there::view(ui, body, journey.grace_left()),
        Overlay::Operator(operator) => operator::view(ui, body, operator, journey.pin_wait()),
        Overlay::Drawer => drawer::view(ui, body, context, journey.slot_to_fill().is_some()),
        Overlay::Phone => practice_phone::view(ui, body, context),
        Overlay::People => people::view(ui, body, context),
    }
}

fn chrome(journey: &Journey) -> Chrome {
    let visiting = journey.current_visit().is_some();
    Chrome {
        time_left: journey.time_left(),
        step: journey.progress().filter(|_| journey.overlay.is_none()),
        has_back: journey.overlay.is_some() || journey.screen().is_some_and(Screen::has_back),
        in_visit: visiting,
        leaves: journey.home_leaves(),
        clearer: journey.machine.clearer,
        chinese_offered: visiting && journey.language() != Language::ZhTw,
    }
}

//! The kiosk without its terminal: journey and touch panel together. Keys and touches in, effects
//! out, frames drawn into a buffer. Still pure: tests type into the very thing that people touch.

mod counter_keys;
mod first_digit;
mod frame;
mod guard;
mod input;
mod place;
mod trainers_keys;

pub use input::Input;

use super::journey::Journey;
use super::model::action::{Action, ExerciseAction, GlobalAction, ScreenAction, TrainingAction};
use super::model::counter::CounterAction;
use super::model::effect::Effect;
use super::model::event::{Event, Moment};
use super::theme;
use super::widgets::graphic::{Graphic, Graphics};
use super::widgets::targets::{Key, Target, Targets};
use super::widgets::ui::{FirstDigit, Hold, Ui};
use crate::config::profile::Profile;
use crate::i18n::texts::Texts;
use first_digit::Meant;
use guard::{Guard, Kind};
use place::{Place, place_of};
use ratatui::buffer::Buffer;
use std::rc::Rc;
use std::time::Duration;

/// The kiosk without its terminal.
pub struct Cabinet {
    pub journey: Journey,
    texts: Rc<Texts>,
    targets: Targets,
    /// Those of the frame before; empty if another place was on the screen.
    last_drawn: Targets,
    /// Those before the buttons of the same place last changed: whoever aims at a button that has
    /// just become another one does not mean it.
    before: Targets,
    graphics: Graphics,
    has_pictures: bool,
    hold: Hold,
    place: Option<Place>,
    guard: Guard,
    /// Which of a page's screens is on, and how many there are, where type is too large for one.
    turned: (usize, usize),
}

impl Cabinet {
    pub fn start(profile: Profile, now: Moment) -> (Self, Vec<Effect>) {
        Self::start_with(Rc::default(), profile, now)
    }

    /// With texts that others read too: to read the files of all languages takes longer than all
    /// else at a start.
    pub fn start_with(texts: Rc<Texts>, profile: Profile, now: Moment) -> (Self, Vec<Effect>) {
        let (journey, effects) = Journey::start(profile, now);
        let place = Some(place_of(&journey));
        let cabinet = Self {
            journey,
            texts,
            targets: Targets::default(),
            last_drawn: Targets::default(),
            before: Targets::default(),
            graphics: Graphics::default(),
            has_pictures: false,
            hold: Hold::default(),
            place,
            guard: Guard::default(),
            turned: (0, 1),
        };
        (cabinet, effects)
    }

    /// The terminal shows pictures, so a page may lay out room for one.
    pub fn shows_pictures(&mut self) {
        self.has_pictures = true;
    }

    /// The terminal can be asked for larger type.
    pub fn enlarges_type(&mut self) {
        self.journey.machine.enlarges = true;
    }

    /// The person has seen what is on the screen, however short a time it has been there: what
    /// comes next counts. For whoever drives the kiosk with a clock that stands still.
    pub fn has_been_seen(&mut self) {
        self.guard = Guard::default();
    }

    /// Takes in what a person did. `None` if nothing visible has changed.
    pub fn input(&mut self, input: Input, now: Moment) -> Option<Vec<Effect>> {
        let is_paused = self.journey.supervision().is_paused && input != Input::Resize;
        if is_paused || !self.guard.admits(input, self.kind(input), now.uptime) {
            return None;
        }
        let first_digit = self.hold.first_digit.take();
        if first_digit.is_some() && first_digit::takes_back(input) {
            self.journey.touched();
            return Some(Vec::new());
        }
        let came_of_it = self.admitted(input, first_digit, now);
        // A first digit that is given up is not on the buttons any more.
        came_of_it.or_else(|| first_digit.map(|_| Vec::new()))
    }

    /// What an input that counts does.
    fn admitted(
        &mut self,
        input: Input,
        first_digit: Option<FirstDigit>,
        now: Moment,
    ) -> Option<Vec<Effect>> {
        if let Some(action) = self.counter_key(input) {
            return Some(self.event(Event::Act(action), now));
        }
        let action = match input {
            Input::Digit(digit) => match self.digit(digit, first_digit, now.uptime)? {
                Meant::Action(action) => action,
                Meant::Waits => return Some(Vec::new()),
                Meant::Nothing => return Some(vec![Effect::Bell]),
            },
            Input::Sign(sign) => self.sign(sign)?,
            Input::Enter | Input::Space => self.entered()?,
            Input::PageUp | Input::PageDown | Input::Lock | Input::LogOut => return None,
            Input::Escape => GlobalAction::Back.into(),
            Input::Backspace => self.erased()?,
            Input::Tab => return self.focus(self.targets.next(self.focused(), true)),
            Input::BackTab => return self.focus(self.targets.next(self.focused(), false)),
            Input::Arrow(direction) => {
                return self.focus(self.targets.towards(self.focused(), direction));
            }
            Input::Function(number) => trainers_keys::action(number)?,
            Input::Interrupt => TrainingAction::WayOut.into(),
            Input::Task => ExerciseAction::TaskCard.into(),
            Input::Press { x, y } => return self.press(x, y, now.uptime),
            Input::Release { x, y } => {
                let pressed = self.hold.pressed.take()?;
                if self.touched(x, y) != Some(pressed) {
                    return Some(Vec::new());
                }
                pressed
            }
            Input::Resize => {
                if self.turned.1 > 1 {
                    self.turned.0 = 0;
                    self.guard.shown(now.uptime);
                }
                return Some(Vec::new());
            }
        };
        if action == GlobalAction::TurnPage.into() {
            self.turn_page(input, now.uptime);
            return Some(Vec::new());
        }
        Some(self.event(Event::Act(action), now))
    }

    /// The next screen of the same page, round and round. What is on it counts once it can have
    /// been seen. Whoever turns with Enter goes on turning with Enter, and chooses nothing by it.
    fn turn_page(&mut self, input: Input, now: Duration) {
        let (page, pages) = self.turned;
        self.journey.touched();
        let place = Some(place_of(&self.journey));
        // What asked whether somebody is still there has gone with the touch.
        let is_same = place == self.place;
        self.turned.0 = if is_same { (page + 1) % pages } else { 0 };
        self.place = place;
        self.begin_anew();
        self.hold.focus = (input == Input::Enter).then_some(GlobalAction::TurnPage.into());
        self.guard.shown(now);
    }

    fn begin_anew(&mut self) {
        self.hold = Hold::default();
        self.targets.clear();
    }

    /// What a key does at the counter; `None` elsewhere, or if something lies over it.
    fn counter_key(&self, input: Input) -> Option<Action> {
        let counter = self.journey.counter().filter(|_| self.journey.takes_counter_keys())?;
        counter_keys::meant(input, counter, self.journey.machine.profile.training)
    }

    /// What an input is for. A counter has function keys of its own, which answer what is on its
    /// screen like any other.
    fn kind(&self, input: Input) -> Kind {
        let is_trainers = |action| matches!(action, Some(Action::Training(_)) | None);
        match input {
            Input::Function(_) | Input::Interrupt | Input::Task
                if is_trainers(self.counter_key(input)) =>
            {
                Kind::Trainers
            }
            _ if self.types(input) => Kind::Typed,
            _ => Kind::Answer,
        }
    }

    /// Whether a key goes into a field, where the same may be meant twice in a row.
    fn types(&self, input: Input) -> bool {
        if let Some(action) = self.counter_key(input) {
            let ticks = self.journey.counter().is_some_and(|counter| counter.ticks(action));
            return types(action) && !ticks;
        }
        let action = match input {
            Input::Digit(digit) => self.targets.of_key(Key::Digit(digit)),
            Input::Sign(sign) => self.sign(sign),
            Input::Backspace => Some(ScreenAction::Erase.into()),
            _ => None,
        };
        action.is_some_and(types)
    }

    /// What Enter does. Where a page has no button of its own the first is "home" of the footer:
    /// nobody means to leave who has not moved the focus there.
    fn entered(&self) -> Option<Action> {
        let action = self.targets.focused(self.hold.focus)?;
        let leaves = action == Action::Global(GlobalAction::Home);
        (self.hold.focus.is_some() || !leaves).then_some(action)
    }

    fn press(&mut self, x: u16, y: u16, now: Duration) -> Option<Vec<Effect>> {
        if self.targets.at(x, y) != self.before.at(x, y) && self.guard.was_redrawn(now) {
            return None;
        }
        let Some(touched) = self.touched(x, y) else {
            // A button that does nothing says at least that it was touched.
            self.targets.is_off(x, y).then(|| self.journey.touched())?;
            return Some(vec![Effect::Bell]);
        };
        let means_it_again = types(touched) || !matches!(touched, Action::Screen(_));
        if !self.guard.admits_tap(touched, means_it_again, now) {
            return None;
        }
        self.hold.pressed = Some(touched);
        Some(Vec::new())
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

    /// A field is erased where its keys are, and so what they type.
    fn erased(&self) -> Option<Action> {
        let shown = self.targets.all().iter().any(|target| types(target.action));
        shown.then_some(ScreenAction::Erase.into())
    }

    /// A letter of a real keyboard, of either size, where there are letters on the screen.
    fn letter(&self, letter: char) -> Option<Action> {
        let is_it = |target: &Target| match target.action {
            Action::Screen(ScreenAction::Letter(shown)) => shown.eq_ignore_ascii_case(&letter),
            Action::Screen(_) | Action::Global(_) | Action::Training(_) | Action::Counter(_) => {
                false
            }
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
        self.first_digit_lapses(now.uptime);
        let place = Some(place_of(&self.journey));
        if place != self.place {
            let same = self.place.as_ref().zip(place.as_ref());
            if !same.is_some_and(|(before, now)| before.asks_the_same(now)) {
                self.guard.shown(now.uptime);
                self.turned.0 = 0;
            }
            self.place = place;
            self.begin_anew();
        }
        effects
    }

    /// Draws the whole screen. Returns the texts that had no room: always none at a size that is
    /// offered.
    pub fn draw(&mut self, buffer: &mut Buffer) -> Vec<String> {
        let now = self.journey.machine.now.uptime;
        std::mem::swap(&mut self.targets, &mut self.last_drawn);
        let mut cut_off = self.draw_once(buffer);
        let focused = self.last_drawn.focused(self.hold.focus);
        if let Some(focused) = focused.filter(|it| self.targets.area_of(*it).is_none()) {
            // The focus stays where it was on the screen, and no key is taken until the person can
            // have seen on what it is now. Where nobody is served, and nobody moved it, it begins
            // with the first button again.
            if self.hold.focus.is_some() || self.journey.current_visit().is_some() {
                let area = self.last_drawn.area_of(focused);
                self.hold.focus = area.and_then(|area| self.targets.nearest(area, focused));
                self.guard.jumped(now);
            }
            cut_off = self.draw_once(buffer);
        }
        if !self.last_drawn.all().is_empty() && self.last_drawn != self.targets {
            if !self.guard.was_redrawn(now) {
                std::mem::swap(&mut self.before, &mut self.last_drawn);
            }
            self.guard.redrawn(now);
        }
        cut_off
    }

    fn draw_once(&mut self, buffer: &mut Buffer) -> Vec<String> {
        let mut cut_off = Vec::new();
        let area = buffer.area;
        self.targets.clear();
        self.graphics.begin();
        let journey = &self.journey;
        let mut ui = Ui {
            buffer,
            targets: &mut self.targets,
            graphics: &mut self.graphics,
            has_pictures: self.has_pictures,
            texts: &self.texts,
            language: journey.language(),
            bilingual: journey.bilingual(),
            hold: self.hold,
            cut_off: &mut cut_off,
            outline: None,
        };
        ui.fill(area, theme::PLAIN);
        self.turned.1 = frame::draw(journey, &mut ui, area, self.turned.0);
        self.turned.0 %= self.turned.1;
        if journey.machine.clearer.is_on() {
            theme::make_clearer(buffer);
            self.graphics.recolour(theme::clearer);
        }
        self.graphics.end();
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

/// Whether an action types into a field.
fn types(action: Action) -> bool {
    matches!(
        action,
        Action::Screen(ScreenAction::Key(_) | ScreenAction::Letter(_) | ScreenAction::Erase)
            | Action::Counter(CounterAction::Type(_) | CounterAction::Erase)
    )
}

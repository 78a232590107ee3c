//! What the keys of a keyboard mean at a counter. Characters go into the field that has the focus;
//! all else has a key of its own.

use super::input::Input;
use crate::kiosk::model::action::{Action, ExerciseAction, GlobalAction, TrainingAction};
use crate::kiosk::model::counter::{CounterAction, Tab};
use crate::kiosk::model::site::{SiteAction, SitePage};
use crate::kiosk::screens::counter::Counter;
use crate::kiosk::screens::counter::site::SiteDesk;
use crate::kiosk::widgets::targets::Direction;

/// What a key does; `None` for what is no key, and for a key without a meaning.
pub(super) fn meant(input: Input, counter: &Counter, training: bool) -> Option<Action> {
    let desk = counter.working().filter(|working| working.asked.is_none());
    if let Some(desk) = desk.and_then(|working| working.desk.site())
        && let Some(action) = at_desk(input, desk)
    {
        return Some(action);
    }
    let action = match input {
        Input::Digit(digit) => CounterAction::Type(char::from(b'0' + digit)),
        Input::Sign(sign) => return Some(sign_of(sign, counter)),
        Input::Space => CounterAction::Type(' '),
        Input::Backspace => CounterAction::Erase,
        Input::Enter => CounterAction::Enter,
        Input::Escape => CounterAction::Escape,
        Input::Tab => CounterAction::Next,
        Input::BackTab => CounterAction::Previous,
        Input::Arrow(Direction::Up) => CounterAction::Up,
        Input::Arrow(Direction::Down) => CounterAction::Down,
        Input::Arrow(Direction::Left) => CounterAction::Previous,
        Input::Arrow(Direction::Right) => CounterAction::Next,
        Input::PageUp => CounterAction::PageUp,
        Input::PageDown => CounterAction::PageDown,
        Input::Lock => CounterAction::Lock,
        Input::LogOut => CounterAction::LogOut,
        Input::Function(1) if training => return Some(TrainingAction::Drawer.into()),
        Input::Function(1) => return Some(GlobalAction::Help.into()),
        Input::Interrupt => return Some(TrainingAction::WayOut.into()),
        Input::Task => return Some(ExerciseAction::TaskCard.into()),
        Input::Function(7) => CounterAction::CitizenSide,
        Input::Function(8) => CounterAction::Clear,
        Input::Function(9) => CounterAction::Submit,
        Input::Function(10) => CounterAction::Print,
        Input::Function(11) => counter.eleventh_key(),
        Input::Function(12) => CounterAction::NextPerson,
        Input::Function(key) => CounterAction::Tab(Tab::of_key(key)?),
        Input::Press { .. } | Input::Release { .. } | Input::Resize => return None,
    };
    Some(action.into())
}

/// What is another key at the desk of a vaccination site: its pages, what is entered, and the
/// digits of its buttons while somebody is in front.
fn at_desk(input: Input, desk: &SiteDesk) -> Option<Action> {
    let action = match input {
        Input::Digit(digit @ 1..=2) if desk.has_choices() => SiteAction::Choice(digit),
        Input::Sign('.') if desk.page != SitePage::Lot => {
            return Some(GlobalAction::Languages.into());
        }
        Input::Function(8) => SiteAction::MoreDoses,
        Input::Function(9) => SiteAction::Vaccinated,
        Input::Function(10) => SiteAction::Left,
        Input::Function(11) => SiteAction::TakeBack,
        Input::Function(12) => SiteAction::Next,
        Input::Function(key) => SiteAction::Page(SitePage::of_key(key)?),
        _ => return None,
    };
    Some(CounterAction::Site(action).into())
}

/// A few signs are no part of anything that is typed.
fn sign_of(sign: char, counter: &Counter) -> Action {
    match (sign, counter.log_in()) {
        // A password may have any of them.
        (_, Some(log_in)) if log_in.types() => CounterAction::Type(sign).into(),
        ('=', _) => GlobalAction::Clearer.into(),
        ('?', _) => GlobalAction::Help.into(),
        ('.', Some(_)) => GlobalAction::Languages.into(),
        _ => CounterAction::Type(sign).into(),
    }
}

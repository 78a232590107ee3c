//! The touch areas of the frame that is on the screen, recorded while it was drawn, and the moving
//! of the focus over them.

use crate::kiosk::model::action::{Action, GlobalAction};
use ratatui::layout::{Position, Rect};
use std::mem::discriminant;

/// The key that does the same as a touch of the button.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    Digit(u8),
    /// Two digits, one after the other: 0 to 99.
    Number(u8),
}

/// One touch area.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Target {
    pub area: Rect,
    pub action: Action,
    pub key: Option<Key>,
}

/// All of a frame, in the order of drawing: what was drawn later lies on top.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Targets {
    buttons: Vec<Target>,
    /// Places that do what a button elsewhere does when they are touched, such as those on a map.
    /// Keys and the focus do not know them.
    also: Vec<(Rect, Action)>,
    /// Buttons that cannot be pressed now.
    off: Vec<Rect>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    Up,
    Down,
    Left,
    Right,
}

impl Targets {
    pub fn clear(&mut self) {
        self.buttons.clear();
        self.also.clear();
        self.off.clear();
    }

    /// A button here cannot be pressed now.
    pub fn record_off(&mut self, area: Rect) {
        self.off.push(area);
    }

    /// Whether a button that cannot be pressed now is there.
    pub fn is_off(&self, x: u16, y: u16) -> bool {
        self.off.iter().any(|area| area.contains(Position { x, y }))
    }

    /// Touching this area does what the button with this action does.
    pub fn record_also(&mut self, area: Rect, action: Action) {
        self.also.push((area, action));
    }

    pub fn record(&mut self, target: Target) {
        self.buttons.push(target);
    }

    pub fn all(&self) -> &[Target] {
        &self.buttons
    }

    pub fn at(&self, x: u16, y: u16) -> Option<Action> {
        let at = Position { x, y };
        let button = self.buttons.iter().rev().find(|target| target.area.contains(at));
        let also = || self.also.iter().find(|(area, _)| area.contains(at));
        button.map(|target| target.action).or_else(|| also().map(|(_, action)| *action))
    }

    pub fn of_key(&self, key: Key) -> Option<Action> {
        self.buttons.iter().rev().find(|target| target.key == Some(key)).map(|target| target.action)
    }

    /// Whether a button's number begins with this digit.
    pub fn has_number_from(&self, tens: u8) -> bool {
        let begins = |target: &Target| matches!(target.key, Some(Key::Number(n)) if n / 10 == tens);
        self.buttons.iter().any(begins)
    }

    /// The nearest to the area of a button that is gone, by the middles of both: one that does the
    /// same kind of thing, if there is any, and else rather one of the page's own than one of those
    /// around it, which lead away. Cells are about twice as high as wide.
    pub fn nearest(&self, area: Rect, gone: Action) -> Option<Action> {
        let middle = |area: Rect| (2 * area.x + area.width, 2 * (2 * area.y + area.height));
        let (x, y) = middle(area);
        let is_like = |action: Action| match (action, gone) {
            (Action::Screen(one), Action::Screen(other)) => {
                discriminant(&one) == discriminant(&other)
            }
            (
                Action::Screen(_) | Action::Global(_) | Action::Training(_) | Action::Counter(_),
                _,
            ) => false,
        };
        let apart = |target: &&Target| {
            let (other_x, other_y) = middle(target.area);
            let apart = u32::from(x.abs_diff(other_x)) + u32::from(y.abs_diff(other_y));
            let is_page_s_own =
                matches!(target.action, Action::Screen(_) | Action::Global(GlobalAction::TurnPage));
            (!is_like(target.action), !is_page_s_own, apart)
        };
        self.buttons.iter().min_by_key(apart).map(|target| target.action)
    }

    /// Where an action's button is.
    pub fn area_of(&self, action: Action) -> Option<Rect> {
        self.buttons.iter().find(|target| target.action == action).map(|target| target.area)
    }

    fn index_of(&self, action: Option<Action>) -> Option<usize> {
        self.buttons.iter().position(|target| Some(target.action) == action)
    }

    /// What has the focus: the remembered one if it is still there, else the first that was drawn.
    pub fn focused(&self, remembered: Option<Action>) -> Option<Action> {
        self.buttons.get(self.index_of(remembered).unwrap_or(0)).map(|target| target.action)
    }

    /// The next in the order of drawing, round and round.
    pub fn next(&self, from: Option<Action>, forwards: bool) -> Option<Action> {
        let count = self.buttons.len();
        let at = self.index_of(from).unwrap_or(0);
        let step = if forwards { 1 } else { count.saturating_sub(1) };
        self.buttons.get((at + step) % count.max(1)).map(|target| target.action)
    }

    /// The nearest in a direction: what lies straight ahead before what lies aside.
    pub fn towards(&self, from: Option<Action>, direction: Direction) -> Option<Action> {
        let origin = self.buttons.get(self.index_of(from).unwrap_or(0))?;
        let best = self.buttons.iter().filter(|t| t.action != origin.action);
        let best = best.filter_map(|target| {
            Some((distance(origin.area, target.area, direction)?, target.action))
        });
        Some(best.min_by_key(|(distance, _)| *distance).map_or(origin.action, |(_, action)| action))
    }
}

/// How far `to` is from `from` in a direction; `None` if it is not that way. Cells are about twice
/// as high as wide.
fn distance(from: Rect, to: Rect, direction: Direction) -> Option<u32> {
    let gap = |a_end: u16, b_start: u16| (b_start >= a_end).then(|| u32::from(b_start - a_end));
    let aside = |a: (u16, u16), b: (u16, u16)| {
        let (a, b) = ((u32::from(a.0), u32::from(a.1)), (u32::from(b.0), u32::from(b.1)));
        let apart =
            b.0.saturating_sub(a.1.saturating_sub(1))
                .max(a.0.saturating_sub(b.1.saturating_sub(1)));
        (apart, (a.0 + a.1).abs_diff(b.0 + b.1) / 2)
    };
    let (columns, rows) = ((from.left(), from.right()), (from.top(), from.bottom()));
    let (to_columns, to_rows) = ((to.left(), to.right()), (to.top(), to.bottom()));
    let (ahead, (apart, off_centre), ahead_weight, aside_weight) = match direction {
        Direction::Up => (gap(to_rows.1, rows.0)?, aside(columns, to_columns), 2, 1),
        Direction::Down => (gap(rows.1, to_rows.0)?, aside(columns, to_columns), 2, 1),
        Direction::Left => (gap(to_columns.1, columns.0)?, aside(rows, to_rows), 1, 2),
        Direction::Right => (gap(columns.1, to_columns.0)?, aside(rows, to_rows), 1, 2),
    };
    Some(ahead * ahead_weight * 16 + apart * aside_weight * 64 + off_centre)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kiosk::model::action::{GlobalAction, ScreenAction, TrainingAction};

    fn some(action: impl Into<Action>) -> Option<Action> {
        Some(action.into())
    }

    fn grid() -> Targets {
        let mut targets = Targets::default();
        for at in 0..9u16 {
            let area = Rect::new(at % 3 * 20, at / 3 * 4, 18, 4);
            targets.record(Target {
                area,
                action: ScreenAction::Pick(usize::from(at)).into(),
                key: Some(Key::Digit(at as u8 + 1)),
            });
        }
        targets.record(Target {
            area: Rect::new(0, 14, 12, 3),
            action: GlobalAction::Back.into(),
            key: None,
        });
        targets
    }

    #[test]
    fn arrows_move_as_the_eye_expects() {
        let targets = grid();
        let from = |at| some(ScreenAction::Pick(at));
        assert_eq!(targets.towards(from(4), Direction::Left), from(3));
        assert_eq!(targets.towards(from(4), Direction::Right), from(5));
        assert_eq!(targets.towards(from(4), Direction::Up), from(1));
        assert_eq!(targets.towards(from(4), Direction::Down), from(7));
        assert_eq!(targets.towards(from(6), Direction::Down), some(GlobalAction::Back));
        assert_eq!(targets.towards(from(2), Direction::Right), from(2), "at the edge it stays");
    }

    #[test]
    fn tab_goes_round_and_a_lost_focus_begins_at_the_first() {
        let targets = grid();
        assert_eq!(targets.next(some(GlobalAction::Back), true), some(ScreenAction::Pick(0)));
        assert_eq!(targets.next(some(ScreenAction::Pick(0)), false), some(GlobalAction::Back));
        assert_eq!(targets.focused(some(TrainingAction::Drawer)), some(ScreenAction::Pick(0)));
        assert_eq!(Targets::default().next(None, true), None);
    }

    #[test]
    fn a_touch_and_a_digit_find_their_button() {
        let targets = grid();
        assert_eq!(targets.at(21, 5), some(ScreenAction::Pick(4)));
        assert_eq!(targets.at(19, 5), None);
        assert_eq!(targets.of_key(Key::Digit(9)), some(ScreenAction::Pick(8)));
    }

    #[test]
    fn a_place_that_does_the_same_is_for_fingers_only() {
        let mut targets = grid();
        let count = targets.all().len();
        targets.record_also(Rect::new(70, 0, 2, 1), ScreenAction::Pick(3).into());
        assert_eq!(targets.at(71, 0), some(ScreenAction::Pick(3)));
        assert_eq!(targets.all().len(), count);
        assert_eq!(targets.area_of(ScreenAction::Pick(3).into()), Some(Rect::new(0, 4, 18, 4)));
        targets.clear();
        assert_eq!(targets.at(71, 0), None);
    }
}

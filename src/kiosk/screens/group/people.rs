//! The people who are in, each as a button with their mark, masked name and phone.

use super::super::context::Context;
use crate::i18n::dates::clock;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::group::MARKS;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Ui, Words};
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns of a button's frame and key.
const AROUND: u16 = 8;

/// The columns and rows of the list, and the rows of a button.
fn grid(ui: &Ui<'_>, people: usize) -> (Grid, u16) {
    let (columns, height) = match SizeClass::of(ui.buffer.area) {
        SizeClass::Upright => (2, 4),
        SizeClass::Compact => (3, 4),
        SizeClass::Standard => (3, 5),
        SizeClass::Wide => (3, 6),
    };
    (Grid { columns, rows: (people as u16).div_ceil(columns).max(1) }, height)
}

/// The rows that so many people take.
pub fn rows(ui: &Ui<'_>, people: usize) -> u16 {
    let (grid, height) = grid(ui, people);
    grid.rows * height
}

/// Their buttons, with digits from `digit` on.
pub fn draw(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>, digit: u8) {
    let Some((visit, group)) = context.visit.and_then(|visit| Some((visit, visit.group.as_ref()?)))
    else {
        return;
    };
    let (grid, _) = grid(ui, group.people());
    for nth in 0..group.people() {
        let Some((name, mobile)) = visit.shown(nth) else { continue };
        let cell = grid.cell(area, nth);
        let cell = Rect { width: cell.width.saturating_sub(1), ..cell };
        let room = usize::from(cell.width.saturating_sub(AROUND));
        let name = format!("{} {}", MARKS[nth % MARKS.len()], short(&name, room - 2));
        let hour = group.hours.get(nth).map(|slot| clock(slot.starts));
        let below = [hour, Some(mobile)].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let button = Button::new(Words::same(name), ScreenAction::Member(nth));
        let button = button.detail(Words::same(below)).digit(digit + nth as u8);
        button.draw(ui, cell);
    }
}

/// A masked name in so many columns: its runs of stars are one star where it is too long, and then
/// its end goes.
pub fn short(name: &str, columns: usize) -> String {
    if name.width() <= columns {
        return name.to_owned();
    }
    let mut shorter = String::new();
    for part in name.graphemes(true) {
        if part != "*" || !shorter.ends_with('*') {
            shorter.push_str(part);
        }
    }
    while shorter.width() > columns {
        let end = shorter.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
        shorter.truncate(end);
    }
    shorter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_keeps_its_beginnings() {
        assert_eq!(short("甄〇康", 17), "甄〇康");
        assert_eq!(short("S**** W******* S******", 17), "S* W* S*");
        assert_eq!(short("S**** W*******", 4), "S* W");
    }
}

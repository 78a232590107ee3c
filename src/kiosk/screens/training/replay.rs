//! The trainee's own steps, one by one: when, on which screen, what they did, and where it went
//! well or wrong.

use super::step_words::sentence;
use crate::i18n::dates::countdown;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::wrap::wrap;
use crate::kiosk::model::action::ExerciseAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use crate::training::debrief::{Debriefing, Mark, ReplayStep};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Columns of the time and the mark before a step.
const BEFORE: u16 = 10;
/// Where there are more steps than this, there are buttons that go so many of them at once.
const AT_ONCE: usize = 20;

pub fn view(ui: &mut Ui<'_>, area: Rect, debriefing: &Debriefing) {
    let (at, of) = (debriefing.at, debriefing.replay.len());
    let nth = if of == 0 { 0 } else { at + 1 };
    let title = ui.say_alone(&say::ReplayTitle { nth: nth.into(), of: of.into() });
    let marks = ui.say_alone(&say::ReplayMarks);
    let mut page = Column::headed(ui, area, &title, Some(&marks));
    let foot = page.take_bottom(match (area.width < 70, of > AT_ONCE) {
        (true, true) => 9,
        (true, false) => 8,
        (false, true) => 6,
        (false, false) => 4,
    });
    buttons(ui, foot, debriefing);
    let mut page = page.inset(1);
    if of == 0 {
        let words = ui.say_alone(&say::ReplayEmpty);
        return page.lines(ui, &words.main, Align::Left, theme::PLAIN);
    }
    let width = usize::from(page.rest().width.saturating_sub(BEFORE)).max(2);
    let texts: Vec<String> =
        debriefing.replay.iter().map(|step| sentence(ui.texts, ui.language, step)).collect();
    let rows: Vec<usize> = texts.iter().map(|text| wrap(text, width).len()).collect();
    let (from, to) = window(&rows, at, usize::from(page.rest().height));
    for nth in from..to {
        let row = page.take(rows[nth] as u16);
        draw(ui, row, &debriefing.replay[nth], &texts[nth], nth == at);
    }
}

/// The steps around the marked one that have room: about as many before it as behind it.
fn window(rows: &[usize], at: usize, room: usize) -> (usize, usize) {
    let (mut from, mut to) = (at, at + 1);
    let mut left = room.saturating_sub(rows[at]);
    loop {
        let before = (from > 0).then(|| rows[from - 1]).filter(|rows| *rows <= left);
        let behind = rows.get(to).copied().filter(|rows| *rows <= left);
        match (before, behind) {
            (Some(rows), None) => (from, left) = (from - 1, left - rows),
            (Some(rows), Some(_)) if at - from < to - at => (from, left) = (from - 1, left - rows),
            (_, Some(rows)) => (to, left) = (to + 1, left - rows),
            (None, None) => return (from, to),
        }
    }
}

fn draw(ui: &mut Ui<'_>, area: Rect, step: &ReplayStep, text: &str, is_on: bool) {
    let (sign, style) = looks(step.mark);
    let ground = if is_on { theme::PANEL } else { theme::PLAIN };
    let style = if is_on { Style { bg: ground.bg, ..style } } else { style };
    ui.fill(area, ground);
    let mut row = Column::new(area);
    let mark = if is_on { "▶" } else { " " };
    let before = Column::new(row.take_left(BEFORE)).take(1);
    let time = countdown(step.step.at.as_secs());
    ui.line(before, &format!("{mark}{time} {sign}"), Align::Left, style);
    let style = if is_on { style.add_modifier(Modifier::BOLD) } else { style };
    row.lines(ui, text, Align::Left, style);
}

fn looks(mark: Mark) -> (&'static str, Style) {
    match mark {
        Mark::Plain => ("", theme::PLAIN),
        Mark::Fault => ("▲", theme::PLAIN),
        Mark::Well => ("✓", theme::FINE_TEXT),
        Mark::Mistake => ("✗", theme::WARNING),
    }
}

fn buttons(ui: &mut Ui<'_>, foot: Rect, debriefing: &Debriefing) {
    let (at, of) = (debriefing.at, debriefing.replay.len());
    let to = |ui: &Ui<'_>, message: &dyn Message, step: Option<usize>| {
        let words: Words = ui.say_alone(message);
        match step {
            Some(step) => Button::new(words, ExerciseAction::Replay(step)),
            None => Button::new(words, ExerciseAction::Replay(at)).disabled(),
        }
    };
    let next = (at + 1 < of).then_some(at + 1);
    // Where the next step is the mistake, one button is enough.
    let mistake = debriefing.next_mistake().filter(|mistake| Some(*mistake) != next);
    let further = say::ReplayFurther { steps: AT_ONCE.into() };
    let back = say::ReplayBack { steps: AT_ONCE.into() };
    let many = (of > AT_ONCE).then(|| {
        let last = of.saturating_sub(1);
        let further = to(ui, &further, (at < last).then(|| (at + AT_ONCE).min(last)));
        [further.digit(5), to(ui, &back, (at > 0).then(|| at.saturating_sub(AT_ONCE))).digit(6)]
    });
    let few = [
        to(ui, &say::ReplayNext, next).digit(1),
        to(ui, &say::ReplayPrevious, at.checked_sub(1)).digit(2),
        to(ui, &say::ReplayMistake, mistake).digit(3),
        Button::new(ui.say_alone(&say::ReplayResult), ExerciseAction::Result).digit(4),
    ];
    let columns = match (foot.width < 70, many.is_some()) {
        (true, _) => 2,
        (false, true) => 3,
        (false, false) => 4,
    };
    let all: Vec<Button> = few.into_iter().chain(many.into_iter().flatten()).collect();
    let grid = Grid { columns, rows: (all.len() as u16).div_ceil(columns) };
    for (at, button) in all.into_iter().enumerate() {
        button.draw(ui, grid.cell(foot, at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marked_step_is_always_among_those_that_are_shown() {
        let rows = [1, 2, 1, 3, 1, 1, 2];
        for at in 0..rows.len() {
            for room in 3..9 {
                let (from, to) = window(&rows, at, room);
                assert!(from <= at && at < to, "{at} in {room}: {from}..{to}");
                assert!(rows[from..to].iter().sum::<usize>() <= room, "{at} in {room}");
            }
        }
        assert_eq!(window(&rows, 0, 4), (0, 3));
        assert_eq!(window(&rows, 3, 20), (0, 7));
        assert_eq!(window(&rows, 6, 4), (4, 7));
    }
}

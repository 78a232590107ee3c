//! What a run was worth: what was well done first, then what was not and why, and how the score was
//! made. On as many pages as it takes.

use super::fact_words::{statement, why};
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::wrap::wrap;
use crate::kiosk::model::action::ExerciseAction;
use crate::kiosk::model::exercises::Exercises;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use crate::training::debrief::Debriefing;
use crate::training::judge::{MOST_WITHOUT_PASSING, Outcome, Part, Reason};
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::collections::VecDeque;

/// Columns of a sign before a reason.
const SIGN: u16 = 2;

/// Something that is said of the run, with a sign before it.
struct Item {
    sign: &'static str,
    text: String,
    style: Style,
    is_heading: bool,
    /// It belongs to the one behind it, and stands on the same page.
    goes_on: bool,
}

pub fn view(
    ui: &mut Ui<'_>,
    area: Rect,
    exercises: &Exercises,
    debriefing: &Debriefing,
    turned: usize,
) {
    let score = debriefing.verdict.score.into();
    let title = match debriefing.verdict.passed {
        true => ui.say_alone(&say::ResultPassed { score }),
        false => ui.say_alone(&say::ResultNotPassed { score }),
    };
    let facts = Words::same(run_facts(ui, debriefing));
    let mut page = Column::headed(ui, area, &title, Some(&facts));
    let foot = page.take_bottom(if area.width < 70 { 8 } else { 6 });
    let room = page.inset(1).rest();
    let pages = paginate(items(ui, exercises, debriefing), room);
    let on = turned % pages.len();
    let mut column = Column::new(room);
    for (item, lines) in &pages[on] {
        let mut row = Column::new(column.take(lines.len() as u16));
        let sign = row.take_left(if item.is_heading { 0 } else { SIGN });
        if !item.sign.is_empty() {
            ui.line(Column::new(sign).take(1), item.sign, Align::Left, item.style);
        }
        row.lines(ui, &item.text, Align::Left, item.style);
    }
    buttons(ui, foot, exercises, debriefing, (on, pages.len()));
}

/// How long it took, with how many presses and hints.
fn run_facts(ui: &Ui<'_>, debriefing: &Debriefing) -> String {
    let seconds = debriefing.took.as_secs();
    let took = say::ResultTook { minutes: (seconds / 60).into(), seconds: (seconds % 60).into() };
    let presses = say::ResultPresses { presses: debriefing.presses.into() };
    let hints = say::ResultHints { hints: debriefing.hints.into() };
    let all: [&dyn Message; 3] = [&took, &presses, &hints];
    all.map(|message| ui.say_alone(message).main).join(" · ")
}

fn items(ui: &Ui<'_>, exercises: &Exercises, debriefing: &Debriefing) -> Vec<Item> {
    let verdict = &debriefing.verdict;
    let heading = |message: &dyn Message, style| Item {
        sign: "",
        text: ui.say_alone(message).main,
        style,
        is_heading: true,
        goes_on: true,
    };
    let said = |sign, text, style| Item { sign, text, style, is_heading: false, goes_on: false };
    let mut items = Vec::new();
    if let Some(cause) = &exercises.not_kept {
        let not_kept = say::ResultNotKept { cause: cause.as_str().into() };
        items.push(said("▲", ui.say_alone(&not_kept).main, theme::WARNING));
    }
    if debriefing.time_over {
        items.push(said("▲", ui.say_alone(&say::ResultTimeOver).main, theme::FEW_LEFT));
    }
    items.push(heading(&say::ResultWell, theme::TITLE));
    for reason in verdict.well_done() {
        items.push(said("✓", outcome(ui, reason), theme::FINE_TEXT));
    }
    if verdict.well_done().next().is_none() {
        items.push(said("", ui.say_alone(&say::ResultNothingWell).main, theme::PLAIN));
    }
    if verdict.missed().next().is_some() {
        items.push(heading(&say::ResultMissed, theme::TITLE));
    }
    for reason in verdict.missed() {
        let missed = said("✗", outcome(ui, reason), theme::WARNING);
        items.push(Item { goes_on: true, ..missed });
        items.push(said("", ui.say_alone(why(&reason.fact)).main, theme::PLAIN));
    }
    if verdict.missed().next().is_none() {
        items.push(said("✓", ui.say_alone(&say::ResultAllWell).main, theme::FINE_TEXT));
    }
    items.push(said("", parts(ui, debriefing), theme::QUIET_TEXT));
    items
}

/// A fact, with what became of it.
fn outcome(ui: &Ui<'_>, reason: &Reason) -> String {
    let fact = statement(ui.texts, ui.language, &reason.fact);
    match reason.outcome {
        Outcome::Met => fact,
        Outcome::Avoided => ui.say_alone(&say::ResultAvoided { fact: fact.into() }).main,
        Outcome::NotMet => ui.say_alone(&say::ResultNotMet { fact: fact.into() }).main,
        Outcome::Happened => ui.say_alone(&say::ResultHappened { fact: fact.into() }).main,
    }
}

/// How the score was made, and the best one before.
fn parts(ui: &Ui<'_>, debriefing: &Debriefing) -> String {
    let part = |part: Part| -> &dyn Message {
        match part {
            Part::Must => &say::ResultPartMust,
            Part::MustNot => &say::ResultPartMustNot,
            Part::Presses => &say::ResultPartPresses,
            Part::Hints => &say::ResultPartHints,
        }
    };
    let points = debriefing.verdict.points.iter();
    let mut all: Vec<String> = points
        .map(|of| format!("{} {}/{}", ui.say_alone(part(of.part)).main, of.got, of.of))
        .collect();
    let got: u16 = debriefing.verdict.points.iter().map(|of| u16::from(of.got)).sum();
    if got > u16::from(debriefing.verdict.score) {
        let most = say::ResultCapped { score: MOST_WITHOUT_PASSING.into() };
        all.push(ui.say_alone(&most).main);
    }
    if let Some(score) = debriefing.best_before {
        all.push(ui.say_alone(&say::ResultBefore { score: score.into() }).main);
    }
    ui.texts.labelled(ui.language, &say::ResultParts, &all.join(" · "))
}

/// The items with their lines, a page after the other.
fn paginate(items: Vec<Item>, room: Rect) -> Vec<Vec<(Item, Vec<String>)>> {
    let with_lines = |item: Item| {
        let width = room.width - if item.is_heading { 0 } else { SIGN };
        let lines = wrap(&item.text, usize::from(width));
        (item, lines)
    };
    let mut items: VecDeque<(Item, Vec<String>)> = items.into_iter().map(with_lines).collect();
    let mut pages: Vec<Vec<(Item, Vec<String>)>> = vec![Vec::new()];
    let mut left = usize::from(room.height);
    while let Some((item, lines)) = items.pop_front() {
        // With all that belongs to it.
        let mut needs = lines.len();
        let mut goes_on = item.goes_on;
        for (next, lines) in &items {
            if !goes_on {
                break;
            }
            needs += lines.len();
            goes_on = next.goes_on;
        }
        if needs > left && pages.last().is_some_and(|page| !page.is_empty()) {
            pages.push(Vec::new());
            left = usize::from(room.height);
        }
        left = left.saturating_sub(lines.len());
        if let Some(page) = pages.last_mut() {
            page.push((item, lines));
        }
    }
    pages
}

fn buttons(
    ui: &mut Ui<'_>,
    foot: Rect,
    exercises: &Exercises,
    debriefing: &Debriefing,
    (on, pages): (usize, usize),
) {
    let button = |ui: &Ui<'_>, message: &dyn Message, action: ExerciseAction| {
        Button::new(ui.say_alone(message), action)
    };
    let mut all = vec![
        (0, button(ui, &say::ResultReplay, ExerciseAction::Replay(debriefing.at)).digit(1)),
        (1, button(ui, &say::ResultAgain, ExerciseAction::Again).digit(2)),
        (3, button(ui, &say::ResultToChoice, ExerciseAction::ToChoice).digit(4)),
    ];
    if exercises.next_of_role(debriefing.exercise).is_some() {
        all.push((2, button(ui, &say::ResultNext, ExerciseAction::Next).digit(3)));
    }
    if pages > 1 {
        let words = say::ResultMore { page: (on + 1).into(), pages: pages.into() };
        all.push((5, button(ui, &words, ExerciseAction::TurnList).digit(0)));
    }
    // What most go on with: the next one after a run that went well, and the same one otherwise.
    let main = if debriefing.verdict.passed { ExerciseAction::Next } else { ExerciseAction::Again };
    let grid = Grid { columns: 3, rows: 2 };
    // The first that is drawn is the one that Enter presses.
    all.sort_by_key(|(_, button)| button.action != Some(main.into()));
    for (at, button) in all {
        let is_main = button.action == Some(main.into());
        let button = if is_main { button.main() } else { button };
        button.draw(ui, grid.cell(foot, at));
    }
}

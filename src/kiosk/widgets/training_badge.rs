//! The word TRAINING in the header. It leads to the trainer's drawer; where a page of the training
//! lies over all of the screen it leads nowhere. In an exercise the task has a place of its own.

use super::column::Column;
use super::ui::{Align, Ui};
use crate::i18n::dates::countdown;
use crate::i18n::messages as say;
use crate::kiosk::model::action::{Action, ExerciseAction, TrainingAction};
use crate::kiosk::model::exercises::{Exercises, TaskCard};
use crate::kiosk::model::machine::Machine;
use crate::kiosk::theme;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

/// With its key.
pub fn draw(ui: &mut Ui<'_>, row: &mut Column, machine: &Machine) {
    let word = ui.say_alone(&say::Training).main;
    if !machine.profile.training {
        return;
    }
    if is_covered(machine) {
        return plain(ui, row, &word);
    }
    badge(ui, row, &format!("{word} F1"), TrainingAction::Drawer.into(), theme::TRAINING);
}

/// Without a key, where there is little room: in an exercise it leads to the task.
pub fn draw_short(ui: &mut Ui<'_>, row: &mut Column, machine: &Machine) {
    let word = ui.say_alone(&say::Training).main;
    if !machine.profile.training {
        return;
    }
    let action: Action = match exercises(machine) {
        Some(exercises) if exercises.covers() => return plain(ui, row, &word),
        Some(exercises) if exercises.running().is_some() => ExerciseAction::TaskCard.into(),
        Some(_) | None => TrainingAction::Drawer.into(),
    };
    badge(ui, row, &word, action, theme::TRAINING);
}

/// At a counter, whose function keys have other meanings: the way to the task, with as much of what
/// it says as there is room for.
pub fn draw_task(ui: &mut Ui<'_>, row: &mut Column, machine: &Machine) {
    let Some(card) = task_card(machine) else { return };
    let [left, hints] = [countdown(card.left.as_secs()), hints_left(ui, &card)];
    let word = ui.say_alone(&say::TaskLine).main;
    let all = [
        format!("{word} Ctrl-T {left} {hints}"),
        format!("{word} Ctrl-T {left}"),
        format!("Ctrl-T {left}"),
        "Ctrl-T".to_owned(),
    ];
    let room = usize::from(row.rest().width);
    if let Some(text) = all.iter().find(|text| text.width() + 2 <= room) {
        badge(ui, row, text, ExerciseAction::TaskCard.into(), theme::PRESSED);
    }
}

/// How many hints can still be asked for.
pub fn hints_left(ui: &Ui<'_>, card: &TaskCard) -> String {
    let left = card.hints.1.saturating_sub(card.hints.0);
    match left {
        0 => ui.say_alone(&say::TaskNoHint).main,
        left => ui.say_alone(&say::TaskLineHints { left: left.into() }).main,
    }
}

/// What the task card says, while a run goes on and no page of the training lies over the screen.
pub fn task_card(machine: &Machine) -> Option<TaskCard> {
    let exercises = exercises(machine).filter(|exercises| !exercises.covers())?;
    exercises.task_card(machine.now.uptime)
}

fn exercises(machine: &Machine) -> Option<&Exercises> {
    machine.practice.exercises.as_ref()
}

fn is_covered(machine: &Machine) -> bool {
    exercises(machine).is_some_and(Exercises::covers)
}

fn plain(ui: &mut Ui<'_>, row: &mut Column, word: &str) {
    let text = format!(" {word} ");
    let area = row.take_left(text.width() as u16);
    ui.line(area, &text, Align::Left, theme::TRAINING);
    row.take_left(1);
}

/// A word on a ground of its own that can be touched.
pub fn badge(ui: &mut Ui<'_>, row: &mut Column, text: &str, action: Action, style: Style) {
    let mark = if ui.hold.has_focus(action) { "▶" } else { " " };
    let text = format!("{mark}{text} ");
    let area = row.take_left(text.width() as u16);
    ui.line(area, &text, Align::Left, style);
    ui.record(area, action, None);
    row.take_left(1);
}

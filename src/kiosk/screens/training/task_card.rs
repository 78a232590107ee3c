//! The card with the task: what is to be done, how much time is left, and the hints that were asked
//! for. It lies over the page only while it is open.

use super::{fact_words, step_words};
use crate::i18n::dates::countdown;
use crate::i18n::messages as say;
use crate::kiosk::model::action::{ExerciseAction, TrainingAction};
use crate::kiosk::model::exercises::{Exercises, Running, TaskCard};
use crate::kiosk::screens::context::Context;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use crate::training::exercise::{Exercise, ExerciseText};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

pub fn view(
    ui: &mut Ui<'_>,
    area: Rect,
    exercises: &Exercises,
    running: &Running,
    context: &Context<'_>,
) {
    let uptime = context.machine.now.uptime;
    let exercise = exercises.exercise(running.exercise);
    let (Some(exercise), Some(card)) = (exercise, exercises.task_card(uptime)) else { return };
    let Some(text) = exercise.text(exercises.language) else { return };
    let title = ui.say_alone(&say::TaskTitle { title: text.title.as_str().into() });
    let left = ui.say_alone(&say::TimeLeft { time: countdown(card.left.as_secs()).into() });
    let (presses, of) = (running.trace.presses.into(), exercise.presses.into());
    let used = ui.say_alone(&say::TaskUsed { presses, of });
    let hint = Words::same(format!("{} · {}", left.main, used.main));
    let mut page = Column::headed(ui, area, &title, Some(&hint));
    let foot = page.take_bottom(if area.width < 70 { 9 } else { 6 });
    buttons(ui, foot, &card);
    let mut page = page.inset(1);
    for (text, style) in paragraphs(ui, exercise, text, &card) {
        page.lines(ui, &text, Align::Left, style);
    }
    hints(ui, page, text, card.hints.0);
}

/// The task, whose card it is, what the trainee works with, and what they could see at a real kiosk.
fn paragraphs(
    ui: &Ui<'_>,
    exercise: &Exercise,
    text: &ExerciseText,
    card: &TaskCard,
) -> Vec<(String, Style)> {
    let bold = theme::PLAIN.add_modifier(Modifier::BOLD);
    let mut all = vec![(ui.texts.labelled(ui.language, &say::TrainTask, &text.task), bold)];
    let who = fact_words::name(exercise.person.card).into();
    all.push((ui.say_alone(&say::TaskCard { name: who }).main, theme::QUIET_TEXT));
    if let Some((staff, pin)) = card.staff {
        let (name, pin) = (staff.name().into(), pin.into());
        all.push((ui.say_alone(&say::TaskStaff { name, pin }).main, theme::PLAIN));
    }
    for fault in &card.faults {
        let what = ui.say_alone(step_words::fault(*fault)).main.into();
        let seen = ui.say_alone(&say::TaskSeen { what }).main;
        all.push((format!("▲ {seen}"), theme::WARNING));
    }
    all
}

/// Those that were asked for. Where there is no room for all, the newest stay.
fn hints(ui: &mut Ui<'_>, page: Column, text: &ExerciseText, shown: usize) {
    let say = |(nth, hint): (usize, &String)| {
        ui.say_alone(&say::TaskHint { nth: nth.into(), hint: hint.as_str().into() })
    };
    let all: Vec<Words> = (1..).zip(text.hints.iter().take(shown)).map(say).collect();
    let rows = |words: &Words| page.paragraph_of(words).rows();
    let mut from = all.len();
    let mut room = page.rest().height;
    while from > 0 && (rows(&all[from - 1]) <= room || from == all.len()) {
        from -= 1;
        room = room.saturating_sub(rows(&all[from]));
    }
    let mut page = page;
    for words in &all[from..] {
        page.paragraph(ui, words, theme::FINE_TEXT);
    }
}

fn buttons(ui: &mut Ui<'_>, foot: Rect, card: &TaskCard) {
    let (shown, of) = card.hints;
    let exercise = |ui: &Ui<'_>, words: &dyn say::Message, action: ExerciseAction| {
        Button::new(ui.say_alone(words), action)
    };
    let mut hint = exercise(
        ui,
        &say::TaskNextHint { nth: (shown + 1).into(), of: of.into() },
        ExerciseAction::Hint,
    );
    if shown >= of {
        hint = exercise(ui, &say::TaskNoHint, ExerciseAction::Hint).disabled();
    }
    let cards = Button::new(ui.say_alone(&say::TaskCards), TrainingAction::Drawer);
    let all = [
        exercise(ui, &say::TaskBack, ExerciseAction::TaskCard).digit(1).main(),
        hint.digit(2),
        exercise(ui, &say::TaskFinished, ExerciseAction::Finished).digit(3),
        cards.digit(4),
        exercise(ui, &say::TaskGiveUp, ExerciseAction::ToChoice).digit(9),
    ];
    let grid =
        if foot.width < 70 { Grid { columns: 2, rows: 3 } } else { Grid { columns: 3, rows: 2 } };
    for (at, button) in all.iter().enumerate() {
        button.draw(ui, grid.cell(foot, at));
    }
}

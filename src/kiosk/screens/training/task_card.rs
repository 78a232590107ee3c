//! The card with the task: what is to be done, how much time is left, and the hints that were asked
//! for. It lies over the page only while it is open.

use super::{fact_words, step_words};
use crate::i18n::dates::countdown;
use crate::i18n::messages as say;
use crate::i18n::wrap::wrap;
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

/// The last of the card's buttons.
const GIVE_UP: usize = 4;

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
    let left = ui.say_alone(&say::TaskTimeLeft { time: countdown(card.left.as_secs()).into() });
    let (presses, of) = (running.trace.presses.into(), exercise.presses.into());
    let used = ui.say_alone(&say::TaskUsed { presses, of });
    let limits = Words::same(format!("{} · {}", left.main, used.main));
    let mut page = Column::headed(ui, area, &title, Some(&limits));
    let foot = page.take_bottom(if area.width < 70 { 9 } else { 6 });
    buttons(ui, foot, &card);
    let mut page = page.inset(1);
    let mut all = paragraphs(ui, exercise, text, &card);
    let rows = |text: &str| wrap(text, usize::from(page.rest().width).max(2)).len();
    let needed: usize = all.iter().map(|(text, _)| rows(text)).sum();
    // Room is kept for all hints, so that nothing moves when one comes.
    let hinted = (1..=text.hints.len()).map(|nth| rows(&hint(ui, text, nth)));
    let mut spare = usize::from(page.rest().height).saturating_sub(needed + hinted.sum::<usize>());
    let situation = ui.texts.labelled(ui.language, &say::TrainSituation, &text.situation);
    if rows(&situation) <= spare {
        spare -= rows(&situation);
        all.insert(0, (situation, theme::PLAIN));
    }
    let gap = u16::from(all.len() <= spare);
    for (text, style) in all {
        page.lines(ui, &text, Align::Left, style);
        page.gap(gap);
    }
    hints(ui, page, text, card.hints.0);
}

/// The nth hint, from 1.
fn hint(ui: &Ui<'_>, text: &ExerciseText, nth: usize) -> String {
    let hint = text.hints.get(nth - 1).map_or("", |hint| hint);
    ui.say_alone(&say::TaskHint { nth: nth.into(), hint: hint.into() }).main
}

/// The task, whose card it is, what the trainee works with, and what they could see at a real
/// kiosk.
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
    let last = shown.min(text.hints.len());
    let all: Vec<Words> = (1..=last).map(|nth| Words::same(hint(ui, text, nth))).collect();
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
        exercise(ui, &say::TaskGiveUp, ExerciseAction::GiveUp).digit(9),
    ];
    let grid =
        if foot.width < 70 { Grid { columns: 2, rows: 3 } } else { Grid { columns: 3, rows: 2 } };
    for (at, button) in all.iter().enumerate() {
        // What ends the run stands apart from what goes on with it.
        button.draw(ui, grid.cell(foot, if at == GIVE_UP { 5 } else { at }));
    }
}

//! What to do in the training: look around, or one of the exercises of a role.

use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::{ExerciseAction, TrainingAction};
use crate::kiosk::model::exercises::Exercises;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::ui::{Ui, Words};
use crate::training::exercise::{Exercise, Role};
use ratatui::layout::Rect;

/// Rows of a button, at most.
const MOST_ROWS: u16 = 5;
/// Rows of an exercise in a list: its title, and what was done before.
const EXERCISE_ROWS: u16 = 4;
/// One for each digit but 0.
const A_PAGE: usize = 9;

pub fn view(ui: &mut Ui<'_>, area: Rect, exercises: &Exercises) {
    let title = ui.say_alone(&say::TrainChooseTitle);
    let below: &dyn Message =
        if exercises.world_failed { &say::TrainFailed } else { &say::TrainChooseHint };
    let hint = ui.say_alone(below);
    let mut page = Column::headed(ui, area, &title, Some(&hint));
    let foot = page.take_bottom(3);
    let look = Button::new(ui.say_alone(&say::TrainLookAround), ExerciseAction::LookAround);
    let look = look.detail(ui.say_alone(&say::TrainLookAroundDetail)).pictogram(Pictogram::Person);
    let mut choices = vec![look];
    for role in Role::ALL {
        if exercises.of_role(*role).next().is_some() {
            choices.push(role_button(ui, exercises, *role));
        }
    }
    let rows = (page.rest().height / choices.len() as u16).min(MOST_ROWS);
    for (button, digit) in choices.into_iter().zip(1..) {
        button.digit(digit).draw(ui, page.take(rows));
    }
    let quit = Button::new(ui.say_alone(&say::DrawerQuit), TrainingAction::Quit).digit(0);
    quit.draw(ui, foot);
}

fn role_button(ui: &Ui<'_>, exercises: &Exercises, role: Role) -> Button {
    let of = exercises.of_role(role).count();
    let is_done = |exercise: &Exercise| exercises.results.passed(&exercise.id);
    let done = exercises.of_role(role).filter(|(_, exercise)| is_done(exercise)).count();
    let sign = match role {
        Role::Shop => Pictogram::Card,
        Role::Counter => Pictogram::Register,
        Role::Site => Pictogram::Dose,
    };
    let done = ui.say_alone(&say::TrainRoleDone { done: done.into(), of: of.into() });
    Button::new(ui.say_alone(role_name(role)), ExerciseAction::Role(role))
        .detail(done)
        .pictogram(sign)
}

fn role_name(role: Role) -> &'static dyn Message {
    match role {
        Role::Shop => &say::TrainRoleShop,
        Role::Counter => &say::TrainRoleCounter,
        Role::Site => &say::TrainRoleSite,
    }
}

/// The exercises of a role, as many as a page has room for.
pub fn list(ui: &mut Ui<'_>, area: Rect, exercises: &Exercises, role: Role, turned: usize) {
    let title = ui.say_alone(role_name(role));
    let hint = ui.say_alone(&say::TrainChooseHint);
    let mut page = Column::headed(ui, area, &title, Some(&hint));
    let all: Vec<_> = exercises.of_role(role).collect();
    let room = |rows: u16| usize::from(rows / EXERCISE_ROWS).clamp(1, A_PAGE);
    let mut a_page = room(page.rest().height);
    let mut foot = None;
    if all.len() > a_page {
        foot = Some(page.take_bottom(3));
        a_page = room(page.rest().height);
    }
    let pages = all.len().div_ceil(a_page).max(1);
    let on = turned % pages;
    for ((at, exercise), digit) in all.iter().skip(on * a_page).take(a_page).zip(1..) {
        let button = exercise_button(ui, exercises, *at, exercise);
        button.digit(digit).draw(ui, page.take(EXERCISE_ROWS));
    }
    if let Some(foot) = foot {
        let words = ui.say_alone(&say::More { page: (on + 1).into(), pages: pages.into() });
        Button::new(words, ExerciseAction::TurnList).digit(0).draw(ui, foot);
    }
}

/// The title, how long it takes, and what was done before.
fn exercise_button(ui: &Ui<'_>, exercises: &Exercises, at: usize, exercise: &Exercise) -> Button {
    let title = exercise.text(exercises.language).map_or("", |text| &text.title);
    let minutes = exercise.time.as_secs().div_ceil(60);
    let mut facts = vec![ui.say_alone(&say::TrainMinutes { minutes: minutes.into() }).main];
    let times = exercises.results.of(&exercise.id).count();
    match exercises.results.best(&exercise.id) {
        None => facts.push(ui.say_alone(&say::TrainNotDone).main),
        Some(score) => {
            let mark = if exercises.results.passed(&exercise.id) { "✓ " } else { "" };
            let best = ui.say_alone(&say::TrainBest { score: score.into() }).main;
            facts.push(format!("{mark}{best}"));
            facts.push(ui.say_alone(&say::TrainTimes { times: times.into() }).main);
        }
    }
    let title = Words::same(format!("{}. {title}", exercise.number));
    Button::new(title, ExerciseAction::Choose(at)).detail(Words::same(facts.join(" · ")))
}

//! An exercise before it begins: who is standing there, with what they want in their own words,
//! what the matter is, what is to be done, and in how long.

use super::fact_words;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::ExerciseAction;
use crate::kiosk::model::exercises::Exercises;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use crate::training::exercise::Exercise;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Rows between the parts, where there are enough; one besides for a quote that takes another.
const GAPS: u16 = 4;

pub fn view(ui: &mut Ui<'_>, area: Rect, exercises: &Exercises, exercise: &Exercise) {
    let Some(text) = exercise.text(exercises.language) else { return };
    let minutes = exercise.time.as_secs().div_ceil(60).into();
    let limits = say::TrainLimits { minutes, presses: exercise.presses.into() };
    let below: &dyn Message = if exercises.world_failed { &say::TrainFailed } else { &limits };
    let (title, limits) = (Words::same(text.title.clone()), ui.say_alone(below));
    let mut page = Column::headed(ui, area, &title, Some(&limits));
    let foot = page.take_bottom(3);
    let begin = Button::new(ui.say_alone(&say::TrainBegin), ExerciseAction::Begin);
    begin.digit(1).main().draw(ui, foot);
    let inside = page.inset(1);
    let situation = ui.texts.labelled(ui.language, &say::TrainSituation, &text.situation);
    let task = ui.texts.labelled(ui.language, &say::TrainTask, &text.task);
    let rows = |text: &str| inside.paragraph_of(&Words::same(text)).rows();
    // Label, quote and card have a row at least.
    let needed = rows(&situation) + rows(&task) + rows(&exercise.person.says) + 2;
    let gap = u16::from(needed + GAPS <= page.rest().height);
    page.gap(gap);
    says(ui, &mut page, exercise);
    page.gap(gap);
    let mut page = page.inset(1);
    page.lines(ui, &situation, Align::Left, theme::PLAIN);
    let who = fact_words::name(exercise.person.card).into();
    let card = ui.say_alone(&say::TaskCard { name: who });
    page.lines(ui, &card.main, Align::Left, theme::QUIET_TEXT);
    page.gap(gap);
    page.lines(ui, &task, Align::Left, theme::PLAIN.add_modifier(Modifier::BOLD));
}

/// On a panel, as it is said.
fn says(ui: &mut Ui<'_>, page: &mut Column, exercise: &Exercise) {
    let spoken = exercise.person.language.own_name().into();
    let label = ui.say_alone(&say::TrainSays { language: spoken });
    let quote = Words::same(format!("“{}”", exercise.person.says));
    let inside = page.inset(1);
    let rows = inside.paragraph_of(&label).rows() + inside.paragraph_of(&quote).rows();
    let panel = page.take(rows);
    ui.fill(panel, theme::PANEL);
    let mut inside = Column::new(panel).inset(1);
    inside.paragraph_on(ui, &label, theme::PANEL_QUIET);
    inside.paragraph_on(ui, &quote, theme::PANEL_TITLE);
}

//! The pages of the training that lie over all of the screen: the choice, an exercise's briefing,
//! the card with the task, the debriefing and the replay; and the line that leads to the task while
//! its card is closed. All of it in the language that the trainee reads.

mod briefing;
mod choice;
mod debriefing;
mod fact_words;
mod giving_up;
mod replay;
mod screen_words;
mod step_words;
mod task_card;
mod task_line;

use super::context::Context;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::exercises::{CardPage, Exercises, Stage};
use crate::kiosk::theme;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::ui::Ui;
use crate::training::debrief::Shown;
use ratatui::layout::Rect;
pub use task_line::task_line;

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let Some(exercises) = &context.machine.practice.exercises else { return };
    match &exercises.stage {
        Stage::Choosing { role: None, .. } => choice::view(ui, area, exercises),
        Stage::Choosing { role: Some(role), turned } => {
            choice::list(ui, area, exercises, *role, *turned);
        }
        Stage::Introduced { exercise } => {
            if let Some(exercise) = exercises.exercise(*exercise) {
                briefing::view(ui, area, exercises, exercise);
            }
        }
        Stage::Preparing { .. } => waiting(ui, area, &say::TrainPreparing),
        Stage::Judging(_) => waiting(ui, area, &say::TrainJudging),
        Stage::Running(running) => match running.card {
            CardPage::GivingUp => giving_up::view(ui, area),
            CardPage::Task | CardPage::Closed => {
                task_card::view(ui, area, exercises, running, context);
            }
        },
        Stage::Debriefed(debriefing) => match debriefing.shown {
            Shown::Verdict { turned } => debriefing::view(ui, area, exercises, debriefing, turned),
            Shown::Replay => replay::view(ui, area, debriefing),
        },
        Stage::LookingAround => {}
    }
}

/// Whether "back" leads anywhere.
pub fn has_back(exercises: &Exercises) -> bool {
    match &exercises.stage {
        Stage::Choosing { role, .. } => role.is_some(),
        Stage::Introduced { .. } | Stage::Running(_) => true,
        Stage::Debriefed(debriefing) => debriefing.shown == Shown::Replay,
        Stage::Preparing { .. } | Stage::Judging(_) | Stage::LookingAround => false,
    }
}

/// What takes a moment.
fn waiting(ui: &mut Ui<'_>, area: Rect, words: &dyn Message) {
    let mut page = Column::new(middle(area, area.width, 10));
    ui.pictogram(middle(page.take(6), 12, 6), Pictogram::Wait, theme::TITLE);
    page.gap(1);
    let words = ui.say_alone(words);
    page.centred(ui, &words, theme::TITLE);
}

//! What the trainer says, over all of the screen until the trainee has read it; and that they have
//! paused the training. Only in training.

use crate::i18n::messages as say;
use crate::kiosk::model::action::TrainingAction;
use crate::kiosk::model::supervision::TrainersWord;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;

/// Rows of the button.
const BUTTON: u16 = 3;

pub fn view(ui: &mut Ui<'_>, area: Rect, word: TrainersWord<'_>) {
    let mut page = Column::new(area);
    let training = format!(" {}", ui.say_alone(&say::Training).main);
    ui.line_on(page.take(1), &training, Align::Left, theme::TRAINING);
    let mut page = page.inset(2);
    page.gap(1);
    let title: &dyn say::Message = match word {
        TrainersWord::Paused => &say::SupervisedPaused,
        TrainersWord::Message(_) => &say::SupervisedSays,
    };
    let title = ui.say_alone(title).main;
    page.lines(ui, &title, Align::Left, theme::TITLE);
    page.gap(1);
    match word {
        TrainersWord::Paused => {
            let body = ui.say_alone(&say::SupervisedPausedBody).main;
            page.lines(ui, &body, Align::Left, theme::PLAIN);
        }
        TrainersWord::Message(text) => {
            let button = page.take_bottom(BUTTON);
            page.lines(ui, text, Align::Left, theme::PLAIN);
            let words = ui.say_alone(&say::SupervisedRead);
            Button::new(words, TrainingAction::Acknowledge).digit(1).main().draw(ui, button);
        }
    }
}

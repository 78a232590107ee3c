//! The question whether to give an exercise up: what was done in it is dropped then.

use crate::i18n::messages as say;
use crate::kiosk::model::action::ExerciseAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect) {
    let title = ui.say_alone(&say::GiveUpTitle);
    let mut page = Column::headed(ui, area, &title, None);
    let foot = page.take_bottom(3);
    let no = Button::new(ui.say_alone(&say::GiveUpNo), ExerciseAction::TaskCard);
    let yes = Button::new(ui.say_alone(&say::GiveUpYes), ExerciseAction::ToChoice);
    let grid = Grid { columns: 2, rows: 1 };
    no.digit(1).main().draw(ui, grid.cell(foot, 0));
    yes.digit(2).draw(ui, grid.cell(foot, 1));
    let mut page = page.inset(1);
    page.gap(1);
    ui.pictogram(middle(page.take(6), 12, 6), Pictogram::Help, theme::TITLE);
    page.gap(1);
    let means = ui.say_alone(&say::GiveUpMeans);
    page.paragraph(ui, &means, theme::PLAIN);
}

//! Six buttons, each in its own script. Also what the language button in the corner opens.

use super::context::Context;
use crate::i18n::messages as say;
use crate::kiosk::model::action::GlobalAction;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Ui, Words};
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let page = Column::under(ui, area, &say::LanguageTitle);
    let languages = &context.machine.profile.languages;
    let grid = Grid { columns: 2, rows: 3.max(languages.len().div_ceil(2) as u16) };
    grid.draw(ui, page.rest(), 0, languages.len(), |_, at| {
        Button::new(Words::same(languages[at].own_name()), GlobalAction::Speak(languages[at]))
    });
}

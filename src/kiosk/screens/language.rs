//! Six buttons, each in its own script. Also what the language button in the corner opens.

use super::context::Context;
use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::kiosk::model::action::GlobalAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let upright = SizeClass::of(ui.buffer.area) == SizeClass::Upright;
    let chosen = context.language_chosen();
    // Until somebody has chosen, English stands below the kiosk's first language.
    let in_english = (!chosen && ui.language != Language::En)
        .then(|| Words::same(ui.texts.say(Language::En, &say::LanguageTitle)));
    let title = ui.say(&say::LanguageTitle);
    let mut page = Column::headed(ui, area, &title, in_english.as_ref());
    if context.visit.is_some_and(|visit| visit.card().is_some()) {
        let foot = page.take_bottom(if upright { 2 } else { 1 });
        let mut text = format!("✓ {}", ui.say_alone(&say::LanguageCardRead).main);
        if in_english.is_some() {
            text = format!("{text} {}", ui.texts.say(Language::En, &say::LanguageCardRead));
        }
        ui.lines(Column::new(foot).inset(1).rest(), &text, Align::Left, theme::FINE_TEXT);
    }
    let languages = &context.machine.profile.languages;
    let columns = if upright { 1 } else { 2 };
    let rows = 3.max(languages.len().div_ceil(usize::from(columns)) as u16);
    let (spoken, grid) = (ui.language, Grid { columns, rows });
    grid.draw(ui, page.rest(), 0, languages.len(), |_, at| {
        let language = languages[at];
        let name = Words::same(language.own_name());
        let button = Button::new(name, GlobalAction::Speak(language)).large();
        match (chosen, language == spoken) {
            (true, true) => button.chosen(),
            (false, true) => button.main(),
            (_, false) => button,
        }
    });
}

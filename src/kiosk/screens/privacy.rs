//! The privacy notice: what is used, for what, kept how long; agree or leave. Nothing reaches the
//! service before it is agreed to.

use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PrivacyAnswer {
    Agree,
    Decline,
}

pub fn act(action: ScreenAction) -> Option<PrivacyAnswer> {
    match action {
        ScreenAction::Confirm => Some(PrivacyAnswer::Agree),
        ScreenAction::Decline => Some(PrivacyAnswer::Decline),
        _ => None,
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect) {
    let mut page = Column::under(ui, area, &say::PrivacyTitle);
    // Without room for a line between them, the three points stand close.
    let gap = u16::from(page.rest().height >= 20);
    let stacked = area.width < 80;
    let grid = if stacked { Grid { columns: 1, rows: 2 } } else { Grid { columns: 2, rows: 1 } };
    let buttons = page.take_bottom(grid.rows * if ui.bilingual { 4 } else { 3 });
    let mut page = page.inset(2);
    for point in [&say::PrivacyWhat as &dyn Message, &say::PrivacyWhy, &say::PrivacyKept] {
        let words = ui.say(point);
        page.paragraph(ui, &words, theme::PLAIN);
        page.gap(gap);
    }
    let (agree, decline) = (grid.cell(buttons, 0), grid.cell(buttons, 1));
    Button::new(ui.say(&say::PrivacyAgree), ScreenAction::Confirm).digit(1).main().draw(ui, agree);
    Button::new(ui.say(&say::PrivacyDecline), ScreenAction::Decline).digit(2).draw(ui, decline);
}

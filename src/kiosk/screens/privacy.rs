//! The privacy notice: what is used, for what, kept how long; agree or leave. Nothing reaches the
//! service before it is agreed to.

use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
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

/// The points of the notice, each with a sign.
const POINTS: [(Pictogram, &dyn Message); 3] = [
    (Pictogram::Card, &say::PrivacyWhat),
    (Pictogram::Book, &say::PrivacyWhy),
    (Pictogram::Check, &say::PrivacyKept),
];

pub fn view(ui: &mut Ui<'_>, area: Rect) {
    let mut page = Column::under(ui, area, &say::PrivacyTitle);
    let stacked = SizeClass::of(ui.buffer.area) == SizeClass::Upright;
    let grid = if stacked { Grid { columns: 1, rows: 2 } } else { Grid { columns: 2, rows: 1 } };
    let buttons = page.take_bottom(grid.rows * if ui.bilingual { 5 } else { 4 });
    ui.fill(page.rest(), theme::PANEL);
    // Without room for a line between them, the three points stand close.
    let height = page.rest().height;
    let gap = if ui.bilingual { u16::from(height >= 13) } else { (height / 6).min(2) };
    page.gap(gap);
    let mut page = page.inset(1);
    for (sign, point) in POINTS {
        let mut text = page;
        // Beside the Chinese there is no room for signs.
        if !ui.bilingual {
            ui.pictogram(Column::new(text.take_left(4)).take(2), sign, theme::PANEL_TITLE);
            text.take_left(1);
        }
        let words = ui.say(point);
        text.paragraph(ui, &words, theme::PANEL);
        page.gap(text.rest().y - page.rest().y + gap);
    }
    let (agree, decline) = (grid.cell(buttons, 0), grid.cell(buttons, 1));
    Button::new(ui.say(&say::PrivacyAgree), ScreenAction::Confirm).digit(1).main().draw(ui, agree);
    Button::new(ui.say(&say::PrivacyDecline), ScreenAction::Decline).digit(2).draw(ui, decline);
}

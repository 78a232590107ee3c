//! What stands around a captcha: the heading, and what was typed before it.

use crate::api::captchas::Captcha;
use crate::domain::personal::Personal;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::sign_in::Field;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// Rows of the button of something that was typed before, and its columns beside a heading: room
/// for a label and the twelve digits of a card.
const KEPT_ROWS: u16 = 3;
const KEPT_WIDTH: u16 = 26;

/// The heading and what was typed before, each with its button to change it: above the keys, or
/// beside the heading where the picture leaves no room. What is left is the picture's.
pub fn draw(
    ui: &mut Ui<'_>,
    page: Column,
    kept: &[(Field, Personal)],
    (title, shown): (&Words, &Words),
    code: &Captcha,
) -> Column {
    let area = page.rest();
    let count = kept.len() as u16;
    let picture = code.rows.len().div_ceil(2) as u16;
    let left = area.height.saturating_sub(SizeClass::of(ui.buffer.area).heading() + 1);
    if left < picture {
        // One row for both, so that the larger picture has its room.
        let mut page = page;
        let mut row = Column::new(page.take(1)).inset(1);
        let typed = row.take_right(shown.main.width() as u16);
        ui.line(typed, &shown.main, Align::Left, theme::QUIET_TEXT);
        ui.line(row.rest(), &title.main, Align::Left, theme::TITLE);
        return page;
    }
    if count == 0 {
        return Column::headed(ui, area, title, Some(shown));
    }
    let grid = if area.width < 70 {
        Grid { columns: 1, rows: count }
    } else {
        Grid { columns: count, rows: 1 }
    };
    let high = |rows: u16| KEPT_ROWS * rows;
    if left >= picture + high(grid.rows) {
        let mut page = Column::headed(ui, area, title, Some(shown));
        draw_kept(ui, kept, grid, page.take_bottom(high(grid.rows)));
        return page;
    }
    let mut heading = Column::new(area);
    let mut beside = Column::new(heading.take_right((KEPT_WIDTH + 1) * count));
    draw_kept(ui, kept, Grid { columns: count, rows: 1 }, beside.take(KEPT_ROWS));
    let below = Column::headed(ui, heading.rest(), title, Some(shown)).rest();
    Column::new(Rect { width: area.width, ..below })
}

fn draw_kept(ui: &mut Ui<'_>, kept: &[(Field, Personal)], grid: Grid, area: Rect) {
    for (at, (field, typed)) in kept.iter().enumerate() {
        let label: &dyn Message = match field {
            Field::Id => &say::EntryKeptId,
            Field::CardNumber => &say::EntryKeptCard,
            Field::AppCode => &say::EntryKeptApp,
            Field::MobileEnd => &say::EntryKeptMobileEnd,
            Field::Password | Field::OfferCode | Field::Captcha => continue,
        };
        let words = ui.labelled(label, |_, _| typed.expose().to_owned()).alone();
        Button::new(words, ScreenAction::Retype(*field)).draw(ui, grid.cell(area, at));
    }
}

//! A seat that is held for somebody: when and where in large, the time that is left beside it, and
//! what else is said of it below.

use super::booking_lines::sign_and_street;
use super::column::Column;
use super::pictogram::Pictogram;
use super::ui::{Align, Ui};
use crate::api::sessions::SeatView;
use crate::i18n::dates::hours;
use crate::i18n::names::place_name;
use crate::kiosk::theme;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Columns of the time that is left.
const LEFT_WIDTH: u16 = 20;

/// `left` is the time that is left, as it is counted down. `below` are lines in their order.
pub fn draw(ui: &mut Ui<'_>, area: Rect, seat: &SeatView, left: Option<&str>, below: &[String]) {
    ui.fill(area, theme::PANEL);
    let mut panel = Column::new(area);
    panel.take_left(1);
    panel.take_right(1);
    panel.gap(area.height.saturating_sub(8) / 2);
    let signs = panel.take_left(8);
    let sign = |y: u16| Rect::new(signs.x, signs.y + y, 6, 3).intersection(area);
    ui.pictogram(sign(0), Pictogram::Calendar, theme::PANEL_TITLE);
    ui.pictogram(sign(4), Pictogram::Place, theme::PANEL_TITLE);
    let mut row = Column::new(panel.take(3));
    if let Some(left) = left {
        let room = row.take_right(LEFT_WIDTH);
        ui.key_fact(room, left, Align::Right, theme::PANEL_TITLE);
    }
    let date = ui.say_with(|texts, language| texts.short_date(language, seat.starts.date())).main;
    let when = format!("{date}  {}", hours(seat.starts, seat.ends));
    ui.key_fact(row.rest(), &when, Align::Left, theme::PANEL_TITLE);
    let name = place_name(ui.language, &seat.site.name_zh, &seat.site.name_en).to_owned();
    ui.heading(panel.take(2), &name, Align::Left, theme::PANEL_TITLE);
    let brand = ui.brand(seat.site.brand).main;
    let address = format!("{} · {brand}", sign_and_street(ui.language, &seat.site));
    panel.lines(ui, &address, Align::Left, theme::PANEL);
    let bold = theme::PANEL.add_modifier(Modifier::BOLD);
    for line in below {
        panel.lines(ui, line, Align::Left, bold);
    }
}

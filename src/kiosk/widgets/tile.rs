//! A tile: one of many choices on a page, such as counties or days. It is filled by how many seats
//! are free and has no frame; between tiles lies a row and a column of the page, where the focus is
//! drawn.

pub use super::choice::{Shade, Tile};
use super::outline::What;
use super::targets::Key;
use super::ui::{Align, Ui, Words};
use crate::i18n::names::seats_figure;
use crate::kiosk::model::action::Action;
use crate::kiosk::theme;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// From how many free seats on a tile is filled as which shade.
#[derive(Clone, Copy, Debug)]
pub struct Steps {
    /// Below this, few are left.
    pub some: u32,
    pub more: u32,
    pub many: u32,
}

impl Steps {
    pub fn shade(self, free: u32) -> Shade {
        match free {
            _ if free >= self.many => Shade::Many,
            _ if free >= self.more => Shade::More,
            _ if free >= self.some => Shade::Some,
            _ => Shade::Few,
        }
    }
}

impl Shade {
    pub fn style(self) -> Style {
        match self {
            Shade::Plain => theme::PANEL,
            Shade::Few => theme::FEW_LEFT,
            Shade::Some => theme::SHADES[0],
            Shade::More => theme::SHADES[1],
            Shade::Many => theme::SHADES[2],
            Shade::Main => theme::MAIN_BUTTON,
        }
    }
}

impl Tile {
    /// One with its number as its key, filled and labelled by how many seats are free, as far as
    /// that is known; without any it cannot be chosen.
    pub fn of_seats(
        ui: &Ui<'_>,
        words: Words,
        number: u8,
        free: Option<u32>,
        steps: Steps,
        action: impl Into<Action>,
    ) -> Self {
        let figure = |free| seats_figure(ui.texts, ui.language, free, steps.some);
        Self {
            words: words.main,
            zh: words.zh,
            second: free.map(figure).unwrap_or_default(),
            key: Some(Key::Number(number)),
            shade: free.map_or(Shade::Plain, |free| steps.shade(free)),
            action: (free != Some(0)).then(|| action.into()),
        }
    }

    /// The rows that a tile with these words needs.
    pub fn rows(bilingual: bool) -> u16 {
        if bilingual { 3 } else { 2 }
    }

    pub fn draw(&self, ui: &mut Ui<'_>, area: Rect) {
        ui.outline(area, || What::Tile(self.clone()));
        ui.unwritten(|ui| self.draw_in(ui, area));
    }

    fn draw_in(&self, ui: &mut Ui<'_>, area: Rect) {
        if area.width < 4 || area.height < Self::rows(self.zh.is_some()) {
            ui.cut_off.push(self.words.clone());
            return;
        }
        let focused = self.action.is_some_and(|action| ui.is_focused(action));
        let pressed = self.action.is_some() && ui.hold.pressed == self.action;
        let style = match self.action {
            None => theme::DISABLED,
            Some(_) if pressed => theme::PRESSED,
            Some(_) if ui.hold.rules_out(self.key) => theme::DISABLED,
            Some(_) => self.shade.style(),
        };
        ui.fill(area, style);
        if focused {
            ring(ui, area);
        }
        self.draw_words(ui, area, style);
        self.draw_last_row(ui, area, style, focused);
        match self.action {
            Some(action) => ui.record_key(area, action, self.key),
            None => {
                dash(ui, area, style);
                ui.targets.record_off(area);
            }
        }
    }

    /// In large type where there are rows for it.
    fn draw_words(&self, ui: &mut Ui<'_>, area: Rect, style: Style) {
        let bold = style.add_modifier(Modifier::BOLD);
        let rows = area.height - 1 - u16::from(self.zh.is_some());
        let margin = u16::from(self.words.width() + 2 <= usize::from(area.width));
        let inner = Rect { x: area.x + margin, width: area.width - margin, ..area };
        let words = Rect { height: rows, ..inner };
        if rows >= 2 {
            ui.heading(Rect { height: 2, ..words }, &self.words, Align::Left, bold);
        } else {
            ui.line(words, &self.words, Align::Left, bold);
        }
        if let Some(zh) = &self.zh {
            ui.line(Rect { y: area.y + rows, height: 1, ..inner }, zh, Align::Left, style);
        }
    }

    fn draw_last_row(&self, ui: &mut Ui<'_>, area: Rect, style: Style, focused: bool) {
        let row = Rect { y: area.bottom() - 1, height: 1, ..area };
        let mark = if focused { "▶" } else { " " };
        let key = self.key.map(|key| ui.hold.shown_key(key)).unwrap_or_default();
        let key = format!("{mark}{key}");
        ui.line(row, &key, Align::Left, style);
        let taken = key.width() as u16;
        let left = row.width.saturating_sub(taken);
        let margin = u16::from(self.second.width() + 1 < usize::from(left));
        let room = Rect { x: row.x + taken, width: left - margin, ..row };
        ui.line(room, &self.second, Align::Right, style.add_modifier(Modifier::BOLD));
    }
}

/// The edges of what cannot be chosen.
fn dash(ui: &mut Ui<'_>, area: Rect, style: Style) {
    for y in area.top()..area.bottom() {
        for x in [area.left(), area.right() - 1] {
            draw_blank(ui, x, y, "╎", style);
        }
    }
}

/// The focus: a ring in the gap around a tile.
pub fn ring(ui: &mut Ui<'_>, area: Rect) {
    let (left, right) = (area.x.saturating_sub(1), area.right());
    let (top, bottom) = (area.y.saturating_sub(1), area.bottom());
    let mut draw = |x: u16, y: u16, symbol| {
        if ui.buffer.cell((x, y)).is_some_and(|cell| cell.bg == theme::page()) {
            draw_blank(ui, x, y, symbol, theme::FRAME);
        }
    };
    for x in area.left()..area.right() {
        draw(x, top, "▁");
        draw(x, bottom, "▔");
    }
    for y in area.top()..area.bottom() {
        draw(left, y, "▐");
        draw(right, y, "▌");
    }
}

/// Only where nothing is written: a tile at the page's edge loses a part of its ring, not the page
/// its text.
fn draw_blank(ui: &mut Ui<'_>, x: u16, y: u16, symbol: &'static str, style: Style) {
    if let Some(cell) = ui.buffer.cell_mut((x, y))
        && cell.symbol() == " "
    {
        cell.set_symbol(symbol).set_style(style);
    }
}

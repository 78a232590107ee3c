//! A button: a frame with its key at the left and its words beside it, its touch area recorded as
//! it is drawn.

pub use super::choice::{Button, Look};
use super::column::{Column, middle};
use super::outline::What;
use super::ui::{Align, Hold, Ui, Words};
use crate::i18n::wrap::wrap;
use crate::kiosk::theme;
use ratatui::layout::{Margin, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::symbols::border;
use ratatui::widgets::{Block, BorderType, Widget};
use unicode_width::UnicodeWidthStr;

/// Rows of large type, at least and at most.
const LARGE_ROWS: u16 = 2;
const MOST_LARGE_ROWS: u16 = 3;
/// Columns that a tile's words have beside its picture, at least.
const TILE_WORDS: u16 = 14;

/// The edges of a filled button: halves of cells, so that it is as large as a framed one.
const FILLED: border::Set = border::Set {
    top_left: "▗",
    top_right: "▖",
    bottom_left: "▝",
    bottom_right: "▘",
    vertical_left: "▐",
    vertical_right: "▌",
    horizontal_top: "▄",
    horizontal_bottom: "▀",
};

impl Button {
    pub fn draw(&self, ui: &mut Ui<'_>, area: Rect) {
        let area = area.intersection(ui.buffer.area);
        ui.outline(area, || What::Button(self.clone()));
        ui.unwritten(|ui| self.draw_in(ui, area));
    }

    fn draw_in(&self, ui: &mut Ui<'_>, area: Rect) {
        if area.width < 4 || area.height < 3 {
            ui.cut_off.push(self.words.main.clone());
            return;
        }
        let focused = self.action.is_some_and(|action| ui.is_focused(action));
        let style = self.frame(ui, area, focused);
        let mut inner = Column::new(area.inner(Margin::new(1, 1)));
        if let Some(key) = self.key_text(&ui.hold, focused) {
            let room = Column::new(inner.take_left(if self.bare { 1 } else { 5 })).rest();
            let chip = middle(room, key.chars().count() as u16, 1);
            let is_out = ui.hold.rules_out(self.key);
            let chip_style = if is_out { style } else { self.chip(style, focused) };
            // Two rows have no middle for one: where it can be, the key is as high as both.
            let is_high = ui.has_pictures && room.height == LARGE_ROWS && !self.bare;
            let high = Rect { height: LARGE_ROWS, ..chip };
            if is_high {
                ui.fill(high, chip_style);
            }
            ui.line(chip, &key, Align::Left, chip_style);
            if is_high {
                // The mark of the focus stands before it, in its cell.
                let mut place = Column::new(high);
                place.take_left(u16::from(focused));
                ui.key_over(place.rest(), key.trim_matches(['▶', ' ']), chip_style);
            }
        } else if self.align == Align::Left {
            inner.take_left(1);
        }
        self.draw_pictogram(ui, &mut inner, style);
        self.draw_words(ui, inner.rest(), style);
        match self.action {
            Some(action) => ui.record_key(area, action, self.key),
            None => ui.targets.record_off(area),
        }
    }

    /// Draws frame and ground; the style of what is inside.
    fn frame(&self, ui: &mut Ui<'_>, area: Rect, focused: bool) -> Style {
        let pressed = self.action.is_some() && ui.hold.pressed == self.action;
        let is_out = ui.hold.rules_out(self.key);
        let style = if is_out { theme::DISABLED } else { self.style(pressed) };
        let is_main = self.look == Look::Main && self.action.is_some();
        let filled = is_main && !is_out || pressed;
        ui.fill(area, if filled { theme::BUTTON } else { style });
        let mut block = Block::bordered().style(style);
        block = match (self.action, focused) {
            (None, _) => block.border_type(BorderType::LightDoubleDashed),
            (Some(_), true) => block.border_type(BorderType::Thick),
            (Some(_), false) if self.look == Look::Refused => {
                block.border_type(BorderType::LightDoubleDashed)
            }
            (Some(_), false) if filled => block.border_set(FILLED),
            (Some(_), false) => block.border_type(BorderType::Rounded),
        };
        let edge = match (filled, focused) {
            // Halves of cells in the ground's colour, on the page.
            (true, false) => Style::new().fg(style.bg.unwrap_or_default()).bg(theme::page()),
            (true, true) => style,
            (false, _) if self.action.is_none() => style,
            (false, _) if matches!(self.look, Look::Few | Look::Refused) => style,
            (false, _) => style.fg(theme::FRAME.fg.unwrap_or_default()),
        };
        block.border_style(edge).render(area, ui.buffer);
        style
    }

    fn style(&self, pressed: bool) -> Style {
        match (self.action, self.look) {
            (None, _) => theme::DISABLED,
            (Some(_), _) if pressed => theme::PRESSED,
            (Some(_), Look::Main) => theme::MAIN_BUTTON,
            (Some(_), Look::Chosen) => theme::CHOSEN,
            (Some(_), Look::Few) => theme::FEW_LEFT,
            (Some(_), Look::Refused) => theme::DISABLED,
            (Some(_), Look::Usual) => theme::BUTTON,
        }
    }

    fn chip(&self, style: Style, focused: bool) -> Style {
        match (self.action, self.look) {
            (None, _) | (Some(_), Look::Refused) => style,
            _ if self.bare && focused => style.add_modifier(Modifier::BOLD),
            (Some(_), Look::Main) => theme::MAIN_KEY_CHIP,
            (Some(_), Look::Usual | Look::Chosen | Look::Few) => theme::KEY_CHIP,
        }
    }

    /// What stands at the left: the key, or that it is chosen; and a mark for the focus.
    fn key_text(&self, hold: &Hold, focused: bool) -> Option<String> {
        let mark = if focused { "▶" } else { " " };
        let key = match self.key {
            _ if self.bare => return focused.then(|| mark.to_owned()),
            _ if self.look == Look::Chosen => "✓".to_owned(),
            Some(key) => hold.shown_key(key),
            None if !self.sign.is_empty() => self.sign.to_owned(),
            None if focused => return Some(mark.to_owned()),
            None => return None,
        };
        Some(format!("{mark}{key} "))
    }

    /// As high as the button, and twice as wide as high; left out where the words need its room.
    fn draw_pictogram(&self, ui: &mut Ui<'_>, inner: &mut Column, style: Style) {
        let Some(pictogram) = self.pictogram else { return };
        let (width, height) = (inner.rest().width, inner.rest().height.min(5));
        let widest = if height >= 5 { 11 } else { (height * 2).clamp(3, 6) };
        let words = self.words.main.width().min(24) as u16;
        // A tile's words break into lines: a smaller picture is better than none.
        let is_tile = self.large && height >= 5;
        let has_room = |columns: &u16| match width.saturating_sub(columns + 2) {
            // With a column at their end, so that they do not touch the frame.
            left if is_tile => left > TILE_WORDS && self.is_roomy(left - 1, inner.rest().height),
            left => left >= words,
        };
        let columns = if is_tile { [widest, 6] } else { [widest; 2] };
        if let Some(columns) = columns.into_iter().find(has_room) {
            let height = height.min(columns.div_ceil(2));
            let room = inner.take_left(columns);
            ui.pictogram(middle(room, columns, height), pictogram, style);
            inner.take_left(2);
            inner.take_right(u16::from(is_tile));
        }
    }

    /// Whether a tile's words and details have room, each on rows of its own or with the Chinese on
    /// the same.
    fn is_roomy(&self, width: u16, height: u16) -> bool {
        let rows = |lines: &[String]| {
            lines.iter().map(|text| wrap(text, usize::from(width)).len()).sum::<usize>()
        };
        self.layouts().iter().take(2).any(|lines| rows(lines) <= usize::from(height))
    }

    /// Large type for the words and the rest below, if all of it has room.
    fn draw_large(&self, ui: &mut Ui<'_>, inner: Rect, style: Style) -> bool {
        let width = usize::from(inner.width).max(2);
        let below: Vec<String> = self
            .words
            .zh
            .iter()
            .cloned()
            .chain(self.detail.iter().map(Words::joined).filter(|text| !text.is_empty()))
            .collect();
        let rows = below.iter().map(|text| wrap(text, width).len() as u16).sum::<u16>();
        let main = wrap(&self.words.main, width).len() as u16;
        let is_main = self.look == Look::Main && self.action.is_some() && !self.bare;
        let bold = style.add_modifier(Modifier::BOLD);
        if is_main && inner.height == 1 && below.is_empty() && main == 1 {
            let area = Rect { y: inner.y - 1, height: 3, ..inner };
            ui.label(area, &self.words.main, self.align, bold);
            return true;
        }
        // Two rows have no middle for one of the usual type.
        let is_large = self.large || is_main || (inner.height == LARGE_ROWS && !self.bare);
        if !is_large || inner.height < LARGE_ROWS + rows {
            return false;
        }
        let room = (inner.height - rows).min(MOST_LARGE_ROWS);
        if main > room {
            return false;
        }
        let mut column = Column::new(middle(inner, inner.width, room + rows));
        ui.heading(column.take(room), &self.words.main, self.align, bold);
        for text in &below {
            column.lines(ui, text, self.align, style);
        }
        true
    }

    fn draw_words(&self, ui: &mut Ui<'_>, inner: Rect, style: Style) {
        if self.draw_large(ui, inner, style) {
            return;
        }
        let width = usize::from(inner.width).max(2);
        let rows_of =
            |lines: &[String]| lines.iter().map(|text| wrap(text, width).len()).sum::<usize>();
        let layouts = self.layouts();
        let fits = |lines: &&Vec<String>| rows_of(lines) <= usize::from(inner.height);
        let Some(lines) = layouts.iter().find(fits).or(layouts.last()) else { return };
        let mut column = Column::new(middle(inner, inner.width, rows_of(lines) as u16));
        let bold = style.add_modifier(Modifier::BOLD);
        for (at, text) in lines.iter().enumerate() {
            column.lines(ui, text, self.align, if at == 0 { bold } else { style });
        }
    }

    /// The same words from roomy to close: each on a row of its own, the Chinese on the same row,
    /// all details on one row, and last without the details' Chinese (what a detail says shortly,
    /// the screen behind it says in full).
    fn layouts(&self) -> Vec<Vec<String>> {
        let details: Vec<&Words> =
            self.detail.iter().filter(|words| !words.main.is_empty()).collect();
        let all = || std::iter::once(&self.words).chain(details.iter().copied());
        let apart = all()
            .flat_map(|words| [Some(words.main.clone()), words.zh.clone()])
            .flatten()
            .collect();
        let joined = all().map(Words::joined).collect();
        let mains = details.iter().map(|words| words.main.clone()).collect::<Vec<_>>().join("  ");
        let second =
            [self.words.zh.clone().unwrap_or_default(), mains.clone()].join("  ").trim().to_owned();
        let two_rows = vec![self.words.main.clone(), second];
        let close = [self.words.main.clone(), self.words.zh.clone().unwrap_or_default()]
            .join(" ")
            .trim()
            .to_owned();
        let one_row = vec![[self.words.joined(), mains.clone()].join("  ").trim().to_owned()];
        if details.is_empty() {
            // Where there is no room for both, the person's language goes before the Chinese.
            return vec![apart, joined, vec![close], vec![self.words.main.clone()]];
        }
        vec![apart, joined, two_rows, vec![self.words.joined(), mains], one_row]
    }
}

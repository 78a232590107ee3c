//! Draws texts into a screen's cells in the console's language, and notes where a click does
//! something.

use super::{Spot, Touch};
use crate::domain::language::Language;
use crate::i18n::fitted::fitted;
use crate::i18n::messages::Message;
use crate::i18n::texts::Texts;
use crate::i18n::wrap::{mend_sara_am, wrap};
use crate::kiosk::theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

/// Draws into a screen.
pub struct Pen<'a> {
    pub buffer: &'a mut Buffer,
    pub texts: &'a Texts,
    pub language: Language,
    touches: &'a mut Vec<Touch>,
    /// Texts of ours that had no room.
    pub cut_off: Vec<String>,
}

impl<'a> Pen<'a> {
    pub fn new(
        buffer: &'a mut Buffer,
        texts: &'a Texts,
        language: Language,
        touches: &'a mut Vec<Touch>,
    ) -> Self {
        Self { buffer, texts, language, touches, cut_off: Vec::new() }
    }

    pub fn say(&self, message: &dyn Message) -> String {
        self.texts.say(self.language, message)
    }

    pub fn clear(&mut self, area: Rect) {
        self.fill(area, theme::PLAIN);
    }

    pub fn fill(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buffer.area);
        for position in area.positions() {
            let cell = &mut self.buffer[position];
            cell.reset();
            cell.set_style(style);
        }
    }

    /// A text of ours on one line; how many columns it took.
    pub fn text(&mut self, area: Rect, text: &str, style: Style) -> u16 {
        if text.width() > usize::from(area.width) {
            self.cut_off.push(text.to_owned());
        }
        self.put(area, text, style)
    }

    /// A text that may be of any length, such as a name: shortened to the room that is there.
    pub fn shortened(&mut self, area: Rect, text: &str, style: Style) -> u16 {
        self.put(area, &fitted(text, area.width), style)
    }

    fn put(&mut self, area: Rect, text: &str, style: Style) -> u16 {
        let area = area.intersection(self.buffer.area);
        if area.is_empty() {
            return 0;
        }
        let text = mend_sara_am(text);
        let (end, _) =
            self.buffer.set_stringn(area.x, area.y, &text, usize::from(area.width), style);
        end - area.x
    }

    /// At the right end of an area.
    pub fn right(&mut self, area: Rect, text: &str, style: Style) {
        let width = (text.width() as u16).min(area.width);
        self.text(Rect { x: area.right() - width, width, ..area }, text, style);
    }

    /// Lines broken as the language breaks them; how many rows they took.
    pub fn lines(&mut self, area: Rect, text: &str) -> u16 {
        let lines = wrap(text, usize::from(area.width).max(2));
        if lines.len() > usize::from(area.height) {
            self.cut_off.push(text.to_owned());
        }
        let rows = lines.len().min(usize::from(area.height));
        for (line, row) in lines.iter().zip(area.rows()) {
            self.put(row, line, theme::PLAIN);
        }
        rows as u16
    }

    pub fn forget_touches(&mut self) {
        self.touches.clear();
    }

    pub fn touch(&mut self, area: Rect, spot: Spot) {
        self.touches.push(Touch { area, spot });
    }
}

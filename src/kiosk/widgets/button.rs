//! A button: a frame with its key at the upper left, words inside, its touch area recorded as it is
//! drawn.

use super::column::{Column, middle};
use super::ui::{Align, Ui, Words};
use crate::i18n::wrap::wrap;
use crate::kiosk::model::action::Action;
use crate::kiosk::theme;
use ratatui::layout::{Margin, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Block, BorderType, Widget};

/// What a button says and does.
#[derive(Clone, Debug)]
pub struct Button {
    pub words: Words,
    /// A second thing said, quieter: free seats, an address, the reason why not.
    pub detail: Vec<Words>,
    pub action: Option<Action>,
    pub digit: Option<u8>,
    /// The key at the upper left, when it is not a digit.
    pub key: &'static str,
    pub main: bool,
    pub align: Align,
    /// The words are the key themselves: it is not shown once more.
    pub bare: bool,
}

impl Button {
    pub fn new(words: Words, action: impl Into<Action>) -> Self {
        let align = Align::Centre;
        Self {
            words,
            detail: Vec::new(),
            action: Some(action.into()),
            digit: None,
            key: "",
            main: false,
            align,
            bare: false,
        }
    }

    pub fn digit(mut self, digit: u8) -> Self {
        self.digit = Some(digit);
        self
    }

    pub fn key(mut self, key: &'static str) -> Self {
        self.key = key;
        self
    }

    pub fn detail(mut self, words: Words) -> Self {
        self.detail.push(words);
        self
    }

    pub fn main(mut self) -> Self {
        self.main = true;
        self
    }

    pub fn left(mut self) -> Self {
        self.align = Align::Left;
        self
    }

    /// Cannot be chosen; its detail says why.
    pub fn disabled(mut self) -> Self {
        self.action = None;
        self
    }

    pub fn draw(&self, ui: &mut Ui<'_>, area: Rect) {
        let area = area.intersection(ui.buffer.area);
        if area.width < 4 || area.height < 3 {
            ui.cut_off.push(self.words.main.clone());
            return;
        }
        let focused = self.action.is_some_and(|action| ui.is_focused(action));
        let style = self.style(ui);
        ui.fill(area, style);
        let border = match (self.action, focused) {
            (None, _) => BorderType::LightDoubleDashed,
            (Some(_), true) => BorderType::Thick,
            (Some(_), false) => BorderType::Rounded,
        };
        Block::bordered()
            .border_type(border)
            .border_style(style)
            .style(style)
            .render(area, ui.buffer);
        self.draw_key(ui, area, style, focused);
        self.draw_words(ui, area.inner(Margin::new(1, 1)), style);
        if let Some(action) = self.action {
            ui.record(area, action, self.digit);
        }
    }

    fn style(&self, ui: &Ui<'_>) -> Style {
        match self.action {
            None => theme::DISABLED,
            Some(action) if ui.hold.pressed == Some(action) => theme::PRESSED,
            Some(_) if self.main => theme::MAIN_BUTTON,
            Some(_) => theme::BUTTON,
        }
    }

    fn draw_key(&self, ui: &mut Ui<'_>, area: Rect, style: Style, focused: bool) {
        let mark = if focused { "▶" } else { "" };
        let key = match self.digit {
            Some(digit) if self.action.is_some() && !self.bare => format!("{mark} {digit} "),
            _ if !self.key.is_empty() => format!("{mark} {} ", self.key),
            _ if focused => format!("{mark} "),
            _ => return,
        };
        let top = area.inner(Margin::new(1, 0));
        ui.line(top, &key, Align::Left, style.add_modifier(Modifier::BOLD));
    }

    fn draw_words(&self, ui: &mut Ui<'_>, inner: Rect, style: Style) {
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
            return vec![apart, joined, vec![close]];
        }
        vec![apart, joined, two_rows, vec![self.words.joined(), mains], one_row]
    }
}

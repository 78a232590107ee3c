//! What screens draw with: words in the person's language, with the Chinese when it is asked for,
//! and lines of them in an area. Every text that had no room is noted, so that a test can fail on
//! it. Large type and pictures are in `large`.

pub use super::align::Align;
use super::graphic::Graphics;
use super::outline::{Outline, What};
use super::targets::{Key, Target, Targets};
pub use super::words::Words;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::domain::refusal::Refusal;
use crate::domain::round::Brand;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::brand_name;
use crate::i18n::refusals::sentence;
use crate::i18n::texts::Texts;
use crate::i18n::wrap::{mend_sara_am, wrap};
use crate::kiosk::model::action::Action;
use jiff::Timestamp;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::time::Duration;
use unicode_width::UnicodeWidthStr;

/// Where the focus and the finger are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Hold {
    pub focus: Option<Action>,
    pub pressed: Option<Action>,
    /// The first of two digits, whose second is waited for.
    pub first_digit: Option<FirstDigit>,
}

/// The first of the two digits of a button's number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FirstDigit {
    pub tens: u8,
    /// The uptime at which it was pressed.
    pub pressed: Duration,
}

impl Hold {
    /// Whether the focus was moved to this.
    pub fn has_focus(&self, action: impl Into<Action>) -> bool {
        self.focus == Some(action.into())
    }

    /// What a button shows of its key: of two digits only the second once the first was pressed,
    /// and nothing where that led elsewhere.
    pub fn shown_key(&self, key: Key) -> String {
        let (whole, second) = match key {
            Key::Digit(digit) => (digit.to_string(), String::new()),
            Key::Number(number) => (format!("{number:02}"), format!(" {}", number % 10)),
        };
        match self.first_digit {
            None => whole,
            Some(_) if self.rules_out(Some(key)) => " ".repeat(whole.len()),
            Some(_) => second,
        }
    }

    /// Whether the first of two digits led elsewhere: a key with this does nothing now.
    pub fn rules_out(&self, key: Option<Key>) -> bool {
        match (key, self.first_digit) {
            (Some(Key::Number(number)), Some(first)) => number / 10 != first.tens,
            (Some(Key::Digit(_)), Some(_)) => true,
            (None, _) | (_, None) => false,
        }
    }

    /// Whether a finger is on this.
    pub fn is_pressed(&self, action: impl Into<Action>) -> bool {
        self.pressed == Some(action.into())
    }
}

/// Draws into a frame, and records where each button was drawn so that a touch finds it.
pub struct Ui<'a> {
    pub buffer: &'a mut Buffer,
    pub targets: &'a mut Targets,
    /// Large type and pictures that lie over the cells.
    pub graphics: &'a mut Graphics,
    /// Whether the terminal shows them. What is told by pictures alone must be told otherwise where
    /// it does not.
    pub has_pictures: bool,
    pub texts: &'a Texts,
    pub language: Language,
    pub bilingual: bool,
    pub hold: Hold,
    /// Texts that had no room, whole.
    pub cut_off: &'a mut Vec<String>,
    /// Where what is drawn is written down too, for a screen that turns pages.
    pub outline: Option<&'a mut Outline>,
}

impl Ui<'_> {
    pub fn say(&self, message: &dyn Message) -> Words {
        let zh = self.bilingual.then(|| self.texts.say(Language::ZhTw, message));
        Words { main: self.texts.say(self.language, message), zh }
    }

    /// The same without the Chinese.
    pub fn say_alone(&self, message: &dyn Message) -> Words {
        self.say(message).alone()
    }

    /// How long it is until the round opens; nothing once it has.
    pub fn countdown_to(&self, opens: Timestamp, now: Timestamp) -> Words {
        let seconds = opens.as_second().saturating_sub(now.as_second()).max(0).unsigned_abs();
        self.say_with(|texts, language| {
            let time = texts.span(language, seconds);
            texts.say(language, &say::AttractCountdown { time: time.into() })
        })
    }

    /// Says something that is made with the language, such as a date inside a message.
    pub fn say_with(&self, speak: impl Fn(&Texts, Language) -> String) -> Words {
        let zh = self.bilingual.then(|| speak(self.texts, Language::ZhTw));
        Words { main: speak(self.texts, self.language), zh }
    }

    /// A label and what it is about, with the colon of the language.
    pub fn labelled(
        &self,
        label: &dyn Message,
        value: impl Fn(&Texts, Language) -> String,
    ) -> Words {
        self.say_with(|texts, language| texts.labelled(language, label, &value(texts, language)))
    }

    pub fn fill(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buffer.area);
        self.graphics.cover(area);
        if let Some(outline) = &mut self.outline {
            outline.cover(area);
        }
        let mut blank = Cell::EMPTY;
        blank.set_style(style);
        for row in area.rows().filter(|row| !row.is_empty()) {
            let from = self.buffer.index_of(row.x, row.y);
            self.buffer.content[from..from + usize::from(row.width)].fill(blank.clone());
        }
    }

    /// Whether pages are turned: what is told by its place on the page must be told in words.
    pub fn turns_pages(&self) -> bool {
        self.outline.is_some()
    }

    /// Writes a piece down, where that is done.
    pub(super) fn outline(&mut self, area: Rect, what: impl FnOnce() -> What) {
        if let Some(outline) = &mut self.outline {
            outline.add(area, what());
        }
    }

    /// Draws without writing it down: an ornament, or what is written down as a whole.
    pub fn unwritten(&mut self, draw: impl FnOnce(&mut Ui<'_>)) {
        let outline = self.outline.take();
        draw(self);
        self.outline = outline;
    }

    pub(super) fn outline_text(&mut self, area: Rect, text: &str, style: Style) {
        self.outline(area, || What::Text { text: Personal::new(text), style });
    }

    /// One line. Too long, it is cut and noted.
    pub fn line(&mut self, area: Rect, text: &str, align: Align, style: Style) {
        self.outline_text(area, text, style);
        self.put(area, text, align, style);
    }

    fn put(&mut self, area: Rect, text: &str, align: Align, style: Style) {
        let area = area.intersection(self.buffer.area);
        let (width, room) = (text.width(), usize::from(area.width));
        if width > room || area.height == 0 {
            self.cut_off.push(text.to_owned());
        }
        if area.is_empty() {
            return;
        }
        let spare = room.saturating_sub(width) as u16;
        let x = area.x
            + match align {
                Align::Left => 0,
                Align::Centre => spare / 2,
                Align::Right => spare,
            };
        let mended = mend_sara_am(text);
        self.buffer.set_stringn(x, area.y, &mended, usize::from(area.right() - x), style);
    }

    /// One line on a ground that fills the area.
    pub fn line_on(&mut self, area: Rect, text: &str, align: Align, style: Style) {
        self.fill(area, style);
        self.line(area, text, align, style);
    }

    /// Wrapped lines from the top of the area; how many rows they took.
    pub fn lines(&mut self, area: Rect, text: &str, align: Align, style: Style) -> u16 {
        let lines = wrap(text, usize::from(area.width).max(2));
        self.wrapped(area, (text, &lines), align, style)
    }

    /// A text whose lines were broken before, from the top of the area; how many rows they took.
    pub(super) fn paragraph(
        &mut self,
        area: Rect,
        (text, lines): &(String, Vec<String>),
        style: Style,
    ) -> u16 {
        self.wrapped(area, (text, lines), Align::Left, style)
    }

    fn wrapped(
        &mut self,
        area: Rect,
        (text, lines): (&str, &[String]),
        align: Align,
        style: Style,
    ) -> u16 {
        let rows = (lines.len() as u16).min(area.height);
        self.outline_text(Rect { height: rows, ..area }, text, style);
        self.broken(area, lines, align, style)
    }

    /// Lines from the top of the area that were broken before; how many rows they took.
    pub(super) fn broken(
        &mut self,
        area: Rect,
        lines: &[String],
        align: Align,
        style: Style,
    ) -> u16 {
        if lines.len() > usize::from(area.height) {
            self.cut_off.push(lines.join(" "));
        }
        for (line, row) in lines.iter().zip(area.rows()) {
            self.put(row, line, align, style);
        }
        lines.len().min(usize::from(area.height)) as u16
    }

    /// A refusal in one sentence.
    pub fn refusal(&self, refusal: Refusal) -> Words {
        self.say_with(|texts, language| sentence(texts, language, refusal))
    }

    /// A vaccine's brand.
    pub fn brand(&self, brand: Brand) -> Words {
        self.say(brand_name(brand))
    }

    pub fn is_focused(&self, action: impl Into<Action>) -> bool {
        let action = action.into();
        match self.hold.focus {
            Some(focus) => focus == action,
            // The first button drawn has the focus until it is moved.
            None => self.targets.all().is_empty(),
        }
    }

    pub fn record(&mut self, area: Rect, action: impl Into<Action>, digit: Option<u8>) {
        let action = action.into();
        self.outline(area, || What::Anywhere(action));
        self.record_key(area, action, digit.map(Key::Digit));
    }

    pub fn record_key(&mut self, area: Rect, action: impl Into<Action>, key: Option<Key>) {
        let action = action.into();
        self.targets.record(Target { area, action, key });
    }
}

//! A person who follows the manual: waits for a screen, then types, touches or reads.

use crate::pty::Terminal;
use vaxkiosk::domain::language::Language;
use vaxkiosk::server::captcha::GLYPHS;

/// What a person does when a screen is there.
#[derive(Clone, Copy)]
pub enum Do {
    Keys(&'static str),
    /// Touches the button that says this message.
    Touch(&'static str),
    /// Reads the picture, in its larger form, and types it.
    Graphic,
    /// Reads the code from the person's phone, and types it.
    AppCode(&'static str),
    Look,
}

use Do::{AppCode, Graphic, Keys, Look, Touch};

/// A page of the manual, the message that tells that its screen is there, what is done.
pub type Step = (&'static str, &'static str, Do);

pub const F2: &str = "\x1bOQ";

pub const F6: &str = "\x1b[17~";

pub struct Person {
    pub terminal: Terminal,
    pub language: Language,
}

impl Person {
    pub fn at(channel: &str, language: Language) -> Self {
        Self { terminal: Terminal::demo_at(channel, 100, 32), language }
    }

    /// What a message says for sure, as this person reads it.
    pub fn said(&self, key: &str) -> String {
        let source = self.language.messages();
        let line = source
            .lines()
            .find(|line| line.starts_with(&format!("{key} =")))
            .unwrap_or_else(|| panic!("{key}"));
        let text = line.split_once("= ").unwrap().1;
        // The longest part without an argument.
        let parts = text.split(['{', '}']).step_by(2);
        let text = parts.max_by_key(|part| part.chars().count()).unwrap();
        let text: String = text.chars().take(20).collect();
        text.trim().to_owned()
    }

    pub fn does(&mut self, steps: &[Step]) {
        for (page, shows, does) in steps {
            let text = self.said(shows);
            let what = format!("page {page}: {shows} ({text})");
            self.terminal.wait_until(&what, |terminal| terminal.text().contains(&text));
            match does {
                Keys(keys) => self.terminal.keys(keys),
                Touch(key) => {
                    let label = self.said(key);
                    self.terminal.touch(&label);
                }
                Graphic => self.read_and_type(),
                AppCode(id) => self.type_app_code(id),
                Look => {}
            }
        }
    }

    pub fn read_and_type(&mut self) {
        let label = self.said("graphic-larger");
        self.terminal.touch(&label);
        let usual = self.said("graphic-usual");
        self.terminal.wait_for(&usual);
        let digits = read_picture(&self.terminal);
        self.terminal.keys(&digits);
    }

    pub fn type_app_code(&mut self, id: &str) {
        self.terminal.keys(F6);
        self.terminal.wait_for(id);
        let code = |terminal: &Terminal| {
            let text = terminal.text();
            let line = text.lines().find(|line| line.contains(id))?;
            let code: String = line
                .trim_end()
                .chars()
                .rev()
                .take(6)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            code.bytes().all(|byte| byte.is_ascii_digit()).then_some(code)
        };
        self.terminal.wait_until("a code of the app", |terminal| code(terminal).is_some());
        let code = code(&self.terminal).unwrap();
        self.terminal.keys("-");
        let asked = self.said("entry-app");
        self.terminal.wait_for(&asked);
        self.terminal.keys(&code);
    }

    pub fn sees(&mut self, text: &str) {
        self.terminal.wait_for(text);
    }
}

/// The digits of the large picture on the screen: three cells wide, one and a half high for each
/// point of a glyph.
pub fn read_picture(terminal: &Terminal) -> String {
    let text = terminal.text();
    let is_ink = |c: char| matches!(c, '▀' | '▄' | '█');
    let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let top = lines.iter().position(|line| line.iter().any(|c| is_ink(*c))).expect("a picture");
    // 72 columns in the middle of 100.
    let left = 14;
    let lit = |x: usize, y: usize| {
        let c = lines.get(top + y / 2).and_then(|line| line.get(left + x)).copied().unwrap_or(' ');
        c == '█' || c == if y.is_multiple_of(2) { '▀' } else { '▄' }
    };
    let digit = |at: usize| {
        let bits = |row: usize| {
            (0..5).fold(0, |bits, column| {
                bits << 1 | u8::from(lit(at * 18 + 2 + column * 3, row * 3 + 1))
            })
        };
        let seen: Vec<u8> = (0..7).map(bits).collect();
        let known = GLYPHS.iter().position(|glyph| glyph.as_slice() == seen);
        known.unwrap_or_else(|| panic!("digit {at} of\n{text}")).to_string()
    };
    (0..4).map(digit).collect()
}

pub fn language_key(language: Language) -> &'static str {
    if language == Language::Vi { "4" } else { "1" }
}

/// From the attract screen to the ways in.
pub fn ways(way: &'static str) -> [Step; 2] {
    [
        ("二、預約接種登記", "card-insert-title", Keys("1")),
        ("二、預約接種登記：三種方式點選預約", "ways-title", Keys(way)),
    ]
}

/// By ID and card number, with the picture.
pub fn by_numbers(id: &'static str, card: &'static str) -> [Step; 4] {
    [
        ("身分證號+健保卡號", "privacy-title", Keys("1")),
        ("身分證號+健保卡號：執行身分認證", "entry-id", Keys(id)),
        ("身分證號+健保卡號：執行身分認證", "entry-card", Keys(card)),
        ("身分證號+健保卡號：執行身分認證", "graphic-title", Graphic),
    ]
}

pub fn begin(person: &mut Person, way: &'static str) {
    person.terminal.keys("\r");
    let language = language_key(person.language);
    person.terminal.wait_for("Choose your language");
    person.terminal.keys(language);
    person.does(&ways(way));
}

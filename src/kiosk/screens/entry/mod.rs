//! Something typed to come in: a number, a code, a password, the digits of a picture. One at a
//! time, with a keyboard on the screen that has only the keys that can come next.

mod captcha_page;

use crate::api::captchas::{CAPTCHA_DIGITS, Captcha, CaptchaAnswer};
use crate::api::queries::MOBILE_END;
use crate::api::sessions::{APP_CODE_DIGITS, PASSWORD_AT_MOST};
use crate::api::waiting::OFFER_CODE_DIGITS;
use crate::domain::card::CardNumber;
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::sign_in::{Field, Typed};
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::keyboard::{self, Keys};
use crate::kiosk::widgets::picture;
use crate::kiosk::widgets::ui::{Ui, Words};
use ratatui::layout::Rect;

/// What is typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asked {
    Id,
    CardNumber,
    AppCode,
    Password,
    MobileEnd,
    /// The code of a text message that offers a seat.
    OfferCode,
    /// The digits of a picture.
    Captcha {
        code: Captcha,
        larger: bool,
    },
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub asked: Asked,
    typed: Personal,
    /// What was typed is not a valid number of its kind, or the captcha was answered wrongly.
    pub wrong: bool,
    shift: bool,
    /// What was typed before this, and can be changed.
    kept: Vec<(Field, Personal)>,
}

/// What is asked, and which keys there are for it. While it stays the same, so does the focus.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EntryPlace {
    field: Field,
    keys: Keys,
}

impl EntryPlace {
    /// Whether it is the same field, although perhaps with other keys.
    pub fn is_same_field(self, other: Self) -> bool {
        self.field == other.field
    }
}

#[derive(Clone, PartialEq, Debug)]
pub enum EntryAnswer {
    /// Something was typed whole.
    Typed(Typed),
    AnotherCaptcha {
        larger: bool,
    },
    /// Something that was typed before is to be changed.
    Retype(Field),
}

const ID_LENGTH: usize = 10;
const CARD_DIGITS: usize = 12;

impl Asked {
    /// What is asked for a field; `None` for a captcha, whose picture has to be fetched first.
    pub fn of(field: Field) -> Option<Self> {
        match field {
            Field::Id => Some(Asked::Id),
            Field::CardNumber => Some(Asked::CardNumber),
            Field::AppCode => Some(Asked::AppCode),
            Field::Password => Some(Asked::Password),
            Field::MobileEnd => Some(Asked::MobileEnd),
            Field::OfferCode => Some(Asked::OfferCode),
            Field::Captcha => None,
        }
    }

    pub fn field(&self) -> Field {
        match self {
            Asked::Id => Field::Id,
            Asked::CardNumber => Field::CardNumber,
            Asked::AppCode => Field::AppCode,
            Asked::Password => Field::Password,
            Asked::MobileEnd => Field::MobileEnd,
            Asked::OfferCode => Field::OfferCode,
            Asked::Captcha { .. } => Field::Captcha,
        }
    }
}

impl Entry {
    pub fn new(asked: Asked) -> Self {
        let kept = Vec::new();
        Self { asked, typed: Personal::default(), wrong: false, shift: false, kept }
    }

    /// With what was typed for it before.
    pub fn with(self, typed: Personal) -> Self {
        Self { typed, ..self }
    }

    /// With what was typed before it.
    pub fn after(self, kept: Vec<(Field, Personal)>) -> Self {
        Self { kept, ..self }
    }

    fn is_whole(&self) -> bool {
        self.typed.expose().len() == self.length()
    }

    pub fn place(&self) -> EntryPlace {
        // Large and small letters are the same keys.
        let keys = match self.keys() {
            Keys::All { .. } => Keys::All { large: false },
            keys @ (Keys::Letters | Keys::Second | Keys::Digits) => keys,
        };
        EntryPlace { field: self.asked.field(), keys }
    }

    fn length(&self) -> usize {
        match self.asked {
            Asked::Id => ID_LENGTH,
            Asked::CardNumber => CARD_DIGITS,
            Asked::AppCode => APP_CODE_DIGITS,
            Asked::Password => PASSWORD_AT_MOST,
            Asked::MobileEnd => MOBILE_END,
            Asked::OfferCode => OFFER_CODE_DIGITS,
            Asked::Captcha { .. } => CAPTCHA_DIGITS,
        }
    }

    fn keys(&self) -> Keys {
        match (&self.asked, self.typed.expose().len()) {
            (Asked::Id, 0) => Keys::Letters,
            (Asked::Id, 1) => Keys::Second,
            (Asked::Password, _) => Keys::All { large: self.shift },
            _ => Keys::Digits,
        }
    }

    pub fn act(&mut self, action: ScreenAction) -> Option<EntryAnswer> {
        if let Asked::Captcha { larger, .. } = self.asked {
            match action {
                ScreenAction::NewCaptcha => return Some(EntryAnswer::AnotherCaptcha { larger }),
                ScreenAction::CaptchaSize => {
                    return Some(EntryAnswer::AnotherCaptcha { larger: !larger });
                }
                _ => {}
            }
        }
        match action {
            ScreenAction::Retype(field) if self.kept.iter().any(|(kept, _)| *kept == field) => {
                Some(EntryAnswer::Retype(field))
            }
            action => self.typed(action).map(EntryAnswer::Typed),
        }
    }

    /// What was typed, once it is whole.
    fn typed(&mut self, action: ScreenAction) -> Option<Typed> {
        match action {
            ScreenAction::Key(digit @ 0..=9) => self.key(char::from(b'0' + digit)),
            ScreenAction::Letter(letter) => self.key(letter),
            ScreenAction::Shift => {
                self.shift = !self.shift;
                None
            }
            ScreenAction::Erase => {
                self.typed.pop();
                self.wrong = false;
                None
            }
            ScreenAction::ClearAll => {
                self.typed = Personal::default();
                self.wrong = false;
                None
            }
            ScreenAction::Confirm if self.asked == Asked::Password && !self.typed.is_empty() => {
                Some(Typed::Password(self.typed.clone()))
            }
            ScreenAction::Confirm if self.is_whole() => self.whole(),
            _ => None,
        }
    }

    fn key(&mut self, key: char) -> Option<Typed> {
        let key = if self.asked == Asked::Id { key.to_ascii_uppercase() } else { key };
        let fits = match self.keys() {
            Keys::Letters => key.is_ascii_alphabetic(),
            Keys::Second => keyboard::SECOND.contains(&key),
            Keys::Digits => key.is_ascii_digit(),
            Keys::All { .. } => key.is_ascii_alphanumeric(),
        };
        if !fits || self.typed.expose().len() >= self.length() {
            return None;
        }
        self.wrong = false;
        self.typed.push(key);
        if self.is_whole() { self.whole() } else { None }
    }

    /// What was typed, if it is a valid one of its kind; else that it is wrong is shown.
    fn whole(&mut self) -> Option<Typed> {
        let typed = self.typed.clone();
        let whole = match &self.asked {
            Asked::Id => IdNumber::parse(typed.expose()).ok().map(Typed::Id),
            Asked::CardNumber => CardNumber::parse(typed.expose()).ok().map(Typed::CardNumber),
            Asked::AppCode => Some(Typed::AppCode(typed)),
            Asked::MobileEnd => Some(Typed::MobileEnd(typed)),
            Asked::OfferCode => Some(Typed::OfferCode(typed)),
            Asked::Captcha { code, .. } => {
                Some(Typed::Captcha(CaptchaAnswer { token: code.token.clone(), digits: typed }))
            }
            Asked::Password => return None,
        };
        self.wrong = whole.is_none();
        whole
    }

    /// What is typed, with a dot for each that is to come; a password hides itself.
    fn shown(&self) -> String {
        let typed = self.typed.expose();
        if self.asked == Asked::Password {
            return typed.chars().map(|_| "● ").collect::<String>().trim_end().to_owned();
        }
        let group = match self.asked {
            Asked::CardNumber => 4,
            Asked::OfferCode => 5,
            Asked::Id
            | Asked::AppCode
            | Asked::MobileEnd
            | Asked::Password
            | Asked::Captcha { .. } => usize::MAX,
        };
        let all = typed.chars().chain(std::iter::repeat('·')).take(self.length());
        let spaced = all.enumerate().map(|(at, c)| {
            let gap = if at > 0 && at % group == 0 { "  " } else { "" };
            format!("{gap}{c} ")
        });
        spaced.collect::<String>().trim_end().to_owned()
    }

    fn title(&self, ui: &Ui<'_>) -> Words {
        match (&self.asked, self.wrong) {
            (Asked::Id, false) => ui.say(&say::EntryId),
            (Asked::Id, true) => ui.say(&say::EntryIdWrong),
            (Asked::CardNumber, _) => ui.say(&say::EntryCard),
            (Asked::AppCode, _) => ui.say(&say::EntryApp),
            (Asked::Password, _) => ui.say(&say::EntryPassword),
            (Asked::MobileEnd, _) => ui.say(&say::EntryMobileEnd),
            (Asked::OfferCode, false) => ui.say(&say::EntryCode),
            (Asked::OfferCode, true) => ui.say(&say::EntryCodeWrong),
            (Asked::Captcha { .. }, false) => ui.say(&say::GraphicTitle),
            (Asked::Captcha { .. }, true) => ui.say(&say::GraphicWrong),
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect) {
        let title = self.title(ui);
        let shown = Words::same(format!("▸ {}", self.shown()));
        let mut page = Column::new(area);
        let mut keys = || page.take_bottom(keyboard::height(self.keys(), area.width));
        if let Asked::Captcha { code, larger } = &self.asked {
            keyboard::draw_with_picture(ui, keys(), *larger);
            let page = captcha_page::draw(ui, page, &self.kept, (&title, &shown), code);
            picture::draw(ui, page.rest(), &code.rows);
            return;
        }
        let keys = keys();
        let page = Column::headed(ui, page.rest(), &title, Some(&shown));
        let hint = match self.asked {
            Asked::Id => Some(ui.say(&say::EntryIdHint)),
            Asked::CardNumber => Some(ui.say(&say::EntryCardHint)),
            Asked::AppCode => Some(ui.say(&say::EntryAppHint)),
            Asked::MobileEnd => Some(ui.say(&say::EntryMobileEndHint)),
            Asked::OfferCode if self.wrong => Some(ui.say(&say::EntryCodeWrongHint)),
            Asked::OfferCode => Some(ui.say(&say::EntryCodeHint)),
            Asked::Password | Asked::Captcha { .. } => None,
        };
        if let Some(hint) = hint {
            page.inset(2).paragraph(ui, &hint, theme::QUIET_TEXT);
        }
        keyboard::draw(ui, keys, self.keys(), self.is_whole() && !self.wrong);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn typed(asked: Asked, keys: &str) -> (Entry, Option<EntryAnswer>) {
        let mut entry = Entry::new(asked);
        let mut whole = None;
        for key in keys.chars() {
            whole = entry.act(
                key.to_digit(10)
                    .map_or(ScreenAction::Letter(key), |digit| ScreenAction::Key(digit as u8)),
            );
        }
        (entry, whole)
    }

    #[rstest]
    #[case::national("a123456789", true, false)]
    #[case::resident("A900207177", true, false)]
    #[case::old_resident("AB23456789", true, false)]
    #[case::one_digit_wrong("A123456788", false, true)]
    #[case::not_yet("A12345678", false, false)]
    fn an_id_is_read_when_its_last_digit_is_typed(
        #[case] keys: &str,
        #[case] whole: bool,
        #[case] wrong: bool,
    ) {
        let (entry, typing) = typed(Asked::Id, keys);
        assert_eq!(
            (matches!(typing, Some(EntryAnswer::Typed(Typed::Id(_)))), entry.wrong),
            (whole, wrong)
        );
    }

    #[test]
    fn only_what_can_come_next_is_typed() {
        assert_eq!(typed(Asked::Id, "1A7x2").0.typed.expose(), "A2");
        assert_eq!(typed(Asked::AppCode, "12ab34").0.typed.expose(), "1234");
        let (entry, whole) = typed(Asked::Password, "abcDEF1234567");
        assert_eq!(
            (entry.typed.expose(), whole),
            ("abcDEF123456", None),
            "twelve at most, and no end by itself"
        );
    }

    #[test]
    fn a_password_ends_with_its_button_and_is_never_shown() {
        let (mut entry, _) = typed(Asked::Password, "abc");
        assert!(!entry.shown().contains('a'));
        assert_eq!(
            entry.act(ScreenAction::Confirm),
            Some(EntryAnswer::Typed(Typed::Password(Personal::new("abc"))))
        );
        assert_eq!(Entry::new(Asked::Password).act(ScreenAction::Confirm), None);
    }

    #[test]
    fn what_was_typed_before_can_be_mended_and_ends_with_its_button() {
        let number = Personal::new("000000000001");
        let mut entry = Entry::new(Asked::CardNumber).with(number);
        entry.act(ScreenAction::Erase);
        assert_eq!(entry.act(ScreenAction::Confirm), None, "a digit is missing");
        let typed = entry.act(ScreenAction::Key(2));
        let card = CardNumber::parse("000000000002").unwrap();
        assert_eq!(typed, Some(EntryAnswer::Typed(Typed::CardNumber(card.clone()))));
        assert_eq!(
            entry.act(ScreenAction::Confirm),
            Some(EntryAnswer::Typed(Typed::CardNumber(card)))
        );
    }

    #[test]
    fn a_card_number_is_typed_in_three_groups() {
        assert_eq!(
            typed(Asked::CardNumber, "00001").0.shown(),
            "0 0 0 0   1 · · ·   · · · \
            ·"
        );
    }
}

//! A phone number by keypad, read back in groups before it counts: many people mistyped theirs on
//! the real platform.

use crate::domain::personal::Personal;
use crate::domain::phone::{MOBILE_DIGITS, MobileNumber};
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;

/// As on a phone: the digits in threes, and below them what takes digits back, beside the 0.
const PAD: Grid = Grid { columns: 3, rows: 4 };

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Phone {
    typed: Personal,
    /// All digits are there and make a number: it is read back.
    checking: Option<MobileNumber>,
    wrong: bool,
}

impl Phone {
    /// What was typed is no mobile number.
    pub fn is_wrong(&self) -> bool {
        self.wrong
    }

    pub fn is_checking(&self) -> bool {
        self.checking.is_some()
    }

    /// From the read-back to the keypad; false when it was the keypad already.
    pub fn back(&mut self) -> bool {
        self.checking.take().is_some()
    }

    /// The number, once the person has said that it is right.
    pub fn act(&mut self, action: ScreenAction) -> Option<MobileNumber> {
        match (action, &self.checking) {
            (ScreenAction::Confirm, Some(mobile)) => return Some(mobile.clone()),
            (ScreenAction::ClearAll, _) => *self = Self::default(),
            (ScreenAction::Erase, None) => {
                self.typed.pop();
                self.wrong = false;
            }
            (ScreenAction::Key(digit @ 0..=9), None) => self.key(digit),
            _ => {}
        }
        None
    }

    fn key(&mut self, digit: u8) {
        if self.typed.expose().len() >= MOBILE_DIGITS {
            return;
        }
        self.typed.push(char::from(b'0' + digit));
        if self.typed.expose().len() == MOBILE_DIGITS {
            self.checking = MobileNumber::parse(self.typed.expose()).ok();
            self.wrong = self.checking.is_none();
        }
    }

    /// What is typed, in groups, with a dot for each digit to come.
    fn grouped(&self) -> String {
        let digits: Vec<char> =
            self.typed.expose().chars().chain(std::iter::repeat('·')).take(MOBILE_DIGITS).collect();
        let group = |range: std::ops::Range<usize>| {
            digits[range].iter().map(|c| format!("{c} ")).collect::<String>()
        };
        format!("{}  {}  {}", group(0..4), group(4..7), group(7..10)).trim_end().to_owned()
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect) {
        match &self.checking {
            Some(mobile) => Self::read_back(ui, area, mobile),
            None => self.keypad(ui, area),
        }
    }

    fn read_back(ui: &mut Ui<'_>, area: Rect, mobile: &MobileNumber) {
        let mut page = Column::under(ui, area, &say::PhoneCheckTitle);
        let mut buttons = Column::new(page.take_bottom(8));
        let mut page = page.inset(2);
        page.gap(1);
        let spaced: String = mobile.grouped().expose().chars().flat_map(|c| [c, ' ']).collect();
        page.line(ui, spaced.trim_end(), Align::Centre, theme::TITLE);
        page.gap(1);
        let hint = ui.say(&say::PhoneCheckHint);
        page.paragraph(ui, &hint, theme::QUIET_TEXT);
        Button::new(ui.say(&say::PhoneYes), ScreenAction::Confirm)
            .digit(1)
            .main()
            .draw(ui, buttons.take(4));
        Button::new(ui.say(&say::PhoneNo), ScreenAction::ClearAll)
            .digit(2)
            .draw(ui, buttons.take(4));
    }

    fn keypad(&self, ui: &mut Ui<'_>, area: Rect) {
        let mut page = Column::under(ui, area, &say::PhoneTitle);
        let pad = page.take_right(36.min(area.width / 2));
        let mut page = page.inset(2);
        page.gap(1);
        let words = ui.say(&say::PhoneHint);
        page.centred(ui, &words, theme::QUIET_TEXT);
        page.gap(1);
        page.line(ui, &self.grouped(), Align::Centre, theme::TITLE);
        if self.wrong {
            page.gap(1);
            let words = ui.say(&say::PhoneWrong);
            page.centred(ui, &words, theme::WARNING);
        }
        for digit in 1..=9u8 {
            key(digit).draw(ui, PAD.cell(pad, usize::from(digit - 1)));
        }
        Button::new(ui.say_alone(&say::PhoneClear), ScreenAction::ClearAll)
            .draw(ui, PAD.cell(pad, 9));
        key(0).draw(ui, PAD.cell(pad, 10));
        Button::new(ui.say_alone(&say::PhoneErase), ScreenAction::Erase)
            .draw(ui, PAD.cell(pad, 11));
    }
}

fn key(digit: u8) -> Button {
    Button::new(Words::same(digit.to_string()), ScreenAction::Key(digit)).digit(digit).bare()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(digits: &str) -> Phone {
        let mut phone = Phone::default();
        for digit in digits.bytes() {
            assert_eq!(phone.act(ScreenAction::Key(digit - b'0')), None);
        }
        phone
    }

    #[test]
    fn ten_digits_are_read_back_before_they_count() {
        let mut phone = typed("0912345678");
        assert!(phone.is_checking());
        let Some(mobile) = phone.act(ScreenAction::Confirm) else { panic!("it was confirmed") };
        assert_eq!(mobile.expose(), "0912345678");
    }

    #[test]
    fn a_number_that_is_none_is_said_and_can_be_mended() {
        let mut phone = typed("0212345678");
        assert!(phone.wrong && !phone.is_checking());
        assert_eq!(phone.act(ScreenAction::Confirm), None);
        phone.act(ScreenAction::Erase);
        assert!(!phone.wrong);
        phone.act(ScreenAction::ClearAll);
        assert_eq!(phone, Phone::default());
    }

    #[test]
    fn an_eleventh_digit_does_nothing() {
        let mut phone = typed("0212345678");
        phone.act(ScreenAction::Key(9));
        assert_eq!(phone.typed.expose(), "0212345678");
    }
}

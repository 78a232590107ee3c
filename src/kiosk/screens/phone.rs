//! A phone number by keypad, read back in groups before it counts: many people mistyped theirs on
//! the real platform.

use crate::domain::personal::Personal;
use crate::domain::phone::{MOBILE_DIGITS, MobileNumber};
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;

/// As on a phone: the digits in threes, and below them what takes digits back, beside the 0.
const PAD: Grid = Grid { columns: 3, rows: 4 };

/// All of Taiwan's mobile numbers begin so: it stands there already.
const BEGINNING: &str = "09";

#[derive(Clone, PartialEq, Debug)]
pub struct Phone {
    /// Its beginning is always there.
    typed: Personal,
    /// The beginning was typed too, and taken as the one that stands there.
    began: bool,
    /// All digits are there and make a number: it is read back.
    checking: Option<MobileNumber>,
    wrong: bool,
}

impl Default for Phone {
    fn default() -> Self {
        Self { typed: Personal::new(BEGINNING), began: false, checking: None, wrong: false }
    }
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
            (ScreenAction::Erase, None) if self.typed.expose() == BEGINNING => self.began = false,
            (ScreenAction::Erase, None) => {
                self.typed.pop();
                self.wrong = false;
            }
            (ScreenAction::Key(digit @ 0..=9), None) => self.key(digit),
            _ => {}
        }
        None
    }

    /// Who types all ten digits from habit types the beginning once more: a 0 and a 9 that come
    /// first are taken as those that stand there. `0909…` is typed whole, or as `0909` after it.
    fn key(&mut self, digit: u8) {
        let typed = self.typed.expose().len();
        if typed >= MOBILE_DIGITS {
            return;
        }
        if !self.began && typed == 3 && digit == 9 && self.typed.expose().ends_with('0') {
            self.typed.pop();
            self.began = true;
            return;
        }
        self.typed.push(char::from(b'0' + digit));
        if self.typed.expose().len() == MOBILE_DIGITS {
            self.checking = MobileNumber::parse(self.typed.expose()).ok();
            self.wrong = self.checking.is_none();
        }
    }

    /// What is typed, in groups, with a line for each digit to come.
    fn grouped(&self) -> String {
        let digits: String =
            self.typed.expose().chars().chain(std::iter::repeat('-')).take(MOBILE_DIGITS).collect();
        format!("{} {} {}", &digits[..4], &digits[4..7], &digits[7..])
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect) {
        match &self.checking {
            Some(mobile) => Self::read_back(ui, area, mobile),
            None => self.keypad(ui, area),
        }
    }

    fn read_back(ui: &mut Ui<'_>, area: Rect, mobile: &MobileNumber) {
        let class = SizeClass::of(ui.buffer.area);
        let area = middle(area, area.width, if class == SizeClass::Compact { 18 } else { 28 });
        let mut page = Column::under(ui, area, &say::PhoneCheckTitle);
        let main = if class == SizeClass::Compact { 4 } else { 6 };
        let mut buttons = Column::new(page.take_bottom(main + 3));
        page.gap(1);
        let panel = page.take(5);
        ui.fill(panel, theme::PANEL);
        let fact = middle(panel, panel.width, 3);
        ui.key_fact(fact, mobile.grouped().expose(), Align::Centre, theme::PANEL_TITLE);
        page.gap(u16::from(class != SizeClass::Compact));
        let hint = ui.say(&say::PhoneCheckHint);
        page.inset(1).paragraph(ui, &hint, theme::QUIET_TEXT);
        Button::new(ui.say(&say::PhoneYes), ScreenAction::Confirm)
            .digit(1)
            .main()
            .draw(ui, buttons.take(main));
        Button::new(ui.say(&say::PhoneNo), ScreenAction::ClearAll)
            .digit(2)
            .draw(ui, buttons.take(3));
    }

    fn keypad(&self, ui: &mut Ui<'_>, area: Rect) {
        let class = SizeClass::of(ui.buffer.area);
        let hint = ui.say(&say::PhoneHint);
        let title = ui.say(&say::PhoneTitle);
        let mut page = Column::headed(ui, area, &title, None);
        let (pad, mut page) = if class == SizeClass::Upright {
            let pad = page.take_bottom(16);
            (pad, page)
        } else {
            let pad = page.take_right(36.max(area.width / 2 - 4));
            page.take_right(1);
            (pad, page)
        };
        let pad = middle(pad, pad.width, 24);
        page.gap(1);
        let panel = page.take(5);
        ui.fill(panel, theme::PANEL);
        let style = if self.wrong { theme::WARNING_PANEL } else { theme::PANEL_TITLE };
        let fact = middle(panel, panel.width, 3);
        ui.key_fact(fact, &self.grouped(), Align::Centre, style);
        page.gap(1);
        let mut page = page.inset(1);
        if self.wrong {
            page.paragraph(ui, &ui.say(&say::PhoneWrong), theme::WARNING);
        } else {
            page.paragraph(ui, &hint, theme::QUIET_TEXT);
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
    use rstest::rstest;

    fn typed(digits: &str) -> Phone {
        let mut phone = Phone::default();
        for digit in digits.bytes() {
            assert_eq!(phone.act(ScreenAction::Key(digit - b'0')), None);
        }
        phone
    }

    #[rstest]
    #[case::eight_after_those_that_stand_there("12345678", "0912345678")]
    #[case::all_ten_from_habit("0912345678", "0912345678")]
    #[case::begins_with_090("03123456", "0903123456")]
    #[case::begins_with_090_from_habit("0903123456", "0903123456")]
    #[case::all_ten_of_0909("0909123456", "0909123456")]
    #[case::ends_with_09("12345609", "0912345609")]
    fn the_number_is_read_back_before_it_counts(#[case] keys: &str, #[case] number: &str) {
        let mut phone = typed(keys);
        assert!(phone.is_checking(), "{phone:?}");
        let Some(mobile) = phone.act(ScreenAction::Confirm) else { panic!("it was confirmed") };
        assert_eq!(mobile.expose(), number);
    }

    #[test]
    fn a_wrong_digit_leaves_the_rest() {
        let mut phone = typed("99345678");
        assert!(phone.wrong && !phone.is_checking());
        assert_eq!(phone.act(ScreenAction::Confirm), None);
        phone.act(ScreenAction::Key(9));
        assert_eq!(phone.typed.expose(), "0999345678", "an eleventh digit does nothing");
        phone.act(ScreenAction::Erase);
        assert!(!phone.wrong);
        assert_eq!(phone.grouped(), "0999 345 67-");
        phone.act(ScreenAction::ClearAll);
        assert_eq!(phone, Phone::default());
    }

    #[test]
    fn the_beginning_cannot_be_erased_and_may_be_typed_anew() {
        let mut phone = typed("09");
        assert!(phone.began);
        phone.act(ScreenAction::Erase);
        assert_eq!((phone.typed.expose(), phone.began), (BEGINNING, false));
        assert_eq!(typed("0").typed.expose(), "090");
    }
}

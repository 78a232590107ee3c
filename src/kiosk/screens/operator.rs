//! The operator's screen: a PIN, then what the system check finds, a test print, the version.
//! Nothing of a person is here.

use crate::domain::personal::Personal;
use crate::i18n::messages as say;
use crate::kiosk::model::action::{Action, GlobalAction, ScreenAction};
use crate::kiosk::model::event::Checks;
use crate::kiosk::model::printing::Printing;
use crate::kiosk::model::ticket::Ticket;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::checks;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::keyboard::{self, Keys};
use crate::kiosk::widgets::printing::print_label;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;
use std::time::Duration;

/// Digits of a PIN.
pub const PIN_DIGITS: usize = 6;

/// Where the operator is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Operator {
    Pin {
        typed: Personal,
        wrong: bool,
        /// The call by which the PIN is checked, while its answer is awaited.
        asked: Option<Ticket>,
    },
    Open {
        asked: Ticket,
        found: Option<Checks>,
        printing: Printing,
    },
}

impl Default for Operator {
    fn default() -> Self {
        Operator::Pin { typed: Personal::default(), wrong: false, asked: None }
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect, operator: &Operator, wait: Duration) {
    match operator {
        Operator::Pin { typed, wrong, .. } => pin(ui, area, typed, *wrong, wait),
        Operator::Open { found, printing, .. } => open(ui, area, found.as_ref(), *printing),
    }
}

fn pin(ui: &mut Ui<'_>, area: Rect, typed: &Personal, wrong: bool, wait: Duration) {
    let title = if wait.is_zero() {
        ui.say(if wrong { &say::OperatorPinWrong as &dyn say::Message } else { &say::OperatorPin })
    } else {
        let seconds = wait.as_millis().div_ceil(1000) as u64;
        ui.say(&say::OperatorPinWait { seconds: seconds.into() })
    };
    let length = typed.expose().len();
    let shown =
        format!("▸ {}{}", "● ".repeat(length), "· ".repeat(PIN_DIGITS.saturating_sub(length)));
    let mut page = Column::headed(ui, area, &title, Some(&Words::same(shown.trim_end())));
    let keys = page.take_bottom(keyboard::height(Keys::Digits, area.width));
    keyboard::draw(ui, keys, Keys::Digits, false);
}

fn open(ui: &mut Ui<'_>, area: Rect, found: Option<&Checks>, printing: Printing) {
    let title = say::OperatorTitle { version: env!("CARGO_PKG_VERSION").into() };
    let mut page = Column::under(ui, area, &title);
    let buttons = page.take_bottom(4);
    page.gap(1);
    let table = page.inset(2).rest();
    match found {
        None => {
            let words = ui.say_alone(&say::CheckRunning);
            ui.lines(table, &words.main, Align::Left, theme::PLAIN);
        }
        Some(found) => checks::table(ui, table, found, true),
    }
    let print = print_label(printing, &say::OperatorTestPrint);
    let grid = Grid { columns: 3, rows: 1 };
    let choices: [(&dyn say::Message, Action); 3] = [
        (&say::CheckAgain, ScreenAction::Again.into()),
        (print, ScreenAction::Print.into()),
        (&say::Back, GlobalAction::Back.into()),
    ];
    grid.draw(ui, buttons, 0, choices.len(), |ui, at| {
        Button::new(ui.say_alone(choices[at].0), choices[at].1)
    });
}

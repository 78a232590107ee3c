//! The system check (系統環境檢查): each thing with its state, and whether it passes; on only
//! when all that the way in needs has passed.

use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::event::Checks;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::checks::{self, CLOCK_OFF_AT_MOST};
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SystemCheck {
    /// Whether the way in needs the reader.
    pub reader: bool,
    /// What was found; `None` while the check runs.
    pub found: Option<Checks>,
}

/// What the person chose; `reader` says whether the way in needs the reader.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SystemCheckAnswer {
    Again { reader: bool },
    Passed { reader: bool },
}

impl SystemCheck {
    /// Whether all that is needed has passed.
    pub fn passed(&self) -> bool {
        self.found.as_ref().is_some_and(|found| {
            let clock = found.clock.is_some_and(|off| off <= CLOCK_OFF_AT_MOST);
            found.line.is_some() && clock && (!self.reader || found.reader.is_some())
        })
    }

    pub fn act(&self, action: ScreenAction) -> Option<SystemCheckAnswer> {
        let reader = self.reader;
        match action {
            ScreenAction::Again if self.found.is_some() => {
                Some(SystemCheckAnswer::Again { reader })
            }
            ScreenAction::Confirm if self.passed() => Some(SystemCheckAnswer::Passed { reader }),
            _ => None,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect) {
        let mut page = Column::under(ui, area, &say::CheckTitle);
        let buttons = page.take_bottom(4);
        let mut page = page.inset(2);
        page.gap(1);
        let grid = Grid { columns: 2, rows: 1 };
        let Some(found) = &self.found else {
            let words = ui.say(&say::CheckRunning);
            page.paragraph(ui, &words, theme::PLAIN);
            return;
        };
        checks::table(ui, page.rest(), found, self.reader);
        let proceed =
            Button::new(ui.say_alone(&say::CheckProceed), ScreenAction::Confirm).digit(1).main();
        let proceed = if self.passed() { proceed } else { proceed.disabled() };
        proceed.draw(ui, grid.cell(buttons, 0));
        Button::new(ui.say_alone(&say::CheckAgain), ScreenAction::Again)
            .digit(2)
            .draw(ui, grid.cell(buttons, 1));
    }
}

//! The system check (系統環境檢查): each thing with its state, and whether it passes; on only when all that the way in needs has passed.

use crate::devices::printer::PrintFault;
use crate::i18n::messages as say;
use crate::kiosk::journey::event::{Action, Checks};
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;
use std::time::Duration;

/// The kiosk's clock may be off by so much.
pub const CLOCK_OFF_AT_MOST: Duration = Duration::from_secs(60);

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SystemCheck {
    /// Whether the way in needs the reader.
    pub reader: bool,
    /// None while it is looked at.
    pub found: Option<Checks>,
}

/// What one line says: what, in which state, and whether it passes; none: it is not needed.
type Line = (Words, Words, Option<bool>);

fn printer(found: Option<Result<(), PrintFault>>) -> &'static dyn say::Message {
    match found {
        None => &say::CheckNoPrinter,
        Some(Ok(())) => &say::CheckReady,
        Some(Err(PrintFault::PaperOut)) => &say::CheckPaperOut,
        Some(Err(PrintFault::CoverOpen)) => &say::CheckCoverOpen,
        Some(Err(PrintFault::Offline)) => &say::CheckMissing,
    }
}

impl SystemCheck {
    /// Whether all that is needed has passed.
    pub fn passed(&self) -> bool {
        self.found.as_ref().is_some_and(|found| {
            let clock = found.clock.is_some_and(|off| off <= CLOCK_OFF_AT_MOST);
            found.line.is_some() && clock && (!self.reader || found.reader.is_some())
        })
    }

    fn lines(&self, ui: &Ui<'_>, found: &Checks) -> Vec<Line> {
        let missing = || ui.say_alone(&say::CheckMissing);
        let reader = found.reader.as_ref();
        let name = reader.map_or_else(missing, |reader| Words::same(reader.name.clone()));
        let version = reader.map_or_else(missing, |reader| Words::same(reader.version.clone()));
        let reader = self.reader.then_some(reader.is_some());
        let line = found.line.map_or_else(
            || ui.say_alone(&say::LineLost),
            |took| ui.say_alone(&say::CheckMillis { millis: (took.as_millis() as u64).into() }),
        );
        let clock =
            found.clock.map_or_else(missing, |off| ui.say_alone(&say::CheckSeconds { seconds: off.as_secs().into() }));
        vec![
            (ui.say_alone(&say::CheckReader), name, reader),
            (ui.say_alone(&say::CheckVersion), version, reader),
            (ui.say_alone(&say::CheckLine), line, Some(found.line.is_some())),
            (ui.say_alone(&say::CheckClock), clock, Some(found.clock.is_some_and(|off| off <= CLOCK_OFF_AT_MOST))),
            (
                ui.say_alone(&say::CheckPrinter),
                ui.say_alone(printer(found.printer)),
                found.printer.map(|_| found.printer == Some(Ok(()))),
            ),
        ]
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect) {
        let title = ui.say(&say::CheckTitle);
        let rest = ui.heading(area, &title, None);
        let buttons = Rect { y: rest.bottom().saturating_sub(4), height: 4, ..rest };
        let grid = Grid { columns: 2, rows: 1 };
        let Some(found) = &self.found else {
            let words = ui.say(&say::CheckRunning);
            ui.paragraph(Rect { x: rest.x + 2, y: rest.y + 1, width: rest.width - 4, height: 4 }, &words, theme::PLAIN);
            return;
        };
        let width = rest.width.saturating_sub(4);
        let columns = [width * 2 / 5, width * 2 / 5, width / 5];
        let mut y = rest.y + 1;
        for (what, state, passes) in self.lines(ui, found) {
            let mark = match passes {
                Some(true) => ui.say_alone(&say::CheckPass),
                Some(false) => ui.say_alone(&say::CheckFail),
                None => ui.say_alone(&say::CheckUnneeded),
            };
            let style = if passes == Some(false) { theme::WARNING } else { theme::PLAIN };
            let mut x = rest.x + 2;
            let mut rows = 1;
            for (text, width) in [what.main, state.main, mark.main].iter().zip(columns) {
                let room = Rect { x, y, width: width.saturating_sub(1), height: 2 };
                rows = rows.max(ui.lines(room, text, Align::Left, style));
                x += width;
            }
            y += rows;
        }
        let proceed = Button::new(ui.say_alone(&say::CheckProceed), Action::Confirm).digit(1).main();
        let proceed = if self.passed() { proceed } else { proceed.disabled() };
        proceed.draw(ui, grid.cell(buttons, 0));
        Button::new(ui.say_alone(&say::CheckAgain), Action::Again).digit(2).draw(ui, grid.cell(buttons, 1));
    }
}

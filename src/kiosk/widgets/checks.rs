//! What a system check found, as a table: each thing with its state, and whether it passes.

use super::column::Column;
use super::ui::{Align, Ui, Words};
use crate::devices::printer::PrintFault;
use crate::i18n::messages as say;
use crate::kiosk::model::event::Checks;
use crate::kiosk::theme;
use ratatui::layout::Rect;
use std::time::Duration;

/// How far the kiosk's clock may be off from the service's.
pub const CLOCK_OFF_AT_MOST: Duration = Duration::from_secs(60);

/// A printer's state in words.
fn printer(found: Option<Result<(), PrintFault>>) -> &'static dyn say::Message {
    match found {
        None => &say::CheckNoPrinter,
        Some(Ok(())) => &say::CheckReady,
        Some(Err(PrintFault::PaperOut)) => &say::CheckPaperOut,
        Some(Err(PrintFault::CoverOpen)) => &say::CheckCoverOpen,
        Some(Err(PrintFault::Offline)) => &say::CheckMissing,
        Some(Err(PrintFault::KeepsCopies)) => &say::CheckKeepsCopies,
    }
}

/// Line, clock and printer: what, in which state, and whether it passes; `None` if it is not
/// needed.
pub fn around<T>(
    say: impl Fn(&dyn say::Message) -> T,
    found: &Checks,
) -> [(T, T, Option<bool>); 3] {
    let line = found.line.map_or_else(
        || say(&say::LineLost),
        |took| say(&say::CheckMillis { millis: (took.as_millis() as u64).into() }),
    );
    let clock = found.clock.map_or_else(
        || say(&say::CheckClockUnknown),
        |off| say(&say::CheckSeconds { seconds: off.as_secs().into() }),
    );
    [
        (say(&say::CheckLine), line, Some(found.line.is_some())),
        (
            say(&say::CheckClock),
            clock,
            Some(found.clock.is_some_and(|off| off <= CLOCK_OFF_AT_MOST)),
        ),
        (
            say(&say::CheckPrinter),
            say(printer(found.printer)),
            found.printer.map(|state| state.is_ok()),
        ),
    ]
}

/// Whether it passes, in words.
pub fn verdict(passes: Option<bool>) -> &'static dyn say::Message {
    match passes {
        Some(true) => &say::CheckPass,
        Some(false) => &say::CheckFail,
        None => &say::CheckUnneeded,
    }
}

fn lines(ui: &Ui<'_>, found: &Checks, needs_reader: bool) -> Vec<(Words, Words, Option<bool>)> {
    let missing = || ui.say_alone(&say::CheckMissing);
    let reader = found.reader.as_ref();
    let name = reader.map_or_else(missing, |reader| Words::same(reader.name.clone()));
    let version = reader.map_or_else(missing, |reader| Words::same(reader.version.clone()));
    let passes = needs_reader.then_some(reader.is_some());
    let mut lines = vec![
        (ui.say_alone(&say::CheckReader), name, passes),
        (ui.say_alone(&say::CheckVersion), version, passes),
    ];
    lines.extend(around(|message| ui.say_alone(message), found));
    lines
}

/// What was found, a line each.
pub fn table(ui: &mut Ui<'_>, area: Rect, found: &Checks, needs_reader: bool) {
    let columns = [area.width * 2 / 5, area.width * 2 / 5, area.width / 5];
    let mut table = Column::new(area);
    for (what, state, passes) in lines(ui, found, needs_reader) {
        let mark = ui.say_alone(verdict(passes));
        let style = if passes == Some(false) { theme::WARNING } else { theme::PLAIN };
        let (mut line, mut rows) = (table, 1);
        for (text, width) in [what.main, state.main, mark.main].iter().zip(columns) {
            let mut cell = Column::new(line.take_left(width));
            cell.take_right(1);
            rows = rows.max(ui.lines(cell.rest(), text, Align::Left, style));
        }
        table.gap(rows);
    }
}

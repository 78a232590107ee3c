//! What stands over the calendar and over the hours: the heading with its hint, or in their place
//! the sentence that something has just become full.

use super::pick::{JustFull, SlotPick};
use crate::i18n::dates::clock;
use crate::i18n::messages as say;
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// Rows of a page's heading and of the sentence below it.
pub fn rows(ui: &Ui<'_>) -> u16 {
    let class = SizeClass::of(ui.buffer.area);
    class.heading() + sentence_rows(class)
}

fn sentence_rows(class: SizeClass) -> u16 {
    if class == SizeClass::Upright { 2 } else { 1 }
}

/// The sentence stands below the heading, unless it is too long for that: then it has the rows of
/// both.
pub fn draw(ui: &mut Ui<'_>, area: Rect, pick: &SlotPick, title: &Words, hint: &str) {
    let area = Column::new(area).inset(1).rest();
    let mut rows = Column::new(area);
    let heading = rows.take(SizeClass::of(ui.buffer.area).heading());
    let notice = pick.just_full.map(|full| just_full(ui, full));
    let below = match (&notice, &title.zh) {
        (Some(notice), _) => notice,
        (None, Some(zh)) => zh,
        (None, None) => hint,
    };
    let mut style = theme::QUIET_TEXT;
    if notice.is_some() {
        style = theme::WARNING;
        if below.width() + 4 > usize::from(area.width) * usize::from(rows.rest().height) {
            ui.lines(area, below, Align::Left, style);
            return;
        }
    }
    ui.heading(heading, &title.main, Align::Left, theme::TITLE);
    ui.lines(rows.rest(), below, Align::Left, style);
}

/// Says what has just become full.
fn just_full(ui: &Ui<'_>, full: JustFull) -> String {
    let words = ui.say_with(|texts, language| {
        let slot = match full {
            JustFull::Day(day) => texts.short_date(language, day),
            JustFull::Hour(starts) => clock(starts),
            JustFull::Slot(starts) => {
                format!("{} {}", texts.short_date(language, starts.date()), clock(starts))
            }
        };
        texts.say(language, &say::SlotJustFull { slot: slot.into() })
    });
    format!("▲ {}", words.main)
}

//! While the service is waited for: a sign, what is sure and what is not, and when it is asked
//! again, with a bar that fills until then.

use super::bar;
use super::button::Button;
use super::column::{Column, middle};
use super::pictogram::Pictogram;
use super::size_class::SizeClass;
use super::ui::{Align, Ui, Words};
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::retry::Retry;
use crate::kiosk::theme;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::time::Duration;
use unicode_width::UnicodeWidthStr;

/// Columns and rows of the sign.
const SIGN: (u16, u16) = (13, 6);
/// Columns of the seconds, and of their unit.
const SECONDS_WIDTH: u16 = 10;
const UNIT_WIDTH: u16 = 10;

/// Rows of what is told, of the panel with the seconds, and of the button.
fn rows(class: SizeClass) -> [u16; 3] {
    match class {
        SizeClass::Compact => [8, 5, 4],
        SizeClass::Standard => [11, 7, 5],
        SizeClass::Upright => [14, 9, 5],
        SizeClass::Wide => [13, 8, 6],
    }
}

/// A question is on its way. What has the focus does nothing while it is: a press too many must not
/// end the visit or go back.
pub fn under_way(ui: &mut Ui<'_>, area: Rect, title: &Words, told: &[Words]) {
    let [words, _, button] = rows(SizeClass::of(ui.buffer.area));
    let mut page = Column::new(middle(area, area.width, words + 1 + button));
    tell(ui, page.take(words), (Pictogram::Wait, theme::PLAIN), title, told);
    page.gap(1);
    Button::new(ui.say(&say::WaitPlease), ScreenAction::RetryNow)
        .centred()
        .large()
        .draw(ui, page.take(button));
}

/// No answer came: the next attempt, and a button that begins it now.
pub fn pause(
    ui: &mut Ui<'_>,
    area: Rect,
    title: &Words,
    told: &[Words],
    (retry, now): (&Retry, Duration),
) {
    let [words, panel, button] = rows(SizeClass::of(ui.buffer.area));
    let mut page = Column::new(middle(area, area.width, words + panel + 1 + button));
    let few = Style { bg: theme::PLAIN.bg, ..theme::FEW_LEFT };
    tell(ui, page.take(words), (Pictogram::Line, few), title, told);
    next(ui, page.take(panel), retry, now);
    page.gap(1);
    Button::new(ui.say(&say::WaitRetryNow), ScreenAction::RetryNow)
        .digit(1)
        .main()
        .draw(ui, page.take(button));
}

fn tell(
    ui: &mut Ui<'_>,
    area: Rect,
    (sign, style): (Pictogram, Style),
    title: &Words,
    told: &[Words],
) {
    let mut page = Column::new(area);
    let side = page.take_left(SIGN.0);
    ui.pictogram(Column::new(side).take(SIGN.1), sign, style);
    page.take_left(2);
    let heading = page.take(SizeClass::of(ui.buffer.area).heading());
    ui.heading(heading, &title.main, Align::Left, theme::TITLE);
    if let Some(zh) = &title.zh {
        page.lines(ui, zh, Align::Left, theme::QUIET_TEXT);
    }
    for (at, words) in told.iter().enumerate() {
        page.paragraph(ui, words, if at == 0 { theme::PLAIN } else { theme::QUIET_TEXT });
    }
}

/// The seconds until the next attempt, and a bar of how much of the wait is over.
fn next(ui: &mut Ui<'_>, area: Rect, retry: &Retry, now: Duration) {
    let Some(seconds) = retry.seconds_left(now) else { return };
    let mut page = Column::new(area);
    bar::draw(ui, page.take_bottom(1), retry.waited(now), "");
    ui.fill(page.rest(), theme::PANEL);
    let mut page = page.inset(2);
    let words = ui.say(&say::RetrySeconds).joined();
    let unit = page.take_right(UNIT_WIDTH.max(words.width() as u16 + 1));
    let number = page.take_right(SECONDS_WIDTH);
    let number = middle(number, number.width, 3);
    ui.key_fact(number, &seconds.to_string(), Align::Right, theme::PANEL_TITLE);
    let unit_row = Rect { x: unit.x + 1, width: unit.width - 1, y: number.bottom() - 1, height: 1 };
    ui.line(unit_row, &words, Align::Left, theme::PANEL_TITLE);
    page.take_right(1);
    let mut page = Column::new(middle(page.rest(), page.rest().width, page.rest().height.min(8)));
    let attempt = say::RetryAttempt { attempt: retry.attempt.into() };
    page.paragraph_on(ui, &ui.say(&attempt), theme::PANEL_TITLE);
    page.paragraph_on(ui, &ui.say(&say::RetrySoon), theme::PANEL);
}

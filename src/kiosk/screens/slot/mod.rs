//! The slot: first the day, on a calendar of weeks, and then its hours. A wide screen has both on
//! one page. What is chosen and which page is on is in `pick`, how it is drawn in `days` and
//! `hours`.

mod days;
mod heading;
mod hours;
mod pick;

pub use pick::{SlotAnswer, SlotPick, SlotPlace};

use super::context::Context;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

/// Columns of the calendar where the hours stand beside it, and between the two.
const CALENDAR_WIDTH: u16 = 76;
const BETWEEN: u16 = 3;

pub fn view(pick: &SlotPick, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    if pick.first_free().is_none() {
        return all_full(ui, area, context);
    }
    let wide = SizeClass::of(ui.buffer.area) == SizeClass::Wide;
    match pick.day {
        None if wide => {
            let (calendar, beside) = halves(area);
            days::view(pick, ui, calendar, true);
            hours::beside(pick, ui, beside);
        }
        Some(day) if wide => {
            let (calendar, beside) = halves(area);
            hours::view(pick, ui, beside, day, context);
            days::view(pick, ui, calendar, false);
        }
        None => days::view(pick, ui, area, true),
        Some(day) => hours::view(pick, ui, area, day, context),
    }
}

fn halves(area: Rect) -> (Rect, Rect) {
    let mut page = Column::new(area);
    let calendar = page.take_left(CALENDAR_WIDTH);
    page.take_left(BETWEEN);
    (calendar, page.rest())
}

/// No seat is left here: another site is offered, and to wait for one.
fn all_full(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let mut page = Column::under(ui, area, &say::SlotTitle);
    let wait = context.may_wait().then(|| page.take_bottom(4));
    let button = page.take_bottom(4);
    page.gap(1);
    page.inset(2).paragraph(ui, &ui.say(&say::SlotAllFull), theme::WARNING);
    Button::new(ui.say(&say::SlotOtherSite), ScreenAction::OtherSite)
        .digit(1)
        .main()
        .draw(ui, button);
    if let Some(wait) = wait {
        Button::new(ui.say(&say::WaitAsk), ScreenAction::AskToWait)
            .digit(2)
            .pictogram(Pictogram::Wait)
            .draw(ui, wait);
    }
}

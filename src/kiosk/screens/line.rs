//! One's own place in the line of those who wait for a seat: how far in front, how often such a
//! seat came free, what is waited for, and what happens next.

use super::context::Context;
use crate::api::waiting::{Chances, WaitingView};
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::wish::ChosenWish;
use crate::kiosk::theme;
use crate::kiosk::widgets::booking_lines;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use crate::kiosk::widgets::wish_words;
use ratatui::layout::Rect;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LineAnswer {
    Done,
    ToServices,
    Change,
    Leftovers,
    Leave,
}

/// Rows of the panel with the place, and columns of the place itself.
const PANEL_ROWS: u16 = 5;
const PLACE_WIDTH: u16 = 22;

pub fn act(action: ScreenAction) -> Option<LineAnswer> {
    match action {
        ScreenAction::Done => Some(LineAnswer::Done),
        ScreenAction::ToServices => Some(LineAnswer::ToServices),
        ScreenAction::ChangeWish => Some(LineAnswer::Change),
        ScreenAction::Leftovers => Some(LineAnswer::Leftovers),
        ScreenAction::LeaveLine => Some(LineAnswer::Leave),
        _ => None,
    }
}

/// `asked`: they have just asked to wait, or for something else than before.
pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>, asked: bool) {
    let title: &dyn Message = if asked { &say::LineAsked } else { &say::LineTitle };
    let mut page = Column::under(ui, area, title);
    let Some(waiting) = context.person().and_then(|person| person.waiting.as_ref()) else {
        return;
    };
    let upright = SizeClass::of(ui.buffer.area) == SizeClass::Upright;
    let grid = if upright { Grid { columns: 2, rows: 2 } } else { Grid { columns: 4, rows: 1 } };
    let buttons = page.take_bottom(if upright { 8 } else { 4 });
    place(ui, page.take(if upright { 9 } else { PANEL_ROWS }), waiting);
    page.gap(u16::from(page.rest().height > 8));
    told(&mut page.inset(1), ui, waiting);
    let last: (&dyn Message, ScreenAction) = match asked {
        true => (&say::ReceiptDone, ScreenAction::Done),
        false => (&say::OfferServices, ScreenAction::ToServices),
    };
    let choices: [(&dyn Message, ScreenAction); 4] = [
        last,
        (&say::LineChange, ScreenAction::ChangeWish),
        (&say::LineLeftovers, ScreenAction::Leftovers),
        (&say::LineLeave, ScreenAction::LeaveLine),
    ];
    for (at, (words, action)) in choices.into_iter().enumerate() {
        // Four in a row leave no room for the Chinese.
        let button = Button::new(ui.say_alone(words), action).digit(at as u8 + 1);
        let button = if at == 0 { button.main() } else { button };
        button.draw(ui, grid.cell(buttons, at));
    }
}

/// The place in large, and how often such seats came free.
fn place(ui: &mut Ui<'_>, area: Rect, waiting: &WaitingView) {
    ui.fill(area, theme::PANEL);
    let mut panel = Column::new(area).inset(1);
    let upright = SizeClass::of(ui.buffer.area) == SizeClass::Upright;
    let side = if upright { panel.take(5) } else { panel.take_left(PLACE_WIDTH) };
    let mut side = Column::new(side);
    let label = ui.say(&say::LinePlace);
    side.lines(ui, &label.main, Align::Left, theme::PANEL);
    ui.key_fact(side.take(3), &waiting.place.to_string(), Align::Left, theme::PANEL_TITLE);
    panel.take_left(2);
    panel.gap(u16::from(!upright));
    let chances = chances(ui, waiting.chances);
    panel.lines(ui, &chances.main, Align::Left, theme::PANEL_TITLE);
    if let Some(zh) = &chances.zh {
        panel.lines(ui, zh, Align::Left, theme::PANEL_QUIET);
    } else {
        let note = ui.say_alone(&say::LinePlaceNote).main;
        panel.lines(ui, &note, Align::Left, theme::PANEL);
    }
}

fn chances(ui: &Ui<'_>, chances: Option<Chances>) -> Words {
    let Some(Chances { seats, since }) = chances else { return ui.say(&say::LineChancesUnknown) };
    ui.say_with(|texts, language| {
        let since = texts.moment(language, since).into();
        texts.say(language, &say::LineChances { seats: seats.into(), since })
    })
}

/// What is waited for, and what happens when such a seat is free.
fn told(page: &mut Column, ui: &mut Ui<'_>, waiting: &WaitingView) {
    let wish = ChosenWish::of(waiting);
    let sign = |page: &mut Column, ui: &mut Ui<'_>, sign, text: String| {
        let mut row = *page;
        ui.pictogram(Column::new(row.take_left(2)).take(1), sign, theme::TITLE);
        row.take_left(1);
        row.lines(ui, &text, Align::Left, theme::PLAIN);
        page.gap(row.rest().y - page.rest().y);
    };
    sign(page, ui, Pictogram::Place, wish_words::places(ui, &wish.places));
    let brands = booking_lines::vaccines(ui, &wish.brands).main;
    sign(page, ui, Pictogram::Time, format!("{} · {brands}", wish_words::times(ui, &wish)));
    let mobile = waiting.mobile_masked.expose().to_owned();
    let next = ui.say_alone(&say::LineNext { mobile: mobile.into() });
    page.gap(u16::from(page.rest().height > 4));
    page.paragraph(ui, &next, theme::PLAIN);
}

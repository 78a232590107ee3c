//! The receipt: booking number, when, where, reminder, and the QR to photograph. Where 24 rows have
//! no room for both, the QR is a picture beside the words, or has a screen of its own.

use super::context::Context;
use crate::api::bookings::BookingView;
use crate::domain::language::Language;
use crate::i18n::dates::countdown;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::{GlobalAction, ScreenAction};
use crate::kiosk::model::printing::Printing;
use crate::kiosk::model::visit::Visit;
use crate::kiosk::theme;
use crate::kiosk::widgets::booking_facts::{self, Facts};
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::clearer::clearer_label;
use crate::kiosk::widgets::code_and_facts;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::printing::{print_fault, print_label};
use crate::kiosk::widgets::qr::{self, Codes};
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use crate::receipt::qr::Qr;
use ratatui::layout::Rect;
use std::time::Duration;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// Made before, and shown again.
    pub existing: bool,
    /// The QR has the whole screen.
    pub qr: bool,
    pub codes: Codes,
}

fn printing(context: &Context<'_>) -> Printing {
    context.visit.map_or(Printing::NotYet, Visit::printing)
}

/// Whether its print on paper has failed.
pub fn print_failed(context: &Context<'_>) -> bool {
    matches!(printing(context), Printing::Failed(_))
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReceiptAnswer {
    Print,
    Done,
    Reschedule,
    Cancel,
}

/// Columns of the words beside the QR, at least: the hours in blocks have room in them.
const WORDS_WIDTH: u16 = 46;
/// Columns of a button at the foot, at least.
const BUTTON_WIDTH: u16 = 22;

impl Receipt {
    pub fn new(booking: &BookingView, existing: bool) -> Self {
        Self { existing, qr: false, codes: Codes::new(&booking.receipt) }
    }

    pub fn act(&mut self, action: ScreenAction, context: &Context<'_>) -> Option<ReceiptAnswer> {
        let profile = &context.machine.profile;
        match action {
            ScreenAction::ShowQr => {
                self.qr = !self.qr;
                None
            }
            ScreenAction::Print => profile.prints.then_some(ReceiptAnswer::Print),
            ScreenAction::Done => Some(ReceiptAnswer::Done),
            ScreenAction::Reschedule => {
                profile.channel.may_move().then_some(ReceiptAnswer::Reschedule)
            }
            ScreenAction::CancelBooking => {
                profile.channel.may_cancel().then_some(ReceiptAnswer::Cancel)
            }
            _ => None,
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let Some(booking) = context.booking() else { return };
        let mut page = Column::new(area);
        if code_and_facts::is_pictured(ui) && self.draw_pictured(ui, page, booking, context) {
            return;
        }
        let beside = code_beside(&mut page, &self.codes);
        // Two languages need all of the room.
        let has_picture = beside.is_none() && ui.has_pictures && !ui.bilingual;
        let picture = self.codes.smallest().filter(|_| has_picture);
        // With the whole screen the code has larger modules.
        let offers_qr = match beside {
            Some(_) => self.codes.doubles(whole_screen(ui)),
            None => picture.is_none(),
        };
        let side = page.rest();
        let buttons = self.choices(ui, context, offers_qr);
        Foot::take(&mut page, buttons.len()).draw(ui, buttons);
        page.take_bottom(u16::from(side.height > 20));
        if let Some(code) = picture {
            let (columns, rows) = qr::PICTURE;
            let place = Column::new(page.take_left(columns)).take(rows);
            qr::picture(ui, place, code);
            page.take_left(1);
        }
        let shows_qr = beside.is_some() || picture.is_some();
        let facts = self.facts(ui, booking, context, shows_qr, false);
        booking_facts::draw(ui, page.inset(u16::from(!shows_qr)).rest(), &facts);
        if let Some((place, code)) = beside {
            qr::draw(ui, place, code);
        }
    }

    /// The code as a picture, with what was booked; whether there is room for both.
    fn draw_pictured(
        &self,
        ui: &mut Ui<'_>,
        page: Column,
        booking: &BookingView,
        context: &Context<'_>,
    ) -> bool {
        let (buttons, mut room) = (self.choices(ui, context, false), page);
        let foot = Foot::take(&mut room, buttons.len());
        room.take_bottom(u16::from(page.rest().height > 20));
        let facts = [false, true].map(|brief| self.facts(ui, booking, context, true, brief));
        let drawn = code_and_facts::draw(ui, room, &self.codes, &facts);
        if drawn {
            foot.draw(ui, buttons);
        }
        drawn
    }

    /// What can be done with it; the first has the focus.
    fn choices(&self, ui: &Ui<'_>, context: &Context<'_>, offers_qr: bool) -> Vec<Button> {
        let button = |message: &dyn Message, action| Button::new(ui.say_alone(message), action);
        let profile = &context.machine.profile;
        let printing = printing(context);
        let print = button(print_label(printing, &say::ReceiptPrint), ScreenAction::Print);
        let print = if printing.may_begin() { print } else { print.disabled() };
        let (moves, cancels) = (profile.channel.may_move(), profile.channel.may_cancel());
        let choices = [
            offers_qr.then(|| button(&say::ReceiptShowQr, ScreenAction::ShowQr).main()),
            profile.prints.then_some(print.pictogram(Pictogram::Print)),
            (self.existing && moves).then(|| button(&say::ReceiptMove, ScreenAction::Reschedule)),
            (self.existing && cancels)
                .then(|| button(&say::ReceiptCancel, ScreenAction::CancelBooking)),
            Some(button(&say::ReceiptDone, ScreenAction::Done).pictogram(Pictogram::Out)),
        ];
        choices.into_iter().flatten().collect()
    }

    fn facts<'a>(
        &self,
        ui: &Ui<'_>,
        booking: &'a BookingView,
        context: &Context<'_>,
        shows_qr: bool,
        brief: bool,
    ) -> Facts<'a> {
        let title: &dyn Message = match self.existing {
            true => &say::ReceiptExistingTitle,
            false if context.visit.is_some_and(Visit::is_rescheduling) => &say::ReceiptMovedTitle,
            false => &say::ReceiptTitle,
        };
        let failed = match printing(context) {
            Printing::Failed(fault) => Some(fault),
            Printing::NotYet | Printing::Running(_) | Printing::Done => None,
        };
        let fault = failed.map(|fault| {
            let hint: &dyn Message = if shows_qr { &say::ReceiptQrHint } else { &say::PrintShowQr };
            let gap = if ui.language.reads_chinese() { "" } else { " " };
            let [fault, hint] = [print_fault(fault), hint].map(|words| ui.say_alone(words).main);
            Words::same(format!("{fault}{gap}{hint}"))
        });
        let mut notes = vec![ui.say(&say::ReceiptReminder)];
        // Beside a code on 24 rows, what is wrong with the print takes the room of it.
        let has_room = failed.is_none() || !shows_qr || ui.buffer.area.height > 24;
        if has_room && !brief && !context.machine.profile.channel.may_cancel() {
            notes.push(ui.say_alone(&say::ReceiptCancelElsewhere));
        }
        // Where the code has a screen of its own, the hint stands there; and a failed print has
        // said it already.
        if shows_qr && failed.is_none() {
            notes.push(ui.say(&say::ReceiptQrHint));
        }
        Facts { title: ui.say(title), booking, fault, notes, brief }
    }

    /// The QR with the whole screen: the code at the left, all else beside it.
    pub fn view_code(
        &self,
        ui: &mut Ui<'_>,
        area: Rect,
        context: &Context<'_>,
        time_left: Duration,
    ) {
        let Some(booking) = context.booking() else { return };
        // On a portrait screen what goes with the code stands below it, else beside it.
        let below = area.width < area.height * 2;
        let room = match below {
            true => Rect { height: area.height.saturating_sub(14), ..area },
            false => Rect { width: area.width.saturating_sub(34), ..area },
        };
        let Some(code) = self.codes.for_room(room) else { return };
        let (columns, rows) = qr::cells(code, room);
        qr::draw(ui, room, code);
        let mut page = Column::new(area);
        if below {
            page.gap(rows + 1);
        } else {
            page.take_left(columns + 1);
            page.take_right(1);
        }
        let grid = if below { Grid { columns: 3, rows: 2 } } else { Grid { columns: 2, rows: 5 } };
        let buttons = page.take_bottom(3 * grid.rows);
        let mut put = |ui: &mut Ui<'_>, text: &str, style| page.lines(ui, text, Align::Left, style);
        if context.machine.profile.training {
            let text = format!(" {} ", ui.say(&say::Training).main);
            put(ui, &text, theme::TRAINING);
        }
        let time = countdown(time_left.as_secs()).into();
        let time_left = ui.say_alone(&say::TimeLeft { time }).main;
        put(ui, &time_left, theme::PLAIN);
        let number = ui.say(&say::ReceiptNumber { number: booking.number.to_string().into() });
        put(ui, &number.main, theme::TITLE);
        if let Some(zh) = &number.zh {
            put(ui, zh, theme::QUIET_TEXT);
        }
        put(ui, &ui.say(&say::ReceiptQrHint).main, theme::PLAIN);
        chrome_buttons(ui, buttons, grid, context.machine.enlarges);
    }
}

/// Where the buttons at the foot of the page stand: as many side by side as have room.
struct Foot {
    area: Rect,
    grid: Grid,
}

impl Foot {
    fn take(page: &mut Column, buttons: usize) -> Self {
        let count = buttons as u16;
        let columns = (page.rest().width / BUTTON_WIDTH).clamp(1, count.max(1));
        let grid = Grid { columns, rows: count.div_ceil(columns) };
        Self { area: page.take_bottom(3 * grid.rows), grid }
    }

    fn draw(&self, ui: &mut Ui<'_>, buttons: Vec<Button>) {
        for (at, button) in buttons.into_iter().enumerate() {
            button.digit(at as u8 + 1).draw(ui, self.grid.cell(self.area, at));
        }
    }
}

/// What is otherwise around every screen.
fn chrome_buttons(ui: &mut Ui<'_>, area: Rect, grid: Grid, enlarges: bool) {
    let button = |ui: &Ui<'_>, message: &dyn Message, action: GlobalAction| {
        Button::new(ui.say_alone(message), action)
    };
    let back = button(ui, &say::Back, GlobalAction::Back).sign("Esc").main();
    back.draw(ui, grid.cell(area, 0));
    button(ui, &say::Home, GlobalAction::Home).sign("*").draw(ui, grid.cell(area, 1));
    button(ui, &say::Help, GlobalAction::Help).sign("/").draw(ui, grid.cell(area, 2));
    if ui.language != Language::ZhTw {
        let mark = if ui.bilingual { "+ ✓" } else { "+" };
        let chinese = button(ui, &say::Bilingual, GlobalAction::Bilingual).sign(mark);
        let place = match grid.columns {
            2 => Column::new(area).take_bottom(area.height / grid.rows * 3),
            _ => grid.cell(area, 3),
        };
        chinese.draw(ui, Column::new(place).take(area.height / grid.rows));
    }
    let languages =
        Button::new(Words::same(ui.language.short_name()), GlobalAction::Languages).sign(".");
    let clearer = button(ui, clearer_label(enlarges), GlobalAction::Clearer).sign("=");
    // In two columns each of these has a whole row.
    if grid.columns == 2 {
        let mut rows = Column::new(area);
        let clearer_row = rows.take_bottom(area.height / grid.rows);
        languages.draw(ui, rows.take_bottom(area.height / grid.rows));
        clearer.draw(ui, clearer_row);
    } else {
        languages.draw(ui, grid.cell(area, 4));
        clearer.draw(ui, grid.cell(area, 5));
    }
}

/// Where the code stands beside the words: at the left of the page, if it has room for both.
fn code_beside<'a>(page: &mut Column, codes: &'a Codes) -> Option<(Rect, &'a Qr)> {
    let room = page.rest();
    let room = Rect { width: room.width.saturating_sub(WORDS_WIDTH + 1), ..room };
    let code = codes.for_room(room)?;
    let (columns, rows) = qr::cells(code, room);
    if columns > room.width || rows > room.height {
        return None;
    }
    let place = page.take_left(columns);
    page.take_left(1);
    Some((middle(place, columns, rows), code))
}

fn whole_screen(ui: &Ui<'_>) -> Rect {
    let area = ui.buffer.area;
    Rect { width: area.width.saturating_sub(34), ..area }
}

//! The receipt: booking number, when, where, reminder, and the QR to photograph. Where 24 rows have
//! no room for both, the QR has a screen of its own.

use super::context::Context;
use crate::api::bookings::BookingView;
use crate::devices::printer::PrintFault;
use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::{GlobalAction, ScreenAction};
use crate::kiosk::model::person::Person;
use crate::kiosk::model::printing::Printing;
use crate::kiosk::model::visit::Visit;
use crate::kiosk::theme;
use crate::kiosk::widgets::booking_lines;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::printing::print_label;
use crate::kiosk::widgets::qr;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use crate::receipt::qr::{Qr, QrSize};
use ratatui::layout::Rect;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// Made before, and shown again.
    pub existing: bool,
    /// The QR has the whole screen.
    pub qr: bool,
    /// The codes for both places: made once, as encoding costs more than all the rest of a frame.
    small: Option<Qr>,
    large: Option<Qr>,
}

fn printing(context: &Context<'_>) -> Printing {
    context.person().map_or(Printing::NotYet, |person| person.printing)
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

/// From this body on, the QR stands beside the words.
const BESIDE: (u16, u16) = (100, 25);

impl Receipt {
    pub fn new(booking: &BookingView, existing: bool) -> Self {
        let code = |size| Qr::new(&booking.receipt, size).ok();
        Self { existing, qr: false, small: code(QrSize::Small), large: code(QrSize::Large) }
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

    /// Whether the QR takes the whole screen of this body, header and footer included.
    pub fn takes_all(&self, body: Rect) -> bool {
        self.qr && !has_room_beside(body)
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let Some(booking) = context.person().and_then(Person::booking) else {
            return;
        };
        if !has_room_beside(area) {
            self.words(ui, area, booking, context, true);
            return;
        }
        let Some(code) = &self.large else { return };
        let (columns, rows) = qr::cells(code);
        let mut page = Column::new(area);
        page.take_right(1);
        let side = page.take_right(columns);
        page.take_right(1);
        self.words(ui, page.rest(), booking, context, false);
        qr::draw(ui, middle(side, columns, rows), code);
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
            profile.prints.then_some(print),
            (self.existing && moves).then(|| button(&say::ReceiptMove, ScreenAction::Reschedule)),
            (self.existing && cancels)
                .then(|| button(&say::ReceiptCancel, ScreenAction::CancelBooking)),
            Some(button(&say::ReceiptDone, ScreenAction::Done)),
        ];
        choices.into_iter().flatten().collect()
    }

    fn words(
        &self,
        ui: &mut Ui<'_>,
        area: Rect,
        booking: &BookingView,
        context: &Context<'_>,
        offers_qr: bool,
    ) {
        let title: &dyn Message = match self.existing {
            true => &say::ReceiptExistingTitle,
            false if context.visit.is_some_and(Visit::is_rescheduling) => &say::ReceiptMovedTitle,
            false => &say::ReceiptTitle,
        };
        let mut page = Column::under(ui, area, title);
        draw_at_foot(ui, &mut page, self.choices(ui, context, offers_qr));
        page.take_left(2);
        page.take_right(1);
        let failed = match printing(context) {
            Printing::Failed(fault) => Some(fault),
            Printing::NotYet | Printing::Running(_) | Printing::Done => None,
        };
        if let Some(fault) = failed {
            let hint: &dyn Message =
                if offers_qr { &say::PrintShowQr } else { &say::ReceiptQrHint };
            let gap = if ui.language.reads_chinese() { "" } else { " " };
            let [fault, hint] = [print_fault(fault), hint].map(|words| ui.say_alone(words).main);
            page.paragraph(ui, &Words::same(format!("{fault}{gap}{hint}")), theme::WARNING);
        }
        booking_lines::number(&mut page, ui, booking.number);
        booking_lines::when(&mut page, ui, booking.starts, booking.ends);
        booking_lines::place_and_address(&mut page, ui, &booking.site);
        let brand = ui.brand(booking.site.brand).main;
        let mobile = booking.mobile_masked.expose().to_owned();
        let mobile = ui.say(&say::ReceiptPhone { mobile: mobile.into() }).main;
        let vaccine = ui.labelled(&say::ReceiptVaccine, |_, _| format!("{brand}  {mobile}"));
        page.paragraph(ui, &vaccine.alone(), theme::QUIET_TEXT);
        booking_lines::made(&mut page, ui, booking.made);
        page.paragraph(ui, &ui.say(&say::ReceiptReminder), theme::PLAIN);
        if !context.machine.profile.channel.may_cancel() {
            page.paragraph(ui, &ui.say_alone(&say::ReceiptCancelElsewhere), theme::QUIET_TEXT);
        }
        // Where the code has a screen of its own, the hint stands there; and a failed print has
        // said it already.
        if !offers_qr && failed.is_none() {
            page.gap(1);
            page.paragraph(ui, &ui.say(&say::ReceiptQrHint), theme::TITLE);
        }
    }

    /// The QR with the whole screen: the code at the left, all else beside it.
    pub fn view_code(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>, time_left: &str) {
        let Some(booking) = context.person().and_then(Person::booking) else {
            return;
        };
        let Some(code) = &self.small else { return };
        let (columns, rows) = qr::cells(code);
        qr::draw(ui, area, code);
        // On a portrait screen what goes with the code stands below it, else beside it.
        let below = area.width < columns + 34;
        let mut page = Column::new(area);
        if below {
            page.gap(rows + 1);
        } else {
            page.take_left(columns + 1);
            page.take_right(1);
        }
        let grid = if below { Grid { columns: 3, rows: 2 } } else { Grid { columns: 2, rows: 4 } };
        let buttons = page.take_bottom(3 * grid.rows);
        let mut put = |ui: &mut Ui<'_>, text: &str, style| page.lines(ui, text, Align::Left, style);
        if context.machine.profile.training {
            let text = format!(" {} ", ui.say(&say::Training).main);
            put(ui, &text, theme::TRAINING);
        }
        put(ui, time_left, theme::PLAIN);
        let number = ui.say(&say::ReceiptNumber { number: booking.number.to_string().into() });
        put(ui, &number.main, theme::TITLE);
        if let Some(zh) = &number.zh {
            put(ui, zh, theme::QUIET_TEXT);
        }
        put(ui, &ui.say(&say::ReceiptQrHint).main, theme::PLAIN);
        chrome_buttons(ui, buttons, grid);
    }
}

/// Draws buttons at the foot of the page: side by side where there is room, else two a row.
fn draw_at_foot(ui: &mut Ui<'_>, page: &mut Column, buttons: Vec<Button>) {
    let count = buttons.len() as u16;
    let grid = match page.rest().width {
        80.. => Grid { columns: count, rows: 1 },
        _ if count > 1 => Grid { columns: 2, rows: count.div_ceil(2) },
        _ => Grid { columns: 1, rows: count },
    };
    let foot = page.take_bottom(3 * grid.rows);
    for (at, button) in buttons.into_iter().enumerate() {
        button.digit(at as u8 + 1).draw(ui, grid.cell(foot, at));
    }
}

/// What is otherwise around every screen.
fn chrome_buttons(ui: &mut Ui<'_>, area: Rect, grid: Grid) {
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
        chinese.draw(ui, grid.cell(area, 3));
    }
    let languages =
        Button::new(Words::same(ui.language.short_name()), GlobalAction::Languages).sign(".");
    let clearer = button(ui, &say::Clearer, GlobalAction::Clearer).sign("=");
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

/// Why there is no print.
fn print_fault(fault: PrintFault) -> &'static dyn Message {
    match fault {
        PrintFault::PaperOut => &say::PrintPaperOut,
        PrintFault::CoverOpen => &say::PrintCoverOpen,
        PrintFault::Offline | PrintFault::KeepsCopies => &say::PrintOffline,
    }
}

fn has_room_beside(body: Rect) -> bool {
    body.width >= BESIDE.0 && body.height >= BESIDE.1
}

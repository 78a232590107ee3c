//! The receipt: booking number, when, where, reminder, and the QR to photograph. Where 24 rows have
//! no room for both, the QR has a screen of its own.

use super::context::Context;
use crate::api::bookings::BookingView;
use crate::devices::printer::PrintFault;
use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::kiosk::model::action::{GlobalAction, ScreenAction};
use crate::kiosk::model::person::Person;
use crate::kiosk::model::printing::Printing;
use crate::kiosk::model::visit::Visit;
use crate::kiosk::screens::frame::IN_ALL_SCRIPTS;
use crate::kiosk::theme;
use crate::kiosk::widgets::booking_lines;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
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
        let at = Rect {
            x: area.right() - columns - 1,
            y: area.y + (area.height - rows) / 2,
            width: columns,
            height: rows,
        };
        let left = Rect { width: area.width - columns - 2, ..area };
        self.words(ui, left, booking, context, false);
        qr::draw(ui, at, code);
    }

    /// What can be done with it, at the bottom; the first has the focus.
    fn buttons(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>, offers_qr: bool) -> Rect {
        let mut buttons = Vec::new();
        if offers_qr {
            buttons
                .push(Button::new(ui.say_alone(&say::ReceiptShowQr), ScreenAction::ShowQr).main());
        }
        if context.machine.profile.prints {
            let printing = printing(context);
            let print = Button::new(
                ui.say_alone(print_label(printing, &say::ReceiptPrint)),
                ScreenAction::Print,
            );
            buttons.push(if printing.may_begin() { print } else { print.disabled() });
        }
        if self.existing && context.machine.profile.channel.may_move() {
            buttons.push(Button::new(ui.say_alone(&say::ReceiptMove), ScreenAction::Reschedule));
        }
        if self.existing && context.machine.profile.channel.may_cancel() {
            buttons
                .push(Button::new(ui.say_alone(&say::ReceiptCancel), ScreenAction::CancelBooking));
        }
        buttons.push(Button::new(ui.say_alone(&say::ReceiptDone), ScreenAction::Done));
        let count = buttons.len() as u16;
        let grid = match area.width {
            80.. => Grid { columns: count, rows: 1 },
            _ if count > 1 => Grid { columns: 2, rows: count.div_ceil(2) },
            _ => Grid { columns: 1, rows: count },
        };
        let height = 3 * grid.rows;
        let room = Rect { y: area.bottom().saturating_sub(height), height, ..area };
        for (at, button) in buttons.into_iter().enumerate() {
            button.digit(at as u8 + 1).draw(ui, grid.cell(room, at));
        }
        room
    }

    fn words(
        &self,
        ui: &mut Ui<'_>,
        area: Rect,
        booking: &BookingView,
        context: &Context<'_>,
        offers_qr: bool,
    ) {
        let title: &dyn say::Message = match self.existing {
            true => &say::ReceiptExistingTitle,
            false if context.visit.is_some_and(Visit::is_rescheduling) => &say::ReceiptMovedTitle,
            false => &say::ReceiptTitle,
        };
        let mut page = Column::under(ui, area, title);
        let buttons = self.buttons(ui, page.rest(), context, offers_qr);
        page.take_bottom(buttons.height);
        let rest = page.rest();
        let inner = Rect { x: rest.x + 2, width: rest.width.saturating_sub(3), ..rest };
        let page = &mut Column::new(inner);
        if let Printing::Failed(fault) = printing(context) {
            let why = ui.say_alone(print_fault(fault));
            page.paragraph(ui, &why, theme::WARNING);
        }
        booking_lines::number(page, ui, booking.number);
        let when = booking_lines::when(ui, &say::ReceiptWhen, booking.starts, booking.ends);
        page.paragraph(ui, &when, theme::PLAIN);
        booking_lines::place_and_address(page, ui, &booking.site);
        let brand = ui.brand(booking.site.brand).main;
        let mobile = booking.mobile_masked.expose().to_owned();
        let mobile = ui.say(&say::ReceiptPhone { mobile: mobile.into() }).main;
        let vaccine = ui.labelled(&say::ReceiptVaccine, |_, _| format!("{brand}  {mobile}"));
        page.paragraph(ui, &vaccine.alone(), theme::QUIET_TEXT);
        booking_lines::made(page, ui, booking.made);
        let reminder = ui.say(&say::ReceiptReminder);
        page.paragraph(ui, &reminder, theme::PLAIN);
        if !context.machine.profile.channel.may_cancel() {
            let elsewhere = ui.say_alone(&say::ReceiptCancelElsewhere);
            page.paragraph(ui, &elsewhere, theme::QUIET_TEXT);
        }
        // Where the code has a screen of its own, the hint stands there; and a failed print has
        // said it already.
        if !offers_qr && !matches!(printing(context), Printing::Failed(_)) {
            page.paragraph(ui, &Words::default(), theme::PLAIN);
            let hint = ui.say(&say::ReceiptQrHint);
            page.paragraph(ui, &hint, theme::TITLE);
        }
    }

    /// The QR with the whole screen: the code at the left, all else beside it.
    pub fn view_code(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>, time_left: &str) {
        let Some(booking) = context.person().and_then(Person::booking) else {
            return;
        };
        let Some(code) = &self.small else { return };
        let (columns, rows) = qr::cells(code);
        // On a portrait screen what goes with the code stands below it, else beside it.
        let below = area.width < columns + 34;
        let side = if below {
            Rect { y: area.y + rows + 1, height: area.height.saturating_sub(rows + 1), ..area }
        } else {
            Rect { x: area.x + columns + 1, width: area.width.saturating_sub(columns + 2), ..area }
        };
        // What is otherwise around every screen stands here.
        let grid = if below { Grid { columns: 3, rows: 2 } } else { Grid { columns: 2, rows: 4 } };
        qr::draw(ui, area, code);
        let mut y = side.y;
        let mut put = |ui: &mut Ui<'_>, text: &str, style| {
            let room = Rect { y, height: side.bottom().saturating_sub(y + grid.rows * 3), ..side };
            y += ui.lines(room, text, Align::Left, style);
        };
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
        let height = grid.rows * 3;
        let buttons = Rect { y: side.bottom().saturating_sub(height), height, ..side };
        Button::new(ui.say_alone(&say::Back), GlobalAction::Back)
            .key("Esc -")
            .main()
            .draw(ui, grid.cell(buttons, 0));
        Button::new(ui.say_alone(&say::Home), GlobalAction::Home)
            .key("*")
            .draw(ui, grid.cell(buttons, 1));
        Button::new(ui.say_alone(&say::Help), GlobalAction::Help)
            .key("/")
            .draw(ui, grid.cell(buttons, 2));
        if ui.language != Language::ZhTw {
            let mark = if ui.bilingual { "+ ✓" } else { "+" };
            let words = ui.say_alone(&say::Bilingual);
            Button::new(words, GlobalAction::Bilingual).key(mark).draw(ui, grid.cell(buttons, 3));
        }
        // Side by side where there is room, else each a whole row.
        let (fifth, sixth) = (grid.cell(buttons, 4), grid.cell(buttons, if below { 5 } else { 6 }));
        let whole = |cell: Rect| if below { cell } else { Rect { width: buttons.width, ..cell } };
        Button::new(Words::same(IN_ALL_SCRIPTS[0].as_str()), GlobalAction::Languages)
            .key(".")
            .draw(ui, whole(fifth));
        Button::new(ui.say_alone(&say::Clearer), GlobalAction::Clearer)
            .key("=")
            .draw(ui, whole(sixth));
    }
}

fn has_room_beside(body: Rect) -> bool {
    body.width >= BESIDE.0 && body.height >= BESIDE.1
}

fn print_fault(fault: PrintFault) -> &'static dyn say::Message {
    match fault {
        PrintFault::PaperOut => &say::PrintPaperOut,
        PrintFault::CoverOpen => &say::PrintCoverOpen,
        PrintFault::Offline | PrintFault::KeepsCopies => &say::PrintOffline,
    }
}

//! The card was taken out of a fresh receipt: its QR stays for a while, under "your booking is
//! made", with a bar that runs down. Nothing else of the person is kept, and nothing can be done
//! but to end it.

use super::context::Context;
use crate::api::bookings::BookingView;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::bar;
use crate::kiosk::widgets::booking_facts::{self, Facts};
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::code_and_facts;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::qr::{self, Codes};
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use std::time::Duration;

/// How long it stays.
pub const STAYS: Duration = Duration::from_secs(20);
/// Columns of the words beside the QR, at least.
const WORDS_WIDTH: u16 = 33;
/// Columns from which on they stand inside header and footer.
const INSIDE_WIDTH: u16 = 46;

#[derive(Clone, PartialEq, Debug)]
pub struct Parting {
    pub booking: Box<BookingView>,
    /// A booking was moved, not made.
    pub moved: bool,
    pub codes: Codes,
    /// When the card was taken.
    pub since: Duration,
}

impl Parting {
    pub fn is_over(&self, now: Duration) -> bool {
        now >= self.since + STAYS
    }

    /// Whether the page takes the whole screen, header and footer included. A code that is a
    /// picture stands inside.
    pub fn takes_all(&self, ui: &Ui<'_>, body: Rect) -> bool {
        if code_and_facts::is_pictured(ui) {
            return false;
        }
        let room = Rect { width: body.width.saturating_sub(INSIDE_WIDTH + 1), ..body };
        self.codes.for_room(room).is_none_or(|code| {
            let (columns, rows) = qr::cells(code, room);
            columns > room.width || rows > room.height
        })
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        if code_and_facts::is_pictured(ui) {
            let mut page = Column::new(area);
            self.end(ui, &mut page, context);
            let facts = [false, true].map(|brief| self.facts(ui, brief));
            code_and_facts::draw(ui, page, &self.codes, &facts);
            return;
        }
        let upright = area.width < area.height * 2;
        let room = match upright {
            true => Rect { height: area.height.saturating_sub(15), ..area },
            false => Rect { width: area.width.saturating_sub(WORDS_WIDTH + 1), ..area },
        };
        let Some(code) = self.codes.for_room(room) else { return };
        let (columns, rows) = qr::cells(code, room);
        let mut page = Column::new(area);
        let place = match upright {
            true => middle(page.take(rows), columns, rows),
            false => middle(page.take_left(columns), columns, rows),
        };
        if upright {
            page = page.inset(1);
        } else {
            page.take_left(1);
        }
        qr::draw(ui, place, code);
        self.end(ui, &mut page, context);
        booking_facts::draw(ui, page.rest(), &self.facts(ui, false));
    }

    fn facts(&self, ui: &Ui<'_>, brief: bool) -> Facts<'_> {
        let title: &dyn Message =
            if self.moved { &say::ReceiptMovedTitle } else { &say::ReceiptTitle };
        let (title, notes) = (ui.say_alone(title), vec![ui.say_alone(&say::ReceiptQrHint)]);
        Facts { title, booking: &self.booking, fault: None, notes, brief }
    }

    /// At the foot: the button that ends it, and how long it stays.
    fn end(&self, ui: &mut Ui<'_>, page: &mut Column, context: &Context<'_>) {
        if context.machine.profile.training && ui.buffer.area.height == page.rest().height {
            let text = format!(" {} ", ui.say_alone(&say::Training).main);
            page.line(ui, &text, Align::Left, theme::TRAINING);
        }
        let left = (self.since + STAYS).saturating_sub(context.machine.now.uptime);
        let percent = left.as_millis() * 100 / STAYS.as_millis();
        let seconds = left.as_millis().div_ceil(1000) as u64;
        let words = ui.say_alone(&say::ReceiptStays { seconds: seconds.into() }).main;
        bar::draw(ui, page.take_bottom(1), percent as u16, &words);
        let done = Button::new(ui.say_alone(&say::ReceiptDone), ScreenAction::Done);
        done.digit(1).main().draw(ui, page.take_bottom(3));
    }
}

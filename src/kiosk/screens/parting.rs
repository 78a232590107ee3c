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
use crate::kiosk::widgets::booking_facts::Facts;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::code_and_facts;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::qr::Codes;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use std::time::Duration;

/// How long it stays.
pub const STAYS: Duration = Duration::from_secs(20);

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
        code_and_facts::takes_all(ui, body, &self.codes)
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let facts = [false, true].map(|brief| self.facts(ui, brief));
        let foot = |ui: &mut Ui<'_>, page: &mut Column| self.end(ui, page, context);
        code_and_facts::page(ui, area, &self.codes, (&facts, 0), foot);
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

//! A receipt whose code was scanned: whether it is valid, and for which booking, without a network.
//! Nothing of a person is in it.

use crate::domain::taipei;
use crate::i18n::dates::clock;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::receipt_errors;
use crate::kiosk::model::action::GlobalAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::booking_lines;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Ui, Words};
use crate::receipt::claims::Claims;
use crate::receipt::signing::ReceiptError;
use jiff::civil::DateTime;
use ratatui::layout::Rect;

/// What a scanned code turned out to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scanned {
    Valid(Claims),
    Wrong(ReceiptError),
    /// This kiosk was not given the key that receipts are checked with.
    NoKey,
}

pub fn view(ui: &mut Ui<'_>, area: Rect, scanned: Scanned, training: bool) {
    let title: &dyn Message = match scanned {
        Scanned::Valid(_) => &say::VerifyValid,
        Scanned::Wrong(ReceiptError::NotAReceipt) => &say::ScannedNotAReceipt,
        Scanned::Wrong(error) => receipt_errors::sentence(error),
        Scanned::NoKey => &say::ScannedNoKey,
    };
    let mut page = Column::under(ui, area, title);
    let button = page.take_bottom(3);
    let mut page = page.inset(2);
    page.gap(1);
    if let Scanned::Valid(claims) = scanned {
        if training {
            page.paragraph(ui, &ui.say(&say::VerifyTraining), theme::WARNING);
        }
        booking_lines::number(&mut page, ui, claims.booking);
        let slot = moment(ui, claims.slot, &|when| Box::new(say::VerifySlot { slot: when.into() }));
        page.paragraph(ui, &slot, theme::PLAIN);
        let site = ui.say(&say::VerifySite { site: claims.site.0.to_string().into() });
        page.paragraph(ui, &site, theme::PLAIN);
        let made = taipei::civil(claims.issued);
        let made = moment(ui, made, &|when| Box::new(say::ReceiptMade { made: when.into() }));
        page.paragraph(ui, &made, theme::QUIET_TEXT);
    }
    Button::new(ui.say_alone(&say::Back), GlobalAction::Back).digit(1).main().draw(ui, button);
}

/// A message about a date and a time of day.
fn moment(ui: &Ui<'_>, at: DateTime, of: &dyn Fn(String) -> Box<dyn Message>) -> Words {
    ui.say_with(|texts, language| {
        let when = format!("{} {}", texts.long_date(language, at.date()), clock(at));
        texts.say(language, &*of(when))
    })
}

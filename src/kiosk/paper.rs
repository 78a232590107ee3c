//! The receipt on paper: what it says, in the person's language with the Chinese below each line,
//! which the site's staff read. How it is drawn is in `receipt`, how it comes out in `devices`.

use crate::api::bookings::BookingView;
use crate::devices::printer::PrintFault;
use crate::domain::language::Language;
use crate::domain::taipei;
use crate::i18n::dates::{clock, hours};
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::texts::Texts;
use crate::kiosk::journey::effect::Ticket;
use crate::kiosk::widgets::brands::brand_name;
use crate::kiosk::widgets::places::reads_chinese;
use crate::receipt::page::{Page, Part};
use crate::receipt::qr::{Qr, QrSize};

/// What became of the receipt on paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Printing {
    #[default]
    NotYet,
    Running(Ticket),
    Done,
    Failed(PrintFault),
}

impl Printing {
    /// Whether a press prints now: not while it prints, and not twice.
    pub fn may_begin(self) -> bool {
        matches!(self, Printing::NotYet | Printing::Failed(_))
    }

    /// What its button says; `print` before it was pressed.
    pub fn label(self, print: &'static dyn Message) -> &'static dyn Message {
        match self {
            Printing::NotYet => print,
            Printing::Running(_) => &say::ReceiptPrinting,
            Printing::Done => &say::ReceiptPrinted,
            Printing::Failed(_) => &say::ReceiptPrintAgain,
        }
    }
}

/// A dash at which no line is broken (Unicode 14, WJ).
const UNBROKEN: &str = "\u{2060}–\u{2060}";

/// What is printed of a booking.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    pub booking: BookingView,
    pub language: Language,
    pub training: bool,
    /// The kiosk's channel does not cancel: the paper says who does.
    pub cancels_elsewhere: bool,
}

impl Paper {
    /// The page of it.
    pub fn page(&self, texts: &Texts) -> Page {
        let mut page = Page { parts: Vec::new(), language: self.language.tag() };
        let beside = (self.language != Language::ZhTw).then_some(Language::ZhTw);
        let booking = &self.booking;
        let put = |page: &mut Page, speak: &dyn Fn(Language) -> String| {
            page.parts.push(Part::Text(speak(self.language)));
            page.parts.extend(beside.map(|chinese| Part::Small(speak(chinese))));
        };
        if self.training {
            page.parts.push(Part::Title(texts.say(self.language, &say::VerifyTraining)));
        }
        page.parts.push(Part::Title(texts.say(self.language, &say::ReceiptTitle)));
        page.parts
            .extend(beside.map(|chinese| Part::Title(texts.say(chinese, &say::ReceiptTitle))));
        page.parts.push(Part::Number(booking.number.to_string()));
        page.parts.push(Part::Rule);
        put(&mut page, &|language| {
            let date = texts.long_date(language, booking.starts.date());
            texts.labelled(
                language,
                &say::ReceiptWhen,
                &format!("{date} {}", hours(booking.starts, booking.ends).replace('–', UNBROKEN)),
            )
        });
        let site = &booking.site;
        let (name, address) = (site.name_zh.as_str(), site.address_zh.as_str());
        page.parts.push(Part::Text(texts.labelled(self.language, &say::ReceiptWhere, name)));
        page.parts.push(Part::Text(address.to_owned()));
        if !reads_chinese(self.language) {
            page.parts.push(Part::Small(site.name_en.clone()));
            page.parts.push(Part::Small(site.address_en.clone()));
        }
        put(&mut page, &|language| {
            texts.labelled(
                language,
                &say::ReceiptVaccine,
                &texts.say(language, brand_name(site.brand)),
            )
        });
        let mobile = booking.mobile_masked.expose().to_owned();
        page.parts.push(Part::Small(
            texts.say(self.language, &say::ReceiptPhone { mobile: mobile.into() }),
        ));
        let made = taipei::civil(booking.made);
        let made = format!("{} {}", texts.short_date(self.language, made.date()), clock(made));
        page.parts
            .push(Part::Small(texts.say(self.language, &say::ReceiptMade { made: made.into() })));
        page.parts.push(Part::Rule);
        put(&mut page, &|language| texts.say(language, &say::ReceiptReminder));
        if self.cancels_elsewhere {
            put(&mut page, &|language| texts.say(language, &say::ReceiptCancelElsewhere));
        }
        // A receipt that has no room in a code has none on the screen either.
        page.parts.extend(Qr::new(&booking.receipt, QrSize::Large).ok().map(Part::Qr));
        page
    }
}

/// A page that shows whether the printer is well: a line in each language, and a code.
pub fn test_page(texts: &Texts) -> Page {
    let mut page = Page { parts: Vec::new(), language: Language::ZhTw.tag() };
    page.parts.push(Part::Title(texts.say(Language::ZhTw, &say::OperatorTestPrint)));
    page.parts.push(Part::Number("0123456789".into()));
    page.parts.push(Part::Rule);
    page.parts
        .extend(Language::ALL.map(|language| Part::Text(texts.say(language, &say::ServiceName))));
    page.parts.push(Part::Rule);
    page.parts.extend(Qr::new("VAXKIOSK TEST", QrSize::Small).ok().map(Part::Qr));
    page
}

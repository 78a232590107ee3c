//! The receipt on paper: what it says, in the person's language with the Chinese below each line,
//! which the site's staff read. How it is drawn is in `receipt`, how it comes out in `devices`.

use super::model::printing::{Paper, PaperForAll};
use crate::domain::language::Language;
use crate::i18n::dates::hours;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::brand_name;
use crate::i18n::texts::Texts;
use crate::receipt::page::{Page, Part};
use crate::receipt::qr::{Qr, QrSize};

/// A dash at which no line is broken (Unicode 14, WJ).
const UNBROKEN: &str = "\u{2060}–\u{2060}";

/// A page that is being written in a person's language.
struct Writing<'a> {
    page: Page,
    language: Language,
    texts: &'a Texts,
}

impl Writing<'_> {
    /// The Chinese, where it is not the person's own language.
    fn beside(&self) -> Option<Language> {
        (self.language != Language::ZhTw).then_some(Language::ZhTw)
    }

    fn put(&mut self, part: Part) {
        self.page.parts.push(part);
    }

    /// A line, and below it the same in Chinese.
    fn line(&mut self, speak: impl Fn(Language) -> String) {
        self.put(Part::Text(speak(self.language)));
        let beside = self.beside().map(|chinese| Part::Small(speak(chinese)));
        self.page.parts.extend(beside);
    }

    /// A line in small letters, in the person's language alone.
    fn small(&mut self, message: &dyn Message) {
        self.put(Part::Small(self.texts.say(self.language, message)));
    }
}

/// Lays a receipt out as a printed page.
pub fn receipt_page(paper: &Paper, texts: &Texts) -> Page {
    let language = paper.language;
    let page = Page { parts: Vec::new(), language };
    let mut writing = Writing { page, language, texts };
    let booking = &paper.booking;
    if paper.training {
        writing.put(Part::Title(texts.say(language, &say::VerifyTraining)));
    }
    for language in std::iter::once(language).chain(writing.beside()) {
        writing.put(Part::Title(texts.say(language, &say::ReceiptTitle)));
    }
    writing.put(Part::Number(booking.number.to_string()));
    writing.put(Part::Rule);
    writing.line(|language| {
        let date = texts.long_date(language, booking.starts.date());
        let hours = hours(booking.starts, booking.ends).replace('–', UNBROKEN);
        texts.labelled(language, &say::ReceiptWhen, &format!("{date} {hours}"))
    });
    let site = &booking.site;
    writing.put(Part::Text(texts.labelled(language, &say::ReceiptWhere, &site.name_zh)));
    writing.put(Part::Text(site.address_zh.clone()));
    if !language.reads_chinese() {
        writing.put(Part::Small(site.name_en.clone()));
        writing.put(Part::Small(site.address_en.clone()));
    }
    writing.line(|language| {
        let brand = texts.say(language, brand_name(site.brand));
        texts.labelled(language, &say::ReceiptVaccine, &brand)
    });
    let mobile = booking.mobile_masked.expose().to_owned();
    writing.small(&say::ReceiptPhone { mobile: mobile.into() });
    let made = texts.moment(language, booking.made);
    writing.small(&say::ReceiptMade { made: made.into() });
    writing.put(Part::Rule);
    writing.line(|language| texts.say(language, &say::ReceiptReminder));
    if paper.cancels_elsewhere {
        writing.line(|language| texts.say(language, &say::ReceiptCancelElsewhere));
    }
    // A receipt that has no room in a code has none on the screen either.
    writing.page.parts.extend(Qr::new(&booking.receipt, QrSize::Large).ok().map(Part::Qr));
    writing.page
}

/// The page for all who booked together: what each of them finds on their own receipt, on one.
pub fn page_for_all(paper: &PaperForAll, texts: &Texts) -> Page {
    let language = paper.language;
    let page = Page { parts: Vec::new(), language };
    let mut writing = Writing { page, language, texts };
    let Some((_, first)) = paper.bookings.first() else { return writing.page };
    if paper.training {
        writing.put(Part::Title(texts.say(language, &say::VerifyTraining)));
    }
    let people = paper.bookings.len();
    for language in std::iter::once(language).chain(writing.beside()) {
        let title = say::GroupReceiptTitle { people: people.into() };
        writing.put(Part::Title(texts.say(language, &title)));
    }
    writing.put(Part::Rule);
    writing.line(|language| {
        let date = texts.long_date(language, first.starts.date());
        texts.labelled(language, &say::ReceiptWhen, &date)
    });
    let site = &first.site;
    writing.put(Part::Text(texts.labelled(language, &say::ReceiptWhere, &site.name_zh)));
    writing.put(Part::Text(site.address_zh.clone()));
    if !language.reads_chinese() {
        writing.put(Part::Small(site.name_en.clone()));
        writing.put(Part::Small(site.address_en.clone()));
    }
    writing.put(Part::Rule);
    for (name, booking) in &paper.bookings {
        let hours = hours(booking.starts, booking.ends).replace('–', UNBROKEN);
        writing.put(Part::Text(format!("{}  {hours}", name.expose())));
        writing.put(Part::Small(booking.number.to_string()));
    }
    writing.put(Part::Rule);
    writing.line(|language| texts.say(language, &say::ReceiptReminder));
    writing.line(|language| texts.say(language, &say::GroupReceiptNote));
    writing.page
}

/// A page that shows whether the printer is well: a line in each language, and a code.
pub fn test_page(texts: &Texts) -> Page {
    let mut page = Page { parts: Vec::new(), language: Language::ZhTw };
    page.parts.push(Part::Title(texts.say(Language::ZhTw, &say::OperatorTestPrint)));
    page.parts.push(Part::Number("0123456789".into()));
    page.parts.push(Part::Rule);
    page.parts
        .extend(Language::ALL.map(|language| Part::Text(texts.say(language, &say::ServiceName))));
    page.parts.push(Part::Rule);
    page.parts.extend(Qr::new("VAXKIOSK TEST", QrSize::Small).ok().map(Part::Qr));
    page
}

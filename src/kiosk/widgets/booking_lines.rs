//! The lines by which a booking is told: its number, when, where, by which vaccine. Receipt,
//! question, review and what the simple query found all say them alike.

use super::column::Column;
use super::ui::{Ui, Words};
use crate::domain::booking_number::BookingNumber;
use crate::domain::language::Language;
use crate::domain::round::Brand;
use crate::domain::site::Site;
use crate::i18n::dates::hours;
use crate::i18n::messages as say;
use crate::i18n::names::place_name;
use crate::kiosk::theme;
use jiff::Timestamp;
use jiff::civil::DateTime;

/// `Booking number: 0200014637`
pub fn number(column: &mut Column, ui: &mut Ui<'_>, number: BookingNumber) {
    let words = ui.say(&say::ReceiptNumber { number: number.to_string().into() });
    column.paragraph(ui, &words, theme::TITLE);
}

/// A slot's long date and hours, after a label.
pub fn slot(ui: &Ui<'_>, label: &dyn say::Message, starts: DateTime, ends: DateTime) -> Words {
    ui.labelled(label, |texts, language| {
        format!("{}  {}", texts.long_date(language, starts.date()), hours(starts, ends))
    })
}

/// When one is to come.
pub fn when(column: &mut Column, ui: &mut Ui<'_>, starts: DateTime, ends: DateTime) {
    let when = slot(ui, &say::ReceiptWhen, starts, ends);
    column.paragraph(ui, &when, theme::PLAIN);
}

/// The site's name; for those who read no Chinese its English name, and below it the Chinese one as
/// its sign has it.
pub fn place(ui: &Ui<'_>, site: &Site) -> Vec<Words> {
    let chinese = (!ui.language.reads_chinese()).then(|| Words::same(site.name_zh.clone()));
    std::iter::once(labelled_name(ui, site)).chain(chinese).collect()
}

/// The same with the address, as the sign and the street have them on one line.
pub fn place_and_address(ui: &Ui<'_>, site: &Site) -> Vec<Words> {
    vec![labelled_name(ui, site), Words::same(sign_and_street(ui.language, site))]
}

fn labelled_name(ui: &Ui<'_>, site: &Site) -> Words {
    let name = place_name(ui.language, &site.name_zh, &site.name_en);
    ui.labelled(&say::ReceiptWhere, |_, _| name.to_owned()).alone()
}

/// What stands below a site's name: its address, for those who read no Chinese after the name that
/// its sign has.
pub fn sign_and_street(language: Language, site: &Site) -> String {
    match language.reads_chinese() {
        true => site.address_zh.clone(),
        false => format!("{}  {}", site.name_zh, site.address_zh),
    }
}

/// The vaccines, one or several.
pub fn vaccines(ui: &Ui<'_>, brands: &[Brand]) -> Words {
    let names: Vec<String> = brands.iter().map(|brand| ui.brand(*brand).main).collect();
    ui.labelled(&say::ReceiptVaccine, |_, _| names.join(" + ")).alone()
}

/// When the booking was made.
pub fn made(ui: &Ui<'_>, made: Timestamp) -> Words {
    let made = ui.say_with(|texts, language| {
        let text = texts.moment(language, made);
        texts.say(language, &say::ReceiptMade { made: text.into() })
    });
    made.alone()
}

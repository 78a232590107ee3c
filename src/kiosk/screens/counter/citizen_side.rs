//! The page that is turned to the citizen, in their language: the privacy notice that they agree
//! to, what is being booked for them, and the booking with its code.

use super::Working;
use super::form::{Form, Phone};
use super::line_view;
use super::serving::{Done, Serving, Step};
use crate::i18n::dates::hours;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::Action;
use crate::kiosk::model::counter::CounterAction;
use crate::kiosk::screens::context::Context;
use crate::kiosk::theme;
use crate::kiosk::widgets::booking_lines;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::qr::{self, Codes};
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

/// Columns that words beside a code have at least, and those of the row of languages.
const WORDS: u16 = 30;
const LANGUAGES: u16 = 76;

pub fn view(ui: &mut Ui<'_>, area: Rect, working: &Working, context: &Context<'_>) {
    let mut page = Column::new(area);
    if let Some(codes) = booked_codes(working) {
        code_beside(ui, &mut page, codes);
    }
    languages(ui, page.take(2), context);
    let footer = page.take_bottom(1);
    ui.fill(footer, theme::FOOTER);
    let back = format!(" F7 / Esc  {}", ui.say_alone(&say::Back).main);
    ui.line(footer, &back, Align::Left, theme::FOOTER_KEY);
    ui.record(footer, CounterAction::CitizenSide, None);
    let mut page = page.inset(2);
    page.gap(1);
    match working.desk.serving() {
        None => {
            let title = ui.say(&say::CardInsertTitle);
            page.paragraph(ui, &title, theme::TITLE);
        }
        Some(serving) => match &serving.step {
            Step::Done(done) => finished(ui, page, done, serving, context),
            _ if serving.shows_notice() => notice(ui, page),
            _ => draft(ui, page, serving, context),
        },
    }
}

/// The languages, each with its digit, and the Chinese beside.
fn languages(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    ui.fill(area, theme::HEADER);
    let mut rows = Column::new(area).inset(1);
    let name = ui.say_alone(&say::ServiceName).main;
    let mut first = Column::new(rows.take(1));
    let bold = theme::HEADER.add_modifier(Modifier::BOLD);
    if context.machine.profile.training {
        let words = format!(" {} ", ui.say_alone(&say::Training).main);
        let badge = first.take_right(words.width() as u16);
        ui.line_on(badge, &words, Align::Left, theme::TRAINING);
    }
    // Beside a code there may be no room for it.
    if name.width() <= usize::from(first.rest().width) {
        ui.line(first.rest(), &name, Align::Left, bold);
    }
    let mut second = Column::new(rows.take(1));
    if second.rest().width < LANGUAGES {
        return;
    }
    for (at, language) in context.machine.profile.languages.iter().enumerate() {
        let on = *language == ui.language;
        let mark = if on { "✓" } else { " " };
        let words = format!("{}{mark}{}", at + 1, language.short_name());
        let place = second.take_left(words.width() as u16);
        let style = if on { bold } else { theme::HEADER };
        ui.line(place, &words, Align::Left, style);
        ui.record(place, CounterAction::Choose(at), None);
        second.take_left(2);
    }
    let mark = if ui.bilingual { "✓" } else { " " };
    let words = format!("+{mark}中");
    let place = second.take_right(words.width() as u16);
    ui.line(place, &words, Align::Left, theme::HEADER);
    ui.record(place, CounterAction::Type('+'), None);
}

/// The code of what was just booked.
fn booked_codes(working: &Working) -> Option<&Codes> {
    let Step::Done(done) = &working.desk.serving()?.step else { return None };
    match &**done {
        Done::Booked { codes, .. } => Some(codes),
        Done::Cancelled
        | Done::Registered(_)
        | Done::Withdrawn
        | Done::Waits(_)
        | Done::LeftLine => None,
    }
}

/// The code stands at the right of all else, as large as leaves room for the words.
fn code_beside(ui: &mut Ui<'_>, page: &mut Column, codes: &Codes) {
    let area = page.rest();
    let room = Rect { width: area.width.saturating_sub(WORDS), ..area };
    let Some(code) = codes.for_room(room) else { return };
    let (columns, rows) = qr::cells(code, room);
    if columns <= room.width && rows <= room.height {
        let place = page.take_right(columns);
        ui.fill(place, theme::PLAIN);
        qr::draw(ui, place, code);
    } else if ui.has_pictures
        && let Some(code) = codes.smallest()
    {
        let place = Column::new(page.take_right(qr::PICTURE.0)).take(qr::PICTURE.1);
        qr::picture(ui, place, code);
    }
}

fn notice(ui: &mut Ui<'_>, mut page: Column) {
    let title = ui.say(&say::PrivacyTitle);
    page.paragraph(ui, &title, theme::TITLE);
    let agree = page.take_bottom(4);
    let points: [&dyn Message; 3] = [&say::PrivacyWhat, &say::PrivacyWhy, &say::PrivacyKept];
    for point in points {
        let words = ui.say(point);
        page.gap(u16::from(page.rest().height > 9));
        page.paragraph(ui, &words, theme::PLAIN);
    }
    let words = ui.say(&say::PrivacyAgree);
    Button::new(words, Action::from(CounterAction::Enter)).sign("↵").main().draw(ui, agree);
}

/// How they stand, and what is chosen so far.
fn draft(ui: &mut Ui<'_>, mut page: Column, serving: &Serving, context: &Context<'_>) {
    if let Some(name) = serving.visit.name_masked() {
        page.lines(ui, &name, Align::Left, theme::TITLE);
    }
    if let Some(refusal) = serving.refusal(context.machine) {
        let words = ui.refusal(refusal);
        page.paragraph(ui, &words, theme::TITLE);
    }
    let person = serving.visit.person.as_ref();
    if let Some(booking) = person.and_then(|person| person.booking()) {
        booking_lines::number(&mut page, ui, booking.number);
        booking_lines::when(&mut page, ui, booking.starts, booking.ends);
        for words in booking_lines::place_and_address(ui, &booking.site) {
            page.paragraph(ui, &words, theme::PLAIN);
        }
        page.gap(1);
    }
    line_view::for_citizen(ui, &mut page, serving, context);
    if let Some(form) = serving.form() {
        chosen(ui, page, form);
    }
}

fn chosen(ui: &mut Ui<'_>, mut page: Column, form: &Form) {
    let phone = match &form.phone {
        Phone::Missing => None,
        Phone::Registered(shown) => Some(shown.clone()),
        Phone::Given(mobile) => Some(mobile.grouped()),
    };
    if let Some(phone) = phone {
        let words = ui.say(&say::ReceiptPhone { mobile: phone.expose().to_owned().into() });
        page.paragraph(ui, &words, theme::PLAIN);
    }
    if let Some(site) = &form.site {
        for words in booking_lines::place_and_address(ui, site) {
            page.paragraph(ui, &words, theme::PLAIN);
        }
        let words = booking_lines::vaccines(ui, &[site.brand]);
        page.paragraph(ui, &words, theme::PLAIN);
    }
    if let Some(slot) = &form.slot {
        let date = ui.say_with(|texts, language| texts.long_date(language, slot.starts.date()));
        page.paragraph(ui, &date, theme::TITLE);
        page.lines(ui, &hours(slot.starts, slot.ends), Align::Left, theme::TITLE);
    }
}

fn finished(
    ui: &mut Ui<'_>,
    mut page: Column,
    done: &Done,
    serving: &Serving,
    context: &Context<'_>,
) {
    let message: &dyn Message = match done {
        Done::Booked { moved: false, .. } => &say::ReceiptTitle,
        Done::Booked { moved: true, .. } => &say::ReceiptMovedTitle,
        Done::Cancelled => &say::CancelledTitle,
        Done::Registered(_) => &say::IntentionDone,
        Done::Withdrawn => &say::WithdrawnTitle,
        Done::Waits(_) => &say::CounterWaits,
        Done::LeftLine => &say::CounterLeftLine,
    };
    let title = ui.say(message);
    page.paragraph(ui, &title, theme::FINE_TEXT);
    let booking = match done {
        // By a code it is booked without a person's session.
        Done::Booked { booking, .. } => Some(booking),
        Done::Cancelled
        | Done::Registered(_)
        | Done::Withdrawn
        | Done::Waits(_)
        | Done::LeftLine => serving.visit.person.as_ref().and_then(|person| person.booking()),
    };
    if let Some(booking) = booking {
        booking_lines::number(&mut page, ui, booking.number);
        booking_lines::when(&mut page, ui, booking.starts, booking.ends);
        for words in booking_lines::place_and_address(ui, &booking.site) {
            page.paragraph(ui, &words, theme::PLAIN);
        }
    }
    if let Done::Waits(view) = done {
        line_view::waits(ui, &mut page, view, context.machine.now.wall);
    }
    if let Done::Registered(view) = done {
        let words = say::IntentionNumber { number: view.number.to_string().into() };
        let words = ui.say(&words);
        page.paragraph(ui, &words, theme::PLAIN);
    }
}

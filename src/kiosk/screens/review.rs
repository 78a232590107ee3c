//! Everything before it counts: each line changeable, then confirm.

use super::context::Context;
use crate::api::bookings::BookingView;
use crate::i18n::dates::hours;
use crate::i18n::messages as say;
use crate::i18n::names::{district_name, place_name};
use crate::kiosk::model::action::{Part, ScreenAction};
use crate::kiosk::model::errand::{Errand, RegistrationDraft, Seat};
use crate::kiosk::model::person::Person;
use crate::kiosk::theme;
use crate::kiosk::widgets::booking_lines;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReviewAnswer {
    Confirm,
    Change(Part),
}

pub fn act(action: ScreenAction) -> Option<ReviewAnswer> {
    match action {
        ScreenAction::Confirm => Some(ReviewAnswer::Confirm),
        ScreenAction::Change(part) => Some(ReviewAnswer::Change(part)),
        _ => None,
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let Some((visit, errand)) =
        context.visit.and_then(|visit| Some((visit, visit.errand.as_ref()?)))
    else {
        return;
    };
    let (title, confirm): (&dyn say::Message, &dyn say::Message) = match errand {
        Errand::Booking(_) => (&say::ReviewTitle, &say::ReviewConfirm),
        Errand::Registering(_) => (&say::ReviewIntentionTitle, &say::ReviewIntentionConfirm),
        Errand::Rescheduling(_) => (&say::ReviewMoveTitle, &say::ReviewMoveConfirm),
    };
    let mut page = Column::under(ui, area, title);
    let (name, id) = (visit.name_masked(), visit.id_masked());
    if let (Some(name), Some(id)) = (name, id) {
        let text = ui.say(&say::ReviewPerson { name: name.into(), id: id.into() }).main;
        Column::new(page.take(1)).inset(2).line(ui, &text, Align::Left, theme::PLAIN);
    }
    let spare = page.rest().height.saturating_sub(14);
    let heights = [3, 4 + spare.min(1), 3 + u16::from(spare > 1), 3 + u16::from(spare > 3)];
    let rows = heights.map(|height| page.take(height));
    // Drawn first, so that it has the focus: whoever agrees presses Enter.
    let confirm = if visit.is_rescheduling() { ui.say_alone(confirm) } else { ui.say(confirm) };
    Button::new(confirm, ScreenAction::Confirm).digit(1).main().draw(ui, rows[3]);
    if let Some(mobile) = errand.mobile() {
        let phone = ui.labelled(&say::ReviewPhone, |_, _| mobile.shown.expose().to_owned());
        let phone = Words { zh: ui.say(&say::ReviewPhone).zh, ..phone };
        line(ui, phone, Part::Phone, 2).draw(ui, rows[0]);
    }
    match errand {
        Errand::Registering(draft) => registration(ui, draft, &rows),
        Errand::Booking(draft) => seat(ui, &draft.seat, None, &rows),
        Errand::Rescheduling(draft) => {
            let before = context.person().and_then(Person::booking);
            seat(ui, &draft.seat, before, &rows);
        }
    }
}

/// Where and when; `before` is the booking whose seat is given up for it.
fn seat(ui: &mut Ui<'_>, seat: &Seat, before: Option<&BookingView>, rows: &[Rect; 4]) {
    let Seat::Slot(_, site, slot) = seat else { return };
    if let Some(booking) = before {
        let before = ui.labelled(&say::ReviewMoveFrom, |texts, language| {
            let date = texts.short_date(language, booking.starts.date());
            let site = place_name(language, &booking.site.name_zh, &booking.site.name_en);
            format!("{date}  {}  {site}", hours(booking.starts, booking.ends))
        });
        Column::new(rows[0]).inset(2).paragraph(ui, &before.alone(), theme::QUIET_TEXT);
    }
    let brand = ui.brand(site.brand).main;
    let place = ui.labelled(&say::ReviewPlace, |_, _| format!("{}  {brand}", site.name_zh));
    let time = booking_lines::slot(ui, &say::ReviewTime, slot.starts, slot.ends);
    let below =
        if ui.language.reads_chinese() { site.address_zh.clone() } else { site.name_en.clone() };
    line(ui, place, Part::Place, 3).detail(Words::same(below)).draw(ui, rows[1]);
    line(ui, time, Part::Time, 4).draw(ui, rows[2]);
}

fn registration(ui: &mut Ui<'_>, draft: &RegistrationDraft, rows: &[Rect; 4]) {
    let Some(district) = draft.district else { return };
    let place = ui.labelled(&say::IntentionRegion, |texts, language| {
        district_name(texts, language, district)
    });
    let brands = booking_lines::vaccines(ui, &draft.brands);
    line(ui, place, Part::Place, 3).draw(ui, rows[1]);
    line(ui, brands, Part::Brands, 4).draw(ui, rows[2]);
}

fn line(ui: &Ui<'_>, words: Words, part: Part, digit: u8) -> Button {
    let change = ui.say(&say::ReviewChange).main;
    let words = Words { main: format!("{}  [{change}]", words.main), ..words };
    Button::new(words, ScreenAction::Change(part)).digit(digit)
}

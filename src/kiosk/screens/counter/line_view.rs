//! What is said of a seat that is held, of a slot that was closed, and of the waiting list: in the
//! panel of whoever is served, on the page of what was done, and on the one that is turned to them.

use super::held::held;
use super::serving::{Serving, Waits};
use crate::api::sessions::SeatView;
use crate::api::waiting::WaitingView;
use crate::domain::taipei;
use crate::domain::waiting::DayPart;
use crate::i18n::dates::{clock, hours};
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::place_name;
use crate::kiosk::screens::context::Context;
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::Ui;
use jiff::Timestamp;

/// `7/17 (Sat) 09:00–10:00 Site`
fn seat_words(ui: &Ui<'_>, seat: &SeatView) -> String {
    let date = ui.texts.short_date(ui.language, seat.starts.date());
    let place = place_name(ui.language, &seat.site.name_zh, &seat.site.name_en);
    format!("{date} {} {place}", hours(seat.starts, seat.ends))
}

/// The time alone if it is today, the day before it otherwise.
fn until_words(ui: &Ui<'_>, until: Timestamp, wall: Timestamp) -> String {
    let (until, today) = (taipei::civil(until), taipei::civil(wall).date());
    let time = clock(until);
    match until.date() == today {
        true => time,
        false => format!("{} {time}", ui.texts.short_date(ui.language, until.date())),
    }
}

fn held_words(ui: &Ui<'_>, serving: &Serving, wall: Timestamp) -> Option<String> {
    let held = held(serving.visit.person.as_ref()?, wall)?;
    let until = until_words(ui, held.until, wall).into();
    let what = seat_words(ui, held.seat).into();
    Some(ui.say_alone(&say::CounterHeld { until, what }).main)
}

/// What is to be said before all else of whoever may book: their closed slot, or a seat that is
/// held for them; on the waiting list, how they stand in it.
pub fn panel_lines(ui: &Ui<'_>, serving: &Serving, context: &Context<'_>) -> Option<Vec<String>> {
    let wall = context.machine.now.wall;
    let standing = &serving.visit.person.as_ref()?.standing;
    let held = held_words(ui, serving, wall);
    let said = |message: &dyn Message| ui.say_alone(message).main;
    if serving.is_on_line() {
        let Waits::InLine(view) = &serving.waits else {
            return Some(vec![said(&say::CounterNotInLine)]);
        };
        let more = held.unwrap_or_else(|| chances(ui, view, wall));
        return Some(vec![place_in_line(ui, view, wall), more]);
    }
    if let Some(displaced) = standing.displaced.as_ref().filter(|it| wall < it.until) {
        let what = seat_words(ui, &displaced.closed).into();
        let closed = said(&say::CounterClosed { what });
        let until = until_words(ui, displaced.until, wall).into();
        let aside = held.unwrap_or_else(|| said(&say::CounterNoneSetAside { until }));
        return Some(vec![closed, aside]);
    }
    held.map(|held| vec![held, said(&say::CounterHeldDo)])
}

/// Their place in the line, in a line.
pub fn in_line(ui: &Ui<'_>, serving: &Serving) -> Option<String> {
    match &serving.waits {
        Waits::InLine(view) => {
            let words = say::CounterInLine { place: view.place.into() };
            Some(ui.say_alone(&words).main)
        }
        Waits::Unknown | Waits::Not => None,
    }
}

fn place_in_line(ui: &Ui<'_>, view: &WaitingView, wall: Timestamp) -> String {
    let since = until_words(ui, view.asked, wall).into();
    ui.say_alone(&say::CounterLineSince { place: view.place.into(), since }).main
}

/// How often such seats came free, or that it is not known.
fn chances(ui: &Ui<'_>, view: &WaitingView, wall: Timestamp) -> String {
    match view.chances {
        Some(chances) => {
            let since = until_words(ui, chances.since, wall).into();
            ui.say_alone(&say::CounterChances { seats: chances.seats.into(), since }).main
        }
        None => ui.say_alone(&say::CounterChancesUnknown).main,
    }
}

/// A part of the day.
pub fn part_name(part: DayPart) -> &'static dyn Message {
    match part {
        DayPart::Any => &say::CounterAnyPart,
        DayPart::Morning => &say::SlotMorning,
        DayPart::Afternoon => &say::SlotAfternoon,
        DayPart::Evening => &say::SlotEvening,
    }
}

/// How they wait from now on, to be read out or to be read by them.
pub fn waits(ui: &mut Ui<'_>, page: &mut Column, view: &WaitingView, wall: Timestamp) {
    place(ui, page, view, wall);
    let phone = say::ReceiptPhone { mobile: view.mobile_masked.expose().to_owned().into() };
    let phone = ui.say(&phone);
    page.paragraph(ui, &phone, theme::PLAIN);
    let how = ui.say(&say::CounterWaitsHow);
    page.paragraph(ui, &how, theme::PLAIN);
}

/// Their place in the line, also in the language beside.
fn place(ui: &mut Ui<'_>, page: &mut Column, view: &WaitingView, wall: Timestamp) {
    let place = ui.say_with(|texts, language| {
        let since = taipei::civil(view.asked);
        let since = match since.date() == taipei::civil(wall).date() {
            true => clock(since),
            false => format!("{} {}", texts.short_date(language, since.date()), clock(since)),
        };
        let words = say::CounterLineSince { place: view.place.into(), since: since.into() };
        texts.say(language, &words)
    });
    page.paragraph(ui, &place, theme::TITLE);
}

/// For the person in front: what was closed, and until when which seat is held.
pub fn for_citizen(ui: &mut Ui<'_>, page: &mut Column, serving: &Serving, context: &Context<'_>) {
    let wall = context.machine.now.wall;
    let Some(person) = &serving.visit.person else { return };
    if let Some(displaced) = &person.standing.displaced {
        let seat = seat_words(ui, &displaced.closed);
        let words = ui.say(&say::CounterClosed { what: seat.into() });
        page.paragraph(ui, &words, theme::PLAIN);
    }
    if let Some(held) = held(person, wall) {
        let until = until_words(ui, held.until, wall).into();
        let what = seat_words(ui, held.seat).into();
        let words = ui.say(&say::CounterHeld { until, what });
        page.paragraph(ui, &words, theme::TITLE);
    }
    match &serving.waits {
        Waits::InLine(view) => place(ui, page, view, wall),
        Waits::Unknown | Waits::Not => {}
    }
}

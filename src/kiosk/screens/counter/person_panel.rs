//! Who is served and how they stand: a sign, a sentence with its rule, date and code, and the
//! booking that is there.

use super::line_view;
use super::serving::{Done, Serving, Step};
use super::{Desk, Working};
use crate::api::problem::Code;
use crate::devices::card_reader::CardFault;
use crate::domain::refusal::Refusal;
use crate::i18n::dates::hours;
use crate::i18n::fitted::fitted;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::{district_alone, listed, place_name};
use crate::i18n::wrap::wrap;
use crate::kiosk::model::person::Person;
use crate::kiosk::model::retry::Retry;
use crate::kiosk::model::staff_problems;
use crate::kiosk::screens::context::Context;
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// What the panel says: its ground, a sign, and up to three lines.
struct Said {
    style: Style,
    sign: &'static str,
    lines: Vec<String>,
    /// Each line but the last has one row: none may push another out of sight.
    rows: bool,
}

pub fn view(ui: &mut Ui<'_>, area: Rect, working: &Working, context: &Context<'_>) {
    let said = match &working.desk {
        Desk::Free(_) => free(ui, context),
        Desk::Serving(serving) => serving_said(ui, serving, context),
        // It has pages of its own.
        Desk::Site(_) => return,
    };
    ui.fill(area, said.style);
    let mut page = Column::new(area);
    let mut sign = Column::new(page.take_left(5));
    if area.height > 3 {
        sign.gap(1);
    }
    let bold = said.style.add_modifier(Modifier::BOLD);
    ui.line(sign.take(1), said.sign, Align::Centre, bold);
    let plain = said.style.remove_modifier(Modifier::BOLD);
    for (at, line) in said.lines.iter().enumerate() {
        let style = if at < 2 { bold } else { plain };
        // Whose panel it is has one row; what is said breaks into lines. What comes last has the
        // room that is left: where that is one row, no word is left out that has room in part.
        let one_row = at + 1 < said.lines.len() || page.rest().height == 1;
        if at == 0 || said.rows && one_row {
            let row = page.take(1);
            ui.line(row, &fitted(line, row.width.saturating_sub(1)), Align::Left, style);
        } else if page.rest().height > 0 {
            let room = page.rest();
            let lines = wrap(line, usize::from(room.width.saturating_sub(1)));
            let last = usize::from(room.height);
            for (nth, text) in lines.iter().enumerate().take(last) {
                let goes_on = nth + 1 == last && lines.len() > last;
                let text = if goes_on { format!("{text}…") } else { text.clone() };
                ui.line(page.take(1), &text, Align::Left, style);
            }
        }
    }
}

fn free(ui: &Ui<'_>, context: &Context<'_>) -> Said {
    let counter = context.machine.profile.counter.as_ref();
    let typed = counter.is_some_and(|counter| counter.typed_numbers);
    // The card of the person before is still in.
    let first: &dyn Message =
        if context.machine.card_in { &say::CounterTakeCard } else { &say::CounterNextCard };
    let mut lines = vec![ui.say_alone(first).main];
    if typed {
        lines.push(ui.say_alone(&say::CounterNextTyped).main);
    }
    Said { style: theme::PANEL_TITLE, sign: "▸", lines, rows: false }
}

fn serving_said(ui: &Ui<'_>, serving: &Serving, context: &Context<'_>) -> Said {
    let wait = |message: &dyn Message, retry: Option<&Retry>| {
        let mut lines = vec![who(serving), ui.say_alone(message).main];
        if let Some(retry) = retry
            && let Some(seconds) = retry.seconds_left(context.machine.now.uptime)
        {
            let words = say::CounterRetry { seconds: seconds.into() };
            lines.push(ui.say_alone(&words).main);
        }
        lines.retain(|line| !line.trim().is_empty());
        let troubled = retry.is_some_and(|retry| retry.attempt > 1);
        let style = if troubled { theme::FEW_LEFT } else { theme::PANEL_TITLE };
        Said { style, sign: if troubled { "▲" } else { "…" }, lines, rows: false }
    };
    let warn =
        |lines: Vec<String>| Said { style: theme::WARNING_PANEL, sign: "✗", lines, rows: false };
    match &serving.step {
        Step::Reading => wait(&say::CardReadingTitle, None),
        Step::Faulty(fault) => {
            let (title, body): (&dyn Message, &dyn Message) = match fault {
                CardFault::Unreadable => (&say::CardUnreadableTitle, &say::CounterCardAgain),
                CardFault::NotAnNhiCard => (&say::CardOtherTitle, &say::CounterCardAgain),
                CardFault::PulledTooSoon => (&say::CardTooSoonTitle, &say::CounterCardAgain),
            };
            warn(vec![ui.say_alone(title).main, ui.say_alone(body).main])
        }
        Step::Asking { retry, then: None } => wait(&say::WaitStanding, Some(retry)),
        Step::Asking { retry, .. } | Step::Sending { retry, .. } => {
            wait(&say::CounterSending, Some(retry))
        }
        Step::Failed(code) => {
            let message: &dyn Message = match code {
                Code::UnknownPerson => &say::UnknownPersonTitle,
                code => staff_problems::sentence(*code).unwrap_or(&say::FailedTitle),
            };
            let code = if *code == Code::UnknownPerson { "R10" } else { code.spoken() };
            let sentence = ui.say_alone(message).main;
            warn(vec![who(serving), format!("{sentence} [{code}]")])
        }
        Step::Open => standing(ui, serving, context),
        Step::Done(done) => done_said(ui, serving, done),
    }
}

fn who(serving: &Serving) -> String {
    let name = serving.visit.name_masked().unwrap_or_default();
    let id = match &serving.typed {
        Some((id, _)) => Some(id.masked()),
        None => serving.visit.id_masked(),
    };
    format!("{name}  {}", id.unwrap_or_default())
}

/// May book, or may not: by which rule, from when, with the code.
fn standing(ui: &Ui<'_>, serving: &Serving, context: &Context<'_>) -> Said {
    let Some(person) = serving.visit.person.as_ref() else {
        return Said {
            style: theme::PANEL_TITLE,
            sign: "…",
            lines: vec![who(serving)],
            rows: false,
        };
    };
    let mut lines = vec![who(serving)];
    let (style, sign) = match serving.refusal(context.machine) {
        None => {
            if let Some(first) = line_view::panel_lines(ui, serving, context) {
                lines.extend(first);
                let closed = person.standing.displaced.is_some() && !serving.is_on_line();
                let (style, sign) =
                    if closed { (theme::FEW_LEFT, "▲") } else { (theme::FINE_PANEL, "✓") };
                return Said { style, sign, lines, rows: true };
            }
            lines.push(may_book(ui, person));
            (theme::FINE_PANEL, "✓")
        }
        Some(Refusal::AlreadyBooked) => {
            lines.push(ui.refusal(Refusal::AlreadyBooked).main);
            (theme::PANEL_TITLE, "✓")
        }
        Some(refusal) => {
            lines.push(format!("{} [{}]", ui.refusal(refusal).main, refusal.code()));
            (theme::WARNING_PANEL, "✗")
        }
    };
    lines.push(line_view::in_line(ui, serving).unwrap_or_else(|| booked(ui, person)));
    if serving.typed.is_some() {
        lines.push(ui.say_alone(&say::CounterWithoutCard).main);
    }
    Said { style, sign, lines, rows: false }
}

fn may_book(ui: &Ui<'_>, person: &Person) -> String {
    let Some(intention) = person.intention() else {
        return ui.say_alone(&say::CounterMayBook).main;
    };
    let district = person.registered_district();
    let district = district.map(|it| district_alone(ui.texts, ui.language, it));
    let brands: Vec<String> =
        intention.brands.iter().map(|brand| ui.brand(*brand).alone().main).collect();
    let registered = say::CounterMayBookRegistered {
        district: district.unwrap_or_default().into(),
        brands: listed(ui.language, &brands).into(),
    };
    ui.say_alone(&registered).main
}

/// The booking that is there, in one line.
fn booked(ui: &Ui<'_>, person: &Person) -> String {
    let Some(booking) = person.booking() else {
        return ui.say_alone(&say::CounterNoBooking).main;
    };
    let date = ui.texts.short_date(ui.language, booking.starts.date());
    let site = &booking.site;
    let words = say::CounterHasBooking {
        number: booking.number.to_string().into(),
        when: format!("{date} {}", hours(booking.starts, booking.ends)).into(),
        place: place_name(ui.language, &site.name_zh, &site.name_en).into(),
    };
    ui.say_alone(&words).main
}

fn done_said(ui: &Ui<'_>, serving: &Serving, done: &Done) -> Said {
    let message: &dyn Message = match done {
        Done::Booked { moved: false, .. } => &say::ReceiptTitle,
        Done::Booked { moved: true, .. } => &say::ReceiptMovedTitle,
        Done::Cancelled => &say::CancelledTitle,
        Done::Registered(_) => &say::IntentionDone,
        Done::Withdrawn => &say::WithdrawnTitle,
        Done::Waits(_) => &say::CounterWaits,
        Done::LeftLine => &say::CounterLeftLine,
    };
    let mut lines = vec![who(serving), ui.say_alone(message).main];
    lines.push(match done {
        Done::Booked { .. } => ui.say_alone(&say::CounterThenNext).main,
        // There is nothing to print.
        Done::Cancelled
        | Done::Registered(_)
        | Done::Withdrawn
        | Done::Waits(_)
        | Done::LeftLine => format!("F12 {}", ui.say_alone(&say::CounterNext).main),
    });
    Said { style: theme::FINE_PANEL, sign: "✓", lines, rows: false }
}

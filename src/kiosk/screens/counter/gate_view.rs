//! The counter's log-in and its lock as they are drawn.

use super::around::{plain_header, staff_name};
use super::form_view::pad;
use super::log_in::{Checking, LogIn, LogInStep, StaffReader, Trouble};
use super::{Counter, Working};
use crate::api::problem::Code;
use crate::devices::staff_card::{SignFault, Tries};
use crate::domain::channel::Channel;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::place_name;
use crate::kiosk::model::counter::LockCause;
use crate::kiosk::model::staff_problems;
use crate::kiosk::screens::context::Context;
use crate::kiosk::theme;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::ui::{Align, Ui, Words};
use ratatui::layout::Rect;

/// Columns of the text.
const WIDTH: u16 = 76;
/// Columns of the keys for fingers.
const PAD: u16 = 24;

/// `locked`: whose work waits beneath, and why.
pub fn view(
    ui: &mut Ui<'_>,
    area: Rect,
    counter: &Counter,
    log_in: &LogIn,
    locked: Option<(&Working, LockCause)>,
    context: &Context<'_>,
) {
    plain_header(ui, area, context);
    let mut page = Column::new(area);
    page.gap(4);
    page.take_bottom(2);
    let body = page.rest();
    let mut page = Column::new(middle(body, WIDTH, body.height.min(24)));
    let title: &dyn Message = match locked {
        Some(_) => &say::CounterLockedTitle,
        None => &say::CounterLogInTitle,
    };
    let title = ui.say_alone(title).main;
    ui.heading(page.take(2), &title, Align::Left, theme::TITLE);
    match locked {
        Some((working, cause)) => locked_by(ui, &mut page, working, cause, context),
        None => institution(ui, &mut page, context),
    }
    page.gap(1);
    if log_in.types() {
        let mut keys = Column::new(page.take_right(PAD));
        pad(ui, Column::new(keys.take(12)));
        page.take_right(2);
    }
    let step = step_words(ui, counter, &log_in.step);
    if body.height > 20 && log_in.step == LogInStep::Card {
        ui.pictogram(Column::new(page.take(3)).take_left(6), Pictogram::Card, theme::TITLE);
    }
    page.paragraph(ui, &step, theme::TITLE);
    if context.machine.profile.training && log_in.is_pin_locked() {
        let words = ui.say_alone(&say::CounterPinLockedTraining);
        page.paragraph(ui, &words, theme::PLAIN);
    }
    if log_in.types() {
        typed(ui, &mut page, &log_in.step);
    }
    if let Some(trouble) = log_in.trouble.filter(|_| !log_in.is_pin_locked()) {
        page.gap(1);
        let words = Words::same(format!("▲ {}", trouble_words(ui, trouble)));
        page.paragraph(ui, &words, theme::WARNING);
    }
    keys(ui, area);
}

fn institution(ui: &mut Ui<'_>, page: &mut Column, context: &Context<'_>) {
    let name = match &context.machine.profile.place {
        Some(place) => place_name(ui.language, &place.zh, &place.en).to_owned(),
        None => ui.say_alone(training_place(context.machine.profile.channel)).main,
    };
    let place = if context.machine.profile.channel == Channel::VaccinationSite {
        ui.say_alone(&say::DeskPlace { site: name.into() })
    } else {
        ui.say_alone(&say::CounterPlace { institution: name.into() })
    };
    page.paragraph(ui, &place, theme::PLAIN);
}

/// The practice place of a training.
fn training_place(channel: Channel) -> &'static dyn Message {
    match channel {
        Channel::VaccinationSite => &say::PlaceTrainingSite,
        Channel::HealthStation => &say::PlaceTrainingStation,
        Channel::Pharmacy | Channel::ConvenienceStore => &say::PlaceTrainingPharmacy,
    }
}

fn locked_by(
    ui: &mut Ui<'_>,
    page: &mut Column,
    working: &Working,
    cause: LockCause,
    context: &Context<'_>,
) {
    let cause: &dyn Message = match cause {
        LockCause::CardOut => &say::CounterLockedCardOut,
        LockCause::Idle => &say::CounterLockedIdle,
        LockCause::Pressed => &say::CounterLockedPressed,
        LockCause::SessionOver => &say::CounterLockedSession,
    };
    let cause = ui.say_alone(cause);
    page.paragraph(ui, &cause, theme::PLAIN);
    let name = staff_name(working).into();
    let is_site = working.desk.site().is_some();
    let words = if is_site {
        ui.say_alone(&say::DeskLockedFor { name })
    } else {
        ui.say_alone(&say::CounterLockedFor { name })
    };
    page.paragraph(ui, &words, theme::QUIET_TEXT);
    if is_site && !context.machine.line_up {
        let words = ui.say_alone(&say::DeskLockedNoLine);
        page.paragraph(ui, &words, theme::WARNING);
    }
}

fn step_words(ui: &Ui<'_>, counter: &Counter, step: &LogInStep) -> Words {
    let message: &dyn Message = match step {
        LogInStep::Card => match &counter.reader {
            StaffReader::NoModule(_) => &say::CounterNoModule,
            StaffReader::NoReader => &say::CounterNoStaffReader,
            StaffReader::NotStaffCard => &say::CounterNotStaffCard,
            StaffReader::Empty | StaffReader::Card(_) => &say::CounterInsertCard,
        },
        LogInStep::Pin { card, .. } => match card.tries {
            Tries::Locked => &say::CounterPinLocked,
            Tries::Last => &say::CounterPinLast,
            Tries::Low | Tries::Untold => &say::CounterTypePin,
        },
        LogInStep::Password { .. } => &say::CounterTypePassword,
        LogInStep::Reading => &say::CardReadingTitle,
        LogInStep::Checking(Checking::Challenge { .. } | Checking::Signature { .. }) => {
            &say::CounterSigning
        }
        LogInStep::Checking(Checking::Session(_)) => &say::CounterLoggingIn,
    };
    ui.say_alone(message)
}

/// What is typed, as dots.
fn typed(ui: &mut Ui<'_>, page: &mut Column, step: &LogInStep) {
    let (LogInStep::Pin { typed, .. } | LogInStep::Password { typed, .. }) = step else { return };
    page.gap(1);
    let dots = "● ".repeat(typed.expose().chars().count());
    let row = page.take(1);
    ui.line_on(row, &format!("▶ {dots}▏"), Align::Left, theme::CHOSEN);
    page.gap(1);
    let hint = ui.say_alone(&say::CounterPinHint);
    page.paragraph(ui, &hint, theme::QUIET_TEXT);
}

fn trouble_words(ui: &Ui<'_>, trouble: Trouble) -> String {
    let said = |message: &dyn Message| ui.say_alone(message).main;
    match trouble {
        Trouble::Sign(fault) => match fault {
            SignFault::WrongPin(Tries::Last) => said(&say::CounterPinWrongLast),
            SignFault::WrongPin(Tries::Low | Tries::Untold) => said(&say::CounterPinWrong),
            SignFault::WrongPin(Tries::Locked) | SignFault::PinLocked => {
                said(&say::CounterPinLocked)
            }
            SignFault::PinLength(length) => {
                let (from, to) = (length.shortest.into(), length.longest.into());
                said(&say::CounterPinLength { from, to })
            }
            SignFault::CardRemoved => said(&say::CounterCardRemoved),
            SignFault::NotStaffCard => said(&say::CounterNotStaffCard),
            SignFault::ModuleFailed => said(&say::CounterNoModule),
            SignFault::TookTooLong => said(&say::CounterCardSlow),
        },
        Trouble::NoLine => said(&say::CounterNoLine),
        Trouble::NhiCard => said(&say::CardUnreadableTitle),
        Trouble::Problem(Code::UnknownPerson) => said(&say::CounterPasswordWrong),
        Trouble::Problem(code) => {
            let sentence = staff_problems::sentence(code).unwrap_or(&say::FailedTitle);
            format!("{} [{}]", said(sentence), code.spoken())
        }
    }
}

fn keys(ui: &mut Ui<'_>, area: Rect) {
    let footer = Column::new(area).take_bottom(2);
    ui.fill(footer, theme::FOOTER);
    let mut rows = Column::new(footer).inset(1);
    let words = ui.say_alone(&say::CounterKeysLogIn).main;
    ui.line(rows.take(1), &words, Align::Left, theme::FOOTER);
}

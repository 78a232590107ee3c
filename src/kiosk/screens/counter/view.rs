//! The counter as it is drawn: its parts put together for the page that is on.

use super::form::Form;
use super::form_view::draw_field;
use super::layout::Places;
use super::line_view;
use super::numbers::{Numbers, Wrong};
use super::serving::{Done, Serving, Step, Waits};
use super::{
    Counter, CounterScreen, Desk, Notice, Question, Working, around, citizen_side, form_view,
    gate_view, person_panel, site_view, staff_view, today,
};
use crate::domain::personal::Personal;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::counter::{CounterAction, Tab};
use crate::kiosk::model::printing::Printing;
use crate::kiosk::model::staff_problems;
use crate::kiosk::screens::context::Context;
use crate::kiosk::theme;
use crate::kiosk::widgets::booking_lines;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::printing::print_fault;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use std::time::Duration;

impl Counter {
    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>, unlocked_for: Duration) {
        match &self.screen {
            CounterScreen::LoggedOut(log_in) => {
                gate_view::view(ui, area, self, log_in, None, context);
            }
            CounterScreen::Locked { cause, log_in, working } => {
                let locked = Some((&**working, *cause));
                gate_view::view(ui, area, self, log_in, locked, context);
            }
            CounterScreen::Working(working) if working.citizen_side => {
                citizen_side::view(ui, area, working, context);
            }
            CounterScreen::Working(working) => match working.desk.site() {
                Some(desk) => site_view::draw(ui, area, working, desk, context, unlocked_for),
                None => page(ui, area, working, context, unlocked_for),
            },
        }
    }
}

fn page(
    ui: &mut Ui<'_>,
    area: Rect,
    working: &Working,
    context: &Context<'_>,
    unlocked_for: Duration,
) {
    let mut places = Places::of(area);
    around::tabs(ui, places.tabs, working);
    around::header(ui, &places, working, context, unlocked_for);
    match working.tab {
        // The list takes the room of all that is about one person.
        Tab::Today => {
            let whole = places.panel.union(places.middle);
            let whole = places
                .today
                .map_or(whole, |today| Rect { height: whole.height, ..whole.union(today) });
            today::view(ui, whole, working, context);
            places.today = None;
        }
        Tab::Manage => staff_view::view(ui, &places, working),
        Tab::Book | Tab::Change | Tab::Register => {
            person_panel::view(ui, places.panel, working, context);
            body(ui, &places, working, context);
        }
    }
    if let Some(today) = places.today {
        today::view(ui, today, working, context);
    }
    if working.tab != Tab::Today {
        notice(ui, places.notice, working);
    }
    match working.asked {
        Some(question) => asked(ui, &places, question),
        None => actions(ui, places.actions, working),
    }
    around::keys(ui, places.keys, context);
}

fn body(ui: &mut Ui<'_>, places: &Places, working: &Working, context: &Context<'_>) {
    match &working.desk {
        Desk::Free(numbers) => {
            let counter = context.machine.profile.counter.as_ref();
            let typed = counter.is_some_and(|it| it.typed_numbers);
            typed_numbers(ui, places, numbers, typed);
        }
        Desk::Serving(serving) => match (&serving.step, serving.form()) {
            (Step::Open, Some(form)) => {
                let witness = around::staff_name(working);
                form_view::view(ui, places, form, context, &witness);
            }
            (Step::Open, None) => without_form(ui, places.middle, working.tab, serving, context),
            (Step::Done(done), _) => result(ui, places.middle, done, context),
            _ => {}
        },
        Desk::Site(_) => {}
    }
}

fn typed_numbers(ui: &mut Ui<'_>, places: &Places, numbers: &Numbers, typed: bool) {
    let fields = Numbers::fields(typed);
    for (at, field) in fields.iter().enumerate() {
        let typed_in = numbers.typed(*field).expose();
        let focus = (numbers.focus(typed) == *field).then_some(typed_in);
        draw_field(ui, places, at, *field, typed_in, focus);
    }
    let words = match numbers.wrong {
        None => return,
        Some(Wrong::Number(_)) => ui.say_alone(&say::CounterNumberWrong),
        Some(Wrong::Code) => ui.say_alone(&say::CounterCodeWrong),
        Some(Wrong::TooOften) => ui.say_alone(&say::CounterTooOften),
        Some(Wrong::Refused(refusal)) => ui.refusal(refusal).alone(),
    };
    let mut column = Column::new(places.fields);
    column.gap(fields.len() as u16 * places.step + 1);
    column.paragraph(ui, &words, theme::WARNING);
}

/// Why there is nothing to fill in.
fn without_form(ui: &mut Ui<'_>, area: Rect, tab: Tab, serving: &Serving, context: &Context<'_>) {
    let mut page = Column::new(area).inset(1);
    page.gap(1);
    let person = serving.visit.person.as_ref();
    let booking = person.and_then(|person| person.booking());
    let words = match tab {
        Tab::Register => {
            let refused = person.and_then(|it| it.registering_refusal(context.machine.now.wall));
            refused.map(|refusal| ui.refusal(refusal).alone())
        }
        Tab::Change => Some(ui.say_alone(&say::CounterNoBooking)),
        Tab::Book if booking.is_some() => Some(ui.say_alone(&say::CounterSeeBooking)),
        Tab::Book | Tab::Today | Tab::Manage => Some(ui.say_alone(&say::CounterCannot)),
    };
    if let Some(words) = words {
        page.paragraph(ui, &words, theme::PLAIN);
    }
}

/// What was done, to be read out.
fn result(ui: &mut Ui<'_>, area: Rect, done: &Done, context: &Context<'_>) {
    let mut page = Column::new(area).inset(1);
    match done {
        Done::Booked { booking, .. } => {
            booking_lines::number(&mut page, ui, booking.number);
            booking_lines::when(&mut page, ui, booking.starts, booking.ends);
            for words in booking_lines::place_and_address(ui, &booking.site) {
                page.paragraph(ui, &words, theme::PLAIN);
            }
            let vaccine = booking_lines::vaccines(ui, &[booking.site.brand]);
            page.paragraph(ui, &vaccine, theme::PLAIN);
            let mobile: &Personal = &booking.mobile_masked;
            let words = say::ReceiptPhone { mobile: mobile.expose().to_owned().into() };
            let words = ui.say_alone(&words);
            page.paragraph(ui, &words, theme::PLAIN);
            let made = booking_lines::made(ui, booking.made);
            page.paragraph(ui, &made, theme::QUIET_TEXT);
        }
        Done::Registered(view) => {
            let words = say::IntentionNumber { number: view.number.to_string().into() };
            let words = ui.say_alone(&words);
            page.paragraph(ui, &words, theme::TITLE);
            let words = ui.say_alone(&say::IntentionReminder);
            page.paragraph(ui, &words, theme::PLAIN);
        }
        Done::Cancelled => {
            let words = ui.say_alone(&say::CancelledBody);
            page.paragraph(ui, &words, theme::PLAIN);
        }
        Done::Withdrawn => {
            let words = ui.say_alone(&say::WithdrawnBody);
            page.paragraph(ui, &words, theme::PLAIN);
        }
        Done::Waits(view) => line_view::waits(ui, &mut page, view, context.machine.now.wall),
        Done::LeftLine => {
            let words = ui.say_alone(&say::CounterLeftLine);
            page.paragraph(ui, &words, theme::PLAIN);
        }
    }
}

/// What has just happened, in a line.
fn notice(ui: &mut Ui<'_>, area: Rect, working: &Working) {
    let said = |message: &dyn Message| ui.say_alone(message).main;
    let (sign, words, style) = match (working.notice, working.printing) {
        (Some(Notice::CardOut), _) => ("▲", said(&say::CounterCardOut), theme::WARNING),
        (Some(Notice::CardOutUnsure), _) => ("▲", said(&say::CounterCardOutUnsure), theme::WARNING),
        (Some(Notice::Back), _) => ("✓", said(&say::DeskWelcomeBack), theme::FINE_TEXT),
        (Some(Notice::NoRight), _) => ("▲", said(&say::StaffRightMissing), theme::WARNING),
        (Some(Notice::WelcomeBack), _) => ("✓", said(&say::CounterBack), theme::FINE_TEXT),
        (Some(Notice::Wiped), _) => ("▲", said(&say::CounterWiped), theme::WARNING),
        (Some(Notice::StaffSaved), _) => ("✓", said(&say::CounterSaved), theme::FINE_TEXT),
        (Some(Notice::NoLine), _) => ("▲", said(&say::CounterNoLine), theme::WARNING),
        (Some(Notice::Problem(code)), _) => {
            let sentence = staff_problems::sentence(code).unwrap_or(&say::FailedTitle);
            ("▲", format!("{} [{}]", said(sentence), code.spoken()), theme::WARNING)
        }
        (None, Printing::Running(_)) => ("…", said(&say::ReceiptPrinting), theme::QUIET_TEXT),
        (None, Printing::Done) => ("✓", said(&say::ReceiptPrinted), theme::FINE_TEXT),
        (None, Printing::Failed(fault)) => ("▲", said(print_fault(fault)), theme::WARNING),
        (None, Printing::NotYet) if nothing_is_free(working) => {
            ("▲", said(&say::CounterNothingFree), theme::WARNING)
        }
        (None, Printing::NotYet) => return,
    };
    let mut rows = Column::new(area).inset(1);
    rows.lines(ui, &format!("{sign} {words}"), Align::Left, style);
}

fn asked(ui: &mut Ui<'_>, places: &Places, question: Question) {
    let (title, warning, yes): (&dyn Message, Option<&dyn Message>, &dyn Message) = match question {
        Question::Cancel => (&say::CancelTitle, Some(&say::CancelWarning), &say::CancelYes),
        Question::Withdraw => (&say::WithdrawTitle, Some(&say::WithdrawWarning), &say::WithdrawYes),
        Question::LeaveLine => {
            (&say::CounterLeaveLineAsk, Some(&say::CounterLeaveLineWarning), &say::CounterLeaveLine)
        }
        Question::LeaveUnsure => (&say::CounterLeaveUnsure, None, &say::CounterLeaveYes),
        Question::LogOut => (&say::CounterLogOutAsk, None, &say::Leave),
        Question::LockOffline => (&say::DeskLockedNoLine, None, &say::CounterLock),
        Question::WithdrawStaff => (&say::CounterWithdrawAsk, None, &say::CounterWithdrawYes),
        // Only a vaccination site has doses, and asks on its own page.
        Question::DosesLeft { .. } => return,
    };
    ui.fill(places.middle, theme::PANEL);
    let mut page = Column::new(places.middle).inset(2);
    page.gap(1);
    let title = ui.say_alone(title);
    page.paragraph_on(ui, &title, theme::PANEL_TITLE);
    if let Some(warning) = warning {
        let words = ui.say_alone(warning);
        page.paragraph_on(ui, &words, theme::PANEL);
    }
    let grid = Grid { columns: 2, rows: 1 };
    let yes = Button::new(ui.say_alone(yes), CounterAction::Enter).sign("↵").main();
    yes.draw(ui, grid.cell(places.actions, 0));
    let no = Button::new(ui.say_alone(&say::Back), CounterAction::Escape).sign("Esc");
    no.draw(ui, grid.cell(places.actions, 1));
}

/// Words, action and key of a button.
type Button4<'a> = (&'a dyn Message, CounterAction, &'a str);

/// What can be done for somebody who books. There is nothing to print before that, and where nobody
/// is in front there is nothing to send.
fn book_actions<'a>(working: &Working, usual: [Button4<'a>; 4]) -> Vec<Button4<'a>> {
    let [submit, _, clear, next] = usual;
    match &working.desk {
        Desk::Free(_) => vec![(&say::CounterTypeCode, CounterAction::OfferCode, "F11"), next],
        Desk::Serving(serving) if serving.may_open_line() => {
            vec![submit, (&say::CounterLine, CounterAction::WaitingList, "F11"), clear, next]
        }
        Desk::Serving(serving) if serving.is_on_line() => match serving.waits {
            Waits::InLine(_) => {
                vec![submit, (&say::CounterLeaveLine, CounterAction::GiveUp, "F11"), clear, next]
            }
            Waits::Unknown | Waits::Not => vec![submit, clear, next],
        },
        Desk::Serving(_) | Desk::Site(_) => usual.to_vec(),
    }
}

/// What can be done on the page, each with its key.
fn actions(ui: &mut Ui<'_>, area: Rect, working: &Working) {
    let submit: &dyn Message = match working.tab {
        Tab::Change => &say::CounterMove,
        Tab::Manage => &say::CounterSave,
        Tab::Book | Tab::Register | Tab::Today => &say::CounterSubmit,
    };
    let submit: Button4<'_> = (submit, CounterAction::Submit, "F9");
    let print: Button4<'_> = (&say::ReceiptPrint, CounterAction::Print, "F10");
    let clear: Button4<'_> = (&say::CounterClear, CounterAction::Clear, "F8");
    let next: Button4<'_> = (&say::CounterNext, CounterAction::NextPerson, "F12");
    let give_up: Button4<'_> = match working.tab {
        Tab::Register => (&say::CounterWithdrawIntention, CounterAction::GiveUp, "F11"),
        Tab::Manage => (&say::CounterWithdrawYes, CounterAction::GiveUp, "F11"),
        Tab::Book | Tab::Change | Tab::Today => (&say::ReceiptCancel, CounterAction::GiveUp, "F11"),
    };
    let shown: Vec<Button4<'_>> = match working.tab {
        // Nothing is left to be sent or cleared.
        _ if is_done(working) => match working.printable() {
            Some(_) => vec![print, next],
            None => vec![next],
        },
        Tab::Book => book_actions(working, [submit, print, clear, next]),
        // Where nobody is in front, or they have no booking, nothing of it can be changed.
        Tab::Change if working.printable().is_none() => vec![next],
        Tab::Change => vec![submit, print, give_up, next],
        Tab::Register if working.desk.serving().is_none() => vec![next],
        Tab::Register => vec![submit, clear, give_up, next],
        Tab::Today => vec![print, next],
        Tab::Manage if working.staff.open.is_some() => vec![submit, give_up],
        Tab::Manage => vec![other_page(working), next],
    };
    let grid = Grid { columns: shown.len().max(2) as u16, rows: 1 };
    for (at, (words, action, key)) in shown.into_iter().enumerate() {
        let button = Button::new(ui.say_alone(words), action).sign(key);
        let main = match action {
            CounterAction::Submit => is_ready(working),
            CounterAction::NextPerson => is_done(working),
            _ => false,
        };
        let button = if main { button.main() } else { button };
        button.draw(ui, grid.cell(area, at));
    }
}

/// From the users to the day in figures, and back.
fn other_page(working: &Working) -> (&'static dyn Message, CounterAction, &'static str) {
    let words: &dyn Message = match working.staff.figures {
        None => &say::DeskFiguresTitle,
        Some(_) => &say::CounterUsers,
    };
    (words, CounterAction::Clear, "F8")
}

/// Whether what the person came for is done.
fn is_done(working: &Working) -> bool {
    let step = working.desk.serving().map(|serving| &serving.step);
    working.tab.serves() && matches!(step, Some(Step::Done(_)))
}

/// Whether nothing of what the person could book is free.
fn nothing_is_free(working: &Working) -> bool {
    let serving = working.desk.serving().filter(|_| working.tab == Tab::Book);
    serving.is_some_and(|it| it.may_open_line() && it.form().is_some_and(Form::nothing_is_free))
}

/// Whether all that is sent is there.
fn is_ready(working: &Working) -> bool {
    let form = working.desk.serving().and_then(Serving::form);
    form.is_some_and(|form| form.fields().iter().all(|field| form.is_filled(*field)))
        || working.tab == Tab::Manage
}

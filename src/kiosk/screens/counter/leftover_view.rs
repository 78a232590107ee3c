//! The page of leftover doses as it is drawn: the day's figures, the large answer to a code, the
//! two fields, and what can be done with its keys.

use super::leftover::{Claim, DosesSaid, LeftoverField, LeftoverPage, NoDose};
use super::site::SiteDesk;
use super::site_around::{BUTTONS, button};
use super::site_band::{Band, Kind, draw_band};
use super::{Working, site_around};
use crate::api::problem::Code;
use crate::domain::refusal::Refusal;
use crate::domain::taipei;
use crate::i18n::dates::clock;
use crate::i18n::fitted::fitted;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::counter::CounterAction;
use crate::kiosk::model::retry::Retry;
use crate::kiosk::model::site::SiteAction;
use crate::kiosk::model::staff_problems;
use crate::kiosk::screens::context::Context;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::style::Modifier;

/// Columns of a field.
const FIELD: u16 = 16;

pub fn draw(
    ui: &mut Ui<'_>,
    mut page: Column,
    working: &Working,
    desk: &SiteDesk,
    context: &Context<'_>,
) {
    let below = page.take_bottom(BUTTONS);
    buttons(ui, Column::new(below).inset(1), desk);
    let mut head = Column::new(page.take(3)).inset(1);
    let title = ui.say_alone(&say::DeskLeftoverTitle).main;
    let title = fitted(&title, head.rest().width);
    ui.line(head.take(1), &title, Align::Left, theme::TITLE);
    figures(ui, head, &desk.leftover);
    let rows = page.rest().height.saturating_sub(6).clamp(5, 9);
    let band = band(ui, &desk.leftover, context);
    draw_band(ui, page.take(rows), band);
    let mut fields = page.inset(1);
    fields.gap(u16::from(fields.rest().height > 6));
    let leftover = &desk.leftover;
    let code = leftover.code.expose();
    let on = leftover.field == LeftoverField::Code;
    field(ui, &mut fields, &say::DeskLeftoverCode, code, on);
    field(ui, &mut fields, &say::DeskLeftoverMore, &leftover.doses, !on);
    match said(ui, desk) {
        Some((words, style)) => fields.lines(ui, &words, Align::Left, style),
        None => site_around::notice(ui, fields.take(1), working),
    }
}

/// Each figure under its name.
fn figures(ui: &mut Ui<'_>, mut area: Column, page: &LeftoverPage) {
    let number = |figure: Option<u32>| figure.map_or("–".to_owned(), |it| it.to_string());
    let view = page.view;
    let until = view.and_then(|view| view.until).map(|until| clock(taipei::civil(until)));
    let cells: [(&dyn Message, String); 5] = [
        (&say::DeskLeftoverDoses, number(view.map(|view| view.doses))),
        (&say::DeskLeftoverTold, number(view.map(|view| view.told))),
        (&say::DeskFiguresCame, number(view.map(|view| view.came))),
        (&say::DeskLeftoverWaiting, number(view.map(|view| view.waiting))),
        (&say::DeskLeftoverUntil, until.unwrap_or_else(|| "–".to_owned())),
    ];
    let width = area.rest().width / cells.len() as u16;
    let (mut names, mut numbers) = (Column::new(area.take(1)), Column::new(area.take(1)));
    let bold = theme::TITLE.add_modifier(Modifier::BOLD);
    for (name, figure) in cells {
        let name = ui.say_alone(name).main;
        let name = fitted(&name, width.saturating_sub(1));
        ui.line(names.take_left(width), &name, Align::Left, theme::QUIET_TEXT);
        ui.line(numbers.take_left(width), &figure, Align::Left, bold);
    }
}

fn band(ui: &Ui<'_>, page: &LeftoverPage, context: &Context<'_>) -> Band {
    let said = |message: &dyn Message| ui.say_alone(message).main;
    let of = |kind, headline: &dyn Message, sentence: String| Band {
        kind,
        headline: said(headline),
        sentence,
    };
    match &page.claim {
        Claim::Given(given) => {
            let who = format!("{}  {}", given.name_masked.expose(), given.number);
            let sentence = format!("{who}\n{}", said(&say::DeskCheckedIn));
            of(Kind::Yes, &say::DeskLeftoverGiven, sentence)
        }
        Claim::NoDose(why) => {
            let (headline, sentence) = no_dose(ui, *why);
            let code = why.code().map_or(String::new(), |code| format!(" [{code}]"));
            of(Kind::No, headline, format!("{sentence}{code}"))
        }
        Claim::Asked { .. } | Claim::Ready if !context.machine.line_up => {
            of(Kind::Mind, &say::DeskLeftoverNoLine, said(&say::DeskLeftoverNoLineDo))
        }
        Claim::Asked { retry, .. } => {
            let sentence = again(ui, retry, context).unwrap_or_else(|| said(&say::WaitPlease));
            of(Kind::Waiting(Pictogram::Wait), &say::DeskLookingUp, sentence)
        }
        Claim::Ready => {
            let sentence = said(&say::DeskLeftoverReadyDo);
            of(Kind::Waiting(Pictogram::Dose), &say::DeskLeftoverReady, sentence)
        }
    }
}

/// When it is tried again.
fn again(ui: &Ui<'_>, retry: &Retry, context: &Context<'_>) -> Option<String> {
    let seconds = retry.seconds_left(context.machine.now.uptime)?.into();
    Some(ui.say_alone(&say::CounterRetry { seconds }).main)
}

fn no_dose(ui: &Ui<'_>, why: NoDose) -> (&'static dyn Message, String) {
    let said = |message: &dyn Message| ui.say_alone(message).main;
    match why {
        NoDose::NotACode => (&say::DeskLeftoverWrong, said(&say::DeskLeftoverNotCodeDo)),
        NoDose::UnknownCode => (&say::DeskLeftoverWrong, said(&say::DeskLeftoverWrongDo)),
        NoDose::Refused(Refusal::SlotFull) => {
            (&say::DeskLeftoverNone, said(&say::DeskLeftoverNoneDo))
        }
        NoDose::Refused(Refusal::AlreadyBooked) => {
            (&say::DeskLeftoverBooked, said(&say::DeskLeftoverBookedDo))
        }
        NoDose::Refused(refusal) => (&say::DeskLeftoverRefused, ui.refusal(refusal).main),
        NoDose::Failed(Code::TooManyWrong) => {
            (&say::DeskLeftoverRefused, said(&say::CounterTooOften))
        }
        NoDose::Failed(code) => {
            let sentence = staff_problems::sentence(code).unwrap_or(&say::FailedTitle);
            (&say::DeskLeftoverRefused, said(sentence))
        }
    }
}

/// A field under what is typed in it.
fn field(ui: &mut Ui<'_>, page: &mut Column, label: &dyn Message, typed: &str, on: bool) {
    let words = ui.say_alone(label).main;
    let row = page.take(1);
    let style = if on { theme::TITLE } else { theme::QUIET_TEXT };
    ui.line(row, &fitted(&words, row.width), Align::Left, style);
    let mut row = Column::new(page.take(1));
    let place = row.take_left(FIELD);
    let (text, style) = match on {
        true => (format!("▶ {typed}▏"), theme::CHOSEN),
        false => (format!("  {typed}"), theme::PANEL),
    };
    ui.fill(place, style);
    ui.line_on(place, &text, Align::Left, style);
    if !on {
        ui.record(place, CounterAction::Site(SiteAction::MoreDoses), None);
    }
}

/// What became of the doses that were said to be left.
fn said(ui: &Ui<'_>, desk: &SiteDesk) -> Option<(String, ratatui::style::Style)> {
    let words = |message: &dyn Message| ui.say_alone(message).main;
    Some(match desk.leftover.said {
        DosesSaid::Nothing => return None,
        DosesSaid::Asked => (words(&say::WaitPlease), theme::QUIET_TEXT),
        DosesSaid::Told(people) => {
            let told = say::LeftoverTold { people: people.into() };
            (format!("✓ {}", words(&told)), theme::FINE_TEXT)
        }
        DosesSaid::NoneLeft => (format!("✓ {}", words(&say::DeskLeftoverNone)), theme::FINE_TEXT),
        DosesSaid::Unsure => (format!("▲ {}", words(&say::DeskLeftoverUnsure)), theme::WARNING),
        DosesSaid::NoSlot => {
            let site = desk.day.as_ref().map(|day| day.list.site.id.0.to_string());
            let none = say::LeftoverNoSlot { site: site.unwrap_or_default().into() };
            (format!("▲ {}", words(&none)), theme::WARNING)
        }
        DosesSaid::Failed(code) => {
            let sentence = staff_problems::sentence(code).unwrap_or(&say::FailedTitle);
            (format!("▲ {} [{}]", words(sentence), code.spoken()), theme::WARNING)
        }
    })
}

fn buttons(ui: &mut Ui<'_>, area: Column, desk: &SiteDesk) {
    let more = button(ui, SiteAction::MoreDoses).sign("F8");
    let next = button(ui, SiteAction::Next).sign("F12");
    let back = Button::new(ui.say_alone(&say::Back), CounterAction::Escape).sign("Esc");
    let enter = |words: &dyn Message| Button::new(ui.say_alone(words), CounterAction::Enter);
    let shown = match (&desk.leftover.claim, desk.leftover.field) {
        (Claim::Given(_), _) => {
            let steps = [(SiteAction::Vaccinated, "F9"), (SiteAction::Left, "F10")];
            let may = steps.into_iter().filter(|_| desk.may_enter_given());
            let steps = may.map(|(action, key)| button(ui, action).sign(key));
            steps.chain([next.main()]).collect()
        }
        (_, LeftoverField::Doses) => {
            vec![enter(&say::DeskLeftoverSay).sign("↵").main(), back]
        }
        (Claim::Ready | Claim::NoDose(_) | Claim::Asked { .. }, LeftoverField::Code) => {
            vec![enter(&say::DeskCheckIn).sign("↵").main(), more, back]
        }
    };
    let shown: Vec<Button> = shown;
    let grid = Grid { columns: shown.len() as u16, rows: 1 };
    for (at, button) in shown.into_iter().enumerate() {
        button.draw(ui, grid.cell(area.rest(), at));
    }
}

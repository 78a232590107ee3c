//! The desk as it is drawn: header, the page that is on, the hour's list beside it where there is
//! room, and the keys.

use super::site::SiteDesk;
use super::site_around::{BUTTONS, button};
use super::{Question, Working};
use super::{leftover_view, site_around, site_band, site_facts, site_hours, site_pages};
use crate::domain::taipei;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::counter::CounterAction;
use crate::kiosk::model::site::{SiteAction, SitePage};
use crate::kiosk::screens::context::Context;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::Ui;
use jiff::civil::DateTime;
use ratatui::layout::Rect;
use std::time::Duration;

/// From so many columns on, the hour's list stands beside.
const WITH_LIST: u16 = 85;
const HEADER: u16 = 2;
const FOOTER: u16 = 2;

pub fn draw(
    ui: &mut Ui<'_>,
    area: Rect,
    working: &Working,
    desk: &SiteDesk,
    context: &Context<'_>,
    unlocked_for: Duration,
) {
    let now = taipei::civil(context.machine.now.wall);
    let mut page = Column::new(area);
    site_around::header(ui, page.take(HEADER), working, context, unlocked_for);
    site_around::keys(ui, page.take_bottom(FOOTER), working, desk, context);
    if page.rest().width >= WITH_LIST {
        let list = page.take_right(list_width(area));
        site_hours::draw(ui, list, desk, now, context);
        page.take_right(1);
    } else {
        site_hours::status(ui, page.take_bottom(1), desk, context);
    }
    if let Some(question) = working.asked {
        return asked(ui, page.rest(), desk, question);
    }
    match desk.page {
        SitePage::Desk => at_desk(ui, page, working, desk, now),
        SitePage::List => site_pages::list(ui, page.rest(), desk),
        SitePage::Lot => site_pages::lot(ui, page.rest(), desk),
        SitePage::Conflicts => site_pages::conflicts(ui, page.rest(), desk),
        SitePage::Figures => site_pages::figures(ui, page.rest(), desk),
        SitePage::Leftover => leftover_view::draw(ui, page, working, desk, context),
    }
}

fn list_width(area: Rect) -> u16 {
    match SizeClass::of(area) {
        SizeClass::Wide => 60,
        _ if area.width >= 100 => 33,
        _ => 28,
    }
}

fn at_desk(ui: &mut Ui<'_>, mut page: Column, working: &Working, desk: &SiteDesk, now: DateTime) {
    let rows = if page.rest().height >= 26 { 9 } else { 7 };
    site_band::draw(ui, page.take(rows), desk, now);
    let below = page.take_bottom(BUTTONS);
    site_facts::draw(ui, page.rest(), desk, now);
    site_around::notice(ui, page.take_bottom(1), working);
    buttons(ui, Column::new(below).inset(1).rest(), desk, now);
}

/// What can be entered, each with its key. After a check-in digits begin the next number, so that
/// the steps after it have keys of their own.
fn buttons(ui: &mut Ui<'_>, area: Rect, desk: &SiteDesk, now: DateTime) {
    let mut shown: Vec<Button> = Vec::new();
    for (digit, action) in (1..).zip(desk.choices(now)) {
        let button = button(ui, action).digit(digit);
        shown.push(if digit == 1 { button.main() } else { button });
    }
    for action in desk.steps(now) {
        let key = match action {
            SiteAction::Vaccinated => "F9",
            SiteAction::Left => "F10",
            _ => "F11",
        };
        shown.push(button(ui, action).sign(key));
    }
    let grid = Grid { columns: shown.len().max(1) as u16, rows: 1 };
    for (at, button) in shown.into_iter().enumerate() {
        button.draw(ui, grid.cell(area, at));
    }
}

fn asked(ui: &mut Ui<'_>, area: Rect, desk: &SiteDesk, question: Question) {
    let mut page = Column::new(area);
    let below = page.take_bottom(BUTTONS);
    ui.fill(page.rest(), theme::PANEL);
    let mut text = page.inset(2);
    text.gap(2);
    let (words, yes): (_, &dyn Message) = match (question, desk.unsent()) {
        (Question::LockOffline, _) => (ui.say_alone(&say::DeskLockedNoLine), &say::CounterLock),
        (Question::LogOut, 0) => (ui.say_alone(&say::DeskLogOutAsk), &say::Leave),
        (Question::LogOut, kept) => {
            (ui.say_alone(&say::DeskLogOutKept { kept: kept.into() }), &say::Leave)
        }
        (Question::DosesLeft { doses: 0, .. }, _) => {
            (ui.say_alone(&say::DeskLeftoverEnd), &say::DeskLeftoverEndYes)
        }
        (Question::DosesLeft { doses, people }, _) => {
            let words = say::DeskLeftoverMany { doses: doses.into(), people: people.into() };
            (ui.say_alone(&words), &say::DeskLeftoverManyYes)
        }
        // Nobody books at a site, and nobody of the staff is managed there.
        (
            Question::Cancel
            | Question::Withdraw
            | Question::LeaveLine
            | Question::LeaveUnsure
            | Question::WithdrawStaff,
            _,
        ) => return,
    };
    text.paragraph_on(ui, &words, theme::PANEL_TITLE);
    let grid = Grid { columns: 2, rows: 1 };
    let yes = Button::new(ui.say_alone(yes), CounterAction::Enter).sign("↵").main();
    yes.draw(ui, grid.cell(below, 0));
    let no = Button::new(ui.say_alone(&say::Back), CounterAction::Escape).sign("Esc");
    no.draw(ui, grid.cell(below, 1));
}

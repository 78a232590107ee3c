//! What is around the desk's pages: site and staff member above, the keys below.

use super::site::SiteDesk;
use super::{Notice, Working, around};
use crate::domain::staff::Right;
use crate::i18n::fitted::fitted;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::place_name;
use crate::kiosk::model::action::{Action, GlobalAction};
use crate::kiosk::model::counter::CounterAction;
use crate::kiosk::model::site::{SiteAction, SitePage};
use crate::kiosk::screens::context::Context;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use std::time::Duration;
use unicode_width::UnicodeWidthStr;

/// Rows of the buttons below a page.
pub const BUTTONS: u16 = 4;

pub fn header(
    ui: &mut Ui<'_>,
    area: Rect,
    working: &Working,
    context: &Context<'_>,
    unlocked_for: Duration,
) {
    let language = ui.language.short_name();
    around::titled(
        ui,
        area,
        around::Titled {
            working,
            context,
            unlocked_for,
            corner: (language, ".", GlobalAction::Languages.into()),
            place: &doses_and_site(ui, working),
        },
    );
}

/// The name of the site, or of the institution before the first list has come.
fn site_name(ui: &Ui<'_>, working: &Working) -> String {
    let day = working.desk.site().and_then(|desk| desk.day.as_ref());
    let institution = &working.duty.session.institution;
    let (zh, en) = match day {
        Some(day) => (&day.list.site.name_zh, &day.list.site.name_en),
        None => (&institution.name_zh, &institution.name_en),
    };
    let site = place_name(ui.language, zh, en).into();
    ui.say_alone(&say::DeskPlace { site }).main
}

/// The site, after the doses that are left while there are any.
fn doses_and_site(ui: &Ui<'_>, working: &Working) -> String {
    let site = site_name(ui, working);
    match working.desk.site().map_or(0, |desk| desk.leftover.doses_left()) {
        0 => site,
        doses => {
            let doses = ui.say_alone(&say::DeskLeftoverHeader { doses: doses.into() }).main;
            format!("{doses} │ {site}")
        }
    }
}

fn page_name(page: SitePage) -> &'static dyn Message {
    match page {
        SitePage::Desk => &say::DeskPageDesk,
        SitePage::List => &say::DeskPageList,
        SitePage::Lot => &say::DeskPageLot,
        SitePage::Conflicts => &say::DeskPageConflicts,
        SitePage::Figures => &say::DeskPageFigures,
        SitePage::Leftover => &say::DeskPageLeftover,
    }
}

pub fn keys(
    ui: &mut Ui<'_>,
    area: Rect,
    working: &Working,
    desk: &SiteDesk,
    context: &Context<'_>,
) {
    ui.fill(area, theme::FOOTER);
    let mut rows = Column::new(area).inset(1);
    let (mut first, mut second) = (Column::new(rows.take(1)), Column::new(rows.take(1)));
    for page in SitePage::ALL {
        if page == SitePage::Figures && !working.duty.may(Right::Manage) {
            continue;
        }
        let words = ui.say_alone(page_name(page)).main;
        let words = format!(" F{} {words} ", page.key());
        let style = if page == desk.page { theme::STEP_DONE } else { theme::FOOTER };
        let place = first.take_left(words.width() as u16);
        ui.line_on(place, &words, Align::Left, style);
        ui.record(place, CounterAction::Site(SiteAction::Page(page)), None);
    }
    if context.machine.reader_lost {
        let words = format!(" ▲ {} ", ui.say_alone(&say::CounterNoReader).main);
        let words = fitted(&words, second.rest().width / 2);
        ui.line(second.take_right(words.width() as u16), &words, Align::Left, theme::FEW_LEFT);
    }
    let named = |key: &str, message: &dyn Message| format!("{key} {}", ui.say_alone(message).main);
    let actions: [(String, Action); 4] = [
        (named("Ctrl-L", &say::CounterLock), CounterAction::Lock.into()),
        (named("Ctrl-O", &say::Leave), CounterAction::LogOut.into()),
        (named("?", &say::Help), GlobalAction::Help.into()),
        (named("=", &say::Clearer), GlobalAction::Clearer.into()),
    ];
    for (words, action) in actions {
        let words = fitted(&words, second.rest().width);
        let place = second.take_left(words.width() as u16);
        ui.line(place, &words, Align::Left, theme::FOOTER_KEY);
        ui.record(place, action, None);
        second.take_left(3);
    }
}

/// What has just happened to the staff, in a line.
pub fn notice(ui: &mut Ui<'_>, area: Rect, working: &Working) {
    let words: &dyn Message = match working.notice {
        _ if working.desk.site().is_some_and(|desk| desk.no_right) => &say::StaffRightMissing,
        Some(Notice::NoRight) => &say::StaffRightMissing,
        Some(Notice::WelcomeBack | Notice::Back) => &say::DeskWelcomeBack,
        Some(
            Notice::CardOut
            | Notice::CardOutUnsure
            | Notice::Wiped
            | Notice::StaffSaved
            | Notice::Problem(_)
            | Notice::NoLine,
        )
        | None => return,
    };
    let words = ui.say_alone(words).main;
    let text = fitted(&format!(" {words}"), area.width);
    ui.line_on(area, &text, Align::Left, theme::QUIET_TEXT);
}

/// The button of what can be entered.
pub fn button(ui: &Ui<'_>, action: SiteAction) -> Button {
    let words: &dyn Message = match action {
        SiteAction::CheckIn => &say::DeskCheckIn,
        SiteAction::Vaccinated => &say::DeskVaccinate,
        SiteAction::Left => &say::DeskLeave,
        SiteAction::TakeBack => &say::DeskTakeBack,
        SiteAction::Seen => &say::DeskSeen,
        SiteAction::MoreDoses => &say::DeskLeftoverSay,
        SiteAction::Next | SiteAction::Page(_) | SiteAction::Choice(_) => &say::CounterNext,
    };
    Button::new(ui.say_alone(words), CounterAction::Site(action))
}

//! One frame: the page that is on, or what lies over it, with header and footer around it; and the
//! trainer's drawer beside it where there is room.

use crate::domain::language::Language;
use crate::kiosk::journey::{Journey, Phase};
use crate::kiosk::model::action::TrainingAction;
use crate::kiosk::model::submission::Subject;
use crate::kiosk::screens::chrome::Chrome;
use crate::kiosk::screens::context::Context;
use crate::kiosk::screens::drawer::{self, Drawer};
use crate::kiosk::screens::overlay::{DrawerPage, Overlay};
use crate::kiosk::screens::{
    Screen, attract, help, language, leave_unsure, operator, people, practice_phone, scanned,
    still_there, too_small, trainers_word, training,
};
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::graphic::Graphics;
use crate::kiosk::widgets::outline::Outline;
use crate::kiosk::widgets::reflow;
use crate::kiosk::widgets::targets::Targets;
use crate::kiosk::widgets::ui::{Align, Hold, Ui};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns that a counter needs at least: it has no pages that stand upright or are turned.
const LEAST_COUNTER: u16 = too_small::LANDSCAPE.0;

/// Columns of the first of two digits.
const FIRST_DIGIT_WIDTH: u16 = 5;

/// Draws the frame; on how many screens, of which `page` is the one that is on.
pub(super) fn draw(journey: &Journey, ui: &mut Ui<'_>, area: Rect, page: usize) -> usize {
    if let Some(word) = journey.supervision().word() {
        trainers_word::view(ui, area, word);
        return 1;
    }
    // The pages of the training are the same at a counter and at a kiosk.
    let is_counter = journey.counter().is_some() && !journey.is_covered();
    let is_too_small = too_small::is_too_small(area) || is_counter && area.width < LEAST_COUNTER;
    if is_too_small && !is_counter && journey.machine.enlarges && too_small::can_turn_pages(area) {
        return draw_turned(journey, ui, area, page);
    }
    draw_whole(journey, ui, area, is_too_small);
    1
}

/// The page as it is laid out for the least cells, written down and laid out anew for fewer.
fn draw_turned(journey: &Journey, ui: &mut Ui<'_>, area: Rect, page: usize) -> usize {
    let stands = area.width < 2 * area.height;
    let (columns, rows) = if stands { too_small::PORTRAIT } else { too_small::LANDSCAPE };
    let whole = Rect::new(0, 0, columns, rows);
    let (mut buffer, mut targets) = (Buffer::empty(whole), Targets::default());
    let (mut graphics, mut cut_off) = (Graphics::default(), Vec::new());
    let mut outline = Outline::default();
    let overlay = journey.overlay.as_ref();
    let chrome = chrome(journey, overlay);
    let mut laid_out = Ui {
        buffer: &mut buffer,
        targets: &mut targets,
        graphics: &mut graphics,
        cut_off: &mut cut_off,
        outline: Some(&mut outline),
        ..*ui
    };
    laid_out.fill(whole, theme::PLAIN);
    draw_page(journey, &mut laid_out, (whole, chrome.body(whole)), overlay);
    chrome.turned_rest(&mut laid_out, Column::new(whole).take_bottom(1));
    let pages = reflow::draw(ui, Chrome::turned_body(area), outline.into_pieces(), page);
    chrome.turned_footer(ui, area, (page, pages));
    chrome.turned_header(ui, area, &journey.context());
    pages
}

fn draw_whole(journey: &Journey, ui: &mut Ui<'_>, area: Rect, is_too_small: bool) {
    if is_too_small {
        let language = [ui.language];
        let chosen = journey.language_is_chosen();
        let all = &journey.machine.profile.languages;
        too_small::view(ui, area, if chosen { &language } else { all });
        return;
    }
    let overlay = journey.overlay.as_ref();
    if let Some(Overlay::Drawer(page)) = overlay
        && !journey.is_covered()
        && let Some((beneath, beside)) = drawer::beside(area)
    {
        draw_beneath(journey, ui, beneath);
        for_trainee(journey, ui, |ui| drawer_of(journey, *page).panel(ui, beside));
        return;
    }
    draw_in(journey, ui, area, overlay);
}

/// The page that the drawer lies beside: to be read, and not to be touched.
fn draw_beneath(journey: &Journey, ui: &mut Ui<'_>, area: Rect) {
    let (mut buffer, mut targets) = (Buffer::empty(area), Targets::default());
    // No page has a button for this: nothing beneath has the focus.
    let elsewhere = Hold { focus: Some(TrainingAction::Quit.into()), ..Hold::default() };
    let mut beneath = Ui {
        buffer: &mut buffer,
        targets: &mut targets,
        graphics: ui.graphics,
        cut_off: ui.cut_off,
        outline: None,
        hold: elsewhere,
        ..*ui
    };
    beneath.fill(area, theme::PLAIN);
    draw_in(journey, &mut beneath, area, None);
    for at in area.positions() {
        ui.buffer[at] = buffer[at].clone();
    }
}

/// A page with what is around it.
fn draw_in(journey: &Journey, ui: &mut Ui<'_>, area: Rect, overlay: Option<&Overlay>) {
    let chrome = chrome(journey, overlay);
    if draw_page(journey, ui, (area, chrome.body(area)), overlay) {
        let (row, context) = (chrome.above_footer(area), journey.context());
        // The drawer has a button for the task.
        if !matches!(overlay, Some(Overlay::Drawer(_))) {
            for_trainee(journey, ui, |ui| training::task_line(ui, row, &context));
        }
        chrome.footer(ui, area);
        chrome.header(ui, area, &journey.context());
        first_digit(ui, row);
    }
}

/// The first of two digits, at the right above the footer, as in a field that waits for more.
fn first_digit(ui: &mut Ui<'_>, row: Rect) {
    let Some(first) = ui.hold.first_digit else { return };
    let room = Column::new(row).take_right(FIRST_DIGIT_WIDTH);
    ui.line(room, &format!("  {}▏ ", first.tens), Align::Left, theme::MAIN_KEY_CHIP);
}

/// Draws what is between header and footer; false if it takes their room too.
fn draw_page(
    journey: &Journey,
    ui: &mut Ui<'_>,
    (area, body): (Rect, Rect),
    overlay: Option<&Overlay>,
) -> bool {
    let context = journey.context();
    if journey.is_covered() {
        match overlay {
            Some(Overlay::Languages) => language::view(ui, body, &context),
            Some(_) | None => training::view(ui, body, &context),
        }
        return true;
    }
    if let (Some(counter), None) = (journey.counter(), overlay) {
        counter.view(ui, area, &context, journey.unlocked_for());
        return false;
    }
    if let (Some(screen), None) = (journey.screen(), overlay) {
        let left = journey.time_left().unwrap_or_default();
        if screen.view_alone(ui, (area, body), &context, left) {
            return false;
        }
    }
    match overlay {
        Some(overlay) => draw_overlay(journey, overlay, ui, body, &context),
        None => match &journey.phase {
            Phase::AtRest => attract::view(ui, body, &context),
            Phase::Visiting { screen, .. } => screen.view(ui, body, &context),
            Phase::Farewell(farewell) => farewell.view(ui, body, &context),
            // It takes all of the area.
            Phase::Counter(_) => {}
        },
    }
    true
}

fn draw_overlay(
    journey: &Journey,
    overlay: &Overlay,
    ui: &mut Ui<'_>,
    body: Rect,
    context: &Context<'_>,
) {
    match overlay {
        Overlay::Languages => language::view(ui, body, context),
        Overlay::Help { topic } => help::view(ui, body, *topic),
        Overlay::Scanned(scanned) => {
            scanned::view(ui, body, *scanned, journey.machine.profile.training);
        }
        Overlay::StillThere => still_there::view(ui, body, journey.grace_left()),
        Overlay::MoreTime(more_time) => {
            more_time.view(ui, body, journey.time_left().unwrap_or_default());
        }
        Overlay::LeaveUnsure => {
            let subject = journey.screen().and_then(Screen::subject).unwrap_or(Subject::Booking);
            leave_unsure::view(ui, body, subject);
        }
        Overlay::Operator(operator) => operator::view(ui, body, operator, journey.pin_wait()),
        Overlay::Drawer(page) => {
            for_trainee(journey, ui, |ui| drawer_of(journey, *page).view(ui, body));
        }
        Overlay::Phone => practice_phone::view(ui, body, context),
        Overlay::People => people::view(ui, body, context),
    }
}

/// Draws what is for whoever trains or is trained, in the language that they read: the page speaks
/// that of the person who is served.
fn for_trainee(journey: &Journey, ui: &mut Ui<'_>, draw: impl FnOnce(&mut Ui<'_>)) {
    let spoken = ui.language;
    ui.language = journey.exercises().map_or(spoken, |exercises| exercises.language);
    draw(ui);
    ui.language = spoken;
}

fn drawer_of(journey: &Journey, page: DrawerPage) -> Drawer<'_> {
    Drawer {
        page,
        context: journey.context(),
        at_counter: journey.counter().is_some(),
        can_fill: journey.slot_to_fill().is_some(),
    }
}

fn chrome(journey: &Journey, overlay: Option<&Overlay>) -> Chrome {
    let visiting = journey.current_visit().is_some();
    let chrome = Chrome {
        time_left: journey.time_left(),
        progress: journey.progress().filter(|_| overlay.is_none()),
        has_back: overlay.is_some() || journey.screen().is_some_and(Screen::has_back),
        in_visit: visiting,
        leaves: journey.home_leaves(),
        clearer: journey.machine.clearer,
        enlarges: journey.machine.enlarges,
        helps: true,
        chinese_offered: visiting && journey.language() != Language::ZhTw,
    };
    let Some(exercises) = journey.exercises().filter(|exercises| exercises.covers()) else {
        return chrome;
    };
    Chrome {
        time_left: None,
        progress: None,
        has_back: overlay == Some(&Overlay::Languages) || training::has_back(exercises),
        in_visit: true,
        helps: false,
        chinese_offered: false,
        ..chrome
    }
}

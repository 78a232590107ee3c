//! One frame: the page that is on, or what lies over it, with header and footer around it.

use crate::domain::language::Language;
use crate::kiosk::journey::{Journey, Phase};
use crate::kiosk::screens::chrome::Chrome;
use crate::kiosk::screens::context::Context;
use crate::kiosk::screens::overlay::Overlay;
use crate::kiosk::screens::{
    Screen, attract, drawer, help, language, leave_unsure, operator, people, practice_phone,
    scanned, still_there, too_small,
};
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

pub(super) fn draw(journey: &Journey, ui: &mut Ui<'_>, area: Rect) {
    if too_small::is_too_small(area) {
        let language = [ui.language];
        let chosen = journey.language_is_chosen();
        let all = &journey.machine.profile.languages;
        too_small::view(ui, area, if chosen { &language } else { all });
        return;
    }
    let context = journey.context();
    let chrome = chrome(journey);
    let body = chrome.body(area);
    if let (Some(screen), None) = (journey.screen(), &journey.overlay) {
        let left = journey.time_left().unwrap_or_default();
        if screen.view_alone(ui, (area, body), &context, left) {
            return;
        }
    }
    match &journey.overlay {
        Some(overlay) => draw_overlay(journey, overlay, ui, body, &context),
        None => match &journey.phase {
            Phase::AtRest => attract::view(ui, body, &context),
            Phase::Visiting { screen, .. } => screen.view(ui, body, &context),
            Phase::Farewell(farewell) => farewell.view(ui, body, &context),
        },
    }
    chrome.footer(ui, area);
    chrome.header(ui, area, &context);
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
        Overlay::LeaveUnsure => leave_unsure::view(ui, body),
        Overlay::Operator(operator) => operator::view(ui, body, operator, journey.pin_wait()),
        Overlay::Drawer => drawer::view(ui, body, context, journey.slot_to_fill().is_some()),
        Overlay::Phone => practice_phone::view(ui, body, context),
        Overlay::People => people::view(ui, body, context),
    }
}

fn chrome(journey: &Journey) -> Chrome {
    let visiting = journey.current_visit().is_some();
    Chrome {
        time_left: journey.time_left(),
        progress: journey.progress().filter(|_| journey.overlay.is_none()),
        has_back: journey.overlay.is_some() || journey.screen().is_some_and(Screen::has_back),
        in_visit: visiting,
        leaves: journey.home_leaves(),
        clearer: journey.machine.clearer,
        chinese_offered: visiting && journey.language() != Language::ZhTw,
    }
}

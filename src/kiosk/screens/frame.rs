//! What is around every screen: the header (service, place, language, time left, TRAINING, step)
//! and the footer (back, home, help, Chinese beside). What is asked inside is each screen's own.

use super::context::Context;
use crate::domain::channel::Channel;
use crate::domain::language::Language;
use crate::i18n::dates::countdown;
use crate::i18n::messages as say;
use crate::i18n::names::place_name;
use crate::kiosk::model::action::{GlobalAction, TrainingAction};
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use std::sync::LazyLock;
use unicode_width::UnicodeWidthStr;

/// The language button: always in the same corner, in the scripts of all languages.
pub static IN_ALL_SCRIPTS: LazyLock<[String; 2]> = LazyLock::new(|| {
    let words = Language::ALL.map(Language::button_word);
    let (above, below) = words.split_at(words.len().div_ceil(2));
    [above.join(" "), below.join(" ")]
});
const LANGUAGE_WIDTH: u16 = 24;
/// From this width the header's second row holds step, place and training side by side.
const WIDE: u16 = 80;

fn header_rows(area: Rect) -> u16 {
    if area.width < WIDE { 3 } else { 2 }
}

/// On a narrow screen the footer's five buttons stand in two rows.
fn footer_rows(area: Rect) -> u16 {
    if area.width < WIDE { 6 } else { 3 }
}

/// What the frame shows of the journey.
#[derive(Clone, Copy)]
pub struct Around {
    pub time_left: Option<std::time::Duration>,
    pub step: Option<(u32, u32)>,
    pub has_back: bool,
    pub in_visit: bool,
    /// Home ends the visit here.
    pub leaves: bool,
    pub chinese_offered: bool,
    pub clearer: bool,
}

impl Around {
    /// The body's area between header and footer.
    pub fn body(area: Rect) -> Rect {
        let header = header_rows(area);
        Rect {
            y: area.y + header,
            height: area.height.saturating_sub(header + footer_rows(area)),
            ..area
        }
    }

    /// Drawn after the body, so that the first focus is in the body.
    pub fn header(self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let rows = header_rows(area);
        ui.fill(Rect { height: rows, ..area }, theme::HEADER);
        let left = Rect {
            x: area.x + 1,
            height: 1,
            width: area.width.saturating_sub(LANGUAGE_WIDTH + 2),
            ..area
        };
        let name = ui.say(&say::ServiceName).main;
        let practice: &dyn say::Message = match context.machine.profile.channel {
            Channel::ConvenienceStore => &say::PlaceTrainingStore,
            Channel::Pharmacy => &say::PlaceTrainingPharmacy,
            Channel::HealthStation => &say::PlaceTrainingStation,
        };
        let place = match &context.machine.profile.place {
            Some(place) => place_name(ui.language, &place.zh, &place.en).to_owned(),
            None => ui.say(practice).main,
        };
        ui.line(left, &name, Align::Left, theme::HEADER.add_modifier(Modifier::BOLD));
        let second = Rect { y: left.y + 1, ..left };
        let time = self.time_left.map(|left| {
            let time = countdown(left.as_secs());
            (ui.say(&say::TimeLeft { time: time.into() }).main, left.as_secs() <= 60)
        });
        let time_row = if rows == 3 { second } else { left };
        if let Some((text, last_minute)) = time {
            let style = if last_minute { theme::TRAINING } else { theme::HEADER };
            let width = text.width() as u16;
            let room = Rect { x: time_row.right().saturating_sub(width), width, ..time_row };
            ui.line(room, &text, Align::Right, style);
        }
        let last = Rect { y: left.y + rows - 1, ..left };
        language_corner(ui, area);
        let badge_end = training_badge(ui, second, context);
        let x = if rows == 3 { last.x } else { badge_end };
        let mut rest = Rect { x, width: last.right().saturating_sub(x), ..last };
        if let Some((step, steps)) = self.step {
            let text = ui.say(&say::StepOf { step: step.into(), steps: steps.into() }).main;
            ui.line(rest, &text, Align::Left, theme::HEADER.add_modifier(Modifier::BOLD));
            let used = (text.width() as u16 + 3).min(rest.width);
            rest = Rect { x: rest.x + used, width: rest.width - used, ..rest };
        }
        if !context.machine.line_up {
            let text = ui.say(&say::LineLost).main;
            let room = Rect { width: rest.width.min(text.width() as u16), ..rest };
            if usize::from(rest.width) >= text.width() {
                ui.line(room, &text, Align::Left, theme::TRAINING);
                return;
            }
        }
        if usize::from(rest.width) >= place.width() {
            ui.line(rest, &place, Align::Left, theme::HEADER);
        }
    }

    pub fn footer(self, ui: &mut Ui<'_>, area: Rect) {
        let rows = footer_rows(area);
        let footer = Rect { y: area.bottom().saturating_sub(rows), height: rows, ..area };
        let grid = Grid { columns: if rows == 3 { 5 } else { 3 }, rows: rows / 3 };
        let home = if self.leaves { ui.say_alone(&say::Leave) } else { ui.say_alone(&say::Home) };
        let (back, help) = (ui.say_alone(&say::Back), ui.say_alone(&say::Help));
        let (chinese, clearer) = (ui.say_alone(&say::Bilingual), ui.say_alone(&say::Clearer));
        let chinese_key = if ui.bilingual { "+ ✓" } else { "+" };
        // Five places, so that a button never moves.
        let mut put = |at: usize, button: Button| button.draw(ui, grid.cell(footer, at));
        if self.has_back {
            put(0, Button::new(back, GlobalAction::Back).key("Esc -"));
        }
        if self.in_visit {
            put(1, Button::new(home, GlobalAction::Home).key("*"));
        }
        put(2, Button::new(help, GlobalAction::Help).key("/"));
        if self.chinese_offered {
            put(3, Button::new(chinese, GlobalAction::Bilingual).key(chinese_key));
        }
        let mark = if self.clearer { "= ✓" } else { "=" };
        put(4, Button::new(clearer, GlobalAction::Clearer).key(mark));
    }
}

/// The language button, in the upper right corner of every screen.
fn language_corner(ui: &mut Ui<'_>, area: Rect) {
    let corner = Rect {
        x: area.right().saturating_sub(LANGUAGE_WIDTH),
        width: LANGUAGE_WIDTH,
        height: 2,
        ..area
    };
    let focused = ui.hold.has_focus(GlobalAction::Languages);
    let style =
        if ui.hold.is_pressed(GlobalAction::Languages) { theme::PRESSED } else { theme::BUTTON };
    ui.fill(corner, style);
    let mark = if focused { "▶" } else { "." };
    let text =
        |row| Rect { x: corner.x + 2, y: corner.y + row, width: corner.width - 2, height: 1 };
    ui.line(Rect { x: corner.x, width: 2, height: 1, ..corner }, mark, Align::Left, style);
    ui.line(text(0), &IN_ALL_SCRIPTS[0], Align::Left, style.add_modifier(Modifier::BOLD));
    ui.line(text(1), &IN_ALL_SCRIPTS[1], Align::Left, style);
    ui.record(corner, GlobalAction::Languages, None);
}

/// The word TRAINING, and the way into the trainer's drawer. Returns the column after it.
fn training_badge(ui: &mut Ui<'_>, row: Rect, context: &Context<'_>) -> u16 {
    if !context.machine.profile.training {
        return row.x;
    }
    let mark = if ui.hold.has_focus(TrainingAction::Drawer) { "▶" } else { " " };
    let text = format!("{mark}{} F1 ", ui.say(&say::Training).main);
    let badge = Rect { width: (text.width() as u16).min(row.width), ..row };
    ui.line(badge, &text, Align::Left, theme::TRAINING);
    ui.record(badge, TrainingAction::Drawer, None);
    let unread = context.machine.practice.phone.unread;
    if unread == 0 {
        return badge.right() + 2;
    }
    // SMS: the same in the six languages.
    let text = format!(" F5 SMS {unread} ");
    let badge = Rect { x: badge.right() + 1, width: text.len() as u16, ..badge }.intersection(row);
    ui.line(badge, &text, Align::Left, theme::PRESSED);
    ui.record(badge, TrainingAction::Phone, None);
    badge.right() + 2
}

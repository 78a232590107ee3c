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
use crate::kiosk::widgets::column::Column;
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

/// What is shown around a screen of the journey.
#[derive(Clone, Copy)]
pub struct Chrome {
    pub time_left: Option<std::time::Duration>,
    pub step: Option<(u32, u32)>,
    pub has_back: bool,
    pub in_visit: bool,
    /// Home ends the visit here.
    pub leaves: bool,
    pub chinese_offered: bool,
    pub clearer: bool,
}

impl Chrome {
    /// The body's area between header and footer.
    pub fn body(area: Rect) -> Rect {
        let mut page = Column::new(area);
        page.take(header_rows(area));
        page.take_bottom(footer_rows(area));
        page.rest()
    }

    /// Drawn after the body, so that the first focus is in the body.
    pub fn header(self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let three_rows = header_rows(area) == 3;
        let area = Column::new(area).take(header_rows(area));
        ui.fill(area, theme::HEADER);
        let mut header = Column::new(area);
        let corner = Column::new(header.take_right(LANGUAGE_WIDTH)).take(2);
        let mut header = header.inset(1);
        let (first, mut second) = (header.take(1), Column::new(header.take(1)));
        let name = ui.say(&say::ServiceName).main;
        ui.line(first, &name, Align::Left, theme::HEADER.add_modifier(Modifier::BOLD));
        self.time_left(ui, if three_rows { second.rest() } else { first });
        language_corner(ui, corner);
        training_badge(ui, &mut second, context);
        let mut last = if three_rows { Column::new(header.take(1)) } else { second };
        if let Some((step, steps)) = self.step {
            let text = ui.say(&say::StepOf { step: step.into(), steps: steps.into() }).main;
            let style = theme::HEADER.add_modifier(Modifier::BOLD);
            ui.line(last.rest(), &text, Align::Left, style);
            last.take_left(text.width() as u16 + 3);
        }
        place_or_trouble(ui, last.rest(), context);
    }

    /// Right-aligned; in the last minute it stands out.
    fn time_left(self, ui: &mut Ui<'_>, row: Rect) {
        let Some(left) = self.time_left.map(|left| left.as_secs()) else { return };
        let text = ui.say(&say::TimeLeft { time: countdown(left).into() }).main;
        let style = if left <= 60 { theme::TRAINING } else { theme::HEADER };
        ui.line(row, &text, Align::Right, style);
    }

    pub fn footer(self, ui: &mut Ui<'_>, area: Rect) {
        let rows = footer_rows(area);
        let footer = Column::new(area).take_bottom(rows);
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

/// That the service is not reached, if there is room to say so; else where this kiosk stands.
fn place_or_trouble(ui: &mut Ui<'_>, row: Rect, context: &Context<'_>) {
    let fits = |text: &str| usize::from(row.width) >= text.width();
    if !context.machine.line_up {
        let text = ui.say(&say::LineLost).main;
        if fits(&text) {
            return ui.line(row, &text, Align::Left, theme::TRAINING);
        }
    }
    let practice: &dyn say::Message = match context.machine.profile.channel {
        Channel::ConvenienceStore => &say::PlaceTrainingStore,
        Channel::Pharmacy => &say::PlaceTrainingPharmacy,
        Channel::HealthStation => &say::PlaceTrainingStation,
    };
    let place = match &context.machine.profile.place {
        Some(place) => place_name(ui.language, &place.zh, &place.en).to_owned(),
        None => ui.say(practice).main,
    };
    if fits(&place) {
        ui.line(row, &place, Align::Left, theme::HEADER);
    }
}

/// The language button, in the upper right corner of every screen.
fn language_corner(ui: &mut Ui<'_>, corner: Rect) {
    let focused = ui.hold.has_focus(GlobalAction::Languages);
    let style =
        if ui.hold.is_pressed(GlobalAction::Languages) { theme::PRESSED } else { theme::BUTTON };
    ui.fill(corner, style);
    let mut text = Column::new(corner);
    let mark = text.take_left(2);
    ui.line(mark, if focused { "▶" } else { "." }, Align::Left, style);
    text.line(ui, &IN_ALL_SCRIPTS[0], Align::Left, style.add_modifier(Modifier::BOLD));
    text.line(ui, &IN_ALL_SCRIPTS[1], Align::Left, style);
    ui.record(corner, GlobalAction::Languages, None);
}

/// The word TRAINING, which leads to the trainer's drawer, and behind it the unread text messages.
fn training_badge(ui: &mut Ui<'_>, row: &mut Column, context: &Context<'_>) {
    if !context.machine.profile.training {
        return;
    }
    let mark = if ui.hold.has_focus(TrainingAction::Drawer) { "▶" } else { " " };
    let text = format!("{mark}{} F1 ", ui.say(&say::Training).main);
    let badge = row.take_left(text.width() as u16);
    ui.line(badge, &text, Align::Left, theme::TRAINING);
    ui.record(badge, TrainingAction::Drawer, None);
    let unread = context.machine.practice.phone.unread;
    if unread > 0 {
        row.take_left(1);
        // SMS: the same in the six languages.
        let text = format!(" F5 SMS {unread} ");
        let badge = row.take_left(text.len() as u16);
        ui.line(badge, &text, Align::Left, theme::PRESSED);
        ui.record(badge, TrainingAction::Phone, None);
    }
    row.take_left(2);
}

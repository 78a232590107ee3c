//! The line that leads to the card with the task while that is closed. It has the row above the
//! footer, which no page uses: it never hides anything that the trainee must read.

use crate::i18n::dates::countdown;
use crate::i18n::messages as say;
use crate::kiosk::model::action::{Action, ExerciseAction, TrainingAction};
use crate::kiosk::screens::context::Context;
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::training_badge::{hints_left, task_card};
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

/// Draws nothing where no run goes on.
pub fn task_line(ui: &mut Ui<'_>, row: Rect, context: &Context<'_>) {
    let Some(card) = task_card(context.machine) else { return };
    ui.fill(row, theme::PANEL);
    let mut row = Column::new(row).inset(1);
    let cards = format!("F1 {}", ui.say_alone(&say::TaskLineCards).main);
    let right = row.take_right(cards.width() as u16 + 2);
    let word = ui.say_alone(&say::TaskLine).main;
    let time = countdown(card.left.as_secs());
    let left = ui.say_alone(&say::TaskTimeLeft { time: time.clone().into() }).main;
    let hints = hints_left(ui, &card);
    let all = [
        format!("F7 {word} │ {left} │ {hints}"),
        format!("F7 {word} │ {time} │ {hints}"),
        format!("F7 {word} │ {time}"),
    ];
    let room = usize::from(row.rest().width).saturating_sub(2);
    if let Some(text) = all.iter().find(|text| text.width() <= room).or(all.last()) {
        let area = row.take_left(text.width() as u16 + 2);
        part(ui, area, text, ExerciseAction::TaskCard.into(), true);
    }
    // For fingers: keys and the focus have the word TRAINING for it.
    part(ui, right, &cards, TrainingAction::Drawer.into(), false);
}

fn part(ui: &mut Ui<'_>, area: Rect, text: &str, action: Action, has_focus: bool) {
    let mark = if has_focus && ui.hold.has_focus(action) { "▶" } else { " " };
    let style = if ui.hold.is_pressed(action) { theme::PRESSED } else { theme::PANEL_TITLE };
    let text = format!("{mark}{text} ");
    ui.line_on(area, &text, Align::Left, style.add_modifier(Modifier::BOLD));
    if has_focus {
        ui.record(area, action, None);
    } else {
        ui.targets.record_also(area, action);
    }
}

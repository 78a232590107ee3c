//! The practice people's phones: the text messages that the service sent them. Only in training;
//! nothing leaves this machine.

use super::context::Context;
use crate::i18n::messages as say;
use crate::i18n::wrap::wrap;
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::widgets::{Block, BorderType, Widget};

/// Columns of a text message's frame.
const TEXT_WIDTH: u16 = 60;

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let title = ui.say_alone(&say::PhonePracticeTitle);
    let hint = ui.say_alone(&say::PhonePracticeHint);
    let mut page = Column::headed(ui, area, &title, Some(&hint));
    if context.machine.practice.phone.texts.is_empty() {
        page.gap(1);
        let words = ui.say_alone(&say::PhonePracticeEmpty);
        page.inset(2).lines(ui, &words.main, Align::Left, theme::PLAIN);
        return;
    }
    let width = area.width.min(TEXT_WIDTH);
    for text in &context.machine.practice.phone.texts {
        let lines = wrap(text.text.expose(), usize::from(width.saturating_sub(4)));
        let height = lines.len() as u16 + 2;
        // The newest come first: when the page is full, only older ones are left out.
        if height > page.rest().height {
            break;
        }
        let mut row = Column::new(page.take(height));
        row.take_left(1);
        let mut inside = row;
        let frame = row.take_left(width);
        Block::bordered()
            .border_type(BorderType::Rounded)
            .style(theme::PLAIN)
            .render(frame, ui.buffer);
        inside.take_left(2);
        let mut inside = Column::new(inside.take_left(width.saturating_sub(4)));
        let to = format!(" {} ", text.to);
        inside.line(ui, &to, Align::Left, theme::PLAIN.add_modifier(Modifier::BOLD));
        inside.lines(ui, text.text.expose(), Align::Left, theme::PLAIN);
    }
}

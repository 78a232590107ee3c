//! The practice people's phones: the text messages that the service sent them. Only in training;
//! nothing leaves this machine.

use super::context::Context;
use crate::i18n::messages as say;
use crate::kiosk::theme;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::widgets::{Block, BorderType, Widget};

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let title = ui.say_alone(&say::PhonePracticeTitle);
    let rest = ui.heading(area, &title, Some(&ui.say_alone(&say::PhonePracticeHint)));
    let mut y = rest.y;
    if context.machine.practice.phone.texts.is_empty() {
        let words = ui.say_alone(&say::PhonePracticeEmpty);
        ui.lines(
            Rect { x: rest.x + 2, y: y + 1, width: rest.width.saturating_sub(4), height: 2 },
            &words.main,
            Align::Left,
            theme::PLAIN,
        );
        return;
    }
    for text in &context.machine.practice.phone.texts {
        let width = rest.width.min(60);
        let lines =
            crate::i18n::wrap::wrap(text.text.expose(), usize::from(width.saturating_sub(4))).len()
                as u16;
        let height = lines + 2;
        // Older ones that have no room are the older ones.
        if y + height > rest.bottom() {
            break;
        }
        let frame = Rect { x: rest.x + 1, y, width, height };
        Block::bordered()
            .border_type(BorderType::Rounded)
            .style(theme::PLAIN)
            .render(frame, ui.buffer);
        let to = Rect { x: frame.x + 2, height: 1, width: frame.width - 4, ..frame };
        ui.line(
            to,
            &format!(" {} ", text.to),
            Align::Left,
            theme::PLAIN.add_modifier(Modifier::BOLD),
        );
        let room = Rect { x: frame.x + 2, y: y + 1, width: frame.width - 4, height: lines };
        ui.lines(room, text.text.expose(), Align::Left, theme::PLAIN);
        y += height;
    }
}

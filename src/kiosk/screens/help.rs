//! Help: the keys, where the card's number is, how to cancel, the hotlines.

use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::journey::event::Action;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect) {
    let title = ui.say(&say::HelpTitle);
    let rest = ui.heading(area, &title, None);
    // The heading's second row is free unless Chinese stands there.
    let top = if ui.bilingual { rest.y } else { rest.y - 1 };
    let close = Rect { y: rest.bottom().saturating_sub(3), height: 3, ..rest };
    Button::new(ui.say(&say::Back), Action::CloseOverlay).digit(1).main().draw(ui, close);
    let mut y = top;
    let mut put = |ui: &mut Ui<'_>, message: &dyn Message, style| {
        let words = ui.say(message);
        let room = Rect { x: rest.x + 2, y, width: rest.width.saturating_sub(4), height: close.y.saturating_sub(y) };
        y += ui.paragraph(room, &words, style);
    };
    let topics: [(&dyn Message, &[&dyn Message]); 4] = [
        (&say::HelpKeysTitle, &[&say::HelpKeys]),
        (&say::HelpCardTitle, &[&say::HelpCard]),
        (&say::HelpCancelTitle, &[&say::HelpCancel]),
        (&say::HelpLinesTitle, &[&say::HelpLine1922, &say::HelpLine1955, &say::HelpLineNhi, &say::HelpLine165]),
    ];
    for (title, answers) in topics {
        put(ui, title, theme::TITLE);
        for answer in answers {
            put(ui, *answer, theme::PLAIN);
        }
    }
}

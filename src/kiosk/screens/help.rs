//! Help: the keys, where the card's number is, how to cancel, the hotlines.

use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::journey::event::Action;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

/// Pages of help.
pub const PAGES: u8 = 2;

pub fn view(ui: &mut Ui<'_>, area: Rect, page: u8) {
    let title = ui.say(&say::HelpTitle);
    let rest = ui.heading(area, &title, None);
    let grid = if rest.width < 80 { Grid { columns: 1, rows: 2 } } else { Grid { columns: 2, rows: 1 } };
    let height = grid.rows * 3 + u16::from(ui.bilingual && grid.rows == 1);
    let buttons = Rect { y: rest.bottom().saturating_sub(height), height, ..rest };
    let close = Button::new(ui.say(&say::Back), Action::CloseOverlay).digit(1).main();
    close.draw(ui, grid.cell(buttons, 0));
    let more = ui.say(&say::More { page: (page + 1).into(), pages: PAGES.into() });
    Button::new(more, Action::More).digit(0).draw(ui, grid.cell(buttons, 1));
    let mut y = rest.y;
    let mut put = |ui: &mut Ui<'_>, message: &dyn Message, style| {
        let words = ui.say(message);
        let height = buttons.y.saturating_sub(y);
        let room = Rect { x: rest.x + 2, y, width: rest.width.saturating_sub(4), height };
        y += ui.paragraph(room, &words, style);
    };
    let lines: &[&dyn Message] = &[&say::HelpLine1922, &say::HelpLine1955, &say::HelpLineNhi, &say::HelpLine165];
    let topics: [(&dyn Message, &[&dyn Message]); 2] = if page == 0 {
        [(&say::HelpLinesTitle, lines), (&say::HelpCardTitle, &[&say::HelpCard])]
    } else {
        [(&say::HelpKeysTitle, &[&say::HelpKeys]), (&say::HelpCancelTitle, &[&say::HelpCancel])]
    };
    for (title, answers) in topics {
        put(ui, title, theme::TITLE);
        for answer in answers {
            put(ui, *answer, theme::PLAIN);
        }
    }
}

//! The privacy notice: what is used, for what, kept how long; agree or leave. Nothing reaches the service before it is agreed to.

use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::journey::event::Action;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect) {
    let title = ui.say(&say::PrivacyTitle);
    let rest = ui.heading(area, &title, None);
    let buttons = Rect { y: rest.bottom().saturating_sub(3), height: 3, ..rest };
    let mut y = rest.y;
    // Without room for a line between them, the three points stand close.
    let gap = u16::from(rest.height >= 20);
    for point in [&say::PrivacyWhat as &dyn Message, &say::PrivacyWhy, &say::PrivacyKept] {
        let words = ui.say(point);
        let room = Rect { x: rest.x + 2, y, width: rest.width.saturating_sub(4), height: buttons.y.saturating_sub(y) };
        y += ui.paragraph(room, &words, theme::PLAIN) + gap;
    }
    let half = buttons.width / 2;
    let agree = Rect { width: half, ..buttons };
    let decline = Rect { x: buttons.x + half, width: buttons.width - half, ..buttons };
    Button::new(ui.say(&say::PrivacyAgree), Action::Confirm).digit(1).main().draw(ui, agree);
    Button::new(ui.say(&say::PrivacyDecline), Action::Decline).digit(2).draw(ui, decline);
}

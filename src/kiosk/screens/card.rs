//! The card: asked for, being read, or why it cannot be used and what to do.

use super::facts::Facts;
use crate::devices::card_reader::CardFault;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::journey::event::Action;
use crate::kiosk::journey::session::CardState;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::card_picture;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>) {
    let state = facts.session.map_or(&CardState::None, |session| &session.card);
    let (title, body): (&dyn Message, &dyn Message) = match state {
        CardState::None if facts.reader_lost => (&say::CardNoReaderTitle, &say::CardNoReaderBody),
        CardState::None => (&say::CardInsertTitle, &say::CardInsertBody),
        CardState::Reading | CardState::Read(_) => (&say::CardReadingTitle, &say::CardReadingBody),
        CardState::Faulty(CardFault::Unreadable) => {
            (&say::CardUnreadableTitle, &say::CardUnreadableBody)
        }
        CardState::Faulty(CardFault::NotAnNhiCard) => (&say::CardOtherTitle, &say::CardOtherBody),
        CardState::Faulty(CardFault::PulledTooSoon) => {
            (&say::CardTooSoonTitle, &say::CardTooSoonBody)
        }
    };
    let title = ui.say(title);
    let rest = ui.heading(area, &title, None);
    let words = ui.say(body);
    let room = Rect {
        x: rest.x + 2,
        y: rest.y + 1,
        width: rest.width.saturating_sub(4),
        height: 6.min(rest.height),
    };
    let rows = ui.paragraph(room, &words, theme::PLAIN);
    let below = room.y + rows + 1;
    let mut bottom = rest.bottom();
    if !facts.profile.ways.is_empty() && matches!(state, CardState::None | CardState::Faulty(_)) {
        bottom = bottom.saturating_sub(3);
        let words = ui.say_alone(&say::CardWays);
        Button::new(words, Action::Ways).digit(1).draw(ui, Rect { y: bottom, height: 3, ..rest });
    }
    if !facts.reader_lost {
        card_picture::draw(ui, Rect { y: below, height: bottom.saturating_sub(below), ..room });
    }
}

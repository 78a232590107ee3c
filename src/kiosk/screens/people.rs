//! The practice people: who they are, and all their numbers, so that one can practise typing them.
//! Only in training.

use super::context::Context;
use crate::devices::simulated::people::{PRACTICE_PASSWORD, PracticeCard};
use crate::domain::card::Card;
use crate::i18n::messages as say;
use crate::kiosk::model::action::TrainingAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// Cards of those whose numbers are not good for a booking.
const MORE_CARDS: [PracticeCard; 3] =
    [PracticeCard::Unregistered, PracticeCard::TooLate, PracticeCard::LaterBand];

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let title = ui.say_alone(&say::PeopleTitle);
    let hint = ui.say_alone(&say::PeopleHint { password: PRACTICE_PASSWORD.into() });
    let mut page = Column::headed(ui, area, &title, Some(&hint));
    let mut text = page.inset(2);
    let readable = PracticeCard::ALL.into_iter().filter_map(|card| Some((card, card.face().ok()?)));
    for (card, face) in readable {
        let codes = &context.machine.practice.phone.app_codes;
        let code =
            codes.iter().find(|(whose, _)| *whose == card).map_or("", |(_, code)| code.expose());
        let words = ui.say_alone(&say::PeopleNumbers {
            mobile: card.mobile().unwrap_or("–").into(),
            code: code.into(),
        });
        let lines = [identity(&face), words.main];
        let width = lines.iter().map(|line| line.width()).sum::<usize>() + 2;
        if width <= usize::from(text.rest().width) {
            text.lines(ui, &lines.join("  "), Align::Left, theme::PLAIN);
        } else {
            for line in &lines {
                text.lines(ui, line, Align::Left, theme::PLAIN);
            }
        }
    }
    let grid =
        if area.width < 80 { Grid { columns: 2, rows: 2 } } else { Grid { columns: 3, rows: 1 } };
    let buttons = page.take_bottom(text.rest().height.min(5 * grid.rows));
    grid.draw(ui, buttons, 0, MORE_CARDS.len(), |ui, at| {
        let card = MORE_CARDS[at];
        let name =
            || card.face().map(|face| face.name.expose().to_owned()).unwrap_or_default().into();
        let words = match card {
            PracticeCard::Unregistered => ui.say_alone(&say::PeopleUnregistered { name: name() }),
            PracticeCard::TooLate => ui.say_alone(&say::PeopleTooLate { name: name() }),
            PracticeCard::LaterBand
            | PracticeCard::MayBook
            | PracticeCard::MigrantWorker
            | PracticeCard::NotInRound
            | PracticeCard::AlreadyBooked
            | PracticeCard::Damaged => ui.say_alone(&say::PeopleLaterBand { name: name() }),
        };
        Button::new(words, TrainingAction::Insert(card))
    });
}

/// Name, ID and card number. All of it is made up.
fn identity(face: &Card) -> String {
    let number = face.number.expose();
    let name = face.name.expose();
    let pad = 14_usize.saturating_sub(name.width());
    format!(
        "{name}{:pad$}  {}  {} {} {}",
        "",
        face.id.expose(),
        &number[..4],
        &number[4..8],
        &number[8..]
    )
}

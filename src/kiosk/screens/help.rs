//! Help: nine topics as buttons, and the answer of each: what file 002 of the manuals answers and a
//! person at a kiosk may ask.

use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::{GlobalAction, HelpTopic};
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

/// The topics in the order of their buttons: one a digit.
const TOPICS: [HelpTopic; 9] = [
    HelpTopic::Keys,
    HelpTopic::Who,
    HelpTopic::Register,
    HelpTopic::Card,
    HelpTopic::App,
    HelpTopic::Password,
    HelpTopic::Cancel,
    HelpTopic::Fraud,
    HelpTopic::Lines,
];

/// A topic: what is asked, and what is answered, a paragraph each.
type Topic = (&'static dyn Message, &'static [&'static dyn Message]);

const LINES: &[&dyn Message] = &[
    &say::HelpLine1922,
    &say::HelpLine1955,
    &say::HelpLine1990,
    &say::HelpLineNhi,
    &say::HelpLine165,
];

fn topic(of: HelpTopic) -> Topic {
    match of {
        HelpTopic::Keys => (&say::HelpKeysTitle, &[&say::HelpKeys]),
        HelpTopic::Who => (&say::HelpWhoTitle, &[&say::HelpWho]),
        HelpTopic::Register => (&say::HelpRegisterTitle, &[&say::HelpRegister]),
        HelpTopic::Card => (&say::HelpCardTitle, &[&say::HelpCard]),
        HelpTopic::App => (&say::HelpAppTitle, &[&say::HelpApp]),
        HelpTopic::Password => (&say::HelpPasswordTitle, &[&say::HelpPassword, &say::HelpLineNhi]),
        HelpTopic::Cancel => (&say::HelpCancelTitle, &[&say::HelpCancel]),
        HelpTopic::Fraud => (&say::HelpFraudTitle, &[&say::HelpFraud]),
        HelpTopic::Lines => (&say::HelpLinesTitle, LINES),
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect, chosen: Option<HelpTopic>) {
    let Some(chosen) = chosen else {
        let page = Column::under(ui, area, &say::HelpTitle);
        let grid = if area.width < 70 {
            Grid { columns: 2, rows: 5 }
        } else {
            Grid { columns: 3, rows: 3 }
        };
        grid.draw(ui, page.rest(), 0, TOPICS.len(), |ui, at| {
            Button::new(ui.say(topic(TOPICS[at]).0), GlobalAction::HelpTopic(TOPICS[at]))
        });
        return;
    };
    let (title, answers) = topic(chosen);
    let mut page = Column::under(ui, area, title);
    let close = page.take_bottom(3);
    let mut page = page.inset(2);
    for answer in answers {
        let words = ui.say(*answer);
        page.paragraph(ui, &words, theme::PLAIN);
        page.gap(u16::from(answers.len() < 3));
    }
    Button::new(ui.say_alone(&say::Back), GlobalAction::Back).digit(1).main().draw(ui, close);
}

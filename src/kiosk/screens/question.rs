//! "Really?": asked before something is given up, with what it is. "No" has the focus.

use super::context::Context;
use crate::i18n::dates::hours;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::person::Person;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::ui::{Ui, Words};
use ratatui::layout::Rect;

/// What is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Question {
    CancelBooking,
    WithdrawIntention,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuestionAnswer {
    Yes,
    No,
}

impl Question {
    pub fn act(self, action: ScreenAction) -> Option<QuestionAnswer> {
        match action {
            ScreenAction::Confirm => Some(QuestionAnswer::Yes),
            ScreenAction::Decline => Some(QuestionAnswer::No),
            _ => None,
        }
    }

    pub fn view(self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let (title, no, yes): (&dyn say::Message, &dyn say::Message, &dyn say::Message) = match self
        {
            Question::CancelBooking => (&say::CancelTitle, &say::CancelNo, &say::CancelYes),
            Question::WithdrawIntention => {
                (&say::WithdrawTitle, &say::WithdrawNo, &say::WithdrawYes)
            }
        };
        let title = ui.say(title);
        let rest = ui.heading(area, &title, None);
        let buttons = Rect { y: rest.bottom().saturating_sub(8), height: 4, ..rest };
        let mut y = rest.y;
        let mut put = |ui: &mut Ui<'_>, words: &Words, style| {
            let room = Rect {
                x: rest.x + 2,
                y,
                width: rest.width.saturating_sub(4),
                height: buttons.y.saturating_sub(y),
            };
            y += ui.paragraph(room, words, style);
        };
        match self {
            Question::CancelBooking => {
                let Some(booking) = context.person().and_then(Person::booking) else {
                    return;
                };
                put(
                    ui,
                    &ui.say(&say::ReceiptNumber { number: booking.number.to_string().into() }),
                    theme::TITLE,
                );
                let when = ui.labelled(&say::ReceiptWhen, |texts, language| {
                    let date = texts.long_date(language, booking.starts.date());
                    format!("{date}  {}", hours(booking.starts, booking.ends))
                });
                put(ui, &when, theme::PLAIN);
                let place = ui.labelled(&say::ReceiptWhere, |_, _| booking.site.name_zh.clone());
                put(ui, &place.alone(), theme::PLAIN);
                put(ui, &ui.say(&say::CancelWarning), theme::PLAIN);
            }
            Question::WithdrawIntention => {
                let Some(intention) = context.person().and_then(Person::intention) else {
                    return;
                };
                put(
                    ui,
                    &ui.say(&say::IntentionNumber { number: intention.number.to_string().into() }),
                    theme::TITLE,
                );
                put(ui, &ui.say(&say::WithdrawWarning), theme::PLAIN);
            }
        }
        Button::new(ui.say(no), ScreenAction::Decline).digit(1).main().draw(ui, buttons);
        Button::new(ui.say(yes), ScreenAction::Confirm)
            .digit(2)
            .draw(ui, Rect { y: buttons.y + 4, ..buttons });
    }
}

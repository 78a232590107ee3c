//! "Really?": asked before something is given up, with what it is. "No" has the focus.

use super::context::{Context, LineService};
use crate::domain::refusal::Refusal;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::person::Person;
use crate::kiosk::theme;
use crate::kiosk::widgets::booking_lines;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

/// What is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Question {
    CancelBooking,
    WithdrawIntention,
    /// To wait for a seat no more.
    LeaveLine,
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
        type Three = [&'static dyn say::Message; 3];
        let [title, no, yes]: Three = match self {
            Question::CancelBooking => [&say::CancelTitle, &say::CancelNo, &say::CancelYes],
            Question::WithdrawIntention => {
                [&say::WithdrawTitle, &say::WithdrawNo, &say::WithdrawYes]
            }
            Question::LeaveLine => [&say::LeaveLineTitle, &say::LeaveLineNo, &say::LeaveLineYes],
        };
        let mut page = Column::under(ui, area, title);
        let mut buttons = Column::new(page.take_bottom(8));
        let mut page = page.inset(2);
        let warning: &dyn say::Message = match self {
            Question::CancelBooking => {
                let Some(booking) = context.person().and_then(Person::booking) else {
                    return;
                };
                booking_lines::number(&mut page, ui, booking.number);
                booking_lines::when(&mut page, ui, booking.starts, booking.ends);
                for line in booking_lines::place(ui, &booking.site) {
                    page.paragraph(ui, &line, theme::PLAIN);
                }
                &say::CancelWarning
            }
            Question::LeaveLine => {
                let held = context.line_service() == Some(LineService::Held);
                if held { &say::LeaveLineWarningHeld } else { &say::LeaveLineWarning }
            }
            Question::WithdrawIntention => {
                let Some((person, intention)) =
                    context.person().and_then(|person| Some((person, person.intention()?)))
                else {
                    return;
                };
                let number = intention.number.to_string();
                let number = ui.say(&say::IntentionNumber { number: number.into() });
                page.paragraph(ui, &number, theme::TITLE);
                // Whose registration counts for a round gives that round away.
                match person.registering_refusal(context.machine.now.wall) {
                    Some(Refusal::IntentionCounted { .. }) => &say::WithdrawWarningCounted,
                    Some(_) | None => &say::WithdrawWarning,
                }
            }
        };
        page.paragraph(ui, &ui.say(warning), theme::PLAIN);
        Button::new(ui.say(no), ScreenAction::Decline).digit(1).main().draw(ui, buttons.take(4));
        Button::new(ui.say(yes), ScreenAction::Confirm).digit(2).draw(ui, buttons.take(4));
    }
}

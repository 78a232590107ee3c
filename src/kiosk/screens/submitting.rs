//! The booking is being sent: progress, and the plain truth while no answer has come.

use super::context::Context;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::retry::Retry;
use crate::kiosk::model::submission::Submission;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

/// What is being sent, and how often it has been tried.
#[derive(Clone, PartialEq, Debug)]
pub struct Submitting {
    pub submission: Submission,
    pub retry: Retry,
}

impl Submitting {
    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let (retry, books) = (&self.retry, self.submission.books());
        let safe: &dyn Message = if books { &say::SubmitSafe } else { &say::SubmitChangeSafe };
        let Some(seconds) = retry.seconds_left(context.machine.now.uptime) else {
            let has_card = context.visit.is_none_or(|visit| visit.sign_in.uses_card());
            let (title, body): (&dyn Message, &dyn Message) = if books {
                (
                    &say::SubmitTitle,
                    if has_card { &say::SubmitBody } else { &say::SubmitBodyNoCard },
                )
            } else {
                (&say::SubmitChangeTitle, &say::SubmitChangeBody)
            };
            let mut page = Column::under(ui, area, title).inset(2);
            page.gap(1);
            Column::new(page.take(4)).paragraph(ui, &ui.say(body), theme::PLAIN);
            if retry.attempt > 1 {
                page.paragraph(ui, &ui.say(safe), theme::PLAIN);
            }
            return;
        };
        let mut page = Column::under(ui, area, &say::SubmitRetryTitle);
        let button = page.take_bottom(4);
        let mut page = page.inset(2);
        page.gap(1);
        let attempt = retry.attempt.into();
        let words = ui.say(&say::SubmitRetryBody { seconds: seconds.into(), attempt });
        Column::new(page.take(3)).paragraph(ui, &words, theme::PLAIN);
        page.paragraph(ui, &ui.say(safe), theme::PLAIN);
        Button::new(ui.say(&say::WaitRetryNow), ScreenAction::RetryNow)
            .digit(1)
            .main()
            .draw(ui, button);
    }
}

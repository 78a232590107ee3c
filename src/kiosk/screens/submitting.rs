//! The booking is being sent: progress, and the plain truth while no answer has come.

use super::context::Context;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::retry::Retry;
use crate::kiosk::model::submission::Submission;
use crate::kiosk::widgets::next_try;
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
        let books = self.submission.books();
        let safe: &dyn Message = if books { &say::SubmitSafe } else { &say::SubmitChangeSafe };
        let safe = ui.say(safe);
        let now = context.machine.now.uptime;
        if self.retry.at.is_some() {
            let title = ui.say(&say::SubmitRetryTitle);
            next_try::pause(ui, area, &title, &[safe], (&self.retry, now));
            return;
        }
        let has_card = context.visit.is_none_or(|v| v.sign_in.uses_card() && v.group.is_none());
        let (title, body): (&dyn Message, &dyn Message) = match (books, has_card) {
            (true, true) => (&say::SubmitTitle, &say::SubmitBody),
            (true, false) => (&say::SubmitTitle, &say::SubmitBodyNoCard),
            (false, _) => (&say::SubmitChangeTitle, &say::SubmitChangeBody),
        };
        let told = [ui.say(body), safe];
        let told = if self.retry.attempt > 1 { &told[..] } else { &told[..1] };
        next_try::under_way(ui, area, &ui.say(title), told);
    }
}

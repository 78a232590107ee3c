//! The booking is being sent: progress, and the plain truth while no answer has come.

use super::context::Context;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::retry::Retry;
use crate::kiosk::model::submission::Submission;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
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
        let retry = &self.retry;
        let room = |rest: Rect, y: u16, height: u16| Rect {
            x: rest.x + 2,
            y: rest.y + y,
            width: rest.width.saturating_sub(4),
            height: height.min(rest.height.saturating_sub(y)),
        };
        let books = self.submission.books();
        let Some(seconds) = retry.seconds_left(context.machine.now.uptime) else {
            let title =
                if books { ui.say(&say::SubmitTitle) } else { ui.say(&say::SubmitChangeTitle) };
            let rest = ui.heading(area, &title, None);
            let words =
                if books { ui.say(&say::SubmitBody) } else { ui.say(&say::SubmitChangeBody) };
            ui.paragraph(room(rest, 1, 4), &words, theme::PLAIN);
            if retry.attempt > 1 {
                let words =
                    if books { ui.say(&say::SubmitSafe) } else { ui.say(&say::SubmitChangeSafe) };
                ui.paragraph(room(rest, 5, 5), &words, theme::PLAIN);
            }
            return;
        };
        let title = ui.say(&say::SubmitRetryTitle);
        let rest = ui.heading(area, &title, None);
        let words = ui
            .say(&say::SubmitRetryBody { seconds: seconds.into(), attempt: retry.attempt.into() });
        ui.paragraph(room(rest, 1, 3), &words, theme::PLAIN);
        let words = if books { ui.say(&say::SubmitSafe) } else { ui.say(&say::SubmitChangeSafe) };
        ui.paragraph(room(rest, 4, 6), &words, theme::PLAIN);
        let button = Rect { y: rest.bottom().saturating_sub(4), height: 4, ..rest };
        Button::new(ui.say(&say::WaitRetryNow), ScreenAction::RetryNow)
            .digit(1)
            .main()
            .draw(ui, button);
    }
}

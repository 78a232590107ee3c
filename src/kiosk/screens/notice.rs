//! What was done on request: a booking cancelled, a registration withdrawn, the line left.

use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;

/// What was done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    Cancelled,
    Withdrawn,
    /// They wait for a seat no more.
    LeftLine,
    /// They will be told of doses that are left, or not any more.
    ToBeTold,
    NotToBeTold,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoticeAnswer {
    Done,
    ToServices,
}

pub fn act(action: ScreenAction) -> Option<NoticeAnswer> {
    match action {
        ScreenAction::Done => Some(NoticeAnswer::Done),
        ScreenAction::ToServices => Some(NoticeAnswer::ToServices),
        _ => None,
    }
}

impl Notice {
    pub fn view(self, ui: &mut Ui<'_>, area: Rect) {
        let (title, body): (&dyn say::Message, &dyn say::Message) = match self {
            Notice::Cancelled => (&say::CancelledTitle, &say::CancelledBody),
            Notice::Withdrawn => (&say::WithdrawnTitle, &say::WithdrawnBody),
            Notice::LeftLine => (&say::LeftLineTitle, &say::LeftLineBody),
            Notice::ToBeTold => (&say::ToBeToldTitle, &say::ToBeToldBody),
            Notice::NotToBeTold => (&say::NotToBeToldTitle, &say::NotToBeToldBody),
        };
        let mut page = Column::new(area);
        let mut buttons = Column::new(page.take_bottom(8));
        page.gap(1);
        let mut sign = Column::new(page.take_left(16));
        ui.pictogram(sign.take(6), Pictogram::Check, theme::FINE_TEXT);
        let heading = page.take(3);
        let words = ui.say(title);
        ui.heading(heading, &words.main, Align::Left, theme::FINE_TEXT);
        if let Some(zh) = &words.zh {
            page.lines(ui, zh, Align::Left, theme::QUIET_TEXT);
        }
        let words = ui.say(body);
        page.paragraph(ui, &words, theme::PLAIN);
        let done = Button::new(ui.say(&say::ReceiptDone), ScreenAction::Done).digit(1).main();
        done.pictogram(Pictogram::Check).draw(ui, buttons.take(4));
        let services = Button::new(ui.say(&say::NoticeServices), ScreenAction::ToServices).digit(2);
        services.pictogram(Pictogram::Home).draw(ui, buttons.take(4));
    }
}

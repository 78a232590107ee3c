//! What was done on request: a booking cancelled, a registration withdrawn.

use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

/// What was done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    Cancelled,
    Withdrawn,
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
        };
        let mut page = Column::under(ui, area, title);
        let mut buttons = Column::new(page.take_bottom(8));
        page.gap(1);
        let words = ui.say(body);
        page.inset(2).paragraph(ui, &words, theme::PLAIN);
        Button::new(ui.say(&say::ReceiptDone), ScreenAction::Done)
            .digit(1)
            .main()
            .draw(ui, buttons.take(4));
        let services = Button::new(ui.say(&say::NoticeServices), ScreenAction::ToServices).digit(2);
        services.draw(ui, buttons.take(4));
    }
}

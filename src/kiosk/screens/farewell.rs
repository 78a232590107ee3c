//! The end of a session: why it ended, that nothing stays, and "take your card" until it is taken.
//! It holds nothing of the person but the language.

use super::context::Context;
use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::theme;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::graphic::{CARD_STILL, CardWay};
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;
use std::time::Duration;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    Finished,
    Pulled,
    TimeUp,
    Idle,
    Left,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Farewell {
    pub reason: Reason,
    /// A booking was sent and no answer came.
    pub unsure: bool,
    pub language: Language,
    pub since: Duration,
}

impl Farewell {
    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let title: &dyn Message = match self.reason {
            Reason::Finished => &say::FarewellFinished,
            Reason::Pulled => &say::FarewellPulled,
            Reason::TimeUp => &say::FarewellTimeUp,
            Reason::Idle => &say::FarewellIdle,
            Reason::Left => &say::FarewellLeft,
        };
        let mut page = Column::under(ui, area, title).inset(2);
        let mut put = |ui: &mut Ui<'_>, message: &dyn Message, style| {
            let words = ui.say(message);
            page.centred(ui, &words, style);
            page.gap(1);
        };
        if self.unsure {
            put(ui, &say::FarewellUnsure, theme::WARNING);
        }
        if context.machine.card_in {
            put(ui, &say::FarewellTakeCard, theme::TITLE);
        }
        put(ui, &say::FarewellWiped, theme::PLAIN);
        if context.machine.card_in {
            ui.card(page.rest(), CardWay::Out, CARD_STILL, theme::PLAIN);
        } else {
            ui.record(area, ScreenAction::Start, None);
        }
    }
}

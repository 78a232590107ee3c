//! The end of a session: why it ended, that nothing stays, and "take your card" until it is taken.
//! It holds nothing of the person but the language.

use super::context::Context;
use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::submission::Subject;
use crate::kiosk::theme;
use crate::kiosk::widgets::column::{Column, middle};
use crate::kiosk::widgets::graphic::CardWay;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::{Align, Ui};
use crate::kiosk::widgets::unsure::message;
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
    /// What was sent, if no answer came.
    pub unsure: Option<Subject>,
    pub language: Language,
    pub since: Duration,
}

impl Farewell {
    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        let class = SizeClass::of(ui.buffer.area);
        let mut page = Column::new(area);
        let heading = page.take(if class == SizeClass::Wide { 6 } else { 4 });
        let card_in = context.machine.card_in;
        let title = if card_in { &say::FarewellTakeCard } else { self.reason() };
        let title = ui.say_alone(title).main;
        ui.heading(heading, &title, Align::Centre, theme::TITLE);
        if let Some(subject) = self.unsure {
            let rows = if class == SizeClass::Upright { 4 } else { 3 };
            unsure(ui, page.take_bottom(rows), subject);
        }
        if card_in {
            let rows = if class == SizeClass::Upright { 8 } else { 5 };
            self.done(ui, page.take_bottom(rows));
            ui.fill(page.rest(), theme::PANEL);
            ui.card(page.rest(), CardWay::Out, context.card_frame(), theme::PANEL);
        } else {
            self.wiped(ui, page.rest());
            // The next person need not wait until this screen goes by itself.
            ui.record(area, ScreenAction::Start, None);
        }
    }

    /// Why the session has ended.
    fn reason(&self) -> &'static dyn Message {
        match self.reason {
            Reason::Finished => &say::FarewellFinished,
            Reason::Pulled => &say::FarewellPulled,
            Reason::TimeUp => &say::FarewellTimeUp,
            Reason::Idle => &say::FarewellIdle,
            Reason::Left => &say::FarewellLeft,
        }
    }

    fn sign(&self) -> Pictogram {
        match self.reason {
            _ if self.unsure.is_some() => Pictogram::Wait,
            Reason::Finished | Reason::Left => Pictogram::Check,
            Reason::Pulled => Pictogram::Out,
            Reason::TimeUp | Reason::Idle => Pictogram::Wait,
        }
    }

    /// Below the card: what was done, that nothing stays, and how long the sound goes on.
    fn done(&self, ui: &mut Ui<'_>, area: Rect) {
        let mut page = Column::new(area).inset(1);
        let sign = Column::new(page.take_left(6)).take(3);
        ui.pictogram(sign, Pictogram::Sound, theme::TITLE);
        page.take_left(2);
        let reason = ui.say_alone(self.reason()).main;
        ui.heading(page.take(2), &reason, Align::Left, theme::TITLE);
        for message in [&say::FarewellWiped as &dyn Message, &say::FarewellReminds] {
            let text = ui.say_alone(message).main;
            page.lines(ui, &text, Align::Left, theme::PLAIN);
        }
    }

    /// Without a card: that nothing stays, in the middle.
    fn wiped(&self, ui: &mut Ui<'_>, area: Rect) {
        ui.fill(area, theme::PANEL);
        let mut page = Column::new(middle(area, area.width, 9)).inset(1);
        let sign = page.take(6);
        ui.pictogram(middle(sign, 12, 6), self.sign(), theme::PANEL_TITLE);
        let text = ui.say_alone(&say::FarewellWiped).main;
        ui.heading(page.take(3), &text, Align::Centre, theme::PANEL_TITLE);
    }
}

fn unsure(ui: &mut Ui<'_>, area: Rect, subject: Subject) {
    ui.fill(area, theme::WARNING_PANEL);
    let mut page = Column::new(area).inset(1);
    let text = format!("▲ {}", ui.say_alone(message(subject)).main);
    page.lines(ui, &text, Align::Left, theme::WARNING_PANEL);
}

//! Whether somebody who comes along agrees to the privacy notice. Nothing of them reaches the
//! service before they do.

use super::super::context::Context;
use super::GroupAnswer;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::group::Newcomer;
use crate::kiosk::theme;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::notice_points;
use crate::kiosk::widgets::ui::{Align, Ui};
use ratatui::layout::Rect;

pub fn act(action: ScreenAction) -> Option<GroupAnswer> {
    match action {
        ScreenAction::Confirm => Some(GroupAnswer::Agree),
        ScreenAction::Decline => Some(GroupAnswer::DoNotAdd),
        _ => None,
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let newcomer = context.visit.and_then(|visit| Some(&visit.group.as_ref()?.newcomer));
    let title = match newcomer {
        Some(Newcomer::Card(card)) => {
            let name = card.name.masked();
            ui.say_alone(&say::GroupJoinTitle { name: name.into() })
        }
        Some(Newcomer::Nobody | Newcomer::Reading | Newcomer::Typing | Newcomer::Known(_))
        | None => ui.say_alone(&say::GroupJoinTyped),
    };
    let mut page = Column::headed(ui, area, &title, None);
    let buttons = notice_points::take_buttons(ui, &mut page);
    let agrees = ui.say_alone(&say::GroupJoinAgrees).main;
    if !ui.bilingual {
        let mut text = page.inset(1);
        text.lines(ui, &agrees, Align::Left, theme::PLAIN);
        page.gap(text.rest().y - page.rest().y);
    }
    notice_points::draw(ui, page.rest());
    let [agree, decline] = buttons;
    let words = ui.say(&say::GroupAgree);
    Button::new(words, ScreenAction::Confirm).digit(1).main().draw(ui, agree);
    Button::new(ui.say(&say::GroupDoNotAdd), ScreenAction::Decline).digit(2).draw(ui, decline);
}

//! Which phone gets somebody's text message: that of the visit's person, the one that they gave at
//! registration, or another.

use super::super::context::Context;
use super::GroupAnswer;
use crate::domain::personal::Personal;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::group::{Newcomer, Whose};
use crate::kiosk::model::person::Person;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

/// Whose phone is asked for.
struct Asked<'a> {
    name: String,
    person: &'a Person,
    /// Name and phone of the visit's person, for others than themselves.
    first: Option<(String, String)>,
}

fn asked<'a>(context: &Context<'a>) -> Option<Asked<'a>> {
    let visit = context.visit?;
    let group = visit.group.as_ref()?;
    let first = visit.shown(0).filter(|(_, mobile)| !mobile.is_empty());
    match (group.asked, &group.newcomer) {
        (Whose::Newcomer, Newcomer::Known(member)) => {
            let name = member.name_masked.expose().to_owned();
            Some(Asked { name, person: &member.person, first })
        }
        (Whose::Nth(0), _) => {
            let (name, _) = visit.shown(0)?;
            Some(Asked { name, person: visit.person.as_ref()?, first: None })
        }
        (Whose::Nth(nth), _) => {
            let (name, _) = visit.shown(nth)?;
            Some(Asked { name, person: &group.other(nth)?.person, first })
        }
        (
            Whose::Newcomer,
            Newcomer::Nobody | Newcomer::Reading | Newcomer::Card(_) | Newcomer::Typing,
        ) => None,
    }
}

pub fn act(action: ScreenAction, context: &Context<'_>) -> Option<GroupAnswer> {
    let asked = asked(context)?;
    match action {
        ScreenAction::SamePhone => asked.first.map(|_| GroupAnswer::SamePhone),
        ScreenAction::RegisteredPhone => {
            let shown: Option<&Personal> = asked.person.registered_mobile();
            shown.cloned().map(GroupAnswer::RegisteredPhone)
        }
        ScreenAction::OtherPhone => Some(GroupAnswer::OtherPhone),
        _ => None,
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let Some(asked) = asked(context) else { return };
    let class = SizeClass::of(ui.buffer.area);
    let title = ui.say(&say::GroupPhoneTitle { name: asked.name.into() });
    let mut page = Column::headed(ui, area, &title, None);
    let rows = match class {
        SizeClass::Compact => 5,
        SizeClass::Standard | SizeClass::Upright => 6,
        SizeClass::Wide => 8,
    };
    let mut buttons = Vec::new();
    if let Some((name, mobile)) = asked.first {
        let words = ui.say(&say::GroupSamePhone { mobile: mobile.into(), name: name.into() });
        buttons.push(Button::new(words, ScreenAction::SamePhone).pictogram(Pictogram::Family));
    }
    if let Some(mobile) = asked.person.registered_mobile() {
        let mobile = mobile.expose().to_owned();
        let words = ui.say(&say::PhoneOfferRegistered { mobile: mobile.into() });
        buttons.push(Button::new(words, ScreenAction::RegisteredPhone));
    }
    buttons.push(Button::new(ui.say(&say::PhoneOfferOther), ScreenAction::OtherPhone));
    for (at, button) in buttons.into_iter().enumerate() {
        let button = button.digit(at as u8 + 1);
        let button = if at == 0 { button.main() } else { button };
        button.draw(ui, page.take(rows));
    }
}

//! Which number the text message goes to: the one given at registration, masked, or another.

use super::context::Context;
use crate::domain::personal::Personal;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::person::Person;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PhoneOfferAnswer {
    /// The number given at registration, as it may be shown.
    Registered(Personal),
    Other,
}

pub fn act(action: ScreenAction, context: &Context<'_>) -> Option<PhoneOfferAnswer> {
    match action {
        ScreenAction::RegisteredPhone => {
            let registered = context.person().and_then(Person::registered_mobile);
            registered.cloned().map(PhoneOfferAnswer::Registered)
        }
        ScreenAction::OtherPhone => Some(PhoneOfferAnswer::Other),
        _ => None,
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let mut page = Column::under(ui, area, &say::PhoneOfferTitle);
    let registered = context.person().and_then(Person::registered_mobile);
    let mobile = registered.map(|mobile| mobile.expose().to_owned()).unwrap_or_default();
    Grid { columns: 1, rows: 2 }.draw(ui, page.take(12), 0, 2, |ui, at| {
        if at == 0 {
            let words = ui.say(&say::PhoneOfferRegistered { mobile: mobile.as_str().into() });
            Button::new(words, ScreenAction::RegisteredPhone).main()
        } else {
            Button::new(ui.say(&say::PhoneOfferOther), ScreenAction::OtherPhone)
        }
    });
}

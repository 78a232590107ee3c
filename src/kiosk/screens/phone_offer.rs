//! Which number the text message goes to: the one given at registration, masked, or another.

use super::facts::Facts;
use crate::i18n::messages as say;
use crate::kiosk::journey::event::Action;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>) {
    let title = ui.say(&say::PhoneOfferTitle);
    let rest = ui.heading(area, &title, None);
    let registered = facts.session.and_then(|session| session.registered_mobile());
    let mobile = registered.map(|mobile| mobile.expose().to_owned()).unwrap_or_default();
    let area = Rect { height: rest.height.min(12), ..rest };
    Grid { columns: 1, rows: 2 }.draw(ui, area, 0, 2, |ui, at| {
        if at == 0 {
            let words = ui.say(&say::PhoneOfferRegistered { mobile: mobile.as_str().into() });
            Button::new(words, Action::Pick(0)).main()
        } else {
            Button::new(ui.say(&say::PhoneOfferOther), Action::Pick(1))
        }
    });
}

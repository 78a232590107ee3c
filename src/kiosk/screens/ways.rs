//! The ways in without just putting a card in, as the citizen's manual has them side by side; and
//! the simple query.

use super::facts::Facts;
use crate::config::profile::WayIn;
use crate::i18n::messages as say;
use crate::kiosk::journey::event::Action;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>) {
    let title = ui.say(&say::WaysTitle);
    let rest = ui.heading(area, &title, None);
    let ways = &facts.profile.ways;
    Grid { columns: 1, rows: ways.len().max(1) as u16 }.draw(ui, rest, 0, ways.len(), |ui, at| {
        let (name, needs): (&dyn say::Message, &dyn say::Message) = match ways[at] {
            WayIn::CardPassword => (&say::WayCard, &say::WayCardNeeds),
            WayIn::App => (&say::WayApp, &say::WayAppNeeds),
            WayIn::Numbers => (&say::WayNumbers, &say::WayNumbersNeeds),
            WayIn::Query => (&say::WayQuery, &say::WayQueryNeeds),
        };
        Button::new(ui.say(name), Action::Pick(at)).detail(ui.say_alone(needs))
    });
}

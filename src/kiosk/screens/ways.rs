//! The ways in without just putting a card in, as the citizen's manual has them side by side; and
//! the simple query.

use super::context::Context;
use crate::config::profile::WayIn;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

/// Those of the profile, and the code of a text message.
fn ways(context: &Context<'_>) -> Vec<WayIn> {
    let profile = &context.machine.profile;
    let by_code = profile.channel.may_book().then_some(WayIn::OfferCode);
    profile.ways.iter().copied().chain(by_code).collect()
}

/// The way in that was chosen.
pub fn act(action: ScreenAction, context: &Context<'_>) -> Option<WayIn> {
    match action {
        ScreenAction::SignInBy(way) => ways(context).contains(&way).then_some(way),
        _ => None,
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let page = Column::under(ui, area, &say::WaysTitle);
    let ways = ways(context);
    let upright = SizeClass::of(ui.buffer.area) == SizeClass::Upright;
    let columns = if upright || ways.len() < 5 { 1 } else { 2 };
    let grid = Grid { columns, rows: (ways.len() as u16).div_ceil(columns).max(1) };
    grid.draw(ui, page.rest(), 0, ways.len(), |ui, at| {
        let (name, needs): (&dyn say::Message, &dyn say::Message) = match ways[at] {
            WayIn::CardPassword => (&say::WayCard, &say::WayCardNeeds),
            WayIn::App => (&say::WayApp, &say::WayAppNeeds),
            WayIn::Numbers => (&say::WayNumbers, &say::WayNumbersNeeds),
            WayIn::Query => (&say::WayQuery, &say::WayQueryNeeds),
            WayIn::OfferCode => (&say::WayCode, &say::WayCodeNeeds),
        };
        Button::new(ui.say(name), ScreenAction::SignInBy(ways[at])).detail(ui.say_alone(needs))
    });
}

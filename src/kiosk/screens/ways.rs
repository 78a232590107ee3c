//! The ways in without just putting a card in, as the citizen's manual has them side by side; and
//! the simple query.

use super::context::Context;
use crate::config::profile::WayIn;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

/// Rows of a way, at least.
const LEAST_ROWS: u16 = 4;
/// Rows of the last one, which has all columns.
const LAST_ROWS: u16 = 3;

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
    let mut page = Column::under(ui, area, &say::WaysTitle);
    let ways = ways(context);
    let count = ways.len() as u16;
    if page.rest().height >= count * LEAST_ROWS {
        let grid = Grid { columns: 1, rows: count.max(1) };
        return grid.draw(ui, page.rest(), 0, ways.len(), |ui, at| button(ui, ways[at]));
    }
    // Two side by side, and what is left over below them.
    let below = (count % 2 == 1).then(|| page.take_bottom(LAST_ROWS));
    let grid = Grid { columns: 2, rows: (count / 2).max(1) };
    let beside = usize::from(count / 2 * 2);
    grid.draw(ui, page.rest(), 0, beside, |ui, at| {
        let button = button(ui, ways[at]);
        // The Chinese beside the name needs the room of what is needed.
        if ui.bilingual { Button { detail: Vec::new(), ..button } } else { button }
    });
    if let (Some(below), Some(last)) = (below, ways.last()) {
        let last = Button { detail: Vec::new(), ..button(ui, *last) };
        last.digit(count as u8).draw(ui, below);
    }
}

fn button(ui: &Ui<'_>, way: WayIn) -> Button {
    let (name, needs): (&dyn say::Message, &dyn say::Message) = match way {
        WayIn::CardPassword => (&say::WayCard, &say::WayCardNeeds),
        WayIn::App => (&say::WayApp, &say::WayAppNeeds),
        WayIn::Numbers => (&say::WayNumbers, &say::WayNumbersNeeds),
        WayIn::Query => (&say::WayQuery, &say::WayQueryNeeds),
        WayIn::OfferCode => (&say::WayCode, &say::WayCodeNeeds),
    };
    Button::new(ui.say(name), ScreenAction::SignInBy(way)).detail(ui.say_alone(needs))
}

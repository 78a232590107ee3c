//! What one can do here: book, register, see the booking, help. What cannot be done now says why.

use super::facts::Facts;
use crate::domain::eligibility::Refusal;
use crate::i18n::messages as say;
use crate::kiosk::journey::event::Action;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::refusals::sentence;
use crate::kiosk::widgets::ui::{Ui, Words};
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>) {
    let title = ui.say(&say::ServiceTitle);
    let rest = ui.heading(area, &title, None);
    Grid { columns: 1, rows: 4 }.draw(ui, rest, 0, 4, |ui, at| match at {
        0 => book(ui, facts),
        1 => intention(ui, facts),
        2 => my_booking(ui, facts),
        _ => Button::new(ui.say(&say::ServiceHelp), Action::Help).detail(ui.say(&say::ServiceHelpDetail)),
    });
}

fn book(ui: &Ui<'_>, facts: &Facts<'_>) -> Button {
    let button = Button::new(ui.say(&say::ServiceBook), Action::Pick(0));
    let refusal = facts.session.and_then(|session| session.refusal(facts.round, facts.now.wall));
    match refusal {
        None => button.main(),
        Some(Refusal::NotOpenYet { opens }) => button.detail(ui.countdown_to(opens, facts.now.wall)),
        Some(refusal) => button.detail(sentence(ui, refusal)),
    }
}

/// Registering at the kiosk comes with the whole citizen's manual; until then it says where one can.
fn intention(ui: &Ui<'_>, facts: &Facts<'_>) -> Button {
    let closed = facts.round.filter(|round| facts.now.wall > round.registration_until);
    let reason: Words = match closed {
        Some(round) => ui.say_with(|texts, language| {
            let until = texts.moment(language, round.registration_until);
            texts.say(language, &say::ServiceIntentionClosed { until: until.into() })
        }),
        None => ui.say(&say::ServiceIntentionElsewhere),
    };
    Button::new(ui.say(&say::ServiceIntention), Action::Pick(1)).detail(reason).disabled()
}

fn my_booking(ui: &Ui<'_>, facts: &Facts<'_>) -> Button {
    let button = Button::new(ui.say(&say::ServiceMyBooking), Action::Pick(2));
    if facts.session.is_some_and(|session| session.booking.is_some()) {
        button
    } else {
        button.detail(ui.say(&say::ServiceNoBooking)).disabled()
    }
}

//! What one can do here: book, register, see the booking, help. What cannot be done now says why.

use super::facts::Facts;
use crate::config::profile::Offer;
use crate::domain::eligibility::Refusal;
use crate::i18n::messages as say;
use crate::kiosk::journey::event::Action;
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::refusals::sentence;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

pub fn view(ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>) {
    let title = ui.say(&say::ServiceTitle);
    let rest = ui.heading(area, &title, None);
    type Service = fn(&Ui<'_>, &Facts<'_>) -> Button;
    let services: [(Offer, &dyn say::Message, Service); 3] = [
        (Offer::Book, &say::ServiceBook, book),
        (Offer::Register, &say::ServiceIntention, intention),
        (Offer::MyBooking, &say::ServiceMyBooking, my_booking),
    ];
    Grid { columns: 1, rows: 4 }.draw(ui, rest, 0, 4, |ui, at| match services.get(at) {
        Some((offer, _, button)) if facts.profile.offers.contains(offer) => button(ui, facts),
        Some((_, name, _)) => not_here(ui, *name),
        None => Button::new(ui.say(&say::ServiceHelp), Action::Pick(3))
            .detail(ui.say(&say::ServiceHelpDetail)),
    });
}

fn not_here(ui: &Ui<'_>, service: &dyn say::Message) -> Button {
    Button::new(ui.say(service), Action::Help).detail(ui.say(&say::ServiceNotHere)).disabled()
}

fn book(ui: &Ui<'_>, facts: &Facts<'_>) -> Button {
    let button = Button::new(ui.say(&say::ServiceBook), Action::Pick(0));
    let refusal = facts.session.and_then(|session| session.refusal(facts.round, facts.now.wall));
    match refusal {
        None => button.main(),
        Some(Refusal::NotOpenYet { opens }) => {
            button.detail(ui.countdown_to(opens, facts.now.wall))
        }
        Some(refusal) => button.detail(sentence(ui, refusal)),
    }
}

/// What is registered already is shown by it; else whether one can register, and for which round.
fn intention(ui: &Ui<'_>, facts: &Facts<'_>) -> Button {
    let button = Button::new(ui.say(&say::ServiceIntention), Action::Pick(1));
    let Some(session) = facts.session else { return button };
    if session.intention().is_some() {
        return button.detail(ui.say(&say::ServiceIntentionThere));
    }
    if let Some(refusal) = session.registering_refusal(facts.now.wall) {
        return button.detail(sentence(ui, refusal));
    }
    match facts.round.filter(|round| facts.now.wall > round.registration_until) {
        Some(_) => button.detail(ui.say(&say::ServiceIntentionNext)),
        None => button,
    }
}

fn my_booking(ui: &Ui<'_>, facts: &Facts<'_>) -> Button {
    let button = Button::new(ui.say(&say::ServiceMyBooking), Action::Pick(2));
    if facts.session.is_some_and(|session| session.booking.is_some()) {
        button
    } else {
        button.detail(ui.say(&say::ServiceNoBooking)).disabled()
    }
}

//! What one can do here: book, register, see the booking, help. What cannot be done now says why.

use super::context::Context;
use crate::config::profile::Offer;
use crate::domain::refusal::Refusal;
use crate::i18n::messages as say;
use crate::kiosk::model::action::{GlobalAction, ScreenAction};
use crate::kiosk::widgets::button::Button;
use crate::kiosk::widgets::choices::Grid;
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ServiceAnswer {
    Serve(Offer),
    Help,
}

pub fn act(action: ScreenAction, context: &Context<'_>) -> Option<ServiceAnswer> {
    match action {
        ScreenAction::Serve(offer) => {
            let offered = context.machine.profile.offers.contains(&offer);
            offered.then_some(ServiceAnswer::Serve(offer))
        }
        ScreenAction::ServiceHelp => Some(ServiceAnswer::Help),
        _ => None,
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let page = Column::under(ui, area, &say::ServiceTitle);
    type Service = fn(&Ui<'_>, &Context<'_>) -> Button;
    let services: [(Offer, &dyn say::Message, Service); 3] = [
        (Offer::Book, &say::ServiceBook, book),
        (Offer::Register, &say::ServiceIntention, intention),
        (Offer::MyBooking, &say::ServiceMyBooking, my_booking),
    ];
    Grid { columns: 1, rows: 4 }.draw(ui, page.rest(), 0, 4, |ui, at| match services.get(at) {
        Some((offer, _, button)) if context.machine.profile.offers.contains(offer) => {
            button(ui, context)
        }
        Some((_, name, _)) => not_here(ui, *name),
        None => Button::new(ui.say(&say::ServiceHelp), ScreenAction::ServiceHelp)
            .detail(ui.say(&say::ServiceHelpDetail)),
    });
}

fn not_here(ui: &Ui<'_>, service: &dyn say::Message) -> Button {
    Button::new(ui.say(service), GlobalAction::Help).detail(ui.say(&say::ServiceNotHere)).disabled()
}

fn book(ui: &Ui<'_>, context: &Context<'_>) -> Button {
    let button = Button::new(ui.say(&say::ServiceBook), ScreenAction::Serve(Offer::Book));
    let refusal = {
        let (round, wall) = (context.machine.round.as_ref(), context.machine.now.wall);
        context.person().and_then(|person| person.refusal(round, wall))
    };
    match refusal {
        None => button.main(),
        Some(Refusal::NotOpenYet { opens }) => {
            button.detail(ui.countdown_to(opens, context.machine.now.wall))
        }
        Some(refusal) => button.detail(ui.refusal(refusal)),
    }
}

/// What is registered already is shown by it; else whether one can register, and for which round.
fn intention(ui: &Ui<'_>, context: &Context<'_>) -> Button {
    let button = Button::new(ui.say(&say::ServiceIntention), ScreenAction::Serve(Offer::Register));
    let Some(person) = context.person() else { return button };
    if person.intention().is_some() {
        return button.detail(ui.say(&say::ServiceIntentionThere));
    }
    if let Some(refusal) = person.registering_refusal(context.machine.now.wall) {
        return button.detail(ui.refusal(refusal));
    }
    match context
        .machine
        .round
        .as_ref()
        .filter(|round| context.machine.now.wall > round.registration_until)
    {
        Some(_) => button.detail(ui.say(&say::ServiceIntentionNext)),
        None => button,
    }
}

fn my_booking(ui: &Ui<'_>, context: &Context<'_>) -> Button {
    let button = Button::new(ui.say(&say::ServiceMyBooking), ScreenAction::Serve(Offer::MyBooking));
    if context.person().is_some_and(|person| person.booking().is_some()) {
        button
    } else {
        button.detail(ui.say(&say::ServiceNoBooking)).disabled()
    }
}

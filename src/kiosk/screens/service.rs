//! What one can do here: book, register, see the booking, help, wait for a seat. What cannot be
//! done now says why and when, and is never the main thing.

use super::context::{Context, LineService};
use crate::config::profile::Offer;
use crate::domain::refusal::Refusal;
use crate::i18n::messages as say;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::widgets::button::{Button, Look};
use crate::kiosk::widgets::column::Column;
use crate::kiosk::widgets::pictogram::Pictogram;
use crate::kiosk::widgets::size_class::SizeClass;
use crate::kiosk::widgets::ui::Ui;
use ratatui::layout::Rect;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ServiceAnswer {
    Serve(Offer),
    Help,
    Line(LineService),
}

pub fn act(action: ScreenAction, context: &Context<'_>) -> Option<ServiceAnswer> {
    match action {
        ScreenAction::Serve(offer) => {
            let offered = context.machine.profile.offers.contains(&offer);
            offered.then_some(ServiceAnswer::Serve(offer))
        }
        ScreenAction::ServiceHelp => Some(ServiceAnswer::Help),
        ScreenAction::ShowLine | ScreenAction::ShowHeld | ScreenAction::Leftovers => {
            let service = context.line_service().filter(|service| action == opens(*service));
            service.map(ServiceAnswer::Line)
        }
        _ => None,
    }
}

/// What the button of a service does.
fn opens(service: LineService) -> ScreenAction {
    match service {
        LineService::Held => ScreenAction::ShowHeld,
        LineService::Wait => ScreenAction::ShowLine,
        LineService::Leftovers => ScreenAction::Leftovers,
    }
}

pub fn view(ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
    let title = ui.say(&say::ServiceTitle);
    let name = context.visit.and_then(|visit| visit.name_masked());
    let hello = name.map(|name| ui.say_alone(&say::ServiceGreeting { name: name.into() }));
    let mut page = Column::headed(ui, area, &title, hello.as_ref().filter(|_| !ui.bilingual));
    let line = context.line_service().map(|service| {
        let row = page.take_bottom(3);
        page.take_bottom(u16::from(page.rest().height > 16));
        (service, row)
    });
    let services = [
        service(ui, context, Offer::Book, book),
        service(ui, context, Offer::Register, intention),
        service(ui, context, Offer::MyBooking, my_booking),
        Button::new(ui.say(&say::ServiceHelp), ScreenAction::ServiceHelp)
            .detail(ui.say(&say::ServiceHelpDetail))
            .pictogram(Pictogram::Help),
    ];
    let upright = SizeClass::of(ui.buffer.area) == SizeClass::Upright;
    let columns = if upright { 1 } else { 2 };
    // On 24 rows the button of the line has the rows between the tiles.
    let compact = SizeClass::of(ui.buffer.area) == SizeClass::Compact;
    let gap = u16::from(!compact || line.is_none());
    let rows = 4 / columns;
    let room = page.rest();
    let height = ((room.height + gap) / rows - gap).min(14);
    let width = (room.width + 1) / columns;
    // The first that is drawn has the focus: what most people in this place want.
    let mut tiles: Vec<_> = (0_u16..).zip(services).collect();
    tiles.sort_by_key(|(_, button)| button.look != Look::Main);
    for (at, button) in tiles {
        let (column, row) = (at % columns, at / columns);
        let tile =
            Rect::new(room.x + column * width, room.y + row * (height + gap), width - 1, height);
        button.large().digit(at as u8 + 1).draw(ui, tile);
    }
    if let Some((service, row)) = line {
        line_button(ui, service).digit(5).draw(ui, Rect { width: row.width - 1, ..row });
    }
}

fn line_button(ui: &Ui<'_>, service: LineService) -> Button {
    let (words, pictogram): (&dyn say::Message, _) = match service {
        LineService::Held => (&say::HeldService, Pictogram::Calendar),
        LineService::Wait => (&say::WaitService, Pictogram::Wait),
        LineService::Leftovers => (&say::LineLeftovers, Pictogram::Dose),
    };
    Button::new(ui.say_alone(words), opens(service)).pictogram(pictogram)
}

/// A service, or that this kiosk does not have it.
fn service(
    ui: &Ui<'_>,
    context: &Context<'_>,
    offer: Offer,
    button: fn(&Ui<'_>, &Context<'_>, Button) -> Button,
) -> Button {
    let (words, pictogram): (&dyn say::Message, _) = match offer {
        Offer::Book => (&say::ServiceBook, Pictogram::Book),
        Offer::Register => (&say::ServiceIntention, Pictogram::Register),
        Offer::MyBooking => (&say::ServiceMyBooking, Pictogram::Mine),
    };
    let plain = Button::new(ui.say(words), ScreenAction::Serve(offer)).pictogram(pictogram);
    if context.machine.profile.offers.contains(&offer) {
        button(ui, context, plain)
    } else {
        plain.detail(ui.say(&say::ServiceNotHere)).disabled()
    }
}

/// It becomes the main thing at the second at which the round opens.
fn book(ui: &Ui<'_>, context: &Context<'_>, button: Button) -> Button {
    match context.refusal() {
        None => button.main(),
        Some(Refusal::NotOpenYet { opens }) => {
            button.detail(ui.countdown_to(opens, context.machine.now.wall)).refused()
        }
        Some(refusal) => {
            let why = ui.refusal(refusal);
            // Above the button of the line, 24 rows have no room for both languages.
            let close = SizeClass::of(ui.buffer.area) == SizeClass::Compact;
            let close = close && context.line_service().is_some();
            button.detail(if close { why.alone() } else { why }).refused()
        }
    }
}

/// What is registered already is shown by it; else whether one can register, and for which round.
/// Whoever cannot book because they have not registered most likely came for it.
fn intention(ui: &Ui<'_>, context: &Context<'_>, button: Button) -> Button {
    let Some(person) = context.person() else { return button };
    let wall = context.machine.now.wall;
    let refusal_to_register = person.registering_refusal(wall);
    if person.intention().is_some() {
        let detail: &dyn say::Message = match refusal_to_register {
            None => &say::ServiceIntentionThere,
            Some(_) => &say::ServiceIntentionSee,
        };
        return button.detail(ui.say(detail));
    }
    if let Some(refusal) = refusal_to_register {
        return button.detail(ui.refusal(refusal)).refused();
    }
    let button = match context.refusal() {
        Some(Refusal::NotRegistered) => button.main(),
        Some(_) | None => button,
    };
    match context.machine.round.as_ref().filter(|round| wall > round.registration_until) {
        Some(_) => button.detail(ui.say(&say::ServiceIntentionNext)),
        None => button,
    }
}

fn my_booking(ui: &Ui<'_>, context: &Context<'_>, button: Button) -> Button {
    if context.person().is_some_and(|person| person.booking().is_some()) {
        button.main()
    } else {
        button.detail(ui.say(&say::ServiceNoBooking)).disabled()
    }
}

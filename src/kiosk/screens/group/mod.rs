//! The screens of several people who book together: who comes along, whether each agrees and may,
//! which phone is told, an hour for all, the last look, and the receipts.

mod gathering;
mod hours;
mod joining;
mod member;
mod not_added;
mod own_card;
mod people;
mod phone;
mod receipt;
mod review;

pub use hours::{Chosen, Hours};
pub use not_added::{NotAdded, WhyNotAdded};
pub use own_card::{Aim, OwnCard, SeenCard};
pub use receipt::GroupReceipt;

use super::context::Context;
use crate::config::profile::WayIn;
use crate::domain::personal::Personal;
use crate::domain::site::SlotId;
use crate::kiosk::model::action::ScreenAction;
use crate::kiosk::model::machine::Machine;
use crate::kiosk::widgets::ui::Ui;
use jiff::civil::Date;
use ratatui::layout::Rect;

#[derive(Clone, PartialEq, Debug)]
pub enum GroupScreen {
    /// Those who are in, and what the next one does.
    Gathering,
    /// Whether the newcomer agrees to the notice.
    Joining,
    /// Which phone is told.
    Phone,
    /// Somebody is not in, or not any more.
    NotAdded(NotAdded),
    /// The card of whoever began the visit, who goes on without the others.
    OwnCard(OwnCard),
    Hours(Hours),
    Review,
    /// One of them, counted from 0: another phone, or they are left out.
    Member(usize),
    Receipt(GroupReceipt),
}

#[derive(Clone, PartialEq, Debug)]
pub enum GroupAnswer {
    /// Nobody else comes.
    Complete,
    /// Somebody types, who has no card.
    WithoutCard,
    /// The visit's person books alone.
    Alone,
    /// One of them, counted from 0.
    Member(usize),
    Agree,
    DoNotAdd,
    /// The phone of the visit's person.
    SamePhone,
    /// The number given at registration, as it may be shown.
    RegisteredPhone(Personal),
    OtherPhone,
    /// On, after somebody was not added.
    GoOn,
    Hours(Chosen),
    OtherPlace,
    OtherTime,
    Book,
    LeaveOut(usize),
    Print,
    Done,
}

/// What is asked. While it stays the same, so does the focus.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GroupPlace {
    screen: u8,
    day: Option<Date>,
    page: usize,
}

/// The way by which somebody without a card can come along; `None` if there is none here.
pub fn typed_way(machine: &Machine) -> Option<WayIn> {
    let has = |way: &WayIn| machine.profile.ways.contains(way);
    [WayIn::Numbers, WayIn::App].into_iter().find(has)
}

impl GroupScreen {
    pub fn act(&mut self, action: ScreenAction, context: &Context<'_>) -> Option<GroupAnswer> {
        match self {
            GroupScreen::Gathering => gathering::act(action, context),
            GroupScreen::Joining => joining::act(action),
            GroupScreen::Phone => phone::act(action, context),
            GroupScreen::NotAdded(not_added) => not_added.act(action),
            GroupScreen::OwnCard(_) => {
                (action == ScreenAction::Confirm).then_some(GroupAnswer::GoOn)
            }
            GroupScreen::Hours(hours) => hours.act(action),
            GroupScreen::Review => review::act(action),
            GroupScreen::Member(nth) => member::act(*nth, action),
            GroupScreen::Receipt(receipt) => receipt.act(action, context),
        }
    }

    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        match self {
            GroupScreen::Gathering => gathering::view(ui, area, context),
            GroupScreen::Joining => joining::view(ui, area, context),
            GroupScreen::Phone => phone::view(ui, area, context),
            GroupScreen::NotAdded(not_added) => not_added.view(ui, area, context),
            GroupScreen::OwnCard(own_card) => own_card.view(ui, area, context),
            GroupScreen::Hours(hours) => hours.view(ui, area),
            GroupScreen::Review => review::view(ui, area, context),
            GroupScreen::Member(nth) => member::view(*nth, ui, area, context),
            GroupScreen::Receipt(receipt) => receipt.view(ui, area, context),
        }
    }

    /// Whether it says that something went wrong.
    pub fn shows_trouble(&self, context: &Context<'_>) -> bool {
        match self {
            GroupScreen::NotAdded(_) => true,
            GroupScreen::OwnCard(own_card) => own_card.seen != SeenCard::Nothing,
            GroupScreen::Hours(hours) => hours.is_taken(),
            GroupScreen::Receipt(_) => receipt::print_failed(context),
            GroupScreen::Gathering
            | GroupScreen::Joining
            | GroupScreen::Phone
            | GroupScreen::Review
            | GroupScreen::Member(_) => false,
        }
    }

    pub fn has_back(&self) -> bool {
        match self {
            // Nothing lies before what was just booked.
            GroupScreen::Receipt(receipt) => receipt.is_one(),
            GroupScreen::NotAdded(_) => false,
            GroupScreen::Gathering
            | GroupScreen::Joining
            | GroupScreen::Phone
            | GroupScreen::OwnCard(_)
            | GroupScreen::Hours(_)
            | GroupScreen::Review
            | GroupScreen::Member(_) => true,
        }
    }

    pub fn place(&self) -> GroupPlace {
        let (screen, day, page) = match self {
            GroupScreen::Gathering => (0, None, 0),
            GroupScreen::Joining => (1, None, 0),
            GroupScreen::Phone => (2, None, 0),
            GroupScreen::NotAdded(_) => (3, None, 0),
            GroupScreen::Hours(hours) => (4, hours.day(), hours.page()),
            GroupScreen::Review => (5, None, 0),
            GroupScreen::Member(nth) => (6, None, *nth),
            GroupScreen::Receipt(receipt) => (7, None, receipt.page()),
            GroupScreen::OwnCard(_) => (8, None, 0),
        };
        GroupPlace { screen, day, page }
    }

    /// The slot that is taken first where "fill a slot" is practised.
    pub fn slot_to_fill(&self) -> Option<SlotId> {
        match self {
            GroupScreen::Hours(hours) => hours.first_slot(),
            GroupScreen::Gathering
            | GroupScreen::Joining
            | GroupScreen::Phone
            | GroupScreen::NotAdded(_)
            | GroupScreen::OwnCard(_)
            | GroupScreen::Review
            | GroupScreen::Member(_)
            | GroupScreen::Receipt(_) => None,
        }
    }
}

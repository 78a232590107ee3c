//! The screens: one file each, with its own state, what an action does to it, and how it is drawn.
//! No screen knows another, the network, the hardware or the runtime; what comes next is the
//! journey's decision.

pub mod attract;
pub mod brands;
pub mod card;
pub mod county;
pub mod district;
pub mod drawer;
pub mod entry;
pub mod facts;
pub mod farewell;
pub mod found;
pub mod frame;
pub mod help;
pub mod intention;
pub mod language;
pub mod operator;
pub mod people;
pub mod phone;
pub mod phone_offer;
pub mod practice_phone;
pub mod privacy;
pub mod question;
pub mod receipt;
pub mod review;
pub mod scanned;
pub mod service;
pub mod site;
pub mod slot;
pub mod still_there;
pub mod submitting;
pub mod system_check;
pub mod too_small;
pub mod waiting;
pub mod ways;
pub mod why_not;

use crate::kiosk::journey::retry::Retry;
use crate::kiosk::journey::session::Purpose;
use crate::kiosk::widgets::ui::Ui;
use facts::Facts;
use ratatui::layout::Rect;

/// The screen that is on, with its state.
#[derive(Clone, PartialEq, Debug)]
pub enum Screen {
    Attract,
    Card,
    Language,
    Privacy,
    Ways,
    SystemCheck(system_check::SystemCheck),
    Entry(entry::Entry),
    /// What the simple query found.
    Found,
    Waiting(waiting::Waiting),
    WhyNot(why_not::WhyNot),
    Service,
    PhoneOffer,
    Phone(phone::Phone),
    County(county::CountyPick),
    District(district::DistrictPick),
    Site(site::SitePick),
    Slot(slot::SlotPick),
    Brands(brands::BrandPick),
    Review,
    /// `existing`: registered before.
    Intention {
        existing: bool,
    },
    Question(question::Question),
    Notice(question::Notice),
    Submitting(Retry),
    Receipt(receipt::Receipt),
    Farewell(farewell::Farewell),
}

impl Screen {
    /// Which step this is, from 1, and of how many; none outside a booking or a registration.
    pub fn step(&self, purpose: Purpose) -> Option<(u32, u32)> {
        let (brands, review, steps) = match purpose {
            Purpose::Booking => (0, 7, 7),
            Purpose::Registering => (5, 6, 6),
            Purpose::Moving => return None,
        };
        let step = match self {
            Screen::Privacy => 1,
            Screen::Service => 2,
            Screen::PhoneOffer | Screen::Phone(_) => 3,
            Screen::County(_) | Screen::District(_) => 4,
            Screen::Site(_) => 5,
            Screen::Slot(_) => 6,
            Screen::Brands(_) => brands,
            Screen::Review | Screen::Submitting(_) => review,
            Screen::Waiting(waiting) => waiting.step(),
            Screen::Attract
            | Screen::Card
            | Screen::Language
            | Screen::Ways
            | Screen::SystemCheck(_)
            | Screen::Entry(_)
            | Screen::Found
            | Screen::WhyNot(_)
            | Screen::Intention { .. }
            | Screen::Question(_)
            | Screen::Notice(_)
            | Screen::Receipt(_)
            | Screen::Farewell(_) => return None,
        };
        Some((step, steps))
    }

    /// Whether the person has nothing to do but wait.
    pub fn waits_for_service(&self) -> bool {
        matches!(self, Screen::Waiting(_) | Screen::Submitting(_))
    }

    /// Whether "back" leads anywhere.
    pub fn has_back(&self) -> bool {
        !matches!(self, Screen::Attract | Screen::Submitting(_) | Screen::Farewell(_))
    }

    /// A number that changes when another thing is asked: the focus then begins anew.
    pub fn place(&self) -> u32 {
        match self {
            Screen::Attract => 0,
            Screen::Card => 1,
            Screen::Language => 2,
            Screen::Privacy => 3,
            Screen::Waiting(_) => 4,
            Screen::WhyNot(_) => 5,
            Screen::Service => 6,
            Screen::PhoneOffer => 7,
            Screen::Phone(phone) => 8 + u32::from(phone.is_checking()),
            Screen::County(pick) => 100 + pick.page as u32,
            Screen::District(pick) => 200 + pick.page as u32,
            Screen::Site(pick) => 300 + pick.page as u32,
            Screen::Slot(pick) => 400 + pick.place(),
            Screen::Review => 10,
            Screen::Submitting(_) => 11,
            Screen::Receipt(receipt) => 12 + u32::from(receipt.qr),
            Screen::Farewell(_) => 14,
            Screen::Brands(_) => 15,
            Screen::Intention { .. } => 16,
            Screen::Question(_) => 17,
            Screen::Notice(_) => 18,
            Screen::Ways => 19,
            Screen::SystemCheck(check) => 20 + u32::from(check.passed()),
            Screen::Entry(entry) => 22 + entry.place(),
            Screen::Found => 50,
        }
    }

    /// Draws the body.
    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, facts: &Facts<'_>) {
        match self {
            Screen::Attract => attract::view(ui, area, facts),
            Screen::Card => card::view(ui, area, facts),
            Screen::Language => language::view(ui, area, facts),
            Screen::Privacy => privacy::view(ui, area),
            Screen::Ways => ways::view(ui, area, facts),
            Screen::SystemCheck(check) => check.view(ui, area),
            Screen::Entry(entry) => entry.view(ui, area),
            Screen::Found => found::view(ui, area, facts),
            Screen::Waiting(waiting) => waiting.view(ui, area, facts),
            Screen::WhyNot(why_not) => why_not.view(ui, area, facts),
            Screen::Service => service::view(ui, area, facts),
            Screen::PhoneOffer => phone_offer::view(ui, area, facts),
            Screen::Phone(phone) => phone.view(ui, area),
            Screen::County(pick) => pick.view(ui, area, facts),
            Screen::District(pick) => pick.view(ui, area, facts),
            Screen::Site(pick) => pick.view(ui, area, facts),
            Screen::Slot(pick) => pick.view(ui, area),
            Screen::Brands(pick) => pick.view(ui, area, facts),
            Screen::Review => review::view(ui, area, facts),
            Screen::Intention { existing } => intention::view(ui, area, facts, *existing),
            Screen::Question(question) => question.view(ui, area, facts),
            Screen::Notice(notice) => notice.view(ui, area),
            Screen::Submitting(retry) => submitting::view(ui, area, facts, retry),
            Screen::Receipt(receipt) => receipt.view(ui, area, facts),
            Screen::Farewell(farewell) => farewell.view(ui, area, facts),
        }
    }
}

//! The screens: one file each, with its own state, `act` (what an action means there, answered as
//! data) and `view` (how it is drawn). No screen knows another, the network, the hardware or the
//! runtime; what an answer leads to is the journey's decision.

pub mod attract;
pub mod brands;
pub mod card;
pub mod chrome;
pub mod context;
pub mod counter;
pub mod county;
pub mod district;
pub mod drawer;
pub mod entry;
pub mod farewell;
pub mod found;
pub mod group;
pub mod held;
pub mod help;
pub mod intention;
pub mod language;
pub mod leave_unsure;
pub mod leftovers;
pub mod line;
pub mod more_time;
pub mod notice;
pub mod offer;
pub mod operator;
pub mod overlay;
pub mod parting;
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
pub mod trainers_word;
pub mod training;
pub mod waiting;
pub mod ways;
pub mod why_not;
pub mod wish_places;
pub mod wish_times;

use crate::config::profile::WayIn;
use crate::domain::phone::MobileNumber;
use crate::domain::region::{CountyIndex, District};
use crate::domain::site::SlotId;
use crate::kiosk::model::{action::ScreenAction, retry::Retry, submission::Subject};
use crate::kiosk::widgets::ui::Ui;
use context::Context;
use ratatui::layout::Rect;
use std::mem::{Discriminant, discriminant};
use std::time::Duration;

/// The screen of a visit that is on, with its state.
#[derive(Clone, PartialEq, Debug)]
pub enum Screen {
    Card,
    Language,
    Privacy,
    Ways,
    SystemCheck(system_check::SystemCheck),
    Entry(entry::Entry),
    Found,
    Waiting(waiting::Waiting),
    WhyNot(why_not::WhyNot),
    Service,
    Offer(offer::EarliestOffer),
    /// Of those who book together.
    Group(group::GroupScreen),
    PhoneOffer,
    Phone(phone::Phone),
    County(county::CountyPick),
    District(district::DistrictPick),
    Site(site::SitePick),
    Slot(slot::SlotPick),
    Brands(brands::BrandPick),
    WishPlaces(wish_places::WishPlaces),
    WishTimes(wish_times::WishTimes),
    Review,
    /// `existing`: registered before.
    Intention {
        existing: bool,
    },
    /// One's own place in the line. `asked`: they have just asked to wait.
    Line {
        asked: bool,
    },
    /// A seat that is held.
    Held,
    Leftovers,
    Question(question::Question),
    Notice(notice::Notice),
    Submitting(submitting::Submitting),
    Receipt(receipt::Receipt),
    /// The receipt after its card was taken out.
    Parting(parting::Parting),
}

/// What an action meant on the screen that it came to: each screen's own answer.
#[derive(Clone, PartialEq, Debug)]
pub enum Answer {
    Card(card::CardAnswer),
    Privacy(privacy::PrivacyAnswer),
    /// The chosen way in.
    Ways(WayIn),
    SystemCheck(system_check::SystemCheckAnswer),
    Entry(entry::EntryAnswer),
    /// Of waiting and submitting: try now.
    RetryNow,
    WhyNot(why_not::WhyNotAnswer),
    Service(service::ServiceAnswer),
    Offer(offer::OfferAnswer),
    Group(group::GroupAnswer),
    PhoneOffer(phone_offer::PhoneOfferAnswer),
    /// The number that was typed and confirmed.
    Phone(MobileNumber),
    County(CountyIndex),
    /// The district, from its list or as it was registered.
    Area(&'static District),
    Site(site::SiteAnswer),
    Slot(slot::SlotAnswer),
    Brands(brands::BrandsAnswer),
    WishPlaces(wish_places::PlacesAnswer),
    WishTimes(wish_times::TimesAnswer),
    Line(line::LineAnswer),
    Held(held::HeldAnswer),
    Leftovers(leftovers::LeftoversAnswer),
    /// Waits for a seat, from a list of districts that are full.
    AskToWait,
    Review(review::ReviewAnswer),
    Intention(intention::IntentionAnswer),
    Question(question::Question, question::QuestionAnswer),
    Notice(notice::NoticeAnswer),
    Receipt(receipt::ReceiptAnswer),
    /// The person is done.
    Finished,
}

/// What is asked on a screen. While it stays the same, so does the focus.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    screen: Discriminant<Screen>,
    part: PlacePart,
}

impl Place {
    /// Whether the same is asked: a field whose keys change while it is typed stays the same one.
    pub fn asks_the_same(&self, other: &Self) -> bool {
        match (self.part, other.part) {
            (PlacePart::Entry(entry), PlacePart::Entry(another)) => entry.is_same_field(another),
            _ => self == other,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum PlacePart {
    Whole,
    Page(usize),
    Slots(slot::SlotPlace),
    Entry(entry::EntryPlace),
    /// What is offered: another slot is another question.
    Offered(SlotId),
    Group(group::GroupPlace),
    /// The second half of a screen that has two.
    Second(bool),
}

impl Screen {
    /// What an action means on this screen; `None` if nothing.
    pub fn act(&mut self, action: ScreenAction, context: &Context<'_>) -> Option<Answer> {
        match self {
            Screen::Language => None,
            Screen::Card => card::act(action, context).map(Answer::Card),
            Screen::Privacy => privacy::act(action).map(Answer::Privacy),
            Screen::Ways => ways::act(action, context).map(Answer::Ways),
            Screen::SystemCheck(check) => check.act(action).map(Answer::SystemCheck),
            Screen::Entry(entry) => entry.act(action).map(Answer::Entry),
            Screen::Found | Screen::Parting(_) => {
                (action == ScreenAction::Done).then_some(Answer::Finished)
            }
            Screen::Waiting(_) | Screen::Submitting(_) => {
                (action == ScreenAction::RetryNow).then_some(Answer::RetryNow)
            }
            Screen::WhyNot(why_not) => why_not.act(action, context).map(Answer::WhyNot),
            Screen::Service => service::act(action, context).map(Answer::Service),
            Screen::Offer(offer) => offer.act(action, context).map(Answer::Offer),
            Screen::Group(screen) => screen.act(action, context).map(Answer::Group),
            Screen::PhoneOffer => phone_offer::act(action, context).map(Answer::PhoneOffer),
            Screen::Phone(phone) => phone.act(action).map(Answer::Phone),
            Screen::County(_) | Screen::District(_)
                if action == ScreenAction::AskToWait && context.may_wait() =>
            {
                Some(Answer::AskToWait)
            }
            Screen::County(pick) => match pick.act(action, context)? {
                county::CountyAnswer::County(county) => Some(Answer::County(county)),
                county::CountyAnswer::District(district) => Some(Answer::Area(district)),
            },
            Screen::District(pick) => pick.act(action).map(Answer::Area),
            Screen::Site(pick) => pick.act(action, context).map(Answer::Site),
            Screen::Slot(pick) => pick.act(action).map(Answer::Slot),
            Screen::WishPlaces(pick) => pick.act(action).map(Answer::WishPlaces),
            Screen::WishTimes(pick) => pick.act(action).map(Answer::WishTimes),
            Screen::Line { .. } => line::act(action).map(Answer::Line),
            Screen::Held => held::act(action, context).map(Answer::Held),
            Screen::Leftovers => leftovers::act(action, context).map(Answer::Leftovers),
            Screen::Brands(pick) => pick.act(action).map(Answer::Brands),
            Screen::Review => review::act(action, context).map(Answer::Review),
            Screen::Intention { .. } => intention::act(action, context).map(Answer::Intention),
            Screen::Question(question) => {
                question.act(action).map(|answer| Answer::Question(*question, answer))
            }
            Screen::Notice(_) => notice::act(action).map(Answer::Notice),
            Screen::Receipt(receipt) => receipt.act(action, context).map(Answer::Receipt),
        }
    }

    /// What is being sent.
    pub fn subject(&self) -> Option<Subject> {
        match self {
            Screen::Submitting(submitting) => Some(submitting.submission.subject()),
            _ => None,
        }
    }

    /// Whether the person has nothing to do but wait.
    pub fn waits_for_service(&self) -> bool {
        matches!(self, Screen::Waiting(_) | Screen::Submitting(_))
    }

    /// When what it waits for is tried again.
    pub fn retry_mut(&mut self) -> Option<&mut Retry> {
        match self {
            Screen::Waiting(waiting) => Some(&mut waiting.retry),
            Screen::Submitting(submitting) => Some(&mut submitting.retry),
            _ => None,
        }
    }

    /// Whether "back" leads anywhere. Nothing lies before what was just booked.
    pub fn has_back(&self) -> bool {
        if let Screen::Group(screen) = self {
            return screen.has_back();
        }
        let is_fresh = matches!(self, Screen::Receipt(receipt) if !receipt.existing && !receipt.qr);
        !is_fresh && !matches!(self, Screen::Submitting(_) | Screen::Parting(_))
    }

    /// Whether it says that something went wrong.
    pub fn shows_trouble(&self, context: &Context<'_>) -> bool {
        match self {
            Screen::WhyNot(_) => true,
            Screen::Card => card::shows_trouble(context),
            Screen::Phone(phone) => phone.is_wrong(),
            Screen::Entry(entry) => entry.wrong,
            Screen::Receipt(_) => receipt::print_failed(context),
            Screen::Group(screen) => screen.shows_trouble(context),
            Screen::Waiting(waiting) => waiting.retry.attempt > 1,
            Screen::Submitting(submitting) => submitting.retry.attempt > 1,
            Screen::Language
            | Screen::Privacy
            | Screen::Ways
            | Screen::SystemCheck(_)
            | Screen::Found
            | Screen::Service
            | Screen::Offer(_)
            | Screen::PhoneOffer
            | Screen::County(_)
            | Screen::District(_)
            | Screen::Site(_)
            | Screen::Slot(_)
            | Screen::Brands(_)
            | Screen::WishPlaces(_)
            | Screen::WishTimes(_)
            | Screen::Line { .. }
            | Screen::Held
            | Screen::Leftovers
            | Screen::Review
            | Screen::Intention { .. }
            | Screen::Question(_)
            | Screen::Notice(_)
            | Screen::Parting(_) => false,
        }
    }

    /// Changes when another thing is asked: the focus then begins anew.
    pub fn place(&self) -> Place {
        let part = match self {
            Screen::Phone(phone) => PlacePart::Second(phone.is_checking()),
            Screen::District(pick) => PlacePart::Page(pick.page),
            Screen::Site(pick) => PlacePart::Page(pick.page),
            Screen::WishPlaces(pick) => PlacePart::Page(pick.page),
            Screen::WishTimes(pick) => PlacePart::Page(pick.page),
            Screen::Line { asked } => PlacePart::Second(*asked),
            Screen::Slot(pick) => PlacePart::Slots(pick.place()),
            Screen::Receipt(receipt) => PlacePart::Second(receipt.qr),
            Screen::SystemCheck(check) => PlacePart::Second(check.passed()),
            Screen::Entry(entry) => PlacePart::Entry(entry.place()),
            Screen::Offer(offer) => PlacePart::Offered(offer.shown().slot.id),
            Screen::Group(screen) => PlacePart::Group(screen.place()),
            Screen::Card
            | Screen::Language
            | Screen::Privacy
            | Screen::Ways
            | Screen::Found
            | Screen::Waiting(_)
            | Screen::WhyNot(_)
            | Screen::Service
            | Screen::PhoneOffer
            | Screen::County(_)
            | Screen::Brands(_)
            | Screen::Held
            | Screen::Leftovers
            | Screen::Review
            | Screen::Intention { .. }
            | Screen::Question(_)
            | Screen::Notice(_)
            | Screen::Submitting(_)
            | Screen::Parting(_) => PlacePart::Whole,
        };
        Place { screen: discriminant(self), part }
    }

    /// Draws the body.
    pub fn view(&self, ui: &mut Ui<'_>, area: Rect, context: &Context<'_>) {
        match self {
            Screen::Card => card::view(ui, area, context),
            Screen::Language => language::view(ui, area, context),
            Screen::Privacy => privacy::view(ui, area),
            Screen::Ways => ways::view(ui, area, context),
            Screen::SystemCheck(check) => check.view(ui, area),
            Screen::Entry(entry) => entry.view(ui, area),
            Screen::Found => found::view(ui, area, context),
            Screen::Waiting(waiting) => waiting.view(ui, area, context),
            Screen::WhyNot(why_not) => why_not.view(ui, area, context),
            Screen::Service => service::view(ui, area, context),
            Screen::Offer(offer) => offer.view(ui, area, context),
            Screen::Group(screen) => screen.view(ui, area, context),
            Screen::PhoneOffer => phone_offer::view(ui, area, context),
            Screen::Phone(phone) => phone.view(ui, area),
            Screen::County(pick) => pick.view(ui, area, context),
            Screen::District(pick) => pick.view(ui, area, context),
            Screen::Site(pick) => pick.view(ui, area, context),
            Screen::Slot(pick) => slot::view(pick, ui, area, context),
            Screen::Brands(pick) => pick.view(ui, area),
            Screen::WishPlaces(pick) => pick.view(ui, area, context),
            Screen::WishTimes(pick) => pick.view(ui, area),
            Screen::Line { asked } => line::view(ui, area, context, *asked),
            Screen::Held => held::view(ui, area, context),
            Screen::Leftovers => leftovers::view(ui, area, context),
            Screen::Review => review::view(ui, area, context),
            Screen::Intention { existing } => intention::view(ui, area, context, *existing),
            Screen::Question(question) => question.view(ui, area, context),
            Screen::Notice(notice) => notice.view(ui, area),
            Screen::Submitting(submitting) => submitting.view(ui, area, context),
            Screen::Receipt(receipt) => receipt.view(ui, area, context),
            Screen::Parting(parting) => parting.view(ui, area, context),
        }
    }

    /// Draws the screen without header and footer, if it takes all of the area; false if not.
    /// `body` is what would be between them.
    pub fn view_alone(
        &self,
        ui: &mut Ui<'_>,
        (area, body): (Rect, Rect),
        context: &Context<'_>,
        time_left: Duration,
    ) -> bool {
        match self {
            Screen::Receipt(receipt) if receipt.qr => {
                receipt.view_code(ui, area, context, time_left);
                true
            }
            Screen::Parting(parting) if parting.takes_all(ui, body) => {
                parting.view(ui, area, context);
                true
            }
            Screen::Group(group::GroupScreen::Receipt(receipt)) if receipt.takes_all(ui, body) => {
                receipt.view(ui, area, context);
                true
            }
            _ => false,
        }
    }
}

//! What a trainee's presses and cards are called in exercises and traces.

use crate::devices::card_reader::ReaderEvent;
use crate::devices::staff_card::StaffCardEvent;
use crate::kiosk::model::action::{Action, GlobalAction, ScreenAction};
use crate::kiosk::model::counter::CounterAction;
use crate::kiosk::model::event::Event;
use crate::kiosk::model::site::SiteAction;
use crate::training::act::Act;

/// What the trainee does by an event; `None` if it is not the trainee's doing.
pub(super) fn of_event(event: &Event) -> Option<Act> {
    match event {
        Event::Act(action) => of_action(*action),
        Event::Reader(ReaderEvent::CardIn) => Some(Act::CardIn),
        Event::Reader(ReaderEvent::CardOut) => Some(Act::CardOut),
        Event::Reader(ReaderEvent::ReaderLost | ReaderEvent::ReaderFound) => None,
        Event::StaffCard(StaffCardEvent::CardIn(_)) => Some(Act::StaffCardIn),
        Event::StaffCard(StaffCardEvent::CardOut) => Some(Act::StaffCardOut),
        Event::StaffCard(
            StaffCardEvent::NoModule(_)
            | StaffCardEvent::NoReader
            | StaffCardEvent::NoCard
            | StaffCardEvent::NotStaffCard,
        ) => None,
        Event::Scanned(_) => Some(Act::Scan),
        Event::StaffSigned { .. }
        | Event::CardRead { .. }
        | Event::Reply { .. }
        | Event::PinChecked { .. }
        | Event::Printed { .. }
        | Event::Checked { .. }
        | Event::Journal(_)
        | Event::Text(_)
        | Event::AppCodes(_)
        | Event::World(_)
        | Event::Trainer(_)
        | Event::Tick => None,
    }
}

fn of_action(action: Action) -> Option<Act> {
    match action {
        Action::Global(action) => Some(of_global(action)),
        Action::Screen(action) => Some(of_screen(action)),
        Action::Counter(action) => Some(of_counter(action)),
        Action::Training(_) => None,
    }
}

fn of_global(action: GlobalAction) -> Act {
    match action {
        GlobalAction::Back => Act::Back,
        GlobalAction::Home => Act::Home,
        GlobalAction::Leave => Act::Leave,
        GlobalAction::Help | GlobalAction::HelpTopic(_) => Act::Help,
        GlobalAction::Bilingual => Act::Bilingual,
        GlobalAction::Clearer => Act::LargerType,
        GlobalAction::TurnPage => Act::Turn,
        GlobalAction::Languages | GlobalAction::Speak(_) => Act::Speak,
        GlobalAction::StillHere | GlobalAction::MoreTime | GlobalAction::EnoughTime => Act::Stay,
        GlobalAction::Corner => Act::Corner,
    }
}

fn of_screen(action: ScreenAction) -> Act {
    use ScreenAction as It;
    match action {
        It::Start => Act::Start,
        It::Confirm | It::Done | It::BookOffered(_) => Act::Agree,
        It::Decline | It::OnlyMe | It::LeaveOut => Act::Decline,
        It::Key(_) | It::Letter(_) | It::Shift | It::Erase | It::ClearAll => Act::Type,
        It::OtherWays | It::SignInBy(_) | It::HaveCode => Act::OtherWay,
        It::Again | It::RetryNow => Act::Retry,
        It::Print => Act::Print,
        It::ShowQr => Act::ShowCode,
        It::ServiceHelp => Act::Help,
        It::More
        | It::Sort
        | It::OnlyVaccine
        | It::DayBeside(_)
        | It::Calendar
        | It::Turn(_)
        | It::ShowOffered(_) => Act::Turn,
        It::Pick(_)
        | It::Retype(_)
        | It::NewCaptcha
        | It::CaptchaSize
        | It::ToServices
        | It::Serve(_)
        | It::ShowBooking
        | It::RegisteredPhone
        | It::OtherPhone
        | It::RegisteredDistrict
        | It::NearestDistrict
        | It::Day(_)
        | It::FirstFree(_)
        | It::Slot(_)
        | It::OtherSite
        | It::OtherTime
        | It::WithOthers
        | It::Member(_)
        | It::SamePhone
        | It::HoursFrom(_)
        | It::Change(_)
        | It::Reschedule
        | It::CancelBooking
        | It::ChangeIntention
        | It::WithdrawIntention
        | It::AskToWait
        | It::ShowLine
        | It::ShowHeld
        | It::InPart(_)
        | It::AnyDay
        | It::OneSite
        | It::OtherCounty
        | It::ChangeWish
        | It::LeaveLine
        | It::Leftovers
        | It::LeaveLeftovers => Act::Choose,
    }
}

fn of_counter(action: CounterAction) -> Act {
    match action {
        CounterAction::Tab(_) | CounterAction::WaitingList | CounterAction::OfferCode => {
            Act::OpenPage
        }
        CounterAction::Type(_) | CounterAction::Erase | CounterAction::Clear => Act::Type,
        CounterAction::Next
        | CounterAction::Previous
        | CounterAction::Up
        | CounterAction::Down
        | CounterAction::PageUp
        | CounterAction::PageDown
        | CounterAction::Focus(_)
        | CounterAction::CitizenSide => Act::Turn,
        CounterAction::Enter => Act::Agree,
        CounterAction::Escape => Act::Decline,
        CounterAction::Choose(_) | CounterAction::GiveUp | CounterAction::Submit => Act::Choose,
        CounterAction::Print => Act::Print,
        CounterAction::NextPerson => Act::NextPerson,
        CounterAction::Lock => Act::Lock,
        CounterAction::LogOut => Act::LogOut,
        CounterAction::Site(action) => of_site(action),
    }
}

pub(super) fn of_site(action: SiteAction) -> Act {
    match action {
        SiteAction::Page(_) => Act::OpenPage,
        SiteAction::CheckIn => Act::CheckIn,
        SiteAction::Vaccinated => Act::Vaccinate,
        SiteAction::Next => Act::NextPerson,
        SiteAction::Choice(_)
        | SiteAction::Left
        | SiteAction::TakeBack
        | SiteAction::Seen
        | SiteAction::MoreDoses => Act::Choose,
    }
}

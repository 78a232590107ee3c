//! Which screen has which name in exercises and traces.

use crate::domain::attendance::Verdict;
use crate::domain::language::Language;
use crate::domain::taipei;
use crate::kiosk::journey::{Journey, Phase};
use crate::kiosk::model::check_in::Answer;
use crate::kiosk::model::counter::Tab;
use crate::kiosk::model::site::SitePage;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::counter::serving::{Serving, Step};
use crate::kiosk::screens::counter::site::SiteDesk;
use crate::kiosk::screens::counter::{Counter, CounterScreen, Desk, Working};
use crate::kiosk::screens::group::GroupScreen;
use crate::kiosk::screens::overlay::Overlay;
use crate::training::screen_name::ScreenName;
use jiff::civil::DateTime;

impl Journey {
    /// The name of what is on the screen, beneath the pages of the training and the trainer's
    /// drawer.
    pub fn screen_name(&self) -> ScreenName {
        if let Some(name) = self.overlay.as_ref().and_then(of_overlay) {
            return name;
        }
        match &self.phase {
            Phase::AtRest => ScreenName::AtRest,
            Phase::Farewell(_) => ScreenName::Farewell,
            Phase::Visiting { screen, .. } => of_screen(screen),
            Phase::Counter(counter) => of_counter(counter, taipei::civil(self.machine.now.wall)),
        }
    }

    /// The ways in which the screen is shown that count as screens of their own.
    pub(super) fn views(&self) -> [(ScreenName, bool); 2] {
        [
            (ScreenName::Bilingual, self.bilingual()),
            (ScreenName::LargerType, self.machine.clearer.is_on()),
        ]
    }

    /// The language of whoever is served; where nobody is, the one on the screen.
    pub(super) fn persons_language(&self) -> Language {
        match &self.phase {
            Phase::Visiting { visit, .. } => visit.language,
            Phase::Farewell(farewell) => farewell.language,
            Phase::AtRest => self.machine.profile.first_language(),
            Phase::Counter(counter) => {
                let serving = counter.working().and_then(|working| working.desk.serving());
                serving.map_or(counter.language, |serving| serving.visit.language)
            }
        }
    }
}

fn of_overlay(overlay: &Overlay) -> Option<ScreenName> {
    match overlay {
        Overlay::Languages => Some(ScreenName::Languages),
        Overlay::Help { .. } => Some(ScreenName::Help),
        Overlay::StillThere => Some(ScreenName::StillThere),
        Overlay::MoreTime(_) => Some(ScreenName::MoreTime),
        Overlay::LeaveUnsure => Some(ScreenName::LeaveUnsure),
        Overlay::Scanned(_) => Some(ScreenName::Scanned),
        Overlay::Operator(_) => Some(ScreenName::Operator),
        Overlay::Drawer(_) | Overlay::Phone | Overlay::People => None,
    }
}

fn of_screen(screen: &Screen) -> ScreenName {
    match screen {
        Screen::Card => ScreenName::Card,
        Screen::Language => ScreenName::Language,
        Screen::Privacy => ScreenName::Privacy,
        Screen::Ways => ScreenName::Ways,
        Screen::SystemCheck(_) => ScreenName::SystemCheck,
        Screen::Entry(_) => ScreenName::Entry,
        Screen::Found => ScreenName::Found,
        Screen::Waiting(_) => ScreenName::Waiting,
        Screen::WhyNot(_) => ScreenName::WhyNot,
        Screen::Service => ScreenName::Service,
        Screen::Offer(_) => ScreenName::Offer,
        Screen::Group(screen) => of_group(screen),
        Screen::PhoneOffer => ScreenName::PhoneOffer,
        Screen::Phone(_) => ScreenName::Phone,
        Screen::County(_) => ScreenName::County,
        Screen::District(_) => ScreenName::District,
        Screen::Site(_) => ScreenName::Site,
        Screen::Slot(_) => ScreenName::Slot,
        Screen::Brands(_) => ScreenName::Brands,
        Screen::WishPlaces(_) => ScreenName::WishPlaces,
        Screen::WishTimes(_) => ScreenName::WishTimes,
        Screen::Review => ScreenName::Review,
        Screen::Intention { .. } => ScreenName::Intention,
        Screen::Line { .. } => ScreenName::Line,
        Screen::Held => ScreenName::Held,
        Screen::Leftovers => ScreenName::Leftovers,
        Screen::Question(_) => ScreenName::Question,
        Screen::Notice(_) => ScreenName::Notice,
        Screen::Submitting(_) => ScreenName::Submitting,
        Screen::Receipt(receipt) if receipt.qr => ScreenName::ReceiptCode,
        Screen::Receipt(_) => ScreenName::Receipt,
        Screen::Parting(_) => ScreenName::Parting,
    }
}

fn of_group(screen: &GroupScreen) -> ScreenName {
    match screen {
        GroupScreen::Gathering
        | GroupScreen::Joining
        | GroupScreen::Phone
        | GroupScreen::Hours(_)
        | GroupScreen::OwnCard(_)
        | GroupScreen::Member(_) => ScreenName::Together,
        GroupScreen::NotAdded(_) => ScreenName::NotAdded,
        GroupScreen::Review => ScreenName::TogetherReview,
        GroupScreen::Receipt(_) => ScreenName::TogetherReceipt,
    }
}

fn of_counter(counter: &Counter, now: DateTime) -> ScreenName {
    match &counter.screen {
        CounterScreen::LoggedOut(_) => ScreenName::CounterLogIn,
        CounterScreen::Locked { .. } => ScreenName::CounterLocked,
        CounterScreen::Working(working) => of_working(working, now),
    }
}

fn of_working(working: &Working, now: DateTime) -> ScreenName {
    if working.citizen_side {
        return ScreenName::CounterCitizenSide;
    }
    match (&working.desk, working.tab) {
        (Desk::Site(desk), _) => of_desk(desk, now),
        (_, Tab::Today) => ScreenName::CounterToday,
        (_, Tab::Manage) => ScreenName::CounterManage,
        (Desk::Free(_), Tab::Book | Tab::Change | Tab::Register) => ScreenName::CounterFree,
        (Desk::Serving(serving), tab @ (Tab::Book | Tab::Change | Tab::Register)) => {
            of_serving(serving, tab)
        }
    }
}

fn of_serving(serving: &Serving, tab: Tab) -> ScreenName {
    match serving.step {
        Step::Faulty(_) | Step::Failed(_) => ScreenName::CounterTrouble,
        Step::Reading | Step::Asking { .. } => ScreenName::Waiting,
        Step::Sending { .. } => ScreenName::CounterSending,
        Step::Done(_) => ScreenName::CounterDone,
        Step::Open if serving.is_on_line() => ScreenName::CounterLine,
        Step::Open => match tab {
            Tab::Change => ScreenName::CounterChange,
            Tab::Register => ScreenName::CounterRegister,
            Tab::Book | Tab::Today | Tab::Manage => ScreenName::CounterBook,
        },
    }
}

fn of_desk(desk: &SiteDesk, now: DateTime) -> ScreenName {
    match desk.page {
        SitePage::Desk => {}
        SitePage::List | SitePage::Lot | SitePage::Conflicts | SitePage::Figures => {
            return ScreenName::SiteHours;
        }
        SitePage::Leftover => return ScreenName::SiteLeftovers,
    }
    match desk.finding(now).map(|finding| finding.answer) {
        None => ScreenName::SiteDesk,
        Some(Answer::Listed(verdict) | Answer::Receipt(verdict)) if verdict.may_check_in() => {
            ScreenName::SitePerson
        }
        // Who is in already is somebody who may be vaccinated.
        Some(Answer::Listed(Verdict::AlreadyIn { .. })) => ScreenName::SitePerson,
        Some(
            Answer::Listed(_)
            | Answer::Receipt(_)
            | Answer::OtherRound(_)
            | Answer::NotListed
            | Answer::Wrong(_)
            | Answer::NoKey
            | Answer::NotANumber
            | Answer::CardFaulty(_),
        ) => ScreenName::SiteRefusal,
    }
}

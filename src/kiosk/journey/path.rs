//! Which step of an errand follows which, written once: forward, back and the progress bar all read
//! it. What a step shows is in `steps`.

use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::errand::{Errand, Route};
use crate::kiosk::model::visit::Visit;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::chrome::Progress;
use crate::kiosk::screens::group::GroupScreen;
use crate::kiosk::screens::waiting::PendingCall;

/// A step of an errand. It can have several screens, such as county and district.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Privacy,
    Service,
    Offer,
    /// Who comes along.
    Together,
    Phone,
    Area,
    Site,
    Slot,
    Brands,
    /// Where and when somebody would go who waits.
    WishPlaces,
    WishTimes,
    /// A seat that is held.
    Held,
    Review,
}

const BOOKING: &[Step] =
    &[Step::Privacy, Step::Service, Step::Phone, Step::Area, Step::Site, Step::Slot, Step::Review];
const REGISTERING: &[Step] =
    &[Step::Privacy, Step::Service, Step::Phone, Step::Area, Step::Brands, Step::Review];
/// The offer is booked as it is; a keypad for another phone number belongs to it.
const OFFERED: &[Step] = &[Step::Privacy, Step::Offer, Step::Review];
const OTHER_TIME: &[Step] = &[Step::Privacy, Step::Offer, Step::Slot, Step::Review];
const OTHER_PLACE: &[Step] =
    &[Step::Privacy, Step::Offer, Step::Area, Step::Site, Step::Slot, Step::Review];
const TOGETHER: &[Step] = &[Step::Privacy, Step::Together, Step::Slot, Step::Review];
const TOGETHER_ELSEWHERE: &[Step] =
    &[Step::Privacy, Step::Together, Step::Area, Step::Site, Step::Slot, Step::Review];
/// What is held is booked as it is.
const HELD: &[Step] = &[Step::Privacy, Step::Held, Step::Review];
const WAITING: &[Step] = &[
    Step::Privacy,
    Step::Service,
    Step::Phone,
    Step::WishPlaces,
    Step::WishTimes,
    Step::Brands,
    Step::Review,
];
const LEFTOVERS: &[Step] =
    &[Step::Privacy, Step::Service, Step::Phone, Step::Area, Step::Site, Step::Review];
/// It begins at the times of the booking's own site; another site is one step back.
const RESCHEDULING: &[Step] = &[Step::Area, Step::Site, Step::Slot, Step::Review];

/// The steps of an errand. Whoever has not begun one is taken to be booking.
fn steps(errand: Option<&Errand>) -> &'static [Step] {
    match errand {
        None => BOOKING,
        Some(Errand::Booking(draft)) => match draft.route {
            Route::Questions => BOOKING,
            Route::Offer => OFFERED,
            Route::OtherTime => OTHER_TIME,
            Route::OtherPlace => OTHER_PLACE,
            Route::Together => TOGETHER,
            Route::TogetherElsewhere => TOGETHER_ELSEWHERE,
            Route::Held => HELD,
        },
        Some(Errand::Waiting(_)) => WAITING,
        Some(Errand::Leftovers(_)) => LEFTOVERS,
        Some(Errand::Registering(_)) => REGISTERING,
        Some(Errand::Rescheduling(_)) => RESCHEDULING,
    }
}

pub(super) fn after(errand: Option<&Errand>, step: Step) -> Option<Step> {
    steps(errand).iter().copied().skip_while(|at| *at != step).nth(1)
}

pub(super) fn before(errand: Option<&Errand>, step: Step) -> Option<Step> {
    steps(errand).iter().copied().take_while(|at| *at != step).last()
}

/// The step that a screen belongs to; `None` outside of an errand.
fn step_of(screen: &Screen, seated: bool) -> Option<Step> {
    match screen {
        Screen::Privacy => Some(Step::Privacy),
        Screen::Service => Some(Step::Service),
        Screen::Offer(_) => Some(Step::Offer),
        Screen::Group(screen) => group_step(screen, seated),
        Screen::PhoneOffer | Screen::Phone(_) => Some(Step::Phone),
        Screen::County(_) | Screen::District(_) => Some(Step::Area),
        Screen::Site(_) => Some(Step::Site),
        Screen::Slot(_) => Some(Step::Slot),
        Screen::Brands(_) => Some(Step::Brands),
        Screen::WishPlaces(_) => Some(Step::WishPlaces),
        Screen::WishTimes(_) => Some(Step::WishTimes),
        Screen::Held => Some(Step::Held),
        Screen::Review | Screen::Submitting(_) => Some(Step::Review),
        Screen::Waiting(waiting) => Some(match waiting.pending {
            PendingCall::Captcha { .. } | PendingCall::Found => Step::Privacy,
            PendingCall::Standing
            | PendingCall::StandingAfterRefusal
            | PendingCall::StandingAgain
            | PendingCall::OwnLine => Step::Service,
            PendingCall::Joining => Step::Together,
            PendingCall::WishSites(_) | PendingCall::WishSlots(_) => Step::WishTimes,
            PendingCall::Offer(_) => Step::Offer,
            PendingCall::Seats => Step::Area,
            PendingCall::Sites(_) => Step::Site,
            PendingCall::Slots { .. } => Step::Slot,
        }),
        Screen::Card
        | Screen::Language
        | Screen::Ways
        | Screen::SystemCheck(_)
        | Screen::Entry(_)
        | Screen::Found
        | Screen::WhyNot(_)
        | Screen::Intention { .. }
        | Screen::Line { .. }
        | Screen::Leftovers
        | Screen::Question(_)
        | Screen::Notice(_)
        | Screen::Receipt(_)
        | Screen::Parting(_) => None,
    }
}

/// The step of a screen of those who book together. `seated`: their hours are chosen.
fn group_step(screen: &GroupScreen, seated: bool) -> Option<Step> {
    match screen {
        GroupScreen::Gathering
        | GroupScreen::Joining
        | GroupScreen::OwnCard(_)
        | GroupScreen::NotAdded(_) => Some(Step::Together),
        // They are asked of somebody at both steps.
        GroupScreen::Phone | GroupScreen::Member(_) if seated => Some(Step::Review),
        GroupScreen::Phone | GroupScreen::Member(_) => Some(Step::Together),
        GroupScreen::Hours(_) => Some(Step::Slot),
        GroupScreen::Review => Some(Step::Review),
        GroupScreen::Receipt(_) => None,
    }
}

/// What the progress bar calls a step.
fn name(step: Step) -> &'static dyn Message {
    match step {
        Step::Privacy => &say::StepPrivacy,
        Step::Service => &say::StepService,
        Step::Offer => &say::StepOffer,
        Step::Together => &say::StepTogether,
        Step::Phone => &say::StepPhone,
        Step::Area => &say::StepArea,
        Step::Site => &say::StepSite,
        Step::Slot => &say::StepSlot,
        Step::Brands => &say::StepBrands,
        Step::WishPlaces => &say::StepWishPlaces,
        Step::WishTimes => &say::StepWishTimes,
        Step::Held => &say::StepHeld,
        Step::Review => &say::StepReview,
    }
}

/// How far the visit's errand is; `None` outside of one.
pub fn of_visit(visit: &Visit, screen: &Screen) -> Option<Progress> {
    let seated = visit.group.as_ref().is_some_and(|group| !group.hours.is_empty());
    progress(screen, visit.errand.as_ref(), seated)
}

/// How far an errand is. `seated`: several people have chosen their hours.
fn progress(screen: &Screen, errand: Option<&Errand>, seated: bool) -> Option<Progress> {
    let steps = steps(errand);
    let count = steps.len() as u16;
    match (screen, errand) {
        (Screen::Receipt(receipt), Some(_)) if !receipt.existing => {
            return Some(Progress { done: count, steps: count, name: &say::StepBooked });
        }
        (Screen::Intention { existing: false }, _) => {
            return Some(Progress { done: count, steps: count, name: &say::StepRegistered });
        }
        (Screen::Line { asked: true }, Some(_)) => {
            return Some(Progress { done: count, steps: count, name: &say::StepWaiting });
        }
        (Screen::Parting(_) | Screen::Group(GroupScreen::Receipt(_)), _) => {
            return Some(Progress { done: count, steps: count, name: &say::StepBooked });
        }
        _ => {}
    }
    let step = step_of(screen, seated)?;
    let place = |step| steps.iter().position(|other| *other == step);
    let at = place(step).or_else(|| place(step_beside(errand)))?;
    Some(Progress { done: at as u16, steps: count, name: name(step) })
}

/// The step to which screens belong that the errand has no step of its own for: another phone
/// number for what is offered or held, another county or one site for a wish.
fn step_beside(errand: Option<&Errand>) -> Step {
    match errand {
        Some(Errand::Waiting(_)) => Step::WishPlaces,
        Some(errand) => match errand.route() {
            Route::Held => Step::Held,
            Route::Together | Route::TogetherElsewhere => Step::Together,
            Route::Questions | Route::Offer | Route::OtherTime | Route::OtherPlace => Step::Offer,
        },
        None => Step::Offer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kiosk::model::errand::{LeftoverDraft, WaitingDraft};
    use crate::kiosk::model::retry::Retry;
    use crate::kiosk::screens::waiting::{OfferAfter, Waiting};

    #[test]
    fn back_is_the_way_forward_read_backwards() {
        let routes = [
            Route::Offer,
            Route::OtherTime,
            Route::OtherPlace,
            Route::Together,
            Route::TogetherElsewhere,
            Route::Held,
        ];
        let offered = routes.map(|route| Some(Errand::offered(None, route)));
        let waiting = Errand::Waiting(WaitingDraft::default());
        let leftovers = Errand::Leftovers(LeftoverDraft::default());
        let others = [
            None,
            Some(Errand::booking()),
            Some(Errand::registering()),
            Some(waiting),
            Some(leftovers),
        ];
        for errand in others.into_iter().chain(offered) {
            let errand = errand.as_ref();
            let path = steps(errand);
            assert_eq!((before(errand, path[0]), path.last()), (None, Some(&Step::Review)));
            for pair in path.windows(2) {
                assert_eq!(after(errand, pair[0]), Some(pair[1]));
                assert_eq!(before(errand, pair[1]), Some(pair[0]));
            }
        }
    }

    #[test]
    fn progress_counts_the_steps_of_the_errand() {
        let registering = Errand::registering();
        let named = |progress: Progress| (progress.done, progress.steps, progress.name.key());
        let counted = |screen, errand| progress(&screen, errand, false).map(named);
        assert_eq!(counted(Screen::Review, None), Some((6, 7, "step-review")));
        assert_eq!(counted(Screen::Review, Some(&registering)), Some((5, 6, "step-review")));
        assert_eq!(counted(Screen::Service, Some(&registering)), Some((1, 6, "step-service")));
        let registered = Screen::Intention { existing: false };
        assert_eq!(counted(registered, Some(&registering)), Some((6, 6, "step-registered")));
        assert_eq!(counted(Screen::Language, None), None);
        let offered = Errand::offered(None, Route::Offer);
        let waiting =
            Waiting { pending: PendingCall::Offer(OfferAfter::Notice), retry: Retry::first() };
        let at_offer = counted(Screen::Waiting(waiting), Some(&offered));
        assert_eq!(at_offer, Some((1, 3, "step-offer")));
        assert_eq!(counted(Screen::PhoneOffer, Some(&offered)), Some((1, 3, "step-phone")));
        assert_eq!(counted(Screen::Review, Some(&offered)), Some((2, 3, "step-review")));
        let together = Errand::offered(None, Route::Together);
        let at_member = |seated| {
            let member = Screen::Group(GroupScreen::Member(1));
            progress(&member, Some(&together), seated).map(named)
        };
        assert_eq!(at_member(false), Some((1, 4, "step-together")));
        assert_eq!(at_member(true), Some((3, 4, "step-review")));
    }
}

//! Which step of an errand follows which, written once: forward, back and "step 3 of 7" all read
//! it. What a step shows is in `steps`.

use crate::kiosk::model::errand::Errand;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::waiting::PendingCall;

/// A step of an errand. It can have several screens, such as county and district.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Privacy,
    Service,
    Phone,
    Area,
    Site,
    Slot,
    Brands,
    Review,
}

const BOOKING: &[Step] =
    &[Step::Privacy, Step::Service, Step::Phone, Step::Area, Step::Site, Step::Slot, Step::Review];
const REGISTERING: &[Step] =
    &[Step::Privacy, Step::Service, Step::Phone, Step::Area, Step::Brands, Step::Review];
/// It begins at the times of the booking's own site; another site is one step back.
const RESCHEDULING: &[Step] = &[Step::Area, Step::Site, Step::Slot, Step::Review];

/// The steps of an errand. Whoever has not begun one is taken to be booking.
fn steps(errand: Option<&Errand>) -> &'static [Step] {
    match errand {
        None | Some(Errand::Booking(_)) => BOOKING,
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
fn step_of(screen: &Screen) -> Option<Step> {
    match screen {
        Screen::Privacy => Some(Step::Privacy),
        Screen::Service => Some(Step::Service),
        Screen::PhoneOffer | Screen::Phone(_) => Some(Step::Phone),
        Screen::County(_) | Screen::District(_) => Some(Step::Area),
        Screen::Site(_) => Some(Step::Site),
        Screen::Slot(_) => Some(Step::Slot),
        Screen::Brands(_) => Some(Step::Brands),
        Screen::Review | Screen::Submitting(_) => Some(Step::Review),
        Screen::Waiting(waiting) => Some(match waiting.pending {
            PendingCall::Captcha { .. } | PendingCall::Found => Step::Privacy,
            PendingCall::Standing
            | PendingCall::StandingAfterRefusal
            | PendingCall::StandingAgain => Step::Service,
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
        | Screen::Question(_)
        | Screen::Notice(_)
        | Screen::Receipt(_) => None,
    }
}

/// Which step this is, from 1, and of how many. `None` outside of an errand, and while a booking is
/// moved, whose steps are too few to be counted.
pub fn progress(screen: &Screen, errand: Option<&Errand>) -> Option<(u32, u32)> {
    if matches!(errand, Some(Errand::Rescheduling(_))) {
        return None;
    }
    let (steps, step) = (steps(errand), step_of(screen)?);
    let at = steps.iter().position(|other| *other == step)?;
    Some((at as u32 + 1, steps.len() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_is_the_way_forward_read_backwards() {
        for errand in [None, Some(Errand::booking()), Some(Errand::registering())] {
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
        assert_eq!(progress(&Screen::Review, None), Some((7, 7)));
        assert_eq!(progress(&Screen::Review, Some(&registering)), Some((6, 6)));
        assert_eq!(progress(&Screen::Service, Some(&registering)), Some((2, 6)));
        assert_eq!(progress(&Screen::Language, None), None);
    }
}

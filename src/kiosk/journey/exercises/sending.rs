//! What a call to the service sends for good, such as a booking, beside those that only ask.

use crate::client::calls::Call;
use crate::domain::site::SlotId;
use crate::kiosk::model::effect::Effect;
use crate::training::trace::Sending;

/// Something that is sent for good.
pub(super) struct SentForGood<'a> {
    /// Of the ticket by which its answer is known.
    pub serial: u64,
    pub what: Sending,
    /// The key by which the service knows it again; `None` where it needs none.
    pub key: Option<&'a str>,
    /// The slot that is asked for; of several people, the first one's.
    pub slot: Option<SlotId>,
}

/// `None` of an effect that sends nothing for good.
pub(super) fn sent_for_good(effect: &Effect) -> Option<SentForGood<'_>> {
    let Effect::Call { ticket, call } = effect else { return None };
    let (what, key, slot) = of_call(call)?;
    Some(SentForGood { serial: ticket.serial, what, key, slot })
}

type OfCall<'a> = (Sending, Option<&'a str>, Option<SlotId>);

fn of_call(call: &Call) -> Option<OfCall<'_>> {
    let (what, slot) = match call {
        Call::AsStaff { call, .. } => return of_call(call),
        Call::Book { key, ask, .. } => return Some((Sending::Booking, Some(key), Some(ask.slot))),
        Call::BookTogether { key, ask } => {
            let first = ask.people.first().map(|person| person.slot);
            return Some((Sending::Booking, Some(key), first));
        }
        Call::TakeOffer { key, .. } => return Some((Sending::Booking, Some(key), None)),
        Call::SayDosesLeft { key, .. } => return Some((Sending::Leftovers, Some(key), None)),
        Call::Reschedule { ask, .. } => (Sending::Move, Some(ask.slot)),
        Call::Cancel { .. } => (Sending::Cancellation, None),
        Call::Register { .. } => (Sending::Registration, None),
        Call::Withdraw { .. } => (Sending::Withdrawal, None),
        Call::AskToWait { .. } => (Sending::Line, None),
        Call::LeaveLine { .. } => (Sending::LeavingLine, None),
        Call::AskForLeftover { .. }
        | Call::LeaveLeftovers { .. }
        | Call::CameForLeftover { .. } => (Sending::Leftovers, None),
        Call::EnterAttendance { .. } => (Sending::CheckIn, None),
        Call::Round
        | Call::OpenSession(_)
        | Call::Standing { .. }
        | Call::CloseSession { .. }
        | Call::Seats
        | Call::Sites(_)
        | Call::Slots(_)
        | Call::EarliestSlots { .. }
        | Call::Waiting { .. }
        | Call::Leftovers { .. }
        | Call::Captcha { .. }
        | Call::Query(_)
        | Call::AttendanceDay { .. }
        | Call::AttendanceFigures { .. }
        | Call::InstitutionFigures { .. }
        | Call::StaffChallenge
        | Call::TellCardRefusal(_)
        | Call::OpenStaffSession(_)
        | Call::CloseStaffSession { .. }
        | Call::StaffUsers { .. }
        | Call::AddStaff { .. }
        | Call::ChangeStaff { .. } => return None,
    };
    Some((what, None, slot))
}

//! A step of the replay in words: on which screen, and what happened there.

use super::screen_words::screen;
use crate::domain::language::Language;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::texts::Texts;
use crate::training::act::Act;
use crate::training::debrief::ReplayStep;
use crate::training::fault::FaultKind;
use crate::training::trace::{Happened, Sending};

pub fn sentence(texts: &Texts, language: Language, step: &ReplayStep) -> String {
    let what = happened(texts, language, step.step.what);
    let what = match step.times {
        0 | 1 => what,
        times => texts.say(language, &say::ReplayTimes { what: what.into(), times: times.into() }),
    };
    texts.labelled(language, screen(step.step.screen), &what)
}

fn happened(texts: &Texts, language: Language, what: Happened) -> String {
    let say = |message: &dyn Message| texts.say(language, message);
    let named = |what: Sending| say(sending(what)).into();
    match what {
        Happened::Screen => say(&say::StepCame),
        Happened::Did(done) => say(act(done)),
        Happened::Sent { what, again: false } => say(&say::StepSent { what: named(what) }),
        Happened::Sent { what, again: true } => say(&say::StepSentAgain { what: named(what) }),
        Happened::SentAnew(what) => say(&say::StepSentAnew { what: named(what) }),
        Happened::Answered { what, done: true } => say(&say::StepDone { what: named(what) }),
        Happened::Answered { what, done: false } => say(&say::StepRefused { what: named(what) }),
        Happened::NoAnswer(what) => say(&say::StepNoAnswer { what: named(what) }),
        Happened::Printed { well: true } => say(&say::StepPrinted),
        Happened::Printed { well: false } => say(&say::StepNotPrinted),
        Happened::Fault(kind) => say(&say::StepFault { fault: say(fault(kind)).into() }),
        Happened::FaultOver(kind) => say(&say::StepFaultOver { fault: say(fault(kind)).into() }),
        Happened::Hint(nth) => say(&say::StepHint { nth: nth.into() }),
        Happened::LogIn { well: true } => say(&say::StepLoggedIn),
        Happened::LogIn { well: false } => say(&say::StepWrongPin),
        Happened::Consent => say(&say::StepConsent),
        Happened::LeftUnsure => say(&say::FactLeftUnsure),
    }
}

/// What goes wrong, as somebody who stands there would say it.
pub fn fault(kind: FaultKind) -> &'static dyn Message {
    match kind {
        FaultKind::SlowLine(_) => &say::FaultSlowLine,
        FaultKind::CutLine => &say::FaultCutLine,
        FaultKind::PrinterJam => &say::FaultPrinterJam,
        FaultKind::PrinterOut => &say::FaultPrinterOut,
        FaultKind::ReaderGone => &say::FaultReaderGone,
        FaultKind::SlotFilled => &say::FaultSlotFilled,
        FaultKind::AnotherCard(_) => &say::FaultAnotherCard,
        FaultKind::WrongPin => &say::FaultWrongPin,
        FaultKind::OpeningMinute => &say::FaultOpeningMinute,
        FaultKind::PowerCut => &say::FaultPowerCut,
    }
}

fn sending(what: Sending) -> &'static dyn Message {
    match what {
        Sending::Booking => &say::SendingBooking,
        Sending::Move => &say::SendingMove,
        Sending::Cancellation => &say::SendingCancellation,
        Sending::Registration => &say::SendingRegistration,
        Sending::Withdrawal => &say::SendingWithdrawal,
        Sending::Line => &say::SendingLine,
        Sending::LeavingLine => &say::SendingLeavingLine,
        Sending::Leftovers => &say::SendingLeftovers,
        Sending::CheckIn => &say::SendingCheckIn,
    }
}

fn act(done: Act) -> &'static dyn Message {
    match done {
        Act::CardIn => &say::ActCardIn,
        Act::CardOut => &say::ActCardOut,
        Act::StaffCardIn => &say::ActStaffCardIn,
        Act::StaffCardOut => &say::ActStaffCardOut,
        Act::Start => &say::ActStart,
        Act::Choose => &say::ActChoose,
        Act::Type => &say::ActType,
        Act::Agree => &say::ActAgree,
        Act::Decline => &say::ActDecline,
        Act::Confirm => &say::ActConfirm,
        Act::Print => &say::ActPrint,
        Act::ShowCode => &say::ActShowCode,
        Act::Retry => &say::ActRetry,
        Act::Back => &say::Back,
        Act::Home => &say::Home,
        Act::Leave | Act::LogOut => &say::Leave,
        Act::Help => &say::HelpTitle,
        Act::Bilingual => &say::Bilingual,
        Act::LargerType => &say::ActLargerType,
        Act::Speak => &say::ActSpeak,
        Act::Turn => &say::ActTurn,
        Act::Stay => &say::ActStay,
        Act::OtherWay => &say::ActOtherWay,
        Act::OpenPage => &say::ActOpenPage,
        Act::Lock => &say::ActLock,
        Act::NextPerson => &say::ActNextPerson,
        Act::Scan => &say::ActScan,
        Act::CheckIn => &say::ActCheckIn,
        Act::Vaccinate => &say::ActVaccinate,
        Act::Corner => &say::ScreenOperator,
    }
}

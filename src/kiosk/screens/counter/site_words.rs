//! What the desk says in words: the headline of an answer, and the sentence that says why and what
//! to do.

use crate::api::attendance::{AttendanceStep, EntryOutcome};
use crate::devices::journal::JournalFault;
use crate::domain::attendance::{Attendance, Verdict};
use crate::domain::site::SiteId;
use crate::domain::taipei;
use crate::i18n::dates::clock;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::i18n::names::round_number;
use crate::kiosk::model::check_in::{Answer, Finding};
use crate::kiosk::model::site::came_at;
use crate::kiosk::widgets::ui::Ui;
use crate::receipt::signing::ReceiptError;
use jiff::Timestamp;
use jiff::civil::DateTime;

/// The headline of an answer.
pub fn headline(answer: &Answer) -> &'static dyn Message {
    match answer {
        Answer::Listed(verdict) | Answer::Receipt(verdict) => match verdict {
            Verdict::MayCheckIn => &say::DeskMay,
            Verdict::Early { .. } => &say::DeskEarly,
            Verdict::Late { .. } => &say::DeskLate,
            Verdict::AnotherDay { .. } => &say::DeskAnotherDay,
            Verdict::AnotherSite => &say::DeskAnotherSite,
            Verdict::Moved => &say::DeskMoved,
            Verdict::Cancelled => &say::DeskCancelled,
            Verdict::AlreadyIn { attendance } => already(attendance),
            Verdict::Absent => &say::DeskAbsent,
        },
        Answer::OtherRound(_) => &say::DeskOtherRound,
        Answer::NotListed => &say::DeskNotListed,
        Answer::Wrong(ReceiptError::WrongSignature) => &say::DeskForged,
        Answer::Wrong(ReceiptError::Damaged | ReceiptError::WrongClaims) => &say::DeskDamaged,
        Answer::Wrong(ReceiptError::NotAReceipt) => &say::DeskNotAReceipt,
        Answer::NoKey => &say::DeskNoKey,
        Answer::NotANumber => &say::DeskNotANumber,
        Answer::CardFaulty(_) => &say::CardUnreadableTitle,
    }
}

fn already(attendance: &Attendance) -> &'static dyn Message {
    match attendance {
        Attendance::Vaccinated { .. } => &say::DeskAlreadyVaccinated,
        Attendance::Left { .. } => &say::DeskAlreadyLeft,
        Attendance::CheckedIn { .. }
        | Attendance::Expected
        | Attendance::Absent
        | Attendance::Moved
        | Attendance::Cancelled => &say::DeskAlreadyIn,
    }
}

/// Why, and what to do.
pub fn sentence(ui: &Ui<'_>, finding: &Finding, site_name: impl Fn(SiteId) -> String) -> String {
    let said = |message: &dyn Message| ui.say_alone(message).main;
    match &finding.answer {
        Answer::Listed(verdict) | Answer::Receipt(verdict) => match verdict {
            Verdict::MayCheckIn => said(&say::DeskMayDo),
            Verdict::Early { starts } => said(&say::DeskEarlyDo { clock: clock(*starts).into() }),
            Verdict::Late { ended } => said(&say::DeskLateDo { clock: clock(*ended).into() }),
            Verdict::AnotherDay { starts } => {
                said(&say::DeskAnotherDayDo { when: when(ui, *starts).into() })
            }
            Verdict::AnotherSite => {
                let site = finding.claims.map(|claims| site_name(claims.site));
                said(&say::DeskAnotherSiteDo { site: site.unwrap_or_default().into() })
            }
            Verdict::Moved => said(&say::DeskMovedDo),
            Verdict::Cancelled => said(&say::DeskCancelledDo),
            Verdict::AlreadyIn { attendance } => match came_at(attendance) {
                Some((at, desk)) => entered_at(ui, at, desk),
                None => String::new(),
            },
            Verdict::Absent => said(&say::DeskAbsentDo),
        },
        Answer::OtherRound(round) => {
            let round = round_number(ui.language, *round).into();
            said(&say::DeskOtherRoundDo { round })
        }
        Answer::NotListed => said(&say::DeskNotListedDo),
        Answer::Wrong(ReceiptError::WrongSignature) => said(&say::DeskForgedDo),
        Answer::Wrong(ReceiptError::Damaged | ReceiptError::WrongClaims) => {
            said(&say::DeskDamagedDo)
        }
        Answer::Wrong(ReceiptError::NotAReceipt) => said(&say::DeskNotAReceiptDo),
        Answer::NoKey => said(&say::DeskNoKeyDo),
        Answer::NotANumber => said(&say::DeskNotANumberDo),
        Answer::CardFaulty(_) => said(&say::DeskCardFaultyDo),
    }
}

/// When and at which desk something was entered.
pub fn entered_at(ui: &Ui<'_>, at: Timestamp, desk: &str) -> String {
    let desk = match desk {
        "" => ui.say_alone(&say::DeskThisDesk).main,
        named => named.to_owned(),
    };
    let clock = clock(taipei::civil(at)).into();
    ui.say_alone(&say::DeskEnteredAt { clock, desk: desk.into() }).main
}

/// `7/17 (Sat) 09:00`
pub fn when(ui: &Ui<'_>, at: DateTime) -> String {
    format!("{} {}", ui.texts.short_date(ui.language, at.date()), clock(at))
}

/// What was entered.
pub fn done(step: &AttendanceStep) -> &'static dyn Message {
    match step {
        AttendanceStep::CheckIn => &say::DeskCheckedIn,
        AttendanceStep::Vaccinated { .. } => &say::DeskVaccinated,
        AttendanceStep::Left => &say::DeskLeft,
        AttendanceStep::TakeBack => &say::DeskTakenBack,
    }
}

/// How somebody stands, in a word or two.
pub fn state(attendance: &Attendance) -> &'static dyn Message {
    match attendance {
        Attendance::Expected => &say::DeskExpected,
        Attendance::CheckedIn { .. } => &say::DeskCheckedIn,
        Attendance::Vaccinated { .. } => &say::DeskVaccinated,
        Attendance::Left { .. } => &say::DeskLeft,
        Attendance::Absent => &say::DeskNotCome,
        Attendance::Moved => &say::CounterMoved,
        Attendance::Cancelled => &say::CounterCancelled,
    }
}

/// How somebody stands, with when and at which desk it was entered.
pub fn stands(ui: &Ui<'_>, attendance: &Attendance) -> String {
    let state = ui.say_alone(state(attendance)).main;
    match came_at(attendance) {
        Some((at, desk)) => format!("{state} {}", entered_at(ui, at, desk)),
        None => state,
    }
}

/// What others have entered instead.
pub fn conflict(ui: &Ui<'_>, outcome: &EntryOutcome) -> String {
    let said = |message: &dyn Message| ui.say_alone(message).main;
    let what = match outcome {
        EntryOutcome::Conflict { attendance } => stands(ui, attendance),
        EntryOutcome::Unknown => return said(&say::DeskUnknownDo),
        EntryOutcome::Done => String::new(),
    };
    said(&say::DeskConflictDo { what: what.into() })
}

/// Why an entry could not be kept.
pub fn fault(fault: JournalFault) -> &'static dyn Message {
    match fault {
        JournalFault::Full => &say::DeskDiskFull,
        JournalFault::InUse | JournalFault::Failed => &say::DeskDiskFailed,
    }
}

/// The same in a few words.
pub fn fault_short(fault: JournalFault) -> &'static dyn Message {
    match fault {
        JournalFault::Full => &say::DeskDiskFullShort,
        JournalFault::InUse | JournalFault::Failed => &say::DeskDiskFailedShort,
    }
}

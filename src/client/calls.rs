//! The calls of the booking service as data: each call, the answer that belongs to it, and the
//! faults that can come instead. How they travel is in `http`.

use crate::api::attendance::{
    AttendanceEntered, DayList, EnterAttendance, SiteFigures, SlotFigures,
};
use crate::api::bookings::{BookSlot, BookingView, CancelBooking, MoveBooking};
use crate::api::captchas::Captcha;
use crate::api::intentions::{IntentionView, Register};
use crate::api::leftovers::{
    AskForLeftover, CameForLeftover, DosesLeft, LeftoverGiven, LeftoverView,
};
use crate::api::problem::Problem;
use crate::api::queries::{Query, QueryView};
use crate::api::sessions::{OpenSession, SessionOpened, SessionToken, Standing};
use crate::api::sites::{EarliestQuery, EarliestSlot, Seats, SiteView};
use crate::api::staff::{
    ChangeStaff, NewStaff, OpenStaffSession, StaffCardRefusal, StaffChallenge, StaffSessionOpened,
    StaffView,
};
use crate::api::together::{BookTogether, BookedTogether};
use crate::api::waiting::{AskToWait, TakeOffer, WaitingView};
use crate::domain::region::DistrictCode;
use crate::domain::round::Round;
use crate::domain::site::{SiteId, Slot};
use jiff::civil::Date;

/// A call of the service. Its answer is the variant of [`Answer`] that stands in the same row.
#[derive(Clone, PartialEq, Debug)]
pub enum Call {
    /// The current round. [`Answer::Round`].
    Round,
    /// Shows who a person is. [`Answer::Session`].
    OpenSession(Box<OpenSession>),
    /// What the person may do now. [`Answer::Standing`].
    Standing { token: SessionToken },
    /// Ends the person's session. [`Answer::Closed`].
    CloseSession { token: SessionToken },
    /// Free seats by district. [`Answer::Seats`].
    Seats,
    /// The sites of a district. [`Answer::Sites`].
    Sites(DistrictCode),
    /// The slots of a site. [`Answer::Slots`].
    Slots(SiteId),
    /// The earliest free slots near a district, one a site. [`Answer::EarliestSlots`].
    EarliestSlots { district: DistrictCode, query: EarliestQuery },
    /// Books a slot. The same key gives the same booking. [`Answer::Booked`].
    Book { token: SessionToken, ask: BookSlot, key: String },
    /// Books for several people, all or none. The same key gives the same bookings.
    /// [`Answer::BookedTogether`].
    BookTogether { ask: BookTogether, key: String },
    /// Waits for a seat, or for another than before. [`Answer::Waiting`].
    AskToWait { token: SessionToken, ask: AskToWait },
    /// How the person waits. [`Answer::Waiting`].
    Waiting { token: SessionToken },
    /// Waits no more. [`Answer::LeftLine`].
    LeaveLine { token: SessionToken },
    /// Takes the seat of an offer by its code. The same key gives the same booking.
    /// [`Answer::Booked`].
    TakeOffer { ask: TakeOffer, key: String },
    /// Wants to be told of doses that are left at a site. [`Answer::ToBeTold`].
    AskForLeftover { token: SessionToken, ask: AskForLeftover },
    /// Does not want to be told any more. [`Answer::NotToBeTold`].
    LeaveLeftovers { token: SessionToken },
    /// How many doses are left at this desk's site. [`Answer::Leftovers`].
    Leftovers { staff: SessionToken },
    /// Says that so many more are left there, or with 0 none. The same key counts once.
    /// [`Answer::Leftovers`].
    SayDosesLeft { staff: SessionToken, ask: DosesLeft, key: String },
    /// Gives one to whoever came. [`Answer::LeftoverGiven`].
    CameForLeftover { staff: SessionToken, ask: CameForLeftover },
    /// Gives the booking another slot. [`Answer::Booked`].
    Reschedule { token: SessionToken, ask: MoveBooking },
    /// Gives the booking up. [`Answer::Cancelled`].
    Cancel { token: SessionToken, ask: CancelBooking },
    /// Registers an intention, or changes it. [`Answer::Intention`].
    Register { token: SessionToken, ask: Register },
    /// Withdraws the intention. [`Answer::Withdrawn`].
    Withdraw { token: SessionToken },
    /// A picture of digits to type. [`Answer::Captcha`].
    Captcha { larger: bool },
    /// The simple query (簡易查詢). [`Answer::Found`].
    Query(Box<Query>),
    /// The day at this device's vaccination site. [`Answer::AttendanceDay`].
    AttendanceDay { staff: SessionToken, date: Date },
    /// What was entered at this desk; sent again, each entry counts once.
    /// [`Answer::AttendanceEntered`].
    EnterAttendance { staff: SessionToken, ask: EnterAttendance },
    /// The day at this device's site in figures. [`Answer::AttendanceFigures`].
    AttendanceFigures { staff: SessionToken, date: Date },
    /// The day of the own institution's sites in figures. [`Answer::InstitutionFigures`].
    InstitutionFigures { staff: SessionToken, date: Date },
    /// What a staff card is to sign. [`Answer::StaffChallenge`].
    StaffChallenge,
    /// Tells that a staff card has refused to sign. [`Answer::CardRefusalTold`].
    TellCardRefusal(StaffCardRefusal),
    /// Logs staff in. [`Answer::StaffSession`].
    OpenStaffSession(Box<OpenStaffSession>),
    /// Logs staff out. [`Answer::StaffClosed`].
    CloseStaffSession { staff: SessionToken },
    /// The staff of the own institution. [`Answer::StaffUsers`].
    StaffUsers { staff: SessionToken },
    /// Adds somebody to them. [`Answer::StaffAdded`].
    AddStaff { staff: SessionToken, ask: NewStaff },
    /// Says what one of them may do from now on. [`Answer::StaffChanged`].
    ChangeStaff { staff: SessionToken, id: u32, ask: ChangeStaff },
    /// Another call, made by logged-in staff. The answer is that of the other call.
    AsStaff { staff: SessionToken, call: Box<Call> },
}

/// What the service answered, in the order of [`Call`].
#[derive(Clone, PartialEq, Debug)]
pub enum Answer {
    Round(Box<Round>),
    Session(Box<SessionOpened>),
    Standing(Box<Standing>),
    Closed,
    Seats(Seats),
    Sites(Vec<SiteView>),
    Slots(Vec<Slot>),
    EarliestSlots(Vec<EarliestSlot>),
    Booked(Box<BookingView>),
    BookedTogether(Box<BookedTogether>),
    Waiting(Box<WaitingView>),
    LeftLine,
    ToBeTold,
    NotToBeTold,
    Leftovers(LeftoverView),
    LeftoverGiven(Box<LeftoverGiven>),
    Cancelled,
    Intention(Box<IntentionView>),
    Withdrawn,
    Captcha(Captcha),
    Found(Box<QueryView>),
    AttendanceDay(Box<DayList>),
    AttendanceEntered(AttendanceEntered),
    AttendanceFigures(Vec<SlotFigures>),
    InstitutionFigures(Vec<SiteFigures>),
    StaffChallenge(StaffChallenge),
    CardRefusalTold,
    StaffSession(Box<StaffSessionOpened>),
    StaffClosed,
    StaffUsers(Vec<StaffView>),
    StaffAdded(StaffView),
    StaffChanged(StaffView),
}

/// Why there is no answer.
#[derive(Clone, PartialEq, Debug)]
pub enum Fault {
    /// The line is down, or the service silent or broken: whether anything was done is not known.
    Gone,
    /// The service says no, with a code.
    Problem(Box<Problem>),
}

/// What a call came to.
pub type Reply = Result<Answer, Fault>;

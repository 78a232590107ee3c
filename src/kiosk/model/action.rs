//! What a button does. Drawn and touched by the same value, so that the two cannot differ. Two
//! levels: what is the same on every screen, and what belongs to the screen that is on.

use crate::config::profile::{Offer, WayIn};
use crate::devices::simulated::people::PracticeCard;
use crate::devices::simulated::staff::PracticeStaff;
use crate::domain::language::Language;
use crate::domain::site::SlotId;
use crate::domain::waiting::DayPart;
use crate::kiosk::model::counter::CounterAction;
use crate::kiosk::model::sign_in::Field;
use crate::training::exercise::Role;
use jiff::civil::Date;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// Done by the journey, whatever screen is on.
    Global(GlobalAction),
    /// Handed to the screen that is on; one that it does not know does nothing.
    Screen(ScreenAction),
    /// Of the staff at a counter.
    Counter(CounterAction),
    /// The trainer's; without training it does nothing.
    Training(TrainingAction),
}

/// What is the same on every screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GlobalAction {
    Back,
    Home,
    /// Ends the visit.
    Leave,
    Help,
    /// A topic of the help that lies over the screen.
    HelpTopic(HelpTopic),
    /// The Chinese beside the person's language, on and off.
    Bilingual,
    /// High contrast and larger type, from step to step and off.
    Clearer,
    /// On to the next screen of a page whose type is too large for one.
    TurnPage,
    Languages,
    Speak(Language),
    StillHere,
    /// More time before the visit ends.
    MoreTime,
    /// On without more time.
    EnoughTime,
    /// A press of the corner that only an operator knows.
    Corner,
}

/// What help can be read about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HelpTopic {
    Keys,
    Who,
    Register,
    Card,
    App,
    Password,
    Cancel,
    Fraud,
    Lines,
}

/// What belongs to the screen that is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScreenAction {
    Start,
    Confirm,
    Decline,
    Done,
    /// The nth choice of the screen's own list, counted over all its pages.
    Pick(usize),
    /// The next page of the list.
    More,
    /// A digit of the keypad on the screen.
    Key(u8),
    /// A letter of the keyboard on the screen, or of a real one.
    Letter(char),
    /// Large letters, small letters.
    Shift,
    Erase,
    ClearAll,
    /// The other ways in.
    OtherWays,
    SignInBy(WayIn),
    /// Something that was typed before, to be changed.
    Retype(Field),
    /// Another captcha.
    NewCaptcha,
    /// A larger captcha, or one of the usual size.
    CaptchaSize,
    /// The system check, or the same way in, from its beginning.
    Again,
    RetryNow,
    /// From a refusal or a notice back to what can be done.
    ToServices,
    Serve(Offer),
    /// Help, as one of the services.
    ServiceHelp,
    ShowBooking,
    RegisteredPhone,
    OtherPhone,
    RegisteredDistrict,
    NearestDistrict,
    /// The same list in another order.
    Sort,
    /// Only sites with one vaccine, the next, or all.
    OnlyVaccine,
    /// A day of the calendar.
    Day(Date),
    /// The day with free places before or after the one that is on.
    DayBeside(Date),
    /// From the hours of a day back to the calendar.
    Calendar,
    /// A page of the calendar or of the hours.
    Turn(usize),
    /// The earliest slot that is free. When it is another one, so is the button.
    FirstFree(SlotId),
    Slot(SlotId),
    OtherSite,
    /// Books the offered slot. It carries the slot, so that a press that was meant for the one
    /// before books nothing.
    BookOffered(SlotId),
    /// Shows another of the slots that can be offered.
    ShowOffered(SlotId),
    /// Another time at the offered site.
    OtherTime,
    /// Others come along and book at the same time.
    WithOthers,
    /// The visit's person books alone after all.
    OnlyMe,
    /// One of those who book together, counted from 0.
    Member(usize),
    LeaveOut,
    /// The phone of the visit's person, for somebody else.
    SamePhone,
    /// Hours that follow each other, by the first of them.
    HoursFrom(SlotId),
    Change(Part),
    ShowQr,
    Print,
    /// Another seat for the booking that is there.
    Reschedule,
    /// Asks whether to cancel it.
    CancelBooking,
    /// Changes what was registered.
    ChangeIntention,
    /// Asks whether to withdraw it.
    WithdrawIntention,
    /// Types the code of a text message.
    HaveCode,
    /// Waits for a seat, from where nothing is free.
    AskToWait,
    /// To the line, and to one's place in it.
    ShowLine,
    /// To the seat that is held.
    ShowHeld,
    /// A part of the day in which one has time.
    InPart(DayPart),
    /// Has time on any day.
    AnyDay,
    /// Waits at one site only.
    OneSite,
    /// More districts, in another county.
    OtherCounty,
    /// Waits for something else.
    ChangeWish,
    /// Asks whether to wait no more.
    LeaveLine,
    /// To doses that are left at the end of a day.
    Leftovers,
    /// Does not want to be told of them any more.
    LeaveLeftovers,
}

/// A part of the draft that can be changed at review.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Phone,
    Place,
    Time,
    Brands,
}

/// A receipt that a trainer shows at the desk of a vaccination site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PracticeReceipt {
    /// Of the next person whose hour it is.
    Expected,
    AnotherDay,
    /// Its signature is of nobody's.
    Forged,
}

/// What a trainer can do to the practice world.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TrainingAction {
    /// Opens the trainer's drawer, or closes it.
    Drawer,
    /// Opens it where the way out of the training is.
    WayOut,
    Insert(PracticeCard),
    Pull,
    /// Puts a staff card in, or takes it out.
    StaffIn(PracticeStaff),
    StaffOut,
    /// Holds a practice receipt before the scanner.
    Scan(PracticeReceipt),
    /// The drawer's next page.
    MoreTools,
    Cut,
    Mend,
    FillSlot,
    /// Frees a seat for the first in the line whom one suits.
    FreeSeat,
    JumpToOpening,
    /// Plugs the simulated printer in, or out.
    Printer,
    Phone,
    People,
    Quit,
    /// Makes each answer of the service slow, or quick again.
    SlowLine,
    /// Lets the next page jam in the simulated printer.
    Jam,
    /// Plugs the simulated card reader in, or out.
    Reader,
    /// Puts the clock to the day before the round opens.
    DayBefore,
    /// Opens the next round: this one is over.
    NextRound,
    /// Makes the world anew, as it was at the beginning.
    Reset,
    /// Has read what the trainer says.
    Acknowledge,
    /// Of the exercises.
    Exercise(ExerciseAction),
}

/// What a trainee does with the exercises themselves. Each does something only at the stage that it
/// belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExerciseAction {
    /// To the choice of what to do, from wherever one is. A run that goes on is dropped: the page
    /// that [`ExerciseAction::GiveUp`] opens asks first.
    ToChoice,
    LookAround,
    /// The exercises of a role.
    Role(Role),
    /// The next page of a list.
    TurnList,
    /// Reads what an exercise is about. Its place on the shelf.
    Choose(usize),
    /// Begins the one that is read about.
    Begin,
    /// Opens the card with the task, or closes it; leads from the question whether to give up back
    /// to it.
    TaskCard,
    /// Asks whether to give up.
    GiveUp,
    /// The next hint; the task card shows it.
    Hint,
    /// Says that the task is done.
    Finished,
    /// The same exercise once more.
    Again,
    /// The next one of the same role.
    Next,
    /// Opens the replay of the trainee's steps, with this one marked.
    Replay(usize),
    /// From the replay back to the result.
    Result,
    /// The trainee reads this language.
    Speak(Language),
}

impl From<ExerciseAction> for Action {
    fn from(action: ExerciseAction) -> Self {
        Action::Training(TrainingAction::Exercise(action))
    }
}

impl From<GlobalAction> for Action {
    fn from(action: GlobalAction) -> Self {
        Action::Global(action)
    }
}

impl From<ScreenAction> for Action {
    fn from(action: ScreenAction) -> Self {
        Action::Screen(action)
    }
}

impl From<CounterAction> for Action {
    fn from(action: CounterAction) -> Self {
        Action::Counter(action)
    }
}

impl From<TrainingAction> for Action {
    fn from(action: TrainingAction) -> Self {
        Action::Training(action)
    }
}

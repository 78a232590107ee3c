//! What is said to staff, and by them, when nothing is free: waiting list, held places, leftover
//! doses.

use super::messages;
use fluent_bundle::{FluentArgs, FluentValue};

messages! {
    NOTHING_FREE:
    CounterLine = "counter-line";
    CounterHeld = "counter-held" { until, what };
    CounterHeldDo = "counter-held-do";
    CounterHeldOver = "counter-held-over";
    CounterClosed = "counter-closed" { what };
    CounterNoneSetAside = "counter-none-set-aside" { until };
    CounterInLine = "counter-in-line" { place };
    CounterNotInLine = "counter-not-in-line";
    CounterLineSince = "counter-line-since" { place, since };
    CounterChances = "counter-chances" { seats, since };
    CounterChancesUnknown = "counter-chances-unknown";
    CounterNothingFree = "counter-nothing-free";
    CounterLeaveLine = "counter-leave-line";
    CounterLeaveLineAsk = "counter-leave-line-ask";
    CounterLeaveLineWarning = "counter-leave-line-warning";
    CounterAnySite = "counter-any-site";
    CounterAnyDay = "counter-any-day";
    CounterAnyPart = "counter-any-part";
    CounterPart = "counter-part";
    CounterWaits = "counter-waits";
    CounterWaitsHow = "counter-waits-how";
    CounterLeftLine = "counter-left-line";
    CounterDeedWaits = "counter-deed-waits";
    CounterDeedLeft = "counter-deed-left";
    CounterCode = "counter-code";
    CounterCodeWrong = "counter-code-wrong";
    CounterTypeCode = "counter-type-code";
    CounterTooOften = "counter-too-often";
    DeskPageLeftover = "desk-page-leftover";
    DeskLeftoverTitle = "desk-leftover-title";
    DeskLeftoverDoses = "desk-leftover-doses";
    DeskLeftoverTold = "desk-leftover-told";
    DeskLeftoverWaiting = "desk-leftover-waiting";
    DeskLeftoverUntil = "desk-leftover-until";
    DeskLeftoverCode = "desk-leftover-code";
    DeskLeftoverMore = "desk-leftover-more";
    DeskLeftoverSay = "desk-leftover-say";
    DeskLeftoverMany = "desk-leftover-many" { doses, people };
    DeskLeftoverManyYes = "desk-leftover-many-yes";
    DeskLeftoverEnd = "desk-leftover-end";
    DeskLeftoverEndYes = "desk-leftover-end-yes";
    DeskLeftoverReady = "desk-leftover-ready";
    DeskLeftoverReadyDo = "desk-leftover-ready-do";
    DeskLeftoverGiven = "desk-leftover-given";
    DeskLeftoverNone = "desk-leftover-none";
    DeskLeftoverNoneDo = "desk-leftover-none-do";
    DeskLeftoverWrong = "desk-leftover-wrong";
    DeskLeftoverWrongDo = "desk-leftover-wrong-do";
    DeskLeftoverBooked = "desk-leftover-booked";
    DeskLeftoverBookedDo = "desk-leftover-booked-do";
    DeskLeftoverRefused = "desk-leftover-refused";
    DeskLeftoverNotCodeDo = "desk-leftover-not-code-do";
    DeskLeftoverNoLine = "desk-leftover-no-line";
    DeskLeftoverNoLineDo = "desk-leftover-no-line-do";
    DeskLeftoverUnsure = "desk-leftover-unsure";
    DeskLeftoverHeader = "desk-leftover-header" { doses };
}

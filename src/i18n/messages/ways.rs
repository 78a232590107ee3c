//! What is said while somebody shows who they are: ways in, fields and the captcha.

use super::messages;
use fluent_bundle::{FluentArgs, FluentValue};

messages! {
    WAYS:
    WaysTitle = "ways-title";
    WayCard = "way-card";
    WayCardNeeds = "way-card-needs";
    WayApp = "way-app";
    WayAppNeeds = "way-app-needs";
    WayNumbers = "way-numbers";
    WayNumbersNeeds = "way-numbers-needs";
    WayQuery = "way-query";
    WayQueryNeeds = "way-query-needs";
    CheckTitle = "check-title";
    CheckRunning = "check-running";
    CheckReader = "check-reader";
    CheckVersion = "check-version";
    CheckLine = "check-line";
    CheckClock = "check-clock";
    CheckPrinter = "check-printer";
    CheckMissing = "check-missing";
    CheckMillis = "check-millis" { millis };
    CheckSeconds = "check-seconds" { seconds };
    CheckClockUnknown = "check-clock-unknown";
    CheckNoPrinter = "check-no-printer";
    CheckReady = "check-ready";
    CheckPaperOut = "check-paper-out";
    CheckCoverOpen = "check-cover-open";
    CheckKeepsCopies = "check-keeps-copies";
    CheckPass = "check-pass";
    CheckFail = "check-fail";
    CheckUnneeded = "check-unneeded";
    CheckProceed = "check-proceed";
    CheckAgain = "check-again";
    EntryId = "entry-id";
    EntryIdWrong = "entry-id-wrong";
    EntryIdHint = "entry-id-hint";
    EntryCard = "entry-card";
    EntryCardHint = "entry-card-hint";
    EntryApp = "entry-app";
    EntryAppHint = "entry-app-hint";
    EntryPassword = "entry-password";
    EntryMobileEnd = "entry-mobile-end";
    EntryMobileEndHint = "entry-mobile-end-hint";
    EntryDone = "entry-done";
    EntryKeptId = "entry-kept-id";
    EntryKeptCard = "entry-kept-card";
    EntryKeptApp = "entry-kept-app";
    EntryKeptMobileEnd = "entry-kept-mobile-end";
    GraphicTitle = "graphic-title";
    GraphicWrong = "graphic-wrong";
    GraphicNew = "graphic-new";
    GraphicLarger = "graphic-larger";
    GraphicUsual = "graphic-usual";
    FoundTitle = "found-title";
}

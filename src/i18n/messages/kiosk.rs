//! What the kiosk says. No other texts.

use super::messages;
use fluent_bundle::{FluentArgs, FluentValue};

messages! {
    KIOSK:
    // Around every screen
    ServiceName = "service-name";
    PlaceTrainingStore = "place-training-store";
    PlaceTrainingPharmacy = "place-training-pharmacy";
    PlaceTrainingStation = "place-training-station";
    Training = "training";
    TimeLeft = "time-left" { time };
    StepPrivacy = "step-privacy";
    StepService = "step-service";
    StepOffer = "step-offer";
    StepPhone = "step-phone";
    StepArea = "step-area";
    StepSite = "step-site";
    StepSlot = "step-slot";
    StepBrands = "step-brands";
    StepReview = "step-review";
    StepBooked = "step-booked";
    StepRegistered = "step-registered";
    Moment = "moment" { date, time };
    Back = "back";
    Home = "home";
    Leave = "leave";
    Help = "help";
    Bilingual = "bilingual";
    Clearer = "clearer";
    More = "more" { page, pages };
    LineDown = "line-down";
    LineLost = "line-lost";
    TooSmall = "too-small" { columns, rows };

    // Attract
    AttractTitle = "attract-title";
    AttractTouch = "attract-touch";
    AttractRoundOpen = "attract-round-open" { round, until };
    AttractRoundWaits = "attract-round-waits" { round, opens };
    AttractCountdown = "attract-countdown" { time };
    SpanDays = "span-days" { days, hours };
    AttractRoundClosed = "attract-round-closed" { round };
    AttractConnecting = "attract-connecting";
    AttractStart = "attract-start";

    // Card
    CardInsertTitle = "card-insert-title";
    CardInsertBody = "card-insert-body";
    CardWays = "card-ways";
    CardReadingTitle = "card-reading-title";
    CardReadingBody = "card-reading-body";
    CardUnreadableTitle = "card-unreadable-title";
    CardUnreadableBody = "card-unreadable-body";
    CardOtherTitle = "card-other-title";
    CardOtherBody = "card-other-body";
    CardTooSoonTitle = "card-too-soon-title";
    CardTooSoonBody = "card-too-soon-body";
    CardNoReaderTitle = "card-no-reader-title";
    CardNoReaderBody = "card-no-reader-body";

    // Language and privacy
    LanguageTitle = "language-title";
    PrivacyTitle = "privacy-title";
    PrivacyWhat = "privacy-what";
    PrivacyWhy = "privacy-why";
    PrivacyKept = "privacy-kept";
    PrivacyAgree = "privacy-agree";
    PrivacyDecline = "privacy-decline";

    // Waiting for the service
    WaitStanding = "wait-standing";
    WaitGraphic = "wait-graphic";
    WaitFound = "wait-found";
    WaitSeats = "wait-seats";
    WaitSites = "wait-sites";
    WaitSlots = "wait-slots";
    WaitRetryTitle = "wait-retry-title";
    WaitRetryKept = "wait-retry-kept";
    WaitRetryNow = "wait-retry-now";
    WaitPlease = "wait-please";
    RetryAttempt = "retry-attempt" { attempt };
    RetrySeconds = "retry-seconds" { seconds };
    RetrySoon = "retry-soon";

    // Why not
    UnknownPersonTitle = "unknown-person-title";
    UnknownPersonNext = "unknown-person-next";
    UnknownPersonTypedNext = "unknown-person-typed-next";
    TryAgain = "try-again";
    TooManyWrongTitle = "too-many-wrong-title" { minutes, seconds };
    TooManyWrongNext = "too-many-wrong-next";
    FailedTitle = "failed-title";
    FailedNext = "failed-next" { code };
    RefusalCode = "refusal-code" { code };
    RefusedAlreadyBooked = "refused-already-booked";
    RefusedAlreadyBookedNext = "refused-already-booked-next";
    RefusedNotInRound = "refused-not-in-round";
    RefusedNotInRoundNext = "refused-not-in-round-next";
    RefusedNotRegistered = "refused-not-registered";
    RefusedNotRegisteredNext = "refused-not-registered-next";
    RefusedTooLate = "refused-too-late" { until };
    RefusedTooLateNext = "refused-too-late-next";
    RefusedBrand = "refused-brand";
    RefusedBrandNext = "refused-brand-next";
    RefusedNotOpen = "refused-not-open" { opens };
    RefusedNotOpenNext = "refused-not-open-next";
    RefusedClosed = "refused-closed" { closed };
    RefusedClosedNext = "refused-closed-next";
    RefusedFull = "refused-full";
    RefusedFullNext = "refused-full-next";
    RefusedGone = "refused-gone";
    RefusedAge = "refused-age" { opens };
    RefusedAgeNext = "refused-age-next";
    RefusedCounties = "refused-counties";
    RefusedCountiesNext = "refused-counties-next";
    RefusedRegistrationNotOpen = "refused-registration-not-open" { opens };
    RefusedRegistrationNotOpenNext = "refused-registration-not-open-next";
    RefusedRegistrationClosed = "refused-registration-closed" { closed };
    RefusedRegistrationClosedNext = "refused-registration-closed-next";
    RefusedCounted = "refused-counted" { until };
    RefusedCountedNext = "refused-counted-next";
    RefusedNoBooking = "refused-no-booking";
    RefusedNoBookingNext = "refused-no-booking-next";

    // Service
    ServiceTitle = "service-title";
    ServiceBook = "service-book";
    ServiceIntention = "service-intention";
    ServiceIntentionThere = "service-intention-there";
    ServiceIntentionNext = "service-intention-next";
    ServiceMyBooking = "service-my-booking";
    ServiceNoBooking = "service-no-booking";
    ServiceNotHere = "service-not-here";
    ServiceHelp = "service-help";
    ServiceHelpDetail = "service-help-detail";

    // Phone
    PhoneOfferTitle = "phone-offer-title";
    PhoneOfferRegistered = "phone-offer-registered" { mobile };
    PhoneOfferOther = "phone-offer-other";
    PhoneTitle = "phone-title";
    PhoneHint = "phone-hint";
    PhoneErase = "phone-erase";
    PhoneClear = "phone-clear";
    PhoneCheckTitle = "phone-check-title";
    PhoneCheckHint = "phone-check-hint";
    PhoneYes = "phone-yes";
    PhoneNo = "phone-no";
    PhoneWrong = "phone-wrong";

    // Region, site, slot
    CountyTitle = "county-title";
    DistrictTitle = "district-title" { county };
    RegionRegistered = "region-registered" { district };
    SeatsFree = "seats-free" { seats };
    SeatsFull = "seats-full";
    NoSites = "no-sites";
    SiteTitle = "site-title" { district };
    SiteMadeUp = "site-made-up";
    SiteNearest = "site-nearest" { district, kilometres };
    BrandAstraZeneca = "brand-az";
    BrandModerna = "brand-moderna";
    SlotTitle = "slot-title";
    SlotHint = "slot-hint";
    SlotWasTaken = "slot-was-taken";
    SlotAllFull = "slot-all-full";
    SlotOtherSite = "slot-other-site";

    // Review and submit
    ReviewTitle = "review-title";
    ReviewPerson = "review-person" { name, id };
    ReviewPhone = "review-phone";
    ReviewPlace = "review-place";
    ReviewTime = "review-time";
    ReviewChange = "review-change";
    ReviewConfirm = "review-confirm";
    ReviewIntentionTitle = "review-intention-title";
    ReviewIntentionConfirm = "review-intention-confirm";
    ReviewMoveTitle = "review-move-title";
    ReviewMoveFrom = "review-move-from";
    ReviewMoveConfirm = "review-move-confirm";
    SubmitTitle = "submit-title";
    SubmitBody = "submit-body";
    SubmitBodyNoCard = "submit-body-no-card";
    SubmitRetryTitle = "submit-retry-title";
    SubmitSafe = "submit-safe";
    SubmitChangeTitle = "submit-change-title";
    SubmitChangeBody = "submit-change-body";
    SubmitChangeSafe = "submit-change-safe";
    LeaveUnsureTitle = "leave-unsure-title";
    LeaveUnsureStay = "leave-unsure-stay";
    LeaveUnsureLeave = "leave-unsure-leave";

    // Receipt
    ReceiptTitle = "receipt-title";
    ReceiptExistingTitle = "receipt-existing-title";
    ReceiptMovedTitle = "receipt-moved-title";
    ReceiptNumber = "receipt-number" { number };
    ReceiptMade = "receipt-made" { made };
    ReceiptWhen = "receipt-when";
    ReceiptWhere = "receipt-where";
    ReceiptVaccine = "receipt-vaccine";
    ReceiptPhone = "receipt-phone" { mobile };
    ReceiptReminder = "receipt-reminder";
    ReceiptCancelElsewhere = "receipt-cancel-elsewhere";
    ReceiptQrHint = "receipt-qr-hint";
    ReceiptShowQr = "receipt-show-qr";
    ReceiptPrint = "receipt-print";
    ReceiptPrinting = "receipt-printing";
    ReceiptPrinted = "receipt-printed";
    ReceiptPrintAgain = "receipt-print-again";
    ScannedNoKey = "scanned-no-key";
    OperatorPin = "operator-pin";
    OperatorPinWrong = "operator-pin-wrong";
    OperatorPinWait = "operator-pin-wait" { seconds };
    OperatorTitle = "operator-title" { version };
    OperatorTestPrint = "operator-test-print";
    PrintPaperOut = "print-paper-out";
    PrintCoverOpen = "print-cover-open";
    PrintOffline = "print-offline";
    PrintShowQr = "print-show-qr";
    ReceiptMove = "receipt-move";
    ReceiptCancel = "receipt-cancel";
    ReceiptDone = "receipt-done";
    ReceiptStays = "receipt-stays" { seconds };

    // The end of a session
    FarewellFinished = "farewell-finished";
    FarewellPulled = "farewell-pulled";
    FarewellTimeUp = "farewell-time-up";
    FarewellIdle = "farewell-idle";
    FarewellLeft = "farewell-left";
    FarewellTakeCard = "farewell-take-card";
    FarewellWiped = "farewell-wiped";
    FarewellUnsure = "farewell-unsure";
    IdleTitle = "idle-title";
    IdleBody = "idle-body" { seconds };
    IdleStay = "idle-stay";

    // Help
    HelpTitle = "help-title";
    HelpKeysTitle = "help-keys-title";
    HelpKeys = "help-keys";
    HelpCardTitle = "help-card-title";
    HelpCard = "help-card";
    HelpCancelTitle = "help-cancel-title";
    HelpCancel = "help-cancel";
    HelpWhoTitle = "help-who-title";
    HelpWho = "help-who";
    HelpRegisterTitle = "help-register-title";
    HelpRegister = "help-register";
    HelpAppTitle = "help-app-title";
    HelpApp = "help-app";
    HelpPasswordTitle = "help-password-title";
    HelpPassword = "help-password";
    HelpFraudTitle = "help-fraud-title";
    HelpFraud = "help-fraud";
    HelpLinesTitle = "help-lines-title";
    HelpLine1922 = "help-line-1922";
    HelpLine1955 = "help-line-1955";
    HelpLine1990 = "help-line-1990";
    HelpLineNhi = "help-line-nhi";
    HelpLine165 = "help-line-165";

    // Registration, changes, cancelling
    BrandsTitle = "brands-title";
    BrandsHint = "brands-hint";
    BrandsOneStays = "brands-one-stays";
    BrandsConfirm = "brands-confirm";
    IntentionDone = "intention-done";
    IntentionExisting = "intention-existing";
    IntentionNumber = "intention-number" { number };
    IntentionNotATurn = "intention-not-a-turn";
    IntentionRegistered = "intention-registered";
    IntentionRegion = "intention-region";
    IntentionReminder = "intention-reminder";
    IntentionChange = "intention-change";
    IntentionWithdraw = "intention-withdraw";
    WithdrawTitle = "withdraw-title";
    WithdrawWarning = "withdraw-warning";
    WithdrawWarningCounted = "withdraw-warning-counted";
    WithdrawNo = "withdraw-no";
    WithdrawYes = "withdraw-yes";
    WithdrawnTitle = "withdrawn-title";
    WithdrawnBody = "withdrawn-body";
    CancelTitle = "cancel-title";
    CancelWarning = "cancel-warning";
    CancelNo = "cancel-no";
    CancelYes = "cancel-yes";
    CancelledTitle = "cancelled-title";
    CancelledBody = "cancelled-body";
    NoticeServices = "notice-services";

    // Ways in
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

    // The trainer's drawer
    DrawerTitle = "drawer-title";
    DrawerHint = "drawer-hint";
    DrawerMayBook = "drawer-may-book";
    DrawerMigrant = "drawer-migrant";
    DrawerNotInRound = "drawer-not-in-round";
    DrawerBooked = "drawer-booked";
    DrawerDamaged = "drawer-damaged";
    DrawerPull = "drawer-pull";
    DrawerCut = "drawer-cut";
    DrawerMend = "drawer-mend";
    DrawerUnplug = "drawer-unplug";
    DrawerPlug = "drawer-plug";
    DrawerFill = "drawer-fill";
    DrawerFillNone = "drawer-fill-none";
    DrawerJump = "drawer-jump";
    DrawerPhone = "drawer-phone";
    DrawerPeople = "drawer-people";
    DrawerNoCard = "drawer-no-card";
    DrawerQuit = "drawer-quit";
    PeopleTitle = "people-title";
    PeopleHint = "people-hint" { password };
    PeopleNumbers = "people-numbers" { mobile, code };
    PeopleUnregistered = "people-unregistered" { name };
    PeopleTooLate = "people-too-late" { name };
    PeopleLaterBand = "people-later-band" { name };
    PhonePracticeTitle = "practice-phone-title";
    PhonePracticeHint = "practice-phone-hint";
    PhonePracticeEmpty = "practice-phone-empty";
}

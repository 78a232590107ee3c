//! One type a message: its key, and its arguments by name. `tests/locales.rs` fails on a key or an argument that differs between
//! the six languages, that is missing here, or that no code uses. What a message says is in `locales/` alone.

use fluent_bundle::{FluentArgs, FluentValue};

/// Something that can be said in every language.
pub trait Message {
    /// Its key in `locales/`.
    fn key(&self) -> &'static str;
    /// Its arguments by name.
    fn arguments(&self) -> Option<FluentArgs<'_>>;
}

/// A message's type, key and argument names, for the check of all locales.
#[derive(Clone, Copy, Debug)]
pub struct Declared {
    pub name: &'static str,
    pub key: &'static str,
    pub arguments: &'static [&'static str],
}

macro_rules! messages {
    ($( $name:ident = $key:literal $( { $($argument:ident),+ } )? ;)*) => {
        $( messages!(@one $name $key $( $($argument)+ )?); )*
        /// Every message there is.
        pub const DECLARED: &[Declared] = &[$(
            Declared { name: stringify!($name), key: $key, arguments: &[$( $(stringify!($argument)),+ )?] },
        )*];
    };
    (@one $name:ident $key:literal) => {
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl Message for $name {
            fn key(&self) -> &'static str { $key }
            fn arguments(&self) -> Option<FluentArgs<'_>> { None }
        }
    };
    (@one $name:ident $key:literal $($argument:ident)+) => {
        #[derive(Clone, Debug)]
        pub struct $name<'a> { $(pub $argument: FluentValue<'a>),+ }
        impl Message for $name<'_> {
            fn key(&self) -> &'static str { $key }
            fn arguments(&self) -> Option<FluentArgs<'_>> {
                let mut arguments = FluentArgs::new();
                $( arguments.set(stringify!($argument), self.$argument.clone()); )+
                Some(arguments)
            }
        }
    };
}

messages! {
    // Around every screen
    ServiceName = "service-name";
    PlaceTrainingStore = "place-training-store";
    Training = "training";
    TimeLeft = "time-left" { time };
    StepOf = "step-of" { step, steps };
    Back = "back";
    Home = "home";
    Leave = "leave";
    Help = "help";
    Bilingual = "bilingual";
    More = "more" { page, pages };
    LineLost = "line-lost";
    TooSmall = "too-small" { columns, rows };

    // Attract
    AttractTitle = "attract-title";
    AttractRoundOpen = "attract-round-open" { round, until };
    AttractRoundWaits = "attract-round-waits" { round, opens };
    AttractCountdown = "attract-countdown" { time };
    AttractRoundClosed = "attract-round-closed" { round };
    AttractConnecting = "attract-connecting";
    AttractStart = "attract-start";

    // Card
    CardInsertTitle = "card-insert-title";
    CardInsertBody = "card-insert-body";
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
    WaitSeats = "wait-seats";
    WaitSites = "wait-sites";
    WaitSlots = "wait-slots";
    WaitRetryTitle = "wait-retry-title";
    WaitRetryBody = "wait-retry-body" { seconds, attempt };
    WaitRetryNow = "wait-retry-now";

    // Why not
    UnknownPersonTitle = "unknown-person-title";
    UnknownPersonNext = "unknown-person-next";
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
    SubmitRetryTitle = "submit-retry-title";
    SubmitRetryBody = "submit-retry-body" { seconds, attempt };
    SubmitSafe = "submit-safe";
    SubmitChangeTitle = "submit-change-title";
    SubmitChangeBody = "submit-change-body";
    SubmitChangeSafe = "submit-change-safe";

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
    ReceiptMove = "receipt-move";
    ReceiptCancel = "receipt-cancel";
    ReceiptDone = "receipt-done";

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
    HelpLinesTitle = "help-lines-title";
    HelpLine1922 = "help-line-1922";
    HelpLine1955 = "help-line-1955";
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
    DrawerFill = "drawer-fill";
    DrawerFillNone = "drawer-fill-none";
    DrawerJump = "drawer-jump";
    DrawerNoCard = "drawer-no-card";
    DrawerQuit = "drawer-quit";

    // vaxkiosk verify
    VerifyValid = "verify-valid";
    VerifyTraining = "verify-training";
    VerifyRound = "verify-round" { round };
    VerifySite = "verify-site" { site };
    VerifySlot = "verify-slot" { slot };
    VerifyNotAReceipt = "verify-not-a-receipt";
    VerifyDamaged = "verify-damaged";
    VerifyWrongSignature = "verify-wrong-signature";
    VerifyWrongClaims = "verify-wrong-claims";
    VerifyBadKey = "verify-bad-key";
    TerminalNeeded = "terminal-needed";

    // vaxkiosk serve, admin and rush
    ConfigUnreadable = "config-unreadable" { file, cause };
    ConfigToml = "config-toml" { at, cause };
    ConfigListen = "config-listen" { at };
    ConfigDatabase = "config-database" { at };
    ConfigPlainOutside = "config-plain-outside" { at };
    ConfigSecret = "config-secret" { at };
    KeysMissing = "keys-missing" { file };
    KeysOpen = "keys-open" { file };
    KeysTraining = "keys-training" { file };
    KeysMade = "keys-made" { file };
    KeysPublic = "keys-public" { key };
    DatabaseFailed = "database-failed" { cause };
    TlsFailed = "tls-failed" { cause };
    ListenFailed = "listen-failed" { address, cause };
    MachineFailed = "machine-failed" { cause };
    DeviceAdded = "device-added" { name, token };
    DeviceAddedCertificate = "device-added-certificate" { name };
    DeviceTaken = "device-taken";
    DeviceNone = "device-none";
    DeviceRevoked = "device-revoked" { name };
    DeviceRevokedSince = "device-revoked-since" { when };
    DeviceUnknown = "device-unknown" { name };
    DeviceByToken = "device-by-token";
    DeviceByCertificate = "device-by-certificate";
    PracticeMade = "practice-made" { people, kiosks, seats };
    PracticeNotEmpty = "practice-not-empty";
    RushOffered = "rush-offered";
    RushBooked = "rush-booked";
    RushFull = "rush-full";
    RushRefused = "rush-refused";
    RushErrors = "rush-errors";
    RushRetriesBusy = "rush-retries-busy";
    RushRetriesGone = "rush-retries-gone";
    RushP50 = "rush-p50";
    RushP99 = "rush-p99";
    RushMax = "rush-max";
    RushBookings = "rush-bookings";
    RushReads = "rush-reads";
    RushReadP99 = "rush-read-p99";
    RushSentAgain = "rush-sent-again";
    RushAnsweredOtherwise = "rush-answered-otherwise";
    AuditLive = "audit-live";
    AuditMissing = "audit-missing";
    AuditOver = "audit-over";
    AuditUncounted = "audit-uncounted";
    AuditTwice = "audit-twice";
    AuditOrphans = "audit-orphans";
    AuditFailed = "audit-failed";
    RushPassed = "rush-passed";
    RushFailed = "rush-failed";
}

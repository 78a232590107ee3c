//! The names of all screens, as files of exercises and traces use them. Which screen has which name
//! is known where the screens are, in the kiosk.

use super::role::Role;
use super::words::words;

words! {
    /// A screen that a trainee can see, or a way in which one is shown.
    pub enum ScreenName {
        /// Nobody is served.
        AtRest = "at-rest",
        /// The end of a visit, until the card is out.
        Farewell = "farewell",
        Card = "card",
        Language = "language",
        Privacy = "privacy",
        Ways = "ways",
        SystemCheck = "system-check",
        /// Numbers or a password are typed in place of a card.
        Entry = "entry",
        /// What the simple query found.
        Found = "found",
        /// An answer of the service is waited for.
        Waiting = "waiting",
        WhyNot = "why-not",
        Service = "service",
        Offer = "offer",
        /// Those who book together are gathered.
        Together = "together",
        /// Somebody is not among those who book together.
        NotAdded = "not-added",
        TogetherReview = "together-review",
        TogetherReceipt = "together-receipt",
        PhoneOffer = "phone-offer",
        Phone = "phone",
        County = "county",
        District = "district",
        Site = "site",
        Slot = "slot",
        Brands = "brands",
        WishPlaces = "wish-places",
        WishTimes = "wish-times",
        Review = "review",
        Intention = "intention",
        Line = "line",
        Held = "held",
        Leftovers = "leftovers",
        /// Whether something is really to be given up.
        Question = "question",
        /// What was given up, or is done.
        Notice = "notice",
        /// What was confirmed is being sent.
        Submitting = "submitting",
        Receipt = "receipt",
        /// The receipt's code, over all of the screen.
        ReceiptCode = "receipt-code",
        /// The receipt after its card was taken out.
        Parting = "parting",
        Help = "help",
        Languages = "languages",
        StillThere = "still-there",
        MoreTime = "more-time",
        /// The person wants to leave while it is not known what was done.
        LeaveUnsure = "leave-unsure",
        Operator = "operator",
        /// A scanned receipt, where citizens serve themselves.
        Scanned = "scanned",
        /// The counter, where nobody has logged in.
        CounterLogIn = "counter-log-in",
        CounterLocked = "counter-locked",
        /// The counter waits for the next person.
        CounterFree = "counter-free",
        CounterBook = "counter-book",
        CounterChange = "counter-change",
        CounterRegister = "counter-register",
        /// How somebody waits for a seat, or what for.
        CounterLine = "counter-line",
        CounterSending = "counter-sending",
        CounterDone = "counter-done",
        /// The person's card cannot be read, or the service does not serve them.
        CounterTrouble = "counter-trouble",
        CounterToday = "counter-today",
        CounterManage = "counter-manage",
        /// The page that is turned to the citizen.
        CounterCitizenSide = "counter-citizen-side",
        /// A vaccination site's desk, where nobody's receipt is on the screen.
        SiteDesk = "site-desk",
        /// What the desk says of a person who may be checked in.
        SitePerson = "site-person",
        /// The desk says that a receipt counts for nothing, or not here and now.
        SiteRefusal = "site-refusal",
        /// The day's list, the lot number, conflicts or figures.
        SiteHours = "site-hours",
        SiteLeftovers = "site-leftovers",
        /// Any screen with the Chinese beside the person's language.
        Bilingual = "bilingual",
        /// Any screen in larger type or high contrast.
        LargerType = "larger-type",
    }
}

impl ScreenName {
    /// Whether a trainee of this role can come to it.
    pub fn is_of(self, role: Role) -> bool {
        match self {
            ScreenName::CounterLogIn | ScreenName::CounterLocked => role != Role::Shop,
            ScreenName::Waiting
            | ScreenName::Languages
            | ScreenName::Bilingual
            | ScreenName::LargerType => true,
            other => match other.word().split_once('-') {
                Some(("counter", _)) => role == Role::Counter,
                Some(("site", _)) => role == Role::Site,
                Some(_) | None => role == Role::Shop,
            },
        }
    }
}

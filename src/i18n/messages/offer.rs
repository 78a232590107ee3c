//! What is said of the slot that is offered, of the services, and of why something cannot be done.

use super::messages;
use fluent_bundle::{FluentArgs, FluentValue};

messages! {
    OFFER:
    OfferTitle = "offer-title";
    OfferWhy = "offer-why" { district };
    OfferTaken = "offer-taken";
    OfferFew = "offer-few" { seats };
    OfferHere = "offer-here";
    OfferDistance = "offer-distance" { kilometres };
    OfferPhone = "offer-phone" { mobile };
    OfferBook = "offer-book";
    OfferOtherTime = "offer-other-time";
    OfferOtherPlace = "offer-other-place";
    OfferOtherPhone = "offer-other-phone";
    OfferServices = "offer-services";
    OfferNext = "offer-next";

    ServiceGreeting = "service-greeting" { name };

    WhyBookFrom = "why-book-from" { opens };
    WhyRegisterFrom = "why-register-from" { opens };
    WhyOpenNow = "why-open-now";
    WhyOpenNowNext = "why-open-now-next";
    WhyCall = "why-call";
    RuleBorn = "rule-born" { date };
    RuleCategories = "rule-categories" { categories };
    RuleCounties = "rule-counties" { counties };
}

//! What is said to several people who book in one visit.

use super::messages;
use fluent_bundle::{FluentArgs, FluentValue};

messages! {
    GROUP:
    StepTogether = "step-together";
    GroupWithOthers = "group-with-others";
    GroupWithMost = "group-with-most" { most };
    GroupNextCard = "group-next-card";
    GroupNextHint = "group-next-hint";
    GroupTakeOut = "group-take-out";
    GroupTakeOutHint = "group-take-out-hint";
    GroupFull = "group-full" { people };
    GroupFullHint = "group-full-hint";
    GroupFind = "group-find" { people };
    GroupWithoutCard = "group-without-card";
    GroupOnlyMe = "group-only-me";
    GroupJoinTitle = "group-join-title" { name };
    GroupJoinTyped = "group-join-typed";
    GroupJoinAgrees = "group-join-agrees";
    GroupAgree = "group-agree";
    GroupDoNotAdd = "group-do-not-add";
    GroupPhoneTitle = "group-phone-title" { name };
    GroupSamePhone = "group-same-phone" { mobile, name };
    GroupNotAdded = "group-not-added" { name };
    GroupNotAddedTyped = "group-not-added-typed";
    GroupLeftOut = "group-left-out" { name };
    GroupOthersGoOn = "group-others-go-on";
    GroupRegisterFirst = "group-register-first";
    GroupRuleFor = "group-rule-for" { name, rule };
    GroupTwice = "group-twice" { name };
    GroupTwiceNext = "group-twice-next";
    GroupOwnCardNext = "group-own-card-next";
    GroupOwnCard = "group-own-card" { name };
    GroupOwnCardHint = "group-own-card-hint";
    GroupOwnCardOther = "group-own-card-other" { name };
    GroupOwnCardInstead = "group-own-card-instead";
    GroupTogetherAfterAll = "group-together-after-all";
    GroupOtherVaccine = "group-other-vaccine" { brand };
    GroupGoOn = "group-go-on";
    GroupHoursTitle = "group-hours-title" { date, people };
    GroupHoursNone = "group-hours-none" { people };
    GroupHoursTaken = "group-hours-taken";
    GroupOneHour = "group-one-hour";
    GroupReviewTitle = "group-review-title" { people };
    GroupReviewHint = "group-review-hint";
    GroupReviewHintOne = "group-review-hint-one";
    GroupBook = "group-book" { people };
    GroupKeep = "group-keep";
    GroupOtherPhone = "group-other-phone";
    GroupLeaveOut = "group-leave-out";
    GroupReceiptTitle = "group-receipt-title" { people };
    GroupReceiptNote = "group-receipt-note";
    GroupShowEach = "group-show-each";
    GroupReceiptEach = "group-receipt-each";
    GroupReceiptNext = "group-receipt-next";
    GroupReceiptAll = "group-receipt-all";
    GroupPrintAll = "group-print-all";
}

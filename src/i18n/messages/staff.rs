//! Messages to staff at a counter or a vaccination site.

use super::messages;
use fluent_bundle::{FluentArgs, FluentValue};

messages! { STAFF:
    StaffUnknown = "staff-unknown";
    StaffElsewhere = "staff-elsewhere";
    StaffWithdrawn = "staff-withdrawn";
    StaffRightMissing = "staff-right-missing";
    StaffNotACounter = "staff-not-a-counter";
    StaffExpired = "staff-expired";
    StaffNotYetValid = "staff-not-yet-valid";
    StaffRevoked = "staff-revoked";
    StaffForeign = "staff-foreign";
    StaffUnusable = "staff-unusable";
    StaffChallengeOver = "staff-challenge-over";
    StaffSignatureWrong = "staff-signature-wrong";
    StaffSessionOver = "staff-session-over";
    StaffRevocationUnknown = "staff-revocation-unknown";
    StaffKnown = "staff-known";
}

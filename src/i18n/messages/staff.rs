//! Messages to staff at a counter or a vaccination site, and about their institutions.

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
    StaffChanged = "staff-changed";
    InstitutionAdded = "institution-added" { code };
    InstitutionTaken = "institution-taken" { code };
    InstitutionNone = "institution-none";
    InstitutionOpen = "institution-open" { staff };
    InstitutionClosedSince = "institution-closed-since" { when };
    InstitutionClosed = "institution-closed" { code };
    InstitutionUnknown = "institution-unknown" { code };
    InstitutionRepresentative = "institution-representative" { code, number };
    InstitutionCardKnown = "institution-card-known" { code };
    InstitutionCertificateUnusable = "institution-certificate-unusable" { file };
    InstitutionIdWrong = "institution-id-wrong";
    InstitutionWithdrawn = "institution-withdrawn" { number };
    InstitutionStaffUnknown = "institution-staff-unknown" { code, number };
    InstitutionStaffChanged = "institution-staff-changed" { number };
    StaffCardsFailed = "staff-cards-failed" { cause };
}

//! What the commands say to whoever gives them. No text of a screen.

use super::messages;
use fluent_bundle::{FluentArgs, FluentValue};

messages! {
    COMMANDS:
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

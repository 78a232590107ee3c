//! `POST /v1/staff/challenges` gives out what a staff card is to sign; `POST /v1/staff/sessions`
//! logs staff in, `DELETE /v1/staff/sessions/own` out. Whoever is refused is in the audit trail.

use super::error::ApiError;
use super::extract::{DeviceAuth, StaffAuth};
use super::login::{begin, begin_at, spend, succeeded};
use super::on_duty::{code_of, institution_code, named, refuse};
use super::problems::{BodyProblems, ReadProblems, StaffLoginProblems, StaffProblems};
use super::sessions::is_password_of;
use crate::api::paths;
use crate::api::problem::Code;
use crate::api::sessions::SessionToken;
use crate::api::staff::{
    InstitutionView, OpenStaffSession, SignatureAlgorithm, StaffChallenge, StaffSessionOpened,
    StaffView,
};
use crate::domain::card::CardNumber;
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use crate::domain::taipei;
use crate::server::auth::Device;
use crate::server::hexadecimal::hexadecimal;
use crate::server::keys::fingerprint;
use crate::server::lockout::{Attempt, FORGOTTEN_AFTER};
use crate::server::service::Service;
use crate::server::staff::certificate::{CertificateError, check, owner};
use crate::server::staff::roster::{NotOnDuty, OnDuty};
use crate::server::staff::trust::Trust;
use crate::server::store::audit_trail::{Action, Actor, Entry};
use crate::server::store::ids::{DeviceId, PersonKey, StaffId};
use crate::server::store::institutions::InstitutionRecord;
use crate::server::store::lockouts::LoginSubject;
use crate::server::store::people::Credentials;
use crate::server::store::spent_tokens::SpentToken;
use crate::server::store::staff_card::StaffCard;
use axum::extract::rejection::JsonRejection;
use axum::{Json, extract::State, http::StatusCode};
use jiff::Timestamp;
use std::sync::Arc;

/// Gives out what a staff card is to sign, once, within two minutes.
#[utoipa::path(
    post, path = paths::STAFF_CHALLENGES, tag = "staff",
    security(("device" = []), ("certificate" = [])),
    responses(
        (status = 201, description = "What the card is to sign", body = StaffChallenge),
        ReadProblems, StaffProblems
    )
)]
pub async fn challenge(
    DeviceAuth(device): DeviceAuth,
    State(service): State<Arc<Service>>,
) -> Result<(StatusCode, Json<StaffChallenge>), ApiError> {
    let (trust, _) = counter(&service, device).await?;
    let (now, random) = ((service.env.now)(), (service.env.random)());
    // Nothing is stored: the service knows its own nonce again.
    let (nonce, expires) = service.staff.challenges.make(device.id, now, random);
    let challenge = StaffChallenge { server: trust.name.clone(), nonce, expires };
    Ok((StatusCode::CREATED, Json(challenge)))
}

/// Logs staff in at a device of their institution, for twelve hours at most.
#[utoipa::path(
    post, path = paths::STAFF_SESSIONS, tag = "staff",
    security(("device" = []), ("certificate" = [])), request_body = OpenStaffSession,
    responses(
        (status = 201, description = "The session, and who it is of", body = StaffSessionOpened),
        ReadProblems, BodyProblems, StaffLoginProblems
    )
)]
pub async fn open(
    DeviceAuth(device): DeviceAuth,
    State(service): State<Arc<Service>>,
    body: Result<Json<OpenStaffSession>, JsonRejection>,
) -> Result<(StatusCode, Json<StaffSessionOpened>), ApiError> {
    // A body that cannot be read is answered first: nothing below can be decided without it.
    let Json(ask) = body?;
    let proof = Proof::read(ask)?;
    let now = (service.env.now)();
    let (trust, institution) = counter(&service, device).await?;
    // Lockout and rate limit come before anything is looked at: a password and a signature cost.
    let key = proof.key(&service);
    let attempt = proof.begin(&service, device.id, key, now)?;
    let told = proof.told();
    let found = service.staff.roster.by_card(key, &institution.code);
    let proved =
        match proof.check(&service, &trust, device.id, found.as_ref().err().copied(), now).await {
            Ok(()) => found.map_err(Refused::Roster),
            Err(Stopped::Failed(error)) => return Err(error),
            Err(Stopped::Refused(refused)) => Err(refused),
        };
    let staff = match proved {
        Ok(staff) => staff,
        Err(refused) => {
            // What is not their fault does not count against them.
            if refused.counts() {
                let subjects = attempt.failed();
                service.store.failed(&subjects, now, now - FORGOTTEN_AFTER).await?;
            }
            let actor = Actor::Device(device.id);
            return Err(refuse(&service, actor, refused.code(), &refused.told(&told)).await);
        }
    };
    succeeded(&service, attempt).await?;
    let view = view(&service, &staff).await?;
    let actor = Actor::Staff { staff: staff.id, device: device.id };
    let entry = Entry::new(now, actor, Action::StaffLogIn);
    let after = Some(format!("institution {}, {told}", staff.institution.code));
    service.store.add_to_trail(&[Entry { after, ..entry }]).await?;
    let random = (service.env.random)();
    let (token, expires) = service.staff.sessions.open(staff.id, device.id, now, random);
    let opened = StaffSessionOpened {
        token: SessionToken(token),
        institution: InstitutionView {
            code: institution.code.clone(),
            name_zh: institution.name_zh.clone(),
            name_en: institution.name_en.clone(),
        },
        staff: view,
        expires,
    };
    Ok((StatusCode::CREATED, Json(opened)))
}

/// Logs staff out, at every server.
#[utoipa::path(
    delete, path = paths::OWN_STAFF_SESSION, tag = "staff",
    security(("device" = [], "staff" = []), ("certificate" = [], "staff" = [])),
    responses(
        (status = 204, description = "It is over"),
        ReadProblems, StaffProblems
    )
)]
pub async fn close(
    StaffAuth { device, staff, session }: StaffAuth,
    State(service): State<Arc<Service>>,
) -> Result<StatusCode, ApiError> {
    let now = (service.env.now)();
    let spent = SpentToken { hash: session.hash, spent: now, expires: session.expires };
    // The database comes first: this server must not call a session ended that others would still
    // accept after a crash.
    service.store.spend(&spent).await?;
    service.end_tokens(&[spent]);
    let actor = Actor::Staff { staff: staff.id, device: device.id };
    service.store.add_to_trail(&[Entry::new(now, actor, Action::StaffLogOut)]).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which cards count, and the institution of a device at which staff can log in.
pub(super) async fn counter(
    service: &Service,
    Device { id: device, channel, .. }: Device,
) -> Result<(Arc<Trust>, Arc<InstitutionRecord>), ApiError> {
    let code = institution_code(service, device);
    let institution = service.staff.roster.institution(&code);
    match service.staff.trust().zip(institution).filter(|_| channel.has_counter()) {
        Some(both) => Ok(both),
        None => Err(refuse(service, Actor::Device(device), Code::NotACounter, "").await),
    }
}

/// What somebody shows to log in.
enum Proof {
    Certificate {
        nonce: String,
        certificates: Vec<Vec<u8>>,
        algorithm: SignatureAlgorithm,
        signature: Vec<u8>,
        /// Whose card it is, as it says itself.
        owner: Result<StaffCard, CertificateError>,
    },
    NhiCard {
        id: IdNumber,
        card: CardNumber,
        password: Personal,
    },
}

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug)]
enum Refused {
    Certificate(CertificateError),
    Roster(NotOnDuty),
    ChallengeOver,
    /// Number, card or password is wrong.
    UnknownPerson,
}

/// Why a proof was not accepted.
enum Stopped {
    Refused(Refused),
    /// The service could not look.
    Failed(ApiError),
}

impl<E: Into<ApiError>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Stopped::Failed(error.into())
    }
}

impl Proof {
    fn read(ask: OpenStaffSession) -> Result<Self, Code> {
        let bytes = |digits: &String| hex::decode(digits).map_err(|_| Code::BadRequest);
        Ok(match ask {
            OpenStaffSession::NhiCard { id, card, password } => {
                Proof::NhiCard { id, card, password }
            }
            OpenStaffSession::Certificate { nonce, certificates, algorithm, signature } => {
                let certificates: Vec<_> =
                    certificates.iter().map(bytes).collect::<Result<_, _>>()?;
                let owner = owner(certificates.first().ok_or(Code::BadRequest)?);
                let signature = bytes(&signature)?;
                Proof::Certificate { nonce, certificates, algorithm, signature, owner }
            }
        })
    }

    /// Begins to look at it, if that is done now. A certificate names its owner before anything is
    /// proved, and everybody can make one that names anybody: its failures are the device's alone.
    fn begin<'a>(
        &self,
        service: &'a Service,
        device: DeviceId,
        key: PersonKey,
        now: Timestamp,
    ) -> Result<Attempt<'a>, ApiError> {
        match self {
            Proof::Certificate { .. } => begin_at(service, device, LoginSubject::Desk(device), now),
            Proof::NhiCard { .. } => {
                let subjects = (LoginSubject::Staff(key), LoginSubject::Desk(device));
                let attempt = begin(service, device, subjects, now)?;
                service.limits.person(key)?;
                Ok(attempt)
            }
        }
    }

    /// By which its owner is found. Cards that cannot be read are nobody's.
    fn key(&self, service: &Service) -> PersonKey {
        match self {
            Proof::Certificate { owner: Ok(card), .. } => service.store.staff_key(card),
            Proof::Certificate { owner: Err(_), .. } => PersonKey::MIN,
            Proof::NhiCard { id, .. } => {
                service.store.staff_key(&StaffCard::NhiCard { id: id.clone() })
            }
        }
    }

    /// As the trail tells it: a certificate by its fingerprint.
    fn told(&self) -> String {
        match self {
            Proof::Certificate { certificates, .. } => {
                let own = certificates.first().map_or(&[][..], Vec::as_slice);
                format!("certificate {}", hexadecimal(&fingerprint(own)[..16]))
            }
            Proof::NhiCard { .. } => "nhi-card".into(),
        }
    }

    async fn check(
        self,
        service: &Service,
        trust: &Trust,
        device: DeviceId,
        not_on_duty: Option<NotOnDuty>,
        now: Timestamp,
    ) -> Result<(), Stopped> {
        match self {
            Proof::Certificate { nonce, certificates, algorithm, signature, owner } => {
                let over = Stopped::Refused(Refused::ChallengeOver);
                let Some(known) = service.staff.challenges.read(&nonce, device, now) else {
                    return Err(over);
                };
                // It is spent before the signature is looked at, so that one nonce is one try.
                if !spend(service, &known.fingerprint, now, known.expires).await? {
                    return Err(over);
                }
                let server = trust.name.clone();
                let text = StaffChallenge { server, nonce, expires: known.expires }.text();
                owner
                    .and_then(|_| check(trust, &certificates, algorithm, (&text, &signature), now))
                    .map_err(|error| Stopped::Refused(Refused::Certificate(error)))
            }
            Proof::NhiCard { id, card, password } => {
                let unknown = Err(Stopped::Refused(Refused::UnknownPerson));
                // Of whoever is no staff anywhere nothing is said, least of all whether this is
                // their password.
                let is_nobody = not_on_duty == Some(NotOnDuty::Unknown);
                if is_nobody || !id.in_use_on(taipei::civil(now).date()) {
                    return unknown;
                }
                let found = service.people.look_up(Credentials { id, card: Some(card) }).await?;
                let Some(person) = found else { return unknown };
                match is_password_of(service, &person, password).await? {
                    true => Ok(()),
                    false => unknown,
                }
            }
        }
    }
}

impl Refused {
    fn code(self) -> Code {
        match self {
            Refused::ChallengeOver => Code::ChallengeOver,
            Refused::UnknownPerson => Code::UnknownPerson,
            Refused::Roster(reason) => code_of(reason),
            Refused::Certificate(error) => match error {
                CertificateError::Unreadable
                | CertificateError::NoOwner
                | CertificateError::NotForSignatures
                | CertificateError::Unusable => Code::CertificateUnusable,
                CertificateError::Expired => Code::CertificateExpired,
                CertificateError::NotYetValid => Code::CertificateNotYetValid,
                CertificateError::Revoked => Code::CertificateRevoked,
                CertificateError::RevocationUnknown => Code::RevocationUnknown,
                CertificateError::Foreign => Code::CertificateForeign,
                CertificateError::WrongSignature => Code::SignatureWrong,
            },
        }
    }

    /// Whether it counts as a failed log-in.
    fn counts(self) -> bool {
        match self {
            Refused::Certificate(CertificateError::RevocationUnknown) => {
                tracing::error!("no list of revoked certificates of a staff card's CA is in force");
                false
            }
            Refused::Certificate(_)
            | Refused::Roster(_)
            | Refused::ChallengeOver
            | Refused::UnknownPerson => true,
        }
    }

    /// What the trail is told besides the code: whose card it was, if that is known, and by what.
    fn told(self, proof: &str) -> String {
        let staff: Option<StaffId> = match self {
            Refused::Roster(NotOnDuty::Elsewhere(staff) | NotOnDuty::Withdrawn(staff)) => {
                Some(staff)
            }
            Refused::Roster(NotOnDuty::Unknown | NotOnDuty::NoInstitution)
            | Refused::Certificate(_)
            | Refused::ChallengeOver
            | Refused::UnknownPerson => None,
        };
        match staff {
            Some(staff) => format!("{}, {proof}", named(staff)),
            None => proof.to_owned(),
        }
    }
}

/// Staff as they are shown, with their name.
async fn view(service: &Service, staff: &OnDuty) -> Result<StaffView, ApiError> {
    let all = service.store.staff_of(staff.institution.id).await?;
    let own = all.into_iter().find(|one| one.record.id == staff.id).ok_or(Code::StaffUnknown)?;
    super::staff_users::view(&own)
}

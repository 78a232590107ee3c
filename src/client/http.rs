//! The booking service by HTTP: one call in, one reply out. It never tries again by itself: when to
//! do so is the journey's rule, and is said on the screen. No personal data is ever part of an
//! address.

use super::calls::{Answer, Call, Fault, Reply};
use crate::api::attendance::EnterAttendance;
use crate::api::audit::{AuditAsk, AuditReport};
use crate::api::captchas::AskCaptcha;
use crate::api::leftovers::{CameForLeftover, DosesLeft};
use crate::api::paths::{self, DEVICE_HEADER, STAFF_HEADER};
use crate::api::problem::Problem;
use crate::api::queries::Query;
use crate::api::sessions::SessionToken;
use crate::api::staff::{ChangeStaff, NewStaff, OpenStaffSession, StaffCardRefusal};
use crate::api::time::ServiceTime;
use jiff::civil::Date;
pub(super) use reqwest::Method;
use reqwest::header::{ETAG, HeaderValue, IF_NONE_MATCH};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Identity, RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A call without an answer for so long is given up.
const PATIENCE: Duration = Duration::from_secs(5);
/// Answers that are kept to be asked about ("is it still so?"): what one person looks at.
const KEPT_AT_MOST: usize = 8;

/// Which certificates a caller trusts when it connects to the service.
#[derive(Clone, Default)]
pub enum TlsRoots {
    /// None: only plain HTTP on the loopback is possible.
    #[default]
    Nothing,
    /// Those of the CAs that this machine trusts.
    System,
    /// Those of these CAs, in PEM.
    Only(Vec<u8>),
}

/// How connections to the service are made.
#[derive(Clone, Default)]
pub struct ClientOptions {
    pub trust: TlsRoots,
    /// The PEM of this kiosk's own certificate and key.
    pub identity: Option<Vec<u8>>,
    /// How many connections may stay open unused; `None` if all may.
    pub idle_connections: Option<usize>,
}

/// The connections to the service. Many kiosks may share them.
#[derive(Clone)]
pub struct HttpClient(reqwest::Client);

/// The service as one kiosk sees it.
#[derive(Clone)]
pub struct Client {
    http: HttpClient,
    base: String,
    device: String,
    /// Of the staff by whom calls are made.
    staff: Option<SessionToken>,
    /// What the crowd reads, as it was last answered: nothing of a person.
    kept: Arc<Mutex<VecDeque<Kept>>>,
}

struct Kept {
    path: String,
    etag: HeaderValue,
    body: Vec<u8>,
}

impl HttpClient {
    /// # Errors
    /// When a certificate cannot be read, or no HTTP client can be made on this machine.
    pub fn new(connecting: &ClientOptions) -> Result<Self, reqwest::Error> {
        // An error here only says that somebody has chosen the provider before.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        // No proxy and no timers of the pool: nothing wakes up while nobody is there. A redirection
        // would carry a person's numbers to wherever it says.
        let client = reqwest::Client::builder().no_proxy().redirect(Policy::none());
        let mut builder = client.timeout(PATIENCE).pool_idle_timeout(None);
        builder = match &connecting.trust {
            TlsRoots::Nothing => builder.tls_certs_only([]),
            TlsRoots::System => builder,
            TlsRoots::Only(pem) => builder.tls_certs_only(Certificate::from_pem_bundle(pem)?),
        };
        if let Some(identity) = &connecting.identity {
            builder = builder.identity(Identity::from_pem(identity)?);
        }
        if let Some(idle) = connecting.idle_connections {
            builder = builder.pool_max_idle_per_host(idle);
        }
        Ok(Self(builder.build()?))
    }
}

impl Client {
    /// `base` is the service's address without a slash at its end; `device` this kiosk's token,
    /// empty when its certificate says who it is.
    pub fn new(http: HttpClient, base: String, device: String) -> Self {
        Self { http, base, device, staff: None, kept: Arc::default() }
    }

    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.0.request(method, format!("{}{path}", self.base));
        let request = request.header(DEVICE_HEADER, &self.device);
        match &self.staff {
            None => request,
            Some(token) => request.header(STAFF_HEADER, token.0.expose()),
        }
    }

    /// The same service, for calls that this staff member makes.
    fn as_staff(&self, token: SessionToken) -> Self {
        Self { staff: Some(token), ..self.clone() }
    }

    pub(super) fn as_person(
        &self,
        method: Method,
        path: &str,
        token: &SessionToken,
    ) -> RequestBuilder {
        self.request(method, path).bearer_auth(token.0.expose())
    }

    /// Makes a call and waits for its reply.
    pub async fn call(&self, call: Call) -> Reply {
        match call {
            Call::Round => Ok(Answer::Round(Box::new(self.look(paths::ROUND).await?))),
            Call::OpenSession(ask) => {
                let request = self.request(Method::POST, paths::SESSIONS).json(&ask);
                Ok(Answer::Session(Box::new(read(request).await?)))
            }
            Call::Standing { token } => self.standing(&token).await,
            Call::CloseSession { token } => self.close_session(&token).await,
            Call::Seats => Ok(Answer::Seats(self.look(paths::SEATS).await?)),
            Call::Sites(district) => Ok(Answer::Sites(self.look(&paths::sites(district)).await?)),
            Call::Slots(site) => Ok(Answer::Slots(self.look(&paths::slots(site)).await?)),
            Call::EarliestSlots { district, query } => {
                let path = paths::earliest_slots(district, &query);
                Ok(Answer::EarliestSlots(self.look(&path).await?))
            }
            Call::Book { token, ask, key } => self.book(&token, &ask, &key).await,
            Call::BookTogether { ask, key } => self.book_together(&ask, &key).await,
            Call::AskToWait { token, ask } => self.ask_to_wait(&token, &ask).await,
            Call::Waiting { token } => self.waiting(&token).await,
            Call::LeaveLine { token } => self.leave_line(&token).await,
            Call::TakeOffer { ask, key } => self.take_offer(&ask, &key).await,
            Call::AskForLeftover { token, ask } => self.ask_for_leftover(&token, &ask).await,
            Call::LeaveLeftovers { token } => self.leave_leftovers(&token).await,
            Call::Leftovers { staff } => self.as_staff(staff).leftovers().await,
            Call::SayDosesLeft { staff, ask, key } => {
                self.as_staff(staff).say_doses_left(&ask, &key).await
            }
            Call::CameForLeftover { staff, ask } => self.as_staff(staff).came(&ask).await,
            Call::Reschedule { token, ask } => self.reschedule(&token, ask).await,
            Call::Cancel { token, ask } => self.cancel(&token, ask).await,
            Call::Register { token, ask } => self.register(&token, &ask).await,
            Call::Withdraw { token } => self.withdraw(&token).await,
            Call::Captcha { larger } => self.captcha(larger).await,
            Call::Query(ask) => self.query(&ask).await,
            Call::StaffChallenge => self.staff_challenge().await,
            Call::TellCardRefusal(ask) => self.tell_card_refusal(&ask).await,
            Call::OpenStaffSession(ask) => self.open_staff_session(&ask).await,
            Call::CloseStaffSession { staff } => self.as_staff(staff).close_staff_session().await,
            Call::StaffUsers { staff } => self.as_staff(staff).staff_users().await,
            Call::AddStaff { staff, ask } => self.as_staff(staff).add_staff(&ask).await,
            Call::ChangeStaff { staff, id, ask } => {
                self.as_staff(staff).change_staff(id, ask).await
            }
            Call::AsStaff { staff, call } => Box::pin(self.as_staff(staff).call(*call)).await,
            Call::AttendanceDay { staff, date } => self.as_staff(staff).attendance_day(date).await,
            Call::EnterAttendance { staff, ask } => {
                self.as_staff(staff).enter_attendance(&ask).await
            }
            Call::AttendanceFigures { staff, date } => {
                self.as_staff(staff).attendance_figures(date).await
            }
            Call::InstitutionFigures { staff, date } => {
                self.as_staff(staff).institution_figures(date).await
            }
        }
    }

    async fn standing(&self, token: &SessionToken) -> Reply {
        let request = self.as_person(Method::GET, paths::OWN_SESSION, token);
        Ok(Answer::Standing(Box::new(read(request).await?)))
    }

    async fn close_session(&self, token: &SessionToken) -> Reply {
        send(self.as_person(Method::DELETE, paths::OWN_SESSION, token)).await?;
        Ok(Answer::Closed)
    }

    async fn query(&self, ask: &Query) -> Reply {
        let request = self.request(Method::POST, paths::QUERIES).json(ask);
        Ok(Answer::Found(Box::new(read(request).await?)))
    }

    async fn captcha(&self, larger: bool) -> Reply {
        let request = self.request(Method::POST, paths::GRAPHIC_CODES).json(&AskCaptcha { larger });
        Ok(Answer::Captcha(read(request).await?))
    }

    async fn staff_challenge(&self) -> Reply {
        let request = self.request(Method::POST, paths::STAFF_CHALLENGES);
        Ok(Answer::StaffChallenge(read(request).await?))
    }

    async fn tell_card_refusal(&self, ask: &StaffCardRefusal) -> Reply {
        send(self.request(Method::POST, paths::STAFF_CARD_REFUSALS).json(ask)).await?;
        Ok(Answer::CardRefusalTold)
    }

    async fn open_staff_session(&self, ask: &OpenStaffSession) -> Reply {
        let request = self.request(Method::POST, paths::STAFF_SESSIONS).json(ask);
        Ok(Answer::StaffSession(Box::new(read(request).await?)))
    }

    async fn close_staff_session(&self) -> Reply {
        send(self.request(Method::DELETE, paths::OWN_STAFF_SESSION)).await?;
        Ok(Answer::StaffClosed)
    }

    async fn staff_users(&self) -> Reply {
        Ok(Answer::StaffUsers(read(self.request(Method::GET, paths::STAFF_USERS)).await?))
    }

    async fn add_staff(&self, ask: &NewStaff) -> Reply {
        let request = self.request(Method::POST, paths::STAFF_USERS).json(ask);
        Ok(Answer::StaffAdded(read(request).await?))
    }

    async fn change_staff(&self, id: u32, ask: ChangeStaff) -> Reply {
        let request = self.request(Method::PUT, &paths::staff_user(id)).json(&ask);
        Ok(Answer::StaffChanged(read(request).await?))
    }

    async fn attendance_day(&self, date: Date) -> Reply {
        let request = self.request(Method::GET, &paths::attendance_day(date));
        Ok(Answer::AttendanceDay(Box::new(read(request).await?)))
    }

    async fn enter_attendance(&self, ask: &EnterAttendance) -> Reply {
        let request = self.request(Method::POST, paths::ATTENDANCE_ENTRIES).json(ask);
        Ok(Answer::AttendanceEntered(read(request).await?))
    }

    async fn attendance_figures(&self, date: Date) -> Reply {
        let request = self.request(Method::GET, &paths::attendance_figures(date));
        Ok(Answer::AttendanceFigures(read(request).await?))
    }

    async fn came(&self, ask: &CameForLeftover) -> Reply {
        let request = self.request(Method::POST, paths::LEFTOVERS_CAME).json(ask);
        Ok(Answer::LeftoverGiven(Box::new(read(request).await?)))
    }

    async fn leftovers(&self) -> Reply {
        Ok(Answer::Leftovers(read(self.request(Method::GET, paths::LEFTOVERS)).await?))
    }

    async fn say_doses_left(&self, ask: &DosesLeft, key: &str) -> Reply {
        let request = self.request(Method::POST, paths::LEFTOVERS).json(ask);
        let request = request.header(paths::IDEMPOTENCY_HEADER, key);
        Ok(Answer::Leftovers(read(request).await?))
    }

    async fn institution_figures(&self, date: Date) -> Reply {
        let request = self.request(Method::GET, &paths::institution_figures(date));
        Ok(Answer::InstitutionFigures(read(request).await?))
    }

    /// The service's clock.
    pub async fn time(&self) -> Result<ServiceTime, Fault> {
        read(self.request(Method::GET, paths::TIME)).await
    }

    /// The administrator's audit.
    pub async fn audit(&self, admin_token: &str, ask: &AuditAsk) -> Result<AuditReport, Fault> {
        let request = self.http.0.request(Method::POST, format!("{}{}", self.base, paths::AUDIT));
        read(request.bearer_auth(admin_token).json(ask).timeout(PATIENCE * 12)).await
    }

    /// Reads what the crowd reads; what has not changed does not travel again.
    async fn look<T: DeserializeOwned>(&self, path: &str) -> Result<T, Fault> {
        let mut request = self.request(Method::GET, path);
        let etag = self.with_kept(|kept| {
            kept.iter().find(|kept| kept.path == path).map(|kept| kept.etag.clone())
        });
        if let Some(etag) = etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        let response = request.send().await.map_err(|_| Fault::Gone)?;
        if response.status() == StatusCode::NOT_MODIFIED {
            let parse = |kept: &Kept| serde_json::from_slice(&kept.body).ok();
            let found =
                self.with_kept(|kept| kept.iter().find(|kept| kept.path == path).and_then(parse));
            return found.ok_or(Fault::Gone);
        }
        let response = checked(response).await?;
        let etag = response.headers().get(ETAG).cloned();
        let body = response.bytes().await.map_err(|_| Fault::Gone)?;
        let value = serde_json::from_slice(&body).map_err(|_| Fault::Gone)?;
        if let Some(etag) = etag {
            self.with_kept(|kept| {
                kept.retain(|kept| kept.path != path);
                kept.truncate(KEPT_AT_MOST - 1);
                kept.push_front(Kept { path: path.to_owned(), etag, body: body.to_vec() });
            });
        }
        Ok(value)
    }

    fn with_kept<T>(&self, act: impl FnOnce(&mut VecDeque<Kept>) -> T) -> T {
        act(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

pub(super) async fn send(request: RequestBuilder) -> Result<Response, Fault> {
    checked(request.send().await.map_err(|_| Fault::Gone)?).await
}

async fn checked(response: Response) -> Result<Response, Fault> {
    if response.status().is_success() {
        return Ok(response);
    }
    // Whatever does not speak our problem documents is not our service: a proxy, a captive portal.
    let problem: Problem = response.json().await.map_err(|_| Fault::Gone)?;
    Err(Fault::Problem(Box::new(problem)))
}

pub(super) async fn read<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Fault> {
    send(request).await?.json().await.map_err(|_| Fault::Gone)
}

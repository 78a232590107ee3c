//! The service: everything that a route may use, put together over a store, and started.

use super::auth::{Devices, Sessions};
use super::captcha::Captchas;
use super::catalog::Catalog;
use super::engine::Engine;
use super::engine::attendance::AttendanceWriter;
use super::engine::person_lookup::PersonLookup;
use super::env::Env;
use super::heard_desks::HeardDesks;
use super::keys::{Purpose, Secrets, fingerprint};
use super::limits::{Allowance, Limits};
use super::lockout::{FORGOTTEN_AFTER, Lockout};
use super::metrics::Metrics;
use super::passwords::Passwords;
use super::publishing::Publishing;
use super::refused_log_ins::RefusedLogIns;
use super::site_days::SiteDays;
use super::staff::Staff;
use super::staff::sessions::STAFF_SESSION_LIMIT;
use super::store::Store;
use super::store::error::StoreError;
use super::store::ids::PersonKey;
use super::store::seal::Seal;
use super::store::spent_tokens::SpentToken;
use crate::domain::identity::IdNumber;
use crate::domain::site::SlotId;
use crate::domain::waiting::held_until;
use crate::receipt::signing::ReceiptSigner;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Mutex;

/// Everything that a route may use.
pub struct Service {
    pub store: Store,
    pub catalog: Arc<Catalog>,
    pub engine: Engine,
    pub people: PersonLookup,
    pub attendance: AttendanceWriter,
    pub site_days: SiteDays,
    pub heard_desks: HeardDesks,
    pub publishing: Publishing,
    pub sessions: Sessions,
    pub devices: Devices,
    pub staff: Staff,
    pub limits: Limits,
    pub lockout: Lockout,
    pub refused_log_ins: RefusedLogIns,
    pub captchas: Captchas,
    pub metrics: Arc<Metrics>,
    pub signer: ReceiptSigner,
    pub env: Env,
    pub passwords: Passwords,
    seal: Seal,
    admin: [u8; 32],
    /// Held while the staff are read and told, so that no older reading replaces a newer one.
    reads_staff: Mutex<()>,
    /// Whether the last look at the database went well.
    sees: AtomicBool,
}

/// The seal of the personal columns, from the secrets.
pub fn seal(secrets: &Secrets, env: &Env) -> Seal {
    Seal::new(
        secrets.number,
        &secrets.key(Purpose::Columns),
        &secrets.key(Purpose::Lookup),
        Arc::clone(&env.random),
    )
}

/// The writer answers to one thing at a time, the database: among thousands of connections that
/// wait for their turn on the same threads it would wait with them, six times a commit.
fn on_its_own_thread(name: &str, work: impl Future<Output = ()> + Send + 'static) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a machine that runs one more");
    std::thread::Builder::new()
        .name(name.into())
        .spawn(move || runtime.block_on(work))
        .expect("a machine with a thread to spare");
}

impl Service {
    /// Starts the service over a store, on the current tokio runtime: loads what it keeps in
    /// memory, and starts writer and lookup.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn start(
        store: Store,
        secrets: &Secrets,
        env: Env,
        allowance: Allowance,
    ) -> Result<Arc<Self>, StoreError> {
        let (catalog, metrics) = (Arc::new(Catalog::default()), Arc::new(Metrics::default()));
        let (engine, writing) = Engine::new(
            store.clone(),
            Arc::clone(&catalog),
            Arc::clone(&metrics),
            Arc::clone(&env.now),
        );
        let (people, receiving) = PersonLookup::new(store.clone(), Arc::clone(&catalog));
        let service = Arc::new(Self {
            catalog,
            engine,
            people,
            attendance: AttendanceWriter::default(),
            site_days: SiteDays::new(store.attendance_keys().await?),
            heard_desks: HeardDesks::default(),
            publishing: Publishing::default(),
            sessions: Sessions::new(&secrets.key(Purpose::Sessions)),
            devices: Devices::default(),
            staff: Staff::new(secrets),
            limits: Limits::new(allowance, Arc::clone(&env.uptime)),
            lockout: Lockout::default(),
            refused_log_ins: RefusedLogIns::default(),
            captchas: Captchas::new(&secrets.key(Purpose::Captcha)),
            metrics,
            signer: secrets.receipt_signer(),
            passwords: Passwords::start().expect("a machine with threads to spare"),
            seal: seal(secrets, &env),
            admin: fingerprint(secrets.admin_token().as_bytes()),
            reads_staff: Mutex::default(),
            sees: AtomicBool::new(true),
            env,
            store,
        });
        service.load_programme().await?;
        service.devices.know(&service.store.devices().await?);
        let now = (service.env.now)();
        service.load_staff().await?;
        // Those of staff last longest.
        let all = service.store.spent_tokens(now - STAFF_SESSION_LIMIT, now).await?;
        service.end_tokens(&all);
        service.lockout.learn(&service.store.failed_logins(now - FORGOTTEN_AFTER).await?);
        on_its_own_thread("writer", writing);
        tokio::spawn(receiving);
        Ok(service)
    }

    /// Publishes the database's programme in the catalog.
    pub(super) async fn load_programme(&self) -> Result<(), StoreError> {
        let Some(current) = self.store.current_round((self.env.now)()).await? else {
            return Ok(());
        };
        if let Some(programme) = self.store.programme(current).await? {
            self.catalog.publish(programme);
            // What was committed while it was read was shown in the programme before.
            self.refresh_seats().await?;
        }
        Ok(())
    }

    /// Tells the roster which institutions and staff the database has.
    pub(super) async fn load_staff(&self) -> Result<(), StoreError> {
        let _alone = self.reads_staff.lock().await;
        self.staff.roster.know(self.store.institutions().await?, self.store.staff().await?);
        Ok(())
    }

    /// Accepts these tokens no more, of people and of staff.
    pub(super) fn end_tokens(&self, spent: &[SpentToken]) {
        let uptime = (self.env.uptime)();
        self.sessions.end(spent.iter().copied(), uptime);
        self.staff.sessions.end(spent.iter().copied(), uptime);
    }

    pub(super) async fn refresh_seats(&self) -> Result<(), StoreError> {
        if let Some(snapshot) = self.catalog.snapshot() {
            let stamp = self.catalog.stamp();
            self.catalog.refresh(&self.store.seats(snapshot.round.number).await?, stamp);
        }
        Ok(())
    }

    /// Fills a slot, and shows it at once.
    ///
    /// # Errors
    /// If the database cannot be written or read.
    pub async fn fill_slot(&self, slot: SlotId) -> Result<(), StoreError> {
        self.store.fill_slot(slot).await?;
        self.refresh_seats().await
    }

    /// Frees a seat of the earliest slot that suits the first in the line whom one suits (in the
    /// training). It is full from then on, so that nobody books it meanwhile.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn free_seat(&self) -> Result<(), StoreError> {
        const FIRST_OF_THE_LINE: u32 = 16;
        let Some(snapshot) = self.catalog.snapshot() else { return Ok(()) };
        let (round, now) = (&snapshot.round, (self.env.now)());
        for next in self.store.line(round.number, (0, FIRST_OF_THE_LINE), &[], now).await? {
            let suiting = snapshot.slots().filter(|(site, slot)| {
                let in_time = held_until(round, slot, now).is_some();
                in_time && !next.passed.contains(&slot.id) && next.wish.suits(site, slot.starts)
            });
            if let Some((_, slot)) = suiting.min_by_key(|(_, slot)| (slot.starts, slot.id)) {
                self.fill_slot(slot.id).await?;
                return self.store.keep_freed_seat(round.number, slot.id, now).await;
            }
        }
        Ok(())
    }

    pub(super) fn seen(&self, well: bool) {
        self.sees.store(well, Ordering::SeqCst);
    }

    /// Whether it can do its work now: a programme is there, and the database answers and can be
    /// written.
    pub fn is_ready(&self) -> bool {
        self.sees.load(Ordering::SeqCst)
            && self.store.can_write()
            && self.catalog.snapshot().is_some()
    }

    /// Whether this is the administrator's token.
    pub fn is_admin(&self, token: &str) -> bool {
        // The hash is compared, so the time that it takes tells nothing of the token.
        fingerprint(token.as_bytes()) == self.admin
    }

    /// For whom a limit is kept before the person is known.
    pub fn person_key(&self, id: &IdNumber) -> PersonKey {
        self.seal.person_key(id)
    }
}

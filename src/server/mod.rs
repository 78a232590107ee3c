//! The booking service: `routes` (thin), `engine` (use-cases and the one writer), `board` (what the
//! crowd reads), `store` (the only SQL), `auth`. It takes its listener, clock, randomness and
//! secrets as arguments, so that tests and the training run the real one. It never knows of
//! screens, and reads no clock, randomness or environment by itself.

pub mod app_codes;
pub mod attempts;
pub mod auth;
pub mod board;
pub mod connections;
pub mod engine;
pub mod graphic;
pub mod keys;
pub mod limits;
pub mod metrics;
pub mod notify;
pub mod routes;
pub mod store;
pub mod tls;
pub mod watch;

use crate::receipt::signing::ReceiptSigner;
use app_codes::Issuer;
use attempts::Attempts;
use auth::{Devices, Sessions};
use board::Board;
use engine::reception::Reception;
use engine::{Engine, Now};
use graphic::Graphics;
use keys::{Purpose, Secrets, fingerprint};
use limits::{Allowance, Limits};
use metrics::Metrics;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use store::seal::{Fresh, Seal};
use store::{Store, StoreError};

/// What the world hands in: the clock, 32 fresh random bytes a call, and who knows the NHI app's
/// codes.
#[derive(Clone)]
pub struct Edge {
    pub now: Now,
    pub fresh: Fresh,
    /// None: nobody can come in with a code of the app.
    pub app_codes: Option<Arc<dyn Issuer>>,
}

/// Everything that a route may use.
pub struct Service {
    pub store: Store,
    pub board: Arc<Board>,
    pub engine: Engine,
    pub reception: Reception,
    pub sessions: Sessions,
    pub devices: Devices,
    pub limits: Limits,
    pub attempts: Attempts,
    pub graphics: Graphics,
    pub metrics: Arc<Metrics>,
    pub signer: ReceiptSigner,
    pub edge: Edge,
    seal: Seal,
    admin: [u8; 32],
    /// Whether the last look at the database went well.
    sees: AtomicBool,
}

/// The seal of the personal columns, from the secrets.
pub fn seal(secrets: &Secrets, edge: &Edge) -> Seal {
    Seal::new(
        &secrets.key(Purpose::Columns),
        &secrets.key(Purpose::Lookup),
        Arc::clone(&edge.fresh),
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
    /// memory, and starts writer and door.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn start(
        store: Store,
        secrets: &Secrets,
        edge: Edge,
        allowance: Allowance,
    ) -> Result<Arc<Self>, StoreError> {
        let (board, metrics) = (Arc::new(Board::default()), Arc::new(Metrics::default()));
        let (engine, writing) = Engine::new(
            store.clone(),
            Arc::clone(&board),
            Arc::clone(&metrics),
            Arc::clone(&edge.now),
        );
        let (reception, receiving) = Reception::new(store.clone(), Arc::clone(&board));
        let service = Arc::new(Self {
            board,
            engine,
            reception,
            sessions: Sessions::new(&secrets.key(Purpose::Sessions)),
            devices: Devices::default(),
            limits: Limits::new(allowance, Arc::clone(&edge.now)),
            attempts: Attempts::default(),
            graphics: Graphics::new(&secrets.key(Purpose::Graphic)),
            metrics,
            signer: secrets.receipt_signer(),
            seal: seal(secrets, &edge),
            admin: fingerprint(secrets.admin_token().as_bytes()),
            sees: AtomicBool::new(true),
            edge,
            store,
        });
        service.load_programme().await?;
        service.devices.know(&service.store.devices().await?);
        let now = (service.edge.now)();
        let all = service.store.ended_sessions(now - auth::SESSION_LIMIT, now).await?;
        service.sessions.end(all);
        service
            .attempts
            .learn(&service.store.wrong_attempts(now - attempts::FORGOTTEN_AFTER).await?);
        on_its_own_thread("writer", writing);
        tokio::spawn(receiving);
        Ok(service)
    }

    /// Puts the database's programme on the board.
    async fn load_programme(&self) -> Result<(), StoreError> {
        let Some(current) = self.store.current_round((self.edge.now)()).await? else {
            return Ok(());
        };
        if let Some(programme) = self.store.programme(current).await? {
            self.board.show(programme);
            // What was committed while it was read hung on the board before.
            self.refresh_seats().await?;
        }
        Ok(())
    }

    async fn refresh_seats(&self) -> Result<(), StoreError> {
        if let Some(showing) = self.board.showing() {
            let stamp = self.board.stamp();
            self.board.refresh(&self.store.seats(showing.round.number).await?, stamp);
        }
        Ok(())
    }

    /// Closes a slot, and shows it at once.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn close_slot(&self, slot: crate::domain::site::SlotId) -> Result<(), StoreError> {
        self.store.close_slot(slot).await?;
        self.refresh_seats().await
    }

    fn seen(&self, well: bool) {
        self.sees.store(well, Ordering::SeqCst);
    }

    /// Whether it can do its work now: a programme is there, and the database answers.
    pub fn is_ready(&self) -> bool {
        self.sees.load(Ordering::SeqCst) && self.board.showing().is_some()
    }

    /// Whether this is the administrator's token.
    pub fn is_admin(&self, token: &str) -> bool {
        // The hash is compared, so the time that it takes tells nothing of the token.
        fingerprint(token.as_bytes()) == self.admin
    }

    /// For whom a limit is kept before the person is known.
    pub fn person_key(&self, id: &crate::domain::identity::IdNumber) -> limits::PersonKey {
        self.seal.person_key(id)
    }
}

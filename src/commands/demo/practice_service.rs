//! The training's own booking service, with the world that it knows: made anew for each exercise
//! behind the same address, and dropped with all that it has. A world has a runtime of its own, so
//! that nothing of it goes on when it is over.

use super::line::{CuttableListener, Line};
use super::world_plan::WorldPlan;
use super::{DemoError, staff};
use crate::commands::machine;
use crate::devices::clock::Clock;
use crate::devices::simulated::clock::SimulatedClock;
use crate::devices::simulated::people::PracticeCard;
use crate::devices::simulated::staff_card::SimulatedStaffReader;
use crate::domain::channel::Channel;
use crate::domain::language::Language;
use crate::domain::phone::MobileNumber;
use crate::domain::round::{Brand, RoundNumber};
use crate::domain::site::{SiteId, SlotId};
use crate::domain::taipei;
use crate::domain::waiting::{DayPart, Places, WaitingWish};
use crate::receipt::demo_key::DEMO_ONLY_SECRET;
use crate::server::connections::{Options, serve};
use crate::server::env::Env;
use crate::server::keys::{Purpose, Secrets, fingerprint};
use crate::server::limits::Allowance;
use crate::server::notify::{Gateway, Pace, deliver};
use crate::server::otp::SimulatedIssuer;
use crate::server::service::{Service, seal};
use crate::server::store::Store;
use crate::server::store::audit_trail::Actor;
use crate::server::store::devices::NewDevice;
use crate::server::store::error::StoreError;
use crate::server::store::outbox::Kind;
use crate::server::store::people::Credentials;
use crate::server::store::standing::{BookingStanding, CameStanding, PersonStanding};
use crate::server::store::waiting::AskToWait;
use crate::server::watch::watch;
use crate::training::fact::Message;
use crate::training::world::{BookingFacts, Came, PersonFacts, WorldBefore, WorldFacts};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// So long the tasks of a world that is over may take to end.
const FAREWELL: Duration = Duration::from_millis(500);

/// How often a world is tried to be made, and the pause between two tries.
const TRIES: u32 = 5;
const BETWEEN_TRIES: Duration = Duration::from_secs(1);

/// The service behind its address, whichever world it has.
pub struct PracticeService {
    listener: TcpListener,
    address: SocketAddr,
    /// The token of the one kiosk that the service knows.
    pub device: String,
    pub line: Arc<Line>,
    pub clock: Arc<SimulatedClock>,
    pub issuer: Arc<SimulatedIssuer>,
    staff_reader: Arc<SimulatedStaffReader>,
    phones: Arc<dyn Gateway>,
    world: Mutex<Option<World>>,
}

/// A service that runs, on its own runtime.
struct World {
    runtime: Option<tokio::runtime::Runtime>,
    service: Arc<Service>,
    round: RoundNumber,
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(FAREWELL);
        }
    }
}

impl PracticeService {
    /// A service that has no world yet. Whoever calls it before that waits.
    pub fn new(
        clock: Arc<SimulatedClock>,
        staff_reader: Arc<SimulatedStaffReader>,
        phones: Arc<dyn Gateway>,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        listener.set_nonblocking(true)?;
        Ok(Self {
            address: listener.local_addr()?,
            listener,
            device: hex::encode(&machine::random()[..16]),
            line: Arc::default(),
            clock,
            issuer: Arc::new(SimulatedIssuer::new(&demo_secrets().key(Purpose::Otp))),
            staff_reader,
            phones,
            world: Mutex::default(),
        })
    }

    /// The service's address, for a client.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Makes the world anew, and reads its facts. Blocks; not to be called on a thread of an
    /// asynchronous runtime.
    ///
    /// # Errors
    /// If the machine has no thread, port or randomness to spare, or the world contradicts itself.
    pub fn begin(
        &self,
        channel: Channel,
        before: Option<&WorldBefore>,
        next_round: bool,
    ) -> Result<WorldFacts, DemoError> {
        self.line.mend();
        self.line.slow(None);
        let mut world = self.lock();
        // The one before ends first: they have one address.
        drop(world.take());
        let mut tried = 1;
        let begun = loop {
            let plan = WorldPlan::new(channel, before, next_round);
            self.clock.put_to(taipei::instant(plan.begins));
            match self.start(channel, plan) {
                Ok(begun) => break begun,
                Err(failure) if tried == TRIES => return Err(failure),
                // On a busy machine its database can take longer than anybody waits for one.
                Err(_) => {
                    std::thread::sleep(BETWEEN_TRIES);
                    tried += 1;
                }
            }
        };
        world.insert(begun).facts()
    }

    fn start(&self, channel: Channel, plan: WorldPlan) -> Result<World, DemoError> {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let round = plan.round.round.number;
        let service = runtime.block_on(self.fill(channel, plan))?;
        let (of_line, of_messages) = (Arc::clone(&service), Arc::clone(&service));
        runtime.spawn(watch(of_line));
        runtime.spawn(deliver(of_messages, Arc::clone(&self.phones), Pace::WhenWritten));
        let (listener, line) = (self.listener.try_clone()?, Arc::clone(&self.line));
        let served = Arc::clone(&service);
        runtime.spawn(async move {
            // Without a listener the kiosk says on every screen that there is no line.
            let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
            // One kiosk in the same process: its connection stays, and nothing wakes up to look at
            // it.
            let options = Options { idle: None, ..Options::default() };
            let listener = CuttableListener::new(listener, line);
            serve(listener, served, options, std::future::pending()).await;
        });
        Ok(World { runtime: Some(runtime), service, round })
    }

    /// Writes a world into a store of its own, and starts a service over it.
    async fn fill(&self, channel: Channel, plan: WorldPlan) -> Result<Arc<Service>, DemoError> {
        let secrets = demo_secrets();
        let clock = Arc::clone(&self.clock);
        let env = Env {
            now: Arc::new(move || clock.now()),
            uptime: Arc::new(machine::uptime),
            random: Arc::new(machine::random),
            otp: Some(Arc::clone(&self.issuer) as _),
            publisher: None,
        };
        let store = Store::in_memory(seal(&secrets, &env)).await?;
        let mut import = store.import().await?;
        import.round(&plan.round).await?;
        import.people(&plan.people).await?;
        import.finish().await?;
        let cards = self.staff_reader.cards()?;
        store.add_devices(&[self.kiosk(channel, plan.site)]).await?;
        staff::fill(&store, cards, self.clock.now()).await?;
        for card in plan.in_line {
            self.put_in_line(&store, plan.round.round.number, card).await?;
        }
        let service = Service::start(store, &secrets, env, Allowance::default()).await?;
        service.staff.set_trust(staff::trust(cards)?);
        Ok(service)
    }

    /// The one kiosk that the service knows.
    fn kiosk(&self, channel: Channel, site: Option<SiteId>) -> NewDevice {
        NewDevice {
            name: "training".into(),
            channel,
            institution: staff::HERE.into(),
            site,
            counter: false,
            token: Some(fingerprint(self.device.as_bytes())),
            certificate: None,
            added: self.clock.now(),
        }
    }

    /// Somebody who has asked to wait for a seat in their district before.
    async fn put_in_line(
        &self,
        store: &Store,
        round: RoundNumber,
        card: PracticeCard,
    ) -> Result<(), DemoError> {
        let face = card.face().map_err(|_| "a card that cannot be read waits for nothing")?;
        let of = Credentials { id: face.id, card: None };
        let person = store.person_of_number(&of).await?.ok_or("somebody who is not there")?;
        let mobile = card.mobile().and_then(|mobile| MobileNumber::parse(mobile).ok());
        let ask = AskToWait {
            person,
            wish: WaitingWish {
                places: Places::Districts(vec![super::world::district_of(card)]),
                days: Vec::new(),
                part: DayPart::Any,
                brands: Brand::ALL.to_vec(),
            },
            mobile: mobile.ok_or("somebody without a telephone")?,
            language: Language::default(),
            by: Actor::Service,
        };
        Ok(store.ask_to_wait(round, &ask, self.clock.now()).await?)
    }

    /// The facts of the world now.
    ///
    /// # Errors
    /// If there is no world, or its database cannot be read.
    pub fn facts(&self) -> Result<WorldFacts, DemoError> {
        self.lock().as_ref().ok_or("there is no world")?.facts()
    }

    /// Fills a slot. When it fails the slot stays open: the trainer sees it.
    pub fn fill_slot(&self, slot: SlotId) {
        if let Some(world) = self.lock().as_ref() {
            let _ = world.block_on(world.service.fill_slot(slot));
        }
    }

    /// Frees a seat for the first in the line. When it fails nothing is offered: the trainer
    /// presses once more.
    pub fn free_seat(&self) {
        if let Some(world) = self.lock().as_ref() {
            let _ = world.block_on(world.service.free_seat());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<World>> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World {
    fn block_on<T>(
        &self,
        work: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, DemoError> {
        let runtime = self.runtime.as_ref().ok_or("the world is over")?;
        Ok(runtime.block_on(work)?)
    }

    fn facts(&self) -> Result<WorldFacts, DemoError> {
        self.block_on(async {
            let store = &self.service.store;
            // What was told in the transaction of a booking is a message from now on.
            while store.take_outbox_apart((self.service.env.now)()).await? > 0 {}
            let mut facts = WorldFacts {
                checked_in: store.count_came(self.round).await?,
                ..Default::default()
            };
            for card in PracticeCard::ALL {
                let Ok(face) = card.face() else { continue };
                if let Some(standing) = store.standing_of(&face.id, self.round).await? {
                    facts.people.push(person_facts(card, standing));
                }
            }
            Ok(facts)
        })
    }
}

fn person_facts(card: PracticeCard, standing: PersonStanding) -> PersonFacts {
    let PersonStanding { booking, registered, in_line, told_of_leftovers, messages } = standing;
    PersonFacts {
        card,
        booking: booking.map(booking_facts),
        registered,
        in_line,
        told_of_leftovers,
        messages: messages.into_iter().filter_map(message).collect(),
    }
}

fn booking_facts(booking: BookingStanding) -> BookingFacts {
    BookingFacts {
        number: booking.number,
        starts: booking.starts,
        site: booking.site,
        district: booking.district,
        came: match booking.came {
            CameStanding::NotYet => Came::NotYet,
            CameStanding::CheckedIn => Came::CheckedIn,
            CameStanding::Vaccinated { lot } => Came::Vaccinated { lot },
            CameStanding::Not => Came::Not,
        },
    }
}

/// What a message is about, as far as exercises ask.
fn message(kind: Kind) -> Option<Message> {
    match kind {
        Kind::Booked => Some(Message::Booked),
        Kind::Moved => Some(Message::Moved),
        Kind::Cancelled => Some(Message::Cancelled),
        Kind::Offered => Some(Message::Offered),
        Kind::Leftover => Some(Message::Leftover),
        Kind::Reminder | Kind::Settled | Kind::Displaced | Kind::Absent => None,
    }
}

/// The training's secrets are known to everybody, and the service refuses them outside it.
fn demo_secrets() -> Secrets {
    Secrets::new(*DEMO_ONLY_SECRET, *DEMO_ONLY_SECRET)
}

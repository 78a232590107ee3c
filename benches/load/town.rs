//! A round of any size in a fresh database, the real service over it with echoes beside its routes,
//! and the requests of its people. Nothing is measured here.

use crate::databases::{Fresh, Kind};
use axum::Json;
use axum::http::StatusCode;
use axum::routing::{get, post};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use vaxkiosk::api::bookings::{BookSlot, BookingView};
use vaxkiosk::api::sites::EarliestQuery;
use vaxkiosk::commands::{machine, practice_people};
use vaxkiosk::domain::booking_number::BookingNumber;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::region::DistrictCode;
use vaxkiosk::domain::round::RoundNumber;
use vaxkiosk::receipt::claims::Claims;
use vaxkiosk::server::connections::{Options, serve_routes};
use vaxkiosk::server::keys::{Secrets, fingerprint};
use vaxkiosk::server::limits::Allowance;
use vaxkiosk::server::routes;
use vaxkiosk::server::routes::extract::{DeviceAuth, IdempotencyKey, PersonAuth};
use vaxkiosk::server::service::{Service, seal};
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::devices::NewDevice;
use vaxkiosk::server::store::ids::{DeviceId, PersonId};

fn secrets() -> Secrets {
    Secrets::new([5; 32], [6; 32])
}

pub struct Bench {
    pub runtime: tokio::runtime::Runtime,
    pub random: Fresh,
    pub people: u32,
    pub slots: u32,
}

impl Bench {
    /// A round with `slots` slots that never fill, and so many people.
    pub fn new(kind: Kind, people: u32, slots: u32) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let random = kind.fresh();
        let sites = slots.div_ceil(practice_people::SLOTS_A_SITE);
        let opens = machine::now();
        runtime.block_on(async {
            let store =
                Store::open(&random.address, seal(&secrets(), &machine::env())).await.unwrap();
            let mut import = store.import().await.unwrap();
            import.round(&practice_people::round(opens, sites, 100_000_000)).await.unwrap();
            for first in (0..people).step_by(10_000) {
                let set: Vec<_> = (first..people.min(first + 10_000))
                    .map(|nth| practice_people::person(nth, opens))
                    .collect();
                import.people(&set).await.unwrap();
            }
            import.finish().await.unwrap();
            let device = NewDevice {
                name: "bench".into(),
                channel: Channel::ConvenienceStore,
                institution: String::new(),
                site: None,
                counter: false,
                token: Some(fingerprint(b"bench")),
                certificate: None,
                added: opens,
            };
            store.add_devices(&[device]).await.unwrap();
            store.close().await;
        });
        Self { runtime, random, people, slots }
    }

    pub async fn store(&self) -> Store {
        Store::open(&self.random.address, seal(&secrets(), &machine::env())).await.unwrap()
    }

    /// The service with an echo beside its routes.
    pub fn serve(&self) -> (SocketAddr, Arc<Service>) {
        self.runtime.block_on(async {
            let many = NonZeroU32::new(1_000_000_000).unwrap();
            let limits = Allowance {
                device_a_second: many,
                device_burst: many,
                person_a_minute: many,
                person_burst: many,
            };
            let service = Service::start(self.store().await, &secrets(), machine::env(), limits)
                .await
                .unwrap();
            let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
            let address = listener.local_addr().unwrap();
            let view = view();
            let slots = service
                .catalog
                .snapshot()
                .unwrap()
                .slots_body(vaxkiosk::domain::site::SiteId(1))
                .unwrap()
                .bytes;
            let earliest = earliest_slots(&service, EARLIEST_NEAR);
            let bare_view = view.clone();
            let bare =
                |Json(_): Json<BookSlot>| async move { (StatusCode::CREATED, Json(bare_view)) };
            let echo = |_: PersonAuth, _: IdempotencyKey, Json(_): Json<BookSlot>| async move {
                (StatusCode::CREATED, Json(view))
            };
            let echo = axum::Router::new()
                .route("/echo/bare", post(bare))
                .route("/echo", post(echo))
                .route("/echo/slots", get(move |_: DeviceAuth| async move { slots }))
                .route("/echo/earliest", get(move |_: DeviceAuth| async move { earliest }))
                .route("/echo/nothing", get(|_: DeviceAuth| async { "" }))
                .with_state(Arc::clone(&service));
            let router = routes::table(Arc::clone(&service)).merge(echo);
            let serving = serve_routes(
                axum::serve::ListenerExt::tap_io(listener, |stream| {
                    stream.set_nodelay(true).unwrap()
                }),
                router,
                Arc::clone(&service),
                Options::default(),
                std::future::pending(),
            );
            tokio::spawn(serving);
            (address, service)
        })
    }

    /// The bookings of people `from` and on, each once.
    pub fn bookings(&self, service: &Service, from: u32, path: &str) -> Arc<Vec<Vec<u8>>> {
        self.bookings_of(service, from..self.people, path)
    }

    pub fn bookings_of(
        &self,
        service: &Service,
        people: impl Iterator<Item = u32>,
        path: &str,
    ) -> Arc<Vec<Vec<u8>>> {
        let now = machine::now();
        let request = |nth: u32| {
            let token = service.sessions.open(
                PersonId(i64::from(nth) + 1),
                DeviceId(1),
                now,
                machine::random(),
            );
            let body = format!(
                "{{\"slot\":{},\"mobile\":\"registered\"}}",
                1 + mixed(nth.into()) % u64::from(self.slots)
            );
            format!(
                "POST {path} HTTP/1.1\r\nhost: localhost\r\nvaxkiosk-device: \
                    bench\r\nauthorization: Bearer {}\r\n\
                 idempotency-key: {nth:032x}\r\ncontent-type: application/json\r\ncontent-length: \
                 {}\r\n\r\n{body}",
                token.expose(),
                body.len()
            )
            .into_bytes()
        };
        Arc::new(people.map(request).collect())
    }
}

/// The district whose earliest slots are asked for.
pub const EARLIEST_NEAR: DistrictCode = DistrictCode(6_300_300);

/// The answer with the earliest slots near a district.
pub fn earliest_slots(service: &Service, near: DistrictCode) -> axum::body::Bytes {
    let snapshot = service.catalog.snapshot().unwrap();
    let query = EarliestQuery::default();
    snapshot.earliest_slots_body(near, &query, machine::now()).unwrap().bytes
}

pub fn mixed(z: u64) -> u64 {
    let z = (z ^ (z >> 30)).wrapping_add(0x9E37_79B9).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB) >> 20
}

/// A booking as the service would answer it: the echo sends as much.
pub fn view() -> BookingView {
    let world = practice_people::round(machine::now(), 1, 1);
    let number = BookingNumber::new(
        RoundNumber::try_from(practice_people::PRACTICE_ROUND).unwrap(),
        12_345_678,
    )
    .unwrap();
    let claims = Claims {
        booking: number,
        site: world.sites[0].id,
        slot: world.slots[0].starts,
        issued: machine::now(),
    };
    BookingView {
        number,
        made: jiff::Timestamp::from_second(machine::now().as_second()).unwrap(),
        site: world.sites[0].clone(),
        starts: world.slots[0].starts,
        ends: world.slots[0].ends,
        mobile_masked: Personal::new("0912 *** 678"),
        receipt: secrets().receipt_signer().sign(claims).unwrap(),
    }
}

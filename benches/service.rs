//! What a booking and a read cost, as ratios to a baseline of the same run: `cargo bench --bench service [-- PART…]`. Parts: engine,
//! sqlite, reads, postgres, growth. Server and load share the machine, so rates say little and ratios much.
#![allow(clippy::disallowed_methods, reason = "a benchmark measures time")]

#[path = "../tests/databases/mod.rs"]
mod databases;
mod load;

use axum::Json;
use axum::http::StatusCode;
use axum::routing::{get, post};
use databases::{Fresh, Kind};
use load::{Seen, send};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, Instant};
use vaxkiosk::api::bookings::{BookSlot, BookingView, MobileChoice};
use vaxkiosk::commands::{crowd, edge};
use vaxkiosk::domain::booking::BookingNumber;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::personal::Personal;
use vaxkiosk::domain::round::RoundNumber;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::receipt::claims::Claims;
use vaxkiosk::server::board::Board;
use vaxkiosk::server::connections::{Options, serve_routes};
use vaxkiosk::server::engine::{BookAsk, Engine};
use vaxkiosk::server::keys::{Secrets, fingerprint};
use vaxkiosk::server::limits::Allowance;
use vaxkiosk::server::metrics::Metrics;
use vaxkiosk::server::routes::asking::{AskingDevice, AskingPerson, IdempotencyKey};
use vaxkiosk::server::store::database::Address;
use vaxkiosk::server::store::devices::NewDevice;
use vaxkiosk::server::store::{DeviceId, PersonId, Store};
use vaxkiosk::server::{Service, routes, seal};

/// Connections of the load, as in the figures of the design.
const CONNECTIONS: usize = 512;
const TURN: Duration = Duration::from_secs(4);

fn secrets() -> Secrets {
    Secrets::new([5; 32], [6; 32])
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

struct Bench {
    runtime: tokio::runtime::Runtime,
    fresh: Fresh,
    people: u32,
    slots: u32,
}

impl Bench {
    /// A round with `slots` slots that never fill, and so many people.
    fn new(kind: Kind, people: u32, slots: u32) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let fresh = kind.fresh();
        let sites = slots.div_ceil(crowd::SLOTS_A_SITE);
        let opens = edge::now();
        runtime.block_on(async {
            let store = Store::open(&fresh.address, seal(&secrets(), &edge::edge())).await.unwrap();
            let mut import = store.import().await.unwrap();
            import.round(&crowd::round(opens, sites, 100_000_000)).await.unwrap();
            for first in (0..people).step_by(10_000) {
                let set: Vec<_> = (first..people.min(first + 10_000)).map(|nth| crowd::person(nth, opens)).collect();
                import.people(&set).await.unwrap();
            }
            import.finish().await.unwrap();
            let device = NewDevice {
                name: "bench".into(),
                channel: Channel::ConvenienceStore,
                institution: String::new(),
                token: Some(fingerprint(b"bench")),
                certificate: None,
                added: opens,
            };
            store.add_devices(&[device]).await.unwrap();
            store.close().await;
        });
        Self { runtime, fresh, people, slots }
    }

    async fn store(&self) -> Store {
        Store::open(&self.fresh.address, seal(&secrets(), &edge::edge())).await.unwrap()
    }

    /// The service with an echo beside its routes.
    fn serve(&self) -> (SocketAddr, Arc<Service>) {
        self.runtime.block_on(async {
            let many = NonZeroU32::new(1_000_000_000).unwrap();
            let limits =
                Allowance { device_a_second: many, device_burst: many, person_a_minute: many, person_burst: many };
            let service = Service::start(self.store().await, &secrets(), edge::edge(), limits).await.unwrap();
            let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
            let address = listener.local_addr().unwrap();
            let view = view();
            let slots = service.board.showing().unwrap().slots_body(vaxkiosk::domain::site::SiteId(1)).unwrap().bytes;
            let bare_view = view.clone();
            let bare = |Json(_): Json<BookSlot>| async move { (StatusCode::CREATED, Json(bare_view)) };
            let echo = |_: AskingPerson, _: IdempotencyKey, Json(_): Json<BookSlot>| async move {
                (StatusCode::CREATED, Json(view))
            };
            let echo = axum::Router::new()
                .route("/echo/bare", post(bare))
                .route("/echo", post(echo))
                .route("/echo/slots", get(move |_: AskingDevice| async move { slots }))
                .route("/echo/nothing", get(|_: AskingDevice| async { "" }))
                .with_state(Arc::clone(&service));
            let router = routes::table(Arc::clone(&service)).merge(echo);
            let serving = serve_routes(
                axum::serve::ListenerExt::tap_io(listener, |stream| stream.set_nodelay(true).unwrap()),
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
    fn bookings(&self, service: &Service, from: u32, path: &str) -> Arc<Vec<Vec<u8>>> {
        self.bookings_of(service, from..self.people, path)
    }

    fn bookings_of(&self, service: &Service, people: impl Iterator<Item = u32>, path: &str) -> Arc<Vec<Vec<u8>>> {
        let now = edge::now();
        let request = |nth: u32| {
            let token = service.sessions.open(PersonId(i64::from(nth) + 1), DeviceId(1), now, edge::fresh());
            let body =
                format!("{{\"slot\":{},\"mobile\":\"registered\"}}", 1 + mixed(nth.into()) % u64::from(self.slots));
            format!(
                "POST {path} HTTP/1.1\r\nhost: localhost\r\nvaxkiosk-device: bench\r\nauthorization: Bearer {}\r\n\
                 idempotency-key: {nth:032x}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                token.expose(),
                body.len()
            )
            .into_bytes()
        };
        Arc::new(people.map(request).collect())
    }
}

fn mixed(z: u64) -> u64 {
    let z = (z ^ (z >> 30)).wrapping_add(0x9E37_79B9).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB) >> 20
}

/// A booking as the service would answer it: the echo sends as much.
fn view() -> BookingView {
    let world = crowd::round(edge::now(), 1, 1);
    let number = BookingNumber::new(RoundNumber::try_from(crowd::PRACTICE_ROUND).unwrap(), 12_345_678).unwrap();
    let claims = Claims { booking: number, site: world.sites[0].id, slot: world.slots[0].starts, issued: edge::now() };
    BookingView {
        number,
        made: jiff::Timestamp::from_second(edge::now().as_second()).unwrap(),
        site: world.sites[0].clone(),
        starts: world.slots[0].starts,
        ends: world.slots[0].ends,
        mobile_masked: Personal::new("0912 *** 678"),
        receipt: secrets().receipt_signer().sign(claims).unwrap(),
    }
}

fn same(requests: &str, count: usize) -> Arc<Vec<Vec<u8>>> {
    Arc::new(vec![requests.as_bytes().to_vec(); count])
}

fn get_request(path: &str, more: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nvaxkiosk-device: bench\r\n{more}\r\n")
}

fn show(what: &str, seen: &Seen) {
    assert_eq!(seen.wrong, 0, "{what}: {} answers of another status", seen.wrong);
    let millis = |quantile| seen.quantile(quantile).as_secs_f64() * 1000.0;
    println!("  {what:<44} {:>8.0}/s   p50 {:>6.1} ms   p99 {:>6.1} ms", seen.a_second(), millis(0.5), millis(0.99));
}

fn ratio(what: &str, value: f64) {
    println!("  {what:<44} {value:>8.2}");
}

/// A booking a transaction, the usual way: nothing of ours but the tables.
async fn bare_sqlite(fresh: &Fresh, slots: u32) -> f64 {
    use sqlx::Connection as _;
    let Address::Sqlite(path) = &fresh.address else { unreachable!() };
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(Duration::from_secs(5))
        .synchronous(sqlx::sqlite::SqliteSynchronous::Full);
    let mut db = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    let began = Instant::now();
    let mut done = 0_u32;
    while began.elapsed() < TURN {
        let nth = i64::from(done);
        let mut transaction = db.begin_with("BEGIN IMMEDIATE").await.unwrap();
        let seat = sqlx::query("UPDATE seats SET taken = taken + 1 WHERE slot = $1 AND taken < capacity")
            .bind(1 + nth % i64::from(slots))
            .execute(&mut *transaction)
            .await
            .unwrap();
        assert_eq!(seat.rows_affected(), 1);
        sqlx::query(
            "INSERT INTO bookings (number, round, person, slot, mobile_sealed, channel, idempotency_key, made) \
             VALUES ($1, 99, $2, $3, $4, 'pharmacy', $5, 0)",
        )
        .bind(9_990_000_000 + nth)
        .bind(1_000_000_000 + nth)
        .bind(1 + nth % i64::from(slots))
        .bind(vec![7_u8; 38])
        .bind((1_000_000_000 + nth as u128).to_be_bytes().to_vec())
        .execute(&mut *transaction)
        .await
        .unwrap();
        transaction.commit().await.unwrap();
        done += 1;
    }
    let rate = f64::from(done) / began.elapsed().as_secs_f64();
    // So that the next turn may do the same again.
    sqlx::query("DELETE FROM bookings WHERE number >= 9990000000").execute(&mut db).await.unwrap();
    rate
}

fn sqlite() {
    println!(
        "\nSQLite: durable bookings through HTTP, {CONNECTIONS} connections; ratios are medians of each turn's own"
    );
    for slots in [10, 10_000] {
        let bench = Bench::new(Kind::Sqlite, 900_000, slots);
        let (address, service) = bench.serve();
        let (mut to_bare, mut to_echo, mut to_bare_echo, mut booked) = (vec![], vec![], vec![], vec![]);
        let mut person = 0;
        for _ in 0..5 {
            let bare = bench.runtime.block_on(bare_sqlite(&bench.fresh, slots));
            println!("  {:<44} {bare:>8.0}/s", "bare loop, one transaction a booking");
            let mut echo = |path: &str| {
                let requests = bench.bookings(&service, bench.people - 400_000, path);
                let seen = send(address, requests, CONNECTIONS, TURN / 2, None, b"201");
                show(&format!("{path}: the same JSON"), &seen);
                seen.a_second()
            };
            let before = echo("/echo");
            let requests = bench.bookings(&service, person, "/v1/bookings");
            let seen = send(address, requests, CONNECTIONS, TURN / 2, None, b"201");
            show(&format!("bookings, {slots} slots"), &seen);
            person += seen.answers as u32;
            // The machine's own speed changes by the second: an echo before and one after.
            let echoed = f64::midpoint(before, echo("/echo"));
            to_bare_echo.push(seen.a_second() / echo("/echo/bare"));
            to_echo.push(seen.a_second() / echoed);
            to_bare.push(seen.a_second() / bare);
            booked.push(seen.a_second());
        }
        ratio("bookings : bare loop (at least 4)", median(to_bare));
        ratio("bookings : echo (at least 0.4)", median(to_echo));
        ratio("bookings : echo that asks for no device", median(to_bare_echo));
        let requests = bench.bookings(&service, person, "/v1/bookings");
        let seen = send(address, requests, CONNECTIONS, TURN, Some(median(booked) * 0.8), b"201");
        show("at 80 % of that load (p99 under 250 ms)", &seen);
    }
}

/// Processor time of this process so far (proc(5): fields 14 and 15 of `stat`, in ticks of 10 ms).
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = stat.rsplit(") ").next().unwrap();
    let ticks: u64 = after_name.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum();
    Duration::from_millis(ticks * 10)
}

/// Bookings alone, for a profiler to look at. Waits first, so that it need not see the preparation.
fn profile() {
    let bench = Bench::new(Kind::Sqlite, 900_000, 10);
    let (address, service) = bench.serve();
    let requests = bench.bookings(&service, 0, "/v1/bookings");
    println!("process {}: bookings begin in 5 s", std::process::id());
    std::thread::sleep(Duration::from_secs(5));
    let before = cpu();
    let seen = send(address, requests, CONNECTIONS, TURN * 3, None, b"201");
    show("bookings, 10 slots", &seen);
    let each = (cpu() - before).as_secs_f64() / seen.answers as f64;
    println!("  {:<44} {:>8.1} µs, the load's among it", "processor time of a booking", each * 1e6);
    for line in service.metrics.text(0).lines().filter(|line| line.contains("batch_size_")) {
        println!("  {line}");
    }
}

fn engine() {
    println!("\nThe engine alone: bookings a second by how many wait at once, SQLite");
    for slots in [10, 10_000] {
        let bench = Bench::new(Kind::Sqlite, 600_000, slots);
        let bare = bench.runtime.block_on(bare_sqlite(&bench.fresh, slots));
        println!("  {:<44} {bare:>8.0}/s", format!("bare loop, {slots} slots"));
        let mut person = 0_i64;
        for at_once in [1, 8, 64, 256, 1024] {
            let done = bench.runtime.block_on(async {
                let store = bench.store().await;
                let board = Arc::new(Board::default());
                board.show(store.programme().await.unwrap().unwrap());
                let (engine, writing) = Engine::new(store, board, Arc::new(Metrics::default()), Arc::new(edge::now));
                tokio::spawn(writing);
                let began = Instant::now();
                let mut askers = Vec::new();
                for asker in 0..at_once {
                    let engine = engine.clone();
                    let first = person + asker;
                    askers.push(tokio::spawn(async move {
                        let mut nth = first;
                        while began.elapsed() < TURN / 2 {
                            let ask = BookAsk {
                                person: PersonId(nth + 1),
                                slot: SlotId((1 + mixed(nth as u64) % u64::from(slots)) as u32),
                                mobile: MobileChoice::Registered,
                                channel: Channel::ConvenienceStore,
                                key: (nth as u128).to_be_bytes(),
                            };
                            engine.book(ask).await.unwrap();
                            nth += at_once;
                        }
                        (nth - first) / at_once
                    }));
                }
                let (mut done, mut most) = (0, 0);
                for asker in askers {
                    let asked = asker.await.unwrap();
                    done += asked;
                    most = most.max(asked);
                }
                person += (most + 1) * at_once;
                done as f64 / began.elapsed().as_secs_f64()
            });
            println!(
                "  {:<44} {done:>8.0}/s   {:>6.2} of bare",
                format!("{at_once} at once, {slots} slots"),
                done / bare
            );
        }
    }
}

fn reads() {
    println!("\nReads: {CONNECTIONS} connections");
    let bench = Bench::new(Kind::Sqlite, 1, 320);
    let (address, service) = bench.serve();
    let etag = service.board.showing().unwrap().slots_body(vaxkiosk::domain::site::SiteId(1)).unwrap().etag;
    let condition = format!("if-none-match: {}\r\n", etag.to_str().unwrap());
    let turns: [(&str, String, &'static [u8]); 4] = [
        ("echo of the same bytes", get_request("/echo/slots", ""), b"200"),
        ("slots of a site", get_request("/v1/sites/1/slots", ""), b"200"),
        ("echo of nothing", get_request("/echo/nothing", &condition), b"200"),
        ("304 of the same slots", get_request("/v1/sites/1/slots", &condition), b"304"),
    ];
    let mut rates = vec![Vec::new(); turns.len()];
    for _ in 0..5 {
        for (at, (what, request, expected)) in turns.iter().enumerate() {
            let seen = send(address, same(request, 1_000_000), CONNECTIONS, TURN / 2, None, expected);
            show(what, &seen);
            rates[at].push(seen.a_second());
        }
    }
    let rates: Vec<f64> = rates.into_iter().map(median).collect();
    ratio("reads : echo (at least 0.8)", rates[1] / rates[0]);
    ratio("304s : echo (at least 0.95)", rates[3] / rates[2]);
}

/// pgbench's best single statement: takes a seat and writes the booking, 64 clients, prepared.
fn pgbench(fresh: &Fresh, slots: u32) -> f64 {
    let cluster = databases::cluster();
    let Address::Postgres(url) = &fresh.address else { unreachable!() };
    let name = url.split('/').nth(3).unwrap().split('?').next().unwrap();
    cluster.sql(name, "CREATE SEQUENCE IF NOT EXISTS bare START 1");
    let script = cluster.folder.join("booking.sql");
    let statement = format!(
        "\\set slot random(1, {slots})\n\
         WITH seat AS (UPDATE seats SET taken = taken + 1 WHERE slot = :slot AND taken < capacity RETURNING slot), \
         one AS (SELECT nextval('bare') AS n) \
         INSERT INTO bookings (number, round, person, slot, mobile_sealed, channel, idempotency_key, made) \
         SELECT 9900000000 + n, 99, 1000000000 + n, seat.slot, '\\x07070707070707070707070707070707070707070707070707070707070707070707070707', \
         'pharmacy', decode(lpad(to_hex(n), 32, '0'), 'hex'), 0 FROM seat, one RETURNING number;\n"
    );
    std::fs::write(&script, statement.replace("9900000000 + n", "9950000000 + n")).unwrap();
    let done = std::process::Command::new(cluster.programs.join("pgbench"))
        .args(["-n", "-M", "prepared", "-c", "64", "-j", "2", "-T", "4", "-U", "postgres", "-f"])
        .arg(&script)
        .arg("-h")
        .arg(&cluster.folder)
        .arg(name)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    let rate = text.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    rate.unwrap_or_else(|| panic!("{text}{}", String::from_utf8_lossy(&done.stderr)))
}

fn postgres() {
    println!("\nPostgreSQL: bookings through HTTP, {CONNECTIONS} connections");
    for slots in [10, 10_000] {
        let bench = Bench::new(Kind::Postgres, 600_000, slots);
        let (address, service) = bench.serve();
        let (mut bare, mut booked) = (Vec::new(), Vec::new());
        let mut person = 0;
        for _ in 0..3 {
            bare.push(pgbench(&bench.fresh, slots));
            let requests = bench.bookings(&service, person, "/v1/bookings");
            let seen = send(address, requests, CONNECTIONS, TURN, None, b"201");
            show(&format!("bookings, {slots} slots"), &seen);
            person += seen.answers as u32;
            booked.push(seen.a_second());
        }
        let (bare, booked) = (median(bare), median(booked));
        println!("  {:<44} {bare:>8.0}/s", "pgbench, one statement a booking, 64 clients");
        ratio("bookings : pgbench (10 slots: at least 4)", booked / bare);
    }
}

/// The people of a database that grows; each has been in many rounds.
const GROWN_UP: u32 = 200_000;

/// Bookings of earlier rounds, `from` and on: of the same people, so that a new one goes among them wherever an index keeps them.
async fn prefill(fresh: &Fresh, from: u32, to: u32) {
    use sqlx::{AssertSqlSafe, Connection as _};
    let columns = "(number, round, person, slot, mobile_sealed, channel, idempotency_key, made)";
    let row = |bytes: [&str; 2]| {
        format!(
            "(1 + k / {GROWN_UP}) * 100000000 + k % {GROWN_UP}, 1 + k / {GROWN_UP}, 1 + k % {GROWN_UP}, 1, {}, 'pharmacy', {}, 0",
            bytes[0], bytes[1]
        )
    };
    match &fresh.address {
        Address::Sqlite(path) => {
            let options =
                sqlx::sqlite::SqliteConnectOptions::new().filename(path).busy_timeout(Duration::from_secs(60));
            let mut db = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
            let numbers = format!("n(k) AS (SELECT {from} UNION ALL SELECT k + 1 FROM n WHERE k + 1 < {to})");
            let row = row(["zeroblob(38)", "randomblob(16)"]);
            let sql = format!("WITH RECURSIVE {numbers} INSERT INTO bookings {columns} SELECT {row} FROM n");
            sqlx::query(AssertSqlSafe(sql)).execute(&mut db).await.unwrap();
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut db).await.unwrap();
        }
        Address::Postgres(url) => {
            let mut db = sqlx::PgConnection::connect(url).await.unwrap();
            let row = row(["decode(repeat('07', 38), 'hex')", "decode(md5(k::text), 'hex')"]);
            let sql =
                format!("INSERT INTO bookings {columns} SELECT {row} FROM generate_series({from}, {to} - 1) AS k");
            sqlx::query(AssertSqlSafe(sql)).execute(&mut db).await.unwrap();
            sqlx::query("VACUUM ANALYZE bookings").execute(&mut db).await.unwrap();
            sqlx::query("CHECKPOINT").execute(&mut db).await.unwrap();
        }
    }
}

fn growth() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        println!("\n{kind:?}: the cost of a booking through HTTP by how many are there, in echoes around it");
        let bench = Bench::new(kind, GROWN_UP, 320);
        let (address, service) = bench.serve();
        // In an order by chance, as people come: the next one's place in an index is anywhere.
        let mut people = (0..GROWN_UP).map(|nth| (u64::from(nth) * 7919 % u64::from(GROWN_UP)) as u32);
        let mut costs = Vec::new();
        let mut there = 0;
        for level in [10_000, 100_000, 1_000_000, 10_000_000] {
            bench.runtime.block_on(prefill(&bench.fresh, there, level));
            there = level;
            let echo = || {
                let requests = bench.bookings(&service, GROWN_UP / 2, "/echo");
                send(address, requests, CONNECTIONS, TURN, None, b"201").a_second()
            };
            let mut turns = Vec::new();
            for _ in 0..3 {
                let before = echo();
                let some: Vec<u32> = people.by_ref().take(GROWN_UP as usize / 12 - 1).collect();
                let requests = bench.bookings_of(&service, some.into_iter(), "/v1/bookings");
                let seen = send(address, requests, CONNECTIONS, TURN * 10, None, b"201");
                show(&format!("bookings, {level} there"), &seen);
                assert_eq!(seen.wrong, 0);
                turns.push(f64::midpoint(before, echo()) / seen.a_second());
            }
            costs.push(median(turns));
            ratio("cost in echoes", costs[costs.len() - 1]);
        }
        ratio("cost at 10,000,000 : at 10,000 (under 1.5)", costs[costs.len() - 1] / costs[0]);
    }
}

fn main() {
    edge::open_files();
    let parts: Vec<String> = std::env::args().skip(1).filter(|part| !part.starts_with("--")).collect();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    if parts.iter().any(|part| part == "profile") {
        return profile();
    }
    if wanted("engine") {
        engine();
    }
    if wanted("sqlite") {
        sqlite();
    }
    if wanted("reads") {
        reads();
    }
    if wanted("postgres") {
        postgres();
    }
    if wanted("growth") {
        growth();
    }
}

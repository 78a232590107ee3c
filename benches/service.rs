//! What a booking, a read and a text message cost, as ratios to a baseline of the same run: `cargo
//! bench --bench service [-- PART…]`. Parts: engine, trail, sqlite, reads, postgres, growth-sqlite,
//! growth-postgres, messages, messages-postgres; profile and settlement (1.4 million messages) by
//! themselves. Server and load share the machine, so rates say little and ratios much.
#![allow(clippy::disallowed_methods, reason = "a benchmark measures time")]

/// A booking is measured with all that makes it durable.
const WAITS_FOR_THE_DISK: bool = true;

#[path = "../tests/databases/mod.rs"]
mod databases;
mod load;

use databases::Kind;
use load::baseline::{GROWN_UP, bare_sqlite, pgbench, prefill};
use load::messages;
use load::town::{Bench, EARLIEST_NEAR, earliest_slots, mixed};
use load::{Seen, TURN, median, send};
use std::sync::Arc;
use std::time::{Duration, Instant};
use vaxkiosk::api::bookings::MobileChoice;
use vaxkiosk::api::paths;
use vaxkiosk::api::sites::EarliestQuery;
use vaxkiosk::commands::machine;
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::domain::language::Language;
use vaxkiosk::domain::region::districts;
use vaxkiosk::domain::site::SlotId;
use vaxkiosk::server::catalog::Catalog;
use vaxkiosk::server::engine::{BookCommand, Engine};
use vaxkiosk::server::metrics::Metrics;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::ids::PersonId;
use vaxkiosk::server::store::programme::Seats;

/// Connections of the load, as in the figures of the design.
const CONNECTIONS: usize = 512;

fn same(requests: &str, count: usize) -> Arc<Vec<Vec<u8>>> {
    Arc::new(vec![requests.as_bytes().to_vec(); count])
}

fn get_request(path: &str, more: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nvaxkiosk-device: bench\r\n{more}\r\n")
}

fn show(what: &str, seen: &Seen) {
    assert_eq!(seen.wrong, 0, "{what}: {} answers of another status", seen.wrong);
    let millis = |quantile| seen.quantile(quantile).as_secs_f64() * 1000.0;
    println!(
        "  {what:<44} {:>8.0}/s   p50 {:>6.1} ms   p99 {:>6.1} ms",
        seen.a_second(),
        millis(0.5),
        millis(0.99)
    );
}

fn ratio(what: &str, value: f64) {
    println!("  {what:<44} {value:>8.2}");
}

fn sqlite() {
    println!(
        "\nSQLite: durable bookings through HTTP, {CONNECTIONS} connections; ratios are medians of \
            each turn's own"
    );
    for slots in [10, 10_000] {
        let bench = Bench::new(Kind::Sqlite, 900_000, slots);
        let (address, service) = bench.serve();
        let (mut to_bare, mut to_echo, mut to_bare_echo, mut booked) =
            (vec![], vec![], vec![], vec![]);
        let mut person = 0;
        for _ in 0..5 {
            let bare = bench.runtime.block_on(bare_sqlite(&bench.random, slots, TURN));
            println!("  {:<44} {bare:>8.0}/s", "bare loop, one transaction a booking");
            let echo = |path: &str| {
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
    let ticks: u64 =
        after_name.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum();
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
    println!(
        "  {:<44} {:>8.1} µs, the load's among it",
        "processor time of a \
        booking",
        each * 1e6
    );
    for line in service.metrics.text(0).lines().filter(|line| line.contains("batch_size_")) {
        println!("  {line}");
    }
}

/// Bookings a second of the engine alone over this store, by `at_once` people who book one after
/// another for so long; `person` is the first who has no booking yet, and moves on.
fn booked_a_second(
    bench: &Bench,
    store: Store,
    (at_once, time): (i64, Duration),
    person: &mut i64,
) -> f64 {
    let slots = u64::from(bench.slots);
    bench.runtime.block_on(async {
        let catalog = Arc::new(Catalog::default());
        let round = store.current_round(machine::now()).await.unwrap().unwrap();
        catalog.publish(store.programme(round).await.unwrap().unwrap());
        let (engine, writing) =
            Engine::new(store, catalog, Arc::new(Metrics::default()), Arc::new(machine::now));
        tokio::spawn(writing);
        let began = Instant::now();
        let mut askers = Vec::new();
        for asker in 0..at_once {
            let engine = engine.clone();
            let first = *person + asker;
            askers.push(tokio::spawn(async move {
                let mut nth = first;
                while began.elapsed() < time {
                    let ask = BookCommand {
                        person: PersonId(nth + 1),
                        slot: SlotId((1 + mixed(nth as u64) % slots) as u32),
                        mobile: MobileChoice::Registered,
                        channel: Channel::ConvenienceStore,
                        key: (nth as u128).to_be_bytes(),
                        language: Language::default(),
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
        *person += (most + 1) * at_once;
        done as f64 / began.elapsed().as_secs_f64()
    })
}

/// The machine's speed changes by the second, so each figure is compared with a bare loop just
/// before it.
fn engine() {
    const MOMENT: Duration = Duration::from_secs(1);
    println!("\nThe engine alone: bookings a second by how many wait at once, SQLite");
    for slots in [10, 10_000] {
        let bench = Bench::new(Kind::Sqlite, 1_500_000, slots);
        let (mut person, levels) = (0, [1, 8, 64, 256, 1024]);
        let mut ratios = levels.map(|_| Vec::new());
        for _ in 0..5 {
            for (at_once, ratios) in levels.iter().zip(&mut ratios) {
                let bare = bench.runtime.block_on(bare_sqlite(&bench.random, slots, MOMENT));
                let store = bench.runtime.block_on(bench.store());
                let done = booked_a_second(&bench, store, (*at_once, MOMENT), &mut person);
                println!("  {at_once:>5} at once {done:>8.0}/s, bare loop {bare:>8.0}/s");
                ratios.push(done / bare);
            }
        }
        for (at_once, ratios) in levels.iter().zip(ratios) {
            ratio(&format!("{at_once} at once, {slots} slots : bare loop"), median(ratios));
        }
    }
}

/// What the audit trail costs: the same with and without it, in turns.
fn trail() {
    println!(
        "\nBookings a second of the engine alone with the audit trail and without, 512 at once"
    );
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let bench = Bench::new(kind, 1_500_000, 1_000);
        let (mut person, mut ratios) = (0, Vec::new());
        for turn in 0..6 {
            let mut booked = |trail: bool| {
                let store = bench.runtime.block_on(bench.store());
                let store = if trail { store } else { store.without_trail() };
                booked_a_second(&bench, store, (512, TURN / 2), &mut person)
            };
            // The database grows with each run, so that neither may always come first.
            let leads = turn % 2 == 0;
            let (first, second) = (booked(leads), booked(!leads));
            let (with, without) = if leads { (first, second) } else { (second, first) };
            println!("  {kind:?}: without {without:>8.0}/s, with {with:>8.0}/s");
            ratios.push(with / without);
        }
        ratio(&format!("{kind:?}, with : without (at least 0.9)"), median(ratios));
    }
}

fn reads() {
    println!("\nReads: {CONNECTIONS} connections");
    let bench = Bench::new(Kind::Sqlite, 1, 320);
    let (address, service) = bench.serve();
    let etag = service
        .catalog
        .snapshot()
        .unwrap()
        .slots_body(vaxkiosk::domain::site::SiteId(1))
        .unwrap()
        .etag;
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
            let seen =
                send(address, same(request, 1_000_000), CONNECTIONS, TURN / 2, None, expected);
            show(what, &seen);
            rates[at].push(seen.a_second());
        }
    }
    let rates: Vec<f64> = rates.into_iter().map(median).collect();
    ratio("reads : echo (at least 0.8)", rates[1] / rates[0]);
    ratio("304s : echo (at least 0.95)", rates[3] / rates[2]);
}

/// The earliest slots near a district: from memory alone, and through HTTP against an echo of the
/// same bytes.
fn earliest() {
    println!("\nEarliest slots near a district, 10,000 slots");
    let bench = Bench::new(Kind::Sqlite, 1, 10_000);
    let (address, service) = bench.serve();
    let alone = || {
        let districts: Vec<_> = districts().collect();
        let began = Instant::now();
        for district in districts.iter().cycle().take(50_000) {
            std::hint::black_box(earliest_slots(&service, district.code));
        }
        began.elapsed().as_secs_f64() * 1e6 / 50_000.0
    };
    ratio("µs a call, all free", alone());
    let path = paths::earliest_slots(EARLIEST_NEAR, &EarliestQuery::default());
    let turns = [("echo of the same bytes", "/echo/earliest"), ("earliest slots", &path)];
    let mut rates = vec![Vec::new(); turns.len()];
    for _ in 0..5 {
        for (at, (what, path)) in turns.iter().enumerate() {
            let requests = same(&get_request(path, ""), 1_000_000);
            let seen = send(address, requests, CONNECTIONS, TURN / 2, None, b"200");
            show(what, &seen);
            rates[at].push(seen.a_second());
        }
    }
    let rates: Vec<f64> = rates.into_iter().map(median).collect();
    ratio("earliest slots : echo", rates[1] / rates[0]);
    // The end of a rush: one site in the country still has seats, in its last hour.
    let taken = |slot| Seats { slot: SlotId(slot), capacity: 1, taken: 1 };
    service.catalog.committed((1..bench.slots).map(taken));
    ratio("µs a call, all but one slot full", alone());
}

fn postgres() {
    println!("\nPostgreSQL: bookings through HTTP, {CONNECTIONS} connections");
    for slots in [10, 10_000] {
        let bench = Bench::new(Kind::Postgres, 600_000, slots);
        let (address, service) = bench.serve();
        let mut to_bare = Vec::new();
        let mut person = 0;
        for _ in 0..5 {
            let bare = pgbench(&bench.random, slots);
            println!("  {:<44} {bare:>8.0}/s", "pgbench, one statement a booking, 64 clients");
            let requests = bench.bookings(&service, person, "/v1/bookings");
            let seen = send(address, requests, CONNECTIONS, TURN / 2, None, b"201");
            show(&format!("bookings, {slots} slots"), &seen);
            person += seen.answers as u32;
            to_bare.push(seen.a_second() / bare);
        }
        let what =
            if slots == 10 { "bookings : pgbench (at least 4)" } else { "bookings : pgbench" };
        ratio(what, median(to_bare));
    }
}

fn growth(kinds: &[Kind]) {
    for &kind in kinds {
        println!(
            "\n{kind:?}: the cost of a booking through HTTP by how many are there, in echoes \
                around it"
        );
        let bench = Bench::new(kind, GROWN_UP, 320);
        let (address, service) = bench.serve();
        // In an order by chance, as people come: the next one's place in an index is anywhere.
        let mut people =
            (0..GROWN_UP).map(|nth| (u64::from(nth) * 7919 % u64::from(GROWN_UP)) as u32);
        let mut costs = Vec::new();
        let mut there = 0;
        for level in [10_000, 100_000, 1_000_000, 10_000_000] {
            bench.runtime.block_on(prefill(&bench.random, there, level));
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
    machine::open_files();
    let parts: Vec<String> =
        std::env::args().skip(1).filter(|part| !part.starts_with("--")).collect();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    if parts.iter().any(|part| part == "profile") {
        return profile();
    }
    if parts.iter().any(|part| part == "settlement") {
        return messages::alone(Kind::Sqlite, 1_400_000);
    }
    if wanted("engine") {
        engine();
    }
    if wanted("trail") {
        trail();
    }
    if wanted("sqlite") {
        sqlite();
    }
    if wanted("reads") {
        reads();
        earliest();
    }
    if wanted("postgres") {
        postgres();
    }
    if wanted("messages") {
        messages::alone(Kind::Sqlite, 200_000);
        messages::beside_a_rush(Kind::Sqlite, 1_200_000, CONNECTIONS);
    }
    if wanted("messages-postgres") {
        messages::alone(Kind::Postgres, 200_000);
        messages::beside_a_rush(Kind::Postgres, 600_000, CONNECTIONS);
    }
    let grown: Vec<Kind> = [("growth-sqlite", Kind::Sqlite), ("growth-postgres", Kind::Postgres)]
        .into_iter()
        .filter_map(|(part, kind)| wanted(part).then_some(kind))
        .collect();
    growth(&grown);
}

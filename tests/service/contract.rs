//! The OpenAPI document against the service that serves it: every route is in it, and what is
//! answered is what it says.

use crate::databases::Kind;
use crate::desks;
use crate::running::{Running, start};
use crate::schemas::assert_fits;
use crate::town;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use vaxkiosk::api::paths;
use vaxkiosk::api::sessions::SessionToken;
use vaxkiosk::domain::language::Language;

async fn ask(running: &Running, method: &str, path: &str, more: &str, body: &str) -> (u16, String) {
    ask_as(town::TOKEN, running, method, path, more, body).await
}

/// The same by another device.
async fn ask_as(
    device: &str,
    running: &Running,
    method: &str,
    path: &str,
    more: &str,
    body: &str,
) -> (u16, String) {
    let mut stream =
        tokio::net::TcpStream::connect(running.base.trim_start_matches("http://")).await.unwrap();
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nvaxkiosk-device: {device}\r\n\
         {more}\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head[9..12].parse().unwrap(), body.to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_answered_is_what_the_document_says() {
    let running = start(Kind::Sqlite, 3, 5).await;
    let (status, text) = ask(&running, "GET", paths::OPENAPI, "", "").await;
    assert_eq!(status, 200);
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    for (path, template) in [
        (paths::ROUND, paths::ROUND),
        (paths::SEATS, paths::SEATS),
        ("/v1/districts/6300300/sites", paths::SITES_ROUTE),
        ("/v1/sites/1/slots", paths::SLOTS_ROUTE),
        ("/v1/sites/999/slots", paths::SLOTS_ROUTE),
        ("/v1/districts/6300300/earliest-slots", paths::EARLIEST_SLOTS_ROUTE),
        ("/v1/districts/1/earliest-slots", paths::EARLIEST_SLOTS_ROUTE),
        ("/v1/districts/6300300/earliest-slots?limit=0", paths::EARLIEST_SLOTS_ROUTE),
        (paths::FHIR_PUBLICATION, paths::FHIR_PUBLICATION),
        (paths::FHIR_SLOTS, paths::FHIR_SLOTS),
        (paths::HEALTHZ, paths::HEALTHZ),
        (paths::READYZ, paths::READYZ),
        (paths::METRICS, paths::METRICS),
    ] {
        assert_fits(&document, template, "get", &ask(&running, "GET", path, "", "").await);
    }
    let card = town::card(1);
    let ask_session =
        json!({ "way": "card", "id": card.id.expose(), "card": card.number.expose() }).to_string();
    let opened = ask(&running, "POST", paths::SESSIONS, "", &ask_session).await;
    assert_eq!(opened.0, 201);
    assert_fits(&document, paths::SESSIONS, "post", &opened);
    let token =
        serde_json::from_str::<Value>(&opened.1).unwrap()["token"].as_str().unwrap().to_owned();
    for (authorization, key, slot, status) in [
        (format!("authorization: Bearer {token}\r\n"), "0".repeat(32), 1, 201),
        (format!("authorization: Bearer {token}\r\n"), "0".repeat(32), 2, 422),
        (format!("authorization: Bearer {token}\r\n"), "1".repeat(32), 2, 409),
        (format!("authorization: Bearer {token}\r\n"), "short".into(), 2, 400),
        ("authorization: Bearer none\r\n".into(), "0".repeat(32), 1, 401),
    ] {
        let body = json!({ "slot": slot, "mobile": "registered" }).to_string();
        let headers = format!("{authorization}idempotency-key: {key}\r\n");
        let answer = ask(&running, "POST", paths::BOOKINGS, &headers, &body).await;
        assert_eq!(answer.0, status, "{}", answer.1);
        assert_fits(&document, paths::BOOKINGS, "post", &answer);
    }
    // The person as they stand now: with a booking, and the reason why not another.
    assert_fits(
        &document,
        paths::SESSIONS,
        "post",
        &ask(&running, "POST", paths::SESSIONS, "", &ask_session).await,
    );
    assert_fits(
        &document,
        paths::AUDIT,
        "post",
        &ask(&running, "POST", paths::AUDIT, "", "{}").await,
    );
    let admin = format!("authorization: Bearer {}\r\n", town::secrets().admin_token());
    let audit = ask(&running, "POST", paths::AUDIT, &admin, "{\"numbers\":[\"0200000001\"]}").await;
    assert_eq!(audit.0, 200);
    assert_fits(&document, paths::AUDIT, "post", &audit);
}

/// A day at a vaccination site as others read it: people in every state that the list can have.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_of_a_vaccination_site_is_what_the_document_says() {
    let running = desks::start(Kind::Sqlite, 4).await;
    let mut numbers = Vec::new();
    for person in 1..=4 {
        numbers.push(running.book_given(person, 1, Language::En).await);
    }
    desks::cancel(&running, 4, numbers[3]).await.unwrap();
    desks::set(&running, 16, 9, 0);
    let document = serde_json::to_value(vaxkiosk::server::routes::document()).unwrap();
    let entry = |id: u8, number: usize, step: Value| {
        let (id, number) = (format!("{id:032x}"), numbers[number]);
        json!({ "id": id, "number": number, "step": step,
            "at": "2027-07-16T01:00:00Z", "offline": false })
    };
    let entries = [
        entry(1, 0, json!({ "step": "check-in" })),
        entry(2, 0, json!({ "step": "vaccinated", "lot": "3004217" })),
        entry(3, 1, json!({ "step": "check-in" })),
        entry(4, 1, json!({ "step": "left" })),
        entry(5, 1, json!({ "step": "check-in" })),
        entry(6, 2, json!({ "step": "take-back" })),
        entry(7, 3, json!({ "step": "check-in" })),
    ];
    let many = json!({ "entries": entries }).to_string();
    let none = json!({ "entries": [] }).to_string();
    let path = paths::ATTENDANCE_ENTRIES;
    let header = |staff: &SessionToken| format!("vaxkiosk-staff: {}\r\n", staff.0.expose());
    let staff = header(&desks::desk(&running, "desk a").await.staff);
    let others = header(&desks::desk_of(&running, "desk b", desks::COUNTER).await.staff);
    for (device, staff, body, status) in [
        ("desk a", staff.as_str(), &many, 200),
        ("desk a", &staff, &none, 400),
        ("desk b", &others, &many, 403),
        ("desk a", "", &many, 401),
        ("nobody", &staff, &many, 401),
    ] {
        let answer = ask_as(device, &running, "POST", path, staff, body).await;
        assert_eq!(answer.0, status, "{}", answer.1);
        assert_fits(&document, path, "post", &answer);
    }
    let counter = header(&desks::desk(&running, "station").await.staff);
    for (route, rest) in
        [(paths::ATTENDANCE_DAY_ROUTE, ""), (paths::ATTENDANCE_FIGURES_ROUTE, "/figures")]
    {
        for (device, staff, date, status) in [
            ("desk a", staff.as_str(), "2027-07-16", 200),
            ("desk a", &staff, "2027-07-15", 200),
            ("desk a", &staff, "2027-07-32", 404),
            ("desk a", &staff, "20270716", 404),
            ("station", &counter, "2027-07-16", 403),
            ("desk a", "", "2027-07-16", 401),
            ("nobody", &staff, "2027-07-16", 401),
        ] {
            let path = format!("/v1/attendance/days/{date}{rest}");
            let answer = ask_as(device, &running, "GET", &path, staff, "").await;
            assert_eq!(answer.0, status, "{device} {date}: {}", answer.1);
            assert_fits(&document, route, "get", &answer);
        }
    }
    let checks_in = header(&desks::desk_of(&running, "desk a", desks::CHECK_IN).await.staff);
    for (device, staff, date, status) in [
        ("station", counter.as_str(), "2027-07-16", 200),
        ("desk a", &staff, "2027-07-16", 200),
        ("station", &counter, "2027-07-32", 404),
        ("desk a", &checks_in, "2027-07-16", 403),
        ("station", "", "2027-07-16", 401),
    ] {
        let path = format!("/v1/institution/days/{date}/figures");
        let answer = ask_as(device, &running, "GET", &path, staff, "").await;
        assert_eq!(answer.0, status, "{device} {date}: {}", answer.1);
        assert_fits(&document, paths::INSTITUTION_FIGURES_ROUTE, "get", &answer);
    }
}

/// Every route of the contract's paths is documented, and none is added beside the table that
/// documents what it routes.
#[test]
fn every_route_of_the_table_is_in_the_document() {
    let table = include_str!("../../src/server/routes/mod.rs");
    assert!(!table.contains(".route(") && !table.contains(".nest("), "a route beside the document");
    let document = serde_json::to_value(vaxkiosk::server::routes::document()).unwrap();
    let documented = document["paths"].as_object().unwrap();
    let paths = [
        paths::ROUND,
        paths::TIME,
        paths::SEATS,
        paths::SITES_ROUTE,
        paths::SLOTS_ROUTE,
        paths::EARLIEST_SLOTS_ROUTE,
        paths::SESSIONS,
        paths::OWN_SESSION,
        paths::BOOKINGS,
        paths::TOGETHER,
        paths::WAITING,
        paths::OFFERS_TAKEN,
        paths::OWN_LEFTOVER,
        paths::LEFTOVERS,
        paths::LEFTOVERS_CAME,
        paths::MOVE,
        paths::CANCEL,
        paths::INTENTION,
        paths::GRAPHIC_CODES,
        paths::QUERIES,
        paths::FHIR_PUBLICATION,
        paths::FHIR_LOCATIONS,
        paths::FHIR_SCHEDULES,
        paths::FHIR_SLOTS,
        paths::STAFF_CHALLENGES,
        paths::STAFF_SESSIONS,
        paths::STAFF_CARD_REFUSALS,
        paths::OWN_STAFF_SESSION,
        paths::STAFF_USERS,
        paths::STAFF_USER_ROUTE,
        paths::INSTITUTION_FIGURES_ROUTE,
        paths::ATTENDANCE_DAY_ROUTE,
        paths::ATTENDANCE_FIGURES_ROUTE,
        paths::ATTENDANCE_ENTRIES,
        paths::AUDIT,
        paths::HEALTHZ,
        paths::READYZ,
        paths::METRICS,
    ];
    for path in paths {
        assert!(documented.contains_key(path), "{path} is not in the document");
    }
    assert_eq!(documented.len(), paths.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_to_read_it_comes_out_of_the_program_itself() {
    let running = start(Kind::Sqlite, 1, 1).await;
    let (status, page) = ask(&running, "GET", "/docs/", "", "").await;
    assert_eq!(status, 200);
    assert!(
        !page.contains("src=\"http") && !page.contains("href=\"http"),
        "nothing from elsewhere: {page}"
    );
    assert_eq!(ask(&running, "GET", "/docs/swagger-ui-bundle.js", "", "").await.0, 200);
}

#[test]
fn the_document_names_each_language_as_it_is_sent() {
    let document = serde_json::to_value(vaxkiosk::server::routes::document()).unwrap();
    let tags: Vec<Value> =
        Language::ALL.iter().map(|language| serde_json::to_value(language).unwrap()).collect();
    assert_eq!(document["components"]["schemas"]["Language"]["enum"], Value::Array(tags));
}

/// The head of an answer, whose headers `ask` leaves out.
async fn head(running: &Running, path: &str, more: &str) -> String {
    let mut stream =
        tokio::net::TcpStream::connect(running.base.trim_start_matches("http://")).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{more}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_type_of_a_problem_has_a_page_and_pages_load_nothing_from_elsewhere() {
    use vaxkiosk::api::problem::Code;
    let running = start(Kind::Sqlite, 1, 5).await;
    for code in Code::ALL {
        let page = head(&running, &code.uri(), "").await;
        assert!(page.starts_with("HTTP/1.1 200") && page.contains(code.text()), "{page}");
    }
    for path in ["/docs/", "/problems/refused", "/openapi.json", "/docs/nothing", "/problems/none"]
    {
        let page = head(&running, path, "").await;
        for header in ["content-security-policy: default-src 'none'", "nosniff", "frame-ancestors"]
        {
            assert!(page.contains(header), "{path} {header}: {page}");
        }
    }
    for path in ["/docs/nothing", "/problems/none", "/nothing"] {
        let page = head(&running, path, "").await;
        assert!(page.starts_with("HTTP/1.1 404") && page.contains("not-found"), "{page}");
    }
    let (status, body) = ask(&running, "GET", "/v1/nothing", "", "").await;
    assert_eq!((status, body.contains("\"type\":\"/problems/not-found\"")), (404, true), "{body}");
}

/// The query of the earliest slots as others may write it: left out, encoded, wrong.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_query_is_read_as_the_document_says_or_refused() {
    let running = start(Kind::Sqlite, 1, 5).await;
    let path = "/v1/districts/6300300/earliest-slots";
    for (query, status, sites) in [
        ("", 200, 2),
        ("?brands=AZ,MO", 200, 2),
        ("?brands=MO%2CAZ&order=time&limit=1", 200, 1),
        ("?brands=MO&order=suitable", 200, 1),
        ("?order=distance&limit=40&more=1", 200, 2),
        ("?brands=", 400, 0),
        ("?brands=XX", 400, 0),
        ("?brands=AZ,XX", 400, 0),
        ("?brands=AZ&brands=MO", 400, 0),
        ("?order=price", 400, 0),
        ("?limit=0", 400, 0),
        ("?limit=41", 400, 0),
        ("?limit=-1", 400, 0),
        ("?limit=many", 400, 0),
    ] {
        let answer = ask(&running, "GET", &format!("{path}{query}"), "", "").await;
        assert_eq!(answer.0, status, "{query}: {}", answer.1);
        assert_eq!(answer.1.matches("\"metres\":0").count(), sites, "{query}: {}", answer.1);
        assert!(status == 200 || answer.1.contains("bad-request"), "{query}: {}", answer.1);
    }
    for district in ["1", "6300301", "none", "-1", "63003000000"] {
        let path = format!("/v1/districts/{district}/earliest-slots?brands=AZ");
        let answer = ask(&running, "GET", &path, "", "").await;
        assert_eq!((answer.0, answer.1.contains("not-found")), (404, true), "{}", answer.1);
    }
    let token = format!("vaxkiosk-device: {}\r\n", town::TOKEN);
    let first = head(&running, path, &token).await;
    let etag = first.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
    let again = head(&running, path, &format!("{token}if-none-match: {etag}\r\n")).await;
    assert!(first.contains("cache-control: private, no-cache"), "{first}");
    assert!(again.starts_with("HTTP/1.1 304") && !again.contains("metres"), "{again}");
}

/// Who shows nothing is asked to show who they are; who shows too little is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_401_says_what_to_show_and_a_403_is_for_who_has_shown_it() {
    let running = start(Kind::Sqlite, 1, 5).await;
    let token = format!("vaxkiosk-device: {}\r\n", town::TOKEN);
    let own = head(&running, paths::OWN_SESSION, &token).await;
    assert!(own.starts_with("HTTP/1.1 401") && own.contains("www-authenticate: Bearer"), "{own}");
    let seats = head(&running, paths::SEATS, "").await;
    assert!(seats.starts_with("HTTP/1.1 401") && seats.contains("www-authenticate: V"), "{seats}");
    let audit = async |more: &str| ask(&running, "POST", paths::AUDIT, more, "{}").await.0;
    assert_eq!(audit("").await, 401);
    assert_eq!(audit("authorization: Bearer 00\r\n").await, 403);
}

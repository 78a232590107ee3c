//! A database looked at by plain SQL, without the program's own questions.
#![allow(dead_code, reason = "each test file uses its part")]

use crate::databases::Fresh;
use crate::town;
use sqlx::{Connection, Row};
use vaxkiosk::server::service::seal;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::database::Address;

/// The store over a database, with the town's keys.
pub async fn store(fresh: &Fresh) -> Store {
    Store::open(&fresh.address, seal(&town::secrets(), &town::env(town::open()))).await.unwrap()
}

/// Runs statements.
///
/// # Errors
/// What the database says against them.
pub async fn try_run(fresh: &Fresh, statements: &str) -> Result<(), sqlx::Error> {
    let statements = sqlx::raw_sql(sqlx::AssertSqlSafe(statements.to_owned()));
    match &fresh.address {
        Address::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let mut db = sqlx::SqliteConnection::connect_with(&options).await?;
            statements.execute(&mut db).await.map(|_| ())
        }
        Address::Postgres(url) => {
            let mut db = sqlx::PgConnection::connect(url).await?;
            statements.execute(&mut db).await.map(|_| ())
        }
    }
}

pub async fn run(fresh: &Fresh, statements: &str) {
    try_run(fresh, statements).await.unwrap();
}

/// One number.
pub async fn ask(fresh: &Fresh, query: &str) -> i64 {
    let query = sqlx::AssertSqlSafe(format!("SELECT CAST(({query}) AS BIGINT) AS number"));
    match &fresh.address {
        Address::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let mut db = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
            sqlx::query(query).fetch_one(&mut db).await.unwrap().get("number")
        }
        Address::Postgres(url) => {
            let mut db = sqlx::PgConnection::connect(url).await.unwrap();
            sqlx::query(query).fetch_one(&mut db).await.unwrap().get("number")
        }
    }
}

/// For every slot the seats that are taken are its live bookings and what is set aside, and no slot
/// has more than it may.
pub async fn assert_sound(fresh: &Fresh) {
    const WRONG: &str = "SELECT COUNT(*) FROM seats WHERE taken > capacity OR taken <> \
        (SELECT COUNT(*) FROM bookings WHERE bookings.slot = seats.slot AND cancelled IS NULL) \
        + (SELECT COUNT(*) FROM holds WHERE holds.slot = seats.slot)";
    const BOTH: &str = "SELECT COUNT(*) FROM holds JOIN bookings ON bookings.person = holds.person \
        AND bookings.round = holds.round WHERE bookings.cancelled IS NULL";
    assert_eq!(ask(fresh, WRONG).await, 0, "slots whose taken seats are not as booked and held");
    assert_eq!(ask(fresh, BOTH).await, 0, "people with a booking and a right to choose");
}

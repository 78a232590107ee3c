//! A database that an earlier program made is brought up to date, and nothing of it is lost.
//!
//! `fixtures/first_schema.*.sql` are dumps of databases that the program of November 2026 made when
//! it knew one migration: `admin practice --people 4 --kiosks 1 --sites 1`, then a rush in which
//! each of the four booked. The keys of their columns are the test's own.

use crate::databases::{Fresh, Kind};
use rstest::rstest;
use sqlx::Row;
use std::sync::Arc;
use vaxkiosk::domain::round::RoundNumber;
use vaxkiosk::server::env::Env;
use vaxkiosk::server::keys::Secrets;
use vaxkiosk::server::service::seal;
use vaxkiosk::server::store::Store;
use vaxkiosk::server::store::database::Address;
use vaxkiosk::server::store::ids::PersonId;

/// What the dumps hold, row by row, as both databases print it.
const COUNTS: [(&str, i64); 8] = [
    ("rounds", 1),
    ("sites", 1),
    ("slots", 32),
    ("seats", 32),
    ("people", 4),
    ("intentions", 4),
    ("bookings", 4),
    ("devices", 1),
];

/// Runs statements against a database without our program.
async fn plainly(database: &Fresh, statements: &str) {
    let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(statements.to_owned()));
    match &database.address {
        Address::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let pool = sqlx::SqlitePool::connect_with(options.create_if_missing(true));
            let pool = pool.await.unwrap();
            sql.execute(&pool).await.unwrap();
            pool.close().await;
        }
        Address::Postgres(url) => {
            let pool = sqlx::PgPool::connect(url).await.unwrap();
            sql.execute(&pool).await.unwrap();
            pool.close().await;
        }
    }
}

/// One number, asked without our program.
async fn number(database: &Fresh, query: &str) -> i64 {
    let query = sqlx::AssertSqlSafe(query.to_owned());
    match &database.address {
        Address::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
            sqlx::query(query).fetch_one(&pool).await.unwrap().get(0)
        }
        Address::Postgres(url) => {
            let pool = sqlx::PgPool::connect(url).await.unwrap();
            sqlx::query(query).fetch_one(&pool).await.unwrap().get(0)
        }
    }
}

async fn open(database: &Fresh) -> Store {
    let env = Env {
        now: Arc::new(|| jiff::Timestamp::UNIX_EPOCH),
        uptime: Arc::new(|| std::time::Duration::ZERO),
        random: Arc::new(|| [7; 32]),
        otp: None,
        publisher: None,
    };
    let secrets = Secrets::new([0x11; 32], [0x22; 32]);
    Store::open(&database.address, seal(&secrets, &env)).await.unwrap()
}

#[rstest]
#[case(Kind::Sqlite, include_str!("../fixtures/first_schema.sqlite.sql"))]
#[case(Kind::Postgres, include_str!("../fixtures/first_schema.postgres.sql"))]
#[tokio::test]
async fn a_database_of_the_first_schema_is_brought_up_to_date(
    #[case] kind: Kind,
    #[case] dump: &str,
) {
    let database = kind.fresh();
    plainly(&database, dump).await;
    let migrations = "SELECT COUNT(*) FROM _sqlx_migrations";
    assert_eq!(number(&database, migrations).await, 1, "as the earlier program left it");
    let store = open(&database).await;
    assert_eq!(number(&database, migrations).await, 9);
    for (table, rows) in COUNTS {
        let counted = number(&database, &format!("SELECT COUNT(*) FROM {table}")).await;
        assert_eq!(counted, rows, "{table}");
    }
    // What was sealed then is read now: each of the four has a booking under their own number.
    let round = RoundNumber::try_from(99).unwrap();
    for person in 1..=4 {
        let found = store.person_of(PersonId(person), round).await.unwrap().unwrap();
        let live = found.record.live.unwrap();
        assert_eq!(live.number.round(), round);
        assert!(live.mobile.masked().starts_with("09"));
    }
    let plan = match kind {
        Kind::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE name = 'wrong_attempts_by_last'",
        Kind::Postgres => {
            "SELECT COUNT(*) FROM pg_indexes WHERE indexname = 'wrong_attempts_by_last'"
        }
    };
    assert_eq!(number(&database, plan).await, 1, "the second migration was applied");
    store.close().await;
    open(&database).await.close().await;
    assert_eq!(number(&database, migrations).await, 9, "and each is applied once");
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_new_database_gets_all_migrations_in_order(#[case] kind: Kind) {
    let database = kind.fresh();
    open(&database).await.close().await;
    let query = "SELECT COUNT(*) FROM _sqlx_migrations WHERE version IN (1, 2)";
    assert_eq!(number(&database, query).await, 2);
}

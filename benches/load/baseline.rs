//! What ours is compared with: a booking a transaction in bare SQL, pgbench; and bookings of
//! earlier rounds by the million. Nothing of ours is used here but the tables.

use crate::databases::{self, Fresh};
use std::time::{Duration, Instant};
use vaxkiosk::server::store::database::Address;

/// A booking a transaction for so long, the usual way: nothing of ours but the tables.
pub async fn bare_sqlite(random: &Fresh, slots: u32, time: Duration) -> f64 {
    use sqlx::Connection as _;
    let Address::Sqlite(path) = &random.address else { unreachable!() };
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(Duration::from_secs(5))
        .synchronous(sqlx::sqlite::SqliteSynchronous::Full);
    let mut db = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    let began = Instant::now();
    let mut done = 0_u32;
    while began.elapsed() < time {
        let nth = i64::from(done);
        let mut transaction = db.begin_with("BEGIN IMMEDIATE").await.unwrap();
        let seat =
            sqlx::query("UPDATE seats SET taken = taken + 1 WHERE slot = $1 AND taken < capacity")
                .bind(1 + nth % i64::from(slots))
                .execute(&mut *transaction)
                .await
                .unwrap();
        assert_eq!(seat.rows_affected(), 1);
        sqlx::query(
            "INSERT INTO bookings (number, round, person, slot, mobile_sealed, channel, \
                idempotency_key, made) \
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

/// pgbench's best single statement: takes a seat and writes the booking, 64 clients, prepared.
pub fn pgbench(random: &Fresh, slots: u32) -> f64 {
    let cluster = databases::cluster();
    let Address::Postgres(url) = &random.address else { unreachable!() };
    let name = url.split('/').nth(3).unwrap().split('?').next().unwrap();
    cluster.sql(name, "CREATE SEQUENCE IF NOT EXISTS bare START 1");
    let script = cluster.folder.join("booking.sql");
    let statement = format!(
        "\\set slot random(1, {slots})\n\
         WITH seat AS (UPDATE seats SET taken = taken + 1 WHERE slot = :slot AND taken < capacity \
         RETURNING slot), \
         one AS (SELECT nextval('bare') AS n) \
         INSERT INTO bookings (number, round, person, slot, mobile_sealed, channel, \
         idempotency_key, made) \
         SELECT 9900000000 + n, 99, 1000000000 + n, seat.slot, \
         '\\x07070707070707070707070707070707070707070707070707070707070707070707070707', \
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
    let rate =
        text.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    rate.unwrap_or_else(|| panic!("{text}{}", String::from_utf8_lossy(&done.stderr)))
}

/// The people of a database that grows; each has been in many rounds.
pub const GROWN_UP: u32 = 200_000;

/// Bookings of earlier rounds, `from` and on: of the same people, so that a new one goes among them
/// wherever an index keeps them.
pub async fn prefill(random: &Fresh, from: u32, to: u32) {
    use sqlx::{AssertSqlSafe, Connection as _};
    let columns = "(number, round, person, slot, mobile_sealed, channel, idempotency_key, made)";
    let row = |bytes: [&str; 2]| {
        format!(
            "(1 + k / {GROWN_UP}) * 100000000 + k % {GROWN_UP}, 1 + k / {GROWN_UP}, 1 + k % \
                {GROWN_UP}, 1, {}, 'pharmacy', {}, 0",
            bytes[0], bytes[1]
        )
    };
    match &random.address {
        Address::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new()
                .filename(path)
                .busy_timeout(Duration::from_secs(60));
            let mut db = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
            let numbers =
                format!("n(k) AS (SELECT {from} UNION ALL SELECT k + 1 FROM n WHERE k + 1 < {to})");
            let row = row(["zeroblob(38)", "randomblob(16)"]);
            let sql = format!(
                "WITH RECURSIVE {numbers} INSERT INTO bookings {columns} SELECT {row} FROM n"
            );
            sqlx::query(AssertSqlSafe(sql)).execute(&mut db).await.unwrap();
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut db).await.unwrap();
        }
        Address::Postgres(url) => {
            let mut db = sqlx::PgConnection::connect(url).await.unwrap();
            let row = row(["decode(repeat('07', 38), 'hex')", "decode(md5(k::text), 'hex')"]);
            let sql = format!(
                "INSERT INTO bookings {columns} SELECT {row} FROM generate_series({from}::bigint, \
                    {to} - 1) AS k"
            );
            sqlx::query(AssertSqlSafe(sql)).execute(&mut db).await.unwrap();
            sqlx::query("VACUUM ANALYZE bookings").execute(&mut db).await.unwrap();
            sqlx::query("CHECKPOINT").execute(&mut db).await.unwrap();
        }
    }
}

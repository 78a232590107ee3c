//! Several PostgreSQL servers of which one is the primary: its address is found among them, and
//! found again when another has taken over. A database that is at one address is not asked.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};
use std::time::Duration;

/// A set is always looked up row by row, by index. A plan is made early and kept: made in the first
/// second of a round, when there is no booking yet, it would read the whole table for each set, and
/// go on so until the next autovacuum, a minute and a hundred thousand bookings later. The line of
/// those who wait is read in its order, so that the first of it are found without the others: a
/// bitmap would have to be sorted.
pub(super) const ALWAYS_BY_INDEX: [(&str, &str); 5] = [
    ("enable_seqscan", "off"),
    ("enable_bitmapscan", "off"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
    ("enable_material", "off"),
];
/// What PostgreSQL does for a service that does not answer any more (PostgreSQL 15, sections 20.3
/// and 20.11): it gives up waiting for a lock, a statement, the rest of a transaction or a dead
/// line, so that no server holds up the others for longer.
pub(super) const NOBODY_WAITS_FOR_EVER: [(&str, &str); 8] = [
    ("lock_timeout", "5s"),
    ("statement_timeout", "15s"),
    ("idle_in_transaction_session_timeout", "5s"),
    ("client_connection_check_interval", "5s"),
    ("tcp_user_timeout", "5s"),
    ("tcp_keepalives_idle", "5"),
    ("tcp_keepalives_interval", "2"),
    ("tcp_keepalives_count", "3"),
];
/// No statement here runs long enough to be worth compiling. PostgreSQL would do it by estimated
/// cost (PostgreSQL 15, section 32.2): a plan that [`ALWAYS_BY_INDEX`] has made to look dear, and
/// one over a table that was never analyzed, then took some 100 ms of a core in LLVM.
const NOT_COMPILED: [(&str, &str); 1] = [("jit", "off")];
/// How long one of them has for its answer.
const ANSWER_WITHIN: Duration = Duration::from_millis(500);

/// The servers of a URL, whose hosts may be several with commas between:
/// `postgres://user@one:5432,two:5432/database` (as libpq takes it, PostgreSQL 15, 34.1.1.3).
///
/// # Errors
/// If one of the addresses cannot be read.
pub(super) fn hosts(url: &str) -> Result<Vec<PgConnectOptions>, sqlx::Error> {
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let end = url[after_scheme..].find(['/', '?']).map_or(url.len(), |at| after_scheme + at);
    let begin = url[after_scheme..end].rfind('@').map_or(after_scheme, |at| after_scheme + at + 1);
    let (head, tail) = (&url[..begin], &url[end..]);
    let host = |host: &str| {
        let options = format!("{head}{host}{tail}").parse::<PgConnectOptions>()?;
        let options = options.application_name("vaxkiosk").options(NOBODY_WAITS_FOR_EVER);
        Ok(options.options(NOT_COMPILED))
    };
    url[begin..end].split(',').map(host).collect()
}

/// Which of them is the primary; the first if none says so.
pub(super) async fn find(hosts: &[PgConnectOptions]) -> usize {
    for (at, host) in hosts.iter().enumerate() {
        if is_primary(host).await {
            return at;
        }
    }
    0
}

async fn is_primary(host: &PgConnectOptions) -> bool {
    let asked = async {
        let mut connection: PgConnection =
            host.clone().disable_statement_logging().connect().await?;
        let standby = is_standby(&mut connection).await?;
        // It was only asked; whether it says goodbye does not matter.
        let _ = connection.close().await;
        Ok::<_, sqlx::Error>(!standby)
    };
    matches!(tokio::time::timeout(ANSWER_WITHIN, asked).await, Ok(Ok(true)))
}

/// Whether the server of this connection only follows another.
pub(super) async fn is_standby(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT pg_is_in_recovery()").fetch_one(connection).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("postgres://u:p@one:7001,two:7002/db?sslmode=disable", &[("one", 7001), ("two", 7002)])]
    #[case("postgres://u@one,two,three/db", &[("one", 5432), ("two", 5432), ("three", 5432)])]
    #[case("postgres://one:7001/db", &[("one", 7001)])]
    #[case("postgres://one", &[("one", 5432)])]
    #[case("postgres://u@[::1]:7001,two/db", &[("::1", 7001), ("two", 5432)])]
    fn a_url_may_name_several_servers(#[case] url: &str, #[case] expected: &[(&str, u16)]) {
        let hosts = hosts(url).unwrap();
        let named = |options: &PgConnectOptions| {
            (options.get_host().trim_matches(['[', ']']).to_owned(), options.get_port())
        };
        let named: Vec<_> = hosts.iter().map(named).collect();
        let named: Vec<_> = named.iter().map(|(host, port)| (host.as_str(), *port)).collect();
        assert_eq!(named, expected);
    }
}

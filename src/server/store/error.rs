//! What can go wrong in the store.

/// What can go wrong in the store. Its Display holds no stored value.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database failed: {}", cause(.0))]
    Database(#[from] sqlx::Error),
    #[error("the tables could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("{0} cannot be read")]
    Unreadable(&'static str),
    #[error("{0} is there already")]
    Taken(&'static str),
    #[error("the database already holds a programme")]
    NotEmpty,
}

impl StoreError {
    /// Whether the database itself said no (a constraint, a deadlock), so that nothing was done;
    /// otherwise it was not reached, or did not answer.
    pub fn is_refusal(&self) -> bool {
        matches!(self, StoreError::Database(sqlx::Error::Database(_)))
    }
}

/// The kind of failure and the database's own code; never its message, which may quote a row.
fn cause(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => match (error.code(), error.constraint()) {
            (Some(code), Some(constraint)) => format!("code {code}, constraint {constraint}"),
            (Some(code), None) => format!("code {code}"),
            (None, _) => "no code".into(),
        },
        sqlx::Error::Io(error) => format!("connection: {}", error.kind()),
        sqlx::Error::PoolTimedOut => "no connection was free in time".into(),
        sqlx::Error::Configuration(_) => "its address cannot be read".into(),
        _ => "connection or protocol".into(),
    }
}

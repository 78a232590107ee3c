//! What can go wrong in the store.

use sqlx::error::ErrorKind;

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
    #[error("the database did not answer in time")]
    TooSlow,
    #[error("the keys are not those with which this database was written")]
    OtherKeys,
    /// The database is sealed with the root key of one number, and the newest in the file of
    /// secrets is another.
    #[error("the database is at key {database}, and the newest in the file is {file}")]
    OtherKeyNumber { database: u32, file: u32 },
    #[error("a change of keys was begun and is not done")]
    KeysChanging,
    #[error("another program has the database open")]
    InUse,
    #[error("the database is damaged")]
    Damaged,
    #[error("PostgreSQL has programs of its own for this")]
    NotForPostgres,
    #[error("the database's file was moved, removed or replaced")]
    FileReplaced,
}

impl StoreError {
    /// Whether what was to be written is refused (a constraint, a deadlock), so that nothing was
    /// done and parts of it may be written alone. Otherwise the database cannot be written at all,
    /// was not reached, or did not answer.
    pub fn is_refusal(&self) -> bool {
        let StoreError::Database(sqlx::Error::Database(error)) = self else { return false };
        // Class 40 of PostgreSQL's codes: the transaction was rolled back for another's sake.
        let rolled_back =
            error.code().is_some_and(|code| code.len() == 5 && code.starts_with("40"));
        match error.kind() {
            ErrorKind::UniqueViolation
            | ErrorKind::ForeignKeyViolation
            | ErrorKind::NotNullViolation
            | ErrorKind::CheckViolation => true,
            // The type is marked as one to which kinds may be added.
            _ => rolled_back,
        }
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

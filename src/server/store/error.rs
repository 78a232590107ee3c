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
    /// Nothing was written: another server has booked one of several people who book together.
    #[error("people who book together would be parted")]
    Parted,
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
        if let StoreError::Parted = self {
            return true;
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::borrow::Cow;

    /// As a database reports a failure. Its message quotes the row.
    #[derive(Debug, thiserror::Error)]
    #[error("Key (person)=(7) already exists.")]
    struct Reported(Option<&'static str>, Option<&'static str>, ErrorKind);

    impl sqlx::error::DatabaseError for Reported {
        fn message(&self) -> &str {
            "Key (person)=(7) already exists."
        }
        fn code(&self) -> Option<Cow<'_, str>> {
            self.0.map(Cow::Borrowed)
        }
        fn constraint(&self) -> Option<&str> {
            self.1
        }
        fn as_error(&self) -> &(dyn std::error::Error + Send + Sync + 'static) {
            self
        }
        fn as_error_mut(&mut self) -> &mut (dyn std::error::Error + Send + Sync + 'static) {
            self
        }
        fn into_error(self: Box<Self>) -> Box<dyn std::error::Error + Send + Sync + 'static> {
            self
        }
        fn kind(&self) -> ErrorKind {
            match self.2 {
                ErrorKind::UniqueViolation => ErrorKind::UniqueViolation,
                ErrorKind::ForeignKeyViolation => ErrorKind::ForeignKeyViolation,
                ErrorKind::NotNullViolation => ErrorKind::NotNullViolation,
                ErrorKind::CheckViolation => ErrorKind::CheckViolation,
                _ => ErrorKind::Other,
            }
        }
    }

    fn failed(
        code: Option<&'static str>,
        constraint: Option<&'static str>,
        kind: ErrorKind,
    ) -> StoreError {
        sqlx::Error::Database(Box::new(Reported(code, constraint, kind))).into()
    }

    #[rstest]
    #[case::twice(Some("23505"), ErrorKind::UniqueViolation, true)]
    #[case::of_nobody(Some("787"), ErrorKind::ForeignKeyViolation, true)]
    #[case::without_a_value(Some("1299"), ErrorKind::NotNullViolation, true)]
    #[case::too_many_seats(Some("275"), ErrorKind::CheckViolation, true)]
    #[case::postgres_serialization(Some("40001"), ErrorKind::Other, true)]
    #[case::postgres_deadlock(Some("40P01"), ErrorKind::Other, true)]
    #[case::postgres_disk_full(Some("53100"), ErrorKind::Other, false)]
    #[case::sqlite_code_that_begins_with_40(Some("4010"), ErrorKind::Other, false)]
    #[case::without_a_code(None, ErrorKind::Other, false)]
    fn a_refusal_leaves_hope_for_parts_of_a_set(
        #[case] code: Option<&'static str>,
        #[case] kind: ErrorKind,
        #[case] refused: bool,
    ) {
        assert_eq!(failed(code, None, kind).is_refusal(), refused);
    }

    #[test]
    fn what_did_not_reach_the_database_is_no_refusal() {
        for error in [sqlx::Error::PoolTimedOut.into(), StoreError::TooSlow, StoreError::Damaged] {
            assert!(!error.is_refusal(), "{error}");
        }
    }

    #[rstest]
    #[case(
        failed(Some("23505"), Some("one_live_booking"), ErrorKind::UniqueViolation),
        "code 23505, constraint one_live_booking"
    )]
    #[case(failed(Some("53100"), None, ErrorKind::Other), "code 53100")]
    #[case(failed(None, None, ErrorKind::Other), "no code")]
    #[case(sqlx::Error::PoolTimedOut.into(), "no connection was free in time")]
    #[case(sqlx::Error::Configuration("x".into()).into(), "its address cannot be read")]
    #[case(sqlx::Error::RowNotFound.into(), "connection or protocol")]
    #[case(
        sqlx::Error::Io(std::io::ErrorKind::BrokenPipe.into()).into(),
        "connection: broken pipe"
    )]
    fn a_failure_says_its_kind_and_quotes_no_row(#[case] error: StoreError, #[case] said: &str) {
        assert_eq!(error.to_string(), format!("the database failed: {said}"));
    }
}

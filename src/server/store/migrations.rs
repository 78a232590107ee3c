//! The migrations of the tables: a list of files, each in one spelling for both databases. A file
//! that has been released is never changed, as databases know it by its checksum.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

/// The two spellings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

/// Number, name and text of each migration, as its file is called: `0001_programme.sql`. In a text
/// `{key}` is the type of a primary key and `{bytes}` that of bytes.
const MIGRATIONS: [(i64, &str, &str); 9] = [
    (1, "programme", include_str!("migrations/0001_programme.sql")),
    (2, "wrong_attempts_by_last", include_str!("migrations/0002_wrong_attempts_by_last.sql")),
    (3, "service_state", include_str!("migrations/0003_service_state.sql")),
    (4, "cancelled_by_person", include_str!("migrations/0004_cancelled_by_person.sql")),
    (5, "audit_trail", include_str!("migrations/0005_audit_trail.sql")),
    (6, "numbered_keys", include_str!("migrations/0006_numbered_keys.sql")),
    (7, "holds", include_str!("migrations/0007_holds.sql")),
    (8, "staff", include_str!("migrations/0008_staff.sql")),
    (9, "attendance", include_str!("migrations/0009_attendance.sql")),
];

/// What only PostgreSQL needs with a migration, after its text. SQLite has `unhex`; with it,
/// statements that carry bytes in JSON are the same on both.
const ONLY_POSTGRES: [(i64, &str); 1] = [(
    1,
    "CREATE FUNCTION unhex(text) RETURNS bytea LANGUAGE SQL IMMUTABLE STRICT \
     AS $$ SELECT decode($1, 'hex') $$;",
)];

impl Dialect {
    fn text(self, number: i64, text: &str) -> String {
        let (key, bytes) = match self {
            Dialect::Sqlite => ("INTEGER PRIMARY KEY", "BLOB"),
            Dialect::Postgres => ("BIGINT PRIMARY KEY", "BYTEA"),
        };
        let also = match self {
            Dialect::Sqlite => None,
            Dialect::Postgres => ONLY_POSTGRES.iter().find(|(of, _)| *of == number),
        };
        let text = text.replace("{key}", key).replace("{bytes}", bytes);
        text + also.map_or("", |(_, also)| also)
    }
}

/// Brings a database from whatever it has to what this program knows.
pub(super) fn migrator(dialect: Dialect) -> Migrator {
    let migration = |(number, name, text): (i64, &'static str, &str)| {
        let sql = AssertSqlSafe(dialect.text(number, text)).into_sql_str();
        Migration::new(number, name.into(), MigrationType::Simple, sql, false)
    };
    Migrator::with_migrations(MIGRATIONS.map(migration).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_and_the_folder_agree_and_the_numbers_rise_by_one() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/server/store/migrations");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let listed = MIGRATIONS.map(|(number, name, _)| format!("{number:04}_{name}.sql"));
        assert_eq!(files, listed);
        for ((number, _, text), at) in MIGRATIONS.into_iter().zip(1..) {
            assert_eq!(number, at);
            let file = std::fs::read_to_string(format!("{folder}/{}", files[at as usize - 1]));
            assert_eq!(file.unwrap(), text, "the list names the wrong file");
        }
    }
}

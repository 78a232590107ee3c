//! The institutions at whose devices staff log in.

use super::Store;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, on, within};
use super::error::StoreError;
use super::ids::InstitutionId;
use super::staff::CHANGED;
use super::values::instant;
use jiff::Timestamp;

/// An institution's row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InstitutionRecord {
    pub id: InstitutionId,
    /// 機構代碼, as devices have it.
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    /// Since when nobody logs in there any more.
    pub closed: Option<Timestamp>,
}

/// An institution to be added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewInstitution {
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub added: Timestamp,
}

impl Store {
    /// All institutions, closed ones too, in the order in which they were added.
    pub async fn institutions(&self) -> Result<Vec<InstitutionRecord>, StoreError> {
        const ALL: &str = "SELECT id, code, name_zh, name_en, closed FROM institutions ORDER BY id";
        on!(&self.readers, db => {
            sqlx::query(ALL).fetch_all(db).await?.iter().map(institution).collect()
        })
    }

    /// Adds an institution.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if there is one with this code already.
    pub async fn add_institution(&self, new: &NewInstitution) -> Result<(), StoreError> {
        const ADD: &str = "INSERT INTO institutions (id, code, name_zh, name_en, added) \
            SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4 FROM institutions";
        let taken = |error: sqlx::Error| match error.as_database_error() {
            Some(cause) if cause.is_unique_violation() => {
                StoreError::Taken("an institution of this code")
            }
            _ => error.into(),
        };
        let mut transaction = self.writer.begin().await?;
        within!(&mut transaction, db => {
            // First, so that whoever adds one at the same time waits, and takes another number.
            sqlx::query(CHANGED).execute(&mut *db).await?;
            let query = sqlx::query(ADD).bind(&new.code).bind(&new.name_zh).bind(&new.name_en);
            query.bind(new.added.as_second()).execute(db).await.map_err(taken)?;
        });
        let entry = Entry::new(new.added, Actor::Administrator, Action::AddInstitution);
        let entry = Entry { after: Some(format!("institution {}", new.code)), ..entry };
        self.commit_with(transaction, &[entry]).await
    }

    /// Closes an institution: its staff log in no more, and who is logged in may do nothing. Tells
    /// whether there was an open one.
    pub async fn close_institution(&self, code: &str, now: Timestamp) -> Result<bool, StoreError> {
        const CLOSE: &str =
            "UPDATE institutions SET closed = $1 WHERE code = $2 AND closed IS NULL";
        let mut transaction = self.writer.begin().await?;
        let closed = within!(&mut transaction, db => {
            sqlx::query(CHANGED).execute(&mut *db).await?;
            let query = sqlx::query(CLOSE).bind(now.as_second()).bind(code);
            query.execute(db).await?.rows_affected()
        });
        let entry = Entry::new(now, Actor::Administrator, Action::CloseInstitution);
        let entry = Entry { before: Some(format!("institution {code}")), ..entry };
        let entries = if closed > 0 { vec![entry] } else { Vec::new() };
        self.commit_with(transaction, &entries).await?;
        Ok(closed > 0)
    }
}

fn institution(row: &impl Columns) -> Result<InstitutionRecord, StoreError> {
    Ok(InstitutionRecord {
        id: InstitutionId(row.int("id")?),
        code: row.text("code")?,
        name_zh: row.text("name_zh")?,
        name_en: row.text("name_en")?,
        closed: row.maybe_int("closed")?.map(instant).transpose()?,
    })
}

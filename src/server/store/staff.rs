//! Staff of institutions: who they are, sealed, and what they may do.

use super::Store;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, Transaction, on, within};
use super::error::StoreError;
use super::ids::{InstitutionId, PersonId, PersonKey, StaffId};
use super::seal::{Column, Seal};
use super::staff_card::StaffCard;
use super::values::{instant, narrow, rows};
use crate::domain::identity::IdNumber;
use crate::domain::personal::Personal;
use crate::domain::staff::{Right, Rights, StaffRole};
use jiff::Timestamp;

/// Tells running servers that institutions or staff have changed.
pub(super) const CHANGED: &str = "UPDATE changes SET number = number + 1 WHERE what = 'staff'";

/// A staff member, without their name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StaffRecord {
    pub id: StaffId,
    pub institution: InstitutionId,
    /// The keyed hash of their card.
    pub card: PersonKey,
    pub role: StaffRole,
    pub rights: Rights,
    pub withdrawn: Option<Timestamp>,
}

/// A staff member with what is sealed of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamedStaff {
    pub record: StaffRecord,
    pub name: Personal,
    pub card: StaffCard,
}

/// Somebody to be added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewStaffRecord {
    pub institution: InstitutionId,
    pub name: Personal,
    pub card: StaffCard,
    pub role: StaffRole,
    pub rights: Rights,
}

/// The number under which a staff member's columns are sealed.
pub(super) fn sealed_for(staff: StaffId) -> PersonId {
    PersonId(staff.0)
}

/// What is sealed of somebody.
pub(super) fn identity(name: &Personal, card: &StaffCard) -> Result<Personal, StoreError> {
    rows(&(name, card)).map(Personal::new)
}

/// Opens what [`identity`] has put together.
pub(super) fn opened(
    seal: &Seal,
    staff: StaffId,
    sealed: Vec<u8>,
) -> Result<(Personal, StaffCard), StoreError> {
    let text = seal.open(Column::Staff, sealed_for(staff), sealed)?;
    serde_json::from_str(text.expose()).map_err(|_| StoreError::Unreadable("who a staff member is"))
}

/// Role and rights as the trail tells them: `user book,change`.
fn told(role: StaffRole, rights: Rights) -> String {
    let rights: Vec<&str> = rights.iter().map(Right::code).collect();
    format!("{} {}", role.code(), rights.join(","))
}

const COLUMNS: &str = "SELECT id, institution, card_hash, identity_sealed, role, rights, withdrawn \
    FROM staff WHERE length(identity_sealed) > 0 AND ($1 = 0 OR institution = $1) ORDER BY id";

impl Store {
    /// The keyed hash by which a card's owner is found.
    pub fn staff_key(&self, card: &StaffCard) -> PersonKey {
        self.seal.staff_key(card)
    }

    /// All staff of all institutions, withdrawn ones too, in the order in which they were added.
    pub async fn staff(&self) -> Result<Vec<StaffRecord>, StoreError> {
        on!(&self.readers, db => {
            let found = sqlx::query(COLUMNS).bind(0_i64).fetch_all(db).await?;
            let staff = |row: &_| staff(row).map(|(record, _)| record);
            found.iter().map(staff).collect()
        })
    }

    /// The staff of an institution with their names.
    pub async fn staff_of(&self, of: InstitutionId) -> Result<Vec<NamedStaff>, StoreError> {
        let found: Vec<(StaffRecord, Vec<u8>)> = on!(&self.readers, db => {
            let found = sqlx::query(COLUMNS).bind(of.0).fetch_all(db).await?;
            let staff = |row: &_| staff(row);
            found.iter().map(staff).collect::<Result<_, StoreError>>()?
        });
        let named = |(record, sealed): (StaffRecord, Vec<u8>)| {
            let (name, card) = opened(&self.seal, record.id, sealed)?;
            Ok(NamedStaff { record, name, card })
        };
        found.into_iter().map(named).collect()
    }

    /// Adds somebody.
    ///
    /// # Errors
    /// [`StoreError::Taken`] if their card is there already in this institution.
    pub async fn add_staff(
        &self,
        new: &NewStaffRecord,
        by: Actor,
        now: Timestamp,
    ) -> Result<StaffId, StoreError> {
        const NEXT: &str = "SELECT COALESCE(MAX(id), 0) + 1 AS id FROM staff";
        const ADD: &str = "INSERT INTO staff (id, institution, card_hash, identity_sealed, role, \
            rights, added) VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let taken = |error: sqlx::Error| match error.as_database_error() {
            Some(cause) if cause.is_unique_violation() => {
                StoreError::Taken("this card in this institution")
            }
            _ => error.into(),
        };
        let identity = identity(&new.name, &new.card)?;
        let hash = self.seal.staff_hash(&new.card);
        let mut transaction = self.writer.begin().await?;
        let id = within!(&mut transaction, db => {
            // First, so that who adds somebody at the same time waits, and takes another number.
            sqlx::query(CHANGED).execute(&mut *db).await?;
            let id = StaffId(sqlx::query(NEXT).fetch_one(&mut *db).await?.int("id")?);
            let sealed = self.seal.seal(Column::Staff, sealed_for(id), identity.expose());
            let query = sqlx::query(ADD).bind(id.0).bind(new.institution.0).bind(hash).bind(sealed)
                .bind(new.role.code()).bind(i64::from(new.rights.bits())).bind(now.as_second());
            query.execute(db).await.map_err(taken)?;
            id
        });
        let after = format!("staff {} {}", id.0, told(new.role, new.rights));
        let entry = Entry { after: Some(after), ..Entry::new(now, by, Action::AddStaff) };
        self.commit_with(transaction, &[entry]).await?;
        Ok(id)
    }

    /// Says what somebody may do from now on, and whether they may do nothing any more. Only if
    /// they are as `before` says: returns whether they were.
    pub async fn change_staff(
        &self,
        before: &StaffRecord,
        (rights, withdrawn): (Rights, bool),
        by: Actor,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        const CHANGE: &str = "UPDATE staff SET rights = $2, \
            withdrawn = CASE WHEN $3 = 0 THEN NULL ELSE COALESCE(withdrawn, $4) END \
            WHERE id = $1 AND rights = $5 AND COALESCE(withdrawn, $6) = $7";
        // NULL is equal to nothing, so who is not withdrawn has a time that nobody was.
        let never = i64::MIN;
        let since = before.withdrawn.map_or(never, Timestamp::as_second);
        let mut transaction = self.writer.begin().await?;
        let changed = within!(&mut transaction, db => {
            sqlx::query(CHANGED).execute(&mut *db).await?;
            let query = sqlx::query(CHANGE).bind(before.id.0).bind(i64::from(rights.bits()))
                .bind(i64::from(withdrawn)).bind(now.as_second())
                .bind(i64::from(before.rights.bits())).bind(never).bind(since);
            query.execute(db).await?.rows_affected()
        });
        if changed == 0 {
            return Ok(false);
        }
        let told = |rights, withdrawn| {
            let more = if withdrawn { " withdrawn" } else { "" };
            Some(format!("staff {} {}{more}", before.id.0, told(before.role, rights)))
        };
        let entry = Entry {
            before: told(before.rights, before.withdrawn.is_some()),
            after: told(rights, withdrawn),
            ..Entry::new(now, by, Action::ChangeStaff)
        };
        self.commit_with(transaction, &[entry]).await?;
        Ok(true)
    }

    /// Erases whoever logs in with the NHI card of this person. Nothing tells afterwards who those
    /// staff were, and they log in no more.
    pub(super) async fn erase_staff(
        &self,
        transaction: &mut Transaction,
        id: IdNumber,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        const ERASE: &str = "UPDATE staff SET identity_sealed = unhex(''), card_hash = $2, \
            withdrawn = COALESCE(withdrawn, $3) WHERE card_hash = $1";
        let hash = self.seal.staff_hash(&StaffCard::NhiCard { id });
        let nobody = self.seal.nobody();
        within!(transaction, db => {
            let query = sqlx::query(ERASE).bind(hash).bind(nobody).bind(now.as_second());
            if query.execute(&mut *db).await?.rows_affected() > 0 {
                sqlx::query(CHANGED).execute(db).await?;
            }
        });
        Ok(())
    }
}

fn staff(row: &impl Columns) -> Result<(StaffRecord, Vec<u8>), StoreError> {
    let card = row.bytes("card_hash")?;
    let record = StaffRecord {
        id: StaffId(row.int("id")?),
        institution: InstitutionId(row.int("institution")?),
        card: card.iter().fold(0, |number, byte| number << 8 | PersonKey::from(*byte)),
        role: StaffRole::from_code(&row.text("role")?).ok_or(StoreError::Unreadable("a role"))?,
        rights: Rights::from_bits(narrow(row.int("rights")?)?)
            .ok_or(StoreError::Unreadable("rights"))?,
        withdrawn: row.maybe_int("withdrawn")?.map(instant).transpose()?,
    };
    Ok((record, row.bytes("identity_sealed")?))
}

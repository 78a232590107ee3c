//! Who waits for a seat: their place in the line and what they wait for. Slots are locked before
//! rows of the line, and those before the number of the change `waiting`, which is the next place.

use super::Store;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, Transaction, in_time, on, within};
use super::error::StoreError;
use super::holds;
use super::ids::PersonId;
use super::line_version::line_changes;
use super::programme::brands;
use super::seal::Column;
use super::seated::bookings_of;
use super::values::{instant, narrow, rows};
use crate::domain::language::Language;
use crate::domain::phone::MobileNumber;
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use crate::domain::waiting::WaitingWish;
use jiff::Timestamp;

/// Somebody who asks to be told of a seat.
#[derive(Clone, Debug)]
pub struct AskToWait {
    pub person: PersonId,
    pub wish: WaitingWish,
    pub mobile: MobileNumber,
    pub language: Language,
    pub by: Actor,
}

/// Somebody who asks to be told, and where.
#[derive(Clone, Debug)]
pub struct AskToBeTold {
    pub person: PersonId,
    pub mobile: MobileNumber,
    pub language: Language,
    pub by: Actor,
}

/// Somebody in the line, as they are shown to themselves.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub wish: WaitingWish,
    pub mobile: MobileNumber,
    /// Since when they wait for this.
    pub asked: Timestamp,
    /// How many are before them.
    pub before: u64,
}

const WAITS: &str = "SELECT place FROM waiting WHERE round = $1 AND person = $2";
const CHANGE: &str = "UPDATE waiting SET wish = $3, mobile_sealed = $4, language = $5, \
    asked = $6 WHERE round = $1 AND person = $2";
const ASK: &str = "INSERT INTO waiting \
    (place, round, person, wish, mobile_sealed, language, asked) \
    VALUES ($6, $1, $2, $3, $4, $5, $7) ON CONFLICT (round, person) DO UPDATE SET \
    wish = excluded.wish, mobile_sealed = excluded.mobile_sealed, language = excluded.language";
/// Whoever has a seat since is before nobody.
const SEE: &str = "SELECT wish, mobile_sealed, asked, (SELECT COUNT(*) FROM waiting AS other \
    WHERE other.round = $1 AND other.place < own.place AND NOT EXISTS (SELECT 1 FROM bookings \
    WHERE bookings.round = other.round AND bookings.person = other.person \
    AND bookings.cancelled IS NULL)) AS ahead \
    FROM waiting AS own WHERE own.round = $1 AND own.person = $2";
const LEAVE: &str = "DELETE FROM waiting WHERE round = $1 AND person = $2";
const OFFERED: &str = "SELECT slot FROM holds WHERE round = $1 AND person = $2 \
    AND reason = 'offer'";
const END_OFFER: &str = "UPDATE offers SET ended = $3, outcome = 'withdrawn' \
    WHERE round = $1 AND person = $2 AND ended IS NULL";

impl Store {
    /// Whether anybody waits in this round, has lost a seat and has none yet, or a seat is held for
    /// them.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn somebody_waits(
        &self,
        round: RoundNumber,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        const ANY: &str = "SELECT COUNT(*) AS n FROM (SELECT 1 FROM waiting WHERE round = $1 \
            UNION ALL SELECT 1 FROM holds WHERE round = $1 AND (reason IN ('offer', 'freed') \
            OR (slot IS NULL AND until > $2)) \
            LIMIT 1) AS any_of_them";
        on!(&self.readers, db => {
            let query = sqlx::query(ANY).bind(i64::from(u8::from(round)));
            Ok(query.bind(now.as_second()).fetch_one(db).await?.int("n")? > 0)
        })
    }

    /// Takes those out of the line who have a seat by now.
    ///
    /// # Errors
    /// If the database fails; the next call goes on.
    pub async fn tidy_line(&self, round: RoundNumber) -> Result<(), StoreError> {
        const SEATED: &str = concat!(
            "SELECT place FROM waiting WHERE round = $1 AND ",
            bookings_of!("waiting"),
            " > 0 LIMIT 1000"
        );
        let seated: Vec<(i64,)> = on!(&self.readers, db => {
            let query = sqlx::query(SEATED).bind(i64::from(u8::from(round)));
            let found = query.fetch_all(db).await?;
            let place = |row: &_| Ok((Columns::int(row, "place")?,));
            found.iter().map(place).collect::<Result<_, StoreError>>()?
        });
        if seated.is_empty() {
            return Ok(());
        }
        self.writes.note(in_time(self.forget_seated(&seated)).await)
    }

    /// Those of these places who still have a seat: they may have cancelled since.
    async fn forget_seated(&self, places: &[(i64,)]) -> Result<(), StoreError> {
        const FORGET: &str = concat!(
            "DELETE FROM waiting WHERE place IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {keys}) \
             AND ",
            bookings_of!("waiting"),
            " > 0"
        );
        self.check_place()?;
        let mut transaction = self.writer.begin().await?;
        let (forget, places) = (transaction.with_rows(FORGET), rows(&places)?);
        within!(&mut transaction, db => { sqlx::query(forget).bind(places).execute(db).await?; });
        transaction.commit().await
    }

    /// Puts somebody at the end of the line, or changes what they wait for: they keep their place
    /// then.
    ///
    /// # Errors
    /// If the database fails; then it is not known whether it was done.
    pub async fn ask_to_wait(
        &self,
        round: RoundNumber,
        ask: &AskToWait,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.writes.note(in_time(self.put_in_line(round, ask, now)).await)
    }

    async fn put_in_line(
        &self,
        round: RoundNumber,
        ask: &AskToWait,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.check_place()?;
        let number = i64::from(u8::from(round));
        let wish = serde_json::to_string(&ask.wish)
            .map_err(|_| StoreError::Unreadable("what somebody waits for"))?;
        let mobile = self.seal.seal(Column::Mobile, ask.person, ask.mobile.expose());
        let language = ask.language.tag();
        let mut transaction = self.writer.begin().await?;
        let waits = within!(&mut transaction, db => {
            let query = sqlx::query(WAITS).bind(number).bind(ask.person.0);
            query.fetch_optional(db).await?.is_some()
        });
        // Another wish may make it somebody's turn; who is new is behind all others.
        if waits {
            line_changes(&mut transaction).await?;
        }
        let changed = within!(&mut transaction, db => {
            let query = sqlx::query(CHANGE).bind(number).bind(ask.person.0).bind(&wish);
            let query = query.bind(&mobile).bind(language).bind(now.as_second());
            query.execute(db).await?.rows_affected() > 0
        });
        if !changed {
            let place = next_places(&mut transaction, 1).await?;
            within!(&mut transaction, db => {
                let query = sqlx::query(ASK).bind(number).bind(ask.person.0).bind(&wish);
                let query = query.bind(&mobile).bind(language).bind(place).bind(now.as_second());
                query.execute(db).await?;
            });
        }
        let entry = Entry::new(now, ask.by, Action::AskToWait);
        let entry = Entry { person: Some(ask.person), ..entry };
        self.commit_with(transaction, &[entry]).await
    }

    /// What this person waits for; `None` if they do not.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn waiting_of(
        &self,
        round: RoundNumber,
        person: PersonId,
    ) -> Result<Option<Waiting>, StoreError> {
        on!(&self.readers, db => {
            let query = sqlx::query(SEE).bind(i64::from(u8::from(round))).bind(person.0);
            let Some(row) = query.fetch_optional(db).await? else { return Ok(None) };
            let mobile = self.seal.open(Column::Mobile, person, row.bytes("mobile_sealed")?)?;
            Ok(Some(Waiting {
                wish: wish(&row.text("wish")?)?,
                mobile: MobileNumber::parse(mobile.expose())
                    .map_err(|_| StoreError::Unreadable("a mobile number"))?,
                asked: instant(row.int("asked")?)?,
                before: narrow(row.int("ahead")?)?,
            }))
        })
    }

    /// Takes somebody out of the line. A seat that is offered to them goes to the next. Whoever is
    /// not in it stays as they are.
    ///
    /// # Errors
    /// If the database fails; then it is not known whether it was done.
    pub async fn leave_line(
        &self,
        round: RoundNumber,
        person: PersonId,
        by: Actor,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.writes.note(in_time(self.take_out(round, person, by, now)).await)
    }

    async fn take_out(
        &self,
        round: RoundNumber,
        person: PersonId,
        by: Actor,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.check_place()?;
        let number = i64::from(u8::from(round));
        let mut transaction = self.writer.begin().await?;
        line_changes(&mut transaction).await?;
        let offered: Option<SlotId> = within!(&mut transaction, db => {
            let query = sqlx::query(OFFERED).bind(number).bind(person.0);
            let row = query.fetch_optional(db).await?;
            row.map(|row| narrow(row.int("slot")?).map(SlotId)).transpose()?
        });
        if let Some(slot) = offered {
            lock(&mut transaction, slot).await?;
            holds::pass_on(&mut transaction, round, person, self.seal.random_number(), now).await?;
        }
        let left = within!(&mut transaction, db => {
            let query = sqlx::query(END_OFFER).bind(number).bind(person.0).bind(now.as_second());
            query.execute(&mut *db).await?;
            let query = sqlx::query(LEAVE).bind(number).bind(person.0);
            query.execute(db).await?.rows_affected() > 0
        });
        if !left {
            return Ok(());
        }
        let entry = Entry { person: Some(person), ..Entry::new(now, by, Action::LeaveLine) };
        self.commit_with(transaction, &[entry]).await
    }
}

/// The last of so many places at the end of the line.
pub(super) async fn next_places(
    transaction: &mut Transaction,
    count: i64,
) -> Result<i64, StoreError> {
    const NEXT: &str =
        "UPDATE changes SET number = number + $1 WHERE what = 'waiting' RETURNING number";
    within!(transaction, db => {
        sqlx::query(NEXT).bind(count).fetch_one(db).await?.int("number")
    })
}

/// Locks one slot's seats.
async fn lock(transaction: &mut Transaction, slot: SlotId) -> Result<(), StoreError> {
    const LOCK: &str = "SELECT slot FROM seats WHERE slot = $1 FOR UPDATE";
    if let Transaction::Postgres(db) = transaction {
        sqlx::query(LOCK).bind(i64::from(slot.0)).fetch_all(&mut **db).await?;
    }
    Ok(())
}

fn wish(text: &str) -> Result<WaitingWish, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable("what somebody waits for"))
}

/// What somebody waits for, of the brands that they have registered.
pub(super) fn registered_wish(row: &impl Columns) -> Result<WaitingWish, StoreError> {
    let (mut wish, registered) = (wish(&row.text("wish")?)?, brands(&row.text("brands")?)?);
    wish.brands.retain(|brand| registered.contains(brand));
    Ok(wish)
}

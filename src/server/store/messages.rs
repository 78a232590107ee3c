//! Text messages: made from what the writer put into the outbox, claimed by whoever sends them, and
//! settled afterwards. What a message says is in `notify`.

use super::Store;
use super::database::{Columns, Pool, Transaction, on, within};
use super::error::StoreError;
use super::ids::PersonId;
use super::offer_codes::offer_of;
use super::outbox::{Kind, Telling};
use super::people::{as_integer, booking_number};
use super::programme::round_number;
use super::seal::Column;
use super::values::{instant, narrow, rows};
use crate::domain::booking_number::BookingNumber;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::domain::phone::MobileNumber;
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashSet;

/// A message that is to be sent now.
#[derive(Clone, Debug)]
pub struct Due {
    /// What is told to whom: each is sent once.
    pub once: String,
    pub kind: Kind,
    pub round: RoundNumber,
    pub number: Option<BookingNumber>,
    pub slot: Option<SlotId>,
    /// From when the person may book.
    pub opens: Option<Timestamp>,
    /// The seat that is set aside for a person whose slot was closed.
    pub held: Option<SlotId>,
    /// Until when they choose before others.
    pub until: Option<Timestamp>,
    /// With which a seat that is offered can be taken without a card.
    pub code: Option<Personal>,
    pub language: Language,
    pub mobile: MobileNumber,
    pub made: Timestamp,
    /// This one among them: more than 1 says that it is not known what became of the last, or that
    /// it failed.
    pub attempt: u32,
}

/// Messages that nobody else sends for now.
#[derive(Debug, Default)]
pub struct Claimed {
    pub due: Vec<Due>,
    /// Those whose row cannot be read. They hold up no other.
    pub unreadable: Vec<String>,
    /// What has become untrue: that somebody did not come who has come after all, or that they may
    /// have what is theirs no more.
    pub untrue: Vec<String>,
}

impl Claimed {
    /// A desk without a line may have entered that somebody came, and told it after their day was
    /// closed.
    async fn leave_out_who_came(
        &mut self,
        transaction: &mut Transaction,
    ) -> Result<(), StoreError> {
        let says_so = |due: &Due| due.number.filter(|_| due.kind == Kind::Absent).map(as_integer);
        let asked: Vec<(i64,)> = self.due.iter().filter_map(says_so).map(|one| (one,)).collect();
        if asked.is_empty() {
            return Ok(());
        }
        let (statement, asked) = (transaction.with_rows(STILL_ABSENT), rows(&asked)?);
        let still: HashSet<i64> = within!(transaction, db => {
            let found = sqlx::query(statement).bind(asked).fetch_all(db).await?;
            found.iter().map(|row| row.int("number")).collect::<Result<_, StoreError>>()?
        });
        self.keep(|due| says_so(due).is_none_or(|number| still.contains(&number)));
        Ok(())
    }

    /// Seats and doses whose time is over by now, and seats that were offered and are no longer.
    async fn leave_out_what_is_over(
        &mut self,
        transaction: &mut Transaction,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let is_told = |due: &Due| matches!(due.kind, Kind::Offered | Kind::Leftover);
        self.keep(|due| !is_told(due) || due.until.is_none_or(|until| until > now));
        let offer = |due: &Due| offer_of(&due.once).filter(|_| due.kind == Kind::Offered);
        let asked: Vec<(i64,)> = self.due.iter().filter_map(offer).map(|id| (id,)).collect();
        if asked.is_empty() {
            return Ok(());
        }
        let (statement, asked) = (transaction.with_rows(STILL_OFFERED), rows(&asked)?);
        let still: HashSet<i64> = within!(transaction, db => {
            let found = sqlx::query(statement).bind(asked).fetch_all(db).await?;
            found.iter().map(|row| row.int("id")).collect::<Result<_, StoreError>>()?
        });
        self.keep(|due| offer(due).is_none_or(|id| still.contains(&id)));
        Ok(())
    }

    /// What is not so has become untrue.
    fn keep(&mut self, is_true: impl FnMut(&Due) -> bool) {
        let (due, untrue): (Vec<_>, Vec<_>) = self.due.drain(..).partition(is_true);
        self.due = due;
        self.untrue.extend(untrue.into_iter().map(|due| due.once));
    }
}

/// What became of a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SendOutcome {
    Sent(Timestamp),
    /// To be tried again then.
    Later(Timestamp),
    /// It will never be sent.
    Never,
}

/// Sets of the outbox that are read at once. The writer puts 1 to 1,024 messages into a set, so
/// that their number alone says little of how many messages they hold.
const SETS_AT_ONCE: &str = "256";
/// No further set is taken apart in a transaction that has made so many messages: it holds up
/// SQLite's only writer for some 20 ms.
const MESSAGES_AT_ONCE: usize = 2048;
const OUTBOX_SQLITE: &str = "SELECT id, told FROM outbox ORDER BY made, id LIMIT {n}";
const OUTBOX_POSTGRES: &str =
    "SELECT id, told FROM outbox ORDER BY made, id LIMIT {n} FOR UPDATE SKIP LOCKED";
const EMPTY_OUTBOX: &str = "DELETE FROM outbox WHERE id IN (SELECT CAST(value ->> 0 AS BIGINT) \
     FROM {rows})";
const TELL: &str = "INSERT INTO messages (once, kind, round, number, slot, language, person, \
    mobile_sealed, made, due, held, until) \
     SELECT told.o, told.k, bookings.round, bookings.number, told.s, told.l, bookings.person, \
     bookings.mobile_sealed, told.t, COALESCE(told.d, told.t), told.h, told.u \
     FROM (SELECT value ->> 0 AS o, value ->> 1 AS k, CAST(value ->> 2 AS BIGINT) AS n, CAST(value \
     ->> 3 AS BIGINT) AS s, \
     value ->> 4 AS l, CAST(value ->> 5 AS BIGINT) AS t, CAST(value ->> 6 AS BIGINT) AS h, \
     CAST(value ->> 7 AS BIGINT) AS u, CAST(value ->> 8 AS BIGINT) AS d \
     FROM {rows}) AS told JOIN bookings ON bookings.number = told.n WHERE true \
     ON CONFLICT DO NOTHING";
const REMIND: &str = "INSERT INTO messages (once, kind, round, number, slot, language, person, \
    mobile_sealed, made, due) \
     SELECT 'reminder ' || CAST(bookings.number AS TEXT) || ' ' || CAST(bookings.slot AS TEXT), \
     'reminder', bookings.round, \
     bookings.number, bookings.slot, bookings.language, bookings.person, bookings.mobile_sealed, \
     $1, $1 \
     FROM slots JOIN bookings ON bookings.slot = slots.id AND bookings.cancelled IS NULL \
     WHERE slots.starts >= $2 AND slots.starts < $3 ON CONFLICT DO NOTHING";
const CLAIM: &str = "UPDATE messages SET claimed = $2, attempts = attempts + 1 WHERE once IN \
    (SELECT once FROM messages \
     WHERE due <= $1 AND (claimed IS NULL OR claimed <= $1) ORDER BY due LIMIT $3{lock}) \
     RETURNING once, kind, round, number, slot, opens, language, person, mobile_sealed, made, \
     attempts, held, until";
const STILL_ABSENT: &str = "SELECT number FROM bookings WHERE absent IS NOT NULL AND number IN \
     (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows})";
const STILL_OFFERED: &str = "SELECT id FROM offers WHERE ended IS NULL AND id IN \
     (SELECT CAST(value ->> 0 AS BIGINT) FROM {rows})";
/// A server that was held up for longer than its claim tells what became of a message when another
/// has sent it already: what is sent stays so, and its number, which is wiped, is not needed again.
const SETTLE: &str = "UPDATE messages SET due = asked.later, sent = asked.done, claimed = NULL, \
     mobile_sealed = CASE WHEN asked.later IS NULL THEN $2 ELSE mobile_sealed END \
     FROM (SELECT value ->> 0 AS o, CAST(value ->> 1 AS BIGINT) AS later, CAST(value ->> 2 AS \
     BIGINT) AS done FROM {rows}) \
     AS asked WHERE once = asked.o AND due IS NOT NULL";
/// A claim that is over may be somebody else's by now, so only one's own is given back.
const GIVE_BACK: &str = "UPDATE messages SET claimed = NULL, attempts = attempts - 1 FROM (SELECT \
     value ->> 0 AS o FROM {rows}) AS asked WHERE once = asked.o AND claimed = $2";

impl Store {
    /// Makes messages of what lies in the outbox: some sets of it. How many sets there were. What
    /// was written while the clock was ahead of `now` is due at once.
    ///
    /// # Errors
    /// [`StoreError`]: then nothing has changed.
    pub async fn take_outbox_apart(&self, now: Timestamp) -> Result<usize, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let select = match &transaction {
            Transaction::Sqlite(_) => OUTBOX_SQLITE,
            Transaction::Postgres(_) => OUTBOX_POSTGRES,
        };
        let select = sqlx::AssertSqlSafe(select.replace("{n}", SETS_AT_ONCE));
        let sets: Vec<(i64, String)> = within!(&mut transaction, db => {
            let found = sqlx::query(select).fetch_all(db).await?;
            found.iter().map(|row| Ok((row.int("id")?, row.text("told")?)))
                .collect::<Result<_, StoreError>>()?
        });
        let (mut taken, mut messages) = (Vec::new(), Vec::new());
        for (id, told) in &sets {
            if messages.len() >= MESSAGES_AT_ONCE {
                break;
            }
            let told: Vec<Telling> =
                serde_json::from_str(told).map_err(|_| StoreError::Unreadable("the outbox"))?;
            let row = |telling: &Telling| {
                let (number, kind) = (as_integer(telling.number), telling.kind.code());
                let once = format!("{kind} {number} {} {}", telling.slot.0, telling.at);
                let (held, language) = (telling.held.map(|slot| slot.0), telling.language.tag());
                let at = telling.at.min(now.as_second());
                let (slot, until, due) = (telling.slot.0, telling.until, telling.not_before);
                (once, kind, number, slot, language, at, held, until, due)
            };
            messages.extend(told.iter().map(row));
            taken.push((id,));
        }
        if !taken.is_empty() {
            let (tell, empty) = (transaction.with_rows(TELL), transaction.with_rows(EMPTY_OUTBOX));
            let (messages, ids) = (rows(&messages)?, rows(&taken)?);
            within!(&mut transaction, db => {
                sqlx::query(tell).bind(messages).execute(&mut *db).await?;
                sqlx::query(empty).bind(ids).execute(db).await?;
            });
        }
        transaction.commit().await?;
        Ok(taken.len())
    }

    /// Makes the reminders of those who are vaccinated on this day: each once, however often this
    /// is asked.
    pub async fn remind(&self, day: Date, now: Timestamp) -> Result<(), StoreError> {
        let next = day.tomorrow().map_err(|_| StoreError::Unreadable("a day"))?;
        on!(&self.writer, db => {
            let query = sqlx::query(REMIND).bind(now.as_second()).bind(day.to_string())
                .bind(next.to_string());
            query.execute(db).await?;
        });
        Ok(())
    }

    /// Takes messages that are due, so that nobody else sends them before `until`.
    pub async fn claim_messages(
        &self,
        now: Timestamp,
        until: Timestamp,
        most: u32,
    ) -> Result<Claimed, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let lock = if matches!(transaction, Transaction::Postgres(_)) {
            " FOR UPDATE SKIP LOCKED"
        } else {
            ""
        };
        let claim = sqlx::AssertSqlSafe(CLAIM.replace("{lock}", lock));
        let mut claimed = Claimed::default();
        within!(&mut transaction, db => {
            let query = sqlx::query(claim).bind(now.as_second()).bind(until.as_second())
                .bind(i64::from(most));
            for row in &query.fetch_all(db).await? {
                match self.due(row) {
                    Ok(due) => claimed.due.push(due),
                    Err(_) => claimed.unreadable.push(row.text("once")?),
                }
            }
        });
        claimed.leave_out_who_came(&mut transaction).await?;
        claimed.leave_out_what_is_over(&mut transaction, now).await?;
        transaction.commit().await?;
        Ok(claimed)
    }

    /// Frees what a server that died had claimed, where that is known: an SQLite database has one
    /// server, and it has just begun.
    pub async fn free_claims(&self) -> Result<(), StoreError> {
        if let Pool::Sqlite(db) = &self.writer {
            sqlx::query("UPDATE messages SET claimed = NULL WHERE claimed IS NOT NULL")
                .execute(db)
                .await?;
        }
        Ok(())
    }

    /// Brings times that lie ahead back to now, after the clock was set back: what waits would wait
    /// for as long as the step was. A claim that is alive ends by `latest_claim` at the latest.
    pub async fn bring_forward(
        &self,
        now: Timestamp,
        latest_claim: Timestamp,
    ) -> Result<(), StoreError> {
        const DUE: &str = "UPDATE messages SET due = $1 WHERE due > $1";
        const CLAIMED: &str =
            "UPDATE messages SET claimed = $1 WHERE due IS NOT NULL AND claimed > $1";
        let mut transaction = self.writer.begin().await?;
        within!(&mut transaction, db => {
            sqlx::query(DUE).bind(now.as_second()).execute(&mut *db).await?;
            sqlx::query(CLAIMED).bind(latest_claim.as_second()).execute(db).await?;
        });
        transaction.commit().await
    }

    /// What became of messages. What will not be tried again keeps no number of a person.
    pub async fn settle_messages(
        &self,
        outcomes: &[(String, SendOutcome)],
    ) -> Result<(), StoreError> {
        let row = |(once, outcome): &(String, SendOutcome)| match outcome {
            SendOutcome::Sent(at) => (once.clone(), None, Some(at.as_second())),
            SendOutcome::Later(at) => (once.clone(), Some(at.as_second()), None),
            SendOutcome::Never => (once.clone(), None, None),
        };
        let set = rows(&outcomes.iter().map(row).collect::<Vec<_>>())?;
        let mut transaction = self.writer.begin().await?;
        let statement = transaction.with_rows(SETTLE);
        within!(&mut transaction, db => {
            sqlx::query(statement).bind(set).bind([].as_slice() as &[u8]).execute(db).await?;
        });
        transaction.commit().await
    }

    /// Gives back messages that were claimed until `until` and of which none was begun: they are
    /// due as before, and this was no attempt.
    pub async fn give_back_messages(
        &self,
        messages: &[String],
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let set = rows(&messages.iter().map(|once| (once,)).collect::<Vec<_>>())?;
        let mut transaction = self.writer.begin().await?;
        let statement = transaction.with_rows(GIVE_BACK);
        within!(&mut transaction, db => {
            sqlx::query(statement).bind(set).bind(until.as_second()).execute(db).await?;
        });
        transaction.commit().await
    }

    fn due(&self, row: &dyn Columns) -> Result<Due, StoreError> {
        let person = PersonId(row.int("person")?);
        let mobile = self.seal.open(Column::Mobile, person, row.bytes("mobile_sealed")?)?;
        let slot = |column| -> Result<Option<SlotId>, StoreError> {
            row.maybe_int(column)?.map(|slot| narrow(slot).map(SlotId)).transpose()
        };
        Ok(Due {
            once: row.text("once")?,
            kind: Kind::from_code(&row.text("kind")?)
                .ok_or(StoreError::Unreadable("a message's kind"))?,
            round: round_number(row.int("round")?)?,
            number: row.maybe_int("number")?.map(booking_number).transpose()?,
            slot: slot("slot")?,
            opens: row.maybe_int("opens")?.map(instant).transpose()?,
            held: slot("held")?,
            until: row.maybe_int("until")?.map(instant).transpose()?,
            code: self.seal.code_of_message(&row.text("once")?),
            language: Language::from_tag(&row.text("language")?).unwrap_or_default(),
            mobile: MobileNumber::parse(mobile.expose())
                .map_err(|_| StoreError::Unreadable("a mobile number"))?,
            made: instant(row.int("made")?)?,
            attempt: narrow(row.int("attempts")?)?,
        })
    }
}

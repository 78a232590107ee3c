//! Who did what: rows that are only ever added, one for each transaction with all that was done in
//! it. Every row has a keyed hash of itself and of the row before it, and each program that writes
//! has a chain of its own, so that servers side by side do not wait for each other. A row that is
//! changed, missing or moved breaks its chain.

use super::Store;
use super::database::{Transaction, within};
use super::decided::Decided;
use super::error::StoreError;
use super::ids::PersonId;
use super::outbox::{self, Told};
use super::people::as_integer;
use super::programme::brand_codes;
use super::trail_sql::{ROW, ROW_AND_TOLD};
use super::values::rows;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard};

pub use super::actor::Actor;

/// What was done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    Book,
    Move,
    Cancel,
    Register,
    Withdraw,
    AddDevice,
    RevokeDevice,
    ChangeRound,
    Import,
    Restore,
    /// A slot; its bookings end with it.
    CloseSlot,
    /// A booking ends because its slot was closed.
    Displace,
    /// A seat that was set aside is given back, as its time has ended.
    GiveBack,
    /// A person, or all of a round.
    Erase,
    /// Log-ins that were refused in a minute, as a sum.
    RefusedLogIns,
    /// The root key was changed for another.
    RotateKeys,
    /// Appointments were written into files for others.
    Export,
    AddInstitution,
    CloseInstitution,
    AddStaff,
    /// What a staff member may do, or that they may do nothing any more.
    ChangeStaff,
    StaffLogIn,
    StaffLogOut,
    /// Staff, or who would be, were not let in, or were not allowed something: why.
    RefuseStaff,
    /// A person's session was opened by staff: how they showed who they are, and their consent.
    OpenSession,
    /// At a desk of a vaccination site.
    CheckIn,
    Vaccinated,
    /// Somebody left the site without being vaccinated.
    LeftSite,
    /// A desk takes back its last step.
    TakeBack,
    /// Somebody did not come on their day.
    MarkAbsent,
    /// Somebody waits for a seat, or for another than before, or does not any more.
    AskToWait,
    LeaveLine,
    /// A seat that came free is held for somebody who waits, and is not taken in time.
    Offer,
    OfferLapsed,
    /// A site said how many doses are left.
    SayDosesLeft,
}

impl Action {
    pub const ALL: [Action; 35] = [
        Action::Book,
        Action::Move,
        Action::Cancel,
        Action::Register,
        Action::Withdraw,
        Action::AddDevice,
        Action::RevokeDevice,
        Action::ChangeRound,
        Action::Import,
        Action::Restore,
        Action::CloseSlot,
        Action::Displace,
        Action::GiveBack,
        Action::Erase,
        Action::RefusedLogIns,
        Action::RotateKeys,
        Action::Export,
        Action::AddInstitution,
        Action::CloseInstitution,
        Action::AddStaff,
        Action::ChangeStaff,
        Action::StaffLogIn,
        Action::StaffLogOut,
        Action::RefuseStaff,
        Action::OpenSession,
        Action::CheckIn,
        Action::Vaccinated,
        Action::LeftSite,
        Action::TakeBack,
        Action::MarkAbsent,
        Action::AskToWait,
        Action::LeaveLine,
        Action::Offer,
        Action::OfferLapsed,
        Action::SayDosesLeft,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Action::Book => "book",
            Action::Move => "move",
            Action::Cancel => "cancel",
            Action::Register => "register",
            Action::Withdraw => "withdraw",
            Action::AddDevice => "add-device",
            Action::RevokeDevice => "revoke-device",
            Action::ChangeRound => "change-round",
            Action::Import => "import",
            Action::Restore => "restore",
            Action::CloseSlot => "close-slot",
            Action::Displace => "displace",
            Action::GiveBack => "give-back",
            Action::Erase => "erase",
            Action::RefusedLogIns => "refused-log-ins",
            Action::RotateKeys => "rotate-keys",
            Action::Export => "export",
            Action::AddInstitution => "add-institution",
            Action::CloseInstitution => "close-institution",
            Action::AddStaff => "add-staff",
            Action::ChangeStaff => "change-staff",
            Action::StaffLogIn => "staff-log-in",
            Action::StaffLogOut => "staff-log-out",
            Action::RefuseStaff => "refuse-staff",
            Action::OpenSession => "open-session",
            Action::CheckIn => "check-in",
            Action::Vaccinated => "vaccinated",
            Action::LeftSite => "left-site",
            Action::TakeBack => "take-back",
            Action::MarkAbsent => "mark-absent",
            Action::AskToWait => "ask-to-wait",
            Action::LeaveLine => "leave-line",
            Action::Offer => "offer",
            Action::OfferLapsed => "offer-lapsed",
            Action::SayDosesLeft => "say-doses-left",
        }
    }
}

/// One thing that was done.
#[derive(Clone, Debug)]
pub struct Entry {
    pub at: Timestamp,
    pub actor: Actor,
    pub action: Action,
    /// Of the booking or the registration.
    pub number: Option<i64>,
    /// Stored as a keyed hash.
    pub person: Option<PersonId>,
    /// What it was before, and is now: a slot, a district, a name. Nothing of a person.
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Entry {
    pub fn new(at: Timestamp, actor: Actor, action: Action) -> Self {
        Self { at, actor, action, number: None, person: None, before: None, after: None }
    }
}

/// An entry as it is stored, in the JSON of its row. What is not known of it takes no room.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Stored<'a> {
    pub at: i64,
    pub actor: Cow<'a, str>,
    pub action: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// Hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Cow<'a, str>>,
}

/// Entries in the form of a row, made before the row's place in a chain is known.
#[derive(Default)]
pub(super) struct Prepared {
    at: i64,
    /// Empty if there is nothing to tell.
    text: String,
}

/// What the hash of a row covers besides the hash of the row before it.
pub(super) fn covered(id: i64, at: i64, entries: &str) -> String {
    format!("{id} {at} {entries}")
}

/// The end of a chain.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Chain {
    number: u32,
    rows: u32,
    last: Vec<u8>,
}

impl Chain {
    /// The id of its last row.
    fn row(&self) -> i64 {
        i64::from(self.number) << 32 | i64::from(self.rows)
    }
}

/// This program's chain; `None` before its first row, and after a write of which it is not known
/// whether it was done.
#[derive(Clone, Debug, Default)]
pub(super) struct Trail {
    chain: Arc<Mutex<Option<Chain>>>,
    is_off: bool,
}

/// A row that is written in a transaction, until it is known whether it was committed.
pub(super) struct Appended {
    chain: OwnedMutexGuard<Option<Chain>>,
    next: Option<Chain>,
}

impl Appended {
    /// The transaction is committed: the next row follows this one.
    pub fn committed(mut self) {
        *self.chain = self.next.take();
    }
}

impl Drop for Appended {
    fn drop(&mut self) {
        // Not committed, or not known: a new chain begins, as the row may be there or not.
        if self.next.is_some() {
            *self.chain = None;
        }
    }
}

impl Store {
    /// The same store without a trail, for the benchmark of what the trail costs.
    pub fn without_trail(mut self) -> Self {
        self.trail.is_off = true;
        self
    }

    /// The entries as they are stored.
    pub(super) fn prepare(&self, entries: &[Entry]) -> Result<Prepared, StoreError> {
        let Some(first) = entries.first().filter(|_| !self.trail.is_off) else {
            return Ok(Prepared::default());
        };
        let stored: Vec<Stored<'_>> = entries.iter().map(|entry| self.stored(entry)).collect();
        Ok(Prepared { at: first.at.as_second(), text: rows(&stored)? })
    }

    /// Adds a row to this program's chain, within a transaction, and what people are told of it. It
    /// counts once [`Appended::committed`] is called.
    pub(super) async fn append(
        &self,
        transaction: &mut Transaction,
        Prepared { at, text }: Prepared,
        told: Option<Told>,
    ) -> Result<Option<Appended>, StoreError> {
        if text.is_empty() {
            if let Some(told) = told {
                outbox::put_row(transaction, told).await?;
            }
            return Ok(None);
        }
        // Always locked with a transaction open, so that nobody waits for the other.
        let chain = Arc::clone(&self.trail.chain).lock_owned().await;
        let mut next = match &*chain {
            Some(chain) if chain.rows < u32::MAX => chain.clone(),
            // 31 random bits: an id is then positive, and no two programs have the same chain.
            _ => Chain {
                number: (self.seal.random_number() & i64::from(i32::MAX)) as u32,
                rows: 0,
                last: Vec::new(),
            },
        };
        next.rows += 1;
        let id = next.row();
        next.last = self.seal.lookup().audit_hash(&next.last, &covered(id, at, &text));
        let seal = self.chain_seal(next.number, next.rows, &next.last);
        let (number, length) = (i64::from(next.number), i64::from(next.rows));
        let key = i64::from(self.seal.number());
        let [sqlite, postgres] = if told.is_some() { ROW_AND_TOLD } else { ROW };
        let statement = match transaction {
            Transaction::Sqlite(_) => sqlite,
            Transaction::Postgres(_) => postgres,
        };
        within!(transaction, db => {
            let row = sqlx::query(statement).bind(number).bind(length).bind(&next.last).bind(seal);
            let row = row.bind(id).bind(at).bind(text).bind(key);
            let row = match told {
                Some(told) => row.bind(told.id).bind(told.made).bind(told.text),
                None => row,
            };
            row.execute(db).await?;
        });
        Ok(Some(Appended { chain, next: Some(next) }))
    }

    fn stored<'a>(&self, entry: &'a Entry) -> Stored<'a> {
        let text = |text: &'a Option<String>| text.as_deref().map(Cow::Borrowed);
        Stored {
            at: entry.at.as_second(),
            actor: entry.actor.text().into(),
            action: entry.action.code().into(),
            number: entry.number,
            person: entry.person.map(|person| self.seal.lookup().trail_name(person).into()),
            before: text(&entry.before),
            after: text(&entry.after),
        }
    }

    /// Adds a row by itself.
    ///
    /// # Errors
    /// If the database fails; then none of them is there, or all.
    pub async fn add_to_trail(&self, entries: &[Entry]) -> Result<(), StoreError> {
        self.commit_with(self.writer.begin().await?, entries).await
    }

    /// Commits a transaction with what the trail is told of it.
    pub(super) async fn commit_with(
        &self,
        mut transaction: Transaction,
        entries: &[Entry],
    ) -> Result<(), StoreError> {
        let prepared = self.prepare(entries)?;
        let appended = self.append(&mut transaction, prepared, None).await?;
        transaction.commit().await?;
        appended.into_iter().for_each(Appended::committed);
        Ok(())
    }

    /// The keyed hash of a chain's end, so that nobody can shorten it without the key.
    pub(super) fn chain_seal(&self, chain: u32, length: u32, last: &[u8]) -> Vec<u8> {
        self.seal.lookup().audit_hash(last, &format!("chain {chain} {length}"))
    }
}

/// What is told of a set of decisions, without those that were lost.
pub(super) fn entries(decided: &Decided, lost: &HashSet<PersonId>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut add = |at, person: PersonId, action, number, before: Option<String>, after| {
        if !lost.contains(&person) {
            let actor = decided.by.get(&person).copied().unwrap_or(Actor::Service);
            let (number, person) = (Some(number), Some(person));
            entries.push(Entry { at, actor, action, number, person, before, after });
        }
    };
    let slot = |slot: crate::domain::site::SlotId| Some(format!("slot {}", slot.0));
    for new in &decided.bookings {
        add(new.made, new.person, Action::Book, as_integer(new.number), None, slot(new.slot));
    }
    for one in &decided.moves {
        let number = as_integer(one.number);
        add(one.at, one.person, Action::Move, number, slot(one.from), slot(one.to));
    }
    for one in &decided.cancellations {
        add(one.at, one.person, Action::Cancel, as_integer(one.number), slot(one.slot), None);
    }
    let wish = |intention: &crate::domain::intention::Intention| {
        let brands = brand_codes(&intention.brands);
        format!("district {}, {brands}", intention.district.0)
    };
    for one in &decided.registrations {
        let number = as_integer(one.intention.number.0);
        let before = one.before.as_ref().map(wish);
        add(one.at, one.person, Action::Register, number, before, Some(wish(&one.intention)));
    }
    for one in &decided.withdrawals {
        let number = as_integer(one.before.number.0);
        add(one.at, one.person, Action::Withdraw, number, Some(wish(&one.before)), None);
    }
    entries
}

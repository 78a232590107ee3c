//! Writing a round with its sites, slots and people into an empty database, all or nothing.

use super::{PersonId, Store, StoreError};
use crate::domain::card::Card;
use crate::domain::channel::Channel;
use crate::domain::intention::Intention;
use crate::domain::person::Category;
use crate::domain::phone::MobileNumber;
use crate::domain::round::{Brand, Round};
use crate::domain::site::{Site, Slot, SlotId};
use jiff::Timestamp;

/// All that a round begins with.
#[derive(Debug)]
pub struct RoundImport {
    pub round: Round,
    pub sites: Vec<Site>,
    pub slots: Vec<Slot>,
    pub people: Vec<RosterEntry>,
}

/// A person on the roster.
#[derive(Debug)]
pub struct RosterEntry {
    pub card: Card,
    pub category: Option<Category>,
    pub intention: Option<Intention>,
    /// A booking that was made before: slot, phone, when.
    pub booked: Option<(SlotId, MobileNumber, Timestamp)>,
}

fn codes(brands: &[Brand]) -> String {
    brands.iter().map(|brand| brand.code()).collect::<Vec<_>>().join(",")
}

impl Store {
    /// Writes a whole round.
    ///
    /// # Errors
    /// [`StoreError::Database`]: then nothing of it was written.
    pub async fn import(&self, import: &RoundImport) -> Result<(), StoreError> {
        let mut batch = self.batch().await?;
        let round = &import.round;
        let categories = round.rule.categories.iter().map(|category| category.0.to_string()).collect::<Vec<_>>();
        sqlx::query(
            "INSERT INTO rounds (number, brands, categories, born_until, registration_until, opens, closes) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(i64::from(u8::from(round.number)))
        .bind(codes(&round.brands))
        .bind(categories.join(","))
        .bind(round.rule.born_until.map(|day| day.to_string()))
        .bind(round.registration_until.as_second())
        .bind(round.opens.as_second())
        .bind(round.closes.as_second())
        .execute(&mut *batch.transaction)
        .await?;
        // One statement for all rows: a statement a row costs ten times as much.
        sqlx::query(
            "INSERT INTO sites (id, round, district, name_zh, name_en, address_zh, address_en, brand) \
             SELECT value ->> 'id', $2, value ->> 'district', value ->> 'name_zh', value ->> 'name_en', \
             value ->> 'address_zh', value ->> 'address_en', value ->> 'brand' FROM json_each($1)",
        )
        .bind(serde_json::to_string(&import.sites).map_err(|_| StoreError::Unreadable("the sites to import"))?)
        .bind(i64::from(u8::from(round.number)))
        .execute(&mut *batch.transaction)
        .await?;
        sqlx::query(
            "INSERT INTO slots (id, site, starts, ends, capacity, taken) SELECT value ->> 'id', value ->> 'site', \
             value ->> 'starts', value ->> 'ends', value ->> 'capacity', value ->> 'taken' FROM json_each($1)",
        )
        .bind(serde_json::to_string(&import.slots).map_err(|_| StoreError::Unreadable("the slots to import"))?)
        .execute(&mut *batch.transaction)
        .await?;
        for (entry, id) in import.people.iter().zip(1..) {
            batch.insert_person(round, entry, PersonId(id)).await?;
        }
        batch.commit().await
    }
}

impl super::batch::Batch {
    async fn insert_person(&mut self, round: &Round, entry: &RosterEntry, person: PersonId) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO people (id, id_number, card, name, born, category) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(person.0)
            .bind(entry.card.id.expose())
            .bind(entry.card.number.expose())
            .bind(entry.card.name.expose())
            .bind(entry.card.born.0.to_string())
            .bind(entry.category.map(|category| i64::from(category.0)))
            .execute(&mut *self.transaction)
            .await?;
        if let Some(intention) = &entry.intention {
            sqlx::query(
                "INSERT INTO intentions (person, round, registered, mobile, district, brands) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(person.0)
            .bind(i64::from(u8::from(intention.round)))
            .bind(intention.registered.as_second())
            .bind(intention.mobile.expose())
            .bind(i64::from(intention.district.0))
            .bind(codes(&intention.brands))
            .execute(&mut *self.transaction)
            .await?;
        }
        if let Some((slot, mobile, made)) = &entry.booked {
            let key = format!("import-{}", person.0);
            let channel = Channel::HealthStation;
            let new = super::batch::NewBooking { person, slot: *slot, mobile, channel, key: &key, made: *made };
            self.book(round, &new).await?;
        }
        Ok(())
    }
}

//! Where and when slots of any round are: people are vaccinated in one while another is shown.

use super::Store;
use super::database::{Columns, Pool, on};
use super::error::StoreError;
use super::programme::site;
use super::values::{civil, narrow, rows};
use crate::domain::site::{Site, SlotId};
use jiff::civil::DateTime;
use sqlx::AssertSqlSafe;
use std::collections::{BTreeSet, HashMap};

/// Where and when a slot is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlaceOfSlot {
    pub site: Site,
    pub starts: DateTime,
    pub ends: DateTime,
}

const PLACES: &str = "SELECT slots.id AS slot, slots.starts, slots.ends, sites.id, \
    sites.district, sites.name_zh, sites.name_en, sites.address_zh, sites.address_en, sites.brand \
    FROM slots JOIN sites ON sites.id = slots.site \
    WHERE slots.id IN (SELECT CAST(asked.value AS BIGINT) FROM {slots})";

impl Store {
    /// Where and when these slots are, those that there are.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn places_of(
        &self,
        slots: &BTreeSet<SlotId>,
    ) -> Result<HashMap<SlotId, PlaceOfSlot>, StoreError> {
        if slots.is_empty() {
            return Ok(HashMap::new());
        }
        let asked = match &self.readers {
            Pool::Sqlite(_) => "json_each($1) AS asked",
            Pool::Postgres(_) => "jsonb_array_elements_text($1::jsonb) AS asked(value)",
        };
        let places = AssertSqlSafe(PLACES.replace("{slots}", asked));
        let slots = rows(&slots.iter().map(|slot| slot.0).collect::<Vec<_>>())?;
        on!(&self.readers, db => {
            let found = sqlx::query(places).bind(slots).fetch_all(db).await?;
            found.iter().map(place).collect()
        })
    }
}

fn place(row: &impl Columns) -> Result<(SlotId, PlaceOfSlot), StoreError> {
    let (starts, ends) = (civil(&row.text("starts")?)?, civil(&row.text("ends")?)?);
    Ok((SlotId(narrow(row.int("slot")?)?), PlaceOfSlot { site: site(row)?, starts, ends }))
}

//! Corrections of a programme within an import: sites that are told otherwise, slots with other
//! capacities.

use super::error::StoreError;
use super::import::Import;
use crate::domain::site::{Site, SlotId};

const CHANGE_SITES: &str = "UPDATE sites SET district = asked.district, name_zh = asked.name_zh, \
    name_en = asked.name_en, address_zh = asked.address_zh, address_en = asked.address_en, \
    brand = asked.brand FROM (SELECT CAST(value ->> 'id' AS BIGINT) AS site, \
    CAST(value ->> 'district' AS BIGINT) AS district, value ->> 'name_zh' AS name_zh, \
    value ->> 'name_en' AS name_en, value ->> 'address_zh' AS address_zh, \
    value ->> 'address_en' AS address_en, value ->> 'brand' AS brand FROM {rows}) AS asked \
    WHERE sites.id = asked.site";
// The constraint on `taken` refuses a capacity below the seats that are taken meanwhile.
const CHANGE_CAPACITIES: &str = "UPDATE seats SET capacity = asked.capacity FROM \
    (SELECT CAST(value ->> 0 AS BIGINT) AS slot, CAST(value ->> 1 AS BIGINT) AS capacity \
    FROM {rows}) AS asked WHERE seats.slot = asked.slot";

impl Import {
    /// Gives sites that are there another district, name, address or brand.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn change_sites(&mut self, sites: &[Site]) -> Result<(), StoreError> {
        self.write_rows(CHANGE_SITES, sites).await
    }

    /// Gives slots other capacities.
    ///
    /// # Errors
    /// If the database fails, or if more seats of a slot are taken than it would have.
    pub async fn change_capacities(&mut self, slots: &[(SlotId, u32)]) -> Result<(), StoreError> {
        let slots: Vec<(u32, u32)> = slots.iter().map(|(slot, seats)| (slot.0, *seats)).collect();
        self.write_rows(CHANGE_CAPACITIES, &slots).await
    }
}

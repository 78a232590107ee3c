//! The round with its sites and slots, as the crowd reads them: loaded whole into memory, never
//! asked for by a request.

use super::Store;
use super::database::{Columns, Pool, on};
use super::error::StoreError;
use super::values::{civil, instant, narrow};
use crate::domain::person::Category;
use crate::domain::region::DistrictCode;
use crate::domain::round::{Brand, Round, RoundNumber, RoundRule};
use crate::domain::site::{Site, SiteId, Slot, SlotId};
use jiff::Timestamp;

/// A round with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Programme {
    pub round: Round,
    pub sites: Vec<Site>,
    /// In order of site, then time.
    pub slots: Vec<Slot>,
}

/// How often each thing in memory has changed in the database.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Changes {
    pub programme: i64,
    pub devices: i64,
    /// Of institutions and their staff.
    pub staff: i64,
    /// How often somebody has joined the line of those who wait.
    pub waiting: i64,
}

/// A slot's seats.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seats {
    pub slot: SlotId,
    pub capacity: u32,
    pub taken: u32,
}

impl Store {
    /// The round that is on at `now`, or next: the first by number that has not closed; when all
    /// have, the last. A round that has closed stays on while somebody who lost their slot may
    /// still choose another, until the registration of the next one opens. `None` before the first
    /// was added.
    pub async fn current_round(&self, now: Timestamp) -> Result<Option<RoundNumber>, StoreError> {
        const CURRENT: &str = "SELECT number FROM rounds ORDER BY CASE WHEN closes > $1 \
            OR (EXISTS (SELECT 1 FROM holds WHERE holds.round = rounds.number AND until > $1) \
            AND NOT EXISTS (SELECT 1 FROM rounds AS next WHERE next.number > rounds.number \
            AND next.registration_opens <= $1)) \
            THEN number ELSE 100 + 99 - number END LIMIT 1";
        on!(&self.readers, db => {
            let row = sqlx::query(CURRENT).bind(now.as_second()).fetch_optional(db).await?;
            row.map(|row| round_number(row.int("number")?)).transpose()
        })
    }

    /// The round with this number; `None` if there is no such round.
    pub async fn round(&self, number: RoundNumber) -> Result<Option<Round>, StoreError> {
        const ROUND: &str = "SELECT number, brands, categories, born_until, counties, \
            registration_opens, registration_until, \
             opens, closes, bands, settled FROM rounds WHERE number = $1";
        on!(&self.readers, db => {
            let row = sqlx::query(ROUND).bind(i64::from(u8::from(number))).fetch_optional(db)
                .await?;
            row.map(|row| round(&row)).transpose()
        })
    }

    /// A round with its sites and slots.
    pub async fn programme(&self, number: RoundNumber) -> Result<Option<Programme>, StoreError> {
        const SITES: &str = "SELECT id, district, name_zh, name_en, address_zh, address_en, brand \
            FROM sites \
             WHERE round = $1 ORDER BY id";
        const SLOTS: &str = "SELECT slots.id, slots.site, slots.starts, slots.ends, \
            seats.capacity, seats.taken FROM slots \
             JOIN seats ON seats.slot = slots.id JOIN sites ON sites.id = slots.site WHERE \
             sites.round = $1 ORDER BY slots.site, slots.starts, slots.id";
        let Some(round) = self.round(number).await? else { return Ok(None) };
        on!(&self.readers, db => {
            let number = i64::from(u8::from(number));
            // Each row is read as it comes. A row as the driver keeps it takes about a kilobyte,
            // and a round has tens of thousands of them.
            let sites = sqlx::query(SITES).bind(number).map(|row| site(&row)).fetch_all(db).await?;
            let slots = sqlx::query(SLOTS).bind(number).map(|row| slot(&row)).fetch_all(db).await?;
            Ok(Some(Programme {
                round,
                sites: sites.into_iter().collect::<Result<_, _>>()?,
                slots: slots.into_iter().collect::<Result<_, _>>()?,
            }))
        })
    }

    /// The sites of all rounds, in the order of their numbers; or this one, if there is one.
    pub async fn sites(&self, only: Option<SiteId>) -> Result<Vec<Site>, StoreError> {
        const SITES: &str = "SELECT id, district, name_zh, name_en, address_zh, address_en, brand \
            FROM sites WHERE id = $1 OR $1 IS NULL ORDER BY id";
        on!(&self.readers, db => {
            let query = sqlx::query(SITES).bind(only.map(|site| i64::from(site.0)));
            query.map(|row| site(&row)).fetch_all(db).await?.into_iter().collect()
        })
    }

    /// The numbers of sites: of a round, or all that are taken.
    pub async fn site_numbers(
        &self,
        round: Option<RoundNumber>,
    ) -> Result<Vec<SiteId>, StoreError> {
        let round = round.map(|round| i64::from(u8::from(round)));
        on!(&self.readers, db => {
            let query = sqlx::query("SELECT id FROM sites WHERE round = $1 OR $1 IS \
                NULL").bind(round);
            query.fetch_all(db).await?.iter().map(|row| Ok(SiteId(narrow(row.int("id")?)?)))
                .collect()
        })
    }

    /// The seats of every slot of a round.
    pub async fn seats(&self, round: RoundNumber) -> Result<Vec<Seats>, StoreError> {
        const ROWS: &str = "SELECT slot, capacity, taken FROM seats WHERE round = $1";
        // Each row of SQLite is handed over by the thread that works for the connection, and all of
        // them are read twice a second: in one row, a server that has nothing to do takes a quarter
        // of the processor's time.
        const ONE_ROW: &str = "SELECT json_group_array(json_array(slot, capacity, taken)) AS seats \
            FROM seats WHERE round = $1";
        let number = i64::from(u8::from(round));
        match &self.readers {
            Pool::Sqlite(db) => {
                let row = sqlx::query(ONE_ROW).bind(number).fetch_one(db).await?;
                let all: Vec<(u32, u32, u32)> = serde_json::from_str(&row.text("seats")?)
                    .map_err(|_| StoreError::Unreadable("seats"))?;
                let seats = |(slot, capacity, taken)| Seats { slot: SlotId(slot), capacity, taken };
                Ok(all.into_iter().map(seats).collect())
            }
            Pool::Postgres(db) => {
                let query = sqlx::query(ROWS).bind(number).map(|row| seats(&row));
                query.fetch_all(db).await?.into_iter().collect()
            }
        }
    }

    /// How often things have changed.
    pub async fn changes(&self) -> Result<Changes, StoreError> {
        let mut changes = Changes::default();
        on!(&self.readers, db => {
            for row in sqlx::query("SELECT what, number FROM changes").fetch_all(db).await? {
                match row.text("what")?.as_str() {
                    "programme" => changes.programme = row.int("number")?,
                    "devices" => changes.devices = row.int("number")?,
                    "staff" => changes.staff = row.int("number")?,
                    "waiting" => changes.waiting = row.int("number")?,
                    _ => {}
                }
            }
        });
        Ok(changes)
    }

    /// Leaves a slot no more seats than are taken (a site that has too few doses; in the training:
    /// "fill a slot").
    pub async fn fill_slot(&self, slot: SlotId) -> Result<(), StoreError> {
        const FILL: &str = "UPDATE seats SET capacity = taken WHERE slot = $1";
        on!(&self.writer, db => { sqlx::query(FILL).bind(i64::from(slot.0)).execute(db).await?; });
        Ok(())
    }
}

pub(super) fn round_number(number: i64) -> Result<RoundNumber, StoreError> {
    RoundNumber::try_from(narrow::<u8>(number)?)
        .map_err(|_| StoreError::Unreadable("a round's number"))
}

/// Brands are stored as their codes with commas between: `AZ,MO`.
pub(super) fn brand_codes(brands: &[Brand]) -> String {
    brands.iter().map(|brand| brand.code()).collect::<Vec<_>>().join(",")
}

/// Reads what [`brand_codes`] wrote.
pub(super) fn brands(text: &str) -> Result<Vec<Brand>, StoreError> {
    text.split(',').map(brand).collect()
}

pub(super) fn brand(code: &str) -> Result<Brand, StoreError> {
    Brand::from_code(code).ok_or(StoreError::Unreadable("a brand"))
}

fn round(row: &impl Columns) -> Result<Round, StoreError> {
    let categories = row.text("categories")?;
    let categories = categories.split(',').filter(|text| !text.is_empty());
    let born_until = row.maybe_text("born_until")?;
    Ok(Round {
        number: round_number(row.int("number")?)?,
        brands: brands(&row.text("brands")?)?,
        rule: RoundRule {
            categories: categories
                .map(|text| civil(text).map(Category))
                .collect::<Result<_, _>>()?,
            born_until: born_until.as_deref().map(civil).transpose()?,
            counties: parsed(&row.text("counties")?)?,
        },
        registration_opens: instant(row.int("registration_opens")?)?,
        registration_until: instant(row.int("registration_until")?)?,
        opens: instant(row.int("opens")?)?,
        closes: instant(row.int("closes")?)?,
        bands: parsed(&row.text("bands")?)?,
        settled: row.maybe_int("settled")?.map(instant).transpose()?,
    })
}

/// Lists that are only ever read whole are stored as JSON.
fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable("a list"))
}

pub(super) fn site(row: &impl Columns) -> Result<Site, StoreError> {
    Ok(Site {
        id: SiteId(narrow(row.int("id")?)?),
        district: DistrictCode(narrow(row.int("district")?)?),
        name_zh: row.text("name_zh")?,
        name_en: row.text("name_en")?,
        address_zh: row.text("address_zh")?,
        address_en: row.text("address_en")?,
        brand: brand(&row.text("brand")?)?,
    })
}

pub(super) fn slot(row: &impl Columns) -> Result<Slot, StoreError> {
    Ok(Slot {
        id: SlotId(narrow(row.int("id")?)?),
        site: SiteId(narrow(row.int("site")?)?),
        starts: civil(&row.text("starts")?)?,
        ends: civil(&row.text("ends")?)?,
        capacity: narrow(row.int("capacity")?)?,
        taken: narrow(row.int("taken")?)?,
    })
}

pub(super) fn seats(row: &(impl Columns + ?Sized)) -> Result<Seats, StoreError> {
    Ok(Seats {
        slot: SlotId(narrow(row.int("slot")?)?),
        capacity: narrow(row.int("capacity")?)?,
        taken: narrow(row.int("taken")?)?,
    })
}

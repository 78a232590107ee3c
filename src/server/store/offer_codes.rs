//! What a text message says with an offer, so that its seat can be taken without a card: ten digits
//! that only the service can make of the offer's number. The database has a keyed hash of them.

use super::Store;
use super::database::{Columns, on};
use super::error::StoreError;
use super::ids::PersonId;
use super::seal::{Column, Seal};
use super::values::narrow;
use crate::domain::language::Language;
use crate::domain::personal::Personal;
use crate::domain::phone::MobileNumber;
use crate::domain::round::RoundNumber;
use crate::domain::site::SlotId;
use jiff::Timestamp;

/// Ten digits: of a thousand live offers a guess finds one in ten million times.
const DIGITS: u32 = 10;

/// What a code is of.
#[derive(Clone, Debug)]
pub enum OfferOfCode {
    Live(LiveOffer),
    /// It was taken by this person.
    Taken(PersonId),
    /// Its time has ended, or it was given up.
    Over,
}

/// What is offered to somebody.
#[derive(Clone, Debug)]
pub struct LiveOffer {
    pub person: PersonId,
    pub slot: SlotId,
    /// `None` if they wait no more.
    pub mobile: Option<MobileNumber>,
    pub language: Language,
}

/// The key of an offer's text message.
pub(super) fn once(id: i64) -> String {
    format!("offer {id}")
}

/// The offer of a text message.
pub(super) fn offer_of(once: &str) -> Option<i64> {
    once.strip_prefix("offer ")?.parse().ok()
}

impl Seal {
    pub(super) fn offer_code(&self, id: i64) -> Personal {
        let hash = self.offer_hash(&format!("code of {id}"));
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&hash[..8]);
        let digits = u64::from_be_bytes(bytes) % 10_u64.pow(DIGITS);
        Personal::new(format!("{digits:0width$}", width = DIGITS as usize))
    }

    pub(super) fn offer_code_hash(&self, code: &Personal) -> Vec<u8> {
        self.offer_hash(code.expose())
    }

    /// The code that a text message says; `None` if it tells of no offer.
    pub(super) fn code_of_message(&self, once: &str) -> Option<Personal> {
        Some(self.offer_code(offer_of(once)?))
    }
}

impl Store {
    /// The offer with this code, whatever became of it: whoever comes late has not guessed.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn offer_by_code(
        &self,
        round: RoundNumber,
        code: &Personal,
        now: Timestamp,
    ) -> Result<Option<OfferOfCode>, StoreError> {
        // Should two have had the same code in years, the last one counts.
        const OF_CODE: &str = "SELECT offers.round, offers.person, offers.slot, offers.until, \
            offers.outcome, waiting.mobile_sealed, waiting.language FROM offers LEFT JOIN waiting \
            ON waiting.round = offers.round AND waiting.person = offers.person \
            WHERE offers.code = $1 ORDER BY offers.made DESC LIMIT 1";
        let hash = self.seal.offer_code_hash(code);
        on!(&self.readers, db => {
            let found = sqlx::query(OF_CODE).bind(hash).fetch_optional(db).await?;
            found.map(|row| self.offer_of_code(&row, round, now)).transpose()
        })
    }

    fn offer_of_code(
        &self,
        row: &impl Columns,
        round: RoundNumber,
        now: Timestamp,
    ) -> Result<OfferOfCode, StoreError> {
        let (person, outcome) = (PersonId(row.int("person")?), row.maybe_text("outcome")?);
        let is_over = row.int("until")? <= now.as_second();
        match outcome.as_deref() {
            _ if row.int("round")? != i64::from(u8::from(round)) => return Ok(OfferOfCode::Over),
            Some("taken") => return Ok(OfferOfCode::Taken(person)),
            None if !is_over => {}
            Some(_) | None => return Ok(OfferOfCode::Over),
        }
        let mobile = |sealed| {
            let opened = self.seal.open(Column::Mobile, person, sealed)?;
            MobileNumber::parse(opened.expose())
                .map_err(|_| StoreError::Unreadable("a mobile number"))
        };
        let language = row.maybe_text("language")?.unwrap_or_default();
        Ok(OfferOfCode::Live(LiveOffer {
            person,
            slot: SlotId(narrow(row.int("slot")?)?),
            mobile: row.maybe_bytes("mobile_sealed")?.map(mobile).transpose()?,
            language: Language::from_tag(&language).unwrap_or_default(),
        }))
    }
}

//! The kiosks that the service knows: their channel and institution, and by what they prove who
//! they are.

use super::Store;
use super::audit_trail::{Action, Actor, Entry};
use super::database::{Columns, on, within};
use super::error::StoreError;
use super::ids::DeviceId;
use super::values::narrow;
use crate::domain::channel::Channel;
use crate::domain::site::SiteId;
use jiff::Timestamp;

/// SHA-256 of a device's token or of its certificate (DER).
pub type Fingerprint = [u8; 32];

/// A device's row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeviceRecord {
    pub id: DeviceId,
    pub name: String,
    pub channel: Channel,
    /// The shop, pharmacy or station that answers for it.
    pub institution: String,
    /// The vaccination site whose desk it is; `None` for devices of other channels.
    pub site: Option<SiteId>,
    /// Whether it is a counter, where nobody is served without staff.
    pub counter: bool,
    pub token: Option<Fingerprint>,
    pub certificate: Option<Fingerprint>,
    pub revoked: Option<Timestamp>,
}

impl DeviceRecord {
    /// Whether it serves people only with logged-in staff: a counter, and each desk of a
    /// vaccination site.
    pub fn needs_staff(&self) -> bool {
        match self.channel {
            Channel::VaccinationSite => true,
            Channel::ConvenienceStore | Channel::Pharmacy | Channel::HealthStation => self.counter,
        }
    }
}

/// A device to be added. One of `token` and `certificate` at least.
#[derive(Clone, Debug)]
pub struct NewDevice {
    pub name: String,
    pub channel: Channel,
    pub institution: String,
    /// Of a device of [`Channel::VaccinationSite`], and of no other.
    pub site: Option<SiteId>,
    /// Whether it is a counter, where nobody is served without staff.
    pub counter: bool,
    pub token: Option<Fingerprint>,
    pub certificate: Option<Fingerprint>,
    pub added: Timestamp,
}

const CHANGED: &str = "UPDATE changes SET number = number + 1 WHERE what = 'devices'";

impl Store {
    /// All devices, revoked ones too, in the order in which they were added.
    pub async fn devices(&self) -> Result<Vec<DeviceRecord>, StoreError> {
        const DEVICES: &str = "SELECT id, name, channel, institution, token_hash, \
            certificate_hash, revoked, site, counter FROM devices \
             ORDER BY id";
        on!(&self.readers, db => {
            sqlx::query(DEVICES).fetch_all(db).await?.iter().map(device).collect()
        })
    }

    /// Adds devices, all or none.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when a name, a token or a certificate is there already.
    pub async fn add_devices(&self, devices: &[NewDevice]) -> Result<(), StoreError> {
        const ADD: &str = "INSERT INTO devices (id, name, channel, institution, token_hash, \
            certificate_hash, added, site, counter) \
             SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8 FROM devices";
        let taken = |error: sqlx::Error| match error.as_database_error() {
            Some(cause) if cause.is_unique_violation() => {
                StoreError::Taken("a device of this name, token or certificate")
            }
            _ => error.into(),
        };
        let mut transaction = self.writer.begin().await?;
        for device in devices {
            within!(&mut transaction, db => {
                sqlx::query(ADD)
                    .bind(&device.name)
                    .bind(device.channel.code())
                    .bind(&device.institution)
                    .bind(device.token.map(Vec::from))
                    .bind(device.certificate.map(Vec::from))
                    .bind(device.added.as_second())
                    .bind(device.site.map(|site| i64::from(site.0)))
                    .bind(i64::from(device.counter))
                    .execute(db)
                    .await
                    .map_err(taken)?;
            });
        }
        within!(&mut transaction, db => { sqlx::query(CHANGED).execute(db).await?; });
        let entry = |device: &NewDevice| {
            let entry = Entry::new(device.added, Actor::Administrator, Action::AddDevice);
            Entry { after: Some(device.name.clone()), ..entry }
        };
        let entries: Vec<Entry> = devices.iter().map(entry).collect();
        self.commit_with(transaction, &entries).await
    }

    /// Revokes a device by its name. Tells whether there was one in use.
    pub async fn revoke_device(&self, name: &str, now: Timestamp) -> Result<bool, StoreError> {
        const REVOKE: &str = "UPDATE devices SET revoked = $1 WHERE name = $2 AND revoked IS NULL";
        let mut transaction = self.writer.begin().await?;
        let revoked = within!(&mut transaction, db => {
            let revoked = sqlx::query(REVOKE).bind(now.as_second()).bind(name).execute(&mut *db)
                .await?.rows_affected();
            sqlx::query(CHANGED).execute(db).await?;
            revoked
        });
        let entry = Entry::new(now, Actor::Administrator, Action::RevokeDevice);
        let entry = Entry { before: Some(name.to_owned()), ..entry };
        let entries = if revoked > 0 { vec![entry] } else { Vec::new() };
        self.commit_with(transaction, &entries).await?;
        Ok(revoked > 0)
    }
}

fn device(row: &impl Columns) -> Result<DeviceRecord, StoreError> {
    let fingerprint = |bytes: Option<Vec<u8>>| {
        bytes
            .map(|bytes| bytes.try_into().map_err(|_| StoreError::Unreadable("a fingerprint")))
            .transpose()
    };
    Ok(DeviceRecord {
        id: DeviceId(row.int("id")?),
        name: row.text("name")?,
        channel: Channel::from_code(&row.text("channel")?)
            .ok_or(StoreError::Unreadable("a channel"))?,
        institution: row.text("institution")?,
        site: row.maybe_int("site")?.map(|site| narrow(site).map(SiteId)).transpose()?,
        counter: row.int("counter")? != 0,
        token: fingerprint(row.maybe_bytes("token_hash")?)?,
        certificate: fingerprint(row.maybe_bytes("certificate_hash")?)?,
        revoked: row.maybe_int("revoked")?.map(super::values::instant).transpose()?,
    })
}

//! The certificate of a training that other machines reach: made by itself at its start, signed by
//! nobody else, kept in memory alone. Whoever runs the training sees its fingerprint.

use jiff::{Timestamp, ToSpan};
use rcgen::{CertificateParams, DnType, KeyPair, date_time_ymd};
use std::net::IpAddr;

/// A certificate with its key, both PEM.
pub struct Made {
    pub certificate: String,
    pub key: String,
}

/// Makes one for this address, good from the day before `now`, so that a clock in another time zone
/// accepts it, for some ten months: some browsers refuse one that is good for longer than a year.
///
/// # Errors
/// When the key cannot be made.
pub fn own(address: IpAddr, now: Timestamp) -> Result<Made, rcgen::Error> {
    let mut names = vec!["localhost".to_owned()];
    names.extend((!address.is_unspecified()).then(|| address.to_string()));
    let mut parameters = CertificateParams::new(names)?;
    parameters.distinguished_name.push(DnType::CommonName, "vaxkiosk TRAINING");
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let day = |date: jiff::civil::Date| {
        date_time_ymd(date.year().into(), date.month() as u8, date.day() as u8)
    };
    parameters.not_before = day(today.saturating_sub(1.day()));
    parameters.not_after = day(today.saturating_add(300.days()));
    let key = KeyPair::generate()?;
    let certificate = parameters.self_signed(&key)?;
    Ok(Made { certificate: certificate.pem(), key: key.serialize_pem() })
}

/// A fingerprint as browsers show it: `AB:CD:…`.
pub fn in_pairs(fingerprint: &[u8]) -> String {
    fingerprint.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::tls;

    #[test]
    fn it_serves_tls_and_has_a_fingerprint_of_its_own() {
        let now = "2026-03-01T00:30:00Z".parse().unwrap();
        let fingerprint = |address: &str| {
            let made = own(address.parse().unwrap(), now).unwrap();
            tls::config(made.certificate.as_bytes(), made.key.as_bytes(), None).unwrap();
            in_pairs(&tls::certificate_fingerprint(made.certificate.as_bytes()).unwrap())
        };
        let (one, other) = (fingerprint("192.0.2.1"), fingerprint("::"));
        assert_eq!((one.len(), one.matches(':').count()), (95, 31), "{one}");
        assert_ne!(one, other);
    }
}

//! Which staff cards count: the CAs that issue them, and the lists of those that were revoked. The
//! CA that issues the cards may be named by itself, without the root above it: then no other CA of
//! that root counts.

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, TrustAnchor};
use webpki::{CertRevocationList, OwnedCertRevocationList, anchor_from_trusted_cert};
use x509_parser::prelude::{CertificateRevocationList, FromDer};

/// Which cards count, as the settings name them.
pub struct Trust {
    /// The service's name in challenges.
    pub name: String,
    pub(super) anchors: Vec<TrustAnchor<'static>>,
    /// The newest first: of two lists of one CA the first one decides.
    pub(super) lists: Vec<CertRevocationList<'static>>,
}

impl std::fmt::Debug for Trust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (anchors, lists) = (self.anchors.len(), self.lists.len());
        write!(f, "Trust({}, {anchors} CAs, {lists} lists)", self.name)
    }
}

/// Why a file of CAs or of revoked certificates cannot be used. It names the file by its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TrustError {
    #[error("file {0} of ca in [staff] holds no certificate of a CA in PEM")]
    Ca(usize),
    #[error("file {0} of crl in [staff] holds no list of revoked certificates that can be used")]
    List(usize),
}

impl Trust {
    /// From files of CA certificates (PEM, one or more each) and of revoked certificates (PEM or
    /// DER).
    pub fn new(name: &str, cas: &[Vec<u8>], lists: &[Vec<u8>]) -> Result<Self, TrustError> {
        let mut anchors = Vec::new();
        for (place, pem) in (1..).zip(cas) {
            anchors.extend(read_cas(pem).ok_or(TrustError::Ca(place))?);
        }
        let mut dated = Vec::new();
        for (place, bytes) in (1..).zip(lists) {
            dated.extend(read_lists(bytes).ok_or(TrustError::List(place))?);
        }
        dated.sort_by_key(|(issued, _)| std::cmp::Reverse(*issued));
        let lists = dated.into_iter().map(|(_, list)| list).collect();
        Ok(Self { name: name.to_owned(), anchors, lists })
    }
}

fn read_cas(pem: &[u8]) -> Option<Vec<TrustAnchor<'static>>> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let anchor = |certificate: &CertificateDer<'_>| {
        anchor_from_trusted_cert(certificate).ok().map(|anchor| anchor.to_owned())
    };
    let anchors: Option<Vec<_>> = read.ok()?.iter().map(anchor).collect();
    anchors.filter(|anchors| !anchors.is_empty())
}

/// The lists of a file, each with when it was issued, in Unix time.
fn read_lists(bytes: &[u8]) -> Option<Vec<(i64, CertRevocationList<'static>)>> {
    let lists: Vec<CertificateRevocationListDer<'_>> = if bytes.starts_with(b"-----") {
        CertificateRevocationListDer::pem_slice_iter(bytes).collect::<Result<_, _>>().ok()?
    } else {
        vec![CertificateRevocationListDer::from(bytes)]
    };
    let list = |der: &CertificateRevocationListDer<'_>| {
        let (_, parsed) = CertificateRevocationList::from_der(der).ok()?;
        let issued = parsed.last_update().timestamp();
        Some((issued, OwnedCertRevocationList::from_der(der).ok()?.into()))
    };
    let read: Option<Vec<_>> = lists.iter().map(list).collect();
    read.filter(|read| !read.is_empty())
}

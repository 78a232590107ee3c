//! HTTPS: the service's own certificate, and the CA whose client certificates it accepts. Files are
//! read in `commands`; which device a certificate belongs to is known in `auth`.

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ParsedCertificate, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};
use std::sync::Arc;

/// Why the certificate files cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("the certificate file holds no certificate in PEM")]
    NoCertificate,
    #[error("the key file holds no private key in PEM")]
    NoKey,
    #[error("the client CA file holds no certificate in PEM")]
    NoClientCa,
    #[error("certificate and key do not fit together, or are of a kind that is not supported: {0}")]
    Refused(#[from] rustls::Error),
    #[error("the client CA cannot be used: {0}")]
    ClientCa(#[from] rustls::server::VerifierBuilderError),
}

/// The certificates of a PEM file; `None` if there is none or one cannot be read.
fn certificates(pem: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    read.ok().filter(|certificates| !certificates.is_empty())
}

/// TLS 1.2 and 1.3 with the service's certificate chain and key, both PEM. With a `client_ca`, a
/// kiosk may authenticate by a certificate of that CA. It need not: one without may send its token.
pub fn config(
    certificate: &[u8],
    key: &[u8],
    client_ca: Option<&[u8]>,
) -> Result<Arc<ServerConfig>, TlsError> {
    let chain = certificates(certificate).ok_or(TlsError::NoCertificate)?;
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| TlsError::NoKey)?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()?;
    let builder = match client_ca {
        None => builder.with_no_client_auth(),
        Some(pem) => {
            let mut roots = RootCertStore::empty();
            for root in certificates(pem).ok_or(TlsError::NoClientCa)? {
                roots.add(root)?;
            }
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.allow_unauthenticated().build()?)
        }
    };
    let mut config = builder.with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// The SHA-256 of the first certificate in a PEM file.
///
/// # Errors
/// If there is none, or if it is one that the handshake would refuse, such as of X.509 version 1.
pub fn certificate_fingerprint(pem: &[u8]) -> Result<[u8; 32], TlsError> {
    let chain = certificates(pem).ok_or(TlsError::NoCertificate)?;
    ParsedCertificate::try_from(&chain[0])?;
    Ok(super::keys::fingerprint(&chain[0]))
}

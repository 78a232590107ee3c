//! TLS 1.3 of a room. The console's certificate is made when it starts and signed by nobody: who
//! the console is, is proven by the code, over what this very connection has in common.

use crate::classroom::code::{BINDING_LABEL, BINDING_LENGTH};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::version::TLS13;
use rustls::{
    ClientConfig, ConnectionCommon, DigitallySignedStruct, Error, PeerMisbehaved, ServerConfig,
    SideData, SignatureScheme,
};
use std::sync::Arc;

/// The name in the certificate. It says nothing: the certificate is known by its fingerprint.
pub const NAME: &str = "vaxkiosk-trainer";

/// Why there is no TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsFailed {
    #[error("the certificate cannot be made: {0}")]
    Certificate(#[from] rcgen::Error),
    #[error(transparent)]
    Refused(#[from] Error),
}

/// The console's side, and the fingerprint of its certificate.
pub fn console() -> Result<(Arc<ServerConfig>, [u8; 32]), TlsFailed> {
    let made = rcgen::generate_simple_self_signed([NAME.to_owned()])?;
    let certificate = made.cert.der().clone();
    let print = fingerprint(&certificate);
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&TLS13])?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key.into())?;
    Ok((Arc::new(config), print))
}

/// The trainee's side.
pub fn trainee() -> Result<Arc<ClientConfig>, TlsFailed> {
    let provider = provider();
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(&[&TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyCertificate(provider)))
        .with_no_client_auth();
    Ok(Arc::new(config))
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}

/// The SHA-256 of a certificate.
pub fn fingerprint(certificate: &CertificateDer<'_>) -> [u8; 32] {
    crate::server::keys::fingerprint(certificate)
}

/// What a proof is bound to: keying material that only the two ends of this connection have (RFC
/// 8446, 7.5). A man in the middle has two connections, and so two different ones.
pub fn binding<Data: SideData>(
    connection: &ConnectionCommon<Data>,
) -> Result<[u8; BINDING_LENGTH], Error> {
    connection.export_keying_material([0; BINDING_LENGTH], BINDING_LABEL, None)
}

/// Takes every certificate whose key the other side has. Whether it is the trainer's is seen by the
/// proof that comes next; before that nothing is said but one's own proof.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        // It is not offered.
        Err(Error::PeerMisbehaved(PeerMisbehaved::SignedHandshakeWithUnadvertisedSigScheme))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

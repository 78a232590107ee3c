//! Kiosks that show who they are by a certificate of the operator's CA (TLS with both sides known).

use crate::databases::Kind;
use crate::running::{code, start};
use crate::town;
use crate::town::open;
use std::sync::Arc;
use std::time::Duration;
use vaxkiosk::api::problem::Code;
use vaxkiosk::client::calls::Call;
use vaxkiosk::client::calls::Fault;
use vaxkiosk::client::http::{Client, ClientOptions, HttpClient, TlsRoots};
use vaxkiosk::domain::channel::Channel;
use vaxkiosk::server::connections::{Options, serve};
use vaxkiosk::server::store::devices::NewDevice;
use vaxkiosk::server::tls;

/// What "fresh within a second" allows, and a little for a busy machine.
const SOON: Duration = Duration::from_millis(1500);

/// A CA, and certificates of it for the service and a kiosk.
struct Credentials {
    ca: String,
    service: (String, String),
    kiosk: (String, String),
}

fn credentials() -> Credentials {
    use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let ca = params.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(params, key);
    let issue = |name: &str| {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec![name.to_owned()])
            .unwrap()
            .signed_by(&key, &issuer)
            .unwrap();
        (certificate.pem(), key.serialize_pem())
    };
    Credentials { service: issue("localhost"), kiosk: issue("kiosk"), ca }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kiosk_proves_who_it_is_by_its_certificate() {
    let (credentials, others) = (credentials(), credentials());
    let running = start(Kind::Sqlite, 1, 5).await;
    let store = &running.service.store;
    let device = NewDevice {
        name: "with a certificate".into(),
        channel: Channel::HealthStation,
        institution: "衛生所".into(),
        site: None,
        counter: false,
        token: None,
        certificate: Some(tls::certificate_fingerprint(credentials.kiosk.0.as_bytes()).unwrap()),
        added: open(),
    };
    store.add_devices(&[device]).await.unwrap();
    tokio::time::sleep(SOON).await;
    let (certificate, service_key) =
        (credentials.service.0.as_bytes(), credentials.service.1.as_bytes());
    let config = tls::config(certificate, service_key, Some(credentials.ca.as_bytes())).unwrap();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let options = Options { tls: Some(config), ..Options::default() };
    tokio::spawn(serve(listener, Arc::clone(&running.service), options, std::future::pending()));
    let client = |ca: &str, identity: Option<&(String, String)>, token: &str| {
        let connecting = ClientOptions {
            trust: TlsRoots::Only(ca.as_bytes().to_vec()),
            identity: identity.map(|(certificate, key)| format!("{certificate}{key}").into_bytes()),
            ..ClientOptions::default()
        };
        Client::new(HttpClient::new(&connecting).unwrap(), base.clone(), token.into())
    };
    assert!(
        client(&credentials.ca, Some(&credentials.kiosk), "").call(Call::Round).await.is_ok(),
        "by its certificate"
    );
    assert!(
        client(&credentials.ca, None, town::TOKEN).call(Call::Round).await.is_ok(),
        "by its token"
    );
    assert_eq!(
        code(client(&credentials.ca, None, "").call(Call::Round).await),
        Some(Code::UnknownDevice)
    );
    let service_as_kiosk =
        client(&credentials.ca, Some(&credentials.service), "").call(Call::Round).await;
    assert_eq!(
        code(service_as_kiosk),
        Some(Code::UnknownDevice),
        "a certificate of the CA, but of no kiosk"
    );
    assert_eq!(
        client(&credentials.ca, Some(&others.kiosk), "").call(Call::Round).await,
        Err(Fault::Gone),
        "another CA's"
    );
    assert_eq!(
        client(&others.ca, None, town::TOKEN).call(Call::Round).await,
        Err(Fault::Gone),
        "not our service"
    );
    let system = ClientOptions { trust: TlsRoots::System, ..ClientOptions::default() };
    let system = Client::new(HttpClient::new(&system).unwrap(), base.clone(), town::TOKEN.into());
    assert_eq!(
        system.call(Call::Round).await,
        Err(Fault::Gone),
        "not one that this machine trusts"
    );
    assert!(
        tls::config(certificate, credentials.kiosk.1.as_bytes(), None).is_err(),
        "a key of another certificate"
    );
    assert!(matches!(tls::config(b"", service_key, None), Err(tls::TlsError::NoCertificate)));
    assert!(matches!(tls::config(certificate, b"", None), Err(tls::TlsError::NoKey)));
}

//! Who gets into a training in a browser, and what the page may do there: its rules, other sites
//! and their names for this machine, and the code where other machines reach it.

use crate::visitor::{Line, Visitor, ask, line, open};
use crate::web_training::WebTraining;
use ::aws_lc_rs::digest::{SHA256, digest};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{WebPkiSupportedAlgorithms, aws_lc_rs, verify_tls12_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, SignatureScheme, StreamOwned};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

fn get(training: &WebTraining, path: &str, headers: &str) -> String {
    let request =
        format!("GET {path} HTTP/1.1\nHost: {}\nConnection: close\n{headers}\n", training.address);
    ask(line(training.address), &request)
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next().unwrap();
    head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")))
}

#[test]
fn the_page_and_all_that_it_names_come_from_here_and_nothing_else_may() {
    let training = WebTraining::start("127.0.0.1:0", &[]);
    let page = get(&training, "/", "Accept-Language: th\n");
    assert!(page.starts_with("HTTP/1.1 200 ") && page.contains("<html lang=\"th\">"), "{page}");
    let nonce = page.split("nonce=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let rules = header(&page, "content-security-policy").unwrap();
    for rule in [
        "default-src 'none';",
        "script-src 'self';",
        &format!("style-src-elem 'self' 'nonce-{nonce}';"),
        "connect-src 'self';",
        "frame-ancestors 'none'",
    ] {
        assert!(rules.contains(rule), "{rule} is not in {rules}");
    }
    assert!(!get(&training, "/", "").contains(&nonce), "each page has its own");
    let mut named = 0;
    let sources = page.split("src=\"").skip(1).chain(page.split("href=\"").skip(1));
    let imports = get(&training, "/page.js", "");
    let modules = imports.split("from '").skip(1).map(|rest| rest.split('\'').next().unwrap());
    for path in sources.map(|rest| rest.split('"').next().unwrap()).chain(modules) {
        named += 1;
        assert!(path.starts_with('/') && !path.starts_with("//"), "{path}");
        let file = get(&training, path, "");
        let kind = header(&file, "content-type").unwrap();
        assert!(file.starts_with("HTTP/1.1 200 "), "{path}");
        assert!(kind.starts_with("text/javascript") || kind.starts_with("text/css"), "{kind}");
    }
    assert_eq!(named, 7);
    for path in ["/", "/page.js", "/nowhere"] {
        let answer = get(&training, path, "");
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
        ] {
            assert_eq!(header(&answer, name), Some(value), "{path} {name}");
        }
        let rules = header(&answer, "content-security-policy").unwrap();
        assert!(rules.contains("default-src 'none'"), "{path}: {rules}");
    }
}

#[test]
fn a_page_of_another_site_gets_nothing_even_by_a_name_of_its_own_for_this_machine() {
    let training = WebTraining::start("127.0.0.1:0", &[]);
    let port = training.address.port();
    let own = training.address.to_string();
    let opened = |host: &str, origin: Option<&str>| {
        let headers: Vec<_> = origin.iter().map(|origin| ("origin", *origin)).collect();
        open(line(training.address), host, &headers).map(drop)
    };
    for origin in [
        None,
        Some("null"),
        Some("https://evil.example"),
        Some(&*format!("http://127.0.0.1:{}", port ^ 1)),
        Some(&*format!("https://127.0.0.1:{port}")),
        Some(&*format!("http://localhost:{port}")),
    ] {
        assert_eq!(opened(&own, origin), Err(403), "{origin:?}");
    }
    // Its page has given a name of its own this machine's address.
    let rebound = format!("evil.example:{port}");
    assert_eq!(opened(&rebound, Some(&format!("http://{rebound}"))), Err(421));
    for path in ["/", "/page.js"] {
        let request = format!("GET {path} HTTP/1.1\nHost: {rebound}\nConnection: close\n\n");
        let answer = ask(line(training.address), &request);
        assert!(answer.starts_with("HTTP/1.1 421 ") && !answer.contains("page.js"), "{answer}");
    }
    assert!(training.programs().is_empty());
    for host in [own.clone(), format!("localhost:{port}")] {
        assert_eq!(opened(&host, Some(&format!("http://{host}"))), Ok(()));
    }
}

/// Believes the certificate whose fingerprint was read out, and no other.
#[derive(Debug)]
struct Compares {
    fingerprint: String,
    known: WebPkiSupportedAlgorithms,
}

impl ServerCertVerifier for Compares {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let own = digest(&SHA256, certificate);
        let own: Vec<_> = own.as_ref().iter().map(|byte| format!("{byte:02X}")).collect();
        assert_eq!(own.join(":"), self.fingerprint);
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(message, certificate, signature, &self.known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.known.supported_schemes()
    }
}

/// A training at all of this machine's addresses, as another machine reaches it.
struct Reached {
    training: WebTraining,
    tls: Arc<ClientConfig>,
    host: String,
    code: String,
}

impl Reached {
    fn start() -> Self {
        let training = WebTraining::start("0.0.0.0:0", &[]);
        let mut said = String::new();
        crate::web_training::wait_until("the fingerprint", || {
            said = training.said();
            said.contains("SHA-256")
        });
        let last = |of: &str| {
            let line = said.lines().find(|line| line.contains(of)).unwrap();
            line.rsplit(' ').next().unwrap().to_owned()
        };
        let provider = Arc::new(aws_lc_rs::default_provider());
        let known = provider.signature_verification_algorithms;
        let compares = Compares { fingerprint: last("SHA-256"), known };
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(compares))
            .with_no_client_auth();
        let host = format!("127.0.0.1:{}", training.address.port());
        Self { tls: Arc::new(tls), host, code: last("Code for"), training }
    }

    fn line(&self) -> Box<dyn Line> {
        let stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
        let name = ServerName::try_from("127.0.0.1").unwrap();
        let connection = ClientConnection::new(Arc::clone(&self.tls), name).unwrap();
        Box::new(StreamOwned::new(connection, stream))
    }

    fn page(&self, cookie: &str) -> String {
        let host = &self.host;
        let cookie = format!("Cookie: {cookie}");
        ask(self.line(), &format!("GET / HTTP/1.1\nHost: {host}\nConnection: close\n{cookie}\n\n"))
    }

    fn types(&self, code: &str, origin: &str) -> String {
        let (host, length) = (&self.host, code.len() + "code=".len());
        ask(
            self.line(),
            &format!(
                "POST /code HTTP/1.1\nHost: {host}\nOrigin: {origin}\nConnection: close\n\
                 Content-Type: application/x-www-form-urlencoded\nContent-Length: {length}\n\n\
                 code={code}"
            ),
        )
    }

    fn visit(&self, cookie: &str) -> Result<Visitor, u16> {
        let origin = format!("https://{}", self.host);
        open(self.line(), &self.host, &[("origin", &origin), ("cookie", cookie)]).map(Visitor::with)
    }
}

#[test]
fn where_other_machines_reach_it_a_training_is_encrypted_and_asks_for_its_code() {
    let reached = Reached::start();
    let origin = format!("https://{}", reached.host);
    assert_eq!(reached.code.len(), 9, "{}", reached.code);
    let page = reached.page("");
    assert!(page.contains("name=\"code\"") && !page.contains("page.js"), "{page}");
    for cookie in ["", "__Host-training=", &format!("__Host-training={}", reached.code)] {
        assert_eq!(reached.visit(cookie).map(drop), Err(403), "{cookie}");
    }
    let elsewhere = reached.types(&reached.code, "https://evil.example");
    assert!(elsewhere.starts_with("HTTP/1.1 403 ") && !elsewhere.contains("cookie"));
    let wrong = reached.types("AAAA-AAAA", &origin);
    assert!(wrong.starts_with("HTTP/1.1 403 ") && wrong.contains("name=\"code\""), "{wrong}");
    let too_long = reached.types(&"A".repeat(300), &origin);
    assert!(too_long.starts_with("HTTP/1.1 403 "), "{too_long}");
    let right = reached.types(&reached.code.to_lowercase().replace('-', "+"), &origin);
    assert!(right.starts_with("HTTP/1.1 303 ") && header(&right, "location") == Some("/"));
    let cookie = header(&right, "set-cookie").unwrap();
    let (cookie, rules) = cookie.split_once("; ").unwrap();
    assert_eq!(rules, "Path=/; Secure; HttpOnly; SameSite=Strict");
    assert!(reached.page(cookie).contains("page.js"));
    reached.visit(cookie).unwrap_or_else(|status| panic!("{status}")).wait_for("預約接種開放中");
    let (log, code) = (reached.training.log(), reached.code.as_str());
    assert!(!log.contains(code) && !log.contains("AAAA"), "{log}");
}

#[test]
fn who_types_wrong_codes_is_slowed_and_then_not_heard() {
    let reached = Reached::start();
    let origin = format!("https://{}", reached.host);
    for _ in 0..5 {
        assert!(reached.types("AAAA-AAAA", &origin).starts_with("HTTP/1.1 403 "));
    }
    let right = reached.types(&reached.code, &origin);
    assert!(right.starts_with("HTTP/1.1 429 ") && !right.contains("set-cookie"), "{right}");
}

//! `kiosk-config/server.toml`: where the service listens, where it keeps bookings and keys, where
//! its messages go, and how much it allows.

use super::mistake::{self, Mistake, MistakeKind, toml};
use super::staff_files::StaffFiles;
use serde::Deserialize;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// A service's settings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServerConfig {
    pub listen: SocketAddr,
    pub database: Database,
    /// The file of secrets.
    pub keys: PathBuf,
    pub tls: Option<TlsFiles>,
    /// How many connections may be open at once.
    pub connections: u32,
    pub limits: LimitsFile,
    pub messages: Messages,
    /// The URL by which the NHI app's codes are checked; `None` if nobody can sign in with one.
    pub app_codes: Option<String>,
    /// How many days after a round has closed it is forgotten whose its bookings were; `None` if it
    /// is not.
    pub keep_days: Option<NonZeroU32>,
    /// How free slots are published in FHIR; `None` if they are not.
    pub fhir: Option<FhirSettings>,
    /// Which staff cards count; `None` if no staff can log in.
    pub staff: Option<StaffFiles>,
}

/// What is published in FHIR leads back to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FhirSettings {
    /// The service's own public URL, without a slash at its end.
    pub base: String,
    /// The page on which people book; `None` if there is none.
    pub booking_url: Option<String>,
}

/// Where text messages go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Messages {
    File {
        path: PathBuf,
        /// Whether the file has whole phone numbers.
        phones: bool,
        /// The size at which it is renamed; `None` for the service's own.
        rotate_mb: Option<NonZeroU32>,
    },
    Gateway {
        url: String,
        token: Option<Hidden>,
        /// How many messages may be on their way at once; `None` for the service's own number.
        in_flight: Option<NonZeroU32>,
    },
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MessagesFile {
    file: Option<PathBuf>,
    #[serde(default)]
    phones: bool,
    rotate_mb: Option<NonZeroU32>,
    url: Option<Spanned<String>>,
    token: Option<String>,
    in_flight: Option<NonZeroU32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AppCodesFile {
    url: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FhirFile {
    base: Spanned<String>,
    booking_url: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RetentionFile {
    keep_days: Option<NonZeroU32>,
}

/// Where bookings are kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Database {
    Sqlite(PathBuf),
    /// The URL. It may hold a password, so Debug does not show it.
    Postgres(Hidden),
}

/// Text that Debug does not show, such as a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(pub String);

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("▒▒▒")
    }
}

/// The files for HTTPS, all PEM.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsFiles {
    pub certificate: PathBuf,
    pub key: PathBuf,
    /// The CA by whose certificates kiosks may prove which ones they are; `None` if they may use
    /// tokens only.
    pub client_ca: Option<PathBuf>,
}

/// How often one kiosk and one person may ask. For a limit that the file does not give, the service
/// has its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsFile {
    pub device_a_second: Option<NonZeroU32>,
    pub device_burst: Option<NonZeroU32>,
    pub person_a_minute: Option<NonZeroU32>,
    pub person_burst: Option<NonZeroU32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Spanned<String>,
    database: Option<Spanned<String>>,
    keys: Option<PathBuf>,
    connections: Option<NonZeroU32>,
    /// Whether a proxy on another machine ends TLS, so that the service may listen without it.
    #[serde(default)]
    behind_a_proxy: bool,
    tls: Option<TlsFiles>,
    #[serde(default)]
    limits: LimitsFile,
    #[serde(default)]
    messages: MessagesFile,
    app_codes: Option<AppCodesFile>,
    #[serde(default)]
    retention: RetentionFile,
    fhir: Option<FhirFile>,
    staff: Option<StaffFiles>,
}

/// Enough for one kiosk in each of Taiwan's convenience stores, and some more.
const CONNECTIONS: u32 = 16_000;

impl ServerConfig {
    /// Reads the text of a file and names the first mistake in it. `path` is for the message only.
    pub fn read(path: &Path, text: &str) -> Result<Self, Mistake> {
        let wrong = |span: Range<usize>, kind: fn(usize) -> MistakeKind| {
            Mistake::at(path, text, span, kind)
        };
        let file: File = ::toml::from_str(text).map_err(|error| toml(path, text, &error))?;
        let listen = file.listen.get_ref().parse::<SocketAddr>();
        let listen =
            listen.map_err(|_| wrong(file.listen.span(), |line| MistakeKind::Listen { line }))?;
        if file.tls.is_none() && !file.behind_a_proxy && !listen.ip().is_loopback() {
            return Err(wrong(file.listen.span(), |line| MistakeKind::PlainOutside { line }));
        }
        let database = match &file.database {
            None => Database::Sqlite("vaxkiosk.db".into()),
            Some(text) => database(text.get_ref())
                .ok_or_else(|| wrong(text.span(), |line| MistakeKind::Database { line }))?,
        };
        let asked = file.messages.url.iter().chain(file.app_codes.iter().map(|app| &app.url));
        for url in asked {
            if !is_private(url.get_ref()) {
                return Err(wrong(url.span(), |line| MistakeKind::ServiceUrl { line }));
            }
        }
        for url in file.fhir.iter().flat_map(|fhir| fhir.booking_url.iter().chain([&fhir.base])) {
            if !is_public(url.get_ref()) {
                return Err(wrong(url.span(), |line| MistakeKind::ServiceUrl { line }));
            }
        }
        Ok(Self {
            listen,
            database,
            keys: file.keys.unwrap_or_else(|| "vaxkiosk-keys.toml".into()),
            tls: file.tls,
            connections: file.connections.map_or(CONNECTIONS, NonZeroU32::get),
            limits: file.limits,
            messages: match file.messages {
                MessagesFile { url: Some(url), token, in_flight, .. } => {
                    let url = url.into_inner();
                    Messages::Gateway { url, token: token.map(Hidden), in_flight }
                }
                MessagesFile { file, phones, rotate_mb, .. } => Messages::File {
                    path: file.unwrap_or_else(|| "vaxkiosk-messages.jsonl".into()),
                    phones,
                    rotate_mb,
                },
            },
            app_codes: file.app_codes.map(|app| app.url.into_inner()),
            keep_days: file.retention.keep_days,
            fhir: file.fhir.map(|fhir| FhirSettings {
                base: fhir.base.into_inner().trim_end_matches('/').into(),
                booking_url: fhir.booking_url.map(Spanned::into_inner),
            }),
            staff: file.staff,
        })
    }

    /// Reads a file and names the first mistake in it.
    pub fn load(path: &Path) -> Result<Self, Mistake> {
        mistake::load(path, Self::read)
    }

    /// Replaces `$CREDENTIALS_DIRECTORY/` at the head of the paths of keys and TLS by the folder
    /// into which systemd put what the unit's `LoadCredential=` names.
    pub fn with_credentials(mut self, folder: &Path) -> Self {
        let replace = |path: &mut PathBuf| {
            if let Ok(rest) = path.strip_prefix("$CREDENTIALS_DIRECTORY") {
                *path = folder.join(rest);
            }
        };
        replace(&mut self.keys);
        if let Some(tls) = &mut self.tls {
            replace(&mut tls.certificate);
            replace(&mut tls.key);
            tls.client_ca.iter_mut().for_each(replace);
        }
        if let Some(staff) = &mut self.staff {
            staff.ca.iter_mut().chain(&mut staff.crl).for_each(replace);
        }
        self
    }
}

/// Whether what is asked there travels by TLS, or stays on this machine: it is phone numbers and
/// identity numbers.
fn is_private(url: &str) -> bool {
    let here = |host: &str| {
        let rest = url.strip_prefix("http://").and_then(|rest| rest.strip_prefix(host));
        // What stands before an "@" is a user's name, and the host comes after it.
        rest.is_some_and(|rest| {
            rest.is_empty() || rest.starts_with([':', '/']) && !rest.contains('@')
        })
    };
    url.starts_with("https://") || ["127.0.0.1", "[::1]", "localhost"].into_iter().any(here)
}

/// Whether this is a URL under which others can find something. One of this machine is for trying.
fn is_public(url: &str) -> bool {
    let is_plain =
        |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '#' | '?');
    is_private(url) && url != "https://" && url.chars().all(is_plain)
}

fn database(text: &str) -> Option<Database> {
    if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        return Some(Database::Postgres(Hidden(text.into())));
    }
    let path = text.strip_prefix("sqlite:")?;
    (!path.is_empty()).then(|| Database::Sqlite(path.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn read(text: &str) -> Result<ServerConfig, Mistake> {
        ServerConfig::read(Path::new("server.toml"), text)
    }

    #[test]
    fn the_file_in_the_repository_is_right() {
        let config = read(include_str!("../../kiosk-config/server.toml")).unwrap();
        assert_eq!(config.database, Database::Sqlite("vaxkiosk.db".into()));
        assert!(config.listen.ip().is_loopback() && config.tls.is_none());
        assert_eq!(config.limits, LimitsFile::default());
    }

    #[test]
    fn messages_go_into_a_file_without_phones_unless_asked_for() {
        let messages = |text: &str| {
            read(&format!("listen = \"127.0.0.1:1\"\n[messages]\n{text}")).unwrap().messages
        };
        let path = PathBuf::from("vaxkiosk-messages.jsonl");
        let file = |phones, rotate_mb| Messages::File { path: path.clone(), phones, rotate_mb };
        assert_eq!(messages(""), file(false, None));
        assert_eq!(messages("phones = true\nrotate_mb = 9"), file(true, NonZeroU32::new(9)));
        let url = "http://localhost/".to_owned();
        let gateway = Messages::Gateway { url, token: None, in_flight: NonZeroU32::new(20) };
        assert_eq!(messages("url = \"http://localhost/\"\nin_flight = 20"), gateway);
    }

    #[test]
    fn free_slots_are_published_under_a_public_url_or_not_at_all() {
        let fhir = |text: &str| read(&format!("listen = \"127.0.0.1:1\"\n{text}"));
        assert_eq!(fhir("").unwrap().fhir, None);
        let base = "https://booking.example".to_owned();
        let settings = |booking_url| Some(FhirSettings { base: base.clone(), booking_url });
        let told = fhir("[fhir]\nbase = \"https://booking.example/\"").unwrap().fhir;
        assert_eq!(told, settings(None));
        let text =
            "[fhir]\nbase = \"https://booking.example\"\nbooking_url = \"https://b.example/\"";
        assert_eq!(fhir(text).unwrap().fhir, settings(Some("https://b.example/".into())));
        for wrong in ["http://booking.example", "https://", "https://a b", "https://a/?b", ""] {
            let Mistake { kind, .. } = fhir(&format!("[fhir]\nbase = \"{wrong}\"")).unwrap_err();
            assert!(matches!(kind, MistakeKind::ServiceUrl { line: 3 }), "{wrong}");
        }
    }

    #[test]
    fn numbers_of_people_leave_the_machine_by_tls_only() {
        for (url, is_right) in [
            ("https://gateway.example/messages", true),
            ("http://127.0.0.1:9000/check", true),
            ("http://localhost", true),
            ("http://[::1]/", true),
            ("http://10.0.0.1/check", false),
            ("http://127.0.0.1.example/", false),
            ("http://localhost:x@gateway.example/", false),
            ("gateway.example", false),
        ] {
            for table in ["messages", "app_codes"] {
                let text = format!("listen = \"127.0.0.1:1\"\n[{table}]\nurl = \"{url}\"");
                let is_said = matches!(
                    read(&text),
                    Err(Mistake { kind: MistakeKind::ServiceUrl { line: 3 }, .. })
                );
                assert_eq!(!is_said, is_right, "{table} {url}");
            }
        }
    }

    #[rstest]
    #[case("", 1, "missing field `listen`")]
    #[case("listen = \"127.0.0.1:1\"\nlisten = \"127.0.0.1:1\"", 2, "duplicate")]
    #[case("\nlistn = \"127.0.0.1:1\"", 2, "expected one of `listen`")]
    #[case("listen = \"127.0.0.1:1\"\n[limits]\ndevice_burst = 0", 3, "nonzero")]
    #[case("listen = \"127.0.0.1:1\"\n[tls]\ncertificate = \"a\"", 2, "missing field `key`")]
    fn a_mistake_is_named_with_its_line(#[case] text: &str, #[case] at: usize, #[case] part: &str) {
        let Err(Mistake { kind: MistakeKind::Toml { line, words }, .. }) = read(text) else {
            panic!()
        };
        assert!(line == at && words.contains(part), "{line}: {words}");
    }

    #[test]
    fn only_paths_that_name_credentials_are_taken_from_their_folder() {
        let text = "listen = \"127.0.0.1:1\"\nkeys = \"$CREDENTIALS_DIRECTORY/keys.toml\"\n[tls]\n\
            certificate = \"/etc/a.pem\"\nkey = \"$CREDENTIALS_DIRECTORY/key.pem\"\n\
            client_ca = \"$CREDENTIALS_DIRECTORY/ca.pem\"";
        let config = read(text).unwrap().with_credentials(Path::new("/run/c"));
        let tls = config.tls.unwrap();
        assert_eq!(config.keys, Path::new("/run/c/keys.toml"));
        assert_eq!(tls.certificate, Path::new("/etc/a.pem"));
        assert_eq!(tls.key, Path::new("/run/c/key.pem"));
        assert_eq!(tls.client_ca.as_deref(), Some(Path::new("/run/c/ca.pem")));
    }

    #[test]
    fn what_toml_cannot_know_is_checked_too() {
        let kind = |text: &str| read(text).unwrap_err().kind;
        assert!(matches!(kind("\nlisten = \"localhost\""), MistakeKind::Listen { line: 2 }));
        assert!(matches!(kind("listen = \"0.0.0.0:80\""), MistakeKind::PlainOutside { line: 1 }));
        for database in ["mysql://x", "sqlite:", "bookings.db"] {
            let text = format!("listen = \"127.0.0.1:1\"\ndatabase = \"{database}\"");
            assert!(matches!(kind(&text), MistakeKind::Database { line: 2 }), "{database}");
        }
        assert!(read("listen = \"0.0.0.0:80\"\nbehind_a_proxy = true").is_ok());
        assert!(read("listen = \"0.0.0.0:443\"\n[tls]\ncertificate = \"a\"\nkey = \"b\"").is_ok());
        let postgres =
            read("listen = \"127.0.0.1:1\"\ndatabase = \"postgres://u:secret@h/d\"").unwrap();
        assert!(!format!("{postgres:?}").contains("secret"));
    }
}

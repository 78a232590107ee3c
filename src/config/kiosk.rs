//! `kiosk-config/<place>.toml`: where a kiosk stands, what it offers, which service it asks and
//! which devices it has. It holds nothing of a person. Of secrets it holds the names of their
//! files, and the hash of the operator's PIN.

use super::counter_file::CounterFile;
use super::mistake::{self, Mistake, MistakeKind, toml};
use super::profile::{Offer, Profile, WayIn};
use super::profile_file::{PlaceFile, ProfileFile, TRAINING, Times};
use super::receipt_keys::{self, ReceiptKeys};
use super::site_file::{self, SiteFile};
use crate::domain::channel::Channel;
use crate::domain::language::Language;
use serde::Deserialize;
use std::num::{NonZeroU16, NonZeroU32};
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use url::{Host, Url};

/// A kiosk's settings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KioskConfig {
    pub profile: Profile,
    pub service: ServiceConfig,
    /// Whether there is a card reader.
    pub reader: bool,
    pub printer: Option<PrinterConfig>,
    /// The folder in which the desk of a vaccination site keeps its entries; elsewhere `None`.
    pub journal: Option<PathBuf>,
}

/// Which service the kiosk asks, and how it proves there which kiosk it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceConfig {
    /// The URL, without a slash at its end.
    pub url: String,
    pub proof: Proof,
    /// A PEM file of the CAs that the kiosk trusts; `None` if it trusts those of the machine.
    pub ca: Option<PathBuf>,
}

/// What the kiosk proves with which one it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Proof {
    /// A file with the token that `admin device add` printed.
    Token(PathBuf),
    /// A file with certificate and key, in PEM.
    Certificate(PathBuf),
}

/// Where receipts are printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PrinterConfig {
    /// Host and port of an ESC/POS printer: `tcp://192.168.1.50:9100`.
    Tcp(String),
    /// A device file, with the speed in bits a second if it is a serial line: `file:/dev/usb/lp0`,
    /// `file:/dev/ttyUSB0,19200`.
    Device { path: PathBuf, speed: Option<u32> },
    /// A queue of CUPS: `cups:receipts`.
    Cups(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    channel: Spanned<Channel>,
    place: PlaceFile,
    languages: Option<Spanned<Vec<Language>>>,
    services: Option<Spanned<Vec<Offer>>>,
    ways: Option<Spanned<Vec<WayIn>>>,
    #[serde(default)]
    times: Times,
    service: ServiceFile,
    #[serde(default)]
    devices: Devices,
    counter: Option<Spanned<CounterFile>>,
    site: Option<Spanned<SiteFile>>,
    operator_pin: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceFile {
    url: Spanned<String>,
    token: Option<Spanned<PathBuf>>,
    certificate: Option<PathBuf>,
    ca: Option<PathBuf>,
    receipt_key: Option<Spanned<ReceiptKeys>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Devices {
    /// Whether there is a card reader; there is one if the file does not say.
    reader: Option<Spanned<bool>>,
    printer: Option<Spanned<String>>,
}

impl KioskConfig {
    /// Reads the text of a file and names the first mistake in it. `path` is for the message only.
    pub fn read(path: &Path, text: &str) -> Result<Self, Mistake> {
        let file: File = ::toml::from_str(text).map_err(|error| toml(path, text, &error))?;
        let wrong = |span: Range<usize>, kind: fn(usize) -> MistakeKind| {
            Err(Mistake::at(path, text, span, kind))
        };
        let receipt_key = file.service.receipt_key.clone();
        let service = file.service.check(path, text)?;
        let printer = match &file.devices.printer {
            None => None,
            Some(text) => match printer(text.get_ref()) {
                Some(printer) => Some(printer),
                None => return wrong(text.span(), |line| MistakeKind::Printer { line }),
            },
        };
        let receipt_keys = receipt_key.map(|keys| receipt_keys::read(path, text, &keys));
        let receipt_keys = receipt_keys.transpose()?.unwrap_or_default();
        let pin_at = file.operator_pin.as_ref().map(Spanned::span);
        let ways = file.ways.iter().flat_map(|ways| ways.get_ref());
        if let Some(reader) = file.devices.reader.as_ref().filter(|reader| !reader.get_ref())
            && ways.into_iter().all(|way| *way == WayIn::CardPassword)
        {
            return wrong(reader.span(), |line| MistakeKind::NoWayIn { line });
        }
        let reader = file.devices.reader.is_none_or(Spanned::into_inner);
        let counter = file.counter.map(|counter| {
            let section = counter.span();
            counter.into_inner().check(*file.channel.get_ref(), reader, section, path, text)
        });
        let counter = counter.transpose()?;
        let has_staff = counter.is_some();
        let journal = site_file::journal(&file.channel, has_staff, file.site, path, text)?;
        let File { channel, place, languages, services, ways, times, operator_pin, .. } = file;
        let given = ProfileFile {
            channel: channel.into_inner(),
            place: Some(place),
            languages,
            services,
            ways,
            times,
            operator_pin,
        };
        let profile = given.profile(path, text)?;
        if let (Some(pin), Some(at)) = (&profile.operator_pin, pin_at)
            && TRAINING.contains(pin.as_str())
        {
            return wrong(at, |line| MistakeKind::TrainingOnly { line });
        }
        let profile = Profile {
            prints: printer.is_some(),
            receipt_keys,
            counter,
            training: false,
            ..profile
        };
        Ok(Self { profile, service, reader, printer, journal })
    }

    /// Reads a file and names the first mistake in it.
    pub fn load(path: &Path) -> Result<Self, Mistake> {
        mistake::load(path, Self::read)
    }
}

impl ServiceFile {
    /// Checks how the service is asked, and names the first mistake.
    fn check(self, path: &Path, text: &str) -> Result<ServiceConfig, Mistake> {
        let wrong = |span: Range<usize>, kind: fn(usize) -> MistakeKind| {
            Err(Mistake::at(path, text, span, kind))
        };
        let at = self.url.span();
        let Some(url) = service_url(self.url.get_ref()) else {
            return wrong(at, |line| MistakeKind::ServiceUrl { line });
        };
        let proof = match (self.token, self.certificate) {
            (Some(token), None) => Proof::Token(token.into_inner()),
            (None, Some(certificate)) => Proof::Certificate(certificate),
            (Some(token), Some(_)) => {
                return wrong(token.span(), |line| MistakeKind::OneProof { line });
            }
            (None, None) => return wrong(at, |line| MistakeKind::OneProof { line }),
        };
        // Certificates mean nothing without TLS, so a file that names some expects HTTPS.
        let is_plain = url.starts_with("http://");
        if is_plain && (matches!(proof, Proof::Certificate(_)) || self.ca.is_some()) {
            return wrong(at, |line| MistakeKind::ServiceUrl { line });
        }
        Ok(ServiceConfig { url, proof, ca: self.ca })
    }
}

/// The service's URL, if it is one of HTTPS, or of plain HTTP to the machine itself: identity
/// numbers never go over a network in clear.
fn service_url(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let own = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    let travels = url.scheme() == "https" || (url.scheme() == "http" && own);
    (bare && travels).then(|| url.as_str().trim_end_matches('/').to_owned())
}

fn printer(text: &str) -> Option<PrinterConfig> {
    if let Some(address) = text.strip_prefix("tcp://") {
        let (host, port) = address.rsplit_once(':')?;
        return (!host.is_empty() && port.parse::<NonZeroU16>().is_ok())
            .then(|| PrinterConfig::Tcp(address.to_owned()));
    }
    if let Some(path) = text.strip_prefix("file:") {
        let (path, speed) = match path.split_once(',') {
            Some((path, speed)) => (path, Some(speed.parse::<NonZeroU32>().ok()?.get())),
            None => (path, None),
        };
        return path.starts_with('/').then(|| PrinterConfig::Device { path: path.into(), speed });
    }
    let queue = text.strip_prefix("cups:")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    (!queue.is_empty() && !queue.starts_with('-') && queue.chars().all(plain))
        .then(|| PrinterConfig::Cups(queue.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::time::Duration;

    const LEAST: &str = "channel = \"pharmacy\"\nplace = { zh = \"健全藥局\", en = \"Jianquan \
        Pharmacy\" }\n[service]\n\
                         url = \"https://booking.example\"\ntoken = \"/etc/vaxkiosk/token\"\n";

    fn read(text: &str) -> Result<KioskConfig, Mistake> {
        KioskConfig::read(Path::new("kiosk.toml"), text)
    }

    #[test]
    fn the_least_is_enough() {
        let config = read(LEAST).unwrap();
        assert_eq!(config.profile.languages, Language::ALL);
        assert_eq!(config.profile.session_limit, Duration::from_secs(600));
        assert_eq!(config.profile.idle_grace, Duration::from_secs(20));
        assert!(
            config.reader
                && config.printer.is_none()
                && !config.profile.training
                && config.profile.ways.is_empty()
        );
    }

    #[rstest]
    #[case::store(
        include_str!("../../kiosk-config/convenience-store.toml"),
        Channel::ConvenienceStore
    )]
    #[case::pharmacy(include_str!("../../kiosk-config/pharmacy.toml"), Channel::Pharmacy)]
    #[case::station(include_str!("../../kiosk-config/health-station.toml"), Channel::HealthStation)]
    fn the_files_in_the_repository_are_right(#[case] text: &str, #[case] channel: Channel) {
        assert_eq!(read(text).unwrap().profile.channel, channel);
    }

    #[rstest]
    #[case("channel = \"shop\"", 1, "convenience-store")]
    #[case("chanel = \"pharmacy\"", 1, "expected one of `channel`")]
    #[case("languages = [\"zh-TW\", \"ko\"]", 1, "vi")]
    #[case("ways = [\"face\"]", 1, "card-password")]
    #[case("[times]\nsession_minutes = 0", 2, "nonzero")]
    fn a_mistake_is_named_with_its_line_and_what_would_be_right(
        #[case] text: &str,
        #[case] at: usize,
        #[case] part: &str,
    ) {
        let Err(Mistake { kind: MistakeKind::Toml { line, words }, .. }) = read(text) else {
            panic!("{text}")
        };
        assert!(line == at && words.contains(part), "{line}: {words}");
    }

    #[test]
    fn what_toml_cannot_know_is_checked_too() {
        let kind = |from: &str, to: &str| read(&LEAST.replacen(from, to, 1)).unwrap_err().kind;
        assert!(matches!(
            kind("channel", "languages = [\"vi\", \"vi\"]\nchannel"),
            MistakeKind::EachOnce { line: 1 }
        ));
        assert!(matches!(
            kind("channel", "languages = []\nchannel"),
            MistakeKind::EachOnce { line: 1 }
        ));
        for url in [
            "http://booking.example",
            "http://10.0.0.5",
            "http://[2001:db8::1]",
            "https://:pw@h",
            "booking.example",
            "https://",
            "http://127.0.0.1.example",
            "https://a b",
            "https://h:port",
            "https://h/?x",
            "https://me@h",
            "http://localhost:x@h",
        ] {
            assert!(
                matches!(kind("https://booking.example", url), MistakeKind::ServiceUrl { line: 4 }),
                "{url}"
            );
        }
        let plain = "http://127.0.0.1\"\nca = \"ca.pem";
        assert!(matches!(
            kind("https://booking.example", plain),
            MistakeKind::ServiceUrl { line: 4 }
        ));
        assert!(matches!(
            kind("token", "certificate = \"a\"\ntoken"),
            MistakeKind::OneProof { line: 6 }
        ));
        let printer = |to: &str| {
            read(&format!("{LEAST}[devices]\nprinter = \"{to}\"\n")).map(|config| config.printer)
        };
        for bad in [
            "lp0",
            "tcp://host",
            "tcp://:9100",
            "tcp://host:0",
            "file:lp0",
            "file:/dev/ttyS0,fast",
            "cups:",
            "cups:-o",
            "cups:a b",
        ] {
            assert!(
                matches!(printer(bad).unwrap_err().kind, MistakeKind::Printer { line: 7 }),
                "{bad}"
            );
        }
        assert_eq!(
            printer("tcp://[::1]:9100").unwrap(),
            Some(PrinterConfig::Tcp("[::1]:9100".into()))
        );
        let serial = PrinterConfig::Device { path: "/dev/ttyUSB0".into(), speed: Some(19_200) };
        assert_eq!(printer("file:/dev/ttyUSB0,19200").unwrap(), Some(serial));
        assert_eq!(printer("cups:receipts").unwrap(), Some(PrinterConfig::Cups("receipts".into())));
        assert!(matches!(
            kind("channel", "operator_pin = \"123456\"\nchannel"),
            MistakeKind::OperatorPin { line: 1 }
        ));
        let keyed = |key: &str| {
            read(&LEAST.replace("token =", &format!("receipt_key = \"{key}\"\ntoken =")))
        };
        assert_eq!(keyed(&"0a".repeat(32)).unwrap().profile.receipt_keys, [[10; 32]]);
        assert!(matches!(keyed("0a").unwrap_err().kind, MistakeKind::Secret { line: 5 }));
        assert!(matches!(
            keyed(receipt_keys::TRAINING_KEY).unwrap_err().kind,
            MistakeKind::TrainingOnly { line: 5 }
        ));
        let pin = TRAINING.lines().find_map(|line| line.strip_prefix("operator_pin = ")).unwrap();
        assert!(matches!(
            kind("channel", &format!("operator_pin = {pin}\nchannel")),
            MistakeKind::TrainingOnly { line: 1 }
        ));
        let cut = pin.trim_matches('"').rsplit_once('$').unwrap().0;
        for bad in ["$argon2id$…", cut] {
            let line = format!("operator_pin = \"{bad}\"\nchannel");
            assert!(
                matches!(kind("channel", &line), MistakeKind::OperatorPin { line: 1 }),
                "{bad}"
            );
        }
        let twice = kind("channel", "ways = [\"numbers\", \"numbers\"]\nchannel");
        assert!(matches!(twice, MistakeKind::EachOnce { line: 1 }));
        let closed = format!("{LEAST}[devices]\nreader = false\n");
        assert!(matches!(read(&closed).unwrap_err().kind, MistakeKind::NoWayIn { line: 7 }));
        assert!(read(&closed.replacen("channel", "ways = [\"numbers\"]\nchannel", 1)).is_ok());
        for url in ["http://127.0.0.1:8443/", "http://[::1]:8443", "http://localhost:1"] {
            assert!(read(&LEAST.replace("https://booking.example", url)).is_ok(), "{url}");
        }
    }
    #[test]
    fn receipts_of_several_keys_are_taken_and_a_mistake_in_one_has_its_line() {
        let listed = |keys: &[&str]| {
            let keys = keys.join("\",\n\"");
            let line = format!("receipt_key = [\n\"{keys}\"]\ntoken =");
            read(&LEAST.replace("token =", &line)).map(|config| config.profile.receipt_keys)
        };
        let (one, two) = ("0a".repeat(32), "0b".repeat(32));
        assert_eq!(listed(&[&one, &two]).unwrap(), [[10; 32], [11; 32]]);
        let kind = |keys: &[&str]| listed(keys).unwrap_err().kind;
        assert!(matches!(kind(&[&one, "0b"]), MistakeKind::Secret { line: 7 }));
        assert!(matches!(kind(&[&one, &one]), MistakeKind::EachOnce { line: 7 }));
        let training = kind(&[receipt_keys::TRAINING_KEY, &one]);
        assert!(matches!(training, MistakeKind::TrainingOnly { line: 6 }));
    }
}

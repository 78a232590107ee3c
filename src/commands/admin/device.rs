//! `vaxkiosk admin device`: adds, lists and revokes kiosks. A running service knows within a
//! second.

use super::Common;
use crate::commands::cli::{CommandError, Voice, read, run_to_end, store};
use crate::commands::machine;
use crate::commands::stdout;
use crate::domain::channel::Channel;
use crate::domain::site::SiteId;
use crate::i18n::messages as say;
use crate::server::keys::fingerprint;
use crate::server::store::Store;
use crate::server::store::devices::{DeviceRecord, NewDevice};
use crate::server::tls::certificate_fingerprint;
use clap::Subcommand;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum DeviceCommand {
    /// Make a kiosk known. Its token is shown once, and is not kept.
    Add(AddArguments),
    /// All kiosks, revoked ones too.
    List(ListArguments),
    /// From now on this kiosk is nobody.
    Revoke(RevokeArguments),
}

#[derive(Debug, clap::Args)]
pub struct AddArguments {
    /// A name that nobody else has.
    name: String,
    /// convenience-store, pharmacy, health-station or vaccination-site.
    #[arg(long, value_parser = crate::commands::locale::channel)]
    channel: Channel,
    /// The shop, pharmacy or health station that answers for it: the code of an institution where
    /// staff log in.
    #[arg(long)]
    institution: String,
    /// The number of the site whose desk it is: for a vaccination-site, and only for one.
    #[arg(long, value_name = "NUMBER")]
    site: Option<u32>,
    /// Nobody is served there without staff who are logged in: for the terminal behind a counter. A
    /// desk of a vaccination site is one anyway.
    #[arg(long)]
    counter: bool,
    /// The kiosk proves who it is by this certificate (PEM) instead of a token.
    #[arg(long)]
    certificate: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, clap::Args)]
pub struct ListArguments {
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, clap::Args)]
pub struct RevokeArguments {
    name: String,
    #[command(flatten)]
    common: Common,
}

pub fn run(command: &DeviceCommand) -> ExitCode {
    let common = match command {
        DeviceCommand::Add(arguments) => &arguments.common,
        DeviceCommand::List(arguments) => &arguments.common,
        DeviceCommand::Revoke(arguments) => &arguments.common,
    };
    let voice = Voice::new(common);
    let done = run_to_end(async {
        match command {
            DeviceCommand::Add(arguments) => add(arguments, &voice).await,
            DeviceCommand::List(arguments) => list(arguments, &voice).await,
            DeviceCommand::Revoke(arguments) => revoke(arguments, &voice).await,
        }
    });
    done.unwrap_or_else(|failure| failure.tell(&voice))
}

async fn add(arguments: &AddArguments, voice: &Voice) -> Result<ExitCode, CommandError> {
    let (config, secrets) = read(&arguments.common)?;
    let store = store(&config, &secrets).await?;
    let site = arguments.site.map(SiteId);
    if let Some(refused) = wrong_site(arguments.channel, site, &store, voice).await? {
        eprintln!("{refused}");
        return Ok(ExitCode::from(2));
    }
    if arguments.counter && !arguments.channel.has_counter() {
        eprintln!("{}", voice.say(&say::DeviceNoCounter));
        return Ok(ExitCode::from(2));
    }
    let certificate = match &arguments.certificate {
        None => None,
        Some(path) => {
            let pem =
                std::fs::read(path).map_err(|cause| CommandError::File(path.clone(), cause))?;
            Some(certificate_fingerprint(&pem)?)
        }
    };
    let token = hex::encode(&machine::random()[..16]);
    let device = NewDevice {
        name: arguments.name.clone(),
        channel: arguments.channel,
        institution: arguments.institution.clone(),
        site,
        counter: arguments.counter,
        token: certificate.is_none().then(|| fingerprint(token.as_bytes())),
        certificate,
        added: machine::now(),
    };
    store.add_devices(&[device]).await?;
    let name = arguments.name.as_str();
    match certificate {
        None => voice.tell(&say::DeviceAdded { name: name.into(), token: token.into() }),
        Some(_) => voice.tell(&say::DeviceAddedCertificate { name: name.into() }),
    }
    Ok(ExitCode::SUCCESS)
}

/// Why a device of this channel cannot be of this site; `None` if it can.
async fn wrong_site(
    channel: Channel,
    site: Option<SiteId>,
    store: &Store,
    voice: &Voice,
) -> Result<Option<String>, CommandError> {
    let is_desk = channel == Channel::VaccinationSite;
    Ok(match site {
        Some(site) if is_desk => {
            let known = store.site_numbers(None).await?.contains(&site);
            let site = site.0.to_string();
            (!known).then(|| voice.say(&say::SiteUnknown { site: site.into() }))
        }
        Some(_) => Some(voice.say(&say::DeviceNoSite)),
        None => is_desk.then(|| voice.say(&say::DeviceNeedsSite)),
    })
}

async fn list(arguments: &ListArguments, voice: &Voice) -> Result<ExitCode, CommandError> {
    let (config, secrets) = read(&arguments.common)?;
    let devices = store(&config, &secrets).await?.devices().await?;
    if devices.is_empty() {
        voice.tell(&say::DeviceNone);
    }
    for device in &devices {
        let (name, institution) = (printable(&device.name), printable(&device.institution));
        stdout::line(format_args!(
            "{name}\t{}{}{}\t{institution}\t{}",
            device.channel.code(),
            device.site.map(|site| format!(" {}", site.0)).unwrap_or_default(),
            if device.counter { " counter" } else { "" },
            state(device, voice)
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// A text with no sign in it that would steer the terminal of whoever reads the list.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

fn state(device: &DeviceRecord, voice: &Voice) -> String {
    match device.revoked {
        Some(when) => voice.say(&say::DeviceRevokedSince { when: when.to_string().into() }),
        None if device.certificate.is_some() => voice.say(&say::DeviceByCertificate),
        None => voice.say(&say::DeviceByToken),
    }
}

async fn revoke(arguments: &RevokeArguments, voice: &Voice) -> Result<ExitCode, CommandError> {
    let (config, secrets) = read(&arguments.common)?;
    let name = arguments.name.as_str();
    if store(&config, &secrets).await?.revoke_device(name, machine::now()).await? {
        voice.tell(&say::DeviceRevoked { name: name.into() });
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{}", voice.say(&say::DeviceUnknown { name: name.into() }));
    Ok(ExitCode::FAILURE)
}

//! `vaxkiosk admin leftover`: says for a site without a desk how many doses are left today.

use super::Common;
use crate::commands::cli::{CommandError, Voice, read, run_to_end, store};
use crate::commands::machine;
use crate::domain::leftover::DOSES_AT_MOST;
use crate::domain::site::SiteId;
use crate::domain::taipei;
use crate::i18n::messages as say;
use crate::server::store::audit_trail::Actor;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct LeftoverArguments {
    /// The number of the site.
    site: u32,
    /// How many more doses are left there today; 0 says that none is left any more.
    #[arg(value_parser = clap::value_parser!(u32).range(0..=i64::from(DOSES_AT_MOST)))]
    doses: u32,
    #[command(flatten)]
    common: Common,
}

pub fn run(arguments: &LeftoverArguments) -> ExitCode {
    let voice = Voice::new(&arguments.common);
    run_to_end(say_left(arguments, &voice)).unwrap_or_else(|error| error.tell(&voice))
}

async fn say_left(arguments: &LeftoverArguments, voice: &Voice) -> Result<ExitCode, CommandError> {
    let (config, secrets) = read(&arguments.common)?;
    let store = store(&config, &secrets).await?;
    let (site, number) = (SiteId(arguments.site), arguments.site.to_string());
    let Some(round) = store.round_of_site(site).await? else {
        eprintln!("{}", voice.say(&say::SiteUnknown { site: number.into() }));
        return Ok(ExitCode::FAILURE);
    };
    let now = machine::now();
    let day = taipei::civil(now).date();
    let by = (Actor::Administrator, day, now);
    let said = store.say_doses_left((round, site), (arguments.doses, None), by).await?;
    let told = store.leftovers(site, day).await?.told;
    store.close().await;
    if !said {
        eprintln!("{}", voice.say(&say::LeftoverNoSlot { site: number.into() }));
        return Ok(ExitCode::FAILURE);
    }
    voice.tell(&say::LeftoverTold { people: told.into() });
    Ok(ExitCode::SUCCESS)
}

//! `vaxkiosk admin site`: lists the sites of a round, and closes them with all their slots that
//! have not begun.

use super::Common;
use super::closing;
use super::round::number;
use super::slot::Until;
use crate::commands::cli::{CommandError, Voice, read, run_to_end, store};
use crate::commands::machine;
use crate::commands::stdout;
use crate::domain::region::DistrictCode;
use crate::domain::round::RoundNumber;
use crate::domain::site::{SiteId, SlotId};
use crate::domain::taipei;
use crate::i18n::messages as say;
use crate::server::store::Store;
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum SiteCommand {
    /// The sites of a round: number, district, brand, name, slots, closed slots, seats, seats
    /// taken.
    List {
        #[arg(long, value_parser = number)]
        round: RoundNumber,
        /// Only those of this district, by its code: 6300300.
        #[arg(long)]
        district: Option<u32>,
        #[command(flatten)]
        common: Common,
    },
    /// Close all slots of a site that have not begun, as `slot close` does.
    Close {
        /// The site's number, as `site list` shows it.
        site: u32,
        #[command(flatten)]
        until: Until,
        #[command(flatten)]
        common: Common,
    },
}

pub fn run(command: &SiteCommand) -> ExitCode {
    let (SiteCommand::List { common, .. } | SiteCommand::Close { common, .. }) = command;
    let voice = Voice::new(common);
    let done = run_to_end(async {
        let (config, secrets) = read(common)?;
        let store = store(&config, &secrets).await?;
        let done = match command {
            SiteCommand::List { round, district, .. } => {
                list(&store, &voice, *round, *district).await
            }
            SiteCommand::Close { site, until, .. } => close(&store, &voice, *site, until).await,
        };
        store.close().await;
        done
    });
    done.unwrap_or_else(|failure| failure.tell(&voice))
}

async fn list(
    store: &Store,
    voice: &Voice,
    round: RoundNumber,
    district: Option<u32>,
) -> Result<ExitCode, CommandError> {
    let Some(programme) = store.programme(round).await? else {
        let round = format!("{:02}", u8::from(round));
        eprintln!("{}", voice.say(&say::RoundUnknown { round: round.into() }));
        return Ok(ExitCode::FAILURE);
    };
    let slots = store.listed_slots(round).await?;
    for site in programme.sites {
        if district.is_some_and(|district| DistrictCode(district) != site.district) {
            continue;
        }
        let of = || slots.iter().filter(|listed| listed.slot.site == site.id);
        let (seats, taken) = of().fold((0, 0), |(seats, taken), listed| {
            (seats + u64::from(listed.slot.capacity), taken + u64::from(listed.slot.taken))
        });
        let closed = of().filter(|listed| listed.closed.is_some()).count();
        stdout::line(format_args!(
            "{}\t{}\t{}\t{}\t{}\t{closed}\t{seats}\t{taken}",
            site.id.0,
            site.district.0,
            site.brand.code(),
            site.name_zh,
            of().count(),
        ));
    }
    Ok(ExitCode::SUCCESS)
}

async fn close(
    store: &Store,
    voice: &Voice,
    site: u32,
    until: &Until,
) -> Result<ExitCode, CommandError> {
    let Some(round) = store.round_of_site(SiteId(site)).await? else {
        eprintln!("{}", voice.say(&say::SiteUnknown { site: site.to_string().into() }));
        return Ok(ExitCode::FAILURE);
    };
    let now = taipei::civil(machine::now());
    let slots = store.listed_slots(round).await?;
    let open = slots.iter().filter(|listed| {
        listed.slot.site == SiteId(site) && listed.closed.is_none() && listed.slot.starts > now
    });
    let open: Vec<SlotId> = open.map(|listed| listed.slot.id).collect();
    if open.is_empty() {
        eprintln!("{}", voice.say(&say::SiteNothingOpen { site: site.to_string().into() }));
        return Ok(ExitCode::FAILURE);
    }
    closing::close(store, voice, &open, until.until).await
}

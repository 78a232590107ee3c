//! `vaxkiosk admin slot`: lists the slots of a round, and closes them. A running service knows
//! within a second.

use super::Common;
use super::closing::{self, clock};
use super::round::number;
use crate::commands::cli::{CommandError, Voice, read, run_to_end, store};
use crate::commands::stdout;
use crate::domain::round::RoundNumber;
use crate::domain::site::{SiteId, SlotId};
use crate::i18n::messages as say;
use crate::server::store::Store;
use clap::Subcommand;
use jiff::civil::DateTime;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum SlotCommand {
    /// The slots of a round: number, site, start, end, seats, seats taken, when it was closed.
    List {
        #[arg(long, value_parser = number)]
        round: RoundNumber,
        /// Only those of this site.
        #[arg(long)]
        site: Option<u32>,
        #[command(flatten)]
        common: Common,
    },
    /// Close slots that have not begun: nobody can book there any more. Who has booked there is
    /// told by text message and may choose before others; where there is one, a seat is set aside
    /// for them.
    Close {
        /// Numbers of slots, as `slot list` shows them.
        #[arg(required = true)]
        slots: Vec<u32>,
        #[command(flatten)]
        until: Until,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Debug, clap::Args)]
pub struct Until {
    /// How long these people may choose before others, in Taiwan's time: 2027-07-15T12:00. Needed
    /// if anybody has booked there.
    #[arg(long)]
    pub until: Option<DateTime>,
}

pub fn run(command: &SlotCommand) -> ExitCode {
    let (SlotCommand::List { common, .. } | SlotCommand::Close { common, .. }) = command;
    let voice = Voice::new(common);
    let done = run_to_end(async {
        let (config, secrets) = read(common)?;
        let store = store(&config, &secrets).await?;
        let done = match command {
            SlotCommand::List { round, site, .. } => list(&store, &voice, *round, *site).await,
            SlotCommand::Close { slots, until, .. } => {
                let slots: Vec<SlotId> = slots.iter().copied().map(SlotId).collect();
                closing::close(&store, &voice, &slots, until.until).await
            }
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
    site: Option<u32>,
) -> Result<ExitCode, CommandError> {
    if store.round(round).await?.is_none() {
        let round = format!("{:02}", u8::from(round));
        eprintln!("{}", voice.say(&say::RoundUnknown { round: round.into() }));
        return Ok(ExitCode::FAILURE);
    }
    for listed in store.listed_slots(round).await? {
        let slot = listed.slot;
        if site.is_some_and(|site| SiteId(site) != slot.site) {
            continue;
        }
        stdout::line(format_args!(
            "{}\t{}\t{}\t{}\t{}\t{}\t{}",
            slot.id.0,
            slot.site.0,
            slot.starts.strftime("%F %H:%M"),
            slot.ends.strftime("%H:%M"),
            slot.capacity,
            slot.taken,
            listed.closed.map(clock).unwrap_or_default()
        ));
    }
    Ok(ExitCode::SUCCESS)
}

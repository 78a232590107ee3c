//! `vaxkiosk admin practice`: a made-up round, people and kiosks in an empty database, for
//! `vaxkiosk rush`. Where a real programme is, it refuses.

use super::Common;
use crate::commands::cli::{CommandError, Voice, read, run_to_end, store};
use crate::commands::{machine, practice_people};
use crate::domain::channel::Channel;
use crate::i18n::messages as say;
use crate::server::keys::fingerprint;
use crate::server::store::devices::NewDevice;
use crate::server::store::error::StoreError;
use indicatif::ProgressBar;
use jiff::SignedDuration;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub struct PracticeArguments {
    /// People, everybody registered in time.
    #[arg(
        long,
        default_value_t = 100_000,
        value_parser = clap::value_parser!(u32).range(1..=90_000_000)
    )]
    people: u32,
    /// Kiosks: each fourth in a health station, the others in convenience stores.
    #[arg(
        long,
        default_value_t = 1_000,
        value_parser = clap::value_parser!(u32).range(1..=100_000)
    )]
    kiosks: u32,
    /// Sites, 32 slots each.
    #[arg(
        long,
        default_value_t = 1_000,
        value_parser = clap::value_parser!(u32).range(1..=50_000)
    )]
    sites: u32,
    /// Seats in each slot. Otherwise as many as give everybody one, and a tenth more.
    #[arg(long)]
    seats: Option<u32>,
    /// The round opens so many seconds from now.
    #[arg(long, default_value_t = 0)]
    opens_in: u32,
    #[command(flatten)]
    common: Common,
}

/// People in one statement.
const AT_A_TIME: u32 = 5_000;

pub fn run(arguments: &PracticeArguments) -> ExitCode {
    let voice = Voice::new(&arguments.common);
    match run_to_end(fill(arguments, &voice)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(&voice),
    }
}

async fn fill(arguments: &PracticeArguments, voice: &Voice) -> Result<(), CommandError> {
    let (config, secrets) = read(&arguments.common)?;
    let store = store(&config, &secrets).await?;
    if !store.is_empty().await? {
        return Err(StoreError::NotEmpty.into());
    }
    let opens = machine::now() + SignedDuration::from_secs(arguments.opens_in.into());
    let slots = arguments.sites * practice_people::SLOTS_A_SITE;
    let seats = arguments
        .seats
        .unwrap_or_else(|| (arguments.people + arguments.people / 10).div_ceil(slots));
    let bar = ProgressBar::new(arguments.people.into()).with_style(super::bar());
    let mut import = store.import().await?;
    import.round(&practice_people::round(opens, arguments.sites, seats)).await?;
    let mut first = 0;
    while first < arguments.people {
        let next = arguments.people.min(first + AT_A_TIME);
        let people: Vec<_> = (first..next).map(|nth| practice_people::person(nth, opens)).collect();
        import.people(&people).await?;
        bar.inc((next - first).into());
        first = next;
    }
    import.finish().await?;
    bar.finish_and_clear();
    let now = machine::now();
    let kiosk = |nth| NewDevice {
        name: practice_people::kiosk(nth),
        channel: match nth % 4 {
            3 => Channel::HealthStation,
            _ => Channel::ConvenienceStore,
        },
        institution: "練習 practice".into(),
        site: None,
        counter: false,
        token: Some(fingerprint(secrets.practice_token(nth).as_bytes())),
        certificate: None,
        added: now,
    };
    store.add_devices(&(0..arguments.kiosks).map(kiosk).collect::<Vec<_>>()).await?;
    store.close().await;
    voice.tell(&say::PracticeMade {
        people: arguments.people.into(),
        kiosks: arguments.kiosks.into(),
        seats: (u64::from(slots) * u64::from(seats)).into(),
    });
    Ok(())
}

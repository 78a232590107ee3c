//! The `[site]` section of a kiosk's file: what the desk of a vaccination site keeps, and where.

use super::mistake::{CounterMistake, Mistake, MistakeKind};
use crate::domain::channel::Channel;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// Where the service of the package may write (`StateDirectory`).
const JOURNAL: &str = "/var/lib/vaxkiosk-kiosk/journal";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SiteFile {
    journal: Option<PathBuf>,
}

/// The folder of the journal, at a vaccination site; elsewhere there is none.
pub(super) fn journal(
    channel: &Spanned<Channel>,
    has_staff: bool,
    site: Option<Spanned<SiteFile>>,
    path: &Path,
    text: &str,
) -> Result<Option<PathBuf>, Mistake> {
    let is_site = *channel.get_ref() == Channel::VaccinationSite;
    if is_site && !has_staff {
        return Err(Mistake::at(path, text, channel.span(), |line| MistakeKind::Counter {
            line,
            mistake: CounterMistake::SiteStaff,
        }));
    }
    let given = site.map(|site| (site.span(), site.into_inner().journal));
    let (span, journal) = match given {
        Some((span, journal)) => (Some(span), journal),
        None => (None, None),
    };
    let journal = journal.unwrap_or_else(|| JOURNAL.into());
    match span {
        Some(span) if !is_site || !journal.is_absolute() => {
            Err(Mistake::at(path, text, span, |line| MistakeKind::Counter {
                line,
                mistake: CounterMistake::SiteJournal,
            }))
        }
        Some(_) | None => Ok(is_site.then_some(journal)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::kiosk::KioskConfig;
    use rstest::rstest;

    fn read(channel: &str, sections: &str) -> Result<Option<PathBuf>, MistakeKind> {
        let text = format!(
            "channel = \"{channel}\"\nplace = {{ zh = \"衛生所\", en = \"Station\" }}\n\
             [service]\nurl = \"https://booking.example\"\ntoken = \"token\"\n{sections}"
        );
        let config = KioskConfig::read(Path::new("kiosk.toml"), &text);
        config.map(|config| config.journal).map_err(|mistake| mistake.kind)
    }

    const STAFF: &str = "[counter]\nnhi_staff_cards = true\n";

    #[test]
    fn a_site_has_a_journal_where_it_says_or_where_the_package_may_write() {
        let site =
            |more: &str| read("vaccination-site", &format!("{STAFF}{more}")).unwrap().unwrap();
        assert_eq!(site(""), Path::new(JOURNAL));
        assert_eq!(site("[site]\n"), Path::new(JOURNAL));
        assert_eq!(site("[site]\njournal = \"/srv/desk\"\n"), Path::new("/srv/desk"));
        assert_eq!(read("pharmacy", STAFF).unwrap(), None);
    }

    #[test]
    fn the_file_in_the_repository_is_right() {
        let text = include_str!("../../kiosk-config/vaccination-site.toml");
        let config = KioskConfig::read(Path::new("vaccination-site.toml"), text).unwrap();
        assert_eq!(config.profile.channel, Channel::VaccinationSite);
        assert_eq!(config.journal.as_deref(), Some(Path::new(JOURNAL)));
    }

    #[rstest]
    #[case::without_staff("vaccination-site", "", CounterMistake::SiteStaff, 1)]
    #[case::elsewhere("pharmacy", "[site]\n", CounterMistake::SiteJournal, 6)]
    #[case::relative(
        "vaccination-site",
        "[counter]\nnhi_staff_cards = true\n[site]\njournal = \"desk\"\n",
        CounterMistake::SiteJournal,
        8
    )]
    fn a_mistake_is_named(
        #[case] channel: &str,
        #[case] sections: &str,
        #[case] expected: CounterMistake,
        #[case] at: usize,
    ) {
        match read(channel, sections) {
            Err(MistakeKind::Counter { line, mistake }) => {
                assert_eq!((line, mistake), (at, expected))
            }
            other => panic!("{other:?}"),
        }
    }
}

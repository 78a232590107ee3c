//! `vaxkiosk admin round report`: a round in figures, and who came, by site and hour; on the
//! screen, and as a CSV file.

use crate::commands::cli::{CommandError, Voice};
use crate::commands::stdout;
use crate::domain::round::Round;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::server::store::Store;
use crate::server::store::site_days::HourFigures;
use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::ExitCode;
use unicode_width::UnicodeWidthStr;

/// A column of the table: its head, and an hour's figure in it.
type Figure = (&'static dyn Message, fn(&HourFigures) -> u32);

/// The figures of an hour, in the order of their columns.
const FIGURES: [Figure; 4] = [
    (&say::ReportBooked, |hour| hour.booked),
    (&say::ReportCame, |hour| hour.came),
    (&say::ReportVaccinated, |hour| hour.vaccinated),
    (&say::ReportAbsent, |hour| hour.absent),
];
/// The columns of the file, which are the same in every language.
const COLUMNS: [&str; 7] = ["site", "name", "starts", "booked", "came", "vaccinated", "absent"];

/// Shows a round in figures; `csv` is the file into which those by site and hour are written too.
pub async fn report(
    round: &Round,
    csv: Option<&Path>,
    store: &Store,
    voice: &Voice,
) -> Result<ExitCode, CommandError> {
    let figures = store.figures(round).await?;
    let lines: [(&dyn Message, u64); 10] = [
        (&say::ReportRegistered, figures.registered),
        (&say::ReportInTime, figures.in_time),
        (&say::ReportSettled, figures.settled),
        (&say::ReportSeats, figures.seats),
        (&say::ReportTaken, figures.taken),
        (&say::ReportBooked, figures.booked),
        (&say::ReportCancelled, figures.cancelled),
        (&say::ReportDisplaced, figures.displaced),
        (&say::ReportHeld, figures.held),
        (&say::ReportMessages, figures.waiting_messages),
    ];
    for (what, figure) in lines {
        stdout::line(format_args!("{figure:>12}  {}", voice.say(what)));
    }
    let hours = store.hour_figures(round.number).await?;
    if !hours.is_empty() {
        table(&hours, voice);
    }
    if let Some(path) = csv {
        write_csv(path, &hours).map_err(|cause| CommandError::File(path.to_owned(), cause))?;
        voice.tell(&say::ReportWritten { file: path.display().to_string().into() });
    }
    Ok(ExitCode::SUCCESS)
}

/// Who came, an hour of a site a line, and all of them in the last.
fn table(hours: &[HourFigures], voice: &Voice) {
    let heads = FIGURES.map(|(what, _)| voice.say(what));
    let widths = heads.each_ref().map(|head| head.width().max(7));
    let cells = |texts: [String; 4]| {
        let cell = |(text, width): (&String, &usize)| {
            format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
        };
        texts.iter().zip(&widths).map(cell).collect::<Vec<_>>().join("  ")
    };
    let (when, site) = (voice.say(&say::ReportHour), voice.say(&say::ReportSite));
    // A time takes 16 cells: 2027-07-16 09:00.
    let gap = |text: &str| " ".repeat(16_usize.saturating_sub(text.width()));
    stdout::line(format_args!("\n{}  {when}{}  {site}", cells(heads.clone()), gap(&when)));
    for hour in hours {
        let numbers = FIGURES.map(|(_, figure)| figure(hour).to_string());
        let name = voice.place(&hour.name_zh, &hour.name_en);
        let starts = hour.starts.strftime("%F %H:%M");
        stdout::line(format_args!("{}  {starts}  {} {name}", cells(numbers), hour.site.0));
    }
    let sum = |figure: fn(&HourFigures) -> u32| -> u64 {
        hours.iter().map(|hour| u64::from(figure(hour))).sum()
    };
    let all = FIGURES.map(|(_, figure)| sum(figure).to_string());
    stdout::line(format_args!("{}  {}", cells(all), voice.say(&say::ReportAll)));
}

fn write_csv(path: &Path, hours: &[HourFigures]) -> Result<(), std::io::Error> {
    // No file that is there is lost, and nobody else reads this one.
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let mut file = csv::Writer::from_writer(file);
    file.write_record(COLUMNS)?;
    for hour in hours {
        let [booked, came, vaccinated, absent] =
            FIGURES.map(|(_, figure)| figure(hour).to_string());
        let (site, starts) = (hour.site.0.to_string(), hour.starts.to_string());
        let name = no_formula(&hour.name_zh);
        file.write_record([&site, &name, &starts, &booked, &came, &vaccinated, &absent])?;
    }
    file.flush()
}

/// A text that a spreadsheet does not take for a formula.
fn no_formula(text: &str) -> String {
    let looks_like_one = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if looks_like_one { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_a_formula_in_a_spreadsheet() {
        for (text, expected) in [
            ("健全衛生所", "健全衛生所"),
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("+886", "'+886"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("", ""),
        ] {
            assert_eq!(no_formula(text), expected);
        }
    }
}

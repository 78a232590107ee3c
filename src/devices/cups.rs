//! A queue of CUPS, driven by its own commands (lp(1), lpstat(1), cancel(1)), for any printer that
//! has a driver in Debian. A printed receipt must not stay in the spool, and one that could not be
//! printed must not come out later in front of another person.

use super::printer::{PrintFault, Printer};
use crate::receipt::bitmap::Bitmap;
use std::io::Write;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// A queue of CUPS. `server` is a socket or a host with its port; `None` if the scheduler is this
/// machine's own.
#[derive(Clone, Debug)]
pub struct CupsPrinter {
    pub queue: String,
    pub server: Option<String>,
}

/// How often it is looked whether a command has ended (every [`BETWEEN_GLANCES`]) before the
/// scheduler counts as offline.
const ANSWERS_WITHIN: u32 = 100;
const BETWEEN_GLANCES: Duration = Duration::from_millis(50);
/// How often the queue is asked (every [`BETWEEN_LOOKS`]) whether a receipt is out before the
/// printer counts as offline.
const LOOKS: u32 = 60;
const BETWEEN_LOOKS: Duration = Duration::from_millis(250);

impl CupsPrinter {
    fn command(&self, name: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(name);
        if let Some(server) = &self.server {
            command.args(["-h", server]);
        }
        // The output is parsed here, so it must not depend on the machine's language.
        command.args(arguments).env("LC_ALL", "C").stdin(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn told(&self, name: &str, arguments: &[&str]) -> Result<String, PrintFault> {
        let child = self
            .command(name, arguments)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|_| PrintFault::Offline)?;
        let output = ended(child)?;
        if !output.status.success() {
            return Err(PrintFault::Offline);
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Hands a picture to the scheduler and returns the job's name.
    fn send(&self, png: &[u8]) -> Result<String, PrintFault> {
        let mut command =
            self.command("lp", &["-d", &self.queue, "-o", "fit-to-page", "-t", "receipt", "-"]);
        let lp = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut lp = lp.map_err(|_| PrintFault::Offline)?;
        let (input, png) = (lp.stdin.take(), png.to_vec());
        // Written from a thread, because writing blocks while the pipe is full. If there is no such
        // queue, `lp` ends before it has read everything, and its exit status says so.
        std::thread::spawn(move || input.map(|mut input| input.write_all(&png)));
        let output = ended(lp)?;
        let said = String::from_utf8_lossy(&output.stdout);
        let job =
            said.strip_prefix("request id is ").and_then(|rest| rest.split_whitespace().next());
        job.filter(|_| output.status.success()).map(str::to_owned).ok_or(PrintFault::Offline)
    }

    fn wait_for(&self, job: &str) -> Result<(), PrintFault> {
        for _ in 0..LOOKS {
            if !has_job(&self.told("lpstat", &["-W", "not-completed", "-o", &self.queue])?, job) {
                return Ok(());
            }
            self.state()?;
            std::thread::sleep(BETWEEN_LOOKS);
        }
        Err(PrintFault::Offline)
    }

    fn state(&self) -> Result<(), PrintFault> {
        state(&self.told("lpstat", &["-l", "-p", &self.queue])?)
    }
}

impl Printer for CupsPrinter {
    fn print(&self, picture: &Bitmap) -> Result<(), PrintFault> {
        self.check()?;
        let job = self.send(&picture.to_png().map_err(|_| PrintFault::Offline)?)?;
        let printed = self.wait_for(&job);
        if printed.is_err() {
            // It must not come out later, so a scheduler that is busy is asked three times.
            let _ = (0..3).find(|_| self.told("cancel", &[&job]).is_ok());
        }
        printed
    }

    fn check(&self) -> Result<(), PrintFault> {
        self.state()?;
        let kept = self.told("lpstat", &["-W", "completed", "-o", &self.queue])?;
        if kept.trim().is_empty() { Ok(()) } else { Err(PrintFault::KeepsCopies) }
    }
}

/// Waits for a command and returns its output. A command that does not end in time is killed.
fn ended(mut child: Child) -> Result<Output, PrintFault> {
    for _ in 0..ANSWERS_WITHIN {
        match child.try_wait() {
            Ok(Some(_)) => return child.wait_with_output().map_err(|_| PrintFault::Offline),
            Ok(None) => std::thread::sleep(BETWEEN_GLANCES),
            Err(_) => break,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    Err(PrintFault::Offline)
}

fn has_job(listed: &str, job: &str) -> bool {
    listed.lines().any(|line| line.split_whitespace().next() == Some(job))
}

/// Reads the printer's state from the output of `lpstat -l -p`. The words after "Alerts:" are the
/// printer-state-reasons of RFC 8011, 5.4.12, and of PWG 5100.9.
fn state(listed: &str) -> Result<(), PrintFault> {
    let alerts =
        listed.lines().filter_map(|line| line.trim().strip_prefix("Alerts:")).collect::<String>();
    let has = |reasons: &[&str]| reasons.iter().any(|reason| alerts.contains(reason));
    if has(&["media-empty", "media-needed"]) {
        return Err(PrintFault::PaperOut);
    }
    if has(&["cover-open", "door-open"]) {
        return Err(PrintFault::CoverOpen);
    }
    let off = listed.lines().next().is_none_or(|line| line.contains(" disabled "));
    if off || has(&["offline", "paused", "shutdown", "media-jam"]) {
        Err(PrintFault::Offline)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const IDLE: &str =
        "printer receipts is idle.  enabled since Sat Nov 21 17:17:29 2026\n\tForm mounted:\n";

    #[rstest]
    #[case::ready(&format!("{IDLE}\tAlerts: none\n"), Ok(()))]
    #[case::nearly_out_of_paper(&format!("{IDLE}\tAlerts: media-low-warning\n"), Ok(()))]
    #[case::no_paper(&format!("{IDLE}\tAlerts: media-empty-error\n"), Err(PrintFault::PaperOut))]
    #[case::open(&format!("{IDLE}\tAlerts: cover-open-error\n"), Err(PrintFault::CoverOpen))]
    #[case::unplugged(&format!("{IDLE}\tAlerts: offline-report\n"), Err(PrintFault::Offline))]
    #[case::stopped(
        "printer receipts disabled since Sat Nov 21 17:17:29 2026 -\n\tPaused\n\tAlerts: paused\n",
        Err(PrintFault::Offline)
    )]
    #[case::not_there("", Err(PrintFault::Offline))]
    fn a_queue_tells_its_state(#[case] listed: &str, #[case] expected: Result<(), PrintFault>) {
        assert_eq!(state(listed), expected);
    }

    #[test]
    fn a_job_is_known_by_its_whole_name() {
        let listed = "receipts-12             nobody           17408   Sat Nov 21 17:18:56 2026\n";
        assert!(has_job(listed, "receipts-12") && !has_job(listed, "receipts-1"));
    }
}

//! The helper process as the kiosk has it: it is asked, and killed when it does not answer in time.

use super::ModuleOptions;
use super::protocol::{self, Answer, Request};
use std::io;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// Why a helper is of no more use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lost {
    /// It has ended, by itself or by a crash of the module.
    Ended,
    /// It does not answer.
    Hangs,
}

/// A helper that runs. It is killed when this is dropped.
pub struct Helper {
    /// `None` only while it is dropped.
    process: Option<Child>,
    requests: ChildStdin,
    answers: Receiver<Answer>,
}

impl Helper {
    /// Starts `program card-helper` with these options. Nothing secret is among its arguments, and
    /// what the module prints is thrown away: the kiosk's terminal is what people see.
    pub fn start(program: &Path, options: &ModuleOptions) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.arg("card-helper").arg("--module").arg(&options.module);
        if let Some(number) = options.slot_number {
            command.arg(format!("--slot-number={number}"));
        }
        command.args(options.slot_named.iter().map(|part| format!("--slot-named={part}")));
        command.args(options.token_label.iter().map(|label| format!("--token-label={label}")));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn()?;
        let (Some(requests), Some(mut from)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (tell, answers) = channel();
        // Reading has no deadline, waiting for a channel has one. This thread ends with the helper.
        let reading = std::thread::Builder::new().name("staff card answers".into());
        reading.spawn(move || {
            while let Ok(answer) = protocol::read(&mut from) {
                if tell.send(answer).is_err() {
                    break;
                }
            }
        })?;
        Ok(Self { process: Some(process), requests, answers })
    }

    /// Asks, and waits for the answer. After an error the helper is to be dropped: an answer that
    /// came later would be taken for that of the next request.
    pub fn ask(&mut self, request: &Request, within: Duration) -> Result<Answer, Lost> {
        protocol::write(&mut self.requests, request).map_err(|_| Lost::Ended)?;
        self.answers.recv_timeout(within).map_err(|error| match error {
            RecvTimeoutError::Timeout => Lost::Hangs,
            RecvTimeoutError::Disconnected => Lost::Ended,
        })
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        let Some(mut process) = self.process.take() else { return };
        // An error means that it has ended already.
        let _ = process.kill();
        // A process that is stuck in a driver ends only when that lets it go, and is waited for
        // elsewhere. Without another thread it stays a zombie until the kiosk ends.
        let waiting = std::thread::Builder::new().name("staff card helper".into());
        let _ = waiting.spawn(move || process.wait());
    }
}

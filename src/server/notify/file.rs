//! Messages into a file, a JSON document a line: for whoever collects them there, and to try a
//! service out. No network.

use super::{Gateway, SendError, Sending, TextMessage};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

/// The file.
#[derive(Debug)]
pub struct MessageFile {
    path: PathBuf,
}

#[derive(Serialize)]
struct Line<'a> {
    key: &'a str,
    to: &'a str,
    text: &'a str,
}

#[derive(Deserialize)]
struct Written {
    key: String,
}

impl MessageFile {
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Whether the file has this message already. The file is read only if the message may have
    /// been written by an attempt whose end is unknown.
    fn has(&self, key: &str) -> std::io::Result<bool> {
        let file = match File::open(&self.path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            file => file?,
        };
        for line in BufReader::new(file).lines() {
            // A line that a crash cut off does not parse and counts as no message.
            if serde_json::from_str::<Written>(&line?).is_ok_and(|written| written.key == key) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn write(&self, message: &TextMessage) -> std::io::Result<()> {
        if message.again && self.has(&message.key)? {
            return Ok(());
        }
        let line = Line { key: &message.key, to: message.to.expose(), text: &message.text };
        // Only its owner may read the file, because phone numbers are in it.
        let mut file =
            OpenOptions::new().create(true).append(true).read(true).mode(0o600).open(&self.path)?;
        let mut bytes = Vec::new();
        if !ends_with_newline(&mut file)? {
            // A crash or a full disk has cut off the last line, which stays a line of its own.
            bytes.push(b'\n');
        }
        serde_json::to_writer(&mut bytes, &line)?;
        bytes.push(b'\n');
        file.write_all(&bytes)?;
        file.sync_data()
    }
}

/// Whether the last line of the file is whole; an empty file has none that is not.
fn ends_with_newline(file: &mut File) -> std::io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

impl Gateway for MessageFile {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Sending<'a> {
        let written = self.write(message);
        Box::pin(std::future::ready(written.map_err(|error| {
            tracing::warn!(kind = %error.kind(), "the file of text messages cannot be written");
            SendError::Later
        })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::phone::MobileNumber;

    #[tokio::test]
    async fn a_message_that_stands_there_is_not_written_again() {
        let path = std::env::temp_dir().join(format!("vaxkiosk-messages-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let file = MessageFile::new(path.clone());
        let message = |key: &str, again| TextMessage {
            key: key.into(),
            to: MobileNumber::parse("0912345678").unwrap(),
            text: "text".into(),
            again,
        };
        file.send(&message("a", false)).await.unwrap();
        std::fs::OpenOptions::new()
            .append(true)
            .open(&path)
            .unwrap()
            .write_all(b"{\"key\":\"b\",\"to")
            .unwrap();
        file.send(&message("a", true)).await.unwrap();
        file.send(&message("b", true)).await.unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), 3, "{text}");
        std::fs::remove_file(&path).unwrap();
        let nowhere = MessageFile::new("/nowhere/at/all".into());
        assert_eq!(nowhere.send(&message("a", false)).await, Err(SendError::Later));
    }
}

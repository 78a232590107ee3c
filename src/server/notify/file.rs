//! Messages into a file, a JSON document a line: for whoever collects them there, and to try a
//! service out. No network.

use super::{Gateway, SendError, Sending, TextMessage};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
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

    /// Whether this message stands there already: looked for only when it is not known.
    fn has(&self, key: &str) -> std::io::Result<bool> {
        let file = match File::open(&self.path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            file => file?,
        };
        for line in BufReader::new(file).lines() {
            // A line that was cut off by a crash is no message.
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
        // In one piece, begun on a line of its own: what a crash cut off before stays alone.
        let mut bytes = serde_json::to_vec(&line)?;
        bytes.push(b'\n');
        // Only its owner may read it: there are numbers of people in it.
        let mut file =
            OpenOptions::new().create(true).append(true).read(true).mode(0o600).open(&self.path)?;
        file.write_all(&bytes)?;
        file.sync_data()
    }
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
            .write_all(b"{\"key\":\"b\",\"to\n")
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

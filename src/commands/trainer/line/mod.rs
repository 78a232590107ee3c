//! The line between a trainee's program and the trainer's console, as both of them use it: where it
//! leads, its TLS, how both prove that they know the code, and frames over it.

pub mod pairing;
pub mod tls;

use crate::classroom::wire::{WireError, framed, length, read};
use crate::commands::peer;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::str::FromStr;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};

/// Where the console is, or listens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Address {
    /// A host, or its number, with a port.
    Network(String),
    Socket(PathBuf),
}

/// A text that is no address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("write it as 192.168.1.5:8700 or unix:/path/to/socket")]
pub struct NoAddress;

impl FromStr for Address {
    type Err = NoAddress;

    fn from_str(text: &str) -> Result<Self, NoAddress> {
        if let Some(path) = text.strip_prefix("unix:") {
            return if path.is_empty() { Err(NoAddress) } else { Ok(Self::Socket(path.into())) };
        }
        let (host, port) = text.rsplit_once(':').ok_or(NoAddress)?;
        let is_one = !host.is_empty() && port.parse::<u16>().is_ok();
        is_one.then(|| Self::Network(text.to_owned())).ok_or(NoAddress)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Network(host) => f.write_str(host),
            Address::Socket(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

/// What bytes go through.
pub trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

/// Why a line is of no use any more.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    #[error(transparent)]
    Broken(#[from] io::Error),
    #[error(transparent)]
    Frame(#[from] WireError),
    /// Nothing came, or nothing was taken, for too long.
    #[error("the other side does not answer")]
    Silent(#[from] tokio::time::error::Elapsed),
}

/// Connects to the console.
pub async fn connect(address: &Address) -> io::Result<Box<dyn Wire>> {
    Ok(match address {
        Address::Network(host) => {
            let stream = TcpStream::connect(host).await?;
            // A key's change is to be seen at once, and not with the next one.
            stream.set_nodelay(true)?;
            Box::new(stream)
        }
        Address::Socket(path) => Box::new(UnixStream::connect(path).await?),
    })
}

/// Where the console takes connections.
pub enum Listener {
    Network(TcpListener),
    Socket(UnixListener, PathBuf),
}

impl Listener {
    /// A socket that nobody listens on any more is replaced. Only its owner may connect to it.
    pub async fn bind(address: &Address) -> io::Result<Self> {
        use std::os::unix::fs::PermissionsExt;
        match address {
            Address::Network(host) => Ok(Self::Network(TcpListener::bind(host).await?)),
            Address::Socket(path) => {
                if UnixStream::connect(path).await.is_err() && is_socket(path) {
                    std::fs::remove_file(path)?;
                }
                let listener = UnixListener::bind(path)?;
                std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
                Ok(Self::Socket(listener, path.clone()))
            }
        }
    }

    /// The next connection, and by which address its wrong codes are counted: none of a socket,
    /// which nobody but its owner comes to.
    pub async fn accept(&self) -> io::Result<(Box<dyn Wire>, Option<String>)> {
        match self {
            Self::Network(listener) => {
                let (stream, from) = listener.accept().await?;
                stream.set_nodelay(true)?;
                Ok((Box::new(stream), Some(peer::machine(from.ip()).to_string())))
            }
            Self::Socket(listener, _) => {
                let (stream, _) = listener.accept().await?;
                Ok((Box::new(stream), None))
            }
        }
    }

    /// The port that was bound; `None` of a socket.
    pub fn port(&self) -> Option<u16> {
        match self {
            Self::Network(listener) => listener.local_addr().ok().map(|address| address.port()),
            Self::Socket(..) => None,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Self::Socket(_, path) = self {
            let _ = std::fs::remove_file(path);
        }
    }
}

fn is_socket(path: &std::path::Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    std::fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_socket())
}

/// Sends a frame.
pub async fn send(
    to: &mut (impl AsyncWrite + Unpin),
    what: &impl Serialize,
) -> Result<(), LineError> {
    to.write_all(&framed(what)?).await?;
    Ok(to.flush().await?)
}

/// Receives a frame of at most so many bytes. Not to be given up halfway: the rest of the frame
/// would be taken for the next one.
pub async fn receive<T: DeserializeOwned>(
    from: &mut (impl AsyncRead + Unpin),
    most: usize,
) -> Result<T, LineError> {
    let mut header = [0; 4];
    from.read_exact(&mut header).await?;
    let mut frame = vec![0; length(header, most)?];
    from.read_exact(&mut frame).await?;
    Ok(read(&frame)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("192.168.1.5:8700", true)]
    #[case("trainer.example:8700", true)]
    #[case("[::1]:8700", true)]
    #[case("unix:/run/room", true)]
    #[case("unix:", false)]
    #[case("192.168.1.5", false)]
    #[case(":8700", false)]
    #[case("host:port", false)]
    #[case("", false)]
    fn addresses(#[case] text: &str, #[case] expected: bool) {
        let address = text.parse::<Address>();
        assert_eq!(address.is_ok(), expected);
        assert!(address.is_err() || address.unwrap().to_string() == text);
    }
}

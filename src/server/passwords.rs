//! Checks passwords against their hashes. Argon2 takes a core and much memory on purpose, so that
//! there are as many threads for it as cores, and whoever comes beyond that waits for a turn.

use crate::config::password_hash::is_usable;
use crate::domain::personal::Personal;
use argon2::password_hash::phc::{Output, PasswordHash};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// How long a check waits for its answer.
const WAITS_AT_MOST: Duration = Duration::from_secs(10);
/// How many checks may wait for a turn.
const WAITING_AT_MOST: usize = 1024;

struct Check {
    hash: String,
    password: Personal,
    answer: oneshot::Sender<bool>,
}

/// Too many checks wait already, or the answer took longer than ten seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Busy;

/// The handle to the threads, which end when the last handle is dropped.
#[derive(Clone, Debug)]
pub struct Passwords {
    checks: mpsc::Sender<Check>,
}

impl Passwords {
    /// Starts a thread for each core.
    ///
    /// # Errors
    /// If the machine has no thread to spare.
    pub fn start() -> std::io::Result<Self> {
        let (checks, waiting) = mpsc::channel(WAITING_AT_MOST);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..std::thread::available_parallelism().map_or(1, NonZeroUsize::get) {
            let waiting = Arc::clone(&waiting);
            let thread = std::thread::Builder::new().name("password".into());
            thread.spawn(move || {
                let mut memory = Vec::new();
                while let Some(check) = next(&waiting) {
                    // Whoever is gone needs no answer.
                    if !check.answer.is_closed() {
                        let right = verify(&check.hash, &check.password, &mut memory);
                        let _ = check.answer.send(right.unwrap_or(false));
                    }
                }
            })?;
        }
        Ok(Self { checks })
    }

    /// Whether this password has this hash, an Argon2id PHC string. One that is beyond the bounds
    /// of [`is_usable`] is nobody's: a roster that an earlier version imported may have some.
    ///
    /// # Errors
    /// [`Busy`] if it would wait too long.
    pub async fn is_right(&self, hash: String, password: Personal) -> Result<bool, Busy> {
        let (answer, answered) = oneshot::channel();
        self.checks.try_send(Check { hash, password, answer }).map_err(|_| Busy)?;
        tokio::time::timeout(WAITS_AT_MOST, answered).await.map_err(|_| Busy)?.map_err(|_| Busy)
    }
}

/// The next check; one thread waits for it, and the others wait for their turn to wait.
fn next(waiting: &Mutex<mpsc::Receiver<Check>>) -> Option<Check> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv()
}

/// Whether they belong together. `memory` grows to what the hash asks for and is kept for the next
/// check: memory that is freed after each would stay with the process in pieces.
fn verify(hash: &str, password: &Personal, memory: &mut Vec<Block>) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok().filter(|_| is_usable(hash))?;
    let (salt, expected) = (hash.salt.as_ref()?, hash.hash.as_ref()?);
    let params = Params::try_from(&hash).ok()?;
    let version = hash.version.map_or(Ok(Version::default()), Version::try_from).ok()?;
    let needed = params.block_count();
    memory.resize(needed.max(memory.len()), Block::default());
    let mut output = vec![0; expected.len()];
    Argon2::new(Algorithm::Argon2id, version, params)
        .hash_password_into_with_memory(
            password.expose().as_bytes(),
            salt.as_ref(),
            &mut output,
            &mut memory[..needed],
        )
        .ok()?;
    // `Output` compares in a time that does not depend on what differs.
    Some(Output::new(&output).is_ok_and(|output| output == *expected))
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::PasswordHasher;

    #[test]
    fn a_password_is_checked_as_the_library_does_it() {
        let mut memory = Vec::new();
        for (m, t, p) in [(64, 1, 1), (1024, 2, 2), (64, 3, 1)] {
            let params = Params::new(m, t, p, None).unwrap();
            let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            let hash = argon2.hash_password_with_salt(b"abc123", b"salt of a test").unwrap();
            let hash = hash.to_string();
            let is =
                |password: &str, memory: &mut _| verify(&hash, &Personal::new(password), memory);
            assert_eq!(is("abc123", &mut memory), Some(true), "{hash}");
            assert_eq!(is("abc124", &mut memory), Some(false));
            assert_eq!(is("", &mut memory), Some(false));
        }
        assert_eq!(memory.len(), 1024, "as much as the largest took");
        assert_eq!(verify("$argon2id$garbage", &Personal::new("abc123"), &mut memory), None);
    }
}

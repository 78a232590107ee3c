//! How a trainee's program and the console come together: TLS, then the trainee proves that they
//! know the code, then the console does, and only then anything is said. The trainee proves first,
//! so that whoever merely connects to the console learns nothing to try codes on.

use super::tls::{self, TlsFailed};
use super::{LineError, Wire, receive, send};
use crate::classroom::code::{Code, ProofKey, Side};
use crate::classroom::tries::Tries;
use crate::classroom::wire::{FromTrainee, FromTrainer, Hello, LONGEST_UNPROVEN, Refused, VERSION};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ServerConfig};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::timeout;
use tokio_rustls::{TlsAcceptor, TlsConnector, client, server};

/// All of it takes at most this.
pub const WITHIN: Duration = Duration::from_secs(10);

/// Why two sides did not come together.
#[derive(Debug, thiserror::Error)]
pub enum PairError {
    #[error(transparent)]
    Line(#[from] LineError),
    #[error(transparent)]
    Tls(#[from] TlsFailed),
    #[error("there is no memory for the proof: {0}")]
    Memory(#[from] argon2::Error),
    /// The console does not let this trainee in.
    #[error("{0:?}")]
    Refused(Refused),
    /// What was reached could not prove that it knows the code.
    #[error("it does not know the code")]
    NotTrainer,
    /// It said something else than what comes now.
    #[error("it does not speak as it should")]
    Order,
}

impl From<std::io::Error> for PairError {
    fn from(error: std::io::Error) -> Self {
        LineError::from(error).into()
    }
}

impl From<rustls::Error> for PairError {
    fn from(error: rustls::Error) -> Self {
        TlsFailed::from(error).into()
    }
}

impl From<tokio::time::error::Elapsed> for PairError {
    fn from(error: tokio::time::error::Elapsed) -> Self {
        LineError::from(error).into()
    }
}

/// The console's side.
pub struct Gate {
    tls: Arc<ServerConfig>,
    key: ProofKey,
    tries: Mutex<Tries>,
    uptime: fn() -> Duration,
}

/// A trainee who was let in.
pub struct Admitted {
    pub stream: server::TlsStream<Box<dyn Wire>>,
    pub hello: Hello,
    pub sign: String,
}

impl Gate {
    pub fn new(code: &Code, uptime: fn() -> Duration) -> Result<Self, PairError> {
        let (tls, certificate) = tls::console()?;
        let key = code.key(&certificate)?;
        Ok(Self { tls, key, tries: Mutex::default(), uptime })
    }

    /// Lets a trainee in, or tells why not. `address` is what its wrong codes are counted by,
    /// if they are counted at all.
    pub async fn admit(
        &self,
        wire: Box<dyn Wire>,
        address: Option<&str>,
    ) -> Result<Admitted, PairError> {
        timeout(WITHIN, self.pair(wire, address)).await?
    }

    async fn pair(
        &self,
        wire: Box<dyn Wire>,
        address: Option<&str>,
    ) -> Result<Admitted, PairError> {
        let mut stream = TlsAcceptor::from(Arc::clone(&self.tls)).accept(wire).await?;
        let binding = tls::binding(stream.get_ref().1)?;
        let first = receive(&mut stream, LONGEST_UNPROVEN).await?;
        let FromTrainee::Prove { version, proof } = first else { return Err(PairError::Order) };
        if let Err(refused) = self.check(version, &proof, &binding, address) {
            send(&mut stream, &FromTrainer::Refused(refused)).await?;
            return Err(PairError::Refused(refused));
        }
        let proof = hex::encode(self.key.proof(Side::Trainer, &binding));
        send(&mut stream, &FromTrainer::Proven { proof }).await?;
        let second: FromTrainee = receive(&mut stream, LONGEST_UNPROVEN).await?;
        let FromTrainee::Hello(hello) = second.cut_to_size() else { return Err(PairError::Order) };
        Ok(Admitted { stream, hello, sign: self.key.sign(&binding) })
    }

    /// Whoever has to wait is not even looked at: their next try would count as free otherwise.
    fn check(
        &self,
        version: u32,
        proof: &str,
        binding: &[u8; 32],
        address: Option<&str>,
    ) -> Result<(), Refused> {
        let now = (self.uptime)();
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = address.map(|address| tries.wait(address, now)).unwrap_or_default();
        if !wait.is_zero() {
            let seconds = wait.as_millis().div_ceil(1000) as u32;
            return Err(Refused::Wait { seconds });
        }
        if version != VERSION {
            return Err(Refused::OtherVersion);
        }
        let proof = hex::decode(proof).unwrap_or_default();
        if !self.key.is_right(Side::Trainee, binding, &proof) {
            if let Some(address) = address {
                tries.wrong(address, now);
            }
            return Err(Refused::WrongCode);
        }
        if let Some(address) = address {
            tries.right(address);
        }
        Ok(())
    }
}

/// The console, as a trainee's program has reached it.
pub struct Paired {
    pub stream: client::TlsStream<Box<dyn Wire>>,
    pub sign: String,
}

/// The trainee's side: proves that it knows the code, has the console prove it, and says hello.
pub async fn join(
    wire: Box<dyn Wire>,
    tls: Arc<ClientConfig>,
    code: &Code,
    hello: Hello,
) -> Result<Paired, PairError> {
    timeout(WITHIN, pair(wire, tls, code, hello)).await?
}

async fn pair(
    wire: Box<dyn Wire>,
    tls: Arc<ClientConfig>,
    code: &Code,
    hello: Hello,
) -> Result<Paired, PairError> {
    let name = ServerName::try_from(tls::NAME).map_err(|_| PairError::Order)?;
    let mut stream = TlsConnector::from(tls).connect(name, wire).await?;
    let (binding, certificate) = {
        let connection = stream.get_ref().1;
        let certificate = connection.peer_certificates().and_then(<[_]>::first);
        (tls::binding(connection)?, tls::fingerprint(certificate.ok_or(PairError::Order)?))
    };
    let key = code.key(&certificate)?;
    let proof = hex::encode(key.proof(Side::Trainee, &binding));
    send(&mut stream, &FromTrainee::Prove { version: VERSION, proof }).await?;
    match receive(&mut stream, LONGEST_UNPROVEN).await? {
        FromTrainer::Proven { proof } => {
            let proof = hex::decode(proof).unwrap_or_default();
            if !key.is_right(Side::Trainer, &binding, &proof) {
                return Err(PairError::NotTrainer);
            }
        }
        FromTrainer::Refused(refused) => return Err(PairError::Refused(refused)),
        FromTrainer::Welcome { .. } | FromTrainer::Order(_) | FromTrainer::StillHere => {
            return Err(PairError::Order);
        }
    }
    send(&mut stream, &FromTrainee::Hello(hello)).await?;
    Ok(Paired { stream, sign: key.sign(&binding) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::wire::FromTrainee;
    use tokio::io::{DuplexStream, duplex};

    const CODE: [u8; 8] = [7; 8];

    fn gate() -> Arc<Gate> {
        Arc::new(Gate::new(&Code::new(CODE), || Duration::ZERO).unwrap())
    }

    fn run<T>(work: impl Future<Output = T>) -> T {
        let network = tokio::runtime::Builder::new_current_thread().enable_all().build();
        network.unwrap().block_on(work)
    }

    fn wires() -> (DuplexStream, DuplexStream) {
        duplex(64 * 1024)
    }

    async fn joins(code: [u8; 8], wire: DuplexStream) -> Result<Paired, PairError> {
        let hello = Hello { name: "陳小姐".to_owned(), ..Hello::default() };
        join(Box::new(wire), tls::trainee().unwrap(), &Code::new(code), hello).await
    }

    #[test]
    fn both_see_the_same_sign_and_another_connection_has_another() {
        let gate = gate();
        let signs = [0; 2].map(|_| {
            run(async {
                let (here, there) = wires();
                let (admitted, paired) =
                    tokio::join!(gate.admit(Box::new(here), Some("a")), joins(CODE, there));
                let (admitted, paired) = (admitted.unwrap(), paired.unwrap());
                assert_eq!(admitted.hello.name, "陳小姐");
                assert_eq!(admitted.sign, paired.sign);
                paired.sign
            })
        });
        assert_ne!(signs[0], signs[1]);
    }

    #[test]
    fn after_three_wrong_codes_even_the_right_one_waits() {
        let gate = gate();
        let try_with = |code| {
            run(async {
                let (here, there) = wires();
                let (admitted, paired) =
                    tokio::join!(gate.admit(Box::new(here), Some("a")), joins(code, there));
                assert_eq!(admitted.is_ok(), paired.is_ok());
                paired.map(|_| ())
            })
        };
        for _ in 0..3 {
            let refused = try_with([8; 8]);
            assert!(matches!(refused, Err(PairError::Refused(Refused::WrongCode))), "{refused:?}");
        }
        let refused = try_with(CODE);
        let waits = matches!(refused, Err(PairError::Refused(Refused::Wait { seconds: 15 })));
        assert!(waits, "{refused:?}");
    }

    #[test]
    fn on_a_socket_of_this_machine_wrong_codes_are_not_counted() {
        let gate = gate();
        for code in [[8; 8], [8; 8], [8; 8], [8; 8], CODE] {
            run(async {
                let (here, there) = wires();
                let (admitted, _) =
                    tokio::join!(gate.admit(Box::new(here), None), joins(code, there));
                assert_eq!(admitted.is_ok(), code == CODE);
            });
        }
    }

    /// Somebody in the middle speaks TLS with both sides, and passes on what each says.
    #[test]
    fn a_man_in_the_middle_who_passes_proofs_on_is_let_in_by_nobody() {
        let gate = gate();
        run(async {
            let (to_console, console) = wires();
            let (to_trainee, trainee) = wires();
            let middle = async {
                let (config, _) = tls::console().unwrap();
                let acceptor = TlsAcceptor::from(config);
                let mut with_trainee = acceptor.accept(to_trainee).await.unwrap();
                let name = ServerName::try_from(tls::NAME).unwrap();
                let connector = TlsConnector::from(tls::trainee().unwrap());
                let mut with_console = connector.connect(name, to_console).await.unwrap();
                let proof: FromTrainee =
                    receive(&mut with_trainee, LONGEST_UNPROVEN).await.unwrap();
                send(&mut with_console, &proof).await.unwrap();
                let answer: FromTrainer =
                    receive(&mut with_console, LONGEST_UNPROVEN).await.unwrap();
                assert_eq!(answer, FromTrainer::Refused(Refused::WrongCode));
                // The trainee's own proof is no proof of the console's either.
                let FromTrainee::Prove { proof, .. } = proof else { panic!("{proof:?}") };
                send(&mut with_trainee, &FromTrainer::Proven { proof }).await.unwrap();
                let more = receive::<FromTrainee>(&mut with_trainee, LONGEST_UNPROVEN).await;
                assert!(more.is_err(), "{more:?}");
            };
            let (admitted, paired, ()) = tokio::join!(
                gate.admit(Box::new(console), Some("a")),
                joins(CODE, trainee),
                middle
            );
            assert!(matches!(admitted, Err(PairError::Refused(Refused::WrongCode))));
            assert!(matches!(paired, Err(PairError::NotTrainer)));
        });
    }

    #[test]
    fn whoever_says_something_else_or_too_much_is_hung_up_on() {
        let gate = gate();
        let hello = FromTrainee::Hello(Hello::default());
        let endless = FromTrainee::Prove { version: VERSION, proof: "0".repeat(LONGEST_UNPROVEN) };
        let other = FromTrainee::Prove { version: VERSION + 1, proof: String::new() };
        for (what, is_refused) in [(hello, false), (endless, false), (other, true)] {
            run(async {
                let (here, there) = wires();
                let says = async {
                    let name = ServerName::try_from(tls::NAME).unwrap();
                    let connector = TlsConnector::from(tls::trainee().unwrap());
                    let mut stream = connector.connect(name, there).await.unwrap();
                    send(&mut stream, &what).await.unwrap();
                    receive::<FromTrainer>(&mut stream, LONGEST_UNPROVEN).await.ok()
                };
                let (admitted, answer) = tokio::join!(gate.admit(Box::new(here), Some("a")), says);
                assert!(admitted.is_err());
                let expected = FromTrainer::Refused(Refused::OtherVersion);
                assert_eq!(answer, is_refused.then_some(expected));
            });
        }
    }
}

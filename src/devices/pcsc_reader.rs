//! Real card readers, by PC/SC. One thread waits for readers and cards that come and go, sends the
//! events, and recovers by itself when readers or the PC/SC daemon go away. What a card's bytes
//! mean is in `nhi_card`.

use super::card_reader::{CardFault, CardReader, ReaderEvent, ReaderInfo};
use super::nhi_card::{GET_DATA, LENGTH, SELECT_NHI, parse};
use crate::domain::card::Card;
use pcsc::{
    Attribute, Context, Disposition, Error, PNP_NOTIFICATION, Protocols, ReaderState, Scope,
    ShareMode, State, Transaction,
};
use std::collections::BTreeMap;
use std::ffi::{CStr, CString};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long the thread waits before it looks again for a daemon that is not running.
const DAEMON_AGAIN: Duration = Duration::from_millis(500);

/// Which of the machine's readers are watched, by parts of their names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Choice {
    /// Only readers whose name has this; all if it is `None`.
    pub only: Option<String>,
    /// No reader whose name has this.
    pub not: Option<String>,
}

impl Choice {
    fn takes(&self, reader: &CStr) -> bool {
        let name = reader.to_string_lossy();
        self.only.as_ref().is_none_or(|part| name.contains(part.as_str()))
            && self.not.as_ref().is_none_or(|part| !name.contains(part.as_str()))
    }
}

/// What is known about the readers, shared by the thread and by those who read a card.
#[derive(Default)]
struct Seen {
    /// Whether a card is in each reader, by the reader's name.
    readers: BTreeMap<CString, bool>,
    /// The reader that has the card of the last `CardIn`.
    card: Option<CString>,
    /// The context in which the thread waits. At the end it is cancelled, which ends the wait.
    context: Option<Context>,
}

#[derive(Default)]
struct Shared {
    choice: Choice,
    seen: Mutex<Seen>,
    ended: AtomicBool,
}

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Readers of this machine as one.
pub struct PcscReader {
    shared: Arc<Shared>,
    waiting: Option<JoinHandle<()>>,
}

impl PcscReader {
    /// Starts the thread that waits. It calls `events`, and ends when the reader is dropped.
    ///
    /// # Errors
    /// If the machine cannot start another thread.
    pub fn start(events: impl Fn(ReaderEvent) + Send + 'static) -> std::io::Result<Self> {
        Self::start_with(Choice::default(), events)
    }

    /// The same with some of the machine's readers; the others belong to somebody else.
    ///
    /// # Errors
    /// If the machine cannot start another thread.
    pub fn start_with(
        choice: Choice,
        events: impl Fn(ReaderEvent) + Send + 'static,
    ) -> std::io::Result<Self> {
        let shared = Arc::new(Shared { choice, ..Shared::default() });
        let waits = Arc::clone(&shared);
        let waiting = std::thread::Builder::new()
            .name("card readers".into())
            .spawn(move || wait(&waits, &events))?;
        Ok(Self { shared, waiting: Some(waiting) })
    }
}

impl Drop for PcscReader {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        let Some(waiting) = self.waiting.take() else { return };
        // A cancel that comes just before the thread begins to wait has no effect, so it is
        // repeated until the thread has ended.
        while !waiting.is_finished() {
            if let Some(context) = self.shared.seen().context.clone() {
                let _ = context.cancel();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = waiting.join();
    }
}

/// The thread: connects to the daemon and watches it until it goes away, then tells that the reader
/// is lost and tries again, until the kiosk ends.
fn wait(shared: &Shared, events: &dyn Fn(ReaderEvent)) {
    let mut told_lost = false;
    while !shared.ended.load(Ordering::SeqCst) {
        if let Ok(context) = Context::establish(Scope::User) {
            shared.seen().context = Some(context.clone());
            // Whatever the error was, it connects to the daemon anew.
            let _ = watch(shared, &context, events, &mut told_lost);
        }
        let gone = std::mem::take(&mut *shared.seen());
        if !gone.readers.is_empty() || !told_lost {
            told_lost = true;
            events(ReaderEvent::ReaderLost);
        }
        if !shared.ended.load(Ordering::SeqCst) {
            std::thread::sleep(DAEMON_AGAIN);
        }
    }
}

/// Waits for changes and sends their events, until the daemon goes away. `told_lost` says whether
/// the last event about readers was that they are lost, so that it is sent once.
fn watch(
    shared: &Shared,
    context: &Context,
    events: &dyn Fn(ReaderEvent),
    told_lost: &mut bool,
) -> Result<(), Error> {
    let mut states = vec![ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE)];
    let mut names = Vec::new();
    while !shared.ended.load(Ordering::SeqCst) {
        let listed: Vec<CString> = match context.list_readers(names_buffer(context, &mut names)?) {
            Ok(listed) => {
                listed.filter(|name| shared.choice.takes(name)).map(CStr::to_owned).collect()
            }
            Err(Error::NoReadersAvailable) => Vec::new(),
            Err(error) => return Err(error),
        };
        states.retain(|state| {
            state.name() == PNP_NOTIFICATION()
                || listed.iter().any(|name| name.as_c_str() == state.name())
        });
        for name in &listed {
            if !states.iter().any(|state| state.name() == name.as_c_str()) {
                states.push(ReaderState::new(name.clone(), State::UNAWARE));
            }
        }
        forget(shared, &listed, events, told_lost);
        match context.get_status_change(None, &mut states) {
            Ok(()) => {}
            Err(Error::UnknownReader | Error::Timeout) => continue,
            Err(error) => return Err(error),
        }
        for state in &mut states {
            let now = state.event_state();
            if state.name() != PNP_NOTIFICATION() && now.contains(State::CHANGED) {
                changed(shared, state.name(), now, events, told_lost);
            }
            state.sync_current_state();
        }
    }
    Ok(())
}

fn names_buffer<'a>(context: &Context, buffer: &'a mut Vec<u8>) -> Result<&'a mut [u8], Error> {
    let needed = match context.list_readers_len() {
        Ok(length) => length,
        Err(Error::NoReadersAvailable) => 1,
        Err(error) => return Err(error),
    };
    // With room for a reader that is plugged in between the two calls.
    buffer.resize(needed + 256, 0);
    Ok(buffer)
}

/// Forgets readers that were unplugged. A card in one of them counts as pulled, and if it was the
/// last reader, the reader is lost.
fn forget(shared: &Shared, listed: &[CString], events: &dyn Fn(ReaderEvent), told_lost: &mut bool) {
    let (mut out, mut lost) = (false, false);
    {
        let mut seen = shared.seen();
        let had = !seen.readers.is_empty();
        seen.readers.retain(|name, _| listed.contains(name));
        if seen.card.as_ref().is_some_and(|card| !listed.contains(card)) {
            seen.card = None;
            out = true;
        }
        if listed.is_empty() && (had || !*told_lost) {
            *told_lost = true;
            lost = true;
        }
    }
    if out && !lost {
        events(ReaderEvent::CardOut);
    }
    if lost {
        events(ReaderEvent::ReaderLost);
    }
}

/// Takes in the new state of one reader: it was plugged in, or a card was put in or pulled.
fn changed(
    shared: &Shared,
    name: &CStr,
    now: State,
    events: &dyn Fn(ReaderEvent),
    told_lost: &mut bool,
) {
    if now.intersects(State::UNKNOWN | State::UNAVAILABLE | State::IGNORE) {
        return;
    }
    let present = now.contains(State::PRESENT);
    let mut told = Vec::new();
    {
        let mut seen = shared.seen();
        let first = seen.readers.is_empty();
        let had = seen.readers.insert(name.to_owned(), present).unwrap_or(false);
        if first && *told_lost {
            *told_lost = false;
            told.push(ReaderEvent::ReaderFound);
        }
        let is_the_cards = seen.card.as_deref() == Some(name);
        if present && !had {
            seen.card = Some(name.to_owned());
            told.push(ReaderEvent::CardIn);
        } else if !present && is_the_cards {
            seen.card = None;
            told.push(ReaderEvent::CardOut);
        }
    }
    told.into_iter().for_each(events);
}

impl CardReader for PcscReader {
    fn read(&self) -> Result<Card, CardFault> {
        let name = self.shared.seen().card.clone().ok_or(CardFault::PulledTooSoon)?;
        let context = Context::establish(Scope::User).map_err(fault)?;
        let mut card = context.connect(&name, ShareMode::Shared, Protocols::ANY).map_err(fault)?;
        let read = read_basic_data(&mut card);
        // Leaves the card as it is. To reset a card that was pulled meanwhile makes pcscd 1.9.9
        // forget it before its own thread has seen it go (`SCardDisconnect` in its winscard.c), and
        // a card that is put in within the next 400 ms is then not noticed. The daemon itself takes
        // the power from a card that nobody uses, which resets it.
        let _ = card.disconnect(Disposition::LeaveCard);
        read
    }

    fn info(&self) -> Option<ReaderInfo> {
        let name = {
            let seen = self.shared.seen();
            seen.card.clone().or_else(|| seen.readers.keys().next().cloned())?
        };
        Some(ReaderInfo {
            name: name.to_string_lossy().into_owned(),
            version: driver_version(&name).unwrap_or_default(),
        })
    }
}

/// Selects the NHI applet and reads the card's basic data, with nobody between the two commands.
fn read_basic_data(card: &mut pcsc::Card) -> Result<Card, CardFault> {
    let transaction = card.transaction().map_err(fault)?;
    // Some cards answer SELECT with an error and can be read all the same, so only a card that is
    // gone ends here.
    if let Err(CardFault::PulledTooSoon) = exchange(&transaction, &SELECT_NHI) {
        return Err(CardFault::PulledTooSoon);
    }
    let answer = exchange(&transaction, &GET_DATA)?;
    let (data, status) =
        answer.split_at_checked(answer.len().saturating_sub(2)).ok_or(CardFault::Unreadable)?;
    match status {
        [0x90, 0x00] if data.len() == LENGTH => parse(data),
        // An answer of another length comes from another kind of card.
        [0x90, 0x00] | [0x6A | 0x6D | 0x6E | 0x69 | 0x67, _] => Err(CardFault::NotAnNhiCard),
        _ => Err(CardFault::Unreadable),
    }
}

/// The version of the reader's driver, as `1.2.3`; `None` if it does not tell, as some do without a
/// card or while the reader is in use.
fn driver_version(name: &CStr) -> Option<String> {
    let context = Context::establish(Scope::User).ok()?;
    let card = context.connect(name, ShareMode::Direct, Protocols::UNDEFINED).ok()?;
    let bytes = card.get_attribute_owned(Attribute::VendorIfdVersion);
    // Leaves the card as it is: after a reset, a read that goes on meanwhile would fail as if the
    // card had been pulled.
    let _ = card.disconnect(Disposition::LeaveCard);
    let bytes = bytes.ok()?;
    let number = u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?);
    Some(format!("{}.{}.{}", number >> 24, number >> 16 & 0xFF, number & 0xFFFF))
}

/// `GET RESPONSE`, to which the length is added as the last byte.
const GET_RESPONSE: [u8; 4] = [0x00, 0xC0, 0x00, 0x00];

/// Sends a command and fetches its whole answer with the status word at its end. The status 61 XX
/// asks for `GET RESPONSE`, and 6C XX for the same command with the right length (ISO 7816-4, 5.6).
fn exchange(
    transaction: &Transaction<'_>,
    command: &[u8],
) -> Result<Zeroizing<Vec<u8>>, CardFault> {
    let mut whole = Zeroizing::new(Vec::new());
    let mut last = command.to_vec();
    // Limited, because a card that asks each time to fetch more would never come to an end.
    for _ in 0..5 {
        let answer = transmit(transaction, &last)?;
        let Some((data, status)) = answer.split_last_chunk::<2>() else {
            return Err(CardFault::PulledTooSoon);
        };
        match *status {
            [0x61, length] => {
                whole.extend_from_slice(data);
                last = [GET_RESPONSE.as_slice(), &[length]].concat();
            }
            [0x6C, length] => {
                // The right length replaces the one that GET RESPONSE has, and is added to the
                // other commands, which have none.
                last.truncate(if last.starts_with(&GET_RESPONSE) {
                    GET_RESPONSE.len()
                } else {
                    command.len()
                });
                last.push(length);
            }
            _ => {
                whole.extend_from_slice(&answer);
                return Ok(whole);
            }
        }
    }
    Err(CardFault::Unreadable)
}

fn transmit(
    transaction: &Transaction<'_>,
    command: &[u8],
) -> Result<Zeroizing<Vec<u8>>, CardFault> {
    let mut buffer = Zeroizing::new([0; pcsc::MAX_BUFFER_SIZE]);
    let answer = transaction.transmit(command, &mut *buffer).map_err(fault)?;
    // When a card is pulled meanwhile, the answer can be empty without an error.
    if answer.len() < 2 {
        Err(CardFault::PulledTooSoon)
    } else {
        Ok(Zeroizing::new(answer.to_vec()))
    }
}

fn fault(error: Error) -> CardFault {
    match error {
        // `NoSmartcard` and `UnresponsiveCard` are not in this list: they come from a card that is
        // in and does not answer, because it is upside down or dirty.
        Error::RemovedCard
        | Error::ResetCard
        | Error::UnknownReader
        | Error::ReaderUnavailable
        | Error::NotTransacted
        | Error::NoService
        | Error::ServiceStopped => CardFault::PulledTooSoon,
        _ => CardFault::Unreadable,
    }
}

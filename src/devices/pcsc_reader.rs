//! Real card readers, by PC/SC: one thread waits for whatever is plugged in or put in, and recovers
//! by itself from all that can go away, the daemon among it. What a card's bytes mean is in
//! `nhi_card`.

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

/// How long it waits before it looks again for a daemon that is not there.
const DAEMON_AGAIN: Duration = Duration::from_millis(500);

/// What is known of the readers.
#[derive(Default)]
struct Seen {
    /// By name: whether a card is in.
    readers: BTreeMap<CString, bool>,
    /// Where the card is that was told last.
    card: Option<CString>,
    /// To be cancelled at the end.
    context: Option<Context>,
}

#[derive(Default)]
struct Shared {
    seen: Mutex<Seen>,
    ended: AtomicBool,
}

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All readers of this machine as one.
pub struct PcscReader {
    shared: Arc<Shared>,
    waiting: Option<JoinHandle<()>>,
}

impl PcscReader {
    /// Begins to wait. `events` is called from a thread of its own.
    ///
    /// # Errors
    /// When the machine has no thread to spare.
    pub fn start(events: impl Fn(ReaderEvent) + Send + 'static) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
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
        // Cancelled just before it begins to wait, it would wait for ever: so it is cancelled until
        // it is over.
        while !waiting.is_finished() {
            if let Some(context) = self.shared.seen().context.clone() {
                let _ = context.cancel();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = waiting.join();
    }
}

/// For as long as the kiosk runs: with a daemon, until it goes away; without one, until there is
/// one.
fn wait(shared: &Shared, events: &dyn Fn(ReaderEvent)) {
    let mut told_lost = false;
    while !shared.ended.load(Ordering::SeqCst) {
        if let Ok(context) = Context::establish(Scope::User) {
            shared.seen().context = Some(context.clone());
            // Whatever ends it, the daemon is asked anew.
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

/// Tells what changes, until the daemon goes away.
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
            Ok(listed) => listed.map(CStr::to_owned).collect(),
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
    // One that is plugged in meanwhile finds room too.
    buffer.resize(needed + 256, 0);
    Ok(buffer)
}

/// Readers that were unplugged.
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

/// A reader was plugged in, or a card put in or pulled.
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
        let transaction = card.transaction().map_err(fault)?;
        // Some cards do not know it, and are read all the same; only one that is gone is not.
        if let Err(CardFault::PulledTooSoon) = exchange(&transaction, &SELECT_NHI) {
            return Err(CardFault::PulledTooSoon);
        }
        let answer = exchange(&transaction, &GET_DATA)?;
        let (data, status) =
            answer.split_at_checked(answer.len().saturating_sub(2)).ok_or(CardFault::Unreadable)?;
        match status {
            [0x90, 0x00] if data.len() == LENGTH => parse(data),
            // Bytes of another number are another thing's.
            [0x90, 0x00] | [0x6A | 0x6D | 0x6E | 0x69 | 0x67, _] => Err(CardFault::NotAnNhiCard),
            _ => Err(CardFault::Unreadable),
        }
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

/// What the reader's driver says of itself: `1.2.3`. A reader without a card, or in use, may not
/// tell.
fn driver_version(name: &CStr) -> Option<String> {
    let context = Context::establish(Scope::User).ok()?;
    let card = context.connect(name, ShareMode::Direct, Protocols::UNDEFINED).ok()?;
    let bytes = card.get_attribute_owned(Attribute::VendorIfdVersion);
    // As it was found: a reset would look to whoever reads the card meanwhile as if it had been
    // pulled.
    let _ = card.disconnect(Disposition::LeaveCard);
    let bytes = bytes.ok()?;
    let number = u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?);
    Some(format!("{}.{}.{}", number >> 24, number >> 16 & 0xFF, number & 0xFFFF))
}

/// Its last byte is the length.
const GET_RESPONSE: [u8; 4] = [0x00, 0xC0, 0x00, 0x00];

/// Sends a command and fetches its whole answer, the status word at its end (ISO 7816-4, 5.6: 61 XX
/// asks for GET RESPONSE, 6C XX for the same with the right length).
fn exchange(
    transaction: &Transaction<'_>,
    command: &[u8],
) -> Result<Zeroizing<Vec<u8>>, CardFault> {
    let mut whole = Zeroizing::new(Vec::new());
    let mut last = command.to_vec();
    // A card that goes on asking is no card.
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
                // Of the commands only GET RESPONSE says how long an answer it expects; the others
                // do from now on.
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
    // A card that is pulled meanwhile "answers" with nothing.
    if answer.len() < 2 {
        Err(CardFault::PulledTooSoon)
    } else {
        Ok(Zeroizing::new(answer.to_vec()))
    }
}

fn fault(error: Error) -> CardFault {
    match error {
        // A card that is in and says nothing (upside down, dirty) is `NoSmartcard` or
        // `UnresponsiveCard`: unreadable.
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

//! The loop of the kiosk: inputs come in by one bounded channel, the cabinet turns them into
//! effects and a frame, and the effects are performed with the handles here. What an input means is
//! decided in the journey.

pub mod checking;
pub mod colours;
pub mod display;
pub mod journal;
pub mod keys;
pub mod listen;
mod log;
mod pause;
mod pictures;
pub mod pin;
pub mod terminal;
pub mod type_size;
pub mod wedge;

use super::cabinet::{Cabinet, Input};
use super::journey::Journey;
use super::model::effect::{Effect, JournalEffect, TrainingEffect};
use super::model::event::{Event, JournalEvent, Moment};
use super::model::ticket::Ticket;
use super::receipt_page::{page_for_all, receipt_page, test_page};
use crate::client::http::Client;
use crate::config::profile::Profile;
use crate::devices::card_reader::CardReader;
use crate::devices::clock::Clock;
use crate::devices::journal::JournalFault;
use crate::devices::printer::{PrintFault, Printer};
use crate::devices::staff_card::{SignFault, StaffCard, StaffCardReader};
use crate::domain::personal::Personal;
use crate::i18n::texts::Texts;
use crate::receipt::drawing::{Drawer, PAPER};
use crate::receipt::page::Page;
use crate::training::exercise::Exercise;
use crate::training::results::Results;
use display::Display;
use log::Log;
use pause::Pause;
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::buffer::Buffer;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender};
use std::time::{Duration, Instant};

/// How many inputs may wait for the loop. A thread that brings one more blocks until there is room.
pub const QUEUE_LENGTH: usize = 256;
const TICK: Duration = Duration::from_secs(1);

/// What reaches the loop.
pub enum LoopInput {
    Input(Input),
    Event(Event),
    /// The machine stops the program.
    Stop,
}

/// The simulated world of a training: its cards, line, seats and clock.
pub trait TrainingWorld: Send + Sync {
    fn perform(&self, effect: TrainingEffect);

    /// The exercises that are offered at the start, and what was done of them before; `None` if the
    /// kiosk is only looked around in.
    fn offered(&self) -> Option<(Arc<[Exercise]>, Results)> {
        None
    }

    /// Whether the kiosk is looked around in first, although exercises are offered: a trainer may
    /// begin one.
    fn looks_around_first(&self) -> bool {
        false
    }
}

/// Sees each frame after it was drawn, and what it is of: a trainer's console. It must not block.
pub trait Watcher: Send + Sync {
    fn drawn(&self, frame: &Buffer, journey: &Journey);
}

/// What systemd is told of the loop (sd_notify).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Life {
    Ready,
    Alive,
}

/// The handles that effects are performed with.
pub struct Handles {
    pub clock: Arc<dyn Clock>,
    pub reader: Arc<dyn CardReader>,
    /// The reader of staff cards, at a counter.
    pub staff_reader: Option<Arc<dyn StaffCardReader>>,
    pub client: Client,
    /// What a vaccination site's desk keeps on the machine; elsewhere `None`.
    pub journal: Option<Sender<JournalEffect>>,
    pub printer: Option<Arc<dyn Printer>>,
    pub network: tokio::runtime::Handle,
    pub training: Option<Arc<dyn TrainingWorld>>,
    pub watcher: Option<Arc<dyn Watcher>>,
    /// Called when the loop is ready, and then once a second while it runs.
    pub alive: Option<fn(Life)>,
    pub to_loop: SyncSender<LoopInput>,
}

impl Handles {
    #[allow(clippy::disallowed_methods, reason = "the loop is the edge that hands time in")]
    fn moment(&self, pause: &Pause) -> Moment {
        let mut random = [0; 16];
        // Without randomness no key could be made: better to stop than to risk two bookings under
        // one key.
        getrandom::fill(&mut random).expect("the system gives random bytes");
        Moment {
            wall: self.clock.now(),
            uptime: pause.uptime(Instant::now()),
            random: u128::from_ne_bytes(random),
        }
    }

    /// Performs an effect; its result comes back as an event. True when the program should end.
    fn perform(&self, effect: Effect) -> bool {
        match effect {
            Effect::ReadCard { ticket } => self.read_card(ticket),
            Effect::Call { ticket, call } => {
                let (client, back) = (self.client.clone(), self.to_loop.clone());
                self.network.spawn(async move {
                    let reply = client.call(call).await;
                    // Blocks only while the loop has its hands full, and the loop never waits for
                    // the network.
                    let _ = back.send(LoopInput::Event(Event::Reply { ticket, reply }));
                });
            }
            Effect::Check { ticket } => self.check(ticket),
            Effect::Print { ticket, paper } => {
                self.print(ticket, move |texts| receipt_page(&paper, texts))
            }
            Effect::PrintTogether { ticket, paper } => {
                self.print(ticket, move |texts| page_for_all(&paper, texts))
            }
            Effect::TestPrint { ticket } => self.print(ticket, test_page),
            Effect::CheckPin { ticket, pin, hash } => self.check_pin(ticket, pin, hash),
            Effect::StaffSign { ticket, card, pin, text } => {
                self.staff_sign(ticket, card, pin, text);
            }
            Effect::Journal(effect) => self.journal(effect),
            Effect::Bell => terminal::bell(),
            Effect::TypeSize(clearer) => type_size::set(clearer),
            Effect::Train(effect) => {
                if let Some(world) = &self.training {
                    world.perform(effect);
                }
            }
            Effect::Quit => return true,
        }
        false
    }

    fn check(&self, ticket: Ticket) {
        let back = self.to_loop.clone();
        let looking = checking::check(
            self.client.clone(),
            Arc::clone(&self.reader),
            self.printer.clone(),
            Arc::clone(&self.clock),
        );
        self.network.spawn(async move {
            let checks = looking.await;
            let _ = back.send(LoopInput::Event(Event::Checked { ticket, checks }));
        });
    }

    /// Without a journal nothing is kept, and nothing is said to be.
    fn journal(&self, effect: JournalEffect) {
        let failed = match &effect {
            JournalEffect::Open { day, .. } => {
                Some(JournalEvent::Opened { day: *day, outcome: Err(JournalFault::Failed) })
            }
            JournalEffect::Append(kept) => {
                let (id, outcome) = (kept.entry.id.clone(), Err(JournalFault::Failed));
                Some(JournalEvent::Written { id, outcome })
            }
            JournalEffect::Replace { .. } | JournalEffect::Close | JournalEffect::Forget => None,
        };
        let taken = self.journal.as_ref().is_some_and(|journal| journal.send(effect).is_ok());
        if let Some(failed) = failed.filter(|_| !taken) {
            let back = self.to_loop.clone();
            std::thread::spawn(move || back.send(LoopInput::Event(Event::Journal(failed))));
        }
    }

    fn check_pin(&self, ticket: Ticket, pin: Personal, hash: String) {
        let back = self.to_loop.clone();
        std::thread::spawn(move || {
            let right = pin::is_right(&pin, &hash);
            let _ = back.send(LoopInput::Event(Event::PinChecked { ticket, right }));
        });
    }

    /// A card takes its time, so that it signs on a thread of its own. The PIN ends there.
    fn staff_sign(&self, ticket: Ticket, card: Box<StaffCard>, pin: Personal, text: Vec<u8>) {
        let (reader, back) = (self.staff_reader.clone(), self.to_loop.clone());
        std::thread::spawn(move || {
            let reader = reader.ok_or(SignFault::ModuleFailed);
            let outcome = reader.and_then(|reader| reader.sign(&card, &pin, &text));
            let _ = back.send(LoopInput::Event(Event::StaffSigned { ticket, outcome }));
        });
    }

    /// The page is made on the way to the printer too: texts of two languages are not a work for
    /// the loop.
    fn print(&self, ticket: Ticket, page: impl FnOnce(&Texts) -> Page + Send + 'static) {
        let (printer, back) = (self.printer.clone(), self.to_loop.clone());
        std::thread::spawn(move || {
            let outcome = printer.ok_or(PrintFault::Offline).and_then(|printer| {
                let picture = Drawer::default().draw(&page(&Texts::default()), PAPER);
                printer.print(&picture)
            });
            let _ = back.send(LoopInput::Event(Event::Printed { ticket, outcome }));
        });
    }

    fn read_card(&self, ticket: Ticket) {
        let (reader, back) = (Arc::clone(&self.reader), self.to_loop.clone());
        std::thread::spawn(move || {
            let outcome = reader.read();
            let _ = back.send(LoopInput::Event(Event::CardRead { ticket, outcome }));
        });
    }
}

/// Runs the kiosk until the program is stopped.
///
/// Several threads send to `inputs`: one reads the terminal's keys and touches, one waits for
/// signals, one waits on the card reader, and short-lived ones bring the results of effects (a card
/// that was read, a page that was printed, a PIN that was checked); replies of the service come
/// from the network's threads. The loop sleeps until the first of them sends something, or until
/// the next second, when it ticks. After each input that changed something it draws one frame, and
/// then performs the effects. It ends with [`LoopInput::Stop`], with the effect to quit, or when
/// the terminal cannot be written.
#[allow(clippy::disallowed_methods, reason = "the loop is the edge that hands time in")]
pub fn run<B: Backend>(
    profile: Profile,
    handles: &Handles,
    inputs: &Receiver<LoopInput>,
    screen: &mut Terminal<B>,
    display: &mut Display,
) -> Result<(), B::Error> {
    let started = Instant::now();
    let mut log = Log::begin(&profile);
    let mut pause = Pause::new(started);
    let (mut cabinet, effects) = Cabinet::start(profile, handles.moment(&pause));
    begin(&mut cabinet, display);
    offer(&mut cabinet, handles);
    draw(screen, &mut cabinet, display, handles)?;
    for effect in effects {
        handles.perform(effect);
    }
    let tell = |life| handles.alive.iter().for_each(|tell| tell(life));
    tell(Life::Ready);
    let mut next_tick = started + TICK;
    loop {
        let effects = match next(inputs, next_tick) {
            Ok(LoopInput::Input(input)) => {
                if input == Input::Resize {
                    type_size::resized();
                }
                match cabinet.input(input, handles.moment(&pause)) {
                    Some(effects) => effects,
                    None => continue,
                }
            }
            Ok(LoopInput::Event(event)) => {
                log.happens(&event);
                cabinet.event(event, handles.moment(&pause))
            }
            Ok(LoopInput::Stop) | Err(RecvTimeoutError::Disconnected) => {
                log.end();
                return Ok(());
            }
            Err(RecvTimeoutError::Timeout) => {
                // Seconds that were missed (a machine that slept) are not made up for.
                tell(Life::Alive);
                // Inputs get a turn between two ticks, however slow the machine is.
                next_tick = (next_tick + TICK).max(Instant::now() + TICK / 10);
                // Time stands still while the trainer has paused it.
                if pause.is_on() {
                    continue;
                }
                cabinet.event(Event::Tick, handles.moment(&pause))
            }
        };
        pause.follow(cabinet.journey.supervision().is_paused, Instant::now());
        log.then(&cabinet.journey);
        draw(screen, &mut cabinet, display, handles)?;
        if effects.into_iter().any(|effect| handles.perform(effect)) {
            return Ok(());
        }
    }
}

/// The next input, or that the time of a tick has come. The tick comes first: a flood of inputs
/// must not hold up the clock, nor what systemd is told.
#[allow(clippy::disallowed_methods, reason = "the loop is the edge that hands time in")]
fn next(inputs: &Receiver<LoopInput>, next_tick: Instant) -> Result<LoopInput, RecvTimeoutError> {
    let left = next_tick.saturating_duration_since(Instant::now());
    match left.is_zero() {
        true => Err(RecvTimeoutError::Timeout),
        false => inputs.recv_timeout(left),
    }
}

/// The exercises of a training.
fn offer(cabinet: &mut Cabinet, handles: &Handles) {
    let Some(world) = &handles.training else { return };
    if let Some((shelf, results)) = world.offered() {
        cabinet.journey.offer_exercises(shelf, results);
    }
    if world.looks_around_first() {
        cabinet.journey.look_around_first();
    }
}

/// What the terminal can do.
fn begin(cabinet: &mut Cabinet, display: &Display) {
    if display.has_pictures() {
        cabinet.shows_pictures();
        // A code that is a picture has room in large type too.
        if type_size::enlarges() {
            cabinet.enlarges_type();
        }
    }
}

fn draw<B: Backend>(
    screen: &mut Terminal<B>,
    cabinet: &mut Cabinet,
    display: &mut Display,
    handles: &Handles,
) -> Result<(), B::Error> {
    let drawn = screen.draw(|frame| {
        cabinet.draw(frame.buffer_mut());
        if let Some(watcher) = &handles.watcher {
            watcher.drawn(frame.buffer_mut(), &cabinet.journey);
        }
        display.reduce_colours(frame.buffer_mut());
    })?;
    // The frame is on the screen by now: no picture holds it up.
    let in_visit = cabinet.journey.current_visit().is_some();
    display.show_pictures(cabinet.graphics(), drawn.area, in_visit);
    Ok(())
}

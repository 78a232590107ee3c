//! The vendor's module as it was loaded into this process: its slots, and the cards in those that
//! are the staff's.

use super::ModuleOptions;
use super::card::{self, Signer};
use super::protocol::Seen;
use crate::devices::staff_card::{
    Certificate, ModuleFault, ModuleInfo, SignFault, Signature, SlotInfo,
};
use crate::domain::personal::Personal;
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::Error;
use cryptoki::session::Session;
use cryptoki::slot::Slot;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A card in one of the staff's slots.
struct Present {
    slot: Slot,
    /// Which card it is, counted from the start.
    insertion: u32,
    /// It ends for good when the card is taken out, by which a card that was exchanged between two
    /// looks is noticed. `None` if the module does not know the card.
    session: Option<Session>,
    /// `None` if the card has no key that signs.
    signer: Option<Signer>,
}

/// The module. There is one in a process: PKCS#11 allows one C_Initialize.
pub struct Module {
    context: Pkcs11,
    options: ModuleOptions,
    present: Vec<Present>,
    insertions: u32,
}

impl Module {
    pub fn load(options: ModuleOptions) -> Result<Self, ModuleFault> {
        let context = Pkcs11::new(&options.module).map_err(|error| match error {
            Error::LibraryLoading(_) if is_library(&options.module) != Some(false) => {
                ModuleFault::Missing
            }
            Error::LibraryLoading(_) | Error::MissingSymbol(_) => ModuleFault::NotAModule,
            _ => ModuleFault::Failed,
        })?;
        let arguments = CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK);
        context.initialize(arguments).map_err(|_| ModuleFault::Failed)?;
        Ok(Self { context, options, present: Vec::new(), insertions: 0 })
    }

    /// What is in the staff's slots now.
    pub fn look(&mut self) -> Result<Seen, Error> {
        let slots = self.slots()?;
        let context = &self.context;
        self.present.retain(|card| slots.contains(&card.slot) && is_still_in(context, card));
        for slot in &slots {
            if self.present.iter().all(|card| card.slot != *slot) {
                self.notice(*slot);
            }
        }
        let signer = |card: &Present| {
            let signer = card.signer.as_ref()?;
            Some(Seen::Card { card: signer.card.clone(), insertion: card.insertion })
        };
        Ok(match self.present.iter().find_map(signer) {
            Some(card) => card,
            None if !self.present.is_empty() => Seen::NotStaffCard,
            None if slots.is_empty() => Seen::NoReader,
            None => Seen::NoCard,
        })
    }

    /// The slots that are the staff's. To list them lets the module find new readers.
    fn slots(&self) -> Result<Vec<Slot>, Error> {
        let mut slots = self.context.get_all_slots()?;
        slots.retain(|slot| self.is_ours(*slot));
        Ok(slots)
    }

    fn is_ours(&self, slot: Slot) -> bool {
        let options = &self.options;
        if options.slot_number.is_some_and(|number| number != slot.id()) {
            return false;
        }
        options.slot_named.as_ref().is_none_or(|part| {
            let info = self.context.get_slot_info(slot);
            info.is_ok_and(|info| info.slot_description().contains(part))
        })
    }

    /// Reads what was put into a slot, if there is something.
    fn notice(&mut self, slot: Slot) {
        if !is_in(&self.context, slot) {
            return;
        }
        let (session, signer) = match self.read(slot) {
            Ok(Some((session, signer))) => (Some(session), signer),
            // A slot of a software token that was never set up is an empty slot.
            Ok(None) => return,
            // It was taken out while it was read.
            Err(_) if !is_in(&self.context, slot) => return,
            Err(_) => (None, None),
        };
        self.insertions += 1;
        self.present.push(Present { slot, insertion: self.insertions, session, signer });
    }

    fn read(&self, slot: Slot) -> Result<Option<(Session, Option<Signer>)>, Error> {
        let info = self.context.get_token_info(slot)?;
        if !info.token_initialized() {
            return Ok(None);
        }
        let session = self.context.open_ro_session(slot)?;
        let label = self.options.token_label.as_ref();
        if label.is_some_and(|label| label != info.label()) {
            return Ok(Some((session, None)));
        }
        let signer = card::read(&session, &info)?;
        Ok(Some((session, signer)))
    }

    /// Has the card with this certificate sign, if it is still the one that is in.
    pub fn sign(
        &self,
        own: &Certificate,
        pin: &Personal,
        text: &[u8],
    ) -> Result<Signature, SignFault> {
        let found = self.present.iter().find_map(|card| {
            let signer = card.signer.as_ref().filter(|signer| signer.card.own == *own)?;
            Some((card, signer, card.session.as_ref()?))
        });
        let (card, signer, session) = found.ok_or(SignFault::CardRemoved)?;
        // The PIN goes to no card that came after the one for which it was typed.
        if !is_still_in(&self.context, card) {
            return Err(SignFault::CardRemoved);
        }
        signer.sign(&self.context, card.slot, session, pin, text)
    }

    /// What the module and all of its slots are.
    pub fn inspect(&self) -> Result<ModuleInfo, Error> {
        let library = self.context.get_library_info()?;
        let words = [library.manufacturer_id(), library.library_description()];
        let name = words.map(str::trim).join(" ");
        let describe = |slot: Slot| {
            let info = self.context.get_slot_info(slot).ok()?;
            let token = self.context.get_token_info(slot).ok().filter(|_| info.token_present());
            Some(SlotInfo {
                number: slot.id(),
                description: info.slot_description().trim().to_owned(),
                token: token
                    .filter(|token| token.token_initialized())
                    .map(|token| token.label().trim().to_owned()),
                is_ours: self.is_ours(slot),
            })
        };
        let slots = self.context.get_all_slots()?.into_iter().filter_map(describe).collect();
        Ok(ModuleInfo { name: format!("{name} {}", library.library_version()), slots })
    }
}

fn is_in(context: &Pkcs11, slot: Slot) -> bool {
    context.get_slot_info(slot).is_ok_and(|info| info.token_present())
}

/// Whether it is still the same card that is in.
fn is_still_in(context: &Pkcs11, card: &Present) -> bool {
    is_in(context, card.slot)
        && card.session.as_ref().is_none_or(|session| session.get_session_info().is_ok())
}

/// Whether a file is a library of programs (ELF); `None` if it cannot be read.
fn is_library(path: &Path) -> Option<bool> {
    let mut magic = [0; 4];
    match File::open(path).ok()?.read_exact(&mut magic) {
        Ok(()) => Some(magic == *b"\x7fELF"),
        Err(_) => Some(false),
    }
}

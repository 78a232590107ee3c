//! The reader of staff cards as the settings of a counter have it.

use super::machine;
use crate::config::counter::{SlotChoice, StaffCardConfig};
use crate::devices::pkcs11::ModuleOptions;
use crate::devices::pkcs11::reader::{Limits, Pkcs11Reader};
use crate::devices::staff_card::StaffCardEvent;

/// Starts the reader of staff cards. It calls `events` from a thread of its own.
///
/// # Errors
/// When the machine has no thread to spare, or does not say which program this is.
pub fn reader(
    config: &StaffCardConfig,
    events: impl Fn(StaffCardEvent) + Send + 'static,
) -> std::io::Result<Pkcs11Reader> {
    Pkcs11Reader::start(machine::this_program()?, options(config), Limits::default(), events)
}

fn options(config: &StaffCardConfig) -> ModuleOptions {
    let (slot_number, description) = match &config.slot {
        Some(SlotChoice::Number(number)) => (Some(*number), None),
        Some(SlotChoice::Description(part)) => (None, Some(part.clone())),
        // Modules for readers of PC/SC describe a slot by its reader's name.
        None => (None, config.reader.clone()),
    };
    ModuleOptions {
        module: config.module.clone(),
        slot_number,
        slot_named: description,
        token_label: config.token_label.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_that_of_the_settings_or_of_the_staffs_reader() {
        let config = StaffCardConfig {
            module: "/a.so".into(),
            slot: None,
            token_label: None,
            reader: Some("ACS".into()),
        };
        assert_eq!(options(&config).slot_named.as_deref(), Some("ACS"));
        let by = |slot| options(&StaffCardConfig { slot: Some(slot), ..config.clone() });
        assert_eq!(by(SlotChoice::Number(7)).slot_number, Some(7));
        assert_eq!(by(SlotChoice::Number(7)).slot_named, None);
        let named = by(SlotChoice::Description("HCA".into())).slot_named;
        assert_eq!(named.as_deref(), Some("HCA"));
    }
}

//! The `[counter]` section of a kiosk's file, read and checked.

use super::counter::{Counter, SlotChoice, StaffCardConfig};
use super::mistake::{CounterMistake, Mistake, MistakeKind};
use crate::domain::channel::Channel;
use serde::Deserialize;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CounterFile {
    module: Option<Spanned<PathBuf>>,
    slot: Option<Spanned<SlotChoice>>,
    token_label: Option<Spanned<String>>,
    staff_reader: Option<Spanned<String>>,
    citizen_reader: Option<Spanned<String>>,
    #[serde(default)]
    typed_numbers: bool,
    nhi_staff_cards: Option<Spanned<bool>>,
}

impl CounterFile {
    /// Checks the section, and names its first mistake. `section` is where it stands in `text`, and
    /// `has_reader` says whether the kiosk reads NHI cards.
    pub(super) fn check(
        self,
        channel: Channel,
        has_reader: bool,
        section: Range<usize>,
        path: &Path,
        text: &str,
    ) -> Result<Counter, Mistake> {
        let wrong = |span: Range<usize>, kind: fn(usize) -> MistakeKind| {
            Err(Mistake::at(path, text, span, kind))
        };
        if !channel.has_counter() {
            return wrong(section, |line| MistakeKind::Counter {
                line,
                mistake: CounterMistake::Channel,
            });
        }
        if let Some(module) = self.module.as_ref().filter(|module| !module.get_ref().is_absolute())
        {
            return wrong(module.span(), |line| MistakeKind::Counter {
                line,
                mistake: CounterMistake::Module,
            });
        }
        if let Some(span) = self.of_the_module().filter(|_| self.module.is_none()) {
            return wrong(span, |line| MistakeKind::Counter {
                line,
                mistake: CounterMistake::Module,
            });
        }
        let nhi = self.nhi_staff_cards.as_ref();
        let allows_nhi = nhi.is_some_and(|allowed| *allowed.get_ref());
        if self.module.is_none() && !allows_nhi {
            return wrong(section, |line| MistakeKind::Counter {
                line,
                mistake: CounterMistake::LogIn,
            });
        }
        let reads = [
            nhi.filter(|_| allows_nhi).map(Spanned::span),
            self.citizen_reader.as_ref().map(Spanned::span),
        ];
        if let Some(span) = reads.into_iter().flatten().next().filter(|_| !has_reader) {
            return wrong(span, |line| MistakeKind::Counter {
                line,
                mistake: CounterMistake::Reader,
            });
        }
        if let (Some(staff), Some(citizens)) = (&self.staff_reader, &self.citizen_reader)
            && is_within(staff.get_ref(), citizens.get_ref())
        {
            return wrong(citizens.span(), |line| MistakeKind::Counter {
                line,
                mistake: CounterMistake::Readers,
            });
        }
        Ok(self.counter(allows_nhi))
    }

    /// Where the first setting stands that means nothing without a module.
    fn of_the_module(&self) -> Option<Range<usize>> {
        let spans = [
            self.slot.as_ref().map(Spanned::span),
            self.token_label.as_ref().map(Spanned::span),
            self.staff_reader.as_ref().map(Spanned::span),
        ];
        spans.into_iter().flatten().min_by_key(|span| span.start)
    }

    fn counter(self, nhi_staff_cards: bool) -> Counter {
        let (slot, token_label, reader) = (self.slot, self.token_label, self.staff_reader);
        let staff_card = self.module.map(|module| StaffCardConfig {
            module: module.into_inner(),
            slot: slot.map(Spanned::into_inner),
            token_label: token_label.map(Spanned::into_inner),
            reader: reader.map(Spanned::into_inner),
        });
        Counter {
            staff_card,
            citizen_reader: self.citizen_reader.map(Spanned::into_inner),
            typed_numbers: self.typed_numbers,
            nhi_staff_cards,
        }
    }
}

/// Whether one name is a part of the other: then a reader could be both.
fn is_within(one: &str, other: &str) -> bool {
    one.contains(other) || other.contains(one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::kiosk::KioskConfig;
    use rstest::rstest;

    const PHARMACY: &str = "channel = \"pharmacy\"\n\
        place = { zh = \"藥局\", en = \"Pharmacy\" }\n\
        ways = [\"numbers\"]\n\
        [service]\n\
        url = \"https://booking.example\"\n\
        token = \"token\"\n";

    fn read_whole(text: &str) -> Result<Counter, (usize, CounterMistake)> {
        match KioskConfig::read(Path::new("kiosk.toml"), text) {
            Ok(config) => Ok(config.profile.counter.unwrap()),
            Err(Mistake { kind: MistakeKind::Counter { line, mistake }, .. }) => {
                Err((line, mistake))
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    /// A pharmacy's file with this section, whose first setting is in line 8.
    fn read(section: &str) -> Result<Counter, (usize, CounterMistake)> {
        read_whole(&format!("{PHARMACY}[counter]\n{section}"))
    }

    #[test]
    fn the_least_is_a_module_or_nhi_cards() {
        let module = read("module = \"/usr/lib/cards.so\"\n").unwrap();
        let staff_card = module.staff_card.as_ref().unwrap();
        assert_eq!(staff_card.module, Path::new("/usr/lib/cards.so"));
        assert!(!module.typed_numbers && !module.nhi_staff_cards, "nothing is allowed unsaid");
        let nhi = read("nhi_staff_cards = true\n").unwrap();
        assert_eq!(nhi, Counter { nhi_staff_cards: true, ..Counter::default() });
        assert_eq!(read("typed_numbers = true\n"), Err((7, CounterMistake::LogIn)));
    }

    #[test]
    fn a_slot_has_a_number_or_a_description() {
        let slot = |slot: &str| {
            let counter = read(&format!("module = \"/a.so\"\nslot = {slot}\n")).unwrap();
            counter.staff_card.unwrap().slot.unwrap()
        };
        assert_eq!(slot("3"), SlotChoice::Number(3));
        assert_eq!(slot("\"ACS ACR39U\""), SlotChoice::Description("ACS ACR39U".into()));
    }

    #[test]
    fn a_convenience_store_has_no_counter() {
        let text = include_str!("../../kiosk-config/convenience-store.toml");
        let text = format!("{text}\n[counter]\nnhi_staff_cards = true\n");
        let line = text.lines().count() - 1;
        assert_eq!(read_whole(&text), Err((line, CounterMistake::Channel)));
    }

    #[test]
    fn the_examples_of_a_counter_are_right() {
        for text in [
            include_str!("../../kiosk-config/pharmacy.toml"),
            include_str!("../../kiosk-config/health-station.toml"),
        ] {
            let (before, section) = text.split_once("# [counter]").unwrap();
            let settings: Vec<&str> = section.lines().filter(|line| line.contains(" = ")).collect();
            let settings = settings.join("\n").replace("# ", "");
            let counter = read_whole(&format!("{before}[counter]\n{settings}\n")).unwrap();
            let staff_card = counter.staff_card.unwrap();
            assert!(staff_card.slot.is_some() && staff_card.token_label.is_some());
            assert!(staff_card.reader.is_some() && counter.citizen_reader.is_some());
        }
    }

    #[rstest]
    #[case::relative("module = \"cards.so\"\n", 8)]
    #[case::slot_of_nothing("nhi_staff_cards = true\nslot = 1\n", 9)]
    #[case::label_of_nothing("nhi_staff_cards = true\ntoken_label = \"HCA\"\n", 9)]
    #[case::reader_of_nothing("nhi_staff_cards = true\nstaff_reader = \"ACS\"\n", 9)]
    fn what_belongs_to_a_module_needs_one(#[case] section: &str, #[case] line: usize) {
        assert_eq!(read(section), Err((line, CounterMistake::Module)));
    }

    #[test]
    fn readers_are_there_and_not_the_same() {
        let same = "module = \"/a.so\"\nstaff_reader = \"ACS\"\ncitizen_reader = \"ACS ACR39U\"\n";
        assert_eq!(read(same), Err((10, CounterMistake::Readers)));
        assert!(read(&same.replace("ACS ACR39U", "CASTLES")).is_ok());
        for line in ["nhi_staff_cards = true", "citizen_reader = \"ACS\""] {
            let section = format!("[counter]\nmodule = \"/a.so\"\n{line}\n");
            let text = format!("{PHARMACY}[devices]\nreader = false\n{section}");
            assert_eq!(read_whole(&text), Err((11, CounterMistake::Reader)));
        }
    }
}

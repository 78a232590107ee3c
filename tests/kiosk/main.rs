//! The kiosk without a terminal and without a network: its journey, its screens and its loop.
#![cfg(feature = "kiosk")]

mod beside_journey;
mod booking_way;
mod busy_journey;
mod changes_journey;
mod counter_gate;
mod counter_hundred;
mod counter_journey;
mod counter_line;
mod counter_screens;
mod counter_slips;
mod counter_steps;
mod desk_journal;
mod desk_journal_damaged;
mod every_screen;
#[cfg(feature = "server")]
mod exercises;
mod family_guard;
mod family_journey;
mod family_slips;
mod family_way;
#[cfg(feature = "server")]
mod flood;
mod fresh_journey;
mod guard;
mod journey;
mod line_journey;
mod more_time;
mod offer_journey;
mod pages;
mod parting_journey;
mod screens;
mod site_journey;
mod site_leftovers;
mod site_receipts;
mod site_screens;
mod site_slips;
mod slots_journey;
mod stage;
mod supervision;
#[cfg(feature = "server")]
mod trainer_console;
mod trainer_console_rows;
mod training_pages;
mod trouble_journey;
mod turned;
#[cfg(all(feature = "pcsc", feature = "server"))]
mod untrusted;
mod walk;
mod ways_journey;
mod wiped;

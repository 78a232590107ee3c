//! The built program with real terminals, card daemons, printers and databases, started, killed and
//! kept waiting. These tests mostly wait, and run beside those that compute.
#![cfg(all(
    feature = "kiosk",
    feature = "pcsc",
    feature = "staff-card",
    feature = "rush",
    feature = "web"
))]

/// Servers are killed here, and PostgreSQL with the standby; power is not lost.
const WAITS_FOR_THE_DISK: bool = false;

#[path = "../databases/mod.rs"]
mod databases;
#[path = "../log_in/mod.rs"]
mod log_in;
#[path = "../practice/mod.rs"]
mod practice;
#[path = "../program/mod.rs"]
mod program;
#[path = "../running/mod.rs"]
mod running;
#[path = "../staff_cards/mod.rs"]
mod staff_cards;
#[path = "../town/mod.rs"]
mod town;
#[path = "../web_training/mod.rs"]
mod web_training;
#[path = "../work/mod.rs"]
mod work;

mod browser;
mod card_reader;
mod chromium;
mod counter;
mod counter_card;
mod crash;
mod cups;
mod cut;
mod daemon;
mod desk_journal;
mod exercises;
mod extent;
mod failover;
mod families;
mod faults;
mod full_disk;
mod killed;
mod loopback;
mod manual;
mod manual_reader;
mod paper;
mod piv_card;
mod pty;
mod refusing;
mod room;
mod rush_line;
mod serving;
mod site_desk;
mod small_disk;
mod staff_card;
mod staff_card_reader;
mod staff_desk;
mod terminal;
mod trainer;
mod trainer_room;
mod visitor;
mod web;
mod web_doors;
mod whole;

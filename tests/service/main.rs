//! The booking service and its commands over both databases, and its parts over fakes.
#![cfg(all(feature = "kiosk", feature = "rush"))]

/// No power is lost here.
const WAITS_FOR_THE_DISK: bool = false;

#[path = "../databases/mod.rs"]
mod databases;
#[path = "../programs/extent.rs"]
mod extent;
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
#[path = "../work/mod.rs"]
mod work;

mod absences;
mod attendance;
mod attendance_commands;
mod attendance_rules;
mod audit_trail;
mod backup;
mod batches;
mod calls;
mod certificates;
mod changes;
mod clock_steps;
mod closing;
mod closing_commands;
mod constraint;
mod contract;
mod counter;
mod counter_day;
mod counter_rules;
mod desk_rig;
mod desk_staff;
mod desks;
mod engines;
mod erasure;
mod fhir;
mod key_rotation;
mod keys_command;
mod leftover_calls;
mod leftover_ends;
mod leftovers;
mod lockouts;
mod loopback_gateway;
mod many_messages;
mod messages;
mod migrations;
mod plainly;
mod refusals;
mod rounds;
mod schedules;
mod schemas;
mod servers;
mod settle;
mod shared_phones;
mod site_day;
mod site_leftovers;
mod staff;
mod staff_kept;
mod standings;
mod store;
mod together;
mod told;
mod town_store;
mod waiting;
mod waiting_calls;
mod waiting_cost;
mod waiting_crowd;
mod waiting_ends;
mod waiting_first;
mod ways;
mod writer;

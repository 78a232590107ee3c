//! What screens are drawn with. A button is drawn and its touch area recorded in the same call, so
//! that they cannot differ. No widget knows a screen or the journey's state.

pub mod align;
pub mod bar;
pub mod booking_facts;
pub mod booking_lines;
pub mod button;
pub mod checks;
pub mod choice;
pub mod choices;
pub mod clearer;
pub mod code_and_facts;
pub mod column;
pub mod dialog;
pub mod digits;
pub mod every_language;
pub mod graphic;
pub mod keyboard;
pub mod large;
pub mod next_try;
pub mod outline;
pub mod pictogram;
mod pictogram_dots;
pub mod picture;
pub mod printing;
pub mod qr;
pub mod reflow;
pub mod seat_panel;
pub mod site_row;
pub mod size_class;
pub mod taiwan;
pub mod targets;
pub mod tile;
pub mod tile_grid;
pub mod ui;
pub mod unsure;
pub mod wish_words;
pub mod words;

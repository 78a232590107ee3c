//! Hardware, each behind one small trait with a real and a simulated adapter. No rule and no screen lives here.

pub mod card_reader;
pub mod clock;
pub mod practice;

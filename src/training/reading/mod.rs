//! An exercise's file, read and checked. All mistakes are collected, each with its line and with
//! what would be right; an exercise comes out only of a file that has none.

mod checks;
mod facts;
mod faults;
mod mistake;
mod schema;
mod section;
mod shelf;
mod whole;

pub use mistake::{Mistake, MistakeKind, Wanted};
pub use schema::schema;
pub use shelf::{FileText, built_in, read_all};
pub use whole::read;

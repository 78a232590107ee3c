//! What the service tells programs of others, as resources of HL7 FHIR R4 (4.0.1): `publication`
//! is what everybody may know of free slots (SMART Scheduling Links), `records` is who has an
//! appointment and what was given, for who runs the programme. Plain functions: nothing here asks
//! a clock, a database or a connection.

pub mod pseudonym;
pub mod publication;
pub mod records;
pub mod resources;
pub mod vocabulary;

//! The statements that add a row to the audit trail, for both databases: first as SQLite takes
//! them, then as PostgreSQL does. What is bound to them is in `audit_trail`.

macro_rules! head {
    () => {
        "INSERT INTO audit_chains (chain, length, last, seal, key_number) \
         VALUES ($1, $2, $3, $4, $8) ON CONFLICT (chain) DO UPDATE SET length = excluded.length, \
         last = excluded.last, seal = excluded.seal"
    };
}
macro_rules! add {
    () => {
        "INSERT INTO audit_trail (id, at, entries, hash) VALUES ($5, $6, $7, $3)"
    };
}
macro_rules! tell {
    () => {
        "INSERT INTO outbox (id, made, told) VALUES ($9, $10, $11)"
    };
}
// In one way to the database and back; and with what people are to be told of the same.
pub(super) const ROW: [&str; 2] =
    [concat!(head!(), "; ", add!()), concat!("WITH head AS (", head!(), ") ", add!())];
pub(super) const ROW_AND_TOLD: [&str; 2] = [
    concat!(head!(), "; ", tell!(), "; ", add!()),
    concat!("WITH head AS (", head!(), "), told AS (", tell!(), ") ", add!()),
];

//! Whether somebody has a seat, or one is held for them, as it is asked of each of a line. It is
//! counted: of `EXISTS` PostgreSQL makes a join, and as long as it does not know how large the
//! tables have become, it walks through all bookings of the round for each of the line.

/// How many bookings of its round the person of a table's row has.
macro_rules! bookings_of {
    ($table:literal) => {
        concat!(
            "(SELECT COUNT(*) FROM bookings WHERE bookings.round = ",
            $table,
            ".round AND bookings.person = ",
            $table,
            ".person AND bookings.cancelled IS NULL)"
        )
    };
}

/// How many holds of its round the person of a table's row has, of which something is so.
macro_rules! holds_of {
    ($table:literal, $so:literal) => {
        concat!(
            "(SELECT COUNT(*) FROM holds WHERE holds.round = ",
            $table,
            ".round AND holds.person = ",
            $table,
            ".person AND ",
            $so,
            ")"
        )
    };
}

pub(super) use {bookings_of, holds_of};

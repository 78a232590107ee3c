//! The statements that read people, for both databases. What is bound to them is in `people`.

/// A person with intention, and live booking of the round `$2`; then comes where to look. A set is
/// JSON for SQLite, an array for PostgreSQL.
macro_rules! record {
    ($also:literal, $($from:literal),*) => {
        concat!(
            "SELECT people.id AS person, people.born_sealed, people.category, intentions.number AS \
                registration, \
             intentions.registered, intentions.mobile_sealed AS registered_mobile, \
             intentions.district, intentions.brands, \
             bookings.number, bookings.slot, bookings.mobile_sealed, bookings.made, \
             bookings.moved, bookings.idempotency_key, bookings.came, bookings.absent, \
             holds.slot AS hold_slot, holds.until AS hold_until, holds.origin AS hold_origin",
            $also,
            " FROM ",
            $($from),*
        )
    };
}
macro_rules! sqlite {
    ($also:literal, $asked:literal) => {
        record!(
            $also,
            "json_each($1) AS asked CROSS JOIN people ON ",
            $asked,
            " LEFT JOIN intentions ON intentions.person = people.id \
             LEFT JOIN bookings ON bookings.person = people.id AND bookings.round = $2 AND \
             bookings.cancelled IS NULL \
             LEFT JOIN holds ON holds.round = $2 AND holds.person = people.id"
        )
    };
}
// A LIMIT in a LATERAL is looked up person by person, by both columns of its index, whatever the
// planner believes of a table that was empty a minute ago.
macro_rules! postgres {
    ($also:literal, $set:literal, $asked:literal) => {
        record!(
            $also,
            "unnest(",
            $set,
            ") AS asked(key) CROSS JOIN LATERAL (SELECT * FROM people WHERE ",
            $asked,
            " LIMIT 1) AS people LEFT JOIN LATERAL (SELECT * FROM intentions WHERE person = \
                people.id LIMIT 1) \
             AS intentions ON true LEFT JOIN LATERAL (SELECT * FROM bookings \
             WHERE person = people.id AND round = $2 AND cancelled IS NULL LIMIT 1) AS bookings ON \
             true LEFT JOIN LATERAL (SELECT * FROM holds WHERE person = people.id AND round = $2 \
             LIMIT 1) AS holds ON true"
        )
    };
}
pub(super) const BY_HASH_SQLITE: &str = sqlite!(
    ", people.id_hash, people.card_hash, people.identity_sealed, people.password_hash",
    "people.id_hash = unhex(asked.value)"
);
pub(super) const BY_HASH_POSTGRES: &str = postgres!(
    ", people.id_hash, people.card_hash, people.identity_sealed, people.password_hash",
    "$1::bytea[]",
    "id_hash = asked.key"
);
pub(super) const OF_ROW_SQLITE: &str =
    sqlite!(", people.identity_sealed, people.password_hash", "people.id = asked.value");
pub(super) const OF_ROW_POSTGRES: &str =
    postgres!(", people.identity_sealed, people.password_hash", "$1::bigint[]", "id = asked.key");
// With the keys of their cancelled bookings one after another, sixteen bytes each.
pub(super) const BY_ROW_SQLITE: &str = sqlite!(
    ", (SELECT unhex(group_concat(hex(idempotency_key), '')) FROM bookings AS past \
     WHERE past.round = $2 AND past.person = people.id AND past.cancelled IS NOT NULL) \
     AS cancelled_keys",
    "people.id = asked.value"
);
pub(super) const BY_ROW_POSTGRES: &str = postgres!(
    ", (SELECT string_agg(past.idempotency_key, ''::bytea) FROM bookings AS past \
     WHERE past.round = $2 AND past.person = people.id AND past.cancelled IS NOT NULL) \
     AS cancelled_keys",
    "$1::bigint[]",
    "id = asked.key"
);

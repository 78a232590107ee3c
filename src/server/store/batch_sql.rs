//! The statements of a batch, for both databases. What is bound to them is in `batch`.

pub(super) const LOCK_SQLITE: &str = "\
    SELECT seats.slot, seats.capacity, seats.taken FROM json_each($1) AS \
    asked \
     CROSS JOIN seats ON seats.slot = asked.value";
// In the order of their numbers: two servers that want the same slots wait for each other, never
// for ever.
pub(super) const LOCK_POSTGRES: &str =
    "SELECT slot, capacity, taken FROM seats WHERE slot = ANY($1) ORDER BY slot FOR UPDATE";

// And the seats, in one way to the thread that works for the connection, and back. A row of
// `jsonb_each` is taken apart as it is; one of `json_each` would be written as text and read again.
pub(super) const WRITE_SQLITE: &str = "\
    INSERT INTO bookings (number, round, person, slot, mobile_sealed, \
    channel, idempotency_key, made, language) \
     SELECT value ->> 0, $2, value ->> 1, value ->> 2, unhex(value ->> 3), value ->> 4, \
     unhex(value ->> 5), value ->> 6, \
     value ->> 7 FROM jsonb_each($1); \
    UPDATE seats SET taken = taken + asked.seats FROM \
     (SELECT value ->> 0 AS at, value ->> 1 AS seats FROM jsonb_each($3)) AS asked \
     WHERE seats.slot = asked.at";
// Another server may have booked the same person since they were read here: the index tells, and
// that row is left out. Rows go in by person, so that two servers with the same people cannot wait
// for each other either.
pub(super) const WRITE_POSTGRES: &str = "\
    WITH written AS (INSERT INTO bookings (number, round, person, slot, \
    mobile_sealed, channel, idempotency_key, made, language) \
       SELECT number, $8, person, slot, mobile, channel, key, made, language \
       FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[], $5::text[], $6::bytea[], \
       $7::bigint[], $9::text[]) \
         AS asked(number, person, slot, mobile, channel, key, made, language) \
       ORDER BY person ON CONFLICT DO NOTHING RETURNING number, slot), \
     seated AS (UPDATE seats SET taken = taken + counted.seats \
       FROM (SELECT slot, COUNT(*) AS seats FROM written GROUP BY slot) AS counted WHERE \
       seats.slot = counted.slot) \
     SELECT number FROM written";

// Only as long as it is what was read: another server may have changed it since.
pub(super) const MOVE: &str = "UPDATE bookings SET slot = asked.aim, moved = asked.at, language = \
    asked.speech FROM \
     (SELECT CAST(value ->> 0 AS BIGINT) AS n, CAST(value ->> 1 AS BIGINT) AS origin, CAST(value \
     ->> 2 AS BIGINT) AS aim, \
     CAST(value ->> 3 AS BIGINT) AS at, value ->> 4 AS speech FROM {keys}) AS asked \
     WHERE number = asked.n AND slot = asked.origin AND cancelled IS NULL AND came IS NULL \
     RETURNING number";
pub(super) const CANCEL: &str = "\
    UPDATE bookings SET cancelled = asked.at, language = asked.speech FROM \
     (SELECT CAST(value ->> 0 AS BIGINT) AS n, CAST(value ->> 1 AS BIGINT) AS origin, CAST(value \
     ->> 2 AS BIGINT) AS at, \
     value ->> 3 AS speech FROM {keys}) AS asked \
     WHERE number = asked.n AND slot = asked.origin AND cancelled IS NULL AND came IS NULL \
     RETURNING number";
// A person whom another server has registered meanwhile keeps that number: theirs here is left out.
pub(super) const REGISTER: &str = "\
    INSERT INTO intentions (person, number, registered, mobile_sealed, \
    district, brands, language) \
     SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), CAST(value ->> 2 AS BIGINT), \
     unhex(value ->> 3), \
     CAST(value ->> 4 AS BIGINT), value ->> 5, value ->> 6 FROM {rows} \
     ON CONFLICT (person) DO UPDATE SET mobile_sealed = excluded.mobile_sealed, district = \
     excluded.district, \
     brands = excluded.brands, language = excluded.language WHERE intentions.number = \
     excluded.number RETURNING person";
pub(super) const WITHDRAW: &str =
    "DELETE FROM intentions WHERE person IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {keys})";
// With what they registered goes what they wait for, and where they are told.
pub(super) const LEAVE_LINES: [&str; 2] = [
    "DELETE FROM waiting WHERE round IN (SELECT number FROM rounds) \
     AND person IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {keys})",
    "DELETE FROM leftover_line WHERE round IN (SELECT number FROM rounds) \
     AND person IN (SELECT CAST(value ->> 0 AS BIGINT) FROM {keys})",
];

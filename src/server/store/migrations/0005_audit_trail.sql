-- Who did what. Rows are only ever added: one for each transaction, with all that was done in it, so
-- that a set of a thousand bookings costs one row. An id is the number of a chain (one for each
-- program that writes) in its upper 32 bits and the place in it in the lower; "hash" is a keyed hash
-- of the row and of the row before it. People in it are keyed hashes.
CREATE TABLE audit_trail (
    id      {key},
    at      BIGINT NOT NULL,
    entries TEXT NOT NULL,
    hash    {bytes} NOT NULL
);
CREATE INDEX audit_trail_by_time ON audit_trail (at);
-- The end of each chain: how many rows it has, and the hash of the last. "seal" is a keyed hash of both.
CREATE TABLE audit_chains (
    chain  {key},
    length BIGINT NOT NULL,
    last   {bytes} NOT NULL,
    seal   {bytes} NOT NULL
);

-- Who did what. Rows are only ever added. An id is the number of a chain (one for each program that
-- writes) in its upper 32 bits and the place in it in the lower; "hash" is a keyed hash of the row and
-- of the row before it, "person" a keyed hash of the person.
CREATE TABLE audit_trail (
    id     {key},
    at     BIGINT NOT NULL,
    actor  TEXT NOT NULL,
    action TEXT NOT NULL,
    number BIGINT,
    person {bytes},
    was    TEXT,
    became TEXT,
    hash   {bytes} NOT NULL
);
-- The end of each chain: how many rows it has, and the hash of the last. "seal" is a keyed hash of both.
CREATE TABLE audit_chains (
    chain  {key},
    length BIGINT NOT NULL,
    last   {bytes} NOT NULL,
    seal   {bytes} NOT NULL
);

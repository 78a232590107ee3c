-- The root key of the secrets has a number: with which the database is sealed ('keys'), and under
-- which the rows of a chain of the audit trail were hashed. Until now there was number 1 only.
ALTER TABLE service_state ADD COLUMN key_number BIGINT NOT NULL DEFAULT 1;
ALTER TABLE audit_chains ADD COLUMN key_number BIGINT NOT NULL DEFAULT 1;
-- The keys of keyed hashes of earlier numbers, sealed with the key in use: the rows of the audit
-- trail are never written anew, so they are checked with the key of their time.
CREATE TABLE earlier_keys (
    number {key},
    sealed {bytes} NOT NULL
);
-- The change to another key that is under way, if one is: how far it has come. "sealed" is sealed
-- with the key to which it goes, so that it goes on with no other.
CREATE TABLE key_rotation (
    number  {key},
    sealed  {bytes} NOT NULL,
    step    BIGINT NOT NULL,
    reached TEXT NOT NULL
);

-- What the database must never allow is a constraint here: it holds even if the engine is wrong.
-- Instants are seconds since 1970-01-01T00:00Z; local times are Taiwan's civil time as ISO 8601 text.
CREATE TABLE rounds (
    number             BIGINT PRIMARY KEY CHECK (number BETWEEN 1 AND 99),
    brands             TEXT NOT NULL,
    categories         TEXT NOT NULL,
    born_until         TEXT,
    registration_until BIGINT NOT NULL,
    opens              BIGINT NOT NULL,
    closes             BIGINT NOT NULL CHECK (closes > opens),
    last_sequence      BIGINT NOT NULL DEFAULT 0 CHECK (last_sequence BETWEEN 0 AND 99999999)
);
CREATE TABLE sites (
    id         BIGINT PRIMARY KEY,
    round      BIGINT NOT NULL REFERENCES rounds (number),
    district   BIGINT NOT NULL,
    name_zh    TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    address_zh TEXT NOT NULL,
    address_en TEXT NOT NULL,
    brand      TEXT NOT NULL
);
CREATE INDEX sites_by_district ON sites (round, district);
CREATE TABLE slots (
    id       BIGINT PRIMARY KEY,
    site     BIGINT NOT NULL REFERENCES sites (id),
    starts   TEXT NOT NULL,
    ends     TEXT NOT NULL,
    capacity BIGINT NOT NULL,
    taken    BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT seats_within_capacity CHECK (taken BETWEEN 0 AND capacity)
);
CREATE INDEX slots_by_site ON slots (site);
CREATE TABLE people (
    id        BIGINT PRIMARY KEY,
    id_number TEXT NOT NULL UNIQUE,
    card      TEXT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    born      TEXT NOT NULL,
    category  BIGINT
);
CREATE TABLE intentions (
    person     BIGINT NOT NULL REFERENCES people (id),
    round      BIGINT NOT NULL REFERENCES rounds (number),
    registered BIGINT NOT NULL,
    mobile     TEXT NOT NULL,
    district   BIGINT NOT NULL,
    brands     TEXT NOT NULL,
    PRIMARY KEY (person, round)
);
CREATE TABLE bookings (
    round           BIGINT NOT NULL REFERENCES rounds (number),
    sequence        BIGINT NOT NULL,
    person          BIGINT NOT NULL REFERENCES people (id),
    slot            BIGINT NOT NULL REFERENCES slots (id),
    mobile          TEXT NOT NULL,
    channel         TEXT NOT NULL,
    idempotency_key TEXT NOT NULL CONSTRAINT one_booking_a_key UNIQUE,
    made            BIGINT NOT NULL,
    cancelled       BIGINT,
    PRIMARY KEY (round, sequence)
);
CREATE UNIQUE INDEX one_live_booking_a_person_and_round ON bookings (person, round) WHERE cancelled IS NULL;
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    person     BIGINT NOT NULL REFERENCES people (id),
    expires    BIGINT NOT NULL
);

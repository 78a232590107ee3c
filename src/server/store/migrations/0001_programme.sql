-- What the database must never allow is a constraint here: it holds even if the engine is wrong.
-- Instants are seconds since 1970-01-01T00:00Z; local times are Taiwan's civil time as ISO 8601 text. {key} and {bytes} are the two
-- words that SQLite and PostgreSQL spell differently. A column "sealed" is encrypted, one "hash" is keyed: a stolen file shows nobody.
CREATE TABLE rounds (
    number             {key} CHECK (number BETWEEN 1 AND 99),
    brands             TEXT NOT NULL,
    categories         TEXT NOT NULL,
    born_until         TEXT,
    counties           TEXT NOT NULL,
    registration_opens BIGINT NOT NULL,
    registration_until BIGINT NOT NULL,
    opens              BIGINT NOT NULL,
    closes             BIGINT NOT NULL CHECK (closes > opens),
    bands              TEXT NOT NULL,
    settled            BIGINT,
    last_sequence      BIGINT NOT NULL DEFAULT 0 CHECK (last_sequence BETWEEN 0 AND 99999999),
    last_registration  BIGINT NOT NULL DEFAULT 0 CHECK (last_registration BETWEEN 0 AND 99999999)
);
CREATE TABLE sites (
    id         {key},
    round      BIGINT NOT NULL REFERENCES rounds (number),
    district   BIGINT NOT NULL,
    name_zh    TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    address_zh TEXT NOT NULL,
    address_en TEXT NOT NULL,
    brand      TEXT NOT NULL
);
CREATE INDEX sites_by_round ON sites (round);
CREATE TABLE slots (
    id       {key},
    site     BIGINT NOT NULL REFERENCES sites (id),
    starts   TEXT NOT NULL,
    ends     TEXT NOT NULL
);
CREATE INDEX slots_by_site ON slots (site);
-- The only rows that every booking changes, apart from what is known of their slots: a commit then writes a page or two of them,
-- not one for each slot.
CREATE TABLE seats (
    slot     {key} REFERENCES slots (id),
    round    BIGINT NOT NULL REFERENCES rounds (number),
    capacity BIGINT NOT NULL,
    taken    BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT seats_within_capacity CHECK (taken BETWEEN 0 AND capacity)
);
CREATE INDEX seats_by_round ON seats (round);
CREATE TABLE people (
    id              {key},
    id_hash         {bytes} NOT NULL CONSTRAINT one_row_a_person UNIQUE,
    card_hash       {bytes} NOT NULL,
    identity_sealed {bytes} NOT NULL,
    born_sealed     {bytes} NOT NULL,
    category        BIGINT,
    -- Of the registered password (Argon2id, as a PHC string).
    password_hash   TEXT
);
-- Wrong log-ins, by the keyed hash of the number that was typed, or by the kiosk.
CREATE TABLE wrong_attempts (
    who   {bytes} PRIMARY KEY,
    count BIGINT NOT NULL,
    last  BIGINT NOT NULL
);
-- One a person, for as long as they do not withdraw it: each round asks when it was given.
CREATE TABLE intentions (
    person        {key} REFERENCES people (id),
    number        BIGINT NOT NULL,
    registered    BIGINT NOT NULL,
    mobile_sealed {bytes} NOT NULL,
    district      BIGINT NOT NULL,
    brands        TEXT NOT NULL,
    language      TEXT NOT NULL
);
-- Written in the order of its key. The one index whose order is by chance is the live one, and it is narrow: the only page that a
-- booking touches anew; round first, so that these pages are the round's own, however many millions earlier rounds left. No foreign
-- keys here: PostgreSQL would look up and lock three rows for each booking, and the writer has read both person and slot in the same
-- transaction.
CREATE TABLE bookings (
    number          {key},
    round           BIGINT NOT NULL,
    person          BIGINT NOT NULL,
    slot            BIGINT NOT NULL,
    mobile_sealed   {bytes} NOT NULL,
    channel         TEXT NOT NULL,
    idempotency_key {bytes} NOT NULL,
    language        TEXT NOT NULL DEFAULT 'zh-TW',
    made            BIGINT NOT NULL,
    moved           BIGINT,
    cancelled       BIGINT,
    CHECK (number / 100000000 = round)
);
CREATE UNIQUE INDEX one_live_booking_a_person_and_round ON bookings (round, person) WHERE cancelled IS NULL;
CREATE TABLE ended_sessions (
    hash    {bytes} PRIMARY KEY,
    ended   BIGINT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX ended_sessions_by_end ON ended_sessions (ended);
CREATE TABLE devices (
    id               {key},
    name             TEXT NOT NULL CONSTRAINT one_device_a_name UNIQUE,
    channel          TEXT NOT NULL,
    institution      TEXT NOT NULL,
    token_hash       {bytes} CONSTRAINT one_device_a_token UNIQUE,
    certificate_hash {bytes} CONSTRAINT one_device_a_certificate UNIQUE,
    added            BIGINT NOT NULL,
    revoked          BIGINT,
    CHECK (token_hash IS NOT NULL OR certificate_hash IS NOT NULL)
);
-- What people are to be told, written in the transaction of what it tells: one row for each set of the writer, however many people are
-- in it. It is taken apart into messages by whoever has time.
CREATE TABLE outbox (
    id   {key},
    made BIGINT NOT NULL,
    told TEXT NOT NULL
);
-- Text messages, each once: "once" says what is told to whom. "claimed" is when the one who sends it must have said how it went.
CREATE TABLE messages (
    once          TEXT PRIMARY KEY,
    kind          TEXT NOT NULL,
    round         BIGINT NOT NULL,
    number        BIGINT,
    slot          BIGINT,
    -- From when the person may book: of those that tell of a settled round.
    opens         BIGINT,
    language      TEXT NOT NULL,
    person        BIGINT NOT NULL,
    mobile_sealed {bytes} NOT NULL,
    made          BIGINT NOT NULL,
    attempts      BIGINT NOT NULL DEFAULT 0,
    due           BIGINT,
    claimed       BIGINT,
    sent          BIGINT
);
CREATE INDEX messages_due ON messages (due) WHERE due IS NOT NULL;
-- How often each thing that servers keep in memory has changed: they ask for these numbers, and read anew what has changed.
CREATE TABLE changes (
    what   TEXT PRIMARY KEY,
    number BIGINT NOT NULL
);
INSERT INTO changes (what, number) VALUES ('programme', 0), ('devices', 0);

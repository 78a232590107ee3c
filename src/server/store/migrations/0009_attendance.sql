-- The site for which a desk of a vaccination site is enrolled; no other device has one.
ALTER TABLE devices ADD COLUMN site BIGINT
    CONSTRAINT a_desk_is_of_one_site CHECK ((channel = 'vaccination-site') = (site IS NOT NULL));
-- Until when the earlier key was in use: days until then have what desks keep of them sealed by it.
ALTER TABLE earlier_keys ADD COLUMN until BIGINT;
-- Whether nobody is served at the device without staff who are logged in.
ALTER TABLE devices ADD COLUMN counter BIGINT NOT NULL DEFAULT 0
    CONSTRAINT a_device_is_a_counter_or_not CHECK (counter IN (0, 1));
-- What the rules of booking ask of attendance, in the row that they read and lock anyway: when the person checked in, or was marked
-- as absent. Who has come keeps the booking.
ALTER TABLE bookings ADD COLUMN came BIGINT
    CONSTRAINT who_came_keeps_the_booking CHECK (came IS NULL OR cancelled IS NULL);
ALTER TABLE bookings ADD COLUMN absent BIGINT
    CONSTRAINT nobody_came_and_was_absent CHECK (absent IS NULL OR came IS NULL);
-- Where a booking was before it was moved, so that the day's list of that site still knows it. "moved" is the last time.
CREATE TABLE earlier_slots (
    number BIGINT NOT NULL,
    slot   BIGINT NOT NULL,
    moved  BIGINT NOT NULL,
    PRIMARY KEY (number, slot)
);
CREATE INDEX earlier_slots_by_slot ON earlier_slots (slot);
-- How far a person has come at the site, one row a booking for which something was entered. "at" is by the desk's clock, "device" the
-- desk of this step and "lot" the vaccine's (NULL otherwise); "earlier" are the steps before it as JSON, so that one can be taken back.
CREATE TABLE attendance (
    number  {key},
    round   BIGINT NOT NULL,
    site    BIGINT NOT NULL,
    state   TEXT NOT NULL,
    at      BIGINT NOT NULL,
    lot     TEXT,
    device  BIGINT,
    earlier TEXT NOT NULL,
    CHECK ((state = 'vaccinated') = (lot IS NOT NULL)),
    CHECK ((state = 'absent') = (device IS NULL))
);
CREATE INDEX attendance_by_site ON attendance (site);
-- The entries of desks that count, each once: what is sent again is known by its id.
CREATE TABLE attendance_entries (
    id     {bytes} PRIMARY KEY,
    number BIGINT NOT NULL,
    made   BIGINT NOT NULL,
    taken  BIGINT NOT NULL
);
-- The days of sites after whose end those who did not come were marked.
CREATE TABLE closed_days (
    day    TEXT NOT NULL,
    site   BIGINT NOT NULL,
    closed BIGINT NOT NULL,
    PRIMARY KEY (day, site)
);
-- When a desk was last heard: before that it may have entries that nobody else knows of.
ALTER TABLE devices ADD COLUMN heard BIGINT;
-- Entries that do not count because the desk "desk" had entered the same person: "device" is where this one was entered, "state", "at"
-- and "lot" what it says, and "seen" is when somebody at "desk" has read it.
CREATE TABLE attendance_conflicts (
    id     {bytes} PRIMARY KEY,
    number BIGINT NOT NULL,
    desk   BIGINT NOT NULL,
    device BIGINT NOT NULL,
    state  TEXT NOT NULL,
    at     BIGINT NOT NULL,
    lot    TEXT,
    seen   BIGINT,
    CHECK ((state = 'vaccinated') = (lot IS NOT NULL))
);
CREATE INDEX attendance_conflicts_by_desk ON attendance_conflicts (desk);

-- Who may choose before others until a time, one row a person and round. "slot" is the seat that is set aside for
-- them: it counts in seats.taken, so that taken is always the live bookings and the rows here with that slot. It is NULL where none
-- could be set aside, and once the time has ended and the seat was given back; the row then stays until the person has chosen, so
-- that they can be told. "reason" is why; of a slot that was closed, "origin" is that slot and "booking" the number that ended.
CREATE TABLE holds (
    round   BIGINT NOT NULL REFERENCES rounds (number),
    person  BIGINT NOT NULL,
    slot    BIGINT REFERENCES slots (id),
    until   BIGINT NOT NULL,
    reason  TEXT NOT NULL,
    origin  BIGINT,
    booking BIGINT,
    PRIMARY KEY (round, person)
);
CREATE INDEX holds_by_end ON holds (until) WHERE slot IS NOT NULL;
CREATE INDEX holds_by_slot ON holds (slot) WHERE slot IS NOT NULL;
-- When a slot was closed. It then has no seats, and with seats_within_capacity nobody can be given one.
ALTER TABLE seats ADD COLUMN closed BIGINT
    CONSTRAINT closed_slots_have_no_seats CHECK (closed IS NULL OR capacity = 0);
-- When a booking ended because its slot was closed: "cancelled" is then the same time, and the person did not cancel it.
ALTER TABLE bookings ADD COLUMN displaced BIGINT;
-- Of messages that tell of a closed slot: the seat that is held for the person, and until when they choose before others.
ALTER TABLE messages ADD COLUMN held BIGINT;
ALTER TABLE messages ADD COLUMN until BIGINT;

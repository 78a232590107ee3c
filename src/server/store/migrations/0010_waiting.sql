-- Who waits for a seat, one row a person and round. "place" is the order of the line and is never given twice: it is the number of
-- the change 'waiting' at asking. "wish" is what they wait for, as JSON, and "asked" since when; "lapses" counts the offers that they let lapse, and "passed"
-- names the slots of those and when, as JSON. Where the text messages go is kept here, as they have no booking.
CREATE TABLE waiting (
    place         {key},
    round         BIGINT NOT NULL REFERENCES rounds (number),
    person        BIGINT NOT NULL,
    wish          TEXT NOT NULL,
    mobile_sealed {bytes} NOT NULL,
    language      TEXT NOT NULL,
    asked         BIGINT NOT NULL,
    lapses        BIGINT NOT NULL DEFAULT 0,
    passed        TEXT NOT NULL DEFAULT '[]'
);
CREATE UNIQUE INDEX one_place_a_person_and_round ON waiting (round, person);
CREATE INDEX waiting_by_place ON waiting (round, place);
-- Seats that were offered, the live ones and those that have ended: "outcome" is 'taken', 'lapsed' or 'withdrawn'. A live one has a
-- row in holds with the reason 'offer', which is what holds the seat. "code" is the keyed hash of what the text message says.
CREATE TABLE offers (
    id      {key},
    round   BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    slot    BIGINT NOT NULL,
    place   BIGINT NOT NULL,
    made    BIGINT NOT NULL,
    until   BIGINT NOT NULL,
    code    {bytes} NOT NULL,
    ended   BIGINT,
    outcome TEXT,
    CHECK ((ended IS NULL) = (outcome IS NULL))
);
CREATE INDEX offers_by_person ON offers (round, person) WHERE ended IS NULL;
CREATE INDEX offers_by_code ON offers (code);
CREATE INDEX offers_by_slot ON offers (round, slot);
-- In holds the reason 'offer' is a seat that is offered until a time, and 'freed' one that somebody has given up while others wait:
-- its person is nobody's number (negative), and it is offered or given back at the next look.
CREATE INDEX holds_offered ON holds (until) WHERE reason = 'offer';
CREATE INDEX holds_freed ON holds (round) WHERE reason = 'freed';
-- 'line' counts whatever can change whose turn it is: who has looked at the line offers nothing if it has changed since.
INSERT INTO changes (what, number) VALUES ('waiting', 0), ('line', 0);
-- Who wants to be told of doses that are left at a site at the end of its day, one row a person and round; "place" as in waiting.
CREATE TABLE leftover_line (
    place         {key},
    round         BIGINT NOT NULL REFERENCES rounds (number),
    person        BIGINT NOT NULL,
    site          BIGINT NOT NULL REFERENCES sites (id),
    mobile_sealed {bytes} NOT NULL,
    language      TEXT NOT NULL
);
CREATE UNIQUE INDEX one_leftover_place_a_person_and_round ON leftover_line (round, person);
CREATE INDEX leftover_line_by_site ON leftover_line (site, place);
-- What a site said is left: "doses" are those that are still there, "until" is when those who were told last have had their time, and
-- "slot" the day's last one, in which whoever comes is given a booking.
CREATE TABLE leftover_doses (
    id    {key},
    round BIGINT NOT NULL REFERENCES rounds (number),
    site  BIGINT NOT NULL REFERENCES sites (id),
    day   TEXT NOT NULL,
    slot  BIGINT NOT NULL REFERENCES slots (id),
    doses BIGINT NOT NULL CONSTRAINT no_dose_is_given_twice CHECK (doses >= 0),
    until BIGINT NOT NULL,
    made  BIGINT NOT NULL
);
CREATE INDEX leftover_doses_by_site ON leftover_doses (site, day);
CREATE INDEX leftover_doses_left ON leftover_doses (until) WHERE doses > 0;
-- Who was told of which: "code" is the keyed hash of what the message says, "number" the booking of who came and was given one.
CREATE TABLE leftover_told (
    id     {key},
    call   BIGINT NOT NULL REFERENCES leftover_doses (id),
    person BIGINT NOT NULL,
    until  BIGINT NOT NULL,
    code   {bytes} NOT NULL,
    came   BIGINT,
    number BIGINT,
    CHECK ((came IS NULL) = (number IS NULL))
);
CREATE UNIQUE INDEX told_once_of_a_dose ON leftover_told (call, person);
CREATE INDEX leftover_told_by_code ON leftover_told (code);

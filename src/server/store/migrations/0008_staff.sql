-- The institutions at whose devices staff log in. "code" is what devices have as their institution (機構代碼).
CREATE TABLE institutions (
    id      {key},
    code    TEXT NOT NULL UNIQUE,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    added   BIGINT NOT NULL,
    closed  BIGINT
);
-- Staff of an institution, found by the keyed hash of their card. "identity_sealed" is their name and what their card is known by;
-- empty of somebody who was erased. "rights" has a bit a right. Whoever works at two institutions has two rows.
CREATE TABLE staff (
    id              {key},
    institution     BIGINT NOT NULL REFERENCES institutions (id),
    card_hash       {bytes} NOT NULL,
    identity_sealed {bytes} NOT NULL,
    role            TEXT NOT NULL,
    rights          BIGINT NOT NULL CONSTRAINT rights_are_bits CHECK (rights BETWEEN 0 AND 255),
    added           BIGINT NOT NULL,
    withdrawn       BIGINT,
    UNIQUE (institution, card_hash)
);
CREATE INDEX staff_by_card ON staff (card_hash);
INSERT INTO changes (what, number) VALUES ('staff', 0);

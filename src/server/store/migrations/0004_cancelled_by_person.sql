-- A booking that is submitted again after it was cancelled is known by its key. Only cancelled
-- bookings are in this index, so that booking costs no more than before.
CREATE INDEX cancelled_bookings_by_person ON bookings (round, person) WHERE cancelled IS NOT NULL;

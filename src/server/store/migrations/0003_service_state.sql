-- What the service keeps for itself. 'writer' is updated to see whether the database can be written;
-- 'keys' is sealed with the keys of this database, so that a service with other keys does not start.
CREATE TABLE service_state (
    name   TEXT PRIMARY KEY,
    at     BIGINT NOT NULL,
    sealed {bytes}
);
INSERT INTO service_state (name, at) VALUES ('writer', 0);

-- Every server asks twice a second for the wrong log-ins since its last look, and once a minute the
-- old ones are forgotten: without this index each look reads all of them.
CREATE INDEX wrong_attempts_by_last ON wrong_attempts (last);

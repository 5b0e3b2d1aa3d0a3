-- When the relay was last backed up: what `jasaq relay backup` leaves, so that somebody can be told when it stops doing so.

CREATE TABLE backups (
    one           INTEGER PRIMARY KEY CHECK (one = 1),
    finished_at_s INTEGER NOT NULL CHECK (finished_at_s > 0) -- seconds since 1970, by this machine's clock
) STRICT;

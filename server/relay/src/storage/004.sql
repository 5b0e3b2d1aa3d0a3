-- Spaces that were closed, and of which envelopes were deleted, the last ones first, and some are left. What their rows say of
-- number and running hash holds no more; the row goes with the last envelope.

CREATE TABLE dropping (
    space INTEGER PRIMARY KEY REFERENCES spaces (id)
) STRICT;

-- How much of a removed device's journals stands beyond its removal is asked whenever it brings more.

CREATE INDEX journals_of_writer ON journals (signer);

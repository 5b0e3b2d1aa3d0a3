-- The first schema. Never edited: a change is the next number.
--
-- Long names (spaces, journals, signers) are kept once and stand elsewhere as integers. Nothing is ever updated but the
-- heads and sums that an inserted envelope moves.

CREATE TABLE relay (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    identity BLOB NOT NULL CHECK (length(identity) = 32) -- secret half of the key that signs receipts
) STRICT;

CREATE TABLE spaces (
    id           INTEGER PRIMARY KEY,
    space        BLOB    NOT NULL UNIQUE CHECK (length(space) = 16),
    territory    BLOB    NOT NULL CHECK (length(territory) = 16), -- the roll of the territory that first wrote here
    number       INTEGER NOT NULL CHECK (number >= 0),            -- of the last envelope; 0 before the first
    running_hash BLOB    NOT NULL CHECK (length(running_hash) = 32),
    bytes        INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT;

CREATE TABLE signers (
    id        INTEGER PRIMARY KEY,
    signer    BLOB    NOT NULL UNIQUE CHECK (length(signer) = 32), -- a device, the root, or an invite key
    envelopes INTEGER NOT NULL CHECK (envelopes >= 0),
    bytes     INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT;

CREATE TABLE journals (
    id            INTEGER PRIMARY KEY,
    journal       BLOB    NOT NULL UNIQUE CHECK (length(journal) = 16),
    space         INTEGER NOT NULL REFERENCES spaces (id),
    signer        INTEGER NOT NULL REFERENCES signers (id),
    head_sequence INTEGER NOT NULL CHECK (head_sequence >= 0),
    head_hash     BLOB    NOT NULL CHECK (length(head_hash) = 32),
    head_number   INTEGER NOT NULL CHECK (head_number >= 0)        -- in the space's numbers: which journals moved last
) STRICT;
CREATE INDEX journals_of_space ON journals (space, head_number);

CREATE TABLE envelopes (
    space        INTEGER NOT NULL REFERENCES spaces (id),
    number       INTEGER NOT NULL CHECK (number > 0),              -- within the space, without gaps
    running_head BLOB    NOT NULL CHECK (length(running_head) = 8), -- of the running hash at this number
    journal      INTEGER NOT NULL REFERENCES journals (id),
    sequence     INTEGER NOT NULL CHECK (sequence > 0),
    hash         BLOB    NOT NULL CHECK (length(hash) = 32),
    wire         BLOB    NOT NULL,                                 -- without link: a reader has the envelope before
    UNIQUE (space, number),
    UNIQUE (journal, sequence)
) STRICT;

-- The vault of one device, schema 1. Never edited after release; the next step is 0002.sql.

-- Single values: keys, the territory's root, the relay's address and identity, counters.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Every journal of which something is held, with its last place.
CREATE TABLE journals (
    journal  BLOB PRIMARY KEY,
    space    BLOB NOT NULL,
    signer   BLOB NOT NULL,    -- the device that the first envelope names
    sequence INTEGER NOT NULL, -- of the last envelope held
    hash     BLOB NOT NULL     -- of the last envelope held
) STRICT, WITHOUT ROWID;
CREATE INDEX journals_of_space ON journals (space, signer);

-- The journal that this install writes now in each space. It is here before its first envelope is sealed.
CREATE TABLE own_journals (
    space   BLOB PRIMARY KEY,
    journal BLOB NOT NULL UNIQUE,
    counter INTEGER NOT NULL   -- of the last statement recorded under this journal
) STRICT, WITHOUT ROWID;

CREATE TABLE envelopes (
    row      INTEGER PRIMARY KEY, -- rises as they are kept: what explains an envelope was kept before it
    journal  BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    space    BLOB NOT NULL,
    hash     BLOB NOT NULL,
    acks_only INTEGER NOT NULL, -- 1: holds nothing but acks, so it is not acked itself
    state    INTEGER NOT NULL,  -- 0 open, 1 sealed to a key not held, 2 content refused
    at_relay INTEGER NOT NULL,  -- 1: the relay's receipt covers it, or it came from there
    passed   INTEGER NOT NULL DEFAULT 0, -- 1: its space's cursor has passed it
    refusal  INTEGER,           -- why the relay did not store it, when last told
    wire     BLOB NOT NULL,
    UNIQUE (journal, sequence)
) STRICT;
CREATE INDEX outbox ON envelopes (space, row) WHERE at_relay = 0;
CREATE INDEX not_passed ON envelopes (space) WHERE at_relay = 1 AND passed = 0;
CREATE INDEX sealed_envelopes ON envelopes (space, journal, sequence) WHERE state = 1;
CREATE INDEX envelopes_of_space ON envelopes (space, row);

-- Envelopes beside a journal's own line: two were signed for one place, by a clone or a restored backup.
CREATE TABLE branches (
    journal  BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    hash     BLOB NOT NULL,
    received_ms INTEGER,       -- by this device's clock; NULL: own
    wire     BLOB NOT NULL,
    PRIMARY KEY (journal, sequence, hash)
) STRICT, WITHOUT ROWID;

-- Membership operations out of the rolls' envelopes, as they stand there.
CREATE TABLE operations (
    id       BLOB PRIMARY KEY,
    roll     BLOB NOT NULL,
    journal  BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    signer   BLOB NOT NULL,
    body     BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- How far each space is held from the relay.
CREATE TABLE cursors (
    space        BLOB PRIMARY KEY,
    number       INTEGER NOT NULL,
    running_hash BLOB NOT NULL,
    left_out     INTEGER NOT NULL -- of these, how many this program could not keep: a later one asks for them again
) STRICT, WITHOUT ROWID;

-- Requests whose answers have not come whole: a carrier may bring one minutes later, or never.
CREATE TABLE tickets (
    counter     INTEGER PRIMARY KEY, -- of the request's head
    relay       BLOB NOT NULL,       -- whom it was signed for
    asked       BLOB NOT NULL,       -- per space of the head: space 16, number 8, running hash 32
    bytes       INTEGER NOT NULL,    -- of the whole request
    pushed      INTEGER NOT NULL,    -- envelopes in it
    is_question INTEGER NOT NULL,    -- 1: after a broken push it asked for receipts first
    more        INTEGER NOT NULL     -- 1: spaces were left for the next contact
) STRICT;

-- Epoch keys held.
CREATE TABLE epochs (
    space  BLOB NOT NULL,
    epoch  BLOB NOT NULL,
    secret BLOB NOT NULL,
    PRIMARY KEY (space, epoch)
) STRICT, WITHOUT ROWID;

-- Changes of documents, opened. With the pending statements they are what every other row is rebuilt from.
CREATE TABLE changes (
    hash      BLOB NOT NULL, -- not unique: a change does not name its document
    space     BLOB NOT NULL,
    document  BLOB NOT NULL,
    journal   BLOB NOT NULL,
    sequence  INTEGER NOT NULL,
    section   INTEGER NOT NULL,
    actor     BLOB NOT NULL,
    actor_seq INTEGER NOT NULL, -- Automerge's own count of the actor's changes
    max_op    INTEGER NOT NULL,
    received_ms INTEGER,        -- by this device's clock; NULL: own
    bytes     BLOB NOT NULL,
    PRIMARY KEY (journal, sequence, section)
) STRICT;
CREATE INDEX changes_of_document ON changes (space, document, journal, sequence, section);

-- Statements: pending ones without a place, sealed ones with the place of their envelope.
CREATE TABLE statements (
    row         INTEGER PRIMARY KEY,
    space       BLOB NOT NULL,
    document    BLOB NOT NULL,
    device      BLOB NOT NULL,    -- who wrote it
    key         TEXT NOT NULL,
    kind        TEXT NOT NULL,
    happened_ms INTEGER NOT NULL, -- for lists; decides nothing
    journal     BLOB,             -- NULL: pending
    sequence    INTEGER,
    received_ms INTEGER,          -- by this device's clock; NULL: own
    standing    INTEGER NOT NULL, -- 0 counts, 1 waiting, 2 held, 3 not counted
    fields      BLOB NOT NULL,    -- CBOR, every field as it came
    digest      BLOB NOT NULL,    -- of the fields: of two things said under one key, by a clone, both are kept
    UNIQUE (document, space, device, key, digest)
) STRICT;
-- No more indexes than these: each is one page more to encrypt and to sync at every tap.
CREATE INDEX statements_by_place ON statements (journal, sequence); -- the pending ones come first
CREATE INDEX statements_listed ON statements (kind, happened_ms) WHERE kind NOT IN ('entry', 'track');

-- What other devices said that they hold.
CREATE TABLE acks (
    device   BLOB NOT NULL,
    space    BLOB NOT NULL,
    journal  BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    hash     BLOB NOT NULL,
    PRIMARY KEY (journal, device) -- asked for by journal, once a statement shown
) STRICT, WITHOUT ROWID;

-- What other devices last said of a space as a whole: of all they hold there, and of all they could open.
CREATE TABLE accounts (
    device    BLOB NOT NULL,
    space     BLOB NOT NULL,
    frontier  BLOB NOT NULL,
    documents BLOB NOT NULL,
    compared  INTEGER NOT NULL, -- 0: what is held here is not the same yet, so there is nothing to compare
    differs   INTEGER NOT NULL, -- 1: when last compared, the same was held and other things were in it: an alarm
    PRIMARY KEY (device, space)
) STRICT, WITHOUT ROWID;

-- Journals that brought something since this device's last ack.
CREATE TABLE acks_due (
    space   BLOB NOT NULL,
    journal BLOB NOT NULL,
    PRIMARY KEY (space, journal)
) STRICT, WITHOUT ROWID;

-- Names that this device's owner gave to offices and squads. They never leave it.
CREATE TABLE labels (
    id   BLOB PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

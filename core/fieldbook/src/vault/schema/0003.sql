-- Attachments by their names: root and length. What is held of one are its parts, from the first on.
CREATE TABLE attachments (
    root     BLOB NOT NULL,
    bytes    INTEGER NOT NULL,           -- of all sealed parts
    at_relay INTEGER NOT NULL DEFAULT 0, -- steps that the relay signed it holds, from the first on
    standing INTEGER NOT NULL DEFAULT 0, -- what the relay last said of it; 0: nothing is against it
    wanted   INTEGER NOT NULL DEFAULT 0, -- 1: somebody here asked for it
    erased   INTEGER NOT NULL DEFAULT 0, -- 1: it is not taken again
    PRIMARY KEY (root, bytes)
) STRICT, WITHOUT ROWID;

-- As they travel: sealed, each with the proof that it is its attachment's. With row numbers, so that large rows lie beside
-- the tree and a damaged page costs one of them.
CREATE TABLE parts (
    root   BLOB NOT NULL,
    bytes  INTEGER NOT NULL,
    part   INTEGER NOT NULL,
    proof  BLOB NOT NULL,
    sealed BLOB NOT NULL, -- of the last part held, as far as it has come
    UNIQUE (root, bytes, part)
) STRICT;

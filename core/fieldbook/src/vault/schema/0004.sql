-- The operations that erase and were obeyed here, and when by this device's clock.
CREATE TABLE obeyed (
    operation BLOB PRIMARY KEY,
    obeyed_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where something of an erased document stands that no operation names: it is shown to nobody, and whoever may erases it too.
CREATE TABLE late_sections (
    journal  BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    hash     BLOB NOT NULL,
    section  INTEGER NOT NULL,
    space    BLOB NOT NULL,
    document BLOB NOT NULL,
    PRIMARY KEY (journal, sequence, hash, section)
) STRICT, WITHOUT ROWID;

-- Attachments that were erased, here or for everybody: none of them is taken again.
CREATE TABLE erased_roots (
    root BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO erased_roots (root) SELECT DISTINCT root FROM attachments WHERE erased = 1;
ALTER TABLE attachments DROP COLUMN erased;

-- What was erased, and when by this device's clock: by the 16 bytes of an operation that was obeyed here, or the 32 of an
-- attachment's root, of which nothing is taken again. One table, and comments outside: what a schema takes of the vault's
-- first pages is lost with any one of them.
CREATE TABLE erased (what BLOB PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO erased (what, at_ms) SELECT DISTINCT root, 0 FROM attachments WHERE erased = 1;
ALTER TABLE attachments DROP COLUMN erased;

-- Where something of an erased document stands that no operation names: it is shown to nobody, and whoever may erases it too.
CREATE TABLE late_sections (
    journal BLOB NOT NULL, sequence INTEGER NOT NULL, hash BLOB NOT NULL, section INTEGER NOT NULL,
    space BLOB NOT NULL, document BLOB NOT NULL,
    PRIMARY KEY (journal, sequence, hash, section)
) STRICT, WITHOUT ROWID;

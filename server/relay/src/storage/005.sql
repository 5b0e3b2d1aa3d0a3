-- Attachments: sealed parts beside the journals. They are stored from the first byte on, so that how far one has come is
-- one number. Parts lie in this file and nowhere else: one file is backed up, restored and checked.

CREATE TABLE attachments (
    id     INTEGER PRIMARY KEY,
    space  BLOB    NOT NULL CHECK (length(space) = 16),  -- whose readers may have it
    root   BLOB    NOT NULL CHECK (length(root) = 32),
    bytes  INTEGER NOT NULL CHECK (bytes > 0),           -- of the whole
    device BLOB    NOT NULL CHECK (length(device) = 32), -- who began to bring it
    held   INTEGER NOT NULL CHECK (held BETWEEN 0 AND bytes),
    UNIQUE (space, root, bytes)                          -- a false length takes no place from the true one
) STRICT;
CREATE INDEX attachments_of_device ON attachments (device);
CREATE INDEX attachments_of_root ON attachments (root);

CREATE TABLE parts (
    attachment INTEGER NOT NULL REFERENCES attachments (id),
    part       INTEGER NOT NULL CHECK (part >= 0),
    proof      BLOB    NOT NULL,
    bytes      BLOB    NOT NULL,                         -- of the last part held, as far as it has come
    PRIMARY KEY (attachment, part)
) STRICT;

-- What was erased is not taken again, whoever still brings it.
CREATE TABLE erased_attachments (
    root BLOB PRIMARY KEY CHECK (length(root) = 32)
) STRICT, WITHOUT ROWID;

-- Cases that were handed over and have left this phone: nothing more is written of them here.
CREATE TABLE let_go (document BLOB PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- What somebody began to write and has not recorded: it is in no statement, and goes nowhere.
CREATE TABLE drafts (draft BLOB PRIMARY KEY, written_ms INTEGER NOT NULL, content TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- The roster: an index over what the register says of persons, one row a person, by which pages are read in the order of
-- the Kazakh alphabet and searched. Whoever reads a page first brings the rows up to date whose documents are due; all of
-- it can be made again from the statements. Comments stand outside, as in 0004.

-- A rank is a place in the order, with gaps, so that what points to a person is one small number: the rows themselves, the
-- words of his name, his squads. "place" is the key that ranks follow; "folded" has a blank before each word.
CREATE TABLE roster (
    rank INTEGER PRIMARY KEY, person BLOB NOT NULL UNIQUE, place BLOB NOT NULL UNIQUE, name TEXT, folded TEXT NOT NULL,
    state TEXT NOT NULL, certificate TEXT, ended TEXT, outlook BLOB NOT NULL, squads BLOB NOT NULL
) STRICT;
CREATE INDEX roster_by_state ON roster (state);
CREATE TABLE roster_words (word TEXT NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (word, rank)) STRICT, WITHOUT ROWID;
CREATE TABLE roster_squads (squad BLOB NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (squad, rank)) STRICT, WITHOUT ROWID;

-- Whom a list names, and how it stood when those persons' rows were made: it is said elsewhere than in their documents.
CREATE TABLE roster_lines (list BLOB NOT NULL, person BLOB NOT NULL, PRIMARY KEY (list, person)) STRICT, WITHOUT ROWID;
CREATE TABLE roster_lists (list BLOB PRIMARY KEY, stands INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Documents that continue a person's first, and the one that would be next.
CREATE TABLE roster_documents (document BLOB PRIMARY KEY, person BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- Documents in which something changed since. Whatever writes statements fills it, for it does so by itself; what phones say
-- all day is passed over.
CREATE TABLE roster_due (document BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TRIGGER roster_said AFTER INSERT ON statements WHEN new.kind <> 'entry' AND new.kind <> 'track' AND new.kind NOT IN ('patrol_started', 'patrol_ended', 'leg_started',
        'leg_ended', 'waypoint', 'attachment', 'attachment_held', 'squad_card')
    BEGIN INSERT OR IGNORE INTO roster_due VALUES (new.document); END;
CREATE TRIGGER roster_restated AFTER UPDATE OF standing ON statements WHEN new.standing <> old.standing
    AND new.kind <> 'entry' AND new.kind <> 'track' AND new.kind NOT IN ('patrol_started', 'patrol_ended', 'leg_started',
        'leg_ended', 'waypoint', 'attachment', 'attachment_held', 'squad_card')
    BEGIN INSERT OR IGNORE INTO roster_due VALUES (new.document); END;
CREATE TRIGGER roster_gone AFTER DELETE ON statements WHEN old.kind <> 'entry' AND old.kind <> 'track' AND old.kind NOT IN ('patrol_started', 'patrol_ended', 'leg_started',
        'leg_ended', 'waypoint', 'attachment', 'attachment_held', 'squad_card')
    BEGIN INSERT OR IGNORE INTO roster_due VALUES (old.document); END;

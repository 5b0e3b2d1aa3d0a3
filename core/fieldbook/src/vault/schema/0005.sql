-- The roster: an index over what the register says of persons, one row a person, by which pages are read in the order of
-- the Kazakh alphabet and searched. Whoever reads a page first brings the rows up to date whose documents are due; all of
-- it can be made again from the statements. Comments stand outside, as in 0004.

-- A rank is a place in the order, with gaps, so that what points to a person is one small number. "place" is the key that
-- ranks follow; "folded" has a blank before each word.
CREATE TABLE roster (
    rank INTEGER PRIMARY KEY, person BLOB NOT NULL UNIQUE, place BLOB NOT NULL UNIQUE, name TEXT, folded TEXT NOT NULL,
    state TEXT NOT NULL, certificate TEXT, ended TEXT, outlook BLOB NOT NULL, squads BLOB NOT NULL
) STRICT;

-- What a person is found by: the words of his name, "=" and his state, "@" and a squad.
CREATE TABLE roster_terms (term TEXT NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (term, rank)) STRICT, WITHOUT ROWID;

-- What else than his first document a row is made of: documents that continue it, with the one that would be next, and
-- lists that name him; and how those lists stood then.
CREATE TABLE roster_sources (source BLOB NOT NULL, person BLOB NOT NULL, PRIMARY KEY (source, person)) STRICT, WITHOUT ROWID;
CREATE TABLE roster_lists (list BLOB PRIMARY KEY, stands INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Documents in which something changed since. Whatever writes statements fills it, for it does so by itself; what phones say
-- all day is passed over.
CREATE TABLE roster_due (document BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TRIGGER roster_said AFTER INSERT ON statements
    WHEN new.kind <> 'entry' AND new.kind <> 'track' AND new.kind NOT IN
    ('patrol_started', 'patrol_ended', 'leg_started', 'leg_ended', 'waypoint', 'attachment', 'attachment_held', 'squad_card')
    BEGIN INSERT OR IGNORE INTO roster_due VALUES (new.document); END;
CREATE TRIGGER roster_restated AFTER UPDATE OF standing, space ON statements
    WHEN (new.standing, new.space) IS NOT (old.standing, old.space) AND new.kind <> 'entry' AND new.kind <> 'track' AND new.kind NOT IN
    ('patrol_started', 'patrol_ended', 'leg_started', 'leg_ended', 'waypoint', 'attachment', 'attachment_held', 'squad_card')
    BEGIN INSERT OR IGNORE INTO roster_due VALUES (new.document); END;
CREATE TRIGGER roster_gone AFTER DELETE ON statements
    WHEN old.kind <> 'entry' AND old.kind <> 'track' AND old.kind NOT IN
    ('patrol_started', 'patrol_ended', 'leg_started', 'leg_ended', 'waypoint', 'attachment', 'attachment_held', 'squad_card')
    BEGIN INSERT OR IGNORE INTO roster_due VALUES (old.document); END;

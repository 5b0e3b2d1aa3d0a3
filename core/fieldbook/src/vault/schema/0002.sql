-- The relay's number under which its space's cursor passed an envelope; NULL: none did, or one of an older program.
ALTER TABLE envelopes ADD COLUMN number INTEGER;

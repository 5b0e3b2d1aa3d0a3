-- The relay's number under which its space's cursor passed an envelope; NULL: none did, or one of an older program.
ALTER TABLE envelopes ADD COLUMN number INTEGER;

-- To walk what was passed in its order, back to where the relay stands. No tap touches it: until then the number is NULL.
CREATE INDEX passed_by_number ON envelopes (space, number) WHERE number IS NOT NULL;

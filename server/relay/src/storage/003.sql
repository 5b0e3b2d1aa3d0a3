-- How many journals a signer has in a space is asked whenever one is opened there.

CREATE INDEX IF NOT EXISTS journals_of_signer ON journals (space, signer);

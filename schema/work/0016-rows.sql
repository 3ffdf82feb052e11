-- The private journal tells of rows by their numbers, which must stay the same when the file is packed.

CREATE TABLE sight_numbered (
    id @INT@ PRIMARY KEY,
    change @INT@ NOT NULL REFERENCES change,
    account TEXT NOT NULL,
    at @INT@ NOT NULL,               -- moment
    deed @INT@ NOT NULL,             -- the row of the private journal about it
    UNIQUE (change, account)
);
INSERT INTO sight_numbered (change, account, at, deed) SELECT change, account, at, deed FROM sight;
DROP TABLE sight;
ALTER TABLE sight_numbered RENAME TO sight;

CREATE TABLE coding_draft_numbered (
    id @INT@ PRIMARY KEY,
    change @INT@ NOT NULL REFERENCES change,
    coder TEXT NOT NULL,             -- account
    version @INT@ NOT NULL,          -- counts the saves, from 1
    at @INT@ NOT NULL,               -- moment
    body TEXT NOT NULL,              -- record_write
    UNIQUE (change, coder)
);
INSERT INTO coding_draft_numbered (change, coder, version, at, body) SELECT change, coder, version, at, body FROM coding_draft;
DROP TABLE coding_draft;
ALTER TABLE coding_draft_numbered RENAME TO coding_draft;

-- What was done with a change is looked up by these.
CREATE INDEX deed_subject ON deed (subject);

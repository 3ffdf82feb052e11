-- What people prepare for publication: each change is to become one entry of the public journal, by two persons.

CREATE TABLE change (
    id @INT@ PRIMARY KEY,
    kind TEXT NOT NULL,              -- of that entry
    subject @INT@ NOT NULL,          -- number of the incident or organisation that it is about; 0: a new incident
    origin @INT@ REFERENCES import_row, -- the candidate that it was made from
    title TEXT NOT NULL,             -- for lists
    state TEXT NOT NULL,             -- draft, in_review, publishing, published, dropped
    version @INT@ NOT NULL,          -- the newest of change_version
    author TEXT NOT NULL,            -- account that began it
    reviewer TEXT,                   -- account that agreed
    incident @INT@,                  -- public number, once it is published
    trouble TEXT,                    -- why it came back from review, or why the log refused it
    moved @INT@ NOT NULL,            -- moment of the last step
    deed @INT@ NOT NULL              -- the row of the private journal about that step
);
CREATE INDEX change_state ON change (state, id);

CREATE TABLE change_version (        -- what was saved, each time
    id @INT@ PRIMARY KEY,
    change @INT@ NOT NULL REFERENCES change,
    version @INT@ NOT NULL,          -- from 1, without gaps
    at @INT@ NOT NULL,               -- moment
    author TEXT NOT NULL,            -- account
    body TEXT NOT NULL,              -- record_write or act_write, without the reviewer
    deed @INT@ NOT NULL,
    UNIQUE (change, version)
);

CREATE TABLE coding (                -- a second coder's record of the same sources, made without seeing the first
    id @INT@ PRIMARY KEY,
    change @INT@ NOT NULL REFERENCES change,
    coder TEXT NOT NULL,             -- account
    version @INT@ NOT NULL,          -- of the change that it is compared with
    at @INT@ NOT NULL,
    body TEXT NOT NULL,              -- record_write
    deed @INT@ NOT NULL,
    UNIQUE (change, coder)
);

CREATE TABLE triage (                -- what was decided about a candidate
    import_row @INT@ PRIMARY KEY REFERENCES import_row,
    state TEXT NOT NULL,             -- taken, postponed, refused
    account TEXT NOT NULL,
    until @INT@,                     -- day, of one that was postponed
    reason TEXT,                     -- code of domain/refusals.def, of one that was refused
    note TEXT,
    change @INT@,                    -- of one that was taken
    at @INT@ NOT NULL,
    deed @INT@ NOT NULL
);

-- Right of reply: which organisation was asked what is about to be published of it, and until when it may answer.

CREATE TABLE reply (
    id @INT@ PRIMARY KEY,
    change @INT@ REFERENCES change,  -- that it is asked about; NULL: a published incident
    incident @INT@ NOT NULL,         -- its public number; 0 while it is not published
    organisation TEXT NOT NULL,      -- as the record names it
    way TEXT NOT NULL,               -- where or how it was asked
    asked @INT@ NOT NULL,            -- days
    due @INT@ NOT NULL,              -- the last on which it may answer
    state TEXT NOT NULL,             -- waiting, answered, objection, no_answer, waived
    ended @INT@,                     -- day of the answer, or on which it was given up; NULL while it waits
    reason TEXT,                     -- why it need not be waited for, of one that was waived
    account TEXT NOT NULL,           -- who asked
    deed @INT@ NOT NULL              -- the row of the private journal about its last step
);
CREATE INDEX reply_state ON reply (state, due);
CREATE INDEX reply_change ON reply (change);
CREATE INDEX reply_incident ON reply (incident);

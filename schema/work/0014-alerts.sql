-- What analysts are alerted to, and the mails that tell them.

CREATE TABLE mailbox (               -- where an account gets its mails
    account @INT@ PRIMARY KEY REFERENCES account,
    address TEXT NOT NULL,
    kinds TEXT NOT NULL,             -- words of domain/alert.h that it wants, joined by blanks
    language TEXT NOT NULL           -- en, fr
);

CREATE TABLE assignment (            -- who is to see to a change
    change @INT@ PRIMARY KEY REFERENCES change,
    account @INT@ NOT NULL REFERENCES account,
    deed @INT@ NOT NULL
);
CREATE INDEX assignment_account ON assignment (account);

CREATE TABLE source_state (          -- of published sources of which somebody has said it
    source @INT@ PRIMARY KEY,        -- its number in the public store
    state TEXT NOT NULL,             -- gone, there
    at @INT@ NOT NULL,               -- moment
    account TEXT NOT NULL,           -- who says so
    deed @INT@ NOT NULL
);

CREATE TABLE alert (                 -- to one account, about one thing that happened; also the outbox of mails
    id @INT@ PRIMARY KEY,
    account @INT@ NOT NULL REFERENCES account,
    kind TEXT NOT NULL,              -- word of domain/alert.h
    cause TEXT NOT NULL,             -- what happened, "reply/7": nobody is alerted to it twice
    path TEXT NOT NULL,              -- the page of the workbench about it
    change @INT@ NOT NULL,           -- which it is about; 0 when it is a published incident:
    incident @INT@ NOT NULL,
    day @INT@,                       -- of a reply: until which it is waited for
    at @INT@ NOT NULL,               -- moment
    mail TEXT NOT NULL,              -- none: not wanted; waiting, sent, given_up
    tries @INT@ NOT NULL,
    next @INT@ NOT NULL,             -- moment before which it is not tried again
    trouble TEXT,                    -- why the last try failed
    UNIQUE (account, cause)
);
CREATE INDEX alert_mail ON alert (mail, next);

CREATE TABLE followed (              -- up to which entry of the public journal it was looked for values that became contested
    id @INT@ PRIMARY KEY,            -- 1
    entry @INT@ NOT NULL
);

-- Who worked on an incident is found by these.
CREATE INDEX change_incident ON change (incident);
CREATE INDEX change_subject ON change (subject);

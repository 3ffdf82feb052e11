-- What was done to incidents and organisations after they were published, each by one entry of the journal.

CREATE TABLE act (
    id @INT@ PRIMARY KEY,            -- number of the entry
    kind TEXT NOT NULL,
    subject @INT@ NOT NULL,          -- number of the incident or organisation
    target @INT@,                    -- of the one that it was merged into
    reason TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    undoes @INT@                     -- entry that it takes back
);
CREATE INDEX act_subject ON act (subject);
CREATE INDEX act_target ON act (target);
CREATE UNIQUE INDEX act_undoes ON act (undoes);

-- Ids of the rows below belong to the incident, as those of claims do.
CREATE TABLE status (                -- an incident that left: while a row holds it has no version
    id @INT@ PRIMARY KEY,
    incident @INT@ NOT NULL REFERENCES incident,
    status TEXT NOT NULL,            -- merged, split, withdrawn: codes of record_status
    target @INT@,                    -- the incident that stands for it, or one of those that it was split into
    act @INT@ NOT NULL REFERENCES act, -- the one that gives the reason
    since @INT@ NOT NULL,
    until @INT@
);
CREATE INDEX status_target ON status (target);

CREATE TABLE claim_rank (            -- the rank that was given to a claim after it was published
    id @INT@ PRIMARY KEY,
    claim @INT@ NOT NULL REFERENCES claim,
    rank TEXT NOT NULL,
    since @INT@ NOT NULL,
    until @INT@
);
CREATE INDEX claim_rank_claim ON claim_rank (claim);

CREATE TABLE alias (                 -- other names of an organisation, and its numbers in other registers
    id @INT@ PRIMARY KEY,
    organisation @INT@ NOT NULL REFERENCES organisation,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    folded TEXT NOT NULL,            -- unicode_fold of the value
    since @INT@ NOT NULL,
    until @INT@
);
CREATE INDEX alias_folded ON alias (folded);
CREATE INDEX alias_organisation ON alias (organisation);

CREATE TABLE same_organisation (     -- an organisation that is another one
    id @INT@ PRIMARY KEY,            -- number of the entry
    organisation @INT@ NOT NULL REFERENCES organisation,
    target @INT@ NOT NULL REFERENCES organisation,
    since @INT@ NOT NULL,
    until @INT@
);
CREATE INDEX same_organisation_organisation ON same_organisation (organisation);

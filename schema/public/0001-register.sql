-- The public store: the journal of everything published, and what is made from it.
-- @INT@ and @BYTES@ are the only words that differ between the databases.
-- Numbers named since and until are entry numbers: a row holds from entry `since` up to, without it, entry `until`.

CREATE TABLE entry (                 -- the record itself; all tables below but checkpoint and answer are made from it
    seq @INT@ PRIMARY KEY,           -- from 1, without gaps
    at @INT@ NOT NULL,               -- milliseconds since 1970, UTC
    author TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,           -- "incident/7"
    body TEXT,                       -- canonical JSON; NULL when redacted
    hash @BYTES@ NOT NULL            -- leaf hash of the canonical entry
);

CREATE TABLE checkpoint (
    size @INT@ PRIMARY KEY,          -- entries covered
    number @INT@ NOT NULL,           -- from 1, without gaps
    at @INT@ NOT NULL,               -- of the last entry covered
    root @BYTES@ NOT NULL,
    frontier @BYTES@ NOT NULL,       -- roots of the complete subtrees, 32 bytes each, largest first
    note TEXT NOT NULL               -- signed text, C2SP tlog-checkpoint
);

CREATE TABLE answer (                -- what a batch with this idempotency key was answered
    key TEXT PRIMARY KEY,
    at @INT@ NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE source (
    id @INT@ PRIMARY KEY,
    look_up @INT@ NOT NULL,          -- text_hash of url, title and type: finds the row, then all three are compared
    url TEXT, title TEXT, source_type TEXT NOT NULL, reliability TEXT NOT NULL, origin TEXT, language TEXT, access TEXT,
    licence TEXT, independence_group TEXT,
    published @INT@,                 -- day since 1970
    since @INT@ NOT NULL
);
CREATE INDEX source_look_up ON source (look_up);

CREATE TABLE organisation (
    id @INT@ PRIMARY KEY,
    look_up @INT@ NOT NULL,          -- text_hash of folded name, country and subdivision
    name TEXT NOT NULL,
    folded TEXT NOT NULL,            -- unicode_fold of the name, for search
    country TEXT, subdivision TEXT, place TEXT, org_type TEXT, sector_group TEXT, external TEXT,
    since @INT@ NOT NULL
);
CREATE INDEX organisation_look_up ON organisation (look_up);

CREATE TABLE incident (
    id @INT@ PRIMARY KEY,            -- public number
    dataset TEXT NOT NULL,
    external TEXT NOT NULL,          -- its id in that data set
    title TEXT NOT NULL,
    summary TEXT,
    folded TEXT NOT NULL,            -- unicode_fold of title, organisations and places, for search
    since @INT@ NOT NULL
);

-- Ids of the rows that belong to an incident are incident * 1048576 + n, so that they stand together.
CREATE TABLE affected (
    id @INT@ PRIMARY KEY,
    incident @INT@ NOT NULL REFERENCES incident,
    organisation @INT@ NOT NULL REFERENCES organisation,
    role TEXT NOT NULL,
    naming TEXT NOT NULL,
    since @INT@ NOT NULL,
    until @INT@
);

CREATE TABLE statement (             -- what one speaker says in one source on one day
    id @INT@ PRIMARY KEY,
    incident @INT@ NOT NULL REFERENCES incident,
    source @INT@ NOT NULL REFERENCES source,
    locator TEXT,
    claimant TEXT NOT NULL,
    stance TEXT NOT NULL,
    credibility TEXT NOT NULL,
    known_since @INT@,               -- day
    as_of @INT@,                     -- day
    since @INT@ NOT NULL
);

CREATE TABLE claim (
    id @INT@ PRIMARY KEY,
    statement @INT@ NOT NULL REFERENCES statement,
    variable TEXT NOT NULL,
    value TEXT,
    missing TEXT,
    low DOUBLE PRECISION,
    high DOUBLE PRECISION,
    raw TEXT,
    quote TEXT,
    rank TEXT NOT NULL,
    since @INT@ NOT NULL,
    until @INT@                      -- retracted by that entry
);

CREATE TABLE version (               -- what was published about an incident from entry `since` on, by METHOD.md 2 to 6
    id @INT@ PRIMARY KEY,
    incident @INT@ NOT NULL REFERENCES incident,
    since @INT@ NOT NULL,
    until @INT@,
    inclusion TEXT NOT NULL,
    reason TEXT,
    verification TEXT NOT NULL,      -- code of verification_level
    date_first @INT@,                -- days; NULL when no date is known
    date_last @INT@,
    date_basis TEXT,
    main_type TEXT,
    ransomware_status TEXT,
    severity_low @INT@ NOT NULL, severity_high @INT@ NOT NULL,
    index_low @INT@ NOT NULL, index_high @INT@ NOT NULL,
    coverage @INT@ NOT NULL,         -- percent
    persons DOUBLE PRECISION,        -- lower bound that feeds the sum; NULL when not known
    persons_missing TEXT,
    disturbed_days DOUBLE PRECISION,
    appointments DOUBLE PRECISION,
    procedures DOUBLE PRECISION,
    conflicting @INT@ NOT NULL       -- 0 or 1
);

CREATE TABLE version_value (         -- published values of the public enum variables, one row each
    id @INT@ PRIMARY KEY,
    version @INT@ NOT NULL REFERENCES version,
    variable TEXT NOT NULL,
    code TEXT NOT NULL
);

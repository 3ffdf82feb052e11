-- Who may work here, their sessions, and the private journal of who did what.

CREATE TABLE account (
    id @INT@ PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,       -- lower-case letters, digits, full stops and hyphens
    role TEXT NOT NULL,
    state TEXT NOT NULL,             -- active, disabled
    password TEXT NOT NULL,          -- Argon2id, in the form of libsodium
    expires @INT@ NOT NULL,          -- of a password that somebody else set: moment until which it opens; 0: own password
    code_secret @BYTES@,             -- of one-time codes, sealed; NULL: none
    code_step @INT@ NOT NULL,        -- the 30-second step of the last code that was accepted
    made @INT@ NOT NULL              -- moment
);

CREATE TABLE recovery_code (
    id @INT@ PRIMARY KEY,
    account @INT@ NOT NULL REFERENCES account,
    hash @BYTES@ NOT NULL,           -- SHA-256; the code has 120 random bits
    used @INT@                       -- moment; NULL: not yet
);
CREATE INDEX recovery_code_account ON recovery_code (account);

CREATE TABLE session (
    id @INT@ PRIMARY KEY,
    account @INT@ NOT NULL REFERENCES account,
    hash @BYTES@ NOT NULL UNIQUE,    -- SHA-256 of its token, which only the browser has
    made @INT@ NOT NULL,             -- moments
    seen @INT@ NOT NULL,             -- the last request, to about five minutes
    proven @INT@ NOT NULL,           -- when the person last proved to be it
    second @INT@ NOT NULL,           -- 1: by a second factor too
    agent TEXT NOT NULL,             -- what the browser calls itself, cut short
    pending @BYTES@,                 -- a secret of one-time codes that is being set up, sealed
    ended @INT@,                     -- moment; NULL while it lives
    reason TEXT                      -- why it ended
);
CREATE INDEX session_account ON session (account);

CREATE TABLE deed (                  -- the private journal: append-only, each row chained to the one before
    id @INT@ PRIMARY KEY,
    at @INT@ NOT NULL,               -- moment
    author TEXT NOT NULL,            -- name of the account, or command-line
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,            -- JSON
    hash @BYTES@ NOT NULL            -- SHA-256 of the hash before and of this row
);

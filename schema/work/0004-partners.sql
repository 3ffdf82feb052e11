-- What partners send by the API: their tokens, and the answers that they got to what they sent.

CREATE TABLE token (
    id @INT@ PRIMARY KEY,
    account @INT@ NOT NULL REFERENCES account,
    hash @BYTES@ NOT NULL UNIQUE,    -- SHA-256; the token has 256 random bits and is nowhere else than with the partner
    label TEXT NOT NULL,             -- what it is for, in the words of who made it
    scopes TEXT NOT NULL,            -- words of domain/token.h, joined by blanks
    made @INT@ NOT NULL,             -- moments
    expires @INT@ NOT NULL,
    used @INT@,                      -- the last use; NULL: none
    revoked @INT@                    -- NULL while it is good
);
CREATE INDEX token_account ON token (account);

CREATE TABLE sent_row (              -- which records a partner has sent
    import_row @INT@ PRIMARY KEY REFERENCES import_row,
    account @INT@ NOT NULL REFERENCES account
);
CREATE INDEX sent_row_account ON sent_row (account, import_row);

CREATE TABLE sent_answer (           -- what was answered to a request with an Idempotency-Key, for when it is sent again
    id @INT@ PRIMARY KEY,
    token @INT@ NOT NULL REFERENCES token,
    key TEXT NOT NULL,
    hash @BYTES@ NOT NULL,           -- SHA-256 of what was sent with it
    at @INT@ NOT NULL,
    status @INT@ NOT NULL,           -- of HTTP
    candidate @INT@ NOT NULL,        -- import_row
    answer TEXT NOT NULL,
    UNIQUE (token, key)
);
CREATE INDEX sent_answer_at ON sent_answer (at);

-- What is not made from the journal is signed by the log, so that a row which was changed behind its back is named.

CREATE TABLE answer_signed (         -- what a batch with this idempotency key was answered
    id @INT@ PRIMARY KEY,            -- from 1, without gaps
    key TEXT NOT NULL UNIQUE,
    at @INT@ NOT NULL,
    entries @INT@ NOT NULL,          -- in the journal behind the batch
    body TEXT NOT NULL,
    signature @BYTES@                -- Ed25519 (domain/answer.h); NULL: answered before rows were signed
);
INSERT INTO answer_signed (id, key, at, entries, body)
    SELECT row_number() OVER (ORDER BY at, key), key, at, 0, body FROM answer;
DROP TABLE answer;
ALTER TABLE answer_signed RENAME TO answer;

-- How often the rows were made anew is all that anybody asks.
ALTER TABLE rebuild DROP COLUMN entries;

-- What sources said when they were read.

CREATE TABLE capture (
    id @INT@ PRIMARY KEY,
    change @INT@ NOT NULL REFERENCES change, -- whose record has the source
    sha256 TEXT NOT NULL,            -- of the bytes, hexadecimal: the source's fingerprint in the record
    name TEXT NOT NULL,              -- of the file; empty for a text that was pasted
    bytes @BYTES@ NOT NULL,          -- as they came
    words TEXT NOT NULL,             -- what a reader sees of them (intake/article.h)
    at @INT@ NOT NULL,               -- moment
    account TEXT NOT NULL,           -- whose it is
    deed @INT@ NOT NULL,
    UNIQUE (change, sha256)
);

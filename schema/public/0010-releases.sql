-- The data as it was given out on a day, as files that stay: see publish/release.h.

CREATE TABLE release (
    id @INT@ PRIMARY KEY,            -- its number, from 1 without gaps
    since @INT@ NOT NULL,            -- number of its entry
    day @INT@ NOT NULL,              -- days since 1970
    entries @INT@ NOT NULL,          -- of the journal, that its data tells of
    codebook TEXT NOT NULL,          -- version
    sums TEXT NOT NULL,              -- SHA-256 of its file SHA256SUMS, hexadecimal
    key TEXT NOT NULL                -- public key of minisign that signed that file
);

CREATE TABLE release_file (
    id @INT@ PRIMARY KEY,            -- release * 1000 + n
    release @INT@ NOT NULL REFERENCES release,
    path TEXT NOT NULL,              -- its name
    bytes @INT@ NOT NULL,
    hash TEXT NOT NULL               -- SHA-256, hexadecimal
);

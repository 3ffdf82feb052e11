-- The copies of sources that were read, so that what a source said can be checked when its page has changed or gone.

CREATE TABLE archived (
    id @INT@ PRIMARY KEY,
    source @INT@ NOT NULL,
    sha256 TEXT NOT NULL,            -- of the bytes that were read, hexadecimal
    address TEXT,                    -- where a copy stands; NULL when none is public
    since @INT@ NOT NULL
);
CREATE UNIQUE INDEX archived_source ON archived (source, sha256);

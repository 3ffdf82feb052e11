-- Second codings that are being made, before they are handed in.

CREATE TABLE coding_draft (
    change @INT@ NOT NULL REFERENCES change,
    coder TEXT NOT NULL,             -- account
    version @INT@ NOT NULL,          -- counts the saves, from 1
    at @INT@ NOT NULL,               -- moment
    body TEXT NOT NULL,              -- record_write
    PRIMARY KEY (change, coder)
);

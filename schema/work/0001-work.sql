-- The work store: everything that is not public, and the raw rows of what was imported.

CREATE TABLE run (                   -- one import of one file
    id @INT@ PRIMARY KEY,
    dataset TEXT NOT NULL,
    file TEXT NOT NULL,              -- its name, without folders
    hash TEXT NOT NULL,              -- SHA-256 of its bytes, hexadecimal
    observed @INT@,                  -- day on which it was taken
    started @INT@ NOT NULL,          -- milliseconds since 1970
    ended @INT@,                     -- NULL while it runs or was interrupted
    rows_done @INT@ NOT NULL,        -- rows whose outcome is stored
    hold @INT@ NOT NULL,             -- 1: everything was to be kept in the work store
    licence TEXT,
    header @BYTES@,                  -- raw bytes of the header line
    mapping TEXT,                    -- text of the mapping file that said what its columns mean
    report TEXT                      -- JSON of the tallies so far
);

CREATE TABLE import_row (            -- one record of a data set; its newest raw form
    id @INT@ PRIMARY KEY,
    dataset TEXT NOT NULL,
    look_up @INT@ NOT NULL,          -- text_hash of data set and id, without the number behind a repeated one
    external TEXT NOT NULL,          -- its id there; the second row with that id is "id#2"
    run @INT@ NOT NULL REFERENCES run, -- the last one that saw it
    row @INT@ NOT NULL,              -- its row there
    incident @INT@,                  -- public number; NULL when not published
    state TEXT NOT NULL,             -- published, held, pending, unverified
    reason TEXT,
    hash @INT@ NOT NULL,             -- text_hash of the values that are claimed
    bytes_hash @INT@ NOT NULL,       -- text_hash of its raw bytes
    raw @INT@ NOT NULL               -- its newest row in raw_row
);
CREATE INDEX import_row_look_up ON import_row (look_up);

CREATE TABLE raw_row (               -- raw bytes as they stood in each file that said something new
    id @INT@ PRIMARY KEY,
    import_row @INT@,                -- NULL for a refused row
    previous @INT@,                  -- the same record's raw row of the vintage before; NULL when there is none
    run @INT@ NOT NULL REFERENCES run,
    line @INT@ NOT NULL,
    bytes @BYTES@ NOT NULL,
    refusal TEXT                     -- why the row was refused
);

CREATE TABLE draft (                 -- a record that is not published: held, pending or unverified
    import_row @INT@ PRIMARY KEY REFERENCES import_row,
    at @INT@ NOT NULL,
    body TEXT NOT NULL               -- record_write
);

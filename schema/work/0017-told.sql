-- These rows are told to the private journal too, by numbers that stay the same when the file is packed.

CREATE TABLE typing_numbered (
    id @INT@ PRIMARY KEY,
    change @INT@ NOT NULL REFERENCES change,
    account TEXT NOT NULL,
    variable TEXT NOT NULL,
    version @INT@ NOT NULL,          -- of the change, that the form was made from
    at @INT@ NOT NULL,               -- moment
    form TEXT NOT NULL,              -- its fields, as a form writes them
    UNIQUE (change, account, variable)
);
INSERT INTO typing_numbered (change, account, variable, version, at, form)
    SELECT change, account, variable, version, at, form FROM typing WHERE form <> '';
DROP TABLE typing;
ALTER TABLE typing_numbered RENAME TO typing;

DROP TABLE challenge;
CREATE TABLE challenge (             -- those that came back, until they would be too old in any case
    id @INT@ PRIMARY KEY,
    text TEXT NOT NULL UNIQUE,
    spent @INT@ NOT NULL             -- moment
);

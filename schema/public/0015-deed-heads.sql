-- The private journal in the work store is vouched for here: the log role signs how long it is and the hash of its last row.

CREATE TABLE deed_head (
    size @INT@ PRIMARY KEY,          -- rows of the private journal
    at @INT@ NOT NULL,               -- moment
    note TEXT NOT NULL               -- signed; see store/log.h
);

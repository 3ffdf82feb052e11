-- Who chose to see what was coded of a new incident before it was coded a second time, and can not code it any more.

CREATE TABLE sight (
    change @INT@ NOT NULL REFERENCES change,
    account TEXT NOT NULL,
    at @INT@ NOT NULL,               -- moment
    deed @INT@ NOT NULL,             -- the row of the private journal about it
    PRIMARY KEY (change, account)
);

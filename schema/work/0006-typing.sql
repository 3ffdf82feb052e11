-- What people have typed into the form of a claim and not sent yet, and so who is on which record.

CREATE TABLE typing (
    change @INT@ NOT NULL REFERENCES change,
    account TEXT NOT NULL,
    variable TEXT NOT NULL,
    version @INT@ NOT NULL,          -- of the change, that the form was made from
    at @INT@ NOT NULL,               -- moment
    form TEXT NOT NULL,              -- its fields, as a form writes them; empty: the form is open, nothing is typed
    PRIMARY KEY (change, account, variable)
);

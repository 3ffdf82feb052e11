-- What a third person decided where two codings of a record differ, variable by variable.

CREATE TABLE adjudication (
    id @INT@ PRIMARY KEY,
    coding @INT@ NOT NULL REFERENCES coding,
    account TEXT NOT NULL,
    version @INT@ NOT NULL,          -- of the change, that says what was decided
    at @INT@ NOT NULL,               -- moment
    body TEXT NOT NULL,              -- JSON: choice, reason, value and variable of each decision
    deed @INT@ NOT NULL
);
CREATE INDEX adjudication_coding ON adjudication (coding);

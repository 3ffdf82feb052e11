-- The second clock of METHOD.md 4a: what had been said in the world by the end of a day, as far as is known today.
-- Made from today's record alone: claims added later make these rows anew. Most incidents became known on one day and
-- have no row here: that day, from which on what is published today had been said, stands with their version.

ALTER TABLE version ADD COLUMN known_since @INT@;    -- day from which on this was known by what had been recorded
ALTER TABLE statement ADD COLUMN recorded_on @INT@;  -- day of entry `since`, which stands in where known_since is NULL

CREATE TABLE known (                 -- what was known before that, between two days; columns as those of version
    id @INT@ PRIMARY KEY,
    incident @INT@ NOT NULL REFERENCES incident,
    known_since @INT@ NOT NULL,      -- days: from the end of this one
    known_until @INT@ NOT NULL,      -- to the end of this one, without it
    inclusion TEXT NOT NULL,
    reason TEXT,
    verification TEXT NOT NULL,
    date_first @INT@,
    date_last @INT@,
    date_basis TEXT,
    main_type TEXT,
    ransomware_status TEXT,
    severity_low @INT@ NOT NULL, severity_high @INT@ NOT NULL,
    index_low @INT@ NOT NULL, index_high @INT@ NOT NULL,
    coverage @INT@ NOT NULL,
    persons DOUBLE PRECISION,
    persons_missing TEXT,
    disturbed_days DOUBLE PRECISION,
    appointments DOUBLE PRECISION,
    procedures DOUBLE PRECISION,
    conflicting @INT@ NOT NULL
);

CREATE TABLE known_value (           -- as version_value
    id @INT@ PRIMARY KEY,
    known @INT@ NOT NULL REFERENCES known,
    variable TEXT NOT NULL,
    code TEXT NOT NULL
);

-- A register that stands already knows each incident by its last statement; a rebuild finds the days before.
UPDATE statement SET recorded_on = (SELECT entry.at / 86400000 FROM entry WHERE entry.seq = statement.since)
WHERE known_since IS NULL;
UPDATE version SET known_since = (
    SELECT max(coalesce(statement.known_since, statement.recorded_on)) FROM statement
    WHERE statement.id BETWEEN version.incident * 1048576 AND version.incident * 1048576 + 1048575
        AND statement.since <= version.since);

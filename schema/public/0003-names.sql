-- Finding sources and organisations by name. An index on their tables would be written all over by each batch of an import,
-- since hashes have no order; so the newest names are kept in memory (domain/name_index) and written here, sorted, once
-- there are NAMES_IN_MEMORY of them: ids up to the last multiple of that.

DROP INDEX source_look_up;
DROP INDEX organisation_look_up;

CREATE TABLE source_name (
    id @INT@ PRIMARY KEY,            -- of the source
    look_up @INT@ NOT NULL
);
CREATE INDEX source_name_look_up ON source_name (look_up);

CREATE TABLE organisation_name (     -- of named organisations only
    id @INT@ PRIMARY KEY,
    look_up @INT@ NOT NULL
);
CREATE INDEX organisation_name_look_up ON organisation_name (look_up);

INSERT INTO source_name (id, look_up)
SELECT id, look_up FROM source WHERE id <= (SELECT max(id) FROM source) / 131072 * 131072 ORDER BY look_up;
INSERT INTO organisation_name (id, look_up)
SELECT id, look_up FROM organisation
WHERE look_up <> 0 AND id <= (SELECT max(id) FROM organisation) / 131072 * 131072 ORDER BY look_up;

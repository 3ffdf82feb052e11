-- Names are found by their hash alone, so their tables lie in its order: one tree each to write, not a table and an index.

DROP TABLE source_name;
DROP TABLE organisation_name;

CREATE TABLE source_name (
    look_up @INT@ NOT NULL,
    id @INT@ NOT NULL,               -- of the source
    PRIMARY KEY (look_up, id)
)@CLUSTERED@;

CREATE TABLE organisation_name (     -- of named organisations only
    look_up @INT@ NOT NULL,
    id @INT@ NOT NULL,
    PRIMARY KEY (look_up, id)
)@CLUSTERED@;

INSERT INTO source_name (look_up, id)
SELECT look_up, id FROM source WHERE id <= (SELECT max(id) FROM source) / 131072 * 131072 ORDER BY look_up, id;
INSERT INTO organisation_name (look_up, id)
SELECT look_up, id FROM organisation
WHERE look_up <> 0 AND id <= (SELECT max(id) FROM organisation) / 131072 * 131072 ORDER BY look_up, id;

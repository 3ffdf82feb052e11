-- The rows that are made from the journal. Only version_end changes a row: it says from which entry on another
-- version holds. The order of the INSERTs counts: rows that wait are written in it, what others point to first.
-- The rows of `known` are of today's record and are made anew with each entry about their incident.

-- One row: the highest ids there are.
-- statement: projection_ends()
SELECT coalesce((SELECT max(id) FROM source), 0), coalesce((SELECT max(id) FROM organisation), 0),
    coalesce((SELECT max(id) FROM incident), 0), EXISTS (SELECT 1 FROM act),
    coalesce((SELECT max(id) FROM actor), 0)

-- statement: source_at(id)
SELECT id, url, title, source_type, reliability, origin, independence_group FROM source WHERE id = $1

-- statement: source_name_find(look_up)
SELECT id FROM source_name WHERE look_up = $1 ORDER BY id

-- statement: source_names_behind(id)
SELECT look_up, id FROM source WHERE id > $1 ORDER BY id

-- statement: source_name_add(look_up, id)
INSERT INTO source_name (look_up, id) VALUES ($1, $2)

-- statement: organisation_name_find(look_up)
SELECT id FROM organisation_name WHERE look_up = $1 ORDER BY id

-- statement: organisation_names_behind(id)
SELECT look_up, id FROM organisation WHERE id > $1 ORDER BY id

-- statement: organisation_name_add(look_up, id)
INSERT INTO organisation_name (look_up, id) VALUES ($1, $2)

-- statement: source_add(id, look_up, url, title, type, reliability, origin, language, access, licence, group, published, since)
INSERT INTO source (id, look_up, url, title, source_type, reliability, origin, language, access, licence,
    independence_group, published, since)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)

-- Does nothing when this copy is known already.
-- statement: archived_add(source, sha256, address, since)
INSERT INTO archived (id, source, sha256, address, since)
SELECT (SELECT coalesce(max(id), 0) + 1 FROM archived), $1, $2, $3, $4
WHERE NOT EXISTS (SELECT 1 FROM archived WHERE source = $1 AND sha256 = $2)

-- statement: organisation_at(id)
SELECT id, folded, country, subdivision FROM organisation WHERE id = $1

-- statement: organisation_add(id, look_up, name, folded, country, subdivision, place, type, group, external, since)
INSERT INTO organisation (id, look_up, name, folded, country, subdivision, place, org_type, sector_group, external,
    since)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- statement: incident_add(id, dataset, external, title, summary, folded, since)
INSERT INTO incident (id, dataset, external, title, summary, folded, since) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- statement: affected_add(id, incident, organisation, role, naming, basis, supplier, since)
INSERT INTO affected (id, incident, organisation, role, naming, naming_basis, supplier, since)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- statement: statement_add(id, incident, source, locator, claimant, stance, credibility, known_since, as_of, since, recorded_on)
INSERT INTO statement (id, incident, source, locator, claimant, stance, credibility, known_since, as_of, since,
    recorded_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- statement: claim_add(id, statement, variable, value, missing, low, high, raw, quote, rank, since)
INSERT INTO claim (id, statement, variable, value, missing, low, high, raw, quote, rank, since)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- statement: incident_title(id)
SELECT title FROM incident WHERE id = $1

-- statement: incident_words(id, folded)
UPDATE incident SET folded = $2 WHERE id = $1

-- statement: version_add(id, incident, since, known_since, inclusion, reason, verification, dates, types, severity, numbers, conflicting)
INSERT INTO version (id, incident, since, known_since, inclusion, reason, verification, date_first, date_last, date_basis,
    main_type, ransomware_status, severity_low, severity_high, index_low, index_high, coverage, persons,
    persons_missing, disturbed_days, appointments, procedures, conflicting)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)

-- statement: version_end(id, entry)
UPDATE version SET until = $2 WHERE id = $1 AND until IS NULL

-- statement: version_value_add(id, version, variable, code)
INSERT INTO version_value (id, version, variable, code) VALUES ($1, $2, $3, $4)

-- statement: known_add(id, incident, known_since, known_until, inclusion, reason, verification, dates, types, severity, numbers, conflicting)
INSERT INTO known (id, incident, known_since, known_until, inclusion, reason, verification, date_first, date_last,
    date_basis, main_type, ransomware_status, severity_low, severity_high, index_low, index_high, coverage, persons,
    persons_missing, disturbed_days, appointments, procedures, conflicting)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)

-- statement: known_value_add(id, known, variable, code)
INSERT INTO known_value (id, known, variable, code) VALUES ($1, $2, $3, $4)

-- statement: known_remove(first id, last id)
DELETE FROM known WHERE id BETWEEN $1 AND $2

-- statement: known_value_remove(first id, last id)
DELETE FROM known_value WHERE id BETWEEN $1 AND $2

-- One row: the highest ids below an incident, NULL where there is none.
-- statement: incident_ends(first id, last id)
SELECT (SELECT max(id) FROM statement WHERE id BETWEEN $1 AND $2),
    (SELECT max(id) FROM claim WHERE id BETWEEN $1 AND $2),
    (SELECT max(id) FROM version WHERE id BETWEEN $1 AND $2),
    (SELECT max(id) FROM version_value WHERE id BETWEEN $1 AND $2)

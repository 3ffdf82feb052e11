-- What a snapshot is made from: all of it, or what an entry and those after it changed. Rows below an incident stand in
-- the order of their ids, which is that of incidents.

-- One row: how often the rows were made anew, and the newest entry.
-- statement: snapshot_state()
SELECT (SELECT coalesce(max(id), 0) FROM rebuild), (SELECT coalesce(max(seq), 0) FROM entry)

-- statement: snapshot_moments(after entry)
SELECT seq, at
FROM entry
WHERE seq > $1
ORDER BY seq;

-- statement: snapshot_organisations(after organisation)
SELECT id, country, sector_group, org_type
FROM organisation
WHERE id > $1
ORDER BY id;

-- Those of incidents whose rows have these ids, as above.
-- statement: snapshot_organisations_of(first id, last id)
SELECT organisation.id, organisation.country, organisation.sector_group, organisation.org_type
FROM affected JOIN organisation ON organisation.id = affected.organisation
WHERE affected.id BETWEEN $1 AND $2
ORDER BY affected.id;

-- The incidents about which anything changed after an entry: whatever changes one ends its version, or opens it, or
-- brings it back after it had left, which ends its status.
-- statement: snapshot_touched(entry, incident)
SELECT incident FROM version WHERE until > $1
UNION
SELECT incident FROM status WHERE until > $1
UNION
SELECT id FROM incident WHERE id > $2
ORDER BY 1;

-- statement: snapshot_versions(first id, last id)
SELECT incident, id, since, until, inclusion, verification, date_first, date_basis, main_type, ransomware_status,
    severity_low, persons, persons_missing, disturbed_days, appointments, procedures,
    (SELECT dataset FROM incident WHERE incident.id = version.incident), known_since
FROM version
WHERE id BETWEEN $1 AND $2
ORDER BY id;

-- Columns as those of snapshot_versions.
-- statement: snapshot_known(first id, last id)
SELECT incident, id, known_since, known_until, inclusion, verification, date_first, date_basis, main_type,
    ransomware_status, severity_low, persons, persons_missing, disturbed_days, appointments, procedures,
    (SELECT dataset FROM incident WHERE incident.id = known.incident)
FROM known
WHERE id BETWEEN $1 AND $2
ORDER BY id;

-- statement: snapshot_known_values(first id, last id)
SELECT id / 1048576, known, variable, code
FROM known_value
WHERE id BETWEEN $1 AND $2
ORDER BY id;

-- statement: snapshot_values(first id, last id)
SELECT id / 1048576, version, variable, code
FROM version_value
WHERE id BETWEEN $1 AND $2
ORDER BY id;

-- statement: snapshot_links(first id, last id)
SELECT incident, organisation, since, until, role
FROM affected
WHERE id BETWEEN $1 AND $2
ORDER BY id;

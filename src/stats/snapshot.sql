-- What a snapshot is made from. Rows below an incident stand in the order of their ids, which is that of incidents.

-- statement: snapshot_moments()
SELECT seq, at
FROM entry
ORDER BY seq;

-- statement: snapshot_organisations()
SELECT id, country, sector_group, org_type
FROM organisation
ORDER BY id;

-- statement: snapshot_versions()
SELECT incident, id, since, until, inclusion, verification, date_first, date_basis, main_type, ransomware_status,
    severity_low, persons, persons_missing, disturbed_days, appointments, procedures,
    (SELECT dataset FROM incident WHERE incident.id = version.incident), known_since
FROM version
ORDER BY id;

-- Columns as those of snapshot_versions.
-- statement: snapshot_known()
SELECT incident, id, known_since, known_until, inclusion, verification, date_first, date_basis, main_type,
    ransomware_status, severity_low, persons, persons_missing, disturbed_days, appointments, procedures,
    (SELECT dataset FROM incident WHERE incident.id = known.incident)
FROM known
ORDER BY id;

-- statement: snapshot_known_values()
SELECT id / 1048576, known, variable, code
FROM known_value
ORDER BY id;

-- statement: snapshot_values()
SELECT id / 1048576, version, variable, code
FROM version_value
ORDER BY id;

-- statement: snapshot_links()
SELECT incident, organisation, since, until, role
FROM affected
ORDER BY id;

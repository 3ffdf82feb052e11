-- All rows of the tables that are made from the journal, in the order of their ids, and their removal before they are
-- made again. Columns stand as in the list of rebuild.c.

-- statement: source_all()
SELECT id, look_up, url, title, source_type, reliability, origin, language, access, licence, independence_group,
    published, since
FROM source ORDER BY id

-- statement: archived_all()
SELECT id, source, sha256, address, since FROM archived ORDER BY id

-- statement: organisation_all()
SELECT id, look_up, name, folded, country, subdivision, place, org_type, sector_group, external, since
FROM organisation ORDER BY id

-- statement: source_name_all()
SELECT id, look_up FROM source_name ORDER BY id

-- statement: organisation_name_all()
SELECT id, look_up FROM organisation_name ORDER BY id

-- statement: incident_all()
SELECT id, dataset, external, title, summary, folded, since FROM incident ORDER BY id

-- statement: affected_all()
SELECT id, incident, organisation, role, naming, naming_basis, supplier, since, until FROM affected ORDER BY id

-- statement: statement_all()
SELECT id, incident, source, locator, claimant, stance, credibility, known_since, as_of, since, recorded_on
FROM statement ORDER BY id

-- statement: claim_all()
SELECT id, statement, variable, value, missing, low, high, raw, quote, rank, since, until FROM claim ORDER BY id

-- statement: version_all()
SELECT id, incident, since, until, known_since, inclusion, reason, verification, date_first, date_last, date_basis,
    main_type, ransomware_status, severity_low, severity_high, index_low, index_high, coverage, persons, persons_missing,
    disturbed_days, appointments, procedures, conflicting
FROM version ORDER BY id

-- statement: version_value_all()
SELECT id, version, variable, code FROM version_value ORDER BY id

-- statement: known_all()
SELECT id, incident, known_since, known_until, inclusion, reason, verification, date_first, date_last, date_basis,
    main_type, ransomware_status, severity_low, severity_high, index_low, index_high, coverage, persons,
    persons_missing, disturbed_days, appointments, procedures, conflicting
FROM known ORDER BY id

-- statement: known_value_all()
SELECT id, known, variable, code FROM known_value ORDER BY id

-- statement: act_all()
SELECT id, kind, subject, target, reason, reviewer, undoes FROM act ORDER BY id

-- statement: status_all()
SELECT id, incident, status, target, act, since, until FROM status ORDER BY id

-- statement: claim_rank_all()
SELECT id, claim, rank, since, until FROM claim_rank ORDER BY id

-- statement: alias_all()
SELECT id, organisation, kind, value, folded, since, until FROM alias ORDER BY id

-- statement: same_organisation_all()
SELECT id, organisation, target, since, until FROM same_organisation ORDER BY id

-- statement: actor_all()
SELECT id, name, folded, since FROM actor ORDER BY id

-- statement: actor_alias_all()
SELECT id, actor, kind, value, folded, since, until FROM actor_alias ORDER BY id

-- statement: same_actor_all()
SELECT id, actor, target, since, until FROM same_actor ORDER BY id

-- Tells those who hold rows in memory that they were made anew.
-- statement: rebuild_note()
INSERT INTO rebuild (id) SELECT coalesce(max(id), 0) + 1 FROM rebuild

-- Those behind a gap.
-- statement: rebuild_gaps()
SELECT id FROM rebuild WHERE id > 1 AND id - 1 NOT IN (SELECT id FROM rebuild) ORDER BY id

-- statement: source_clear()
DELETE FROM source

-- statement: archived_clear()
DELETE FROM archived

-- statement: organisation_clear()
DELETE FROM organisation

-- statement: source_name_clear()
DELETE FROM source_name

-- statement: organisation_name_clear()
DELETE FROM organisation_name

-- statement: incident_clear()
DELETE FROM incident

-- statement: affected_clear()
DELETE FROM affected

-- statement: statement_clear()
DELETE FROM statement

-- statement: claim_clear()
DELETE FROM claim

-- statement: version_clear()
DELETE FROM version

-- statement: version_value_clear()
DELETE FROM version_value

-- statement: known_clear()
DELETE FROM known

-- statement: known_value_clear()
DELETE FROM known_value

-- statement: act_clear()
DELETE FROM act

-- statement: status_clear()
DELETE FROM status

-- statement: claim_rank_clear()
DELETE FROM claim_rank

-- statement: alias_clear()
DELETE FROM alias

-- statement: same_organisation_clear()
DELETE FROM same_organisation

-- statement: actor_clear()
DELETE FROM actor

-- statement: actor_alias_clear()
DELETE FROM actor_alias

-- statement: same_actor_clear()
DELETE FROM same_actor
